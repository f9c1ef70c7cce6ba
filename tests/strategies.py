"""Hypothesis strategies for documents: every construct of the model, nested, with the text Chinese pages have."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import msgspec
from hypothesis import strategies as st

from convert.model import (
    REMOVAL_REASONS,
    Block,
    Break,
    Cell,
    Code,
    Document,
    Emphasis,
    Figure,
    Formula,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Media,
    Metadata,
    Note,
    NoteRef,
    Origin,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Removed,
    Repair,
    Row,
    Ruby,
    Rule,
    RunIn,
    SourceInfo,
    Span,
    Table,
    Text,
)

HAN = "洪山镇政府工作报告一二三十八于的是年月日"
MARKS = "\uff0c\u3002\u3001\uff1b\uff1a\uff01\uff1f\uff08\uff09\u300a\u300b\u201c\u201d\u2018\u2019\u2014\u2026\u00b7"
WESTERN = "abcXYZ0123456789 .,%-/()"
PICTURE = "p.png"
_SQUARE = '<math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mi>x</mi><mn>2</mn></msup></math>'

chinese = st.text(HAN * 4 + MARKS + WESTERN, min_size=1, max_size=60)
"""Text as pages have it."""
anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
"""Text as no page should have it."""


def inlines(text: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Inline, ...]]:
    """A run of inlines, two deep, without references to notes."""
    leaf: st.SearchStrategy[Any] = st.one_of(
        st.builds(Text, text),
        st.builds(Text, text),
        st.builds(Code, text),
        st.builds(Ruby, text, text),
        st.just(Break()),
        st.builds(Picture, st.sampled_from([PICTURE]), text, text),
        st.just(Formula("x^2", _SQUARE)),
    )

    def wrap(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        some = st.lists(inner, min_size=1, max_size=3).map(tuple)
        kinds = st.sampled_from(["strong", "emphasis", "dots", "underline", "strike", "sup", "sub"])
        return st.one_of(
            st.builds(Emphasis, some, kinds),
            st.builds(Link, st.sampled_from(["https://example.org/a?b=1&c=2", "mailto:a@example.org"]), some),
            st.builds(Span, st.sampled_from(["en", "ja"]), some),
        )

    return st.lists(st.recursive(leaf, wrap, max_leaves=4), min_size=1, max_size=4).map(tuple)


origins = st.none() | st.builds(
    lambda first, more: Origin(first, first + more), st.integers(1, 1000), st.integers(0, 3)
)


def blocks(text: st.SearchStrategy[str]) -> st.SearchStrategy[Block]:
    """One block of any kind, containers two deep."""
    line = inlines(text)
    roles = st.sampled_from(
        ["body", "subtitle", "byline", "dateline", "salutation", "note", "caption", "signature", "date", "attachment"]
    )
    run_in = st.builds(lambda level, head, tail: Paragraph((RunIn(level, head, "r1"), *tail)),
                       st.integers(1, 4), inlines(text), line)  # fmt: skip
    paragraph = st.builds(Paragraph, line, roles, st.sampled_from([None, "left", "center", "right"]), origins) | run_in
    simple = st.one_of(
        paragraph,
        paragraph,
        st.builds(Preformatted, text, st.just(""), origins),
        st.builds(Figure, st.sampled_from([PICTURE]), text, line, origins),
    )

    def contain(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        some = st.lists(inner, min_size=1, max_size=3).map(tuple)
        item = st.builds(ListItem, some, st.sampled_from(["1.", "\u2022", "\uff081\uff09"]), st.booleans(), origins)
        return st.one_of(
            st.builds(List, st.lists(item, min_size=1, max_size=3).map(tuple), st.booleans()),
            st.builds(Quote, some),
            tables(some, line),
        )

    return st.recursive(simple, contain, max_leaves=5) | st.builds(
        Heading, st.integers(1, 4), inlines(text), st.just(""), origins
    )  # fmt: skip


def tables(content: st.SearchStrategy[Any], caption: st.SearchStrategy[Any]) -> st.SearchStrategy[Table]:
    """A table of whole rows, the first cell of which may span the width."""

    def made(columns: int, cells: list[Any], title: Any, span: bool) -> Table:
        rows = [
            Row(tuple(Cell(one) for one in cells[at : at + columns]), header=at == 0)
            for at in range(0, len(cells) - columns + 1, columns)
        ]
        if span:
            rows.append(Row((Cell(cells[0], colspan=columns),)))
        return Table(tuple(rows), title)

    return st.builds(
        made, st.integers(1, 3), st.lists(content, min_size=3, max_size=6), caption | st.just(()), st.booleans()
    )


def documents(text: st.SearchStrategy[str] = chinese) -> st.SearchStrategy[Document]:
    """A whole document: title, blocks with unique ids, one footnote, one picture, repairs."""

    def made(title: str, body: list[Block], note: Any, repairs: list[Repair]) -> Document:
        return Document(
            SourceInfo("page.txt", "0" * 64, "text/plain", "utf-8", 1000),
            Metadata(title=title, language="zh-Hans", modified="2021-12-31T00:00:00Z", extra=(("key", "value"),)),
            (Paragraph((Text(title),), "title"), *_numbered(body), Paragraph((Text(title), NoteRef("n1", "1")))),
            (Note("n1", "1", (Paragraph(note),)),),
            {PICTURE: picture()},
            tuple(repairs),
        )

    repair = st.builds(
        Repair, st.sampled_from(["punctuation", "space"]), st.integers(1, 9), st.integers(1, 9), text, text
    )
    note = inlines(text)
    return st.builds(made, text, st.lists(blocks(text), min_size=1, max_size=5), note, st.lists(repair, max_size=3))


def noise() -> st.SearchStrategy[Document]:
    """Documents of blocks no reader makes, for JSON: removed lines, rules, any characters."""
    removed = st.builds(Removed, anything, st.sampled_from(sorted(REMOVAL_REASONS)), origins)
    odd = st.one_of(blocks(anything), st.just(Rule()), removed)
    return st.builds(
        Document,
        st.builds(SourceInfo, anything, anything, anything, anything, st.integers(0, 9)),
        st.builds(Metadata, title=anything, extra=st.lists(st.tuples(anything, anything), max_size=2).map(tuple)),
        st.lists(odd, max_size=4).map(tuple),
    )


def _numbered(body: list[Block]) -> list[Block]:
    """Headings with ids of their own, as the clean passes give them."""
    return [
        msgspec.structs.replace(block, id=f"h{at}") if isinstance(block, Heading) else block
        for at, block in enumerate(body, 1)
    ]


def picture() -> Media:
    """A PNG of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
    return Media(b"\x89PNG\r\n\x1a\n" + data, "image/png", 1, 1)
