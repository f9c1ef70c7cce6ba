"""Corrections made: from what a person says of lines, fields and repairs to the sidecar of a source.

In: a source, and what is said.  Out: its sidecar with that added.  What is said is tried on the document first: a
sidecar that would be an error is not written.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from .. import publish, source, warc
from ..corrections import (
    KINDS,
    Corrections,
    DocumentCorrection,
    LineCorrection,
    MetadataCorrection,
    RepairCorrection,
    Sidecar,
    beginning,
    merged,
    parsed,
    written,
)
from ..errors import Said, SourceError, UsageError
from ..model import Document, ledger
from ..store import places
from . import corrected, reading

FORGET = "forget"
"""Said of a line whose correction is taken back."""
WORDS = (*KINDS, "keep", "join", "split", FORGET)


class Spoken(NamedTuple):
    """What a person says.  lines: number and word, such as `heading:2` or `keep`; run_ins: number and the heading;
    repairs: number, before, after; undo: line and column of a repair, as `12:5`."""

    metadata: MetadataCorrection = MetadataCorrection()
    document: DocumentCorrection = DocumentCorrection()
    lines: tuple[tuple[int, str], ...] = ()
    run_ins: tuple[tuple[int, str], ...] = ()
    repairs: tuple[tuple[int, str, str], ...] = ()
    undo: tuple[str, ...] = ()


class CorrectedPage(NamedTuple):
    """A source as it can be corrected: the document as it is read now, the text of each line of the page, its sidecar
    where it has one, and the place for it."""

    path: str
    document: Document
    lines: dict[int, str]
    sidecar: Sidecar | None
    place: str


def opened(path: str, folder: str = "", language: str | None = None) -> CorrectedPage:
    """A source, to be corrected.  folder: as `Options.corrections`.

    Raises what reading it raises; UsageError: a document in JSON, or a page in an archive without a folder.
    """
    if source.load(path).media_type == source.DOCUMENT:
        raise UsageError(Said("correct-document"), where=path)
    if warc.is_page(path) and not folder:
        raise UsageError(Said("correct-archive"), where=path)
    sidecar = corrected.sidecar(path, folder)
    try:
        document = reading.read(path, language, sidecar=sidecar)
    except SourceError as error:
        if sidecar is None or error.where != sidecar.path:
            raise
        document = reading.read(path, language, plain=True)  # what is wrong there may be what is corrected now
    place = sidecar.path if sidecar is not None else _place(path, folder)
    return CorrectedPage(path, document, page_lines(reading.raw(path)), sidecar, place)


def page_lines(raw: Document) -> dict[int, str]:
    """The text of each line of a page that can be corrected, by its number.  raw: as its reader gives it."""
    found: dict[int, str] = {}
    for entry in ledger(raw):
        whole = entry.lead + entry.text + entry.trail if entry.kind == "removed" else entry.text
        found.update(zip(range(entry.lines[0], entry.lines[1] + 1), whole.split("\n"), strict=False))
    return found


def _place(path: str, folder: str) -> str:
    """Where a new sidecar goes: under the source's name without its ending, where no other source has that name too."""
    whole, plain = source.sidecar_places(path)
    if not places.is_remote(path) and os.path.isdir(beside := os.path.dirname(os.path.abspath(path))):
        stem = os.path.splitext(os.path.basename(path))[0]
        alike = [
            name
            for name in os.listdir(beside)
            if os.path.splitext(name)[0] == stem and os.path.splitext(name)[1].lower() in source.NAMED
        ]
        plain = whole if len(alike) > 1 else plain
    if not folder:
        return plain
    parts = Path(plain).parts
    inside = parts[-2:] if places.is_remote(path) or os.path.isabs(plain) or ".." in parts else parts
    return os.path.join(folder, *inside)


# --- What is said -> corrections ------------------------------------------------------------------------------------


