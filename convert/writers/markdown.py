"""The document as Markdown: CommonMark 0.31 behind a block of YAML metadata, with the pipe tables and footnotes that
GitHub and pandoc read.

Emphasis is set so that its marks hold beside Chinese ones too (CommonMark 6.2): marks of punctuation at its ends stand
outside of it, and where that does not help it is an HTML element.  What Markdown has no syntax for is HTML: ruby,
raised and lowered text, a table with spans, whose cells are Markdown again.  Pictures travel inside, as data addresses
behind the text.
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import BinaryIO
from urllib.parse import quote

from ..errors import Notice
from ..model import (
    Block,
    Break,
    Code,
    Document,
    Emphasis,
    Figure,
    Formula,
    Heading,
    Inline,
    Link,
    List,
    Note,
    NoteRef,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Removed,
    Row,
    Ruby,
    Rule,
    RunIn,
    Span,
    Table,
    Text,
    plain,
)
from ..style import Style
from .address import web_address
from .markup import language_of, printable, title_of
from .pictures import ShownPictures

_FIELDS = (
    ("author", "author"), ("date", "published"), ("source", "source"), ("url", "url"), ("editor", "editor"),
    ("document-number", "document_number"), ("issuing-body", "issuing_body"), ("index-number", "index_number"),
)  # fmt: skip
_MARKED = {"strong": ("**", "strong"), "emphasis": ("*", "em"), "dots": ("*", "em")}
_ELEMENTS = {"underline": "u", "strike": "s", "sup": "sup", "sub": "sub"}
_SPECIAL = re.compile(r"[\\`*\[\]<|~^$]|&(?=#?\w)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|!$")
_BLANK = re.compile(r"[ \t-\r]+")
_BREAK = "\\\n"
_OUTER_BREAKS = re.compile(r"^(?:\s*\\\n)+|(?:\\\n\s*)+$")
_STARTS = re.compile(r"(#{1,6}|[-+])(?=[ ]|$)|>|(?:=+|[-:][-: ]*)$")
"""What would begin a heading, an item, a quote or a rule, or be the second line of a heading or of a table."""
_NUMBER = re.compile(r"(\d{1,9})(?=[.)](?:[ ]|$))")
BULLET = "\u2022"
"""The mark of an item that Markdown's `-` stands for; a list of another mark has it in a comment before it."""


def write(document: Document, style: Style, stream: BinaryIO) -> list[Notice]:
    """Write the document.  The style has no say: what shows Markdown has."""
    syntax = _MarkdownSyntax(document)
    parts = [_metadata(document), syntax.blocks(document.blocks), *map(syntax.note, document.notes)]
    parts += syntax.addresses()
    stream.write(("\n\n".join(part for part in parts if part) + "\n").encode())
    return syntax.pictures.notices


def _metadata(document: Document) -> str:
    """The metadata as YAML, each value in double quotes, which YAML reads as JSON does (YAML 1.2, 7.3.1)."""
    known = document.metadata
    values = [("title", title_of(document)), ("subtitle", known.subtitle)]
    values += [(name, getattr(known, field)) for name, field in _FIELDS] + [("lang", language_of(document))]
    lines = [f"{name}: {_quoted(value)}" for name, value in values if value]
    return "\n".join(["---", *lines, "---"])


def _quoted(value: str) -> str:
    text = " ".join(printable(value).split())
    return json.dumps(text, ensure_ascii=not text.isprintable())


