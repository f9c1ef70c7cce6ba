"""Texts typed in the notation of Aozora Bunko: what becomes of each mark and note."""

from __future__ import annotations

import pytest

from convert.cjk.aozora import accented, character, typed
from convert.clean import clean
from convert.model import Block, Document, Emphasis, Inline, Paragraph, Ruby, Text, ledger, replay
from convert.readers.text import parse
from tests.test_corpus import FOLDER

NOTED = (FOLDER / "ja-aozora.txt").read_text("utf-8")
FRONT, BODY = NOTED.split("\n")[:14], NOTED.split("\n")[14:]
CASES = (FOLDER.parent / "fixtures" / "notation.txt").read_text("utf-8").split("\n\n")


def inside(node: Inline) -> str:
    match node:
        case Text():
            return node.text
        case Ruby():
            return f"<{node.base}={node.gloss}>"
        case Emphasis():
            return f"<{node.kind} {''.join(map(inside, node.children))}>"
    raise AssertionError(node)


def shown(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return ("> " if block.align == "right" else "") + "".join(map(inside, block.children))


def read(lines: list[str]) -> Document:
    text = "\n".join(lines)
    document = clean(parse(text))
    assert replay(document.source, ledger(document), document.repairs) == text
    return document


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.split("\n")[0][:20])
def test_a_mark_or_note_becomes_what_it_says(case: str) -> None:
    line, wanted = case.strip().split("\n")[-2:]
    document = read([*FRONT, line, *BODY])
    (block,) = [block for block in document.blocks if getattr(block, "origin", None) and block.origin.first == 15]
    assert shown(block) == wanted


def test_a_heading_in_its_line_leads() -> None:
    line = BODY[0].partition("\uff3d")[2].replace("\u306f\u4e2d", "は同行中") + "\u3000夜\u3002"
    assert [entry.run_in for entry in ledger(read([*FRONT, line, *BODY])) if entry.run_in] == ["一"]


def test_emphasis_over_several_lines_ends_where_it_says() -> None:
    begin, end = "\uff3b\uff03ここから太字\uff3d", "\uff3b\uff03ここで太字終わり\uff3d"
    blocks = read([*FRONT, begin, "春", "夜", end, "朝", *BODY]).blocks
    said = [shown(block) for block in blocks if isinstance(block, Paragraph)]
    assert said[2:5] == ["<strong 春>", "<strong 夜>", "朝"]


def test_a_text_of_no_library_has_readings_in_kana_alone() -> None:
    line = "下人\u300aげにん\u300bが\u300a羅生門\u300bを\uff5c読む\u300aよむ\u300b"
    rest = "と\uff5c言う\u300a言\u300b\u3002\uff3b\uff03レ\uff3d"
    (block,) = read([line + rest]).blocks
    assert shown(block) == f"<下人=げにん>が\u300a羅生門\u300bを<読む=よむ>{rest}"


def test_what_stands_above_the_text_is_the_title_and_who_wrote_it() -> None:
    for key in (FRONT[2:], [""]):
        entries = ledger(read(["人口論", "第一篇", "マルサス", "吉田秀夫訳", *key, *BODY]))
        assert [entry.kind for entry in entries[:4]] == ["title", "subtitle", "byline", "byline"]


def test_ranks_of_headings_are_levels_from_the_first() -> None:
    entries = ledger(read([*FRONT, *(line.replace("\u4e00\u300dは中", "\u4e00\u300dは小") for line in BODY)]))
    assert [entry.level for entry in entries if entry.kind == "heading"][:2] == [2, 1]


def test_characters_and_letters() -> None:
    assert character("1-13-21") == ""
    assert character("\u3001U+20B9F") == "\U00020b9f"
    assert accented("ae& c, s& !@ n~") == "\u00e6 \u00e7 \u00df \u00a1 \u00f1"
    assert typed("\uff5c", {}, noted=True).text == "\uff5c"
