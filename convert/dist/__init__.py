"""The output folder: the only room that writes there.

In: finished editions as bytes, and an entry for each document of a run.  Out: editions under their final names
(`files`, `names`), `manifest.json` and `SHA256SUMS` (`manifest`), and what is wrong with a folder (`audit`).
"""

from __future__ import annotations

from .audit import Report, audit, examine
from .files import opened, publish
from .look import Finding
from .manifest import (
    SCHEMA,
    Edition,
    Entry,
    Face,
    File,
    Making,
    Manifest,
    SourceRecord,
    manifest_schema,
    read_manifest,
    record,
)
from .names import MANIFEST, SUMS, address, safe_stem, stems

__all__ = [
    "MANIFEST",
    "SCHEMA",
    "SUMS",
    "Edition",
    "Entry",
    "Face",
    "File",
    "Finding",
    "Making",
    "Manifest",
    "Report",
    "SourceRecord",
    "address",
    "audit",
    "examine",
    "manifest_schema",
    "opened",
    "publish",
    "read_manifest",
    "record",
    "safe_stem",
    "stems",
]
