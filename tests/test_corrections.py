"""Corrections beside a source: what each key does, in the ledger and in every edition, and over any text."""

from __future__ import annotations

import json
import re
import tomllib
import zipfile
from io import BytesIO
from pathlib import Path

import jsonschema
import pikepdf
import pypdfium2
import pytest
from conftest import Wenban
from hypothesis import given, settings
from hypothesis import strategies as st
from part import examples
from test_clean_properties import WORDS

import convert
from convert import readers, source
from convert.clean import check, clean
from convert.cli import app
from convert.corrections import (
    KINDS,
    Corrections,
    LineCorrection,
    MetadataCorrection,
    RepairCorrection,
    beginning,
    begins_with,
    merged,
    parsed,
    written,
)
from convert.errors import NoContentError, SourceError
from convert.model import Document, LedgerEntry, Paragraph, block_text, ledger, replay
from convert.readers.text import parse
from convert.run.rebuild import rebuild
from convert.verify.text import read as read_back

TEXT = """首页
关于开展检查的通知
各村\uff1a
现将有关事项通知如下,请遵照执行\u3002
\uff08一\uff09加强管理\u3002要建立台账\u3002
\uff08二\uff09落实责任\u3002要明确到人\u3002
这一段写得很长很长很长很长\uff0c各有关单位要认真落实\uff0c一直写到这一行写不下为止\uff0c网页在这里把它断成了前后两行以
断开的一句话\u3002
洪山镇人民政府
2021年1月1日
扫一扫在手机打开当前页
"""
PAGE = (
    "<!DOCTYPE html><meta charset=utf-8><title>关于开展检查的通知</title><nav><a href=1>首页</a></nav>"
    "<article><h1>关于开展检查的通知</h1>"
    + "<p>现将有关事项通知如下\uff0c请遵照执行\u3002现将有关事项通知如下\uff0c请遵照执行\u3002</p>"
    * 2
    + "<ul><li>第一项内容</li><li>第二项内容<ul><li>深一层甲</li><li>深一层乙</li></ul></li><li>第三项内容</li></ul>"
    "<blockquote><p>引文一\u3002</p><p>引文二\u3002</p></blockquote>"
    "<table><tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td>2</td></tr></table><pre>甲 1\n乙 2</pre></article>"
    "<footer>版权所有 某某网站<br>本站供稿联系电话<br>备案号1234</footer>"
)
"""Lines: 1 navigation, 2 title, 3 and 4 text, 5 to 9 list, 10 and 11 quote, 12 to 15 table, 16 and 17 as typed, then
furniture."""


def corrected(raw: Document, said: str) -> Document:
    """The document with the corrections of a sidecar's text; it has all its lines."""
    document = clean(raw, sidecar=parsed(said.encode(), "a.wenban.toml"))
    assert replay(document.source, ledger(document), document.repairs) == replay(raw.source, ledger(raw), raw.repairs)
    check(document)
    return document


def text(said: str) -> Document:
    return corrected(parse(TEXT), said)


def page(said: str) -> Document:
    return corrected(readers.read(source.from_bytes(PAGE.encode(), "a.html")), said)


def entry(document: Document, at: int) -> LedgerEntry:
    return next(entry for entry in ledger(document) if entry.lines[0] == at)


def kinds(document: Document, *lines: int) -> list[str]:
    return [entry(document, at).kind for at in lines]


def one(at: int, begins: str, rest: str) -> str:
    return f'[[line]]\nat = {at}\nbegins = "{begins}"\n{rest}\n'


# --- Lines ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_is_what_a_person_says(kind: str) -> None:
    found = entry(text(one(4, "现将有关", f'as = "{kind}"')), 4)
    assert (found.kind, found.by_hand, found.sure, found.why) == (kind, True, 1.0, ("by hand",))
    assert found.reason == ("removed by hand" if kind == "removed" else None)
    assert entry(text(""), 4).kind == "paragraph"
    told = entry(text(f'[document]\nwho = "张三"\nwhen = 2026-11-27\n{one(4, "现将", f"as = {kind!r}")}'), 4)
    assert told.why == ("by hand", "张三, 2026-11-27")
    assert not entry(text(""), 4).by_hand


def test_the_level_of_a_heading_and_of_those_made_alike() -> None:
    said = one(5, "\uff08一\uff09", 'as = "heading"\nlevel = 3')
    document = corrected(
        parse(
            "总结\n\n前言\u3002\n\n"
            + TEXT.split("\n")[4].split("\u3002")[0]
            + "\n文\u3002\n\uff08二\uff09落实\n文\u3002\n"
        ),
        said,
    )
    assert [entry(document, at).level for at in (5, 7)] == [3, 3], "its neighbours follow"


