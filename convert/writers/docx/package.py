"""The package as bytes that do not change from run to run (ISO/IEC 29500-2): content types first, parts in the order
they are related."""

from __future__ import annotations

from typing import BinaryIO

from docx.opc.constants import CONTENT_TYPE, NAMESPACE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PACKAGE_URI

from ..archive import Archive
from ..markup import escape

_STORED = frozenset({"png", "jpeg", "gif", "tiff"})
"""Compressed by themselves."""


def save(package: OpcPackage, stream: BinaryIO) -> None:
    """Write the package: every part its relationships lead to, each with its own relationships."""
    parts = list(package.iter_parts())
    archive = Archive()
    _add(archive, "[Content_Types].xml", _content_types([(part.partname, part.content_type) for part in parts]))
    _add(archive, PACKAGE_URI.rels_uri.membername, package.rels.xml)
    for part in parts:
        _add(archive, part.partname.membername, part.blob)
        if part.rels:
            _add(archive, part.partname.rels_uri.membername, part.rels.xml)
    stream.write(archive.to_bytes())


def _content_types(parts: list[tuple[str, str]]) -> bytes:
    """`[Content_Types].xml`: by file ending for pictures, fonts and relationships, by name for all else."""
    endings = {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML}
    names: dict[str, str] = {}
    for name, kind in parts:
        ending = name.rpartition(".")[2]
        if ending == "xml":
            names[name] = kind
        else:
            endings[ending] = kind
    body = "".join(
        f'<Default Extension="{escape(end)}" ContentType="{escape(endings[end])}"/>' for end in sorted(endings)
    )
    body += "".join(
        f'<Override PartName="{escape(name)}" ContentType="{escape(kind)}"/>' for name, kind in names.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Types xmlns="{NAMESPACE.OPC_CONTENT_TYPES}">{body}</Types>'.encode()


def _add(archive: Archive, name: str, data: bytes | str) -> None:
    archive.add(name, data.encode() if isinstance(data, str) else data, stored=name.rpartition(".")[2] in _STORED)
