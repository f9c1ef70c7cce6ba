"""Markdown -> a raw document: its headings, lists, quotes, tables, notes, pictures and code as their marks say.

CommonMark with pipe tables, footnotes and struck text, and with HTML as it stands.  Two things are read as Chinese
writers mean them: emphasis beside Chinese marks, which CommonMark takes for asterisks, and a line that ends between
two Chinese characters, where no space stands.  The only heading of level 1 is the title where it stands first.  Front
matter is kept as it stands, for `clean` to read.  Lines are counted over the text as a reader sees it, one for each
block, as of web pages.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from ..model import Document

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

    from ..source import Source

_FRONT = re.compile(r"(?:(---)[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)|(\+\+\+)[ \t]*\n(?:.*\n)*?\+\+\+)[ \t]*(?:\n|\Z)")
_TITLED = re.compile(r"""^title["']?\s*[:=]\s*["']?(.*?)["']?\s*$""", re.M | re.I)


def read(source: Source) -> Document:
    """The raw document of Markdown.  Raises SourceError where the bytes are no text, NoContentError: there is none."""
    from ..source import decode
    from .html.whole import read_whole

    decoded = decode(source)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    found = _FRONT.match(text)
    front = found[0] if found is not None and re.search(r"^\S[^:=\n]*[:=]", found[0], re.M) else ""
    body = _in_html(text[len(front) :], front)
    head = f"<pre>{html.escape(front.rstrip())}</pre>\n" if front else ""
    document = read_whole(source, f"<!DOCTYPE html><body>{head}{body}", decoded.charset)
    return msgspec.structs.replace(document, notices=(*decoded.notices, *document.notices))


def _in_html(text: str, front: str) -> str:
    """The text as HTML, with its title marked."""
    from .html.build.lists import COUNTED

    parser = _parser()
    env: dict[str, Any] = {}
    tokens = parser.parse(text, env)
    for token in tokens:
        if token.type == "ordered_list_open":
            token.attrSet(COUNTED, "")
    heads = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"]
    said = _TITLED.search(front)
    if heads and (len(heads) == 1 or said):
        content = tokens[heads[0] + 1].content
        first = not any(token.type == "inline" and token.content for token in tokens[: heads[0]])
        if first and (said is None or "".join(said[1].split()) == "".join(content.split())):
            tokens[heads[0]].attrSet("class", "title")
    made: str = parser.renderer.render(tokens, parser.options, env)
    return made


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.add_render_rule("softbreak", _soft_break)
    parser.add_render_rule("footnote_caption", _note_mark)
    return parser


def _note_mark(
    _: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, ___: MutableMapping[str, Any]
) -> str:
    return str(tokens[at].meta["id"] + 1)


# --- As Chinese writers mean it ---------------------------------------------------------------------------------------


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Delimiters of emphasis (CommonMark 0.31, 6.2); asterisks also where a Chinese character or mark is on the other
    side, which has no spaces around words."""
    from markdown_it.rules_inline.state_inline import Delimiter

    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    opens, closes = scanned.can_open, scanned.can_close
    if marker == "*":
        end = state.pos + scanned.length
        before = state.src[state.pos - 1] if state.pos else " "
        after = state.src[end] if end < state.posMax else " "
        opens = opens or (not after.isspace() and _is_wide(before))
        closes = closes or (not before.isspace() and _is_wide(after))
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker), length=scanned.length, token=len(state.tokens) - 1, end=-1, open=opens, close=closes
            )
        )
    state.pos += scanned.length
    return True


def _soft_break(
    _: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, ___: MutableMapping[str, Any]
) -> str:
    """Where a line of the source ends inside a paragraph: a space, but none between Chinese characters."""
    before = next((token.content for token in reversed(tokens[:at]) if token.content), " ")
    after = next((token.content for token in tokens[at + 1 :] if token.content), " ")
    return "" if _is_wide(before[-1]) and _is_wide(after[0]) else "\n"


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
