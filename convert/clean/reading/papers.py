"""Statutes and official letters of Taiwan, Japan and Korea: what their own form says of each line.

In: the lines of a text and its language.  Out: the lines that the rows of the country's papers say, each with its state
and level; the model weighs the others.  Simplified Chinese has no such rows: there the model weighs every line.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from ...cjk.lines import Country, PaperKind, PaperLine, readers
from ...cjk.papers import country_of
from ...model import Align
from ...zh.dates import find
from ...zh.numerals import number
from ...zh.patterns import pattern
from ...zh.rows import Rows
from .. import limits
from ..draft import Draft
from .country_pages import above, around, by_page, framed
from .decisions import decision, gazette
from .evidence import SeenLine
from .forms import FormLine
from .taiwan_pages import stamped, taiwan_page

_Seen = tuple[PaperLine, re.Match[str]] | None
_STOP = pattern("[\u3002.!?\uff01\uff1f;\uff1b:\uff1a\uff0c,\u3001>\\]]$")
_FULL = pattern("[\u3002.!?\uff01\uff1f]$")
_NUMBER = pattern("[0-9\uff10-\uff19]+|[一二三四五六七八九十百千零\u3007]+")
_TAIL = pattern("[ \t\u3000]*[\uff08(][^\uff08(]*[\uff09)]$")
"""The articles that a line of a table of contents names behind a chapter's name."""


