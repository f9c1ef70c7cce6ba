"""What the made pages of the docs say, in English and in Chinese.

Their texts in Chinese stand in `convert/docs/zh_CN.po`; behind it is the program's own catalogue, which has the help of
the commands, the reasons and what `wenban init` writes.  White space of a text does not count, so that it may be
wrapped where it stands.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from tests.messages import CHINESE, entries

CATALOGUE = Path(__file__).resolve().parent.parent / "convert" / "docs" / "zh_CN.po"
Say = Callable[[str], str]
"""Gives a text in the language of a page."""


def english(text: str) -> str:
    """The text as it is written."""
    return text


def chinese(text: str) -> str:
    """The text in Chinese.  Raises KeyError where no catalogue has it: write it into that of the docs."""
    own, of_program = texts()
    text = " ".join(text.split())
    return own[text] if text in own else of_program[text]


@functools.cache
def texts() -> tuple[dict[str, str], dict[str, str]]:
    """The texts of the docs, and those of the program, which it does not say again."""
    own = entries(CATALOGUE) if CATALOGUE.is_file() else {}
    return own, {" ".join(text.split()): said for text, said in entries(CHINESE).items()}
