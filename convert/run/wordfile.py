"""A DOCX that a person edited, as far as corrections need it: its paragraphs with their text, style and run-in heading.

What is deleted in tracked changes is gone, what is inserted is there.  Tables and contents are passed over.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..errors import Said, SourceError
from ..readers.docx import KINDS
from ..readers.docx.look import value
from ..readers.docx.numbering import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_NOT_TEXT = frozenset(_W + tag for tag in ("del", "moveFrom", "rt", "pPr", "rPr"))


class EditedParagraph(NamedTuple):
    """A paragraph of a DOCX.  text: without white space.  style: its name, small and without spaces.  run_in: the text
    that is set as a run-in heading at its beginning, with its level."""

    text: str
    shown: str
    style: str
    run_in: str
    level: int


def paragraphs_of(data: bytes, where: str) -> tuple[list[EditedParagraph], dict[str, str]]:
    """The paragraphs of a DOCX outside tables, and title and author of its properties.  Raises SourceError."""
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from lxml import etree

    try:
        whole = docx.Document(io.BytesIO(data))
        names = {one.style_id: one.name or "" for one in whole.styles}
        nodes = (one.iter(_W + "p") for one in whole.element.body.iterchildren(_W + "p", _W + "sdt"))
        related = whole.part.rels.values()
        lists = [one.target_part.blob for one in related if one.reltype == RELATIONSHIP_TYPE.NUMBERING]
        numbers = Numbering(etree.fromstring(lists[0]) if lists else None)
        found = [_paragraph(node, names, numbers) for node in itertools.chain.from_iterable(nodes)]
        known = _properties(whole.part.package)
    except Exception as error:  # whatever a broken package raises
        raise SourceError(Said("edited-unreadable", error=error), where=where) from None
    return [one for one in found if one.text and one.style != "rule" and not one.style.startswith("toc")], known


def _properties(package: Any) -> dict[str, str]:
    """Title and author, as far as the file has them: programs name the relationship to them in more than one way."""
    from lxml import etree

    blobs = [part.blob for part in package.iter_parts() if str(part.partname).lower() == "/docprops/core.xml"]
    if not blobs:
        return {}
    root = etree.fromstring(blobs[0], etree.XMLParser(resolve_entities=False, no_network=True))
    tags = {"title": "title", "author": "creator"}
    found = {name: (root.findtext(f"{_DC}{tag}") or "").strip() for name, tag in tags.items()}
    return {name: value for name, value in found.items() if value}


def _paragraph(node: Any, names: dict[str, str], numbers: Numbering) -> EditedParagraph:
    found = node.find(f"{_W}pPr/{_W}pStyle")
    name = names.get(found.get(_W + "val"), "") if found is not None else "Normal"
    run_in, level = "", 0
    for run in node.iter(_W + "r"):
        styled = run.find(f"{_W}rPr/{_W}rStyle")
        character = (names.get(styled.get(_W + "val"), "") if styled is not None else "").lower()
        said = "".join(_texts(run))
        if not character.startswith("run-in heading") and said.strip():
            break
        if said:
            run_in, level = run_in + said, int(character[-1:] or 0) if character[-1:].isdigit() else level
    listed = node.find(f"{_W}pPr/{_W}numPr")
    bullet = numbers.text((value(listed, "numId") or "", int(value(listed, "ilvl") or 0))) if listed is not None else ""
    shown = bullet + "".join(_texts(node))
    return EditedParagraph(bare(shown), shown, "".join(name.lower().split()), bare(run_in), level)


def _texts(node: Any) -> Iterator[str]:
    for child in node:
        if child.tag in _NOT_TEXT:
            continue
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in (_W + "br", _W + "tab"):
            yield " "
        else:
            yield from _texts(child)


def bare(text: str) -> str:
    """A text without white space and what Word puts into it."""
    return "".join(text.split()).replace("\u00ad", "").replace("\u2060", "")


def kind_of(paragraph: EditedParagraph) -> str | None:
    """What the style says a paragraph is, as `correct` takes it; None where it says nothing."""
    name = paragraph.style
    for begin in ("heading", "标题"):
        if name.startswith(begin) and name[len(begin) :].isdigit():
            return f"heading:{name[len(begin) :]}"
    return KINDS.get(name)
