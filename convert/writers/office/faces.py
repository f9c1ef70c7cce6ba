"""Fonts and languages as Word names them.

In: faces of a style, BCP 47 tags.  Out: `w:rFonts` slots, `w:lang` values and the font table (ISO/IEC 29500-1,
17.3.2.26 and 17.8.3).  Word takes the Latin slots for U+201C, U+2014 and others unless the run is hinted: see `hinted`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from ...style import Face, Style


class Region(NamedTuple):
    """An East Asian language of Word.  code: `w:eastAsia` of `w:lang`; script: of the theme's font list; charset: of
    the font table; serif: the face of a stretch in that language within a document of another."""

    code: str
    script: str
    charset: str
    serif: str


_REGIONS = {
    "zh-Hant-HK": Region("zh-HK", "Hant", "88", "MingLiU_HKSCS"),
    "zh-HK": Region("zh-HK", "Hant", "88", "MingLiU_HKSCS"),
    "zh-Hant": Region("zh-TW", "Hant", "88", "PMingLiU"),
    "zh-TW": Region("zh-TW", "Hant", "88", "PMingLiU"),
    "zh": Region("zh-CN", "Hans", "86", "SimSun"),
    "ja": Region("ja-JP", "Jpan", "80", "MS Mincho"),
    "ko": Region("ko-KR", "Hang", "81", "Batang"),
}
# Word spells a language with its region; the usual one where the tag has none.
_WESTERN = {
    "en": "en-US", "fr": "fr-FR", "de": "de-DE", "es": "es-ES", "it": "it-IT", "pt": "pt-PT", "ru": "ru-RU",
    "nl": "nl-NL", "la": "la-Latn", "el": "el-GR", "vi": "vi-VN", "mn": "mn-MN", "bo": "bo-CN", "ug": "ug-CN",
}  # fmt: skip
# Characters whose font slot Word leaves to the hint (17.3.2.26): ASCII is never in question, Han never either.
IN_QUESTION = re.compile("[\u00a1-\u02ff\u0370-\u04ff\u1e00-\u1eff\u2010-\u2bff\ue000-\uf8ff\ufb00-\ufb1c]")


def region(language: str | None) -> Region | None:
    """The East Asian region of a BCP 47 tag, None for other languages."""
    for tag, found in _REGIONS.items():
        if language == tag or (language or "").startswith(tag + "-"):
            return found
    return None


def document_region(language: str | None) -> Region:
    """The East Asian region of a document; simplified Chinese where its language has none."""
    return region(language) or _REGIONS["zh"]


def western_language(language: str | None) -> str:
    """A Latin language as Word writes it; a tag that has a region stays as it is."""
    if not language or region(language):
        return "en-US"
    return _WESTERN.get(language, language)


def dots(side: str, code: str, *, marked: bool = False) -> str:
    """`w:em` of emphasis dots: over the text in Japanese and Korean (JLReq 3.3.9, KLReq 3.5), else where the style has
    them; under it in a stretch that is marked as Chinese.  code: `w:eastAsia`.

    >>> dots("under", "zh-CN"), dots("under", "ja-JP"), dots("over", "zh-CN", marked=True)
    ('underDot', 'dot', 'underDot')
    """
    return "dot" if code[:2] in ("ja", "ko") or (side == "over" and not marked) else "underDot"


def slots(face: Face) -> dict[str, str]:
    """All four slots of `w:rFonts`, so that no theme font or default shows through."""
    return {"ascii": face.docx_latin, "hAnsi": face.docx_latin, "eastAsia": face.docx[0], "cs": face.docx_latin}


def east_slots(face: Face) -> dict[str, str]:
    """The slots with the East Asian face for Latin text too: half-width digits in Song, columns of code."""
    return dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), face.docx[0])


def segments(text: str, classes: str) -> list[tuple[str, bool]]:
    """The text cut where the hint changes: (piece, whether it is hinted to the East Asian font).

    Only characters Word is in doubt about matter; all others go with the piece they stand in.
    """
    if text.isascii():
        return [(text, False)]
    pieces: list[tuple[str, bool]] = []
    start, current = 0, None
    for found in IN_QUESTION.finditer(text):
        at = found.start()
        wanted = hinted(text[at], classes[at])
        if current is not None and wanted != current:
            pieces.append((text[start:at], current))
            start = at
        current = wanted
    pieces.append((text[start:], bool(current)))
    return pieces


def hinted(char: str, kind: str) -> bool:
    """Whether a character in question belongs to the East Asian font.

    A mark shared with Latin text goes by its class in context; of the others, letters are western, signs and numbers
    such as U+2460 or U+2103 from U+2000 on are drawn at full width in Chinese text.
    """
    if kind != "W":
        return True
    return ord(char) >= 0x2100 and unicodedata.category(char)[0] in "SN"


def font_table(style: Style, language: str | None) -> list[tuple[str, dict[str, str]]]:
    """The fonts of the file: (name, what Word needs to find a stand-in), each once, in order.

    altName: the further names of the face, by which Word and WPS find the same font under its English name.
    """
    charset = document_region(language).charset
    table: dict[str, dict[str, str]] = {}
    for face in style.faces.values():
        table.setdefault(
            face.docx[0],
            {
                "altName": ",".join(face.docx[1:]),
                "charset": charset,
                "family": "roman" if face.packaged == "serif" else "modern",
                "pitch": "fixed",
            },
        )
    for face in style.faces.values():
        table.setdefault(face.docx_latin, {"charset": "00", "family": "roman", "pitch": "variable"})
    return list(table.items())
