"""The catalogues of what we say: gettext's, one a language, found by a message's code.

`locale/LANGUAGE/LC_MESSAGES/wenban.po` is the text to edit, `wenban.mo` beside it what is read: `python -m
tests.messages` makes one of the other.  A message has a code, such as `file-empty`; its remedy has that code with
`.remedy` behind it.
What the command line says itself (help, tables) has its English text for a code, as is usual with gettext.
"""

from __future__ import annotations

import functools
import gettext
from pathlib import Path

DOMAIN = "wenban"
LOCALE = Path(__file__).parent / "locale"
ENGLISH, CHINESE, TRADITIONAL, JAPANESE = "en", "zh_CN", "zh_TW", "ja"


@functools.cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language we have."""
    return gettext.translation(DOMAIN, LOCALE, [language])


def english(code: str) -> str | None:
    """The English template of a message or a remedy, None where there is none of this code."""
    text = catalogue(ENGLISH).gettext(code)
    return None if text == code else text
