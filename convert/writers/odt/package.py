"""The small parts of the file: manifest, metadata, settings (OpenDocument 1.3, part 2 and part 3, 4 and 3.10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model import Metadata
from ..office import faces
from .xml import blob, clean, root, sub

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_PRODUCER = "wenban"
_EPOCH = "1980-01-01T00:00:00Z"
"""The time in a file whose document has none."""
_SWITCHES = {
    "AddParaTableSpacing": False,
    "AddParaTableSpacingAtStart": True,
    "AddParaSpacingToTableCells": True,
    "AddParaLineSpacingToTableCells": True,
    "AddExternalLeading": True,
    "ClipAsCharacterAnchoredWriterFlyFrames": False,
    "DoNotJustifyLinesWithManualBreak": True,
    "EmbedFonts": False,
    "IgnoreFirstLineIndentInNumbering": False,
    "IsKernAsianPunctuation": False,
    "OutlineLevelYieldsNumbering": False,
    "PropLineSpacingShrinksFirstLine": True,
    "TabOverMargin": False,
    "TabsRelativeToIndent": True,
    "UseFormerLineSpacing": False,
    "UseFormerObjectPositioning": False,
    "UseFormerTextWrapping": False,
    "UseOldNumbering": False,
    "WordLikeWrapForAsCharFlys": True,
}
_SETTINGS = {
    **{name: ("boolean", "true" if on else "false") for name, on in _SWITCHES.items()},
    "CharacterCompressionType": ("short", "0"),  # it would take their blank from marks in lines that are full anyway
    "PrinterIndependentLayout": ("string", "high-resolution"),
}
"""What holds for the whole file in LibreOffice: the way it sets a DOCX, so that both editions have the same lines."""


def manifest(files: Iterable[tuple[str, str]]) -> bytes:
    """META-INF/manifest.xml of files and their media types."""
    node = root("manifest:manifest")
    own = {"manifest:full-path": "/", "manifest:version": "1.3", "manifest:media-type": MEDIA_TYPE}
    sub(node, "manifest:file-entry", own)
    for path, kind in files:
        sub(node, "manifest:file-entry", {"manifest:full-path": path, "manifest:media-type": kind})
    return blob(node)


def meta(metadata: Metadata, name: str) -> bytes:
    """meta.xml: what file managers and catalogues read.  name: of the source, for a document without a title."""
    node = root("office:document-meta", "meta", "dc")
    holder = sub(node, "office:meta")
    region = faces.region(metadata.language)
    made = metadata.modified or _EPOCH
    author = metadata.author or metadata.issuing_body or metadata.source
    for tag, value in (
        ("meta:generator", _PRODUCER),
        ("dc:title", metadata.title or name),
        ("dc:subject", metadata.subtitle),
        ("meta:initial-creator", author),
        ("dc:creator", author),
        ("meta:creation-date", made),
        ("dc:date", made),
        ("dc:language", region.code if region else metadata.language or faces.document_region(None).code),
    ):
        if value:
            sub(holder, tag).text = clean(value)
    for key, value in _further(metadata):
        own = sub(holder, "meta:user-defined", {"meta:name": key, "meta:value-type": "string"})
        own.text = clean(value)
    return blob(node)


def _further(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """What is known of the document and has no place of its own, by field name."""
    known: dict[str, str] = {}
    for field in (
        "source", "editor", "published", "document_number", "issuing_body", "index_number", "url", "retrieved",
    ):  # fmt: skip
        if value := getattr(metadata, field):
            known[field] = value
    for key, value in metadata.extra:
        if title := clean(key).strip():
            known.setdefault(title, value)
    yield from known.items()


def settings() -> bytes:
    """settings.xml."""
    node = root("office:document-settings", "config")
    held = sub(sub(node, "office:settings"), "config:config-item-set", {"config:name": "ooo:configuration-settings"})
    for key, (kind, value) in _SETTINGS.items():
        sub(held, "config:config-item", {"config:name": key, "config:type": kind}).text = value
    data = blob(node)
    return data.replace(b'xmlns:config="', b'xmlns:ooo="http://openoffice.org/2004/office" xmlns:config="', 1)
