"""`wenban correct --report`: which rule errs, by what people corrected.

In: a folder of sources with their corrections.  Out: rows that count how often something was read as one thing and
said to be another, with the evidence that decided.  No text, name or path of a document is in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from .. import source
from ..corrections import LineCorrection, Sidecar
from ..errors import ConvertError
from ..model import Document, LedgerEntry, ledger
from . import corrected, reading
from .options import language_tag


class Erratum(msgspec.Struct, frozen=True):
    """what: `line`, `repair` or `metadata`.  read, said: what it was taken for, and what it is.  why: the strongest
    evidence.  times: how often; sure: how sure it was, on average, 0 to 1."""

    what: str
    read: str
    said: str
    why: str
    times: int
    sure: float | None


class ErrataReport(msgspec.Struct, frozen=True):
    """documents: how many have corrections; unread: how many of those cannot be read now."""

    documents: int
    unread: int
    rows: list[Erratum]


def errata(paths: Iterable[str], folder: str = "") -> ErrataReport:
    """What was corrected in the sources given, the most frequent first.  folder: as `Options.corrections`."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    sure: dict[tuple[str, str, str, str], list[float]] = {}
    documents = unread = 0
    for given in paths:
        for path in source.find([given]):
            try:
                sidecar = corrected.sidecar(str(path), folder)
                found = list(_found(str(path), sidecar)) if sidecar is not None else None
            except ConvertError:
                documents, unread = documents + 1, unread + 1
                continue
            documents += found is not None
            for row, certain in found or ():
                counts[row] += 1
                sure.setdefault(row, []).extend([certain] if certain is not None else [])
    rows = [
        Erratum(*row, count, round(sum(sure[row]) / len(sure[row]), 2) if sure[row] else None)
        for row, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]
    return ErrataReport(documents, unread, rows)


_Counted = tuple[tuple[str, str, str, str], float | None]


def _found(path: str, sidecar: Sidecar) -> Iterable[_Counted]:
    """What a sidecar says otherwise than the document is read without it."""
    said = sidecar.corrections
    document = reading.read(path, language_tag(said.document.language or "auto"), plain=True)
    entries = ledger(document)
    for line in said.line:
        entry = next((one for one in entries if one.lines[0] <= line.at <= one.lines[1]), None)
        if entry is not None:
            yield from _of_line(entry, line)
    for repair in said.repair:
        rule = _rule(document, repair.at, repair.column) if repair.undo else ""
        yield ("repair", rule, "taken back" if repair.undo else "made", ""), None
    for name, value in (*said.metadata.fields().items(), *(("extra", value) for value in said.metadata.extra.values())):
        known = getattr(document.metadata, name)
        if known != (value or None):
            row = ("metadata", f"{name} {'read' if known else 'not read'}", "set" if value else "cleared", "")
            yield row, document.metadata_sure.get(name)


def _of_line(entry: LedgerEntry, line: LineCorrection) -> Iterable[_Counted]:
    read = entry.kind + (f":{entry.level}" if entry.kind == "heading" else "")
    words = [name for name in ("keep", "join", "split") if getattr(line, name)]
    if line.kind is not None:
        level = line.level if line.level is not None or line.kind != "heading" else entry.level
        words.append(line.kind + (f":{level}" if level is not None and line.kind == "heading" else ""))
    if line.run_in is not None:
        words.append("run-in" if line.run_in else "no run-in")
    if words != [read]:
        facts = [*filter(None, [entry.reason]), *(fact for fact in entry.why if not fact.startswith("else "))]
        yield ("line", read, " ".join(words), facts[0] if facts else ""), entry.sure


def _rule(document: Document, line: int, column: int | None) -> str:
    """The rule of the repair at a place."""
    return next((one.rule for one in document.repairs if one.line == line and column in (None, one.column)), "")
