"""Where a text ends: below it furniture begins, notes, or a glossary."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence, Set

from ...zh.credits import names_data
from ...zh.patterns import pattern
from .. import limits
from .body import ENDING
from .evidence import SeenLine
from .series import Series


def tail_of(
    lines: Sequence[SeenLine], begin: int, reads: Sequence[bool], again: Set[int], code: Set[int] = frozenset()
) -> int:
    """Where furniture begins that hardly any text follows; or the page before and the page after, in two lines,
    which more text stands above than below, and there no two paragraphs together; or a bar of controls above a quarter
    of the text at most.  What ends each entry of a list ends the text below the last only.  begin: the text's first
    line; reads: which lines read like text; again: those that say again what stands above, or are about other texts;
    code: lines of programs."""
    read = [
        line.size if text and line.at not in again and not is_headline(line) else 0
        for line, text in zip(lines, reads, strict=True)
    ]
    whole = [size if size >= limits.LONG_SENTENCE else 0 for size in read]
    if not any(whole):
        whole = read  # a text of short sentences
    rest = sum(whole)
    few, some, half = rest // 10, rest // 4, rest // 2
    told = [size > 0 and not is_cut(line) for line, size in zip(lines, read, strict=True)]
    last = max((at for at, size in enumerate(read) if size), default=-1)
    together = max((at for at in range(1, len(lines)) if told[at - 1] and told[at]), default=-1)
    ended: dict[str, list[int]] = defaultdict(list)  # what an ending line says -> the text left at each
    for line, below in itertools.zip_longest(lines, lines[1:]):
        ends = not line.forms.isdisjoint(ENDING) and not names_data(line.text) and line.at not in code
        ends = ends and not _goes_on(lines, line)
        turns = line.at > together and rest <= half and below is not None and _turn(line, below)
        if ends and line.at > begin:
            before = ended[line.key]
            most = some if not before and _is_bar(lines, line) else few
            if line.at > last if len(before) > 1 else rest <= most or turns:
                return line.at
            if not before or before[-1] != rest:
                before.append(rest)
        rest -= whole[line.at]
    return len(lines)


def _is_bar(lines: Sequence[SeenLine], line: SeenLine) -> bool:
    """The line begins a bar of controls, of which there are several together."""
    bar = lines[line.at : line.at + limits.BAR]
    return sum(not one.forms.isdisjoint(ENDING) and not one.sentence for one in bar) * 2 > limits.BAR


def _goes_on(lines: Sequence[SeenLine], line: SeenLine) -> bool:
    """What is named like furniture is the text's own: room for an account below room for a name, as contracts end; one
    of several things that are said of a book; a step of several; a name like a control's that no other stands by."""
    if "label-only" in line.forms and line.at and lines[line.at - 1].end == "colon":
        return True
    if _counts_on(lines, line):
        return True
    if "f:credit" in line.forms:
        said = lines[line.at : line.at + limits.HEADS + 1]
        return len(said) > limits.HEADS and all("speaker" in one.forms and not one.sentence for one in said)
    if line.has("f:anywhere", "f:notice", "f:script", "f:control"):
        return False
    below = lines[line.at + 1 : line.at + 1 + 2 * limits.MENU]
    leads = any(one.end == "colon" and one.size > limits.SENTENCE for one in below)
    return leads and all(one.forms.isdisjoint(ENDING) for one in below)


def _counts_on(lines: Sequence[SeenLine], line: SeenLine) -> bool:
    """`Step2` behind `Step1`, or before `Step3`, as steps are labelled."""
    own = _NUMBERED.match(line.text)
    near = [lines[at] for at in (line.at - 1, line.at + 1) if own is not None and 0 <= at < len(lines)]
    others = [found for one in near if (found := _NUMBERED.match(one.text))]
    return any(own is not None and own[1] == other[1] and own[2] != other[2] for other in others)


