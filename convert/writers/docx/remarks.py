"""Repairs shown in the DOCX: each change to the source text is a comment where it was made (ISO/IEC 29500-1, 17.13.4).

In: the repairs of a document, and paragraphs as they are written.  Out: the same paragraphs with the ranges of their
comments, and comments.xml.  A comment changes no text, and Word, WPS and LibreOffice show it beside the line; a tracked
change would put back what the page had as soon as a clerk rejects it.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from ...model import Document, Origin, Repair
from .xml import blob, name, root, sub, text_into

AUTHOR = "wenban"
REFERENCE = "CommentReference"
TEXT = "CommentText"


class Remarks:
    """The comments of one document.  shown: whether there are any."""

    def __init__(self, document: Document, shown: bool) -> None:
        self._waiting: dict[int, list[Repair]] = {}
        self._when = document.metadata.modified
        self._places: list[tuple[int, Any]] = []  # the first line of each block, and its paragraph
        self.made: list[Repair] = []
        for repair in document.repairs if shown else ():
            self._waiting.setdefault(repair.line, []).append(repair)

    def mark(self, written: Iterable[Any], origin: Origin | None, text: str | None = None) -> None:
        """Puts the comments of a block into the first paragraph written for it.  text: all of the block, where the
        paragraph holds nothing else: then each stands at its own place."""
        if not self._waiting or origin is None:
            return
        paragraphs = (node for top in written for node in top.iter(name("w:p")))
        if (paragraph := next(paragraphs, None)) is None:
            return
        self._places.append((origin.first, paragraph))
        exact = text is not None and "".join(paragraph.itertext(name("w:t"))) == text
        for line in range(origin.first, origin.last + 1):
            moved = -len(origin.lead)
            for repair in sorted(self._waiting.pop(line, ()), key=lambda one: one.column):
                at = repair.column - 1 + moved if exact and line == origin.first else -1
                moved += len(repair.after) - len(repair.before)
                self._comment(paragraph, repair, at, text or "")

    def rest(self, body: Any) -> None:
        """The comments of lines that are in no block of their own, such as a note's, whose part can hold none: at the
        block before them."""
        places = sorted(self._places, key=lambda one: one[0]) or [(0, one) for one in body.iter(name("w:p"))][:1]
        for line in sorted(self._waiting) if places else ():
            before = bisect_right(places, line, key=lambda one: one[0])
            for repair in self._waiting[line]:
                self._comment(places[max(before - 1, 0)][1], repair, -1, "")
        self._waiting.clear()

    def _comment(self, paragraph: Any, repair: Repair, at: int, text: str) -> None:
        id = len(self.made)
        self.made.append(repair)
        begin, end = sub(paragraph, "w:commentRangeStart", id=id), sub(paragraph, "w:commentRangeEnd", id=id)
        width = len(repair.after)
        fits = at >= 0 and text[at : at + width] == repair.after
        if not fits or not _around(paragraph, begin, end, at, at + width):
            own = paragraph.find(name("w:pPr"))
            paragraph.insert(0 if own is None else 1, begin)
        run = sub(paragraph, "w:r")
        sub(sub(run, "w:rPr"), "w:rStyle", val=REFERENCE)
        sub(run, "w:commentReference", id=id)
        end.addnext(run)

    def part(self) -> bytes:
        """comments.xml."""
        node = root("w:comments")
        when = {"date": self._when} if self._when else {}
        for id, repair in enumerate(self.made):
            comment = sub(node, "w:comment", id=id, author=AUTHOR, **when, initials=AUTHOR[:2])
            line = sub(comment, "w:p")
            sub(sub(line, "w:pPr"), "w:pStyle", val=TEXT)
            mark = sub(line, "w:r")
            sub(sub(mark, "w:rPr"), "w:rStyle", val=REFERENCE)
            sub(mark, "w:annotationRef")
            text_into(sub(line, "w:r"), said(repair))
        return blob(node)


def said(repair: Repair) -> str:
    """A repair as `wenban inspect --repairs` prints it: what became what, its rule and its place in the source."""
    before, after = (json.dumps(one, ensure_ascii=False) for one in (repair.before, repair.after))
    return f"{before} \u2192 {after} ({repair.rule}, {repair.line}:{repair.column})"


def _around(paragraph: Any, begin: Any, end: Any, first: int, last: int) -> bool:
    """Puts the range around characters `first` to `last` of a paragraph; what was deleted has a range without width.
    False, and nothing is moved, where they stand in no plain run."""
    left = _boundary(paragraph, first)
    if left is None:
        return False
    left.addprevious(begin)
    if last == first:
        begin.addnext(end)
    elif (right := _boundary(paragraph, last)) is not None:  # else it ends with the paragraph
        right.addprevious(end)
    return True


def _boundary(paragraph: Any, at: int) -> Any | None:
    """The run of a paragraph that begins with character `at`, cut off from the one before where it has to be; None
    where there is no plain run to cut."""
    for run in paragraph.findall(name("w:r")):
        words = run.findall(name("w:t"))
        length = sum(len(word.text or "") for word in words)
        if at == 0 and length:
            return run
        if at < length:
            if len(words) != 1 or len(run) > 1 + (run.find(name("w:rPr")) is not None):
                return None
            text = words[0].text
            behind = deepcopy(run)
            run.addnext(behind)
            for node, part in ((run, text[:at]), (behind, text[at:])):
                node.remove(node.find(name("w:t")))
                text_into(node, part)
            return behind
        at -= length
    return None
