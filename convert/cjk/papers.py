"""Which country's papers a language has."""

from __future__ import annotations

from ..zh.patterns import pattern
from .japan import JAPAN
from .korea import KOREA
from .lines import Country
from .taiwan import TAIWAN


def begins_item(country: Country | None, text: str) -> bool:
    """The line begins an item or a numbered paragraph of the country's papers.

    >>> begins_item(country_of("ja"), "二　前号"), begins_item(None, "二　前号")
    (True, False)
    """
    return country is not None and bool(country.items) and bool(pattern(country.items).match(text))


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
