"""The language of a text, found in its characters where the page does not say it."""

from __future__ import annotations

from ..zh.language import detect
from .draft import Draft


def language(draft: Draft) -> None:
    """`向大會報告工作` -> zh-Hant.  Where somebody has said the language, `<html lang>` or `--lang`, that stays."""
    if draft.metadata.language is None:
        draft.know(language=detect("\n".join(passage.text for passage in draft.passages())))
