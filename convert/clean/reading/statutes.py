"""Statutes of Taiwan, Japan and Korea: what their own form says of each line.

In: the lines of a text and the rows of its country.  Out: the lines that these say, with state and level.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ...cjk.lines import Country, PaperKind
from ...zh.numerals import number
from ...zh.patterns import pattern
from .. import limits
from .country_pages import around
from .evidence import SeenLine
from .forms import FormLine
from .items import Items
from .seen import NUMBER, STOPPED, Seen, groups_of, is_short, seen_by

_TAIL = pattern("[ \t\u3000]*[\uff08(][^\uff08(]*[\uff09)]$")
"""The articles that a line of a table of contents names behind a chapter's name."""
_FRONT: dict[PaperKind, str] = {"history": "D1", "stamp": "D1", "head": "T", "field": "M0"}
"""Lines above a statute's text."""


def statute(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """The lines of a statute by its form; none where its articles do not count on."""
    seen = seen_by(country.statute, lines)
    kinds: list[PaperKind | None] = [one[0].kind if one else None for one in seen]
    if not _counts_on(lines, seen):
        return {}
    contents = _contents(lines, seen)
    begin = _begin(kinds, contents)
    annexed = next((at for at, one in enumerate(seen) if one is not None and one[0].kind == "annex"), len(lines))
    end = _end(lines, kinds) if annexed == len(lines) else len(lines)
    end = min(end, _listed(kinds, begin))
    out: dict[int, FormLine] = {at: FormLine("F2" if at > begin else "F1") for at in contents}
    open_ranks: list[int] = []
    items = Items(country)
    names = _names(lines, seen)
    parts = _parts(lines, annexed, country.parts)
    for at in range(len(lines)):
        one = seen[at]
        if at in contents or at >= end:
            continue
        if at < begin:
            continue
        out[at] = _of_statute(one, _captions(kinds, at, lines), open_ranks)
        if one is None:
            out[at] = items.of(lines[at])
        if out[at].item == 0:
            items.open = []
        if at in names or at in parts:
            out[at] = FormLine("H", len(open_ranks) + 1)
    out |= register(lines, seen, begin) | _amended(seen, begin, end)
    return out | _named_above(country, lines, begin, out)


def _named_above(
    country: Country, lines: Sequence[SeenLine], begin: int, known: dict[int, FormLine]
) -> dict[int, FormLine]:
    """The one line above a statute of Taiwan that says nothing else is its name."""
    rest = [at for at in range(begin) if at not in known and at not in around(country, lines[:begin])]
    named = any(one.state == "T" for one in known.values())
    if country.itemized and len(rest) == 1 and not named and lines[rest[0]].size <= limits.HEADING:
        return {} if STOPPED.search(lines[rest[0]].text) else {rest[0]: FormLine("T")}
    return {}


def register(lines: Sequence[SeenLine], seen: Sequence[Seen], begin: int) -> dict[int, FormLine]:
    """Lines above a statute's text that say its name, when it was made and where it belongs, as registers have them.
    Where the name stands again on a line of its own, that is the title."""
    out: dict[int, FormLine] = {}
    for at, one in enumerate(seen[:begin]):
        if one is None or one[0].kind not in _FRONT:
            continue
        out[at] = FormLine(_FRONT[one[0].kind], groups=groups_of(one[1]))
        title = one[1].groupdict().get("titled") or ""
        again = next((on for on in range(at + 1, begin) if title and lines[on].text == title), None)
        if again is not None:
            out[at] = out[at]._replace(state="M0")
            out[again] = FormLine("T")
    return out


def _amended(seen: Sequence[Seen], begin: int, end: int) -> dict[int, FormLine]:
    """The list of a statute's changes above or below its text; the last says when it was made as it is."""
    kinds = [one[0].kind if one is not None else None for one in seen]
    places = [at for at, kind in enumerate(kinds) if kind == "amended" and not begin <= at < end]
    if not places:
        return {at: FormLine("H", 1) for at, kind in enumerate(kinds) if kind == "changes" and at >= end}
    out = {at: FormLine("N") for at in range(places[0], begin if places[0] < begin else len(seen))}
    dated = any(
        one[0].kind in ("history", "stamp", "head") and "date" in one[1].groupdict()
        for at, one in enumerate(seen[: min(begin, places[0])])
        if one is not None
    )
    if not dated and (last := seen[places[-1]]) is not None:
        out[places[-1]] = FormLine("N", groups=groups_of(last[1]))
    if places[0] and kinds[places[0] - 1] == "changes":
        out[places[0] - 1] = FormLine("H", 1)
    return out


def _parts(lines: Sequence[SeenLine], first: int, words: str) -> set[int]:
    """Lines that name the parts of appended tables: they have a mark and those below them have none, as most with one
    do; else they are rows."""
    if not words:
        return set()
    sought = pattern(words)
    marked = [at for at in range(first + 1, len(lines)) if sought.match(lines[at].text)]
    names = {at for at in marked if is_short(lines[at]) and at + 1 < len(lines) and at + 1 not in marked}
    return names if len(names) * 2 >= len(marked) else set()


def _names(lines: Sequence[SeenLine], seen: Sequence[Seen]) -> set[int]:
    """Articles that are a number with a name above the text, where nearly all are: in rules and contracts."""
    articles = [at for at, one in enumerate(seen) if one is not None and one[0].kind == "article"]
    named = {
        at
        for at in articles
        if lines[at].alone
        and lines[at].end in ("word", "close")
        and lines[at].size <= limits.HEADING
        and (one := seen[at]) is not None
        and lines[at].size - one[1].end() >= 2
        and at + 1 < len(lines)
        and at + 1 not in articles
    }
    return named if len(named) > 2 and len(named) * 5 >= len(articles) * 4 else set()


def _of_statute(one: Seen, caption: bool, open_ranks: list[int]) -> FormLine:
    """A line from the first division or article on.  open_ranks: the divisions in force, from the widest."""
    if one is None:
        return FormLine("P")
    row, found = one
    if row.kind in ("division", "supplement", "annex"):
        while open_ranks and (row.kind != "division" or open_ranks[-1] >= row.rank):
            open_ranks.pop()
        open_ranks.append(row.rank)
        return FormLine("H", len(open_ranks))
    if row.kind == "caption" and caption:
        return FormLine("H", len(open_ranks) + 1)
    if row.kind == "article" and found.groupdict().get("run"):
        alone = found.end("run") >= len(found.string)
        return FormLine("H" if alone else "R", len(open_ranks) + 1, 0 if alone else found.end("run"))
    return FormLine("P")


def _counts_on(lines: Sequence[SeenLine], seen: Sequence[Seen]) -> bool:
    """The text has articles that count on: two at least, or one with what follows the articles of a statute."""
    values = []
    for line, one in zip(lines, seen, strict=True):
        if one is not None and one[0].kind == "article" and (found := NUMBER.search(line.text)):
            values.append(number(found[0]))
    if len(values) < 2:
        return bool(values) and any(one is not None and one[0].kind in ("supplement", "annex") for one in seen)
    on = sum(0 <= after - before <= 2 or after == 1 for before, after in itertools.pairwise(values))
    return on * 2 >= len(values) - 1


def _contents(lines: Sequence[SeenLine], seen: Sequence[Seen]) -> set[int]:
    """The table of contents: from its heading to a blank line or to where its first division stands again; smaller
    ones have the same name in several."""
    out: set[int] = set()
    first = next((at for at, one in enumerate(seen) if one is not None and one[0].kind == "contents"), None)
    if first is not None:
        out.add(first)
    else:
        first = next((at - 1 for at in range(len(lines)) if _is_division(seen[at])), len(lines))
        if seen[first + 1 : first + 2] and (one := seen[first + 1]) is not None and one[0].kind == "supplement":
            return out  # a table of contents begins with a chapter
    begun = ""
    for at in range(first + 1, len(lines)):
        name = _name(lines[at])
        if not _is_division(seen[at]) or name == begun or (begun and lines[at].gap):
            break
        begun = begun or name
        out.add(at)
    if begun and first not in out and begun not in {_name(line) for line in lines[max(out) + 1 :]}:
        return set()
    return out


def _is_division(one: Seen) -> bool:
    return one is not None and one[0].kind in ("division", "supplement", "annex")


def _name(line: SeenLine) -> str:
    """The name of a chapter, without the articles that a table of contents says it has."""
    return "".join(_TAIL.sub("", line.text).split())


def _begin(kinds: Sequence[PaperKind | None], contents: set[int]) -> int:
    """Where the text begins: at its first division, caption above an article, or article."""
    starts = ("division", "article", "supplement", "annex")
    first = next(at for at, kind in enumerate(kinds) if kind in starts and at not in contents)
    while first and kinds[first - 1] == "caption":
        first -= 1
    return first


def _end(lines: Sequence[SeenLine], kinds: Sequence[PaperKind | None]) -> int:
    """After the last line that the form or a stop says is the statute's; what stands below it is weighed."""
    for at in range(len(lines) - 1, -1, -1):
        if kinds[at] not in (None, *_FRONT, "amended", "changes") or (
            STOPPED.search(lines[at].text) and lines[at].size > limits.SENTENCE
        ):
            return at + 1
    return len(lines)


def _listed(kinds: Sequence[PaperKind | None], begin: int) -> int:
    """Where the list of a statute's changes begins below its text."""
    last = max((at for at, kind in enumerate(kinds) if kind in ("article", "division")), default=begin)
    first = next((at for at in range(last, len(kinds)) if kinds[at] == "amended"), len(kinds))
    if first == len(kinds):
        return next((at for at in range(last, len(kinds)) if kinds[at] == "changes"), first)
    return first - (first < len(kinds) and kinds[first - 1] == "changes")


def _captions(kinds: Sequence[PaperKind | None], at: int, lines: Sequence[SeenLine]) -> bool:
    """A line in brackets stands above an article, or above the first words of a numbered paragraph."""
    if at + 1 >= len(lines):
        return False
    return kinds[at + 1] == "article" or bool(NUMBER.match(lines[at + 1].text))
