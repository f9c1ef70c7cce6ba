"""A DOCX -> its text as HTML -> a raw document."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import msgspec

from ...errors import ConvertError, Said, SourceError
from ...model import Document
from ...source import MAX_BYTES
from .look import ParagraphLooks, W
from .numbering import Numbering
from .parts import PartReader

if TYPE_CHECKING:
    from ...source import Source

_STORIES = ("footnotes", "endnotes")


def read(source: Source) -> Document:
    """The raw document of a DOCX.  Raises SourceError: it is broken or unpacks to too much; NoContentError."""
    from ..html.whole import read_whole

    try:
        whole = _opened(source.data)
        parts: dict[str, bytes] = {}
        html = _in_html(whole, parts)
    except ConvertError:
        raise
    except Exception as error:  # whatever a broken package raises
        raise SourceError(Said("edited-unreadable", error=error), where=source.path) from None
    return read_whole(msgspec.structs.replace(source, parts=parts, folder=None), html, "utf-8")


def _opened(data: bytes) -> Any:
    """The package, opened by python-docx, which takes no document but one whose main part is called so."""
    import docx

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(info.file_size for info in package.infolist()) > MAX_BYTES:
            raise SourceError(Said("file-too-large", limit=MAX_BYTES // 2**20))
        types = package.read("[Content_Types].xml")
        if b"wordprocessingml.document.main+xml" not in types:
            data = _as_document(package, types)
    return docx.Document(io.BytesIO(data))


def _as_document(package: zipfile.ZipFile, types: bytes) -> bytes:
    """The package of a template, or of a file with macros, with the type of a document."""
    document = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    for other in (
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ):
        types = types.replace(other, document)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        for name in package.namelist():
            out.writestr(name, types if name == "[Content_Types].xml" else package.read(name))
    return stream.getvalue()


def _in_html(whole: Any, parts: dict[str, bytes]) -> str:
    """The text as HTML.  parts: gets the pictures, by the address that the HTML has."""
    looks = ParagraphLooks(whole.styles.element)
    notes = {kind: _part(whole.part, kind) for kind in (*_STORIES, "numbering")}
    story = PartReader(whole.part, looks, Numbering(notes["numbering"]), parts)
    body = _titled("".join(story.blocks(whole.element.body)))
    found: list[str] = []
    for kind, id in story.notes:  # grows where a note has a note
        note = next((one for one in _children(notes[kind]) if one.get(W + "id") == id), None)
        if note is not None:
            found.append(story.note(kind, id, note))
    runners = "".join(_runners(whole, looks, story))
    return f"<!DOCTYPE html><body>{runners}{body}<div>{''.join(found)}</div>"


def _titled(body: str) -> str:
    """The only heading of the first level is the title where nothing but a byline or a date stands before it."""
    before, mark, after = body.partition("<h2>")
    first = not re.search(r"<(?:p|p style=[^>]*|li|td|h\d)>[^<]*\S", before)
    if not mark or "<h2>" in after or 'class="title"' in body or not first:
        return body
    return before + '<h1 class="title">' + after.replace("</h2>", "</h1>", 1)


def _runners(whole: Any, looks: ParagraphLooks, story: PartReader) -> list[str]:
    """Headers and footers, each text once: what every page repeats is no part of the text."""
    found: dict[str, None] = {}
    for relation in whole.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in ("header", "footer") and not relation.is_external:
            runner = PartReader(relation.target_part, looks, Numbering(None), {})
            text = "".join(runner.blocks(_root(relation.target_part)))
            found[f'<div data-left-out="{"footer" if kind == "footer" else "outside the article"}">{text}</div>'] = None
    return list(found)


def _part(main: Any, kind: str) -> Any:
    """The root of the part that the main part has under a kind of relation; None where it has none."""
    for relation in main.rels.values():
        if relation.reltype.rpartition("/")[2] == kind and not relation.is_external:
            return _root(relation.target_part)
    return None


def _root(part: Any) -> Any:
    from lxml import etree

    element = getattr(part, "element", None)
    if element is not None:
        return element
    return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _children(element: Any) -> list[Any]:
    return list(element) if element is not None else []
