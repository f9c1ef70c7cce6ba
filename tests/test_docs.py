"""The docs: what is made of the code is current, links lead somewhere, every command of an example can be called, and
all of it is there in Chinese too.
"""

from __future__ import annotations

import io
import os
import re
import select
import shlex
import shutil
from pathlib import Path
from typing import Any, get_args

import click
import comparison
import docs_words
import manual
import msgspec
import pytest
import yaml
from conftest import ROOT
from style_reference import reference

import convert
from convert.cli import app
from convert.model import Kind, Metadata

DOCS = ROOT / "convert" / "docs"
MADE = {path: text for path, text in manual.files().items() if DOCS in path.parents}
TEXTS = {path: path.read_text("utf-8") for path in (DOCS / "pages").rglob("*.md")} | MADE
PAGES = sorted(path for path in TEXTS if path.suffix == ".md")
ENGLISH, CHINESE = DOCS / "pages", DOCS / "pages" / "zh"
OF_ENGLISH = [path for path in PAGES if path.parent == ENGLISH]
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][ ]?[,:;!?()]|[\u4e00-\u9fff]\.(?!\w)|[,:;!?()][ ]?[\u4e00-\u9fff]")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`|\]\([^)]*\)|<!--|-->", re.MULTILINE | re.DOTALL)
"""What is no sentence of a page: code, where links lead."""


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXTS[path], re.MULTILINE | re.DOTALL)


def calls(path: Path, language: str) -> list[list[str]]:
    lines = [line for block in blocks(path, language) for line in block.splitlines() if line.startswith("wenban ")]
    return [shlex.split(re.split(r" \| | && ", line)[0]) for line in lines]


def test_the_man_page_is_that_of_the_commands() -> None:
    """It comes with the wheel; the pages of the docs are made where they are built."""
    assert manual.PAGE.read_text("utf-8") == manual.page(), "make it anew: python -m tests.manual"
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    for path in MADE:
        place = "/" + path.relative_to(ROOT).as_posix()
        assert place in ignored or f"{place.rpartition('/')[0]}/" in ignored


def site(language: str) -> dict[str, Any]:
    """The settings of a site, those it inherits among them."""
    own = yaml.safe_load((DOCS / f"mkdocs{language}.yml").read_text("utf-8"))
    return yaml.safe_load((DOCS / own["INHERIT"]).read_text("utf-8")) | own if "INHERIT" in own else own


@pytest.mark.parametrize("language", ["", ".zh"])
def test_every_page_has_a_place(language: str) -> None:
    settings = site(language)
    home = DOCS / settings["docs_dir"]
    below = [path for path in PAGES if home in path.parents and (language or CHINESE not in path.parents)]
    placed = re.findall(r"[\w/-]+\.md", str(settings["nav"]))
    assert sorted(placed) == [path.relative_to(home).as_posix() for path in below]
    others = {one["lang"]: one["link"] for one in settings["extra"]["alternate"]}
    built = Path(settings["site_dir"])
    for other, config in (("en", ""), ("zh", ".zh")):
        assert os.path.normpath(built / others[other]) == os.path.normpath(site(config)["site_dir"])


def test_links_lead_somewhere() -> None:
    for path in PAGES:
        for target, _, anchor in re.findall(r"\]\(([^)#]*)(#([\w-]+))?\)", TEXTS[path]):
            found = Path(os.path.normpath(path.parent / target)) if target else path
            assert target.startswith("https://") or found in TEXTS, f"{path}: {target}"
            assert CHINESE not in path.parents or target.startswith("https://") or CHINESE in found.parents, path
            if anchor:
                heads = re.findall(r"^#+ (.+)$", TEXTS[found], re.MULTILINE)
                plain = {re.sub(r"[^\w]+", "-", head.lower()).strip("-") for head in heads}
                assert anchor in plain | set(re.findall(r"\{#([\w-]+)\}$", "\n".join(heads), re.MULTILINE))


