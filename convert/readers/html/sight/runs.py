"""A stretch of text in one format, and how the stretches of a block become leaves.

A leaf is what one visible line (or one picture) of the page is made of.  White space is collapsed as CSS does it;
no-break and ideographic spaces at a line's ends, which such pages indent with, are the leaf's `lead` and `trail`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from .dom import SPACES, HtmlElement

EmphasisKind = Literal["strong", "emphasis", "dots", "underline", "strike", "sup", "sub"]


class RunFormat(msgspec.Struct, frozen=True, gc=False):
    """How a stretch of text is set.  link: the `<a>` it stands in; language: a `lang` that is not the page's."""

    link: HtmlElement | None = None
    language: str = ""
    kinds: tuple[EmphasisKind, ...] = ()
    code: bool = False


class TextRun(msgspec.Struct, frozen=True, gc=False):
    """A stretch of one format.  gloss: what stands over it as ruby.  object: the picture or formula in the line that
    the text stands for, if any; of a picture it may be empty.  A line break is the text `\\n`."""

    text: str
    format: RunFormat
    gloss: str = ""
    object: HtmlElement | None = None


class Leaf(msgspec.Struct, eq=False, gc=False):
    """One visible line, or several that the page broke by hand, or a picture.

    node: the block it stands in.  hidden: why it is not seen.  linked: characters that are links.
    """

    kind: Literal["text", "image", "pre", "rule"]
    node: HtmlElement
    hidden: str | None
    text: str = ""
    runs: tuple[TextRun, ...] = ()
    lead: str = ""
    trail: str = ""
    linked: int = 0
    image: HtmlElement | None = None
    control: bool = False
    index: int = 0


PLAIN = RunFormat()
BREAK = RunFormat(language="\n")  # told apart from a text that is a line end of the source

EDGES = SPACES + "\u00a0\u3000\u200b\ufeff\u2002\u2003"
"""White space that is layout where it stands at a line's ends, with the invisible characters met there."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_RUN = re.compile(r"[ \t\n\r\f]+")


def single(text: str, form: RunFormat, block: HtmlElement, gloss: str = "") -> Leaf:
    """The leaf of a line of one run, as most are; one without text where there is nothing but white space."""
    whole = collapsed(text.strip(SPACES))
    bare = whole.strip(EDGES)
    leaf = Leaf("text", block, block.hidden, bare, (TextRun(bare, form, gloss),))
    if len(bare) < len(whole):
        start = len(whole) - len(whole.lstrip(EDGES))
        leaf.lead, leaf.trail = whole[:start], whole[start + len(bare) :]
    if form.link is not None:
        leaf.linked = len(bare)
    return leaf


def made_of(runs: list[TextRun], block: HtmlElement) -> list[Leaf]:
    """The leaves that the text of a block makes, with none of white space alone at its end."""
    while runs and runs[-1].format is not BREAK and runs[-1].object is None and not runs[-1].text.strip(SPACES):
        runs.pop()  # white space between an element and the end of its line
    if not runs:
        return []
    if len(runs) == 1 and (run := runs[0]).format is not BREAK and run.object is None:
        return [single(run.text, run.format, block, run.gloss)]
    return [_text_leaf(group, block) for group in _paragraphs(_lines(runs), block)]


class _RunLine(NamedTuple):
    """A line's text and runs with white space collapsed, cut at `<br>`; a blank one has no text."""

    text: str
    runs: tuple[TextRun, ...]
    lead: str
    trail: str

    @property
    def indented(self) -> bool:
        """Indented as paragraphs are: by an ideographic space or two no-break ones."""
        return sum(2 if char == "\u3000" else 1 for char in self.lead if char in "\u3000\u00a0\u2002\u2003") >= 2


def _line(runs: list[TextRun]) -> _RunLine:
    whole = "".join([run.text for run in runs])
    bare = whole.strip(EDGES)
    if len(bare) == len(whole):
        return _RunLine(whole, tuple(runs), "", "")
    start = len(whole) - len(whole.lstrip(EDGES)) if bare else len(whole)
    return _RunLine(bare, cut_runs(runs, start, start + len(bare)), whole[:start], whole[start + len(bare) :])