def test_run_in_headings() -> None:
    assert entry(text(""), 5).run_in == "\uff08一\uff09加强管理\u3002"
    assert entry(text(one(5, "(一)", 'run_in = ""')), 5).run_in is None
    whole = text(one(4, "现将", 'run_in = "现将有关事项"\nlevel = 2'))
    assert (entry(whole, 4).run_in, entry(whole, 4).level) == ("现将有关事项", 2)
    with pytest.raises(SourceError, match="does not begin with the run-in heading '另将'"):
        text(one(4, "现将", 'run_in = "另将"'))


def test_lines_kept_and_removed() -> None:
    document = text(one(1, "首页", "keep = true") + one(9, "洪山", 'as = "removed"'))
    assert entry(text(""), 1).kind == "removed"
    assert kinds(document, 1, 9) == ["paragraph", "removed"]


def test_lines_joined_and_split() -> None:
    assert entry(text(""), 7).lines == (7, 8)
    assert kinds(text(one(8, "断开", "split = true")), 7, 8) == ["paragraph", "paragraph"]
    joined = entry(text(one(6, "(二)落实", "join = true")), 5)
    assert joined.lines == (5, 6)
    assert joined.text.endswith("建立台账\u3002\uff08二\uff09落实责任\u3002要明确到人\u3002")
    title = text(one(2, "关于", 'as = "title"') + one(3, "各村", 'as = "title"'))
    assert entry(title, 2).lines == (2, 3)
    assert title.metadata.title == "关于开展检查的通知各村"
    with pytest.raises(SourceError, match="cannot be joined"):
        text(one(1, "首页", "join = true"))


def test_lines_of_pages_in_what_holds_them() -> None:
    plain = page("")
    assert kinds(plain, 5, 6, 7, 8, 9, 10, 11, 12) == ["list_item"] * 5 + ["quote"] * 2 + ["table"]
    said = one(7, "深一层", 'as = "heading"\nlevel = 2') + one(11, "引文二", 'as = "paragraph"')
    said += one(12, "甲", 'as = "removed"') + one(16, "甲 1", 'as = "paragraph"')
    document = page(said)
    assert kinds(document, 5, 6, 7, 8, 9) == ["list_item", "list_item", "heading", "list_item", "list_item"]
    assert kinds(document, 10, 11, 12, 16) == ["quote", "paragraph", "removed", "paragraph"]
    first = entry(plain, 18)
    assert first.kind == "removed"
    kept = page(one(first.lines[0] + 1, "本站供稿", "keep = true"))
    assert kinds(kept, 18, 19, 20) == ["removed", "paragraph", "removed"]
    assert [entry(kept, at).text for at in (18, 20)] == ["版权所有 某某网站", "备案号1234"]
    gone = entry(page(one(first.lines[0] + 1, "本站供稿", 'as = "removed"')), 19)
    assert (gone.reason, gone.by_hand) == ("removed by hand", True), "that it is left out can be said too"
    with pytest.raises(SourceError, match="line 12 is a picture or a table"):
        page(one(12, "甲", 'as = "heading"'))


def test_a_line_that_has_changed_is_an_error_that_shows_both_texts() -> None:
    with pytest.raises(SourceError) as raised:
        text("# by hand\n" + one(4, "另将", 'as = "note"'))
    assert raised.value.exit_code == 3
    assert (raised.value.where, raised.value.line) == ("a.wenban.toml", 4)
    assert "'另将'" in raised.value.message
    assert "现将有关事项通知如下" in raised.value.message
    with pytest.raises(SourceError, match="no line 2 that begins with ''"):
        corrected(parse("题\n \n现将有关事项通知如下\u3002\n"), one(2, "", 'as = "note"'))
    with pytest.raises(SourceError, match="no line 40 that begins with '另将'"):
        text(one(40, "另将", 'as = "note"'))


def test_the_first_characters_are_compared_without_marks() -> None:
    assert begins_with("\uff08一\uff09 加强管理\u3002要", "(一)加强") == 6
    assert begins_with("\uff08一\uff09 加强管理\u3002要", "加强") is None
    assert begins_with("加强管理\u3002要", "加强管理.") == 5
    assert begins_with("\u2014\u2014", "\u2014") == 1
    assert begins_with("", "") == 0
    assert begins_with("有", "") is None


