"""Finished editions read back by readers that share no code with the writers (convert/README.md, invariant 2).

In: an edition's bytes and the document as `writers.compose` left it.  Out: how their texts differ, empty where they do
not.  DOCX and ODT are read as ZIP and XML, PDF by PDFium, EPUB and HTML as XML and HTML by libxml2, Markdown by
markdown-it-py.

Both sides are brought to a `EditionText` first:

- white space and characters without width are left out: line ends, spaces and tabs are layout; so are control
  characters, which neither XML nor a font can hold, variation selectors, tags, the sign for an object that is not
  there, and the private use planes;
- ligatures and joined forms of letters are taken for their letters, and beside text from right to left brackets and
  what has a compatibility form for what they are, as PDFium does;
- the body is the blocks in order, list markers and the marks of note references with them;
- the bodies of footnotes stand apart, in the order of the notes and without their labels, for each format puts them
  in a place of its own (the foot of the page, a part of the package, the end of the chapter);
- so do the glosses of ruby, which formats put before or after the base;
- so do formulas, whose signs are compared in no order and without those that only say how they are built, for DOCX, ODT
  and EPUB build what PDF says on a line;
- pictures within lines are no text;
- furniture is set aside: page numbers and running heads (artifacts in PDF, parts of their own in DOCX), contents made
  from the headings (`TOC`, `nav`), links back from a note.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from ..errors import Said
from ..model import Document, Formula, Ruby, block_text, inlines_of, without_objects
from . import drawn, sheets

# White space, soft hyphens, zero-width and direction marks, control characters and non-characters; variation selectors
# and the private planes, which PDFium does not give back.
_LAYOUT = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    r"\uffa0\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]+"
)
_FORMS = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdff\ufe70-\ufefc]")
_BACKWARDS = re.compile("[\u0590-\u08ff]")
_BUILDING = re.compile("[\\^_/\u221a&,;()\\[\\]{}|\u2016\u27e8\u27e9\u2308-\u230b]")
"""Signs that say how a formula is built where it stands on a line, and its brackets."""
_CONTEXT = 12
"""Characters shown on each side of a difference."""


class EditionText(NamedTuple):
    """The text of an edition, white space aside."""

    body: str
    notes: str
    glosses: str
    formulas: str = ""


class _RawReading(NamedTuple):
    """What a reader finds, white space and all; a line end where the format begins a paragraph or a page."""

    body: list[str]
    notes: list[str]
    glosses: list[str]
    formulas: list[str]


def check(
    name: str, edition: bytes | str | os.PathLike[str], document: Document | EditionText, language: str | None = None
) -> list[Said]:
    """How an edition's text differs from the document's, one sentence a part; where it does not, what keeps a reader
    from seeing it; empty where nothing does.

    name: a format that `can_read`.  edition: its bytes or its path.  document: composed, or what is `expected` of it.
    language: the document's, BCP 47, where `document` is no document.
    """
    data = edition if isinstance(edition, bytes) else Path(edition).read_bytes()
    wanted = document if isinstance(document, EditionText) else expected(document)
    if isinstance(document, Document):
        language = document.metadata.language
    try:
        if name == "pdf" and not (wanted.notes or wanted.glosses or wanted.formulas):
            runs, hidden = _runs_as(wanted.body, data)
            if runs:
                return hidden or drawn.faults(name, data, language)
        found = read(name, data, lambda reading: reading == wanted)
    except Exception as error:  # what is wrong with a file decides what its reader raises
        return [Said("unread-back", kind=type(error).__name__, error=error)]
    return differences(wanted, found) or unseen(name, data, language)


def unseen(name: str, edition: bytes, language: str | None = None, *, elsewhere: bool = False) -> list[Said]:
    """What keeps a reader from seeing the text of an edition, one sentence each; empty where nothing does.

    name: its format.  language: the document's, BCP 47.  elsewhere: it may have been made on a machine with other
    faces than this; its fonts are compared with those that are at hand.
    """
    if name == "pdf":
        from . import pdf

        try:
            if hidden := list(pdf.hidden(edition)):
                return hidden
        except Exception as error:  # as above
            return [Said("drawn-pages-unreadable", kind=type(error).__name__, error=error)]
    return drawn.faults(name, edition, language, elsewhere=elsewhere) or sheets.faults(name, edition)


def read(name: str, edition: bytes, is_right: Callable[[EditionText], bool] = lambda _: True) -> EditionText:
    """The text of an edition.  is_right: whether it is the one that is looked for; where it is not, a PDF is read once
    more in the order of its structure.  Raises whatever its reader does where it cannot be read."""
    found = _reading(*_READERS[name](edition))
    if name == "pdf" and not is_right(found):
        with contextlib.suppress(ValueError):
            if is_right(tagged := _reading(*_pdf(edition, in_order=True))):
                return tagged
    return found


def differences(wanted: EditionText, found: EditionText) -> list[Said]:
    """One sentence for each part in which two readings differ."""
    pairs = zip(EditionText._fields, wanted, found, strict=True)
    return [_difference(part, one, other) for part, one, other in pairs if one != other]


def digest(reading: EditionText) -> str:
    """SHA-256 of a reading: its parts in UTF-8, U+001F between them, which is layout and so in none of them."""
    parts = reading if reading.formulas else reading[:-1]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def can_read(name: str) -> bool:
    """Whether there is a reader for a format."""
    return name in _READERS


def text_of(name: str, edition: bytes) -> str:
    """The text of an edition as people read it, notes at the end: a line for each paragraph where the format tells.

    name: a format that `can_read`.  Raises ValueError where the edition cannot be read.
    """
    try:
        found = _READERS[name](edition)
    except Exception as error:  # what is wrong with a file decides what its reader raises
        raise ValueError(f"{type(error).__name__}: {error}") from error
    lines = "".join((*found.body, "\n", *found.notes)).splitlines()
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def expected(document: Document) -> EditionText:
    """What an edition of a composed document has to hold."""
    notes = tuple(block for note in document.notes for block in note.children)
    inside = list(inlines_of(document.blocks + notes))
    return _reading(
        map(block_text, without_objects(document.blocks)),
        map(block_text, without_objects(notes)),
        (node.gloss for node in inside if isinstance(node, Ruby)),
        (node.text for node in inside if isinstance(node, Formula)),
    )


def _reading(body: Iterable[str], notes: Iterable[str], glosses: Iterable[str], formulas: Iterable[str]) -> EditionText:
    signs = sorted(_BUILDING.sub("", _LAYOUT.sub("", "".join(formulas))))
    return EditionText(*(_plain("".join(parts)) for parts in (body, notes, glosses, signs)))


def _plain(text: str) -> str:
    """A text without what readers do not see, or see in another form."""
    text = _LAYOUT.sub("", text)
    if _FORMS.search(text):
        text = _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)
    return "".join(map(_one_side, text)) if _BACKWARDS.search(text) else text


@functools.cache
def _one_side(char: str) -> str:
    """Brackets without their side; other characters that are no letters in their plain form."""
    if char.isalnum():
        return char
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) == 1 and (unicodedata.mirrored(plain) or unicodedata.category(plain) in ("Pi", "Pf")):
        left = unicodedata.name(plain).replace("RIGHT", "LEFT").replace("GREATER", "LESS")
        with contextlib.suppress(KeyError):
            return unicodedata.lookup(left)
    return plain


def _difference(part: str, wanted: str, got: str) -> Said:
    pairs = enumerate(zip(wanted, got, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(wanted), len(got)))
    before = wanted[max(0, at - _CONTEXT) : at]
    ends = [repr(text[at : at + _CONTEXT]) if text[at:] else "its end" for text in (wanted, got)]
    return Said("difference", part=part, at=at + 1, before=before, wanted=ends[0], got=ends[1])


# --- Readers ------------------------------------------------------------------------------------------------------


def _pdf(data: bytes, *, in_order: bool = False) -> _RawReading:
    from . import pdf

    parts: dict[str, list[str]] = {"body": [], "notes": [], "glosses": [], "formulas": [], "": []}
    for place, text in (pdf.in_order if in_order else pdf.pieces)(data):
        parts[place].append(text)
    return _RawReading(*([pdf.LINE_END_HYPHEN.sub("-", "".join(parts[place]))] for place in _RawReading._fields))


def _runs_as(body: str, data: bytes) -> tuple[bool, list[Said]]:
    """Whether the pages of a PDF, without what artifacts say at their beginnings and ends, are the body and nothing
    else; and what of them cannot be seen.  It tells no more than `_pdf` would, in two thirds of the time, and in a
    small part of it for a long table, of which PDFium reads all rows again for each page; where it does not hold,
    `_pdf` says why."""
    from . import pdf

    at, hidden = 0, list[Said]()
    for number, page in enumerate(pdf.pages(data), 1):
        text = _plain(pdf.LINE_END_HYPHEN.sub("-", page.text))
        text = text.removesuffix(_plain(page.furniture)).removeprefix(_plain(page.repeated))
        if not body.startswith(text, at):
            return False, []
        at += len(text)
        hidden += (Said("drawn-page", number=number, why=why) for why in page.unseen)
    return at == len(body), hidden


def _docx(data: bytes) -> _RawReading:
    from . import word

    return _RawReading(**word.read(data))


def _epub(data: bytes) -> _RawReading:
    from . import markup

    return _RawReading(**markup.read_book(data))


def _odt(data: bytes) -> _RawReading:
    from . import opendocument

    return _RawReading(**opendocument.read(data))


def _html(data: bytes) -> _RawReading:
    from . import markup

    return _RawReading(**markup.read_page(data))


def _md(data: bytes) -> _RawReading:
    from . import marked

    return _RawReading(**marked.markdown(data))


def _txt(data: bytes) -> _RawReading:
    from . import marked

    return _RawReading(**marked.plain_text(data))


_READERS: dict[str, Callable[[bytes], _RawReading]] = {
    "docx": _docx,
    "epub": _epub,
    "html": _html,
    "md": _md,
    "odt": _odt,
    "pdf": _pdf,
    "txt": _txt,
}
