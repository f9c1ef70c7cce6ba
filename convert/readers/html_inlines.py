"""The pieces of a leaf -> the inlines of the model: links made absolute, formats nested, notes referred to.

Only http, https and mailto addresses survive; a link to anything else is its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from urllib.parse import quote, urljoin, urlsplit

from ..model import Break, Code, Emphasis, Inline, Link, NoteRef, Ruby, Span, Text
from .html_node import Node
from .html_pieces import BREAK, Format, Kind, Piece

_CONTROLS = re.compile(r"[\x00-\x20\x7f]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def absolute(base: str, reference: str) -> str | None:
    """The http, https or mailto address a reference means, None for any other.  base: the page's address, or empty."""
    reference = _CONTROLS.sub("", reference) if reference.strip().lower().startswith("mailto:") else reference.strip()
    try:
        whole = urljoin(base, reference) if base else reference
        if whole.startswith("//"):
            whole = "https:" + whole
        parts = urlsplit(whole)
        if parts.scheme in ("http", "https") and parts.hostname:
            return quote(_CONTROLS.sub("%20", whole), safe="%/:?#[]@!$&'()*+,;=~-._|")
        if parts.scheme == "mailto" and "@" in parts.path:
            return quote(whole, safe="%/:?#@!$&'()*+,;=~-._")
    except ValueError:
        pass
    return None


class Inlines:
    """Makes inlines.  note: the note an `<a>` refers to, as (id), None where it is an ordinary link."""

    def __init__(self, base: str, language: str, note: Callable[[Node], str | None]) -> None:
        self.base = base
        self.language = _primary(language)
        self.note = note

    def make(self, pieces: Sequence[Piece]) -> tuple[Inline, ...]:
        if len(pieces) == 1 and pieces[0].text and plain_format(pieces[0].format) and not pieces[0].gloss:
            return (Text(pieces[0].text),)
        out: list[Inline] = []
        for link, group in groupby(pieces, key=lambda piece: piece.format.link if piece.format is not BREAK else None):
            members = list(group)
            if link is None:
                out.extend(self._spans(members))
            elif (note := self.note(link)) is not None:
                out.append(NoteRef(note, "".join(piece.text for piece in members)))
            elif (target := absolute(self.base, link.get("href"))) is not None:
                out.append(Link(target, self._spans(members)))
            else:
                out.extend(self._spans(members))
        return _joined(out)

    def _spans(self, pieces: list[Piece]) -> tuple[Inline, ...]:
        out: list[Inline] = []
        for language, group in groupby(
            pieces, key=lambda piece: "" if piece.format is BREAK else piece.format.language
        ):
            members = tuple(group)
            inner = _emphases(members, 0)
            foreign = _LANGUAGE.fullmatch(language) and _primary(language) != self.language
            out.extend((Span(language, inner),) if foreign else inner)
        return tuple(out)


def _primary(language: str) -> str:
    return language.split("-")[0].lower()


def _emphases(pieces: tuple[Piece, ...], depth: int) -> tuple[Inline, ...]:
    """Nested emphases: neighbours that share the kind at this depth stand in one."""

    def kind(piece: Piece) -> Kind | None:
        return piece.format.kinds[depth] if len(piece.format.kinds) > depth else None

    out: list[Inline] = []
    for shared, group in groupby(pieces, key=kind):
        members = tuple(group)
        if shared is not None:
            out.append(Emphasis(_emphases(members, depth + 1), shared))
        else:
            out.extend(map(_leaf, members))
    return tuple(out)


def _leaf(piece: Piece) -> Inline:
    if piece.format is BREAK:
        return Break()
    if piece.gloss:
        return Ruby(piece.text, piece.gloss)
    return Code(piece.text) if piece.format.code else Text(piece.text)


def _joined(inlines: list[Inline]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for node in inlines:
        if isinstance(node, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + node.text)
        else:
            out.append(node)
    return tuple(out)


def plain_format(form: Format) -> bool:
    """Nothing but text."""
    return form.link is None and not form.kinds and not form.language and not form.code
