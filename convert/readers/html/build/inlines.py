"""The runs of a leaf -> the inlines of the model: links made absolute, formats nested, notes referred to.

Only http, https and mailto addresses survive; a link to anything else is its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from urllib.parse import quote, urljoin, urlsplit

from ....model import Break, Code, Emphasis, Formula, Inline, Link, NoteRef, Picture, Ruby, Span, Text
from ..sight.dom import HtmlElement
from ..sight.formulas import presentation
from ..sight.pictures import size_of
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
    """Makes inlines.  note: the note an `<a>` refers to, as (id), None where it is an ordinary link.  picture: the key
    of an `<img>` in a line, None where its picture could not be had."""

    def __init__(
        self,
        base: str,
        language: str,
        note: Callable[[HtmlElement], str | None],
        picture: Callable[[HtmlElement], str | None] = lambda _: None,
    ) -> None:
        self.base = base
        self.language = _primary(language)
        self.note = note
        self.picture = picture

    def make(self, runs: Sequence[TextRun]) -> tuple[Inline, ...]:
        """The inlines of some runs of text."""
        first = runs[0] if len(runs) == 1 else None
        if first is not None and first.text and is_plain(first.format) and not first.gloss and first.object is None:
            return (Text(first.text),)
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
            inner = self._emphases(members, 0)
            foreign = _LANGUAGE.fullmatch(language) and _primary(language) != self.language
            out.extend((Span(language, inner),) if foreign else inner)
        return tuple(out)

    def _emphases(self, runs: tuple[TextRun, ...], depth: int) -> tuple[Inline, ...]:
        """Nested emphases: neighbours that share the kind at this depth stand in one."""

        def kind(run: TextRun) -> EmphasisKind | None:
            return run.format.kinds[depth] if len(run.format.kinds) > depth else None

        out: list[Inline] = []
        for shared, group in groupby(runs, key=kind):
            members = tuple(group)
            if shared is not None:
                out.append(Emphasis(self._emphases(members, depth + 1), shared))
            else:
                out.extend(node for run in members if (node := self._leaf(run)) is not None)
        return tuple(out)

    def _leaf(self, run: TextRun) -> Inline | None:
        if run.object is not None:
            return self._object(run.object, run.text)
        if run.format is BREAK:
            return Break()
        if run.gloss:
            return Ruby(run.text, run.gloss)
        return Code(run.text) if run.format.code else Text(run.text)

    def _object(self, node: HtmlElement, said: str) -> Inline | None:
        """A picture or a formula in a line; what it says where there is no more of it to be had."""
        if node.tag == "math":
            return Formula(said, presentation(node))
        key = self.picture(node)
        if key is None:
            return Text(said) if said else None
        return Picture(key, " ".join(node.get("alt").split()), said, *size_of(node))


def _primary(language: str) -> str:
    return language.split("-")[0].lower()


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
