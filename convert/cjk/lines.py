"""Rows for the lines of a country's papers.

A statute and an official letter are written to a form that their country prescribes: what a line is, its first words
say.  One row says it for one kind of line, with an example.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ..zh.patterns import pattern
from ..zh.rows import Rows

PaperKind = Literal[
    "contents", "division", "caption", "supplement", "annex", "article", "history",
    "head", "field", "addressee", "subject", "part", "record", "close", "copies", "signer", "drafted", "day",
    "enclosure", "number", "amended", "order", "party", "attested", "label", "changes", "stamp",
]  # fmt: skip
"""Of a statute: `contents` heads its own table of contents; `division` is a chapter and the like; `caption` stands
above an article; `supplement` heads what follows the articles and begins anew, `annex` a table or form below them;
`article` begins one; `history` says its number or when it was made, `stamp` when by a label; `changes` heads the list
    of
its changes, of which `amended` is one; it has a `head` and `field`s too.  Of a letter: `head` is its title; `field` one
of its fields; `label` the name of a field whose value is on the next line; `addressee` to whom it goes; `subject` a
    part
whose name and text stand on one line; `part` the name of a part alone on its line; `record` stands above what the
    letter
announces, in the middle of its line; `close` ends the letter or that, at the right; `copies` who gets copies; `signer`
who signs; `drafted` who drafted and approved it; `day` its date; `enclosure` what is enclosed.  `number` is a field
    that
says the letter's number: no row has this kind.  Of a gazette: `order` is the title of an order.  Of a decision: `party`
names who is heard, `attested` says that a copy is true."""


class PaperLine(NamedTuple):
    """A kind of line.

    rank: of a division or caption its place from the widest.  words: a regular expression for the line's beginning;
    its groups say more: `run` is a heading in the line, `number` the paper's number, `date` its date, `issuer` who
    made it, `title` its title, `titled` its title behind a label that goes; `roc` is a date whose year counts from the
    Republic's.  example: such a line.
    """

    kind: PaperKind
    rank: int
    words: str
    example: str


class Country(NamedTuple):
    """The forms of a country's papers.

    statute, letter: their rows.  proofs: kinds of lines of which one set must be there for a text to be a letter.
    inner: a regular expression for marked lines that head what follows them in a letter, when they are short and
    end in no stop.  led_to: an address may be of several lines.  titled: one for how the last line of a title ends that
    is broken over several.  items: one for the beginning of a paragraph or item that no mark of `zh.marks` says; empty
    where there is none.  captions: one for a line of a letter that heads the numbered paragraph below it.
    parts: one for a line that heads a part of an appended table.
    bullets: marks that head in a letter where no others do.  signed: who signs right below a letter's day.
    printed: the fields of a letter stand above it, at the right: its number, its day.  itemized: marked lines of its
    statutes and letters are items.  decision: rows of decisions of courts and of appeal.
    """

    statute: Rows[PaperLine]
    letter: Rows[PaperLine]
    proofs: tuple[frozenset[PaperKind], ...]
    inner: str
    items: str
    led_to: bool = False
    titled: str = ""
    captions: str = ""
    parts: str = ""
    bullets: str = ""
    signed: str = ""
    printed: bool = False
    decision: Rows[PaperLine] = Rows()
    itemized: bool = False


Trials = list[tuple[PaperLine, re.Pattern[str]]]


def readers(rows: Rows[PaperLine]) -> Trials:
    """The rows with their patterns."""
    return [(row, pattern(row.words)) for row in rows]