def skeleton(path: Path) -> dict[str, object]:
    """What a page has that is the same in every language: levels of headings, code without comments, words of code,
    links, cells of tables."""
    text = TEXTS[path]
    examples = ["\n".join(re.sub("# .*", "#", line) for line in found.splitlines()) for found in fenced(text)]
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return {
        "headings": [mark for mark, _ in re.findall(r"^(#+) (.+)$", prose, re.MULTILINE)],
        "examples": examples,
        "code": set(re.findall(r"`([^`]+)`", prose.replace("\n", " "))),
        "links": sorted(re.findall(r"\]\(([^)]*)\)", prose)),
        "cells": [line.count("|") for line in prose.splitlines() if line.startswith("|")],
        "items": len(re.findall(r"^(?:-|\d+\.) ", prose, re.MULTILINE)),
    }


def fenced(text: str) -> list[str]:
    return re.findall(r"^```.*?^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", OF_ENGLISH, ids=name)
def test_each_page_has_its_chinese_with_the_same_examples(path: Path) -> None:
    other = CHINESE / path.name
    assert other in TEXTS
    ours, theirs = skeleton(path), skeleton(other)
    if path.name == "kinds.md":  # codes are quoted where their meaning stands beside them
        ours["code"] = theirs["code"] = set()
    assert theirs == ours


def test_there_is_no_page_in_chinese_alone() -> None:
    assert {path.name for path in PAGES if path.parent == CHINESE} == {path.name for path in OF_ENGLISH}


@pytest.mark.parametrize("path", [path for path in PAGES if path.parent == CHINESE], ids=name)
def test_chinese_has_marks_of_full_width(path: Path) -> None:
    if path.name in ("changelog.md", "python.md"):  # English, said in the menu and at the head
        return
    prose = CODE.sub(" code ", TEXTS[path])
    assert HALF_WIDTH.findall(prose) == []
    assert re.findall("[\u3001-\uff1f]\n[\u3001-\uff1f]", prose) == [], "a browser shows a line's end as a space"
    english = [one for one in prose.split("\n\n") if re.match("(?!#).*[a-z]{2} [a-z]{2}", one)]
    assert [one for one in english if not re.search("[\u4e00-\u9fff]", one)] == []


def test_the_chinese_of_the_docs_is_all_used_and_nothing_is_said_twice() -> None:
    own, of_program = docs_words.texts()
    assert set(own) & set(of_program) <= {""}
    used: set[str] = set()

    def heard(text: str) -> str:
        used.add(" ".join(text.split()))
        return docs_words.chinese(text)

    for make in (manual.reference, manual.folder, manual.kinds, manual.python, manual.comparison, reference):
        make(heard)
    assert set(own) - used == {""}
    assert tuple(manual.FIELDS) == Metadata.__struct_fields__
    assert tuple(manual.KINDS) == get_args(Kind)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_command_is_one(path: Path) -> None:
    for words in calls(path, "sh") + calls(path, "text"):
        if len(words) < 2 or words[1] not in app.commands or "[OPTIONS]" in words:
            continue
        with app.commands[words[1]].make_context(words[1], words[2:]) as context:
            assert context.params


@pytest.mark.parametrize("home", [ENGLISH, CHINESE], ids=name)
def test_the_tutorial_runs(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "source", tmp_path / "source")
    monkeypatch.chdir(tmp_path)
    for words in calls(home / "tutorial.md", "sh"):
        code = app.main(words[1:], prog_name="wenban", standalone_mode=False)
        assert code in (0, None), words
    assert (tmp_path / "notice.docx").read_bytes().startswith(b"PK")
    assert (tmp_path / "editions" / "index.html").is_file()


