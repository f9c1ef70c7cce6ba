"""Which country's papers a language has."""

from __future__ import annotations

from ..zh.patterns import pattern
from .japan import JAPAN
from .korea import KOREA
from .lines import Country, PaperKind, readers
from .taiwan import TAIWAN

_PARTS: frozenset[PaperKind] = frozenset({"subject", "part", "copies", "field", "addressee"})
"""Lines of a letter that begin with a label of their own."""


_TABLE: frozenset[PaperKind] = frozenset({"stamp", "amended", "changes"})
"""Lines of a statute that go on with none above them."""
_DECIDED: frozenset[PaperKind] = frozenset({"head", "party", "part", "signer", "field", "day", "attested"})
_OF_DECISION = 40
"""Lines of a decision of a court that go on with none above them, and how many characters they have at the most
but for spaces."""


def begins_item(country: Country | None, text: str) -> bool:
    """The line begins an item or a numbered paragraph of the country's papers, or a part of its letters.

    >>> begins_item(country_of("ja"), "二　前号"), begins_item(None, "二　前号")
    (True, False)
    """
    if country is None:
        return False
    if country.items and pattern(country.items).match(text):
        return True
    if any(row.kind in _PARTS and sought.match(text) for row, sought in country.letter.made(readers)):
        return True
    if len("".join(text.split())) <= _OF_DECISION and any(
        row.kind in _DECIDED and sought.match(text) for row, sought in country.decision.made(readers)
    ):
        return True
    return any(row.kind in _TABLE and sought.match(text) for row, sought in country.statute.made(readers))


def begins_field(country: Country, text: str) -> bool:
    """The line begins a field of a letter: its day, its number, how urgent it is.

    >>> begins_field(TAIWAN, "速別\uff1a普通件"), begins_field(TAIWAN, "主旨\uff1a請查照\u3002")
    (True, False)
    """
    first = next((row.kind for row, sought in country.letter.made(readers) if sought.match(text)), None)
    return first in ("field", "label")


def is_letters(text: str) -> bool:
    """A field that only letters of Taiwan have: when they were sent, under what number."""
    return "".join(text.split()).startswith(("發文日期", "發文字號"))


def country_of(language: str | None) -> Country | None:
    """The papers of a language, a BCP 47 tag; None for simplified Chinese, whose papers the reading weighs.

    >>> country_of("zh-Hans") is None, country_of("ja") is country_of("ja-JP")
    (True, True)
    """
    tag = language or ""
    if tag.startswith("ja"):
        return JAPAN
    if tag.startswith("ko"):
        return KOREA
    if tag.startswith(("zh-Hant", "zh-TW", "zh-HK", "zh-MO")):
        return TAIWAN
    return None
