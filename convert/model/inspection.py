"""A document as JSON with its ledger: what `wenban inspect --json` prints and `wenban schema` describes."""

from __future__ import annotations

from typing import Any

import msgspec

from ..errors import Notice
from .accounting import LedgerEntry, ledger
from .types import Block, Document, Media, Metadata, Note, Repair, SourceInfo

SCHEMA = "wenban-document/2"
_READ = (SCHEMA, "wenban-document/1")
"""What can be read: what 2 adds to 1 (marks, closing groups, how sure a line is) may be absent."""


class Inspection(msgspec.Struct, frozen=True, omit_defaults=True):
    """What `wenban inspect --json` prints: the contract other tools rely on (convert/README.md, The model)."""

    schema: str
    source: SourceInfo
    metadata: Metadata
    ledger: list[LedgerEntry]
    repairs: tuple[Repair, ...]
    warnings: tuple[Notice, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    media: dict[str, Media] = {}
    metadata_sure: dict[str, float] = {}


def to_json(document: Document) -> bytes:
    """The document as JSON in UTF-8, with its ledger, indented by two."""
    whole = Inspection(
        SCHEMA,
        document.source,
        document.metadata,
        ledger(document),
        document.repairs,
        document.notices,
        document.blocks,
        document.notes,
        document.media,
        document.metadata_sure,
    )
    return msgspec.json.format(msgspec.json.encode(whole), indent=2)


def from_json(data: bytes) -> Document:
    """The document `to_json` wrote, in this schema or the one before it.

    Raises msgspec.ValidationError where the JSON is of another shape.
    """
    whole = msgspec.json.decode(data, type=Inspection)
    if whole.schema not in _READ:
        raise msgspec.ValidationError(f"schema is {whole.schema!r}, expected {SCHEMA!r}")
    return Document(
        whole.source,
        whole.metadata,
        whole.blocks,
        whole.notes,
        whole.media,
        whole.repairs,
        whole.warnings,
        metadata_sure=whole.metadata_sure,
    )


def json_schema() -> dict[str, Any]:
    """JSON Schema of `to_json`."""
    return msgspec.json.schema(Inspection)
