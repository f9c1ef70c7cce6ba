"""What the program says: each message has a code, and each code its English, its Chinese and its Japanese."""

from __future__ import annotations

import ast
import functools
import pickle
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLE, Wenban, environment
from messages import CATALOGUES, TRADITIONAL, compiled, entries, traditional
from trees import nodes_of

from convert import style
from convert.corrections import parsed
from convert.errors import ConvertError, Failure, Notice, Said, SourceError
from convert.run import api, project
from convert.source.loading import _BINARY
from convert.words import catalogues, foreign, messages

HAN = re.compile("[\u4e00-\u9fff]")
JAPANESE_TEXT = re.compile("[\u3041-\u30fa\u4e00-\u9fff]")
CHINESE_ONLY = re.compile("[\uff1a\uff0c\uff1b\uff1f\uff01]")
"""Marks that our Japanese does not use: it has half-width colons, and U+3001 and U+3002."""
COMMANDS = (
    "convert",
    "bind",
    "correct",
    "inspect",
    "verify",
    "catalogue",
    "pack",
    "preview",
    "fonts",
    "styles",
    "schema",
    "doctor",
    "init",
    "completion",
    "mcp",
)
ERRORS = {
    "UsageError", "SourceError", "NoContentError", "FontError", "FidelityError", "OutputError", "DiskFullError",
    "ConvertError", "Fault", "Notice",
}  # fmt: skip
ENGLISH, CHINESE, JAPANESE = (
    entries(catalogues.LOCALE / language / "LC_MESSAGES" / "wenban.po")
    for language in (catalogues.ENGLISH, catalogues.CHINESE, catalogues.JAPANESE)
)


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "zh_CN:en")
    messages.current.cache_clear()
    yield
    messages.current.cache_clear()


@functools.cache
def calls() -> tuple[tuple[str, str, ast.Call], ...]:
    """Every call in the code: where, the name of what is called, the call."""
    return tuple(
        (f"{path.relative_to(ROOT)}:{node.lineno}", getattr(node.func, "attr", getattr(node.func, "id", "")), node)
        for path in sorted((ROOT / "convert").rglob("*.py"))
        for node in nodes_of(path)
        if isinstance(node, ast.Call)
    )


def said() -> Iterator[tuple[str, str, set[str]]]:
    """Every message that is made: where, its code (with a hole where a name is put in), the names of its values."""
    for place, called, node in calls():
        if called == "Said" and node.args and not any(word.arg is None for word in node.keywords):
            code = node.args[0]
            if isinstance(code, ast.JoinedStr):
                yield place, "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in code.values), set()
            elif isinstance(code, ast.Constant):
                yield place, str(code.value), {str(word.arg) for word in node.keywords}