def copy_of(lines: Sequence[SeenLine]) -> set[int]:
    """Lines of a second copy of the text, as pages have one to be printed: several paragraphs in a row that stand in
    the same order above, with the lines around them that do so too.  They are the text's first, which stands twice, and
    most of it: duties that several posts share are no copy."""
    told = [line.at for line in lines if line.sentence and line.size >= limits.LONG_SENTENCE]
    if len(told) < 2 * limits.COPY or [lines[at].text for at in told].count(lines[told[0]].text) != 2:
        return set()
    out = _copied(lines)
    copied = sum(at in out for at in told)
    return out if copied * 3 > len(told) and any(lines[at].text == lines[told[0]].text for at in out) else set()


def _copied(lines: Sequence[SeenLine]) -> set[int]:
    """Lines in a row that stand in the same order above, among them several paragraphs."""
    first: dict[str, int] = {}
    out: set[int] = set()
    at = 0
    while at < len(lines):
        place, count = first.get(lines[at].text, -1), 0
        while place >= 0 and at + count < len(lines) and place + count < at:
            if lines[place + count].text != lines[at + count].text:
                break
            count += 1
        told = sum(line.size >= limits.LONG_SENTENCE and line.sentence for line in lines[at : at + count])
        if told >= limits.COPY or (out and told):  # a line of the copy may be cut otherwise
            out.update(range(at, at + count))
            at += count
            continue
        first.setdefault(lines[at].text, at)
        at += 1
    return out


def notes_of(lines: Sequence[SeenLine], begin: int, series: Sequence[Series]) -> int:
    """The heading of notes or of a glossary, or the first line that begins with a note's mark in brackets."""
    for line in lines[max(1, len(lines) // 4) :]:
        marked = line.text[0] in "[\uff3b\u3010\u3014" and "note-mark" in line.forms and line.at > begin
        if marked or ("note-title" in line.forms and _holds_notes(lines, line.at, series)):
            return line.at
    return len(lines)


def _holds_notes(lines: Sequence[SeenLine], at: int, series: Sequence[Series]) -> bool:
    """What stands below a heading of notes is not divided by headings, as a chapter of that name is, and the text
    does not count on in it."""
    if any(one.members[0] < at < one.members[-1] for one in series if one.family != "dash"):
        return False
    below = lines[at + 1 : at + 1 + limits.NOTES_SEEN]
    heads = sum(
        line.mark is not None and line.alone and line.end == "word" and line.size <= limits.NOTE_HEAD
        for line in below
        if "note-mark" not in line.forms
    )
    named = sum(
        one.mark is None and one.end == "word" and one.size <= limits.LIST_HEAD and _tells(next_one)
        for one, next_one in itertools.pairwise(lines[at + 1 :])
    )
    return heads * 4 <= len(below) and named < limits.HEADS


def _tells(line: SeenLine) -> bool:
    return line.sentence or (line.end == "colon" and line.size > limits.SENTENCE)


def glossary_of(lines: Sequence[SeenLine], tail: int) -> int:
    """Where the last lines begin that count `1.` `2.` ... to the end and name a term each."""
    start = tail
    first = 0
    while start > 0 and first != 1:
        mark = lines[start - 1].mark
        if mark is None or mark.family != "arabic" or "mark-label" not in lines[start - 1].forms:
            break
        start -= 1
        first = mark.value
    return start if first == 1 and tail - start >= limits.GLOSSARY else len(lines)


def _turn(line: SeenLine, below: SeenLine) -> bool:
    """The two lines lead to the page before and to the page after."""
    ways = [match and match[0] in "上前" for one in (line, below) if (match := _TURN.search(one.key[:4]))]
    return len(ways) == 2 and ways[0] != ways[1]


_TURN = pattern("[上下前后](?=一[篇条页则张个])")


def is_headline(line: SeenLine) -> bool:
    """The line says more than one thing and does not end, as headlines of other texts do."""
    return line.end in ("word", "close") and line.size <= limits.ONE_LINE


_NUMBERED = pattern("([A-Za-z\u4e00-\u9fff]{1,8}) ?([0-9]{1,2}|[一二三四五六七八九十]{1,2}) ?[:\uff1a]")
"""A label with a number."""


def is_cut(line: SeenLine) -> bool:
    """The name of a text that a page cut short, as in its lists."""
    return line.text[-1] == "\u2026" and line.size <= limits.ONE_LINE and not _SAYS.search(line.text)


_SAYS = pattern("[\uff0c\u3002\uff1b\uff01\uff1f\u201c\u201d]")