# --- Repairs and metadata -------------------------------------------------------------------------------------------


def test_repairs_are_taken_back_and_made() -> None:
    undo = '[[repair]]\nat = 4\nbefore = ","\nafter = "\uff0c"\nundo = true\n'
    assert "," in entry(text(undo), 4).text
    assert "," not in entry(text(""), 4).text
    document = text('[[repair]]\nat = 5\nbefore = "台账"\nafter = "台帐"\n')
    assert entry(document, 5).text.endswith("台帐\u3002")
    assert next(repair for repair in document.repairs if repair.rule == "by-hand").before == "台账"
    twice = '[[repair]]\nat = 4\nbefore = "通知"\nafter = "通告"\ncolumn = 7\n'
    assert "事项通告如下" in entry(text(twice), 4).text
    with pytest.raises(SourceError, match="line 5 has no '没有'"):
        text('[[repair]]\nat = 5\nbefore = "没有"\nafter = "有"\n')
    with pytest.raises(SourceError, match="line 4 has no"):
        text(undo.replace("4", "4\ncolumn = 1"))


def test_metadata_set_and_cleared() -> None:
    page = TEXT.replace("各村", "来源\uff1a某报 作者\uff1a张三\n各村")
    raw = parse(page)
    assert clean(raw).metadata.author == "张三"
    said = '[metadata]\nauthor = ""\nsource = "某某报"\npublished = 2021-01-02\n[metadata.extra]\n"签发人" = "李四"\n'
    document = corrected(raw, said)
    known = document.metadata
    assert (known.author, known.source, known.published) == (None, "某某报", "2021-01-02")
    assert known.extra == (("签发人", "李四"),), "the line that was overruled is printed nowhere"
    assert document.metadata_by_hand == ("source", "author", "published", "extra")
    assert document.metadata_sure["source"] == 1.0
    assert entry(document, 3).reason == "removed by hand"


def test_the_title_that_is_printed_is_the_one_that_is_said() -> None:
    other = text('[metadata]\ntitle = "关于普查的通知"\n')
    assert entry(other, 2).text == other.metadata.title == "关于普查的通知"
    assert entry(other, 2).by_hand
    found = corrected(parse("洪山镇\n" + TEXT), '[metadata]\ntitle = "关于开展检查的通知"\n')
    assert entry(found, 3).kind == "title", "the line that says it is the title"
    none = corrected(parse("一段很长的话\uff0c没有标题\u3002\n再有一段很长的话\u3002\n"), '[metadata]\ntitle = "题"\n')
    assert block_text(none.blocks[0]) == "题"


def test_a_title_that_a_person_says_stays_where_the_page_has_another() -> None:
    page = (Path(__file__).parent / "fixtures" / "clean" / "menus.txt").read_text(encoding="utf-8")
    raw = parse(page.split("#### ")[1].partition("\n")[2].partition("\n----\n")[0])
    for at, begins in ((1, "江城首页"), (8, "江城日报")):
        assert kinds(corrected(raw, one(at, begins, 'as = "title"')), at) == ["title"]


