"""Front matter: what stands between fences at the head of a text, as YAML or TOML, is metadata that a person gives.

In: a raw text document.  Out: the document with these lines as one paragraph of metadata, and what they say.  Of YAML
only what front matter is made of is read: `key: value`, one a line, lists, and values in indented lines below `|` or
`>`.  What is anything else is text.
"""

from __future__ import annotations

import datetime
import itertools
import re
import tomllib
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from ..corrections import MetadataCorrection
from ..model import (
    Block,
    Break,
    Code,
    Document,
    Inline,
    Origin,
    Paragraph,
    Preformatted,
    Removed,
    Text,
    block_text,
)
from ..zh.dates import find
from ..zh.labels import label_of
from ..zh.papers import FIELDS
from . import limits
from .openings import BY_HAND

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_KEYS = {
    "date": "published",
    "lang": "language",
    "number": "document_number",
    "issuer": "issuing_body",
    "link": "url",
    "标题": "title",
    "副标题": "subtitle",
}
_QUOTED = re.compile(r"""\s*(["'])((?:(?!\1)[^\\]|\\.)*)\1\s*(?:#.*)?""")
"""A value in quotes, and a comment behind it."""
_FOLDED = re.compile(r"[|>][+-]?")
"""What says that a value is the indented lines below it."""
_FIELDS = frozenset(MetadataCorrection.__struct_fields__) - {"extra"}


def fronted(document: Document) -> tuple[Document, MetadataCorrection]:
    """The document with its front matter set aside, and what that says; where it has none, as it was."""
    blocks = document.blocks
    if document.source.media_type == "text/markdown":
        blocks = _by_line(blocks)
    first = next((at for at, block in enumerate(blocks) if not isinstance(block, Removed)), 0)
    fence = block_text(blocks[first]).strip() if blocks else ""
    if document.source.media_type not in ("text/plain", "text/markdown") or fence not in _FENCES:
        return document, MetadataCorrection()
    inside = range(first + 1, min(len(blocks), first + limits.FRONT_LINES))
    end = next((at for at in inside if block_text(blocks[at]).strip() in _FENCES[fence]), 0)
    said = _said([_line(block) for block in blocks[first + 1 : end]], toml=fence == "+++") if end else None
    if not said:
        return document, MetadataCorrection()
    language, form = said.pop("language", None), said.pop("form", None)
    fields = {name: value for name, value in said.items() if name in _FIELDS}
    extra = {name: value for name, value in said.items() if name not in _FIELDS}
    metadata = replace(document.metadata, language=document.metadata.language or language, form=form)
    whole = (*blocks[:first], _paragraph(blocks[first : end + 1]), *blocks[end + 1 :])
    return replace(document, blocks=whole, metadata=metadata), MetadataCorrection(**fields, extra=extra)


def _by_line(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, the first of which may be front matter as it was typed, with a paragraph for each line of it."""
    block = blocks[0] if blocks else None
    if not isinstance(block, Preformatted) or block.origin is None or block.text.split("\n")[0].strip() not in _FENCES:
        return blocks
    first = block.origin.first
    lines: list[Block] = []
    for at, line in enumerate(block.text.split("\n"), first):
        bare = line.lstrip()
        lead = line[: len(line) - len(bare)]
        lines.append(Paragraph((Text(bare),) if bare else (), origin=Origin(at, at, lead)))
    return (*lines, *blocks[1:])


def _line(block: Block) -> str:
    origin: Origin | None = getattr(block, "origin", None)
    return (origin.lead if origin else "") + block_text(block)


def _paragraph(blocks: Sequence[Block]) -> Paragraph:
    """The lines as one paragraph of metadata, which nothing repairs."""
    origins: list[Origin] = [origin for block in blocks if (origin := getattr(block, "origin", None)) is not None]
    children: list[Inline] = []
    for before, block, origin in zip([None, *origins], blocks, origins, strict=False):
        if before is not None:
            ends = before.trail + "\n" * (origin.first - before.last) + origin.lead
            for part in ("".join(group) for _, group in itertools.groupby(ends, key="\n".__eq__)):
                children += [Break()] * len(part) if part[0] == "\n" else [Code(part)]
        if text := block_text(block):
            children.append(Code(text))
    first, last = origins[0], origins[-1]
    place = Origin(first.first, last.last, first.lead, last.trail, 1.0, BY_HAND, True)
    return Paragraph(tuple(children), "meta", origin=place)


def _said(lines: Sequence[str], *, toml: bool) -> dict[str, str] | None:
    """What front matter says, by field or label; None where it is none."""
    pairs = _toml(lines) if toml else _yaml(lines)
    if not pairs:
        return None
    out: dict[str, str] = {}
    for key, value in pairs:
        name = _field(key)
        if name == "published":
            date = find(value)
            name, value = (name, date.iso) if date is not None else (key, value)
        if value:
            out[name] = value
    return out


def _field(key: str) -> str:
    plain = key.strip().lower().replace("-", "_")
    if plain in _FIELDS or plain == "language":
        return plain
    if plain in _KEYS:
        return _KEYS[plain]
    if key.strip() in FIELDS:
        return FIELDS[key.strip()]
    row = label_of(key.strip())
    return row.field if row is not None and row.field in _FIELDS else key.strip()


def _toml(lines: Sequence[str]) -> list[tuple[str, str]] | None:
    try:
        return [(key, _text(value)) for key, value in tomllib.loads("\n".join(lines)).items()]
    except tomllib.TOMLDecodeError:
        return None


def _text(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, list):
        return "\u3001".join(map(_text, value))
    return "" if isinstance(value, dict) else str(value)


def _yaml(lines: Sequence[str]) -> list[tuple[str, str]] | None:
    out: list[tuple[str, str]] = []
    folded: set[str] = set()
    for line in lines:
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        if bare.startswith("- ") and out:
            key, before = out[-1]
            out[-1] = key, "\u3001".join(filter(None, (before, _scalar(bare[2:]))))
            continue
        if line[0].isspace() and out and out[-1][0] in folded:
            key, before = out[-1]
            out[-1] = key, " ".join(filter(None, (before, bare)))
            continue
        key, colon, value = bare.partition(":")
        if line[0].isspace() or not colon or not key or (value and not value[0].isspace()):
            return None
        if _FOLDED.fullmatch(value.strip()):
            folded.add(key)
            value = ""
        out.append((key, _scalar(value)))
    return out


def _scalar(value: str) -> str:
    if quoted := _QUOTED.fullmatch(value):
        return quoted[2].replace("\\" + quoted[1], quoted[1])
    value = value.partition(" #")[0].strip()
    if value[:1] == "[" and value[-1:] == "]":
        return "\u3001".join(filter(None, map(_scalar, value[1:-1].split(","))))
    return value
