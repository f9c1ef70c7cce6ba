"""Editions in the other script: simplified Chinese as traditional, traditional as simplified, by OpenCC.

In: a draft that is read.  Out: the same draft with its text, its metadata and its language in the other script; every
change is a repair on record, so that the source is given back.  What a line is was decided by the text as it is.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterator

from msgspec.structs import asdict, replace

from ..errors import ConvertError, Said
from ..zh.characters import CJK
from ..zh.patterns import pattern
from .draft import CleaningStep, Draft, Unit
from .edits import Passage
from .inlines import Edit

_CONFIGURATIONS = {"zh-Hant": "s2twp", "zh-Hant-HK": "s2hk", "zh-Hans": "t2s"}
"""Language of the edition -> OpenCC's configuration: Taiwan with its words, Hong Kong, the mainland."""
PREFIX = "script-"
_CLAUSE = pattern(f"[{CJK}]+")
_KEPT = frozenset({"url", "retrieved", "published", "modified", "language", "source_language"})


def scripts() -> tuple[tuple[str, CleaningStep], ...]:
    """A pass for each language of an edition, by name: `script-zh-Hant` and so on."""
    return tuple((PREFIX + tag, functools.partial(_written, tag)) for tag in _CONFIGURATIONS)


def _written(tag: str, draft: Draft) -> None:
    """`软件质量` -> `軟體質量`, in every passage and in the metadata, and the language with it.

    Raises ConvertError where OpenCC is not installed.  Nothing is done to a text that is not Chinese, or that is in the
    script already.
    """
    language = draft.metadata.language or ""
    if not language.startswith("zh") or language.startswith("zh-Hans") == tag.startswith("zh-Hans"):
        return
    convert = _converter(_CONFIGURATIONS[tag])
    for unit in draft.units:
        if unit.role != "removed":
            _unit(unit, PREFIX + tag, convert)
    for pieces in draft.note_pieces:
        for piece in pieces:
            if isinstance(piece, Passage):
                piece.change(PREFIX + tag, list(_edits(piece.text, convert)))
    known = asdict(draft.metadata)
    fields = {
        name: _converted(value, convert)
        for name, value in known.items()
        if isinstance(value, str) and name not in _KEPT
    }
    extra = tuple((_converted(name, convert), _converted(value, convert)) for name, value in draft.metadata.extra)
    draft.metadata = replace(draft.metadata, **fields, extra=extra, language=tag, source_language=language)


@functools.cache
def _converter(name: str) -> Callable[[str], str]:
    try:
        import opencc
    except ImportError:
        raise ConvertError(Said("no-opencc")) from None
    found: Callable[[str], str] = opencc.OpenCC(name).convert
    return found


def _unit(unit: Unit, rule: str, convert: Callable[[str], str]) -> None:
    """A unit's passages; the ends of its run-in heading and of its mark move with the text."""
    for piece in unit.pieces:
        if isinstance(piece, Passage):
            edits = list(_edits(piece.text, convert))
            if piece is unit.passage:
                unit.run_in = _moved(unit.run_in, edits)
                unit.marker = _moved(unit.marker, edits)
            piece.change(rule, edits)


def _moved(end: int, edits: list[Edit]) -> int:
    return end + sum(len(edit.after) - (edit.end - edit.start) for edit in edits if edit.end <= end)


def _edits(text: str, convert: Callable[[str], str]) -> Iterator[Edit]:
    """What OpenCC changes, clause by clause, each change by itself."""
    for clause in _CLAUSE.finditer(text):
        after = convert(clause[0])
        if after == clause[0]:
            continue
        for kind, first, last, start, end in difflib.SequenceMatcher(None, clause[0], after, False).get_opcodes():
            if kind != "equal":
                yield Edit(clause.start() + first, clause.start() + last, after[start:end])


def _converted(text: str, convert: Callable[[str], str]) -> str:
    """A text as `_edits` leaves it."""
    return _CLAUSE.sub(lambda clause: convert(clause[0]), text)
