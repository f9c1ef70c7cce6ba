"""What a form adds to a document: its letterhead, the lines for copies and printing (GB/T 9704-2012, 7 and 10).

In: the printed blocks and the metadata.  Out: the same blocks with what the form sets in places of its own, as
paragraphs that carry their element.  Nothing is made up: a mark, a number, a signer stands there where the page or a
person said it.  Without a form the page's blocks stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, cast

from msgspec.structs import replace

from ..model import (
    Block,
    Break,
    Document,
    Inline,
    Metadata,
    PaperElement,
    Paragraph,
    Removed,
    RunIn,
    Text,
    block_text,
    plain,
)
from ..style import FORMS, PaperForm, Style
from ..words.labels import label

PARTED = "\u3001"
"""Between the names of several bodies or signers in a field of the metadata."""
_OFFICES = tuple("长長员員官任席理师師记記")
"""With what offices end."""
A_NAME = 4
"""Characters of a person's name."""
A_ROW = 2
"""Signers on a line (7.2.6)."""
ABOVE: tuple[PaperElement, ...] = (
    "copy_number", "security", "urgency", "issuing_mark", "document_number", "signer", "issuer_line",
)  # fmt: skip
"""What the letterhead is made of, in the order it is read."""
BELOW: tuple[PaperElement, ...] = ("copy_to", "printing")
_SET = frozenset({"recipients", "public_note", "attendance", "annex_label", "annex_title"})
"""Elements that stand in the text, each set as the style says."""
_FRONT = frozenset({"title", "subtitle", "byline", "dateline"})
_HEADED: tuple[PaperForm, ...] = ("order", "minutes")
"""Forms whose mark is the title, where the page has no other."""
_IN_PLACE = frozenset(
    {"document_number", "issuing_body", "copy_number", "security", "urgency", "issuing_mark", "signer"}
)


def in_place(document: Document, style: Style) -> frozenset[str]:
    """Fields that the form prints in their places, and the source note need not say."""
    form = form_of(document, style)
    if form == "plain":
        return frozenset({"document_number"} if _number_below(document) is not None else ())
    return _IN_PLACE | {"published", "author"} if form == "minutes" else _IN_PLACE


def form_of(document: Document, style: Style) -> PaperForm:
    """The form a document is set in.  `auto` is that of the letterhead the page had, and none where it had none."""
    if style.form != "auto":
        return style.form
    found = document.metadata.form
    return found if found in FORMS else "plain"


def with_number(document: Document, style: Style) -> tuple[Block, ...]:
    """The blocks of a document; without a form the number that the page has below its title stands there in print
    too, as a line of its own."""
    blocks = tuple(_with_field(block) for block in document.blocks)
    at = _number_below(document)
    if at is None or form_of(document, style) != "plain":
        return blocks
    number = replace(cast("Paragraph", blocks[at]), role="dateline", element=None)
    return (*blocks[:at], number, *blocks[at + 1 :])


def _with_field(block: Block) -> Block:
    """A field of a letter of Taiwan stands below its title in print, in the size of the lines for copies."""
    if isinstance(block, Paragraph) and block.element == "letter_field":
        return replace(block, role="note", element=None)
    return block


def fields_of(document: Document) -> str:
    """The text of the fields that a letter prints, which the source note need not say again."""
    return "".join(
        "".join(block_text(block).split())
        for block in document.blocks
        if isinstance(block, Paragraph) and block.element == "letter_field"
    )


def _number_below(document: Document) -> int | None:
    """Where the line of a document's number stands, below its title and before its text."""
    titled = False
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph | Removed):
            return None
        if isinstance(block, Removed) or (block.role == "meta" and block.element is None):
            continue
        if block.element == "document_number" and block.role == "meta":
            said = "".join(block_text(block).split())
            return at if titled and said == "".join((document.metadata.document_number or "").split()) else None
        if not _is_front(block):
            return None
        titled = titled or block.role == "title"
    return None