# --- The file -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "line", "message"),
    [
        ("[metadata]\ntitel = 'x'\n", 2, "unknown key metadata.titel"),
        ("[[line]]\nat = 1\nbegins = 'x'\nkeep = true\n[[line]]\nat = 2\nbegins = 'x'\nlevl = 2\n", 8, "line.levl"),
        ("[[line]]\nat = 1\nbegins = 'x'\nas = 'headline'\n", 4, "Invalid enum value 'headline'"),
        ("[[line]]\nat = 'x'\nbegins = 'x'\n", 2, "Expected `int`"),
        ("[[line]]\nat = 1\nas = 'note'\n", 1, "missing required field `begins`"),
        ("[[line]]\nat = 1\nbegins = 'x'\n", 2, "nothing is said of line 1"),
        ("[[line]]\nat = 1\nbegins = 'x'\nas = 'note'\nlevel = 2\n", 5, "only a heading"),
        ("[[line]]\nat = 1\nbegins = 'x'\nas = 'heading'\nlevel = 12\n", 5, "12 is no level"),
        ("[[line]]\nat = 1\nbegins = 'x'\nas = 'heading'\nrun_in = 'x'\n", 5, "only a paragraph has a run-in"),
        ("[[line]]\nat = 1\nbegins = 'x'\nas = 'removed'\nkeep = true\n", 5, "kept and removed"),
        ("[[line]]\nat = 1\nbegins = 'x'\nsplit = true\njoin = true\n", 5, "says nothing else"),
        (2 * "[[line]]\nat = 1\nbegins = 'x'\nkeep = true\n", 6, "corrected twice"),
        ("[metadata]\npublished = '2021-13-01'\n", 2, "no date"),
        ("[[repair]]\nat = 1\nbefore = ''\nafter = 'x'\n", 3, "needs the text"),
        ("\n\n[metadata\n", 3, "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_the_line(said: str, line: int, message: str) -> None:
    with pytest.raises(SourceError) as raised:
        parsed(said.encode(), "a.wenban.toml")
    assert (raised.value.where, raised.value.line) == ("a.wenban.toml", line)
    assert message in str(raised.value)


def test_the_schema_for_editors_is_that_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    app.main(["schema", "--corrections"], standalone_mode=False)
    validator = jsonschema.Draft202012Validator(json.loads(capsys.readouterr().out))
    assert validator.is_valid(tomllib.loads(WHOLE.replace("2026-11-27", '"2026-11-27"')))
    assert not validator.is_valid({"metadata": {"titel": "x"}})


def test_written_anew_it_keeps_what_is_there() -> None:
    before = "# 看过\n[metadata]\ntitle = 'a' # 原题\n\n# 落款\n" + one(4, "现将", 'as = "note"') + "# end\n"
    old = parsed(before.encode(), "").corrections
    assert written(old, before) == before
    new = Corrections(
        metadata=MetadataCorrection(author="", extra={"签发 人": '李"四\\\n'}),
        line=(LineCorrection(5, "要\x85", kind="heading", level=2),),
        repair=(RepairCorrection(5, ",", "\uff0c", undo=True),),
    )
    whole = merged(old, new)
    after = written(whole, before)
    assert parsed(after.encode(), "").corrections == whole
    assert "# 看过" in after
    assert "# 落款" in after
    assert after.count("[[line]]") == 2
    again = merged(whole, Corrections(line=(LineCorrection(4, "现将", keep=True),)))
    assert parsed(written(again, after).encode(), "").corrections == again
    odd = "metadata = {title = 'a'}\n"
    assert parsed(written(whole, odd).encode(), "").corrections == whole
    assert written(whole).startswith("[metadata]\n")


# --- Any text -------------------------------------------------------------------------------------------------------


def _repairs(raw: Document, changed: dict[int, str | None]) -> tuple[RepairCorrection, ...]:
    """Repairs of the text as it is read without them: first characters changed, for None a repair of a rule undone."""
    try:
        document = clean(raw)
    except NoContentError:
        return ()
    entries = [one for one in ledger(document) if one.text and "\ud800" not in one.text]
    found: dict[tuple[int, str], RepairCorrection] = {}
    for number, after in changed.items():
        if after is not None and entries:
            one = entries[number % len(entries)]
            found[one.lines[0], one.text[:2]] = RepairCorrection(one.lines[0], one.text[:2], after)
        elif after is None and document.repairs:
            old = document.repairs[number % len(document.repairs)]
            if old.before.isprintable():
                undone = RepairCorrection(old.line, old.before, old.after, old.column, undo=True)
                found[old.line, old.before] = undone
    return tuple(found.values())


SAID: list[dict[str, object]] = [
    *({"kind": kind} for kind in KINDS),
    {"kind": "title"}, {"kind": "heading", "level": 3}, {"kind": "signature", "split": True},
    {"keep": True}, {"split": True}, {"join": True}, {"run_in": ""}, {"kind": "paragraph", "run_in": "现"},
]  # fmt: skip
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map("".join), min_size=3, max_size=12).map("\n".join)
NUMBERED = st.dictionaries(st.integers(0, 60), st.sampled_from(SAID), max_size=5)


CHANGED = st.dictionaries(st.integers(0, 60), st.sampled_from(["", "新", "\uff0c", None]), max_size=3)


@given(LINES, NUMBERED, CHANGED, st.sampled_from(["", "洪山", None]))
@settings(max_examples=examples(80), deadline=None)
def test_any_corrections_keep_the_ledger_complete(
    text: str, chosen: dict[int, dict[str, object]], changed: dict[int, str | None], title: str | None
) -> None:
    raw = parse(text)
    places = [(one.lines[0], one.text) for one in ledger(raw) if one.text.strip()]
    lines: dict[int, LineCorrection] = {}
    for number, values in chosen.items() if places else ():
        at, line = places[number % len(places)]
        lines[at] = LineCorrection(at, beginning(line), **values)  # type: ignore[arg-type]
    repairs = _repairs(raw, changed)
    whole = Corrections(metadata=MetadataCorrection(title=title), line=tuple(lines.values()), repair=repairs)
    try:
        document = clean(raw, sidecar=parsed(written(whole).encode(), ""))
    except (NoContentError, SourceError) as error:
        known = ("correction-no-join", "correction-no-run-in", "correction-no-repair")
        if not isinstance(error, NoContentError) and error.id not in known:
            raise
        return
    entries = ledger(document)
    assert replay(document.source, entries, document.repairs) == text
    covered = [number for entry in entries for number in range(entry.lines[0], entry.lines[1] + 1)]
    assert len(covered) == len(set(covered))
    check(document)
    firsts = {entry.lines[0]: entry for entry in entries}
    for at, said in lines.items():
        entry = firsts.get(at)
        if said.kind and entry is not None and entry.text:
            assert (entry.kind, entry.by_hand, entry.sure) == (said.kind, True, 1.0)


# --- Editions and runs ----------------------------------------------------------------------------------------------

WHOLE = (
    '[document]\nlanguage = "zh-Hans"\nstyle = "report"\nwho = "张三"\nwhen = 2026-11-27\n'
    '[metadata]\ntitle = "关于开展普查的通知"\nauthor = "李四"\n[metadata.extra]\n"签发人" = "王五"\n'
    + one(1, "首页", "keep = true")
    + one(3, "各村", 'as = "heading"\nlevel = 1')
    + one(5, "(一)", 'as = "paragraph"\nrun_in = "(一)加强"\nlevel = 2')
    + one(6, "(二)", 'as = "heading"\nlevel = 2')
    + one(8, "断开", "split = true")
    + one(9, "洪山", 'as = "removed"')
    + '[[repair]]\nat = 5\nbefore = "台账"\nafter = "台帐"\n'
    + '[[repair]]\nat = 4\nbefore = ","\nafter = "\uff0c"\nundo = true\n'
)


def test_every_edition_is_as_corrected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.wenban.toml").write_text(WHOLE, encoding="utf-8")
    out = tmp_path / "dist"
    result = convert.convert(tmp_path / "a.txt", out, ("docx", "pdf", "epub", "html"))
    assert result.style == "report"
    files = {edition.format: (out / edition.name).read_bytes() for edition in result.editions}
    for name, data in files.items():
        body = read_back(name, data).body
        for shown in ("首页", "关于开展普查的通知", "台帐", "如下,请", "李四", "王五"):
            assert shown in body, name
        for hidden in ("检查", "洪山镇人民政府", "台账", "扫一扫"):
            assert hidden not in body, name
    word = zipfile.ZipFile(BytesIO(files["docx"])).read("word/document.xml").decode()
    assert [word.count(f'w:val="Heading{level}"') for level in (1, 2)] == [1, 1]
    book = zipfile.ZipFile(BytesIO(files["epub"]))
    contents = next(book.read(name).decode() for name in book.namelist() if name.endswith("nav.xhtml"))
    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(files["pdf"]).get_toc()]
    for heading in ("各村\uff1a", "\uff08二\uff09落实责任\u3002要明确到人\u3002"):
        assert heading in contents
        assert heading in marks
        assert heading in files["html"].decode()


