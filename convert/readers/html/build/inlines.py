"""The runs of a leaf -> the inlines of the model: links made absolute, formats nested, notes referred to.

Only http, https and mailto addresses survive; a link to anything else is its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from urllib.parse import quote, urljoin, urlsplit

from ....model import Break, Code, Emphasis, Inline, Link, NoteRef, Ruby, Span, Text
from ..sight.dom import HtmlElement
from ..sight.runs import BREAK, EmphasisKind, RunFormat, TextRun

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


class InlineMaker:
    """Makes inlines.  note: the note an `<a>` refers to, as (id), None where it is an ordinary link."""

    def __init__(self, base: str, language: str, note: Callable[[HtmlElement], str | None]) -> None:
        self.base = base
        self.language = _primary(language)
        self.note = note

    def make(self, runs: Sequence[TextRun]) -> tuple[Inline, ...]:
        """The inlines of some runs of text."""
        if len(runs) == 1 and runs[0].text and is_plain(runs[0].format) and not runs[0].gloss:
            return (Text(runs[0].text),)
        out: list[Inline] = []
        for link, group in groupby(runs, key=lambda run: run.format.link if run.format is not BREAK else None):
            members = list(group)
            if link is None:
                out.extend(self._spans(members))
            elif (note := self.note(link)) is not None:
                out.append(NoteRef(note, "".join(run.text for run in members)))
            elif (target := absolute(self.base, link.get("href"))) is not None:
                out.append(Link(target, self._spans(members)))
            else:
                out.extend(self._spans(members))
        return _joined(out)

    def _spans(self, runs: list[TextRun]) -> tuple[Inline, ...]:
        out: list[Inline] = []
        for language, group in groupby(runs, key=lambda run: "" if run.format is BREAK else run.format.language):
            members = tuple(group)
            inner = _emphases(members, 0)
            foreign = _LANGUAGE.fullmatch(language) and _primary(language) != self.language
            out.extend((Span(language, inner),) if foreign else inner)
        return tuple(out)


def _primary(language: str) -> str:
    return language.split("-")[0].lower()


def _emphases(runs: tuple[TextRun, ...], depth: int) -> tuple[Inline, ...]:
    """Nested emphases: neighbours that share the kind at this depth stand in one."""

    def kind(run: TextRun) -> EmphasisKind | None:
        return run.format.kinds[depth] if len(run.format.kinds) > depth else None

    out: list[Inline] = []
    for shared, group in groupby(runs, key=kind):
        members = tuple(group)
        if shared is not None:
            out.append(Emphasis(_emphases(members, depth + 1), shared))
        else:
            out.extend(map(_leaf, members))
    return tuple(out)


def _leaf(run: TextRun) -> Inline:
    if run.format is BREAK:
        return Break()
    if run.gloss:
        return Ruby(run.text, run.gloss)
    return Code(run.text) if run.format.code else Text(run.text)


def _joined(inlines: list[Inline]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for node in inlines:
        if isinstance(node, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + node.text)
        else:
            out.append(node)
    return tuple(out)


def is_plain(form: RunFormat) -> bool:
    """Nothing but text."""
    return form.link is None and not form.kinds and not form.language and not form.code
