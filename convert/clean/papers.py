"""The elements of an official document among the labelled blocks (GB/T 9704-2012, 7 and 10).

In: the document's blocks with their roles, and its metadata.  Out: the same blocks, those that are elements of an
official document marked so, and what they say as metadata.  Only a document that has a number, a mark, signatories or
lines for its copies is one; a line's role stays what reading found it to be, but for those that only the standard
knows: a body that is written to in a line of its own, and the title of an attachment.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from msgspec.structs import replace

from ..cjk.lines import Country
from ..cjk.papers import begins_field, country_of, is_letters
from ..model import Block, Heading, Metadata, Origin, PaperElement, Paragraph, Removed, block_text, is_printed
from ..zh import papers
from ..zh.marks import mark_of
from . import limits

_FIRST = 4
"""Blocks of the body among which the bodies that are written to are named."""
_ABOVE: tuple[str, ...] = ("title", "subtitle", "byline", "dateline", "meta")


def papered(blocks: tuple[Block, ...], metadata: Metadata) -> tuple[tuple[Block, ...], Metadata]:
    """The blocks with their elements, and the metadata with what they say."""
    if not (metadata.language or "zh").startswith("zh"):
        return blocks, metadata
    country = country_of(metadata.language)
    if country is not None:
        blocks = tuple(_fields(country, blocks))
    found: dict[int, PaperElement] = dict(_above(blocks))
    found |= _below(blocks, bool(found) or metadata.document_number is not None)
    if not found:
        return blocks, metadata
    out = tuple(_marked(block, found[at]) if at in found else block for at, block in enumerate(blocks))
    known = _known(out, metadata)
    titled = ("".join((known.title or "").split()), known.document_number or "", known.issuing_mark or "")
    form = papers.form_of(*titled, known.signer or "")
    return out, replace(known, form=known.form or form) if form else known


def _fields(country: Country, blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The fields of a letter between its title and its text, which it is printed with: its day, number, urgency."""
    titled = begun = False
    if not any(isinstance(one, Paragraph) and one.role == "meta" and is_letters(block_text(one)) for one in blocks):
        yield from blocks
        return
    for block in blocks:
        below = titled and not begun
        if isinstance(block, Paragraph):
            titled = titled or block.role == "title"
            begun = begun or (titled and block.role not in (*_ABOVE, "salutation"))
            if below and block.role == "meta" and begins_field(country, block_text(block).strip()):
                block = replace(block, element="letter_field")
        elif not isinstance(block, Removed):
            begun = begun or titled
        yield block


def _marked(block: Block, element: PaperElement) -> Block:
    if not isinstance(block, Paragraph | Heading) or _said(block):
        return block
    if isinstance(block, Paragraph):
        if element == "recipients" and block.role == "body":
            block = replace(block, role="salutation")
        elif element == "annex_label":
            block = replace(block, role="attachment")
    return replace(block, element=element)


def _said(block: Paragraph | Heading) -> bool:
    """A person said what the line is, and it is no element of that kind."""
    origin: Origin | None = block.origin
    return origin is not None and origin.by_hand and isinstance(block, Paragraph) and block.role == "body"


# --- Above the body -------------------------------------------------------------------------------------------------


def _above(blocks: tuple[Block, ...]) -> Iterator[tuple[int, PaperElement]]:
    """What stands above the title or right below it, as metadata."""
    numbers: list[int] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Removed):
            continue
        if not isinstance(block, Paragraph) or block.role not in _ABOVE:
            break
        if block.role != "meta":
            continue
        line = block_text(block).strip()
        if papers.signers(line):
            numbers.append(at)
            yield at, "signer"
        elif papers.is_numbered(line):
            numbers.append(at)
            yield at, "document_number"
        elif papers.is_issuer_line(line):
            yield at, "issuer_line"
        elif field := papers.classified(line):
            yield at, field  # type: ignore[misc]
    for number in numbers[:1]:
        for at in range(number - 1, -1, -1):
            block = blocks[at]
            if isinstance(block, Removed):
                continue
            line = block_text(block).strip()
            if not isinstance(block, Paragraph) or block.role != "meta" or not papers.is_issuing_mark(line):
                break
            yield at, "issuing_mark"