@pytest.mark.parametrize("home", [ENGLISH, CHINESE], ids=name)
def test_the_examples_of_the_how_to_run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "source", tmp_path / "source")
    monkeypatch.chdir(tmp_path)
    (style,) = [block for block in blocks(home / "how-to.md", "toml") if block.startswith("# house.toml")]
    (tmp_path / "house.toml").write_text(style, "utf-8")
    found = calls(home / "how-to.md", "sh")
    assert {words[1] for words in found} >= {"bind", "completion", "convert", "pack"}
    for words in found:
        code = app.main(words[1:], prog_name="wenban", standalone_mode=False)
        assert code in (0, None), words
    for program in blocks(home / "how-to.md", "python"):
        names: dict[str, Any] = {}
        exec(program, names)
        if "write" in names:
            names["write"](convert.read("source/hongshan-2021.txt"), None, stream := io.BytesIO())
            assert "洪山镇" in stream.getvalue().decode()
    assert (tmp_path / "mail.docx").read_bytes().startswith(b"PK")
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "archive.zip").is_file()


@pytest.mark.parametrize("home", [ENGLISH, CHINESE], ids=name)
def test_the_examples_of_the_formats_run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every other program's line the part that is ours; what pandoc makes of it is in test_pandoc_json."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "notes.md").write_text("# 题目\n\n这里是正文\u3002\n", "utf-8")
    (tmp_path / "page.html").write_text("<h1>题目</h1><p>这里是正文\u3002</p>", "utf-8")
    monkeypatch.chdir(tmp_path)
    app.main(["convert", "notes.md", "-o", "docs/a.docx", "-q"], standalone_mode=False)
    found = calls(home / "formats.md", "sh") + calls(home / "formats.md", "text")
    assert len(found) >= 9
    for words in found:
        code = app.main(words[1:], prog_name="wenban", standalone_mode=False)
        assert code in (0, None), words


def test_what_is_printed_fits_its_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import jsonschema

    schemas = {kind: msgspec.json.decode(text) for kind, text in manual.schemas().items()}
    (tmp_path / "a.txt").write_text("题目\n\n这里是正文\u3002\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    app.main(["convert", "a.txt", "-t", "txt", "-q", "--report", "r.jsonl"], standalone_mode=False)
    jsonschema.validate(msgspec.json.decode((tmp_path / "r.jsonl").read_bytes()), schemas["report"])
    from convert import publish

    report = msgspec.to_builtins(publish.examine(tmp_path / "dist"), enc_hook=str)
    jsonschema.validate(report, schemas["verify"])
    assert [schemas[kind]["$id"] for kind in ("report", "verify")] == ["wenban-report/1", "wenban-verify/1"]
    with pytest.raises(click.UsageError):
        app.main(["schema", "--nosuch"], standalone_mode=False)


def test_each_answer_of_the_comparison_has_its_command() -> None:
    text = TEXTS[DOCS / "pages" / "comparison.md"]
    rows = [line for line in text.splitlines() if re.match(r"\| (?!seconds).+ \| (yes|no|not run)", line)]
    assert [row.split(" | ")[0][2:] for row in rows] == [name for name, _, _ in comparison.FEATURES]
    commands = dict(re.findall(r"^(\d+)\. `(.+)`$", text, re.MULTILINE))
    assert list(commands.values()) == [one for kinds in comparison.COMMANDS.values() for one in kinds.values()]
    for row in rows:
        for tool, cell in zip(comparison.TOOLS, row.strip("| ").split(" | ")[1:], strict=True):
            answer, _, number = cell.partition(" (")
            own = comparison.COMMANDS[tool].values()
            assert commands[number.rstrip(")")] in own if number else answer in ("no", "not run"), row


def test_a_command_of_the_comparison_that_hangs_ends_with_all_it_started(tmp_path: Path) -> None:
    """What the shell started holds the pipe open: it would go on for ten minutes."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write = os.open(pipe, os.O_WRONLY)  # so that there was a writer, however slow the shell is to begin
    comparison.call("sleep 600 > pipe & wait", tmp_path, dict(os.environ), 1)
    os.close(write)
    waiting = select.poll()
    waiting.register(read, 0)
    ended = waiting.poll(60_000)
    os.close(read)
    assert ended == [(read, select.POLLHUP)], "nobody holds the pipe any more"