def corrections_of(page: CorrectedPage, spoken: Spoken) -> Corrections:
    """The corrections a page has when what is said is added to those it has.

    Raises UsageError: there is no such line, word, or repair.
    """
    old = page.sidecar.corrections if page.sidecar is not None else Corrections()
    before = {line.at: line for line in old.line}
    lines: dict[int, LineCorrection] = {}
    forgotten = {at for at, word in spoken.lines if word == FORGET}
    for at, word in spoken.lines:
        if word != FORGET:
            lines[at] = _line(page, at, word, lines.get(at))
    for at, heading in spoken.run_ins:
        known = lines.get(at) or before.get(at)
        if known is None or known.kind not in (None, "paragraph"):
            known = LineCorrection(at, _text(page, at))
        lines[at] = replace(known, run_in=heading, join=False)
    repairs = [RepairCorrection(at, old, new) for at, old, new in spoken.repairs]
    repairs += [_undone(page, place) for place in spoken.undo]
    kept = replace(old, line=tuple(line for line in old.line if line.at not in forgotten))
    return merged(kept, Corrections(spoken.document, spoken.metadata, tuple(lines.values()), tuple(repairs)))


def _text(page: CorrectedPage, at: int) -> str:
    if at not in page.lines:
        raise UsageError(Said("correct-no-line", at=at), where=page.path)
    return beginning(page.lines[at])


def _line(page: CorrectedPage, at: int, word: str, known: LineCorrection | None) -> LineCorrection:
    """A line with one more word said of it: `heading:2`, `keep`."""
    name, _, level = word.partition(":")
    name = {"remove": "removed"}.get(name, name)
    if name not in WORDS or (level and not (level.isascii() and level.isdigit())):
        raise UsageError(Said("correct-word", word=word, known=", ".join(WORDS)))
    line = known or LineCorrection(at, _text(page, at))
    if name in ("keep", "join", "split"):
        return replace(line, **{name: True})
    kind = LineCorrection(at, line.begins, kind=name, level=int(level) if level else None)  # type: ignore[arg-type]
    return replace(kind, split=line.split)


def _undone(page: CorrectedPage, place: str) -> RepairCorrection:
    line, _, column = place.partition(":")
    for repair in page.document.repairs:
        if (str(repair.line), str(repair.column)) == (line, column) and "\n" not in repair.before:
            return RepairCorrection(repair.line, repair.before, repair.after, repair.column, undo=True)
    raise UsageError(Said("correct-no-repair", place=place), where=page.path)


# --- Writing --------------------------------------------------------------------------------------------------------


def tried(page: CorrectedPage, corrections: Corrections, language: str | None = None) -> tuple[Document, Sidecar]:
    """The document with other corrections, and the sidecar that says them.  Raises what reading it raises."""
    text = written(corrections, page.sidecar.text if page.sidecar is not None else "")
    sidecar = parsed(text.encode(), page.place)
    return reading.read(page.path, language, sidecar=sidecar), sidecar


def save(page: CorrectedPage, sidecar: Sidecar) -> None:
    """Writes a sidecar, whole or not at all; one that holds nothing is deleted.  Raises OutputError."""
    if places.is_remote(page.place):
        places.put(page.place, sidecar.text.encode())
    elif not sidecar.text.strip():
        publish.clear(Path(page.place).parent, [Path(page.place).name])
    else:
        publish.replace_file(Path(page.place), sidecar.text.encode())


def correct(path: str, spoken: Spoken, folder: str = "", language: str | None = None) -> Sidecar:
    """Adds what is said to a source's sidecar, and returns it."""
    page = opened(path, folder, language)
    _, sidecar = tried(page, corrections_of(page, spoken), language)
    save(page, sidecar)
    return sidecar


def count(corrections: Corrections) -> int:
    """How many things corrections say."""
    fields: Iterable[object] = (*corrections.metadata.fields(), *corrections.metadata.extra)
    return len(list(fields)) + len(corrections.line) + len(corrections.repair)