class _MarkdownSyntax:
    def __init__(self, document: Document) -> None:
        self.pictures = ShownPictures(document)
        self._ids = _note_ids(document.notes)
        self._emphasised = self._linked = self._on_one_line = self._in_note = False

    def addresses(self) -> Iterator[str]:
        """Where the pictures are that were shown (CommonMark 4.7)."""
        for picture in self.pictures.shown():
            yield f"[{picture.name}]: data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"

    # --- Blocks -------------------------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Block]) -> str:
        """Blocks with an empty line between two of them; a comment keeps lists apart that would be one."""
        parts: list[str] = []
        before: Block | None = None
        for block in blocks:
            if text := self._block(block):
                if isinstance(block, List) and isinstance(before, List) and not text.startswith("<!--"):
                    parts.append(_comment(BULLET if text.startswith("-") else ""))
                parts.append(text)
                before = block
        return "\n\n".join(parts)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self._heading(1, block.children) if block.role == "title" else self._paragraph(block.children)
            case Heading():
                return self._heading(block.level + 1, block.children)
            case List():
                return self._list(block)
            case Quote():
                inside = self.blocks(block.children)
                return _indented(inside, "> ", "> ") if inside else ""
            case Table():
                return self._table(block)
            case Figure():
                return "\n\n".join(filter(None, (self._image(block.media, block.alt), self._paragraph(block.caption))))
            case Preformatted():
                fence = _fence(block.text, 3)
                language = block.language if re.fullmatch(r"[A-Za-z0-9+#.-]*", block.language) else ""
                return f"{fence}{language}\n{printable(block.text)}\n{fence}"
            case Rule():
                return "***"
            case Removed():
                return ""

    def _heading(self, level: int, children: tuple[Inline, ...]) -> str:
        text = re.sub(r"(#+)$", r"\\\1", self._line(children))
        return f"{'#' * min(level, 6)} {text}" if text else ""

    def _line(self, children: tuple[Inline, ...]) -> str:
        """Inlines where there is room for one line only."""
        before, self._on_one_line = self._on_one_line, True
        text = self.inlines(children).strip()
        self._on_one_line = before
        return text

    def _paragraph(self, children: tuple[Inline, ...]) -> str:
        return _safe_lines(self.inlines(children))

    def _list(self, block: List) -> str:
        marks = [item.marker for item in block.items]
        counted = _counted(marks)
        bullet = marks[0] if marks else ""
        if not counted and (set(marks) != {bullet} or len(bullet) > 1 or bullet.isalnum()):
            return self._marked(block)
        items = []
        for mark, item in zip(marks, block.items, strict=True):
            drawn = mark if counted else "-"
            inside = self.blocks(item.children)
            items.append(_indented(inside, f"{drawn} ", " " * (len(drawn) + 1)) if inside else drawn)
        listed = ("\n\n" if any("\n\n" in item for item in items) else "\n").join(items)
        return listed if counted or bullet == BULLET else f"{_comment(bullet)}\n\n{listed}"

    def _marked(self, block: List) -> str:
        """A list whose marks Markdown cannot count: they are text."""
        parts = []
        for item in block.items:
            mark: tuple[Inline, ...] = (Text(item.marker),)
            first, rest = item.children[:1], item.children[1:]
            if first and isinstance(first[0], Paragraph):
                mark += first[0].children
            else:
                rest = item.children
            parts += [self._paragraph(mark), self.blocks(rest)]
        return "\n\n".join(filter(None, parts))

    def note(self, note: Note) -> str:
        """A note's text, behind its mark."""
        self._in_note = True
        text = self.blocks(note.children)
        self._in_note = False
        return _indented(text, f"[^{self._ids[note.id]}]: ", "    ")

    # --- Tables -------------------------------------------------------------------------------------------------

    def _table(self, block: Table) -> str:
        caption = self._paragraph(block.caption)
        drawn = self._pipes(block.rows) if _is_simple(block) else self._elements(block.rows)
        return "\n\n".join(filter(None, (caption, drawn)))

    def _pipes(self, rows: tuple[Row, ...]) -> str:
        columns = len(rows[0].cells)
        lines = [[self._cell(cell.children) for cell in row.cells] for row in rows]
        if not rows[0].header:
            lines.insert(0, [""] * columns)
        lines.insert(1, ["---"] * columns)
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)

    def _cell(self, children: tuple[Block, ...]) -> str:
        only = children[0] if children else None
        return self._line(only.children) if isinstance(only, Paragraph) else ""

    def _elements(self, rows: tuple[Row, ...]) -> str:
        """HTML whose cells are Markdown, between empty lines (CommonMark 4.6)."""
        parts = ["<table>"]
        for row in rows:
            parts.append("<tr>")
            for cell in row.cells:
                name = "th" if row.header or cell.header else "td"
                spans = (("rowspan", cell.rowspan), ("colspan", cell.colspan))
                given = "".join(f' {key}="{value}"' for key, value in spans if value > 1)
                parts += [f"<{name}{given}>", self.blocks(cell.children), f"</{name}>"]
            parts.append("</tr>")
        return "\n\n".join(filter(None, (*parts, "</table>")))

    # --- Inline -------------------------------------------------------------------------------------------------

    def inlines(self, inlines: tuple[Inline, ...], before: str = "") -> str:
        """A run of inlines.  before: the character before it, which decides how it can begin; empty at a start."""
        out = ""
        for node in inlines:
            out += self._inline(node, out[-1:] or before)
        return out

    def _inline(self, node: Inline, before: str) -> str:
        match node:
            case Text():
                return _escaped(node.text, before)
            case Emphasis():
                if node.kind in _ELEMENTS:
                    return _element(_ELEMENTS[node.kind], self.inlines(node.children, ">"))
                return self._emphasis(*_MARKED[node.kind], node.children, before)
            case RunIn():
                return self._emphasis(*_MARKED["strong"], node.children, before)
            case Link():
                return self._link(node, before)
            case Ruby():
                return f"<ruby>{_escaped(node.base, '>')}<rt>{_escaped(node.gloss, '>')}</rt></ruby>"
            case Code():
                return self._code(node.text, before)
            case Span():
                return self.inlines(node.children, before)
            case NoteRef():
                known = node.id in self._ids and not self._in_note
                return f"[^{self._ids[node.id]}]" if known else _escaped(node.label, before)
            case Picture():
                return self._image(node.media, node.alt or node.said)
            case Formula():
                return f'<span class="formula">{_escaped(node.text, ">")}</span>'
            case Break():
                return "<br />" if self._on_one_line else _BREAK

    def _emphasis(self, mark: str, element: str, children: tuple[Inline, ...], before: str) -> str:
        lead, core, trail = _without_marks(children)
        starts = not before or before.isspace()
        if starts and lead and not lead[0].isspace():  # where a word begins, it may begin with a mark
            lead, core = "", (Text(lead), *core)
        lead = _escaped(lead, before)
        outer, self._emphasised = self._emphasised, True
        inside = self.inlines(core, "*")
        self._emphasised = outer
        if inside:
            holds = (starts or _is_word(inside[0])) and _is_word(inside[-1])
            plainly = holds and not outer and (lead or before)[-1:] != "*"
            inside = f"{mark}{inside}{mark}" if plainly else _element(element, inside)
        return lead + inside + _escaped(trail, "*" if inside else lead[-1:] or before)

    def _link(self, node: Link, before: str) -> str:
        target = None if node.target.startswith("#") or self._linked else web_address(node.target)
        if target is None:
            return self.inlines(node.children, before)
        if plain(node.children) == target and all(isinstance(child, Text) for child in node.children):
            return f"<{target}>"
        self._linked = True
        inside = self.inlines(node.children, "[")
        self._linked = False
        return f"[{inside}]({target if not set('()') & set(target) else f'<{target}>'})"

    def _code(self, text: str, before: str) -> str:
        text = printable(_BLANK.sub(" ", text))
        if not text.strip() or before == "`" or (self._on_one_line and "|" in text):
            return _element("code", _escaped(text, ">"))
        fence = _fence(text, 1)
        pad = " " if "`" in (text[0], text[-1]) else ""
        return f"{fence}{pad}{text}{pad}{fence}"

    def _image(self, media: str | None, alt: str) -> str:
        picture = self.pictures.get(media) if media is not None else None
        said = _escaped(" ".join(alt.split()), "")
        return f"![{said}][{picture.name}]" if picture else f"![{said}]()"


