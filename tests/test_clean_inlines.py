"""Repairs in trees of inlines: emphasis, links, ruby and notes stay around the text they held."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.clean import clean
from convert.clean.edits import Passage
from convert.clean.inlines import Edit, edited, split
from convert.model import (
    Break,
    Cell,
    Code,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    NoteRef,
    Origin,
    Paragraph,
    Row,
    Ruby,
    SourceInfo,
    Table,
    Text,
    block_text,
    ledger,
    plain,
    replay,
)

COMMA, COLON = "\uff0c", "\uff1a"
TREE: tuple[Inline, ...] = (
    Text("现在,"),
    Emphasis((Text("我代"), Link("https://a.b", (Text("表,镇"),))), "strong"),
    Ruby("漢", "hàn"),
    NoteRef("n1", "[1]"),
    Break(),
    Code("a,b"),
    Text(":好"),
)


def test_edits_reach_into_containers() -> None:
    found = edited(TREE, [Edit(2, 3, COMMA), Edit(6, 7, COMMA), Edit(16, 17, COLON)])
    assert found[0] == Text("现在" + COMMA)
    assert found[1] == Emphasis((Text("我代"), Link("https://a.b", (Text(f"表{COMMA}镇"),))), "strong")
    assert found[2:6] == TREE[2:6]
    assert found[6] == Text(COLON + "好")


def test_an_edit_across_nodes_puts_its_text_where_it_begins() -> None:
    assert edited((Text("一"), Emphasis((Text("二"),)), Text("三四")), [Edit(0, 3, "甲")]) == (Text("甲"), Text("四"))


def test_what_is_set_as_typed_is_not_changed() -> None:
    passage = Passage(TREE)
    assert passage.text[13:16] == "a,b"
    assert not passage.change("punctuation", [Edit(14, 15, COMMA)])
    assert passage.change("control", [Edit(14, 15, "")], force=True)
    assert passage.text == "现在,我代表,镇漢[1]\nab:好"


@pytest.mark.parametrize("at", range(18))
def test_split_keeps_every_character(at: int) -> None:
    head, tail = split(TREE, at)
    assert plain(head) + plain(tail) == plain(TREE)


INLINES = st.recursive(
    st.text("一二,:", min_size=1, max_size=4).map(Text),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda nodes: Emphasis(tuple(nodes), "strong")),
    max_leaves=6,
)


@given(st.lists(INLINES, min_size=1, max_size=4), st.data())
def test_edits_upon_edits_can_be_taken_back(nodes: list[Inline], data: st.DataObject) -> None:
    """Three rounds of random edits: the changes kept still tell the text it all began with."""
    passage = Passage(tuple(nodes))
    began = passage.text
    for _ in range(3):
        length = len(passage.text)
        cuts = sorted(data.draw(st.lists(st.integers(0, length), max_size=6, unique=True)))
        edits = [
            Edit(start, end, data.draw(st.sampled_from(["", "甲", "甲乙"])))
            for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        passage.change("rule", edits)
        assert passage.text == plain(passage.children)
    parts, at = [], 0
    for change in passage.changes:
        assert change.start >= at
        parts += passage.text[at : change.start], change.before
        at = change.end
    assert "".join((*parts, passage.text[at:])) == began


def test_an_edit_of_what_an_earlier_one_left_beside_it_joins_its_record() -> None:
    """Two edits within the characters of one earlier change: one record for all of them."""
    passage = Passage((Text(":::"),))
    passage.change("rule", [Edit(0, 1, ""), Edit(2, 3, "\u7532\u4e59")])
    passage.change("rule", [Edit(0, 1, ""), Edit(2, 3, "\u7532\u4e59")])
    passage.change("rule", [Edit(0, 1, ""), Edit(2, 3, "")])
    ends = [0, *(change.end for change in passage.changes)]
    assert all(change.start >= end for change, end in zip(passage.changes, ends, strict=False))
    assert "".join(change.before for change in passage.changes) == ":::"


def test_a_passage_is_settled_after_a_round_that_found_nothing_until_its_text_changes() -> None:
    passage, other = Passage((Text("甲:乙"),)), Passage((Text("丙"),))
    passage.change("rule", [Edit(1, 2, "\uff1a")])
    passage.settle()
    assert not passage.settled  # the round changed it: what stood before the change has not seen it
    passage.settle()
    assert passage.settled
    passage.append(other, "\n", "", "line-join")
    assert not passage.settled
    passage.settle()
    assert not passage.settled  # a join counts as a change


def _document(*blocks: Paragraph | Heading | List | Table | Figure, lines: int) -> Document:
    return Document(SourceInfo("page.html", "", "text/html", "utf-8", lines, final_newline=False), blocks=blocks)


def test_tables_lists_and_captions_are_repaired_in_place() -> None:
    document = clean(
        _document(
            Paragraph((Text("  说明:现在,我们看下表\u3002"[2:]),), origin=Origin(1, 1, "  ")),
            Table(
                (
                    Row((Cell((Paragraph((Text("地区,省份"),)),)), Cell((Paragraph((Text("增速(年均)"),)),)))),
                    Row((Cell((Paragraph((Text("甲,乙"),)),)), Cell((Paragraph((Text("4,000"),)),)))),
                ),
                (Text("表1:增速"),),
                Origin(2, 6),
            ),
            List((ListItem((Paragraph((Text("防治,保护;"),)),), "(1)", origin=Origin(7, 7)),)),
            Figure(None, "", (Text("图1:厂房"),), Origin(8, 8)),
            lines=8,
        )
    )
    source = "  说明:现在,我们看下表\u3002\n表1:增速\n地区,省份\n增速(年均)\n甲,乙\n4,000\n(1)防治,保护;\n图1:厂房"
    assert replay(document.source, ledger(document), document.repairs) == source
    paragraph, table, items, figure = document.blocks
    assert block_text(paragraph) == f"说明{COLON}现在{COMMA}我们看下表\u3002"
    assert block_text(table).split("\n") == [
        f"表1{COLON}增速",
        f"地区{COMMA}省份",
        "增速\uff08年均\uff09",
        f"甲{COMMA}乙",
        "4,000",
    ]
    assert isinstance(items, List)
    assert items.items[0].marker == "(1)"
    assert block_text(figure) == f"图1{COLON}厂房"
    assert (5, 2) in {(repair.line, repair.column) for repair in document.repairs}
    assert (7, 6) in {(repair.line, repair.column) for repair in document.repairs}