def with_form(blocks: tuple[Block, ...], document: Document, style: Style, below: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with letterhead and end.  below: what the edition adds at the end of the text."""
    form = form_of(document, style)
    blocks = tuple(_apart(blocks))
    if form == "plain":
        return (*(_without_place(block) for block in blocks), *below)
    blocks = tuple(map(_attended, blocks))
    end = [_tabbed(block) for block in blocks if _element(block) in BELOW]
    text = [block for block in blocks if _element(block) not in BELOW]
    have = {_element(block) for block in blocks}
    known, language = document.metadata, document.metadata.language
    if known.recipients and "recipients" not in have:
        at = next((at for at, block in enumerate(text) if not _is_front(block)), len(text))
        text.insert(at, _line(known.recipients + label("separator", language), "recipients", role="salutation"))
    if known.public_note and "public_note" not in have:
        at = max((at + 1 for at, block in enumerate(text) if _is_closing(block)), default=len(text))
        text.insert(at, _line(f"\uff08{known.public_note}\uff09", "public_note", role="note"))
    if form in _HEADED and not known.issuing_mark:
        text = _headed(text)
    mark = [block for block in text if _element(block) == "issuing_mark"]
    rest = [block for block in text if _element(block) != "issuing_mark"]
    head = [*_letterhead(document, form, mark)]
    return (*head, *rest, *below, *end, *_ending(known, form, have))


def _element(block: Block) -> PaperElement | None:
    return block.element if isinstance(block, Paragraph) else None


def _is_front(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role in _FRONT


def _is_closing(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.closing > 0


def _line(text: str, element: PaperElement, *, role: str = "body") -> Paragraph:
    return Paragraph((Text(text),), role=role, element=element)  # type: ignore[arg-type]


def _without_place(block: Block) -> Block:
    """A line that only a form sets in a place of its own."""
    return replace(block, element=None) if isinstance(block, Paragraph) and block.element in BELOW else block


def _tabbed(block: Block) -> Block:
    """A line with wide space in it: what stands at its left, and at its right."""
    if _element(block) != "printing" or not isinstance(block, Paragraph):
        return block
    left, _, right = plain(block.children).replace("\u3000", "\t").replace("  ", "\t").partition("\t")
    return replace(block, children=(Text(f"{left.strip()}\t{right.strip()}"),))


def _apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """Signatories that the page set side by side on one line, one under the other (GB/T 9704-2012, 7.3.5.1)."""
    for block in blocks:
        children = block.children if isinstance(block, Paragraph) and block.role == "signature" else ()
        if len(children) == 1 and isinstance(children[0], Text):
            names = [part for part in children[0].text.replace("\u3000\u3000", "\t").split("\t") if part.strip()]
            if len(names) > 1 and not _holds_office(names):
                yield from (replace(block, children=(Text(name.strip()),)) for name in names)
                continue
        yield block


def _holds_office(names: Sequence[str]) -> bool:
    """An office and who holds it stand on one line: a judge, a clerk, a mayor."""
    office, *rest = ("".join(name.split()) for name in names)
    return len(rest) == 1 and office.endswith(_OFFICES) and len(rest[0]) <= A_NAME


def _attended(block: Block) -> Block:
    """Who was at a meeting: the word before the colon stands in Hei, as a heading in its line does (10.3)."""
    if _element(block) != "attendance" or not isinstance(block, Paragraph) or not isinstance(block.children[0], Text):
        return block
    word, colon, names = block.children[0].text.partition("\uff1a")
    if not colon:
        return block
    return replace(block, children=(RunIn(1, (Text(word),)), Text(colon + names), *block.children[1:]))


# --- Above ------------------------------------------------------------------------------------------------------


def _headed(text: list[Block]) -> list[Block]:
    """The title as the mark."""
    at = next((at for at, block in enumerate(text) if isinstance(block, Paragraph) and block.role == "title"), None)
    if at is not None:
        text[at] = replace(cast("Paragraph", text[at]), element="issuing_mark")
    return text


def _letterhead(document: Document, form: PaperForm, mark: list[Block]) -> Iterator[Block]:
    known, language = document.metadata, document.metadata.language
    graded = [
        _line(value, element)
        for element in ("copy_number", "security", "urgency")
        if (value := getattr(known, element))
    ]
    beside = 0 if form != "letter" else 1
    yield from graded if not beside else ()
    if known.issuing_mark:
        yield _mark(known.issuing_mark, language)
    yield from mark
    yield from graded[:beside]  # on the line of a letter's number
    number = known.document_number or ""
    signers = (known.signer or "").split(PARTED) if known.signer else []
    if form != "upward" and known.signer:
        signers = []  # only a document that goes up names who signs (7.2.6)
    if number or signers:
        yield Paragraph(tuple(_number(number, signers, label("signer", language))), element="document_number")
    yield from graded[1:] if beside else ()
    if form == "minutes":
        for block in document.blocks:
            if isinstance(block, Paragraph) and block.element == "issuer_line":
                yield _line("\t".join(block_text(block).split()), "issuer_line")


def _number(number: str, signers: Sequence[str], word: str) -> Iterator[Inline]:
    """The line of the number, with those who sign: two on a line, the number on the last of these (7.2.6)."""
    rows = [signers[at : at + A_ROW] for at in range(0, len(signers), A_ROW)]
    for at, row in enumerate(rows):
        if at == len(rows) - 1:
            yield Text(number)
        yield from (Text("\t"), *([Text(word)] if not at else []), Text("\u3000".join(row)))
        if at < len(rows) - 1:
            yield Break()
    if not rows:
        yield Text(number)


def _mark(said: str, language: str | None) -> Paragraph:
    """The mark: the bodies one under the other, the word behind them as a piece of its own."""
    word = label("letterhead", language)
    whole = said.removesuffix(word) if PARTED in said else said
    parts: list[Inline] = []
    for at, body in enumerate(whole.split(PARTED)):
        parts += [Break()] * bool(at) + [Text(body.removesuffix(word) if PARTED in said else body)]
    if whole != said or (PARTED in said and word in said):
        parts += [Break(), Text(word)]
    return Paragraph(tuple(parts), element="issuing_mark")


# --- Below ------------------------------------------------------------------------------------------------------


def _ending(known: Metadata, form: PaperForm, have: set[PaperElement | None]) -> Iterator[Block]:
    """The lines at the end that a person gave and the page had not; a letter has no line for its printing (10.1)."""
    language = known.language
    if known.copy_to and "copy_to" not in have:
        yield _line(label("copy_to", language) + known.copy_to.rstrip("\u3002") + "\u3002", "copy_to")
    if known.printing_body and known.printing_date and "printing" not in have and form != "letter":
        said = f"{known.printing_body}\t{known.printing_date}{label('printed', language)}"
        yield _line(said, "printing")


# --- For writers ------------------------------------------------------------------------------------------------


class Divided(NamedTuple):
    """The blocks of a composed document: its letterhead, its text, the lines at its end."""

    head: tuple[Paragraph, ...]
    text: tuple[Block, ...]
    end: tuple[Paragraph, ...]


def divided(blocks: tuple[Block, ...]) -> Divided:
    """What a form set above and below the text of a composed document; nothing where it has none."""
    first, last = 0, len(blocks)
    while first < last and _element(blocks[first]) in ABOVE:
        first += 1
    while last > first and _element(blocks[last - 1]) in BELOW:
        last -= 1
    return Divided(
        tuple(block for block in blocks[:first] if isinstance(block, Paragraph)),
        blocks[first:last],
        tuple(block for block in blocks[last:] if isinstance(block, Paragraph)),
    )


def element_of(block: Paragraph) -> str | None:
    """The element of the style that a paragraph is set as, where it is not that of its role."""
    return block.element if block.element in _SET else None


class IssuingMark(NamedTuple):
    """A mark: the bodies, and the word that stands beside several of them, empty where none does."""

    bodies: tuple[str, ...]
    word: str


def mark_of(block: Paragraph, language: str | None) -> IssuingMark:
    """The parts of a composed mark."""
    lines = plain(block.children).split("\n")
    if block.role == "title":  # broken where the page broke it
        return IssuingMark(("".join(lines),), "")
    word = lines.pop() if len(lines) > 1 and lines[-1] == label("letterhead", language) else ""
    return IssuingMark(tuple(lines), word)


class NumberLine(NamedTuple):
    """The line of the number: the number, the word before the signers, and these, by their lines."""

    number: str
    label: str
    signers: tuple[tuple[str, ...], ...]


def number_line(block: Paragraph) -> NumberLine:
    """The parts of a composed line of the number."""
    pieces = [node.text if isinstance(node, Text) else "\n" for node in block.children]
    if "\t" not in pieces:
        return NumberLine("".join(pieces), "", ())
    rows: list[tuple[str, ...]] = []
    number = word = ""
    while pieces:
        number, _, *pieces = pieces if pieces[0] != "\t" else ["", *pieces]
        if not rows:
            word, *pieces = pieces
        names, *pieces = pieces
        rows.append(tuple(names.split("\u3000")))
        pieces = pieces[1:]
    return NumberLine(number, word, tuple(rows))


def side_by_side(block: Paragraph) -> tuple[str, str]:
    """What stands at the left and at the right of a line: who printed the document, and when."""
    left, _, right = plain(block.children).partition("\t")
    return left, right


def placed(blocks: tuple[Block, ...], form: PaperForm) -> dict[int, tuple[str, ...]]:
    """What the place of a line in the letterhead or at the end asks of its rules, by the block's identity: the last of
    the letterhead is ruled, the first and the last at the end are; a letter's mark and number stand otherwise."""
    head, _, end = divided(blocks)
    out: dict[int, tuple[str, ...]] = {}
    for block in head:
        if form == "letter" and block.element in ("issuing_mark", "document_number"):
            out[id(block)] = ("letter",)
        elif form != "order" and block is head[-1]:
            out[id(block)] = ("ruled",)
    for at, block in enumerate(end):
        out[id(block)] = ("end-first",) * (at == 0) + ("end-last",) * (at == len(end) - 1)
    return out
