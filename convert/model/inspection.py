"""A document as JSON with its ledger: what `wenban inspect --json` prints and `wenban schema` describes."""

from __future__ import annotations

from typing import Any

import msgspec

from ..errors import Notice
from .accounting import LedgerEntry, ledger
from .document import Document
from .reasons import RENAMED
from .types import Block, Media, Metadata, Note, Repair, SourceInfo

SCHEMA = "wenban-document/2"
_BEFORE = "wenban-document/1"
"""Read too: what 2 adds to it (marks, closing groups, how sure a line is) may be absent."""


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
    metadata_by_hand: tuple[str, ...] = ()


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
        document.metadata_by_hand,
    )
    return msgspec.json.format(msgspec.json.encode(whole), indent=2)


def from_json(data: bytes) -> Document:
    """The document `to_json` wrote, in this schema or the one before it.

    Raises msgspec.ValidationError where the JSON is of another shape.
    """
    raw = msgspec.json.decode(data)
    schema = raw.get("schema") if isinstance(raw, dict) else None
    if schema not in (SCHEMA, _BEFORE):
        raise msgspec.ValidationError(f"schema is {schema!r}, expected {SCHEMA!r}")
    whole = msgspec.convert(_renamed(raw) if schema == _BEFORE else raw, Inspection)
    return Document(
        whole.source,
        whole.metadata,
        whole.blocks,
        whole.notes,
        whole.media,
        whole.repairs,
        whole.warnings,
        metadata_sure=whole.metadata_sure,
        metadata_by_hand=whole.metadata_by_hand,
    )


def _renamed(raw: Any) -> Any:
    """Data of the schema before with the reasons that have another name now."""
    if isinstance(raw, list):
        return [_renamed(value) for value in raw]
    if not isinstance(raw, dict):
        return raw
    out = {key: _renamed(value) for key, value in raw.items()}
    if isinstance(reason := raw.get("reason"), str):
        out["reason"] = RENAMED.get(reason, reason)
    return out


def json_schema() -> dict[str, Any]:
    """JSON Schema of `to_json`."""
    return msgspec.json.schema(Inspection)
