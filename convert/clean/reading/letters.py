"""Official letters of Taiwan, Japan and Korea: what their own form says of each line.

In: the lines of a text and the rows of its country.  Out: the lines that these say, with state and level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...cjk.lines import Country, PaperKind
from ...model import Align
from ...zh.patterns import pattern
from .. import limits
from .country_pages import around
from .evidence import SeenLine
from .forms import FormLine
from .items import Items
from .seen import NUMBER, STOPPED, Seen, groups_of, is_short, seen_by
from .taiwan_pages import stamped

_FULL = pattern("[\u3002.!?\uff01\uff1f]$")
_STATES: dict[PaperKind, str] = {
    "addressee": "S1", "head": "T", "part": "H", "record": "P", "close": "P", "copies": "N", "signer": "G", "day": "D3",
    "drafted": "M1", "enclosure": "A", "subject": "R",
}  # fmt: skip
_TOLD: tuple[tuple[PaperKind, str], ...] = (("day", "date"), ("number", "number"))
"""Kinds that a line is also that says so beside another."""
_ALIGNED: dict[PaperKind, Align] = {"record": "center", "close": "right"}


def letter(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """The lines of a letter by its form; none where too little shows that it is one."""
    if len(lines) > limits.LETTER:
        return {}
    seen = seen_by(country.letter, lines)
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


def _paged(country: Country, lines: Sequence[SeenLine], seen: Sequence[Seen]) -> dict[int, FormLine]:
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
    lines: Sequence[SeenLine], seen: Sequence[Seen], known: dict[int, FormLine], stamped: bool
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


def _opens(lines: Sequence[SeenLine], seen: Sequence[Seen]) -> int:
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
    above: Sequence[SeenLine], seen: Sequence[Seen], out: dict[int, FormLine], place: _Letter
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


def _titled(lines: Sequence[SeenLine], seen: Sequence[Seen]) -> int | None:
    """The letter's title: the one below its address and sender, else the first."""
    heads = [at for at, one in enumerate(seen) if one is not None and one[0].kind == "head"]
    addressed = next((at for at, one in enumerate(seen) if one is not None and one[0].kind == "addressee"), None)
    if addressed is not None:
        for at in range(addressed + 1, len(lines)):
            if at in heads:
                return at
            if not is_short(lines[at]):
                break
    return heads[0] if heads and not any(map(_is_said, lines[: heads[0]])) else None


def _above_addressee(lines: Sequence[SeenLine], seen: Sequence[Seen]) -> Iterator[int]:
    """Lines right above the first that ends an address are of the address: `各部長`, `収入役`, `あて`."""
    at = next((at for at, one in enumerate(seen) if one is not None and one[0].kind == "addressee"), 0)
    while (
        at
        and seen[at - 1] is None
        and lines[at - 1].size <= limits.SIGNATURE
        and not STOPPED.search(lines[at - 1].text)
    ):
        at -= 1
        yield at


_VALUES = {"date": "日期", "number": "字號", "issuer": "發文單位"}
"""What a label on a line of its own says of the line below it."""


class _Letter:
    """A letter while its lines are read from the first on."""

    def __init__(self, country: Country, lines: Sequence[SeenLine], seen: Sequence[Seen]) -> None:
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
        self.items = Items(country)
        self.headed = -1
        self.dated = False
        self.closed = False

    def line(self, at: int, line: SeenLine, one: Seen) -> FormLine:
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
        groups = groups_of(found)
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
        short = is_short(line)
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
        return bool(NUMBER.match(self.lines[at + 1].text))

    def _is_named(self, line: SeenLine) -> bool:
        """Longer than an organ's name, and no sentence: what the page calls the letter that follows."""
        named = limits.SIGNATURE < line.size <= limits.NO_SENTENCE and not line.sentence and line.mark is None
        return named and line.forms.isdisjoint(("organ", "speaker", "pairs", "number"))

    def _heads(self, line: SeenLine) -> bool:
        return ":" not in line.text and "\uff1a" not in line.text


def _marks(inner: re.Pattern[str], lines: Sequence[SeenLine]) -> list[str]:
    """For each line the family of the mark it begins with, empty where it has none."""
    return [
        "".join(NUMBER.sub("1", found[0]).split())
        if (found := inner.match(line.text)) and (is_short(line) or found[0] in "<\u3008")
        else ""
        for line in lines
    ]
