"""Corrections: what a person says of a document, kept beside its source in `NAME.wenban.toml`.

In: the text of such a file.  Out: `Sidecar`, which the cleaning applies; and the file again with more corrections in
it.  Where it lies and how it is read is for `source` and `run`, what it does to the lines for `clean`.
"""

from __future__ import annotations

from .sidecar import (
    KINDS,
    Corrections,
    DocumentCorrection,
    LineCorrection,
    MetadataCorrection,
    RepairCorrection,
    Sidecar,
    begins_with,
    json_schema,
    parsed,
)
from .writing import beginning, merged, over, written

__all__ = [
    "KINDS",
    "Corrections",
    "DocumentCorrection",
    "LineCorrection",
    "MetadataCorrection",
    "RepairCorrection",
    "Sidecar",
    "beginning",
    "begins_with",
    "json_schema",
    "merged",
    "over",
    "parsed",
    "written",
]
