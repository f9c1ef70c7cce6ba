"""What a program can do with `import convert`: read, change, write to bytes, add a pass, run a batch."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import warnings
from pathlib import Path

import msgspec
import pytest
from conftest import ROOT, SAMPLE, environment
from plugin import install

import convert
from convert.errors import NoContentError, UsageError
from convert.model import Heading, List, ListItem, Note, Paragraph, Quote, Removed, Text, block_text, walk

TEXT = "工作通知\n\n各单位\uff1a\n现将有关事项通知如下\u3002\n\n一\u3001总体要求\n坚持务实高效\u3002\n"
PAGE = (
    "<html><title>工作通知</title><body><h1>工作通知</h1>"
    "<p>现将有关事项通知如下\u3002</p><p>请认真落实\u3002</p></body></html>"
)


def test_a_page_is_read_from_its_data() -> None:
    text = convert.read("page.txt", data=TEXT)
    assert text.metadata.title == "工作通知"
    assert text == convert.read("page.txt", data=TEXT.encode())
    assert convert.read("page.txt", data=TEXT.encode("gb18030")).blocks == text.blocks
    page = convert.read("page.html", data=PAGE)
    assert page.source.media_type == "text/html"
    assert [block_text(block) for block in page.blocks if isinstance(block, Paragraph) and block.role == "body"] == [
        "现将有关事项通知如下\u3002",
        "请认真落实\u3002",
    ]
    with pytest.raises(NoContentError, match="empty"):
        convert.read("page.txt", data="")


def test_text_that_is_a_str_is_not_read_as_another_charset() -> None:
    """Whatever a page says of its bytes: a str has been decoded already."""
    said = PAGE.replace("<title>", '<meta charset="gbk"><title>')
    assert convert.read("page.html", data=said).metadata.title == "工作通知"


def test_a_file_is_read_from_its_path() -> None:
    assert convert.read(SAMPLE) == convert.read(str(SAMPLE))


def test_a_document_says_its_text_and_its_json() -> None:
    page = "题目\n发布时间\uff1a2021-12-31 来源\uff1a某局\n【打印】\n第一段在这里\u3002\n第二段也在这里\u3002\n"
    document = convert.read("page.txt", data=page)
    assert document.text.split("\n") == ["题目", "第一段在这里\u3002", "第二段也在这里\u3002"]
    again = convert.read("page.json", data=convert.to_json(document))
    assert again.blocks == document.blocks
    assert again.metadata == document.metadata


def test_metadata_is_changed() -> None:
    document = convert.read("page.txt", data=TEXT)
    changed = convert.with_metadata(document, title="通知", author="李四", source=None)
    assert (changed.metadata.title, changed.metadata.author) == ("通知", "李四")
    assert changed.blocks == document.blocks
    assert document.metadata.title == "工作通知", "a document is never changed in place"
    with pytest.raises(UsageError, match="'titel'") as caught:
        convert.with_metadata(document, titel="通知")
    assert "title" in str(caught.value.remedy)


def test_every_block_can_be_changed() -> None:
    """Also those inside quotes, lists and notes; None leaves one out."""
    body = Paragraph((Text("原文"),))
    inside = (body, Quote((body,)), List((ListItem((body,)),)), Removed("打印", "page tools"))
    document = msgspec.structs.replace(
        convert.read("page.txt", data=TEXT), blocks=inside, notes=(Note("n1", "1", (body,)),)
    )
    new = Paragraph((Text("新文"),))
    changed = convert.map_blocks(
        document, lambda block: None if isinstance(block, Removed) else new if block == body else block
    )
    assert changed.blocks == (new, Quote((new,)), List((ListItem((new,)),)))
    assert changed.notes == (Note("n1", "1", (new,)),)
    assert convert.map_blocks(document, lambda block: block) == document


@pytest.mark.parametrize(("format", "magic"), [("docx", b"PK\x03\x04"), ("pdf", b"%PDF-"), ("html", b"<!DOCTYPE")])
def test_one_format_is_written_to_bytes(format: str, magic: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1640908800")
    document = convert.read("page.txt", data=TEXT)
    data = convert.write(document, format)
    assert data.lstrip()[: len(magic)] == magic
    assert data == convert.write(document, format), "the same document, style and time give the same bytes"
    assert data != convert.write(document, format, style="report", check=False)


def test_unknown_names_are_usage_errors() -> None:
    document = convert.read("page.txt", data=TEXT)
    for wrong in (("word", "gongwen"), ("docx", "nothing")):
        with pytest.raises(UsageError):
            convert.write(document, *wrong)
    with pytest.raises(UsageError, match="'nothing'"):
        convert.read("page.txt", data=TEXT, also=["nothing"])


def test_passes_run_in_order_after_the_cleaning() -> None:
    seen: list[int] = []

    def first(document: convert.Document) -> convert.Document:
        seen.append(sum(isinstance(block, Heading) for block in walk(document.blocks)))
        return convert.with_metadata(document, author="甲")

    def second(document: convert.Document) -> convert.Document:
        return convert.with_metadata(document, editor=document.metadata.author)

    document = convert.read("page.txt", data=TEXT, passes=[first, second])
    assert seen == [1], "what a pass gets is labelled"
    assert document.metadata.editor == "甲"
    with pytest.raises(TypeError, match="returned None"):
        convert.read("page.txt", data=TEXT, passes=[lambda document: None])  # type: ignore[arg-type, list-item, return-value]


def test_a_pass_of_another_package_runs_where_it_is_named(tmp_path: Path) -> None:
    path = os.pathsep.join([str(ROOT), str(install(tmp_path))])
    script = (
        "import convert, sys\n"
        "from convert.run.pipeline import Options\n"
        f"data = {TEXT!r}\n"
        "print(convert.read('a.txt', data=data, also=['stamp']).metadata.editor)\n"
        "print(convert.read('a.txt', data=data).metadata.editor)\n"
        "print(Options('', (), '', also=('stamp',)).choices[-1])\n"
        "for name in ('spoilt', 'missing'):\n"
        "    try: convert.read('a.txt', data=data, also=[name])\n"
        "    except convert.ConvertError as error: print(error.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(PYTHONPATH=path), capture_output=True, text=True, timeout=60
    )
    assert done.stdout.splitlines()[:3] == ["wenban-plain", "None", "wenban-plain 1.0"], done.stderr
    assert "returned NoneType, not a document" in done.stdout
    assert "cannot be loaded" in done.stdout


def forgotten_batch(out: Path) -> None:
    """A batch that nobody keeps."""
    convert.batch([SAMPLE], out, ("docx",))
    gc.collect()


def test_a_batch_takes_a_style_that_a_program_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from convert import style
    from convert.style.dumped import dumped

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in style.names():
        (tmp_path / f"{name}-again.toml").write_text(dumped(style.load(name)), "utf-8")
        assert style.load(str(tmp_path / f"{name}-again.toml")) == style.load(name)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    look = style.load("report")
    look = msgspec.structs.replace(look, name="mine", source_note=msgspec.structs.replace(look.source_note, show=False))
    for state in ("done", "unchanged"):
        (result,) = convert.batch(tmp_path / "a.txt", tmp_path / "out", ("txt",), look)
        assert (result.state, result.style) == (state, "mine")


def test_formats_of_a_batch_may_be_one_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("题目\n\n这里是正文\u3002\n", "utf-8")
    (done,) = convert.batch([tmp_path / "a.txt"], tmp_path / "out", "txt,md")
    assert [edition.name for edition in done.editions] == ["a.txt", "a.md"]
    with pytest.raises(UsageError, match="'dcx'"):
        convert.batch([tmp_path / "a.txt"], tmp_path / "out", "dcx")


def test_a_batch_that_is_not_iterated_says_so(tmp_path: Path) -> None:
    with pytest.warns(RuntimeWarning, match="not iterated"):
        forgotten_batch(tmp_path / "out")
    assert not (tmp_path / "out").exists()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        results = convert.batch([SAMPLE], tmp_path / "out", ("html",))
        assert [result.state for result in results] == ["done"]
        results.close()
        convert.batch([SAMPLE], tmp_path / "out", ("html",)).close()
        gc.collect()
