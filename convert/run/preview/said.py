"""What the review view sends: one thing that a person says, done and kept, with what there was before.

In: JSON of the script.  Out: a message for the person; the sidecar is written, whole, or nothing is.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import NamedTuple

import msgspec

from ... import publish
from ...corrections import MetadataCorrection
from ...errors import ConvertError, Failure
from ...words.messages import of_failure, tr
from ..correcting import Spoken, corrections_of, opened, save, tried
from .build import Build

MOST_SAID = 2**16
"""Bytes of what can be said at once."""
KEPT = 100
"""Changes of a document that can be undone."""


class SaidOfPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of: line, its number and a word; run_in, a line's number and the run-in heading; field, its name and value;
    repair, its place; undo, the last change."""

    line: tuple[int, str] | None = None
    run_in: tuple[int, str] | None = None
    field: tuple[str, str] | None = None
    repair: str | None = None
    undo: bool = False


class Written(NamedTuple):
    """A sidecar that was written: its path, and its text before and after; empty where there was none."""

    place: str
    before: str
    after: str


class Reviewer:
    """Takes what is said of the documents of a build, one after the other."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._lock = threading.Lock()
        self._before: dict[str, list[Written]] = {}

    def take(self, stem: str, data: bytes) -> tuple[bool, str]:
        """Whether it was done, and what to tell the person."""
        shown = self._build.documents.get(stem)
        if shown is None:
            return False, tr("There is no such document.")
        try:
            said = msgspec.json.decode(data, type=SaidOfPage)
            with self._lock:
                return True, self._undo(stem) if said.undo else self._do(stem, shown.path, said)
        except (msgspec.MsgspecError, UnicodeDecodeError, TypeError) as error:
            return False, str(error)
        except ConvertError as error:
            return False, of_failure(Failure.of(error))[0]

    def _do(self, stem: str, path: str, said: SaidOfPage) -> str:
        build = self._build
        page = opened(path, build.corrections, build.language)
        before = page.sidecar.text if page.sidecar is not None else ""
        fields = {said.field[0]: said.field[1]} if said.field is not None else {}
        spoken = Spoken(
            msgspec.convert(fields, MetadataCorrection),
            lines=(said.line,) if said.line is not None else (),
            run_ins=(said.run_in,) if said.run_in is not None else (),
            undo=(said.repair,) if said.repair is not None else (),
        )
        _, sidecar = tried(page, corrections_of(page, spoken), build.language)
        save(page, sidecar)
        self._before.setdefault(stem, []).append(Written(page.place, before, sidecar.text))
        del self._before[stem][:-KEPT]
        return tr("Written to {path}.", path=page.place)

    def _undo(self, stem: str) -> str:
        if not (changes := self._before.get(stem)):
            return tr("There is nothing to undo.")
        last = changes.pop()
        path = Path(last.place)
        now = path.read_bytes() if path.exists() else b""
        if now != (last.after.encode() if last.after.strip() else b""):
            return tr("The file was changed by another hand; it is left as it is.")
        if last.before:
            publish.replace_file(path, last.before.encode())
        else:
            publish.clear(path.parent, [path.name])
        return tr("Undone.")