def holes(template: str) -> list[str]:
    return sorted(
        f"{name}!{conversion}:{form}" for _, name, form, conversion in string.Formatter().parse(template) if name
    )


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_what_is_read_is_what_was_edited(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == compiled(entries(path)), "run python -m tests.messages"


def test_traditional_chinese_is_made_of_simplified() -> None:
    made = traditional(CHINESE)
    assert entries(TRADITIONAL) == made, "run python -m tests.messages"
    assert made["file-empty"] == "檔案是空的"
    assert "zh_TW" in made[""]
    for code, text in CHINESE.items():
        assert holes(text) == holes(made[code]), code


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("zh_TW.UTF-8", "zh-Hant"),
        ("zh-Hant", "zh-Hant"),
        ("zh_HK:en", "zh-Hant"),
        ("zh_CN:zh_TW", "zh-Hans"),
        ("zh.UTF-8", "zh-Hans"),
        ("ja", "ja"),
        ("ja_JP.UTF-8", "ja"),
        ("jam", "en"),
        ("ko_KR", "en"),
    ],
)
def test_the_language_is_that_of_the_place(said: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", said)
    messages.current.cache_clear()
    try:
        assert messages.language() == language
    finally:
        messages.current.cache_clear()


def test_every_code_has_both_languages_with_the_same_holes() -> None:
    assert set(ENGLISH) <= set(CHINESE)
    for code, english in ENGLISH.items():
        if code:
            assert HAN.search(CHINESE[code]), code
            assert holes(english) == holes(CHINESE[code]), code
    for english, chinese in CHINESE.items():
        if english not in ENGLISH:
            assert holes(english) == holes(chinese), english


def test_japanese_has_every_text_with_the_same_holes_and_marks_of_its_own() -> None:
    assert list(JAPANESE) == list(CHINESE)
    assert "Language: ja\n" in JAPANESE[""]
    for code, text in JAPANESE.items():
        if code:
            assert holes(text) == holes(CHINESE[code]), code
            assert not CHINESE_ONLY.search(text), code
            assert JAPANESE_TEXT.search(text) or not HAN.search(CHINESE[code]), code


def test_every_message_made_is_in_the_catalogues_with_its_values() -> None:
    found = list(said())
    for place, code, given in found:
        if "*" in code:
            assert any(re.fullmatch(code.replace("*", ".+"), known) for known in ENGLISH), place
            continue
        assert code in ENGLISH, f"{place}: {code} is in no catalogue"
        assert names(ENGLISH[code]) | names(ENGLISH.get(f"{code}.remedy", "")) == given, f"{place}: {code}"
    patterns = {re.compile(re.escape(code).replace(r"\*", ".+")) for _, code, _ in found}
    unused = [
        code
        for code in ENGLISH
        if code and not any(known.fullmatch(code.removesuffix(".remedy")) for known in patterns)
    ]
    assert unused == [], "nothing says these"


SAY_IT_THEMSELVES = {"book-ending", "rebuild-unsaid", "rebuild-no-style", "rebuild-needs-fetch"}
"""Errors whose sentence says what to do, or that become findings of `verify --rebuild`."""


def test_every_error_says_what_to_do_next() -> None:
    made = {
        str(node.args[0].args[0].value)
        for _, called, node in calls()
        if called in ERRORS - {"Notice", "Fault"} and node.args and isinstance(node.args[0], ast.Call)
        if node.args[0].args and isinstance(node.args[0].args[0], ast.Constant)
    }
    assert len(made) > 100
    assert {code for code in made if code in ENGLISH and f"{code}.remedy" not in ENGLISH} == SAY_IT_THEMSELVES


def test_no_error_or_notice_is_made_of_a_text() -> None:
    for place, called, node in calls():
        if called in ERRORS:
            assert not any(isinstance(one, ast.Constant | ast.JoinedStr) for one in node.args[:2]), place
            assert not {word.arg for word in node.keywords} & {"remedy", "message"}, place


def test_what_the_command_line_says_has_its_chinese() -> None:
    texts = set()
    for _, called, node in calls():
        named = {word.arg: word.value for word in node.keywords}
        text = node.args[0] if called == "tr" and node.args else named.get("help")
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and re.search(r"[a-z]{2}", text.value):
            texts.add(text.value)
    assert {"Folder, one FILE.pdf, -: stdout.", "ok"} <= texts
    assert texts - set(CHINESE) == set()


@pytest.mark.usefixtures("chinese")
def test_a_message_is_translated_by_its_code_wherever_it_has_been() -> None:
    error = SourceError(Said("file-too-large", limit=5), where="a.txt")
    assert (error.message, error.id, error.values) == ("the file is larger than 5 MB", "file-too-large", {"limit": 5})
    assert error.remedy == "Split it into pages"
    for one in (error, pickle.loads(pickle.dumps(error)), Failure.of(error).error()):
        failure = Failure.of(one)
        assert type(failure.message) is str
        assert messages.of_failure(failure) == ("文件大于 5 MB", "请拆成单页")
    notice = Notice.of(Said("font-not-embeddable", family="F"), 3)
    assert messages.of_notice(notice) == "F 的许可不准嵌入子集"
    assert messages.of_notice(Notice("of-a-plug-in", "as it is")) == "as it is"
    with pytest.raises(KeyError, match="nothing-like-it"):
        Said("nothing-like-it")


@pytest.mark.usefixtures("chinese")
def test_kinds_of_file_and_words_of_the_system_are_chinese_too() -> None:
    for said in (
        Said("not-text", what="a PNG picture"),
        Said("file-unreadable", error="Permission denied"),
        *(Said("not-text", what=what) for _, what in _BINARY),
    ):
        shown = messages.of_failure(Failure.of(SourceError(said)))[0]
        assert not re.search(r"\b(a|an|or|denied)\b", shown), shown


def test_what_a_style_is_for_has_its_chinese() -> None:
    assert [name for name in style.names() if style.load(name).description not in CHINESE] == []


FOREIGN = {
    b"{": "文件不完整",
    b'{"a" 1}': "JSON 第 5 字节处写法有误\uff1a缺少冒号",
    b'{"schema": "x/9"}': "schema 是 'x/9'\uff0c应为 'wenban-document/2'",
    b'{"schema": "wenban-document/2", "source": 1}': "应为 `object`\uff0c却是 `int`\uff08在 `$.source` 处\uff09",
    b'{"schema": "wenban-document/2"}': "缺少字段 `source`",
}


@pytest.mark.usefixtures("chinese")
def test_words_of_libraries_are_chinese_too() -> None:
    assert [one for one in foreign.SENTENCES if one not in CHINESE] == []
    for data, part in FOREIGN.items():
        with pytest.raises(SourceError) as caught:
            api.read("a.json", data=data)
        said = messages.of_failure(Failure.of(caught.value))[0]
        assert said.endswith(part), said
    said = messages.of_failure(Failure.of(SourceError(Said("file-unreadable", error="of no library"))))[0]
    assert said.endswith("of no library")


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("value", ['"1xx"', "3"])
def test_a_length_that_is_none_is_said_in_chinese_with_its_line(value: str, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(f'extends = "gongwen"\n\n[page]\nwidth = {value}\n', encoding="utf-8")
    with pytest.raises(ConvertError) as caught:
        style.load(str(tmp_path / "a.toml"))
    said = messages.of_failure(Failure.of(caught.value))[0]
    assert caught.value.line == 4
    assert "不是长度" in said
    assert "no length" not in said


FAULTS = {
    "title = 'x": (1, "文本缺少右引号"),
    "a = [": (1, "缺少值"),
    "a = [1\nb = 2": (2, "括号没有闭合"),
    "a = 1\na = 2\n": (2, "重复出现"),
    "a\n": (1, "缺少 ="),
    "a = 1 2": (1, "还有内容"),
    "a = 2021-02-31": (1, "没有这样的日期"),
    "\n= 1": (2, "要加引号"),
    'a = "C:\\d"': (1, "转义"),
    "a = '\x01'": (1, "不能有这个字符"),
    "[a": (1, "括号没有闭合"),
}


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("text", FAULTS)
def test_faults_of_toml_are_chinese_and_have_their_line(text: str, tmp_path: Path) -> None:
    line, part = FAULTS[text]
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    for read in (
        lambda: style.load(str(tmp_path / "a.toml")),
        lambda: project.load(str(tmp_path / "a.toml")),
        lambda: parsed(text.encode(), "a.toml"),
    ):
        with pytest.raises(ConvertError) as caught:
            read()
        said = messages.of_failure(Failure.of(caught.value))[0]
        assert (caught.value.line, part in said) == (line, True), said


def test_a_file_that_is_no_text_is_no_toml(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(ConvertError, match="the file is not UTF-8"):
        style.load(str(tmp_path / "a.toml"))


_HELP = """
import contextlib, sys
from convert.cli import main
for name in sys.argv[1:]:
    sys.argv = ["wenban", name, "--help"]
    with contextlib.suppress(SystemExit):
        main()
"""


@pytest.mark.parametrize(
    ("locale", "letters", "usage"),
    [
        ("zh_CN.UTF-8", HAN, "\u7528\u6cd5"),
        ("ja_JP.UTF-8", JAPANESE_TEXT, ""),
        ("C.UTF-8", re.compile("[a-z]{2}"), "Usage:"),
    ],
)
def test_help_is_in_the_users_language(locale: str, letters: re.Pattern[str], usage: str) -> None:
    """Of all commands, in one process for each language."""
    command = [sys.executable, "-c", _HELP, *COMMANDS]
    done = subprocess.run(command, env=environment(LC_ALL=locale), capture_output=True, encoding="utf-8", check=True)
    options = [line for line in done.stdout.splitlines() if line.startswith("  -")]
    assert len(options) > 5 * len(COMMANDS)
    assert [line for line in options if not letters.search(line)] == []
    assert done.stdout.count(usage or "wenban ") >= len(COMMANDS)
    assert ("Usage" in done.stdout) == (usage == "Usage:")


WRONG_CALLS = {
    ("convert", "a", "--stlye", "x"): "没有选项 '--stlye'\u3002 是否指其中之一\uff1a",
    ("cnvert", "a"): "没有命令 'cnvert'\u3002 是否指 'convert'\uff1f",
    ("convert", "a", "--name-by", "x"): "的值不对\uff1a'x' 不在 'file'",
    ("convert", "a", "-o"): "选项 '-o' 需要一个值\u3002",
    ("correct", "a", "--line", "12"): "选项 '--line' 需要 2 个值\u3002",
    ("bind", "a"): "缺少选项 '-o' / '--out'\u3002",
    ("inspect",): "缺少参数 'SOURCE...'\u3002",
    ("convert",): "缺少参数 'SOURCE...'\u3002",
    ("fonts", "--style"): "选项 '--style' 需要一个值\u3002",
    ("preview", "a", "--port", "99999"): "的值不对\uff1a99999 不在范围",
    ("verify", "a", "b"): "多余的参数\uff1ab",
    ("verify", "a", "b", "c"): "多余的参数\uff1ab c",
}


@pytest.mark.parametrize("call", WRONG_CALLS, ids=" ".join)
def test_a_wrong_call_is_said_in_chinese(call: tuple[str, ...], wenban: Wenban) -> None:
    """By the library that reads the command line, whose sentences for one and for several are two."""
    done = wenban(*call, LC_ALL="zh_CN.UTF-8")
    assert done.returncode == 2
    last = done.stderr.splitlines()[-1]
    assert WRONG_CALLS[call] in last
    assert not re.search(r"(?<![-'\w])[a-z]{2,} [a-z]{2,}", last), "English words"


def test_what_may_be_chosen_and_headings_of_help_have_marks_of_the_language(wenban: Wenban) -> None:
    """Click puts a full stop and a colon of its own behind what it has from the catalogue."""
    done = wenban("completion", LC_ALL="zh_CN.UTF-8")
    assert done.stderr.endswith("错误\uff1a缺少参数 'bash|zsh|fish'\u3002可选\uff1a\n\tbash,\n\tzsh,\n\tfish\n")
    assert "'bash|zsh|fish'. Choose from:" in wenban("completion").stderr
    shown = wenban("bind", "--help", LC_ALL="zh_CN.UTF-8").stdout
    assert "\n选项\uff1a\n" in shown
    assert "[必填]" in shown
    assert "\nOptions:\n" in wenban("bind", "--help").stdout


@pytest.mark.parametrize(
    ("variables", "is_chinese"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "", "LANG": "zh_SG.UTF-8"}, True),
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


def test_reasons_are_chinese_where_people_read_them(wenban: Wenban) -> None:
    shown = wenban("inspect", "--removed", SAMPLE, LC_ALL="zh_CN.UTF-8").stdout
    assert " 分享栏: " in shown
    assert "share bar" not in shown
    done = wenban("convert", SAMPLE, "-t", "txt", "-v", LC_ALL="zh_CN.UTF-8")
    assert "分享栏 1" in done.stderr
    again = wenban("convert", SAMPLE, "-t", "txt", "-v").stderr
    assert not any(line.endswith(": ") for line in again.splitlines()), "no stage was run again"


def test_json_is_the_same_in_any_language(wenban: Wenban) -> None:
    assert (
        wenban("inspect", "--json", SAMPLE, LC_ALL="zh_CN.UTF-8").stdout == wenban("inspect", "--json", SAMPLE).stdout
    )