# --- The body and below ---------------------------------------------------------------------------------------------


def _below(blocks: tuple[Block, ...], official: bool) -> dict[int, PaperElement]:
    out: dict[int, PaperElement] = {}
    printed = [at for at, block in enumerate(blocks) if is_printed(block)]
    body = [at for at in printed if not (isinstance(b := blocks[at], Paragraph) and b.role in _ABOVE)]
    closed = [at for at in printed if isinstance(b := blocks[at], Paragraph) and b.role in ("signature", "date")]
    ended = False
    for at in printed:
        block = blocks[at]
        if not isinstance(block, Paragraph) or block.role not in ("note", "body"):
            continue
        line = block_text(block).strip()
        if papers.copied_to(line) and (block.role == "note" or at > (closed or [0])[-1]):
            out[at], ended = "copy_to", True
        elif papers.printed(line):
            out[at], ended = "printing", True
        elif papers.is_public_note(line):
            out[at] = "public_note"
        elif official and papers.is_attendance(line) and bool(body) and at >= body[len(body) // 2]:
            out[at] = "attendance"
    greeted = [at for at in body[:_FIRST] if isinstance(b := blocks[at], Paragraph) and b.role == "salutation"]
    for at in (*greeted, *body[:1])[:1]:
        if _addresses(blocks[at], official or ended):
            out[at] = "recipients"
    for at, following in itertools.pairwise(printed):
        if body and at > body[0] and _is_annex(blocks[at]):
            out[at] = "annex_label"
            if _heads_annex(blocks[following]):
                out[following] = "annex_title"
    return out


def _addresses(block: Block, official: bool) -> bool:
    """The first block of the body says to whom the document goes."""
    if not isinstance(block, Paragraph) or block.role not in ("salutation", "body"):
        return False
    return (block.role == "salutation" or official) and papers.is_recipients(block_text(block).strip())


def _is_annex(block: Block) -> bool:
    """A line that is the label of an attachment and nothing else."""
    alone = isinstance(block, Paragraph) and block.role in ("attachment", "body")
    return alone and papers.is_annex_label(block_text(block))


def _heads_annex(block: Block) -> bool:
    """What follows an attachment's label is its title: a line without a mark and without a stop."""
    if not isinstance(block, Paragraph | Heading) or (
        isinstance(block, Paragraph) and block.role not in ("body", "title")
    ):
        return False
    text = block_text(block).strip()
    return 0 < len(text) <= limits.ONE_LINE and text[-1] not in "\u3002\uff1b\uff1a\uff0c" and mark_of(text) is None


# --- What they say --------------------------------------------------------------------------------------------------


def _known(blocks: tuple[Block, ...], metadata: Metadata) -> Metadata:
    """The metadata with what the elements say; what is known already stays."""
    said: dict[str, list[str]] = {}
    for block in blocks:
        if isinstance(block, Paragraph) and block.element is not None:
            for field, value in _values(block.element, block_text(block).strip()):
                said.setdefault(field, []).append(value)
    new = {name: "\u3001".join(values) for name, values in said.items() if not getattr(metadata, name)}
    return replace(metadata, **new) if new else metadata


def _values(element: PaperElement, line: str) -> Iterator[tuple[str, str]]:
    if element in ("copy_number", "security", "urgency"):
        yield element, line
    elif element == "issuing_mark":
        for name in papers.bodies(line):
            yield element, name
    elif element == "signer":
        for name in papers.signers(line):
            yield element, name
    elif element == "recipients":
        yield element, line.rstrip("\uff1a:")
    elif element == "public_note":
        yield element, line.strip("\uff08\uff09()")
    elif element == "copy_to":
        yield element, papers.copied_to(line).rstrip("\u3002")
    elif element == "printing" and (printed := papers.printed(line)) is not None:
        yield "printing_body", printed.body
        yield "printing_date", printed.date
