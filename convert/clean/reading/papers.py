"""Papers of Taiwan, Japan and Korea that have a form of their own: which it is, and what it says of each line.

In: the lines of a text and its language.  Out: the lines that the rows of the country's papers say, each with its state
and level; the model weighs the others.  Simplified Chinese has no such rows: there the model weighs every line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...cjk.lines import Country
from ...cjk.papers import country_of
from ...zh.dates import find
from .. import limits
from ..draft import Draft
from .country_pages import above, around, by_page, framed
from .decisions import decision, gazette
from .evidence import SeenLine
from .forms import FormLine
from .letters import letter
from .seen import groups_of, seen_by
from .statutes import register, statute
from .taiwan_pages import taiwan_page


def by_form(draft: Draft, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """The lines that the form of a statute or a letter says, by their places; none where the text is neither.  What a
    person said of a line stays."""
    country = country_of(draft.metadata.language)
    if country is None:
        return {}
    begin, end, outside, named = (0, len(lines), {}, None) if country.itemized else framed(country, lines)
    inner = lines[begin:end]
    said = statute(country, inner) or _decision(country, inner) or letter(country, inner)
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


def _dated(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """Of a text that is neither, what a register puts above it, or the first line below its title that says when it was
    made."""
    known = around(country, lines)
    places = [at for at in range(len(lines)) if at not in known][: limits.FRONT]
    front = [lines[at] for at in places]
    seen = seen_by(country.statute, front)
    if any(one is not None and one[0].kind == "head" and one[1].groupdict().get("titled") for one in seen):
        return {places[at]: said for at, said in register(front, seen, len(front)).items()}
    for at, one in zip(places[: limits.DATED], seen, strict=False):
        if at and one is not None and one[0].kind in ("history", "stamp"):
            return {at: FormLine("D1", groups=groups_of(one[1]))}
    return {}


def _decision(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    return decision(lines, seen_by(country.decision, lines)) or gazette(lines, seen_by(country.letter, lines))
