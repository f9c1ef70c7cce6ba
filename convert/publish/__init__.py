"""The output folder: the only room that writes there.

In: finished editions as bytes, and an entry for each document of a run.  Out: editions under their final names
(`files`, `names`), `manifest.json` and `SHA256SUMS` (`manifest`), the state of a run (`journal`), what is wrong with a
folder (`audit`, `look`), and a folder as one file to hand over (`pack`).
"""

from __future__ import annotations

from .audit import LISTED, Report, audit, examine, no_output, report_schema
from .away import held, looked_at
from .extras import Extras, held_for_extras, replaced
from .files import Parts, clear, has, opened, publish, replace_file, settle, stage
from .journal import Journal, Planned
from .look import Finding, Wrong, contents
from .manifest import (
    SCHEMA,
    DrawnFace,
    Edition,
    Entry,
    File,
    Making,
    Manifest,
    SourceRecord,
    manifest_schema,
    read_manifest,
    scan,
)
from .names import MANIFEST, SUMS, address, base, ends, safe_stem
from .pack import Packed, pack

__all__ = [
    "LISTED",
    "MANIFEST",
    "SCHEMA",
    "SUMS",
    "DrawnFace",
    "Edition",
    "Entry",
    "Extras",
    "File",
    "Finding",
    "Journal",
    "Making",
    "Manifest",
    "Packed",
    "Parts",
    "Planned",
    "Report",
    "SourceRecord",
    "Wrong",
    "address",
    "audit",
    "base",
    "clear",
    "contents",
    "ends",
    "examine",
    "has",
    "held",
    "held_for_extras",
    "looked_at",
    "manifest_schema",
    "no_output",
    "opened",
    "pack",
    "publish",
    "read_manifest",
    "replace_file",
    "replaced",
    "report_schema",
    "safe_stem",
    "scan",
    "settle",
    "stage",
]