FIELDS = {name: f"甲{at}乙丙丁" for at, name in enumerate(MetadataCorrection.__struct_fields__) if name != "extra"} | {
    "published": "2022-03-04", "retrieved": "2022-05-06", "url": "https://a.example/7", "printing_date": "2022年7月8日",
    "document_number": "洪政发\u30142022\u30159号",
}  # fmt: skip
BY_FORM = {"public_note", "copy_to", "printing_body", "printing_date"}
"""Fields that an edition has where a form has a place for them."""


@pytest.mark.parametrize("form", ["plain", "upward"])
def test_each_field_that_is_said_is_in_every_edition(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    lines = "".join(f'{name} = "{value}"\n' for name, value in FIELDS.items())
    said = f'[document]\nform = "{form}"\n[metadata]\n{lines}extra = {{ "签发" = "签发人丁" }}\n'
    said += one(10, "2021", "join = true")
    (tmp_path / "a.wenban.toml").write_text(said, encoding="utf-8")
    result = convert.convert(tmp_path / "a.txt", tmp_path / "dist", ("docx", "pdf", "epub", "html", "md"))
    assert result.state == "done"
    for edition in result.editions:
        whole = everything(edition.name, (tmp_path / "dist" / edition.name).read_bytes())
        for name, value in {**FIELDS, "extra": "签发人丁"}.items():
            elsewhere = name in BY_FORM if form == "plain" else name == "issuing_body"  # the mark stands for the body
            assert elsewhere or value in whole, (edition.name, name)
        assert "洪山镇人民政府2021年1月1日" in "".join(re.sub("<[^>]+>", "", whole).split()), edition.name


def everything(name: str, data: bytes) -> str:
    """All text of an edition, properties included."""
    if name.endswith((".docx", ".epub")):
        book = zipfile.ZipFile(BytesIO(data))
        parts = [book.read(part).decode() for part in book.namelist() if part.endswith((".xml", ".opf", ".xhtml"))]
        return "".join(parts)
    if name.endswith(".pdf"):
        file = pikepdf.open(BytesIO(data))
        return file.Root.Metadata.read_bytes().decode() + read_back("pdf", data).body
    return data.decode()


def test_what_is_said_takes_the_place_of_its_line() -> None:
    both = text('[metadata]\nsubtitle = "副题"\nrecipients = "各乡镇人民政府"\n')
    titles = [block for block in both.blocks if isinstance(block, Paragraph) and block.role in ("title", "subtitle")]
    assert [block_text(block) for block in titles] == ["关于开展检查的通知", "副题"]
    assert entry(both, 3).text == "各乡镇人民政府\uff1a"
    greeting = corrected(parse(TEXT.replace("各村", "同志们")), '[metadata]\nrecipients = "各乡镇人民政府"\n')
    assert entry(greeting, 3).text == "同志们\uff1a", "those who are greeted are no offices"


def test_a_folder_of_documents_and_their_corrections(tmp_path: Path, wenban: Wenban) -> None:
    """Nothing is made again but what has a sidecar that is new, changed or gone."""
    pages, out, apart = tmp_path / "pages", tmp_path / "dist", tmp_path / "apart"
    pages.mkdir()
    for number in range(30):
        (pages / f"{number}.txt").write_text(f"第{number}号通知\n\n现将有关事项通知如下\u3002\n", encoding="utf-8")
        if number < 10:
            said = f'[metadata]\nauthor = "作者{number}"\n' if number % 2 else one(3, "现将", 'as = "note"')
            (pages / f"{number}.wenban.toml").write_text(said, encoding="utf-8")

    def made(**options: object) -> list[str]:
        results = list(convert.batch(pages, out, ("html",), check=False, **options))  # type: ignore[arg-type]
        assert {result.state for result in results} <= {"done", "unchanged"}
        assert len(results) == 30, "a sidecar is no source"
        return [Path(result.path).stem for result in results if result.state == "done"]

    assert len(made()) == 30
    assert made() == []
    (pages / "3.wenban.toml").write_text('[metadata]\nauthor = "另一人"\n', encoding="utf-8")
    (pages / "20.wenban.toml").write_text('[metadata]\nauthor = "新"\n', encoding="utf-8")
    (pages / "4.wenban.toml").unlink()
    assert sorted(made()) == ["20", "3", "4"]
    assert "另一人" in (out / "3.html").read_text(encoding="utf-8")

    assert rebuild(out, [str(pages)]).findings == []
    (pages / "20.wenban.toml").unlink()
    changed = rebuild(out, [str(pages)]).findings
    assert {finding.name for finding in changed} == {"20.html", "manifest.json"}
    assert "the corrections beside the source are not those it was made with" in "".join(map(str, changed))

    (pages / "5.wenban.toml").write_text(one(3, "另将", 'as = "note"'), encoding="utf-8")
    failed = [one for one in convert.batch(pages, out, ("html",), check=False) if one.state == "failed"]
    assert [Path(one.path).stem for one in failed] == ["5"], "the others go on"
    assert failed[0].error is not None
    assert failed[0].error.where == str(pages / "5.wenban.toml")

    (apart / "pages").mkdir(parents=True)
    (apart / "pages" / "7.txt.wenban.toml").write_text('[metadata]\nauthor = "远处"\n', encoding="utf-8")
    assert "7" in made(corrections=apart)
    assert "远处" in (out / "7.html").read_text(encoding="utf-8")
    shown = wenban("inspect", pages / "7.txt", "--corrections", apart)
    assert "by hand: author" in shown.stdout
