"""What the command line says in Chinese: chosen by the locale, and complete."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLE, Wenban

from convert.words import messages
from convert.words.messages.zh_cn import TABLE

HAN = re.compile("[\u4e00-\u9fff]")
COMMANDS = ("convert", "inspect", "verify", "catalogue", "pack", "preview", "fonts", "styles", "schema", "doctor")
ERRORS = {
    "UsageError", "SourceError", "NoContentError", "FontError", "FidelityError", "OutputError", "DiskFullError",
    "ConvertError", "Fault",
}  # fmt: skip


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "zh_CN:en")
    messages.table.cache_clear()
    messages._patterns.cache_clear()
    yield
    messages.table.cache_clear()
    messages._patterns.cache_clear()


def templates() -> Iterator[tuple[str, str]]:
    """Every text the program can say, with where it is written: errors, remedies, notices, `tr`, help."""
    for path in sorted((ROOT / "convert").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func).rpartition(".")[2]
            named = {word.arg: word.value for word in node.keywords}
            texts: list[ast.expr | None] = []
            if called in ERRORS:
                texts = [*node.args[:1], named.get("remedy")]
            elif called == "Notice":
                texts = [*node.args[1:2], named.get("message")]
            elif called in ("Finding", "Wrong", "_wrong"):
                texts = node.args[2:3] if called == "Finding" else node.args[1:2]
            elif called == "tr":
                texts = list(node.args[:1])
            elif called in ("command", "group", "option"):
                texts = [named.get("help")]
            for text in texts:
                if (said := template(text)) and not re.fullmatch(r"[\W\d{}]*", said):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", said


def template(node: ast.expr | None) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def test_the_search_finds_texts() -> None:
    found = {text for _, text in templates()}
    assert {"the file is empty", "Output folder.", "no style is called {}", "ok"} <= found


@pytest.mark.usefixtures("chinese")
def test_every_text_has_its_chinese() -> None:
    missing = []
    for place, text in templates():
        said = text.replace("{}", "x")  # as it would be finished
        if text not in TABLE and messages.of_error(said) == said:
            missing.append(f"{place}: {text}")
    assert not missing, "add to convert/words/messages/zh_cn.py:\n" + "\n".join(missing)


def test_translations_keep_their_holes() -> None:
    for english, translated in TABLE.items():
        assert sorted(re.findall(r"\{[^}]*\}", english)) == sorted(re.findall(r"\{[^}]*\}", translated)), english
        assert HAN.search(translated) or english in ("{message}. {remedy}",), english


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese(wenban: Wenban, command: str) -> None:
    done = wenban(command, "--help", LC_ALL="zh_CN.UTF-8")
    assert done.returncode == 0
    assert "Usage" not in done.stdout
    for line in done.stdout.splitlines():
        if line.startswith("  -"):
            assert HAN.search(line), line
    assert "Usage:" in wenban(command, "--help").stdout


@pytest.mark.parametrize(
    ("variables", "is_chinese"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "", "LANG": "zh_TW.UTF-8"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_US.UTF-8"}, True),
        ({"LANGUAGE": "zh", "LC_ALL": "en_US.UTF-8"}, True),
        ({"LANGUAGE": "en", "LC_ALL": "zh_CN.UTF-8"}, False),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, False),
    ],
)
def test_the_locale_chooses(wenban: Wenban, variables: dict[str, str], is_chinese: bool) -> None:
    done = wenban("convert", "none.txt", **variables)
    assert done.returncode == 3
    assert ("没有这个文件或文件夹" in done.stderr) is is_chinese
    assert ("no such file or folder" in done.stderr) is not is_chinese


def test_results_and_errors_in_chinese(wenban: Wenban, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = wenban("convert", SAMPLE, "empty.txt", "-t", "docx", LC_ALL="zh_CN.UTF-8")
    assert done.returncode == 1
    assert "完成 1\uff0c失败 1" in done.stdout
    assert "错误\uff1aempty.txt: 文件是空的\u3002请把网页连同正文重新保存\n" in done.stderr
    wrong = wenban("convert", "--nothing", LC_ALL="zh_CN.UTF-8")
    assert "没有选项 '--nothing'" in wrong.stderr
    style = wenban("convert", SAMPLE, "--style", "gongwne", LC_ALL="zh_CN.UTF-8")
    assert "没有名为 'gongwne' 的样式\u3002是不是 'gongwen'\uff1f" in style.stderr


def test_json_is_the_same_in_any_language(wenban: Wenban) -> None:
    assert (
        wenban("inspect", "--json", SAMPLE, LC_ALL="zh_CN.UTF-8").stdout == wenban("inspect", "--json", SAMPLE).stdout
    )