# --- Characters -------------------------------------------------------------------------------------------------


def _escaped(text: str, before: str) -> str:
    """Text without meaning to Markdown.  before: the character it comes behind."""
    if not text:
        return ""
    drawn = _SPECIAL.sub(lambda found: "\\" + found[0], printable(_BLANK.sub(" ", text)))
    return "\\" + drawn if before == "]" and drawn[0] in "(:" else drawn


def _safe_lines(text: str) -> str:
    """A paragraph, no line of which begins anything else; a break at its end would be a backslash."""
    text = _OUTER_BREAKS.sub("", text).rstrip()
    return "\n".join(_safe_start(line.lstrip(" ")) for line in text.split("\n"))


def _safe_start(line: str) -> str:
    if _STARTS.match(line):
        return "\\" + line
    return _NUMBER.sub(r"\1\\", line, count=1) if _NUMBER.match(line) else line


def _comment(bullet: str) -> str:
    return f"<!-- {bullet} -->" if bullet else "<!-- -->"


def _element(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>" if inside else ""


def _is_word(char: str) -> bool:
    """Whether a mark of emphasis beside it can open and close: neither white space nor punctuation (CommonMark 2.1)."""
    return unicodedata.category(char)[0] in "LNM"


def _without_marks(children: tuple[Inline, ...]) -> tuple[str, tuple[Inline, ...], str]:
    """What is emphasised without the marks and spaces at its two ends, and these."""
    core, lead, trail = list(children), "", ""
    if core and isinstance(first := core[0], Text):
        at = next((at for at, char in enumerate(first.text) if _is_word(char)), len(first.text))
        lead, core[0] = first.text[:at], Text(first.text[at:])
    if core and isinstance(last := core[-1], Text):
        size = len(last.text)
        end = next((size - at for at, char in enumerate(reversed(last.text)) if _is_word(char)), 0)
        trail, core[-1] = last.text[end:], Text(last.text[:end])
    return lead, tuple(core), trail


def _fence(text: str, least: int) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * (longest + 1 if longest >= least else least)


def _indented(text: str, first: str, rest: str) -> str:
    """Lines behind a mark; an empty line stays empty but for a quote's mark."""
    lines = text.split("\n")
    marks = (rest if at else first for at in range(len(lines)))
    return "\n".join(mark + line if line else mark.rstrip(" ") for mark, line in zip(marks, lines, strict=True))


def _counted(marks: list[str]) -> bool:
    """Whether Markdown counts these marks as they are: 1. or 1), one by one."""
    found = re.fullmatch(r"(0|[1-9][0-9]{0,7})[.)]", marks[0]) if marks else None
    return found is not None and marks == [f"{at}{marks[0][-1]}" for at, _ in enumerate(marks, int(found[1]))]


def _is_simple(table: Table) -> bool:
    """Whether pipes can draw a table: whole rows, cells of one paragraph."""
    cells = [cell for row in table.rows for cell in row.cells]
    return (
        bool(cells)
        and len({len(row.cells) for row in table.rows}) == 1
        and all(cell.rowspan <= 1 and cell.colspan <= 1 for cell in cells)
        and all(not cell.children or _is_line(cell.children) for cell in cells)
    )


def _is_line(blocks: tuple[Block, ...]) -> bool:
    return len(blocks) == 1 and isinstance(blocks[0], Paragraph)


def _note_ids(notes: tuple[Note, ...]) -> dict[str, str]:
    """A name in Markdown for each note: its mark, as an address says it, and a number where two have the same."""
    ids: dict[str, str] = {}
    seen: dict[str, int] = {}  # names of upper and lower case are one to some readers
    for note in notes:
        name = "".join(char if _is_word(char) else quote(char, safe="*.-") for char in printable(note.label)) or "%20"
        count = seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        ids[note.id] = name if count == 1 else f"{name}+{count}"
    return ids
