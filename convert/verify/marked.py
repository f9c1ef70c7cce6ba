"""Markdown and plain text editions read back: Markdown by markdown-it-py, plain text by the marks it has no ink for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_HEAD = re.compile(r"---\n.*?\n---\n", re.DOTALL)
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
_DEFINITION = re.compile(r"\[\^[^\]\s]+\]:(?: |$)")
_FENCE = re.compile("(`{3,})[^`]*$")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_PLACES = {"<rt>": "glosses", '<span class="formula">': "formulas"}
_ENDS = frozenset({"</rt>", "</span>"})
_BULLET = "\u2022"
_DEEP = 200
"""Containers inside one another: more than any page has, fewer than Python's stack."""

TextParts = dict[str, list[str]]


def has_head(edition: bytes) -> bool:
    """Whether a Markdown edition begins with a block of metadata that has a title."""
    head = _HEAD.match(edition.decode("utf-8"))
    return head is not None and "\ntitle: " in head[0]


def markdown(edition: bytes) -> TextParts:
    """The parts of a Markdown edition's text: body, notes, glosses, formulas.  Raises ValueError: it is not UTF-8."""
    body, notes = _cut(_HEAD.sub("", edition.decode("utf-8"), count=1))
    parser, environment = _parser(), dict[str, Any]()
    parts: TextParts = {name: [] for name in ("body", "notes", "glosses", "formulas")}
    _MarkdownReading(parts, "body").blocks(parser.parse(body, environment))
    for note in notes:
        _MarkdownReading(parts, "notes").blocks(parser.parse(note, environment))
    return parts


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEP}).enable("table")
    parser.inline.ruler.before("link", "note_ref", _note_ref)
    # As it is written; and pictures are data addresses.
    vars(parser).update(normalizeLinkText=lambda link: link, validateLink=lambda url: True)
    return parser


def _note_ref(state: Any, silent: bool) -> bool:
    """A reference to a note, which CommonMark itself does not have."""
    found = _REFERENCE.match(state.src, state.pos)
    if found is None or state.src[found.end() : found.end() + 1] == "(":  # a link to other readers
        return False
    if not silent:
        state.push("note_ref", "", 0).content = unquote(re.sub(r"\+\d+$", "", found[1]))
    state.pos = found.end()
    return True


def _cut(text: str) -> tuple[str, list[str]]:
    """The text without the definitions of its notes, and these without their marks and indent."""
    body, notes = list[str](), list[list[str]]()
    fence, inside = "", False
    for line in text.split("\n"):
        if inside and (not line or line.startswith("    ")):
            notes[-1].append(line[4:])
        elif not fence and (found := _DEFINITION.match(line)):
            notes.append([line[found.end() :]])
            inside = True
        else:
            inside = False
            body.append(line)
            if fence:
                fence = "" if line == fence else fence
            elif opened := _FENCE.match(line):
                fence = opened[1]
    return "\n".join(body), ["\n".join(note) for note in notes]


class _MarkdownReading:
    """place: the part that text goes to which is no gloss and no formula."""

    def __init__(self, parts: TextParts, place: str) -> None:
        self._parts, self._own, self._place = parts, place, place
        self._bullet = _BULLET
        self._lists: list[str | None] = []

    def blocks(self, tokens: list[Any]) -> None:
        for token in tokens:
            bullet, self._bullet = self._bullet, _BULLET
            match token.type:
                case "inline":
                    self._inline(token.children)
                case "fence" | "code_block":
                    self._say(token.content)
                case "html_block":
                    if comment := _COMMENT.match(token.content):
                        self._bullet = comment[1].strip()
                    else:
                        self._say(_TAG.sub("", token.content))
                case "bullet_list_open":
                    self._lists.append(bullet)
                case "ordered_list_open":
                    self._lists.append(None)
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    mark = self._lists[-1]
                    self._say(token.info + token.markup if mark is None else mark)
            if token.type.endswith("_close"):
                self._say("\n")

    def _inline(self, tokens: list[Any]) -> None:
        for token in tokens:
            match token.type:
                case "text" | "code_inline" | "note_ref":
                    self._say(token.content)
                case "softbreak" | "hardbreak":
                    self._say("\n")
                case "html_inline":
                    self._place = _PLACES.get(token.content, self._own if token.content in _ENDS else self._place)

    def _say(self, text: str) -> None:
        self._parts[self._place].append(text)


# --- Plain text --------------------------------------------------------------------------------------------------

_INSERTED = re.compile("([\u2060\u2063])(.*?)\\1", re.DOTALL)
_BRACKETS = re.compile("\\[(.*)\\]|\uff08(.*)\uff09", re.DOTALL)


def plain_text(edition: bytes) -> TextParts:
    """The parts of a plain text edition.  Raises ValueError: it is not UTF-8."""
    body, _, foot = edition.decode("utf-8").partition("\f")
    parts: TextParts = {name: [] for name in ("body", "notes", "glosses", "formulas")}
    notes = "\n".join(line.partition("\t")[2] for line in foot.split("\n"))
    for place, text in (("body", body), ("notes", notes)):
        at = 0
        for found in _INSERTED.finditer(text):
            parts[place].append(text[at : found.start()])
            at = found.end()
            for target, said in _inserted(found[1], found[2]):
                parts[target or place].append(said)
        parts[place].append(text[at:])
    return parts


def _inserted(mark: str, text: str) -> Iterator[tuple[str, str]]:
    """What stands between two marks without ink: the part it belongs to (empty: where it stands) and its text."""
    if mark == "\u2063":
        yield "formulas", text
    elif found := _BRACKETS.fullmatch(text):
        yield ("", found[1]) if found[1] is not None else ("glosses", found[2])
