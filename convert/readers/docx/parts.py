"""The paragraphs and tables of a part of a DOCX as HTML."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from typing import Any

from .look import ParagraphLook, ParagraphLooks, W, is_on, value
from .numbering import Numbering

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PIXEL = 9525
"""English Metric Units in a CSS pixel: 914,400 an inch."""
_KINDS = (("b", "strong"), ("i", "em"), ("strike", "s"), ("dstrike", "s"))
_HELD = frozenset(
    W + tag for tag in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "bdo", "dir", "fldSimple")
) | {_MC + "AlternateContent", _MC + "Choice"}
"""What holds runs and is nothing itself."""
_ADDRESS = re.compile(r'\bHYPERLINK\s+(\\l\s+)?"?([^"\s]+)"?', re.I)


class PartReader:
    """One part of a document: its body, a header, a footer.

    notes: kind and id of each footnote and endnote that is referred to, in order.
    """

    def __init__(self, part: Any, looks: ParagraphLooks, numbering: Numbering, pictures: dict[str, bytes]) -> None:
        """pictures: gets each picture that is met, by the address that the HTML has."""
        self._part, self._looks, self._numbering, self._pictures = part, looks, numbering, pictures
        self.notes: list[tuple[str, str]] = []
        self._boxes: list[Any] = []
        self._fields: list[str] = []
        self._titled = False

    # --- Blocks ---

    def blocks(self, parent: Any) -> Iterator[str]:
        """What an element of the body holds, one after the other."""
        depth = 0  # of lists with bullets that are open
        for child in self._children(parent):
            if child.tag == W + "p":
                look = self._looks.of(child)
                wanted = 0
                if look.number is not None and look.kind != "heading" and self._numbering.is_bullet(look.number):
                    wanted = look.number[1] + 1
                yield from self._opened(depth, wanted)
                depth = wanted
                yield self._paragraph(child, look, bullet=wanted > 0)
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    yield from self.blocks(box)
            elif child.tag == W + "tbl":
                yield from self._opened(depth, 0)
                depth = 0
                yield self._table(child)
            elif child.tag == W + "sdt":
                yield from self._opened(depth, 0)
                depth = 0
                yield from self._control(child)
        yield from self._opened(depth, 0)

    @staticmethod
    def _children(parent: Any) -> Iterator[Any]:
        for child in parent:
            if child.tag in (W + "ins", W + "moveTo", W + "customXml", W + "smartTag"):
                yield from PartReader._children(child)
            else:
                yield child

    @staticmethod
    def _opened(depth: int, wanted: int) -> Iterator[str]:
        yield "<ul>" * max(0, wanted - depth) + "</ul>" * max(0, depth - wanted)

    def _control(self, control: Any) -> Iterator[str]:
        content = control.find(W + "sdtContent")
        inside = "".join(self.blocks(content)) if content is not None else ""
        gallery = value(control, "sdtPr", "docPartObj", "docPartGallery") or ""
        if gallery == "Table of Contents":
            inside = f'<div data-left-out="the page\'s own table of contents">{inside}</div>'
        yield inside

    def _paragraph(self, paragraph: Any, look: ParagraphLook, *, bullet: bool) -> str:
        inside = "".join(self._runs(paragraph))
        align = f' style="text-align: {look.align}"' if look.align else ""
        if look.number is not None and not bullet:
            number = self._numbering.text(look.number)
            inside = html.escape(number) + inside if re.sub(r"<[^>]*>", "", inside).strip() else inside
        if bullet:
            return f"<li>{inside}</li>"
        match look.kind:
            case "title" if not self._titled and inside.strip():
                self._titled = True
                return f'<h1 class="title">{inside}</h1>'
            case "quote":
                return f"<blockquote><p{align}>{inside}</p></blockquote>"
            case "code":
                return f"<pre>{inside.replace('<br>', chr(10))}</pre>"
            case "subtitle" | "byline" | "date" | "salutation" | "note" | "caption" | "signature" | "attachment":
                return f'<p data-role="{look.kind}">{inside}</p>'
            case "contents":
                return f'<p data-left-out="the page\'s own table of contents">{inside}</p>'
            case "heading":
                return f"<h{min(look.level + 1, 6)}>{inside}</h{min(look.level + 1, 6)}>"
        return f"<p{align}>{inside}</p>"

    def note(self, kind: str, id: str, note: Any) -> str:
        """The text of a footnote or endnote, with its way back."""
        inside = "".join(self.blocks(note))
        at = self.notes.index((kind, id)) + 1
        back = f'<a href="#back{at}">\u21a9</a>'
        return f'<div id="note{at}">{inside.rsplit("</p>", 1)[0]}{back}</p></div>' if inside else ""

    # --- Tables ---

    def _table(self, table: Any) -> str:
        rows = [row for row in self._children(table) if row.tag == W + "tr"]
        cells = [self._cells(row) for row in rows]
        out: list[str] = []
        for at, (row, line) in enumerate(zip(rows, cells, strict=True)):
            name = "th" if is_on(row.find(W + "trPr"), "tblHeader") else "td"
            out.append("<tr>")
            for place, wide, merged, cell in line:
                if merged == "continue":
                    continue
                high = self._height(cells, at, place) if merged == "restart" else 1
                look = self._looks.of(first) if (first := cell.find(W + "p")) is not None else ParagraphLook()
                align = f' align="{look.align}"' if look.align else ""
                spans = f' colspan="{wide}" rowspan="{high}"{align}'
                out.append(f"<{name}{spans}>{''.join(self.blocks(cell))}</{name}>")
            out.append("</tr>")
        return f"<table border=1>{''.join(out)}</table>"

    def _cells(self, row: Any) -> list[tuple[int, int, str, Any]]:
        """Column, width in columns and part of a vertical merge of each cell of a row."""
        out: list[tuple[int, int, str, Any]] = []
        at = int(value(row, "trPr", "gridBefore") or 0)
        for cell in self._children(row):
            if cell.tag == W + "sdt":
                cell = cell.find(f"{W}sdtContent/{W}tc")
            if cell is None or cell.tag != W + "tc":
                continue
            properties = cell.find(W + "tcPr")
            wide = max(1, min(int(value(properties, "gridSpan") or 1), 100)) if properties is not None else 1
            merge = properties.find(W + "vMerge") if properties is not None else None
            merged = (merge.get(W + "val") or "continue") if merge is not None else ""
            out.append((at, wide, merged, cell))
            at += wide
        return out

    @staticmethod
    def _height(cells: list[list[tuple[int, int, str, Any]]], at: int, place: int) -> int:
        high = 1
        for line in cells[at + 1 :]:
            if not any(column == place and merged == "continue" for column, _, merged, _ in line):
                break
            high += 1
        return high

    # --- Runs ---

    def _runs(self, parent: Any) -> Iterator[str]:
        for child in parent:
            if child.tag == W + "r":
                yield self._run(child)
            elif child.tag == W + "hyperlink":
                yield self._link(child)
            elif child.tag == W + "ruby":
                yield self._ruby(child)
            elif child.tag in (_M + "oMath", _M + "oMathPara"):
                yield html.escape("".join(text.text or "" for text in child.iter(_M + "t")))
            elif child.tag in _HELD:
                yield from self._runs(child)

    def _run(self, run: Any) -> str:
        inside = "".join(self._said(run))
        if not inside:
            return ""
        if self._looks.hides(run):
            return f'<span data-left-out="hidden on the page" style="display:none">{inside}</span>'
        own = run.find(W + "rPr")
        for tag, name in _KINDS:
            if self._looks.shows(run, tag):
                inside = f"<{name}>{inside}</{name}>"
        if (value(own, "u") or "none") != "none":
            inside = f"<u>{inside}</u>"
        raised = {"superscript": "sup", "subscript": "sub"}.get(value(own, "vertAlign") or "")
        if raised and 'href="#note' not in inside:
            inside = f"<{raised}>{inside}</{raised}>"
        if (value(own, "em") or "none") != "none":
            inside = f'<span style="text-emphasis: dot">{inside}</span>'
        return inside

    def _said(self, run: Any) -> Iterator[str]:
        """The text of a run, and what stands in it."""
        for child in run:
            name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
            match name:
                case "fldChar":
                    yield from self._field(child.get(W + "fldCharType"))
                case "instrText":
                    if self._fields:
                        self._fields[-1] += child.text or ""
                case "t":
                    yield html.escape(child.text or "")
                case "tab" | "ptab":
                    yield " "
                case "br" | "cr" if child.get(W + "type") not in ("page", "column"):
                    yield "<br>"
                case "noBreakHyphen":
                    yield "-"
                case "sym":
                    yield _symbol(child.get(W + "char") or "")
                case "footnoteReference" | "endnoteReference":
                    yield self._reference(name.removesuffix("Reference") + "s", child.get(W + "id") or "")
                case "ruby":
                    yield self._ruby(child)
                case "drawing" | "pict" | "object":
                    yield from self._drawing(child)
                case _:
                    if child.tag == _MC + "AlternateContent" and (choice := child.find(_MC + "Choice")) is not None:
                        yield from self._said(choice)

    def _reference(self, kind: str, id: str) -> str:
        if (kind, id) not in self.notes:
            self.notes.append((kind, id))
        at = self.notes.index((kind, id)) + 1
        return f'<sup><a id="back{at}" href="#note{at}">{at}</a></sup>'

    def _link(self, link: Any) -> str:
        inside = "".join(self._runs(link))
        relation = self._part.rels.get(link.get(R + "id") or "")
        if relation is None or not relation.is_external:
            return inside
        return f'<a href="{html.escape(relation.target_ref)}">{inside}</a>'

    def _field(self, kind: str | None) -> Iterator[str]:
        """The parts of a field: what it says stands between its instruction and its end (17.16.18)."""
        if kind == "begin":
            self._fields.append("")
        elif self._fields:
            found = _ADDRESS.search(self._fields[-1])
            address = found[2] if found is not None and not found[1] else ""
            if kind == "separate" and address:
                yield f'<a href="{html.escape(address)}">'
            elif kind == "end":
                self._fields.pop()
                if address:
                    yield "</a>"

    def _ruby(self, ruby: Any) -> str:
        base, gloss = (
            "".join(text.text or "" for part in ruby.iter(W + tag) for text in part.iter(W + "t"))
            for tag in ("rubyBase", "rt")
        )
        return f"<ruby>{html.escape(base)}<rt>{html.escape(gloss)}</rt></ruby>"

    # --- Pictures and boxes ---

    def _drawing(self, drawing: Any) -> Iterator[str]:
        boxes = list(drawing.iter(W + "txbxContent"))
        self._boxes += boxes
        inside = {id(node) for box in boxes for node in box.iter()}
        extent = next(drawing.iter(_WP + "extent"), None)
        about = next(drawing.iter(_WP + "docPr"), None)
        for node in drawing.iter(_A + "blip", _V + "imagedata"):
            if id(node) in inside:
                continue
            address = self._picture(node.get(R + "embed") or node.get(R + "id") or "")
            alt = about.get("descr") or "" if about is not None else node.get("title") or ""
            size = ""
            if extent is not None:
                width, height = (round(int(extent.get(name) or 0) / _PIXEL) for name in ("cx", "cy"))
                size = f' width="{width}" height="{height}"'
            yield f'<img src="{html.escape(address)}" alt="{html.escape(alt)}"{size}>'

    def _picture(self, id: str) -> str:
        relation = self._part.rels.get(id)
        if relation is None:
            return ""
        if relation.is_external:
            return str(relation.target_ref)
        address = "parts/" + posixpath.basename(str(relation.target_part.partname))
        self._pictures[address] = relation.target_part.blob
        return address


def _symbol(code: str) -> str:
    """A character of a symbol font; what has no meaning outside its font is a white square."""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "\u25a1" if "\ue000" <= char <= "\uf8ff" else html.escape(char)