def collapsed(text: str) -> str:
    """White space in a text as one space each."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        return _RUN.sub(" ", text)
    return text


def cut_runs(runs: Sequence[TextRun], start: int, end: int) -> tuple[TextRun, ...]:
    """The runs between two offsets of their joined text."""
    out: list[TextRun] = []
    at = 0
    for run in runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        at += len(run.text)
        if run.object is not None and text == run.text and start <= at <= end:
            out.append(run)
        elif text:
            out.append(TextRun(text, run.format, run.gloss))
    return tuple(out)


def trim(leaf: Leaf, start: int, end: int) -> None:
    """Makes what stands before and after two offsets of a leaf's text its lead and its trail."""
    leaf.runs = cut_runs(leaf.runs, start, end)
    leaf.lead, leaf.trail = leaf.lead + leaf.text[:start], leaf.text[end:] + leaf.trail
    leaf.text = leaf.text[start:end]
    leaf.linked = sum(len(run.text) for run in leaf.runs if run.format.link is not None)


def _lines(runs: list[TextRun]) -> list[_RunLine]:
    lines: list[_RunLine] = []
    current: list[TextRun] = []
    space = True  # white space at a line's start disappears
    for run in runs:
        if run.format is BREAK:
            lines.append(_line(_without_last_space(current)))
            current, space = [], True
            continue
        if run.object is not None:
            current.append(run)
            space = space and not run.text
            continue
        text = collapsed(run.text.lstrip(SPACES) if space else run.text)
        if text:
            space = text[-1] == " "
            _add(current, text, run)
    lines.append(_line(_without_last_space(current)))
    return lines


def _add(runs: list[TextRun], text: str, run: TextRun) -> None:
    """Adds a text with the format of its run; to the run before it, where that has the same format."""
    last, form = runs[-1] if runs else None, run.format
    plain = last is not None and not last.gloss and last.object is None
    if last is not None and plain and (last.format is form or last.format == form) and not run.gloss:
        runs[-1] = TextRun(last.text + text, form)
    else:
        runs.append(run if text is run.text else TextRun(text, form, run.gloss))


def _without_last_space(runs: list[TextRun]) -> list[TextRun]:
    if runs and runs[-1].text.endswith(" "):
        last = runs[-1]
        if last.object is not None:
            return runs
        return [*runs[:-1], TextRun(last.text[:-1], last.format, last.gloss)] if len(last.text) > 1 else runs[:-1]
    return runs


def _paragraphs(lines: list[_RunLine], block: HtmlElement) -> list[list[_RunLine]]:
    """Lines grouped into paragraphs.

    On Chinese pages `<br>` ends a paragraph more often than a line.  It is a line break within one only in a heading,
    in a table cell, and in verse: unindented lines of one length, all short.
    """
    groups: list[list[_RunLine]] = [[]]
    together = block.tag in HEADINGS or block.tag in ("td", "th", "caption", "figcaption") or _verse(lines)
    for line in lines:
        if not line.text:
            groups.append([])
        elif groups[-1] and (not together or line.indented):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def _verse(lines: list[_RunLine]) -> bool:
    lengths = [len(line.text) for line in lines if line.text]
    return len(lengths) > 1 and max(lengths) <= 16 and max(lengths) - min(lengths) <= 2 and min(lengths) >= 4


def _text_leaf(lines: list[_RunLine], block: HtmlElement) -> Leaf:
    first = lines[0]
    text, runs = first.text, first.runs
    if len(lines) > 1:
        text = "\n".join([line.text for line in lines])
        parts = list(runs)
        for line in lines[1:]:
            parts.append(TextRun("\n", BREAK))
            parts.extend(line.runs)
        runs = tuple(parts)
    linked = 0
    for run in runs:
        if run.format.link is not None:
            linked += len(run.text)
    return Leaf("text", block, block.hidden, text, runs, first.lead, lines[-1].trail, linked)