def by_form(draft: Draft, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """The lines that the form of a statute or a letter says, by their places; none where the text is neither.  What a
    person said of a line stays."""
    country = country_of(draft.metadata.language)
    if country is None:
        return {}
    begin, end, outside, named = (0, len(lines), {}, None) if country.itemized else framed(country, lines)
    inner = lines[begin:end]
    said = _statute(country, inner) or _decision(country, inner) or _letter(country, inner)
    if said:
        if outside and not draft.metadata.title and not any(one.state == "T" for one in said.values()):
            said |= _title_above(inner, said, {at - begin for at in outside} | set(around(country, inner)))
        said |= around(country, inner)
        said = said if country.itemized else above(country, inner[: min(said)]) | said
    else:
        titled = bool(draft.metadata.title)
        page = (
            taiwan_page(country, inner, titled)
            if country.itemized
            else by_page(country, inner, titled, None if named is None else named - begin)
        )
        said = {**page, **_dated(country, inner)}
    said = outside | {at + begin: one for at, one in said.items()}
    return {at: one for at, one in said.items() if not ((hand := lines[at].unit.hand) and hand.decides())}


def _title_above(lines: Sequence[SeenLine], said: dict[int, FormLine], outside: set[int]) -> dict[int, FormLine]:
    """Of a page whose menus are known, the last line above what the form says is the title."""
    first = min((at for at, one in said.items() if one.state[0] != "F"), default=0)
    free = [at for at in range(first) if at not in said and at not in outside and ">" not in lines[at].text]
    return {free[-1]: FormLine("T")} if free else {}


def know_form(draft: Draft, said: dict[int, FormLine]) -> None:
    """Puts what the rows say of the paper into the metadata."""
    for one in said.values():
        for name, value in one.groups:
            if name == "roc":
                value = "民國{}年{}月{}日".format(*re.findall("[0-9]+", value))
            if name in ("date", "roc") and (date := find("".join(value.split()))):
                draft.know_date("bare", date.iso)
            elif name == "number":
                draft.know(document_number=value.strip())
            elif name == "issuer":
                draft.know(issuing_body=value.strip())
            elif name == "published_by":
                draft.know(issuing_body=value.strip(), source=value.strip())
            elif name == "source":
                draft.know(source=value.strip())
            elif name == "author":
                draft.know(author=value.strip())
            elif name in ("title", "titled"):
                draft.know(title=value.strip())


def _seen(rows: Rows[PaperLine], lines: Sequence[SeenLine]) -> list[_Seen]:
    """The first row that each line begins like."""
    tried = rows.made(readers)
    return [
        next(((row, found) for row, sought in tried if (found := sought.match(line.text))), None)
        if line.unit.plain or line.unit.role == "heading"
        else None
        for line in lines
    ]


def _groups(found: re.Match[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in found.groupdict().items() if value and name != "run")


_FRONT: dict[PaperKind, str] = {"history": "D1", "stamp": "D1", "head": "T", "field": "M0"}
"""Lines above a statute's text."""

# --- Statutes ---------------------------------------------------------------------------------------------------


def _statute(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    seen = _seen(country.statute, lines)
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
    items = _Items(country)
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
    out |= _register(lines, seen, begin) | _amended(seen, begin, end)
    return out | _named_above(country, lines, begin, out)


def _named_above(
    country: Country, lines: Sequence[SeenLine], begin: int, known: dict[int, FormLine]
) -> dict[int, FormLine]:
    """The one line above a statute of Taiwan that says nothing else is its name."""
    rest = [at for at in range(begin) if at not in known and at not in around(country, lines[:begin])]
    named = any(one.state == "T" for one in known.values())
    if country.itemized and len(rest) == 1 and not named and lines[rest[0]].size <= limits.HEADING:
        return {} if _STOP.search(lines[rest[0]].text) else {rest[0]: FormLine("T")}
    return {}


def _register(lines: Sequence[SeenLine], seen: Sequence[_Seen], begin: int) -> dict[int, FormLine]:
    """Lines above a statute's text that say its name, when it was made and where it belongs, as registers have them.
    Where the name stands again on a line of its own, that is the title."""
    out: dict[int, FormLine] = {}
    for at, one in enumerate(seen[:begin]):
        if one is None or one[0].kind not in _FRONT:
            continue
        out[at] = FormLine(_FRONT[one[0].kind], groups=_groups(one[1]))
        title = one[1].groupdict().get("titled") or ""
        again = next((on for on in range(at + 1, begin) if title and lines[on].text == title), None)
        if again is not None:
            out[at] = out[at]._replace(state="M0")
            out[again] = FormLine("T")
    return out


def _amended(seen: Sequence[_Seen], begin: int, end: int) -> dict[int, FormLine]:
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
        out[places[-1]] = FormLine("N", groups=_groups(last[1]))
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
    names = {at for at in marked if _is_short(lines[at]) and at + 1 < len(lines) and at + 1 not in marked}
    return names if len(names) * 2 >= len(marked) else set()


def _names(lines: Sequence[SeenLine], seen: Sequence[_Seen]) -> set[int]:
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


def _of_statute(one: _Seen, caption: bool, open_ranks: list[int]) -> FormLine:
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


def _counts_on(lines: Sequence[SeenLine], seen: Sequence[_Seen]) -> bool:
    """The text has articles that count on: two at least, or one with what follows the articles of a statute."""
    values = []
    for line, one in zip(lines, seen, strict=True):
        if one is not None and one[0].kind == "article" and (found := _NUMBER.search(line.text)):
            values.append(number(found[0]))
    if len(values) < 2:
        return bool(values) and any(one is not None and one[0].kind in ("supplement", "annex") for one in seen)
    on = sum(0 <= after - before <= 2 or after == 1 for before, after in itertools.pairwise(values))
    return on * 2 >= len(values) - 1


def _contents(lines: Sequence[SeenLine], seen: Sequence[_Seen]) -> set[int]:
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


def _is_division(one: _Seen) -> bool:
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
            _STOP.search(lines[at].text) and lines[at].size > limits.SENTENCE
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
    return kinds[at + 1] == "article" or bool(_NUMBER.match(lines[at + 1].text))


def _dated(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """Of a text that is neither, what a register puts above it, or the first line below its title that says when it was
    made."""
    known = around(country, lines)
    places = [at for at in range(len(lines)) if at not in known][: limits.FRONT]
    front = [lines[at] for at in places]
    seen = _seen(country.statute, front)
    if any(one is not None and one[0].kind == "head" and one[1].groupdict().get("titled") for one in seen):
        return {places[at]: said for at, said in _register(front, seen, len(front)).items()}
    for at, one in zip(places[: limits.DATED], seen, strict=False):
        if at and one is not None and one[0].kind in ("history", "stamp"):
            return {at: FormLine("D1", groups=_groups(one[1]))}
    return {}


def _decision(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    return decision(lines, _seen(country.decision, lines)) or gazette(lines, _seen(country.letter, lines))


# --- Letters ----------------------------------------------------------------------------------------------------

_STATES: dict[PaperKind, str] = {
    "addressee": "S1", "head": "T", "part": "H", "record": "P", "close": "P", "copies": "N", "signer": "G", "day": "D3",
    "drafted": "M1", "enclosure": "A", "subject": "R",
}  # fmt: skip
_TOLD: tuple[tuple[PaperKind, str], ...] = (("day", "date"), ("number", "number"))
"""Kinds that a line is also that says so beside another."""
_ALIGNED: dict[PaperKind, Align] = {"record": "center", "close": "right"}


def _letter(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    if len(lines) > limits.LETTER:
        return {}
    seen = _seen(country.letter, lines)
    kinds = {one[0].kind for one in seen if one is not None}
    for one in seen:
        kinds |= {kind for kind, name in _TOLD if one is not None and one[1].groupdict().get(name)}
    kinds |= {"field"} if "label" in kinds else set()
    if not any(proof <= kinds for proof in country.proofs):
        return {}
    if country.itemized:
        return _paged(country, lines, seen)
    first = _opens(lines, seen)
    out: dict[int, FormLine] = {}
    place = _Letter(country, lines[first:], seen[first:])
    above = set(_above_addressee(lines[first:], seen[first:])) if country.led_to else set()
    for at, line in enumerate(lines[first:]):
        out[at + first] = FormLine("S1") if at in above else place.line(at, line, seen[at + first])
    return _introduced(lines[:first], seen, out, place) if first else out


def _paged(country: Country, lines: Sequence[SeenLine], seen: Sequence[_Seen]) -> dict[int, FormLine]:
    """A letter of Taiwan, below what a page puts above it."""
    out: dict[int, FormLine] = stamped(country, lines[: next(at for at, one in enumerate(seen) if one is not None)])
    place = _Letter(country, lines, seen)
    place.titled = next((at for at, one in enumerate(seen) if one is not None and one[0].kind == "head"), None)
    headed = _headed(lines, seen, out | around(country, lines), bool(out))
    if place.titled is not None:
        out = {at: one._replace(state="M0") for at, one in out.items()}
    else:
        place.titled = next((at for at, one in headed.items() if one.state == "T"), None)
    out |= headed
    return out | {at: place.line(at, line, seen[at]) for at, line in enumerate(lines) if at not in out}


def _headed(
    lines: Sequence[SeenLine], seen: Sequence[_Seen], known: dict[int, FormLine], stamped: bool
) -> dict[int, FormLine]:
    """What a page puts above a letter beside the day it appeared: its name of the letter, which is the title where the
    letter has none of its own, and the site's name.  Without such a day one line above is its name, more are not."""
    first = next(at for at, one in enumerate(seen) if one is not None)
    out: dict[int, FormLine] = {}
    rest = [at for at in range(first) if at not in known]
    headed = any(one is not None and one[0].kind == "head" for one in seen)
    named = any(one is not None and one[0].kind == "label" for one in seen)
    if not stamped and (headed or not named or len(rest) != 1):
        return {}
    stamp = min((at for at, one in known.items() if one.state in ("D1", "M0")), default=first)
    names = [at for at in rest if at < stamp] or rest
    if names and not headed:
        out[names[-1]] = FormLine("T")
        rest.remove(names[-1])
    return out | {at: FormLine("M0") for at in rest}


def _opens(lines: Sequence[SeenLine], seen: Sequence[_Seen]) -> int:
    """Where a letter begins that a page introduces with a title and sentences of its own: at the fields right above the
    first addressee; 0 where nothing introduces it."""
    first = next((at for at, one in enumerate(seen) if one is not None and one[0].kind == "addressee"), 0)
    while first and seen[first - 1] is not None and seen[first - 1][0].kind == "field":  # type: ignore[index]
        first -= 1
    titled = any(one is not None and one[0].kind == "head" for one in seen[:first])
    again = any(one is not None and one[0].kind == "head" for one in seen[first:])
    return first if titled and again and any(map(_is_said, lines[:first])) else 0


def _is_said(line: SeenLine) -> bool:
    return line.size > limits.SENTENCE and bool(_FULL.search(line.text))


def _introduced(
    above: Sequence[SeenLine], seen: Sequence[_Seen], out: dict[int, FormLine], place: _Letter
) -> dict[int, FormLine]:
    """The letter below its introduction: the page's title is the document's, the letter's own heads it."""
    first = len(above)
    titled = next(at for at, one in enumerate(seen) if one is not None and one[0].kind == "head")
    for at, one in out.items():
        if at - first == place.titled:
            out[at] = FormLine("H", 1)
        elif one.level:
            out[at] = one._replace(level=one.level + 1)
    for at in range(first):
        row = seen[at]
        field = row is not None and row[0].kind == "field"
        out[at] = FormLine("T" if at == titled else "M0" if at < titled else "M1" if field else "P")
    return out


def _titled(lines: Sequence[SeenLine], seen: Sequence[_Seen]) -> int | None:
    """The letter's title: the one below its address and sender, else the first."""
    heads = [at for at, one in enumerate(seen) if one is not None and one[0].kind == "head"]
    addressed = next((at for at, one in enumerate(seen) if one is not None and one[0].kind == "addressee"), None)
    if addressed is not None:
        for at in range(addressed + 1, len(lines)):
            if at in heads:
                return at
            if not _is_short(lines[at]):
                break
    return heads[0] if heads and not any(map(_is_said, lines[: heads[0]])) else None


def _above_addressee(lines: Sequence[SeenLine], seen: Sequence[_Seen]) -> Iterator[int]:
    """Lines right above the first that ends an address are of the address: `各部長`, `収入役`, `あて`."""
    at = next((at for at, one in enumerate(seen) if one is not None and one[0].kind == "addressee"), 0)
    while (
        at and seen[at - 1] is None and lines[at - 1].size <= limits.SIGNATURE and not _STOP.search(lines[at - 1].text)
    ):
        at -= 1
        yield at


_VALUES = {"date": "日期", "number": "字號", "issuer": "發文單位"}
"""What a label on a line of its own says of the line below it."""


class _Items:
    """Items while the lines of a paper are read: their depth is that of their mark among those that are open."""

    def __init__(self, country: Country) -> None:
        self.itemized = country.itemized
        self.open: list[str] = []
        self.last = 0

    def of(self, line: SeenLine) -> FormLine:
        """A line of text: an item where its mark says so, or where a number counts on before a day: `2.109年7月6日`."""
        mark = line.mark
        if not self.itemized:
            return FormLine("P")
        dated = _DATED_ITEM.match(line.text) if mark is None and "arabic" in self.open else None
        if dated is not None and int(dated[1]) == self.last + 1:
            self.last += 1
            return FormLine("P", run_in=dated.end(), item=self._depth("arabic"))
        if mark is None or mark.family not in _ITEMS or mark.end >= line.size:
            return FormLine("P")
        if mark.family == "arabic":
            self.last = mark.value
        return FormLine("P", run_in=mark.end, item=self._depth(mark.family))

    def _depth(self, family: str) -> int:
        if family in self.open:
            del self.open[self.open.index(family) + 1 :]
        else:
            self.open.append(family)
        return len(self.open)


_DATED_ITEM = pattern("([0-9]{1,2})[.\uff0e](?=[0-9]{2,3}年)")
_ITEMS = frozenset({"formal", "han", "han_paren", "arabic", "arabic_paren", "circled"})
"""Families of marks of items: 文書處理手冊, 16 (壹, 一, （一）, 1, （1）)."""


class _Letter:
    """A letter while its lines are read from the first on."""

    def __init__(self, country: Country, lines: Sequence[SeenLine], seen: Sequence[_Seen]) -> None:
        self.lines = lines
        self.printed = country.printed
        self.broken = pattern(country.titled) if country.titled else None
        self.captions = pattern(country.captions) if country.captions else None
        self.number = ""
        self.titled = _titled(lines, seen)
        self.addressed = False
        self.begun = False
        self.last: PaperKind | None = None
        self.signed = pattern(country.signed) if country.signed else None
        self.marks = _marks(pattern(country.inner), lines) if country.inner else [""] * len(lines)
        if country.bullets and not any(mark[:1].isdigit() for mark in self.marks):
            found = _marks(pattern(country.bullets), lines)
            self.marks = [mark or other for mark, other in zip(self.marks, found, strict=True)]
        self.families: list[str] = []
        self.label = ""
        self.items = _Items(country)
        self.headed = -1
        self.dated = False
        self.closed = False

    def line(self, at: int, line: SeenLine, one: _Seen) -> FormLine:
        """What a line is behind those before it."""
        kind = one[0].kind if one is not None else None
        label, self.label = self.label, line.text if kind == "label" else ""
        if label and one is None and line.size <= limits.ONE_LINE:
            groups = tuple((name, line.text) for name, words in _VALUES.items() if words in "".join(label.split()))
            return FormLine(self._field(at), groups=groups)
        if kind == "label":
            self.last = "field"
            return FormLine(self._field(at))
        if one is None or (kind == "head" and at != self.titled) or (kind in ("signer", "day") and self._inside(line)):
            return self._other(at, line)
        if kind == "day" and self.dated:  # a day in a programme
            return self._other(at, line)
        row, found = one
        self.dated = self.dated or kind == "day"
        said = found.groupdict()
        if row.kind == "field" and self.begun and line.text in (said.get("date"), said.get("number")):
            return self._other(at, line)  # a day in a programme
        groups = _groups(found)
        if row.kind == "field" and self.begun and not self.closed and not groups:  # what a notice says in its text
            return self._other(at, line)
        self.closed = self.closed or (self.begun and (row.kind in ("signer", "drafted", "copies") or bool(groups)))
        self.last = row.kind
        self.number = found.groupdict().get("number") or self.number
        if row.kind == "field" and self.printed:
            return FormLine("P0", groups=groups, align="right")
        if row.kind == "field":
            return FormLine(self._field(at), groups=groups)
        if row.kind == "addressee":
            self.addressed = True
        elif row.kind in ("subject", "part", "record"):
            self.begun = True
            self.families = []
            self.items.open = []
        run = found.end("run") if row.kind == "subject" else 0
        level = 1 if _STATES[row.kind] in "HR" else 0
        return FormLine(_STATES[row.kind], level, run, groups, align=_ALIGNED.get(row.kind))

    def _field(self, at: int) -> str:
        return "M1" if self.titled is not None and at > self.titled else "M0"

    def _inside(self, line: SeenLine) -> bool:
        """A line that is too long for a name or a date is text."""
        return line.size > limits.SIGNATURE

    def _other(self, at: int, line: SeenLine) -> FormLine:
        """A line that no row says."""
        short = _is_short(line)
        if self.last in ("enclosure", "copies") and (short or line.mark is not None):
            return FormLine("A" if self.last == "enclosure" else "N")
        if self.last == "drafted" and short:
            return FormLine("M1")
        if self.last == "day" and short and self.signed is not None and self.signed.match(line.text):
            return FormLine("G")
        untitled = self.titled is None or at < self.titled
        if at == 0 and self.titled is None and self._is_named(line):
            self.titled = at
            return FormLine("T")
        if short and untitled and not self.begun and line.mark is None:
            if self.addressed:
                return FormLine("G")
            if self.titled is None and self.last == "field" and line.text not in self.number:
                self.titled = at
                return FormLine("T")
            return FormLine("M0", groups=(("issuer", line.text),))
        named = self.broken is not None and self.broken.search(line.text) and line.size <= limits.HEADING
        if self.titled is None and self.last == "field" and named and line.mark is None:
            self.titled = at
            return FormLine("T")
        if short and self.broken is not None and at - 1 == self.titled and self.broken.search(line.text):
            return FormLine("t")
        self.begun = True
        self.closed = False
        self.last = None
        family = self.marks[at]
        if self._is_caption(at):
            family = "caption"
        elif not family or not self._heads(line) or family in self.marks[max(at - 1, 0) : at + 2 : 2]:
            return self.items.of(line)
        return FormLine("H", self._level(at, family))

    def _level(self, at: int, family: str) -> int:
        """The level of a heading; what is in brackets right below a heading is within it, though such ones hold it."""
        within = family == "<" and at > 0 and self.headed == at - 1 and family in self.families
        self.headed = at
        name = f"{family} within" if within or f"{family} within" in self.families else family
        if name in self.families:
            del self.families[self.families.index(name) + 1 :]
        else:
            self.families.append(name)
        return len(self.families)

    def _is_caption(self, at: int) -> bool:
        """What is in brackets above a numbered paragraph heads it."""
        if self.captions is None or at + 1 >= len(self.lines) or not self.captions.match(self.lines[at].text):
            return False
        return bool(_NUMBER.match(self.lines[at + 1].text))

    def _is_named(self, line: SeenLine) -> bool:
        """Longer than an organ's name, and no sentence: what the page calls the letter that follows."""
        named = limits.SIGNATURE < line.size <= limits.NO_SENTENCE and not line.sentence and line.mark is None
        return named and line.forms.isdisjoint(("organ", "speaker", "pairs", "number"))

    def _heads(self, line: SeenLine) -> bool:
        return ":" not in line.text and "\uff1a" not in line.text


def _marks(inner: re.Pattern[str], lines: Sequence[SeenLine]) -> list[str]:
    """For each line the family of the mark it begins with, empty where it has none."""
    return [
        "".join(_NUMBER.sub("1", found[0]).split())
        if (found := inner.match(line.text)) and (_is_short(line) or found[0] in "<\u3008")
        else ""
        for line in lines
    ]


def _is_short(line: SeenLine) -> bool:
    return line.size <= limits.ONE_LINE and not _STOP.search(line.text)
