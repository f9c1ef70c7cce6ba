"""Items: the marked clauses under an article or after a colon, and bulleted lines, become lists, nested by family."""

from __future__ import annotations

from ..errors import NoContentError, Said
from ..zh import marks
from ..zh.marks import Mark
from ..zh.patterns import pattern
from .draft import Draft, Unit
from .series import is_law

_BULLET = pattern("([\u2022\u25cf\u25a0\u25c6\u25aa\u25b6\u2605\u27a2\u25cb\u25a1\u25c7])[ \u00a0\u3000\t]*")


def no_list(draft: Draft) -> None:
    """A page of nothing but links, as `首页` of a site is, is no article.  Raises NoContentError."""
    if any(notice.code == "link-list" for notice in draft.document.notices):
        raise NoContentError(Said("list-of-links"), where=draft.document.source.name or None)


def lists(draft: Draft) -> None:
    """U+FF08 `一` U+FF09 `种植技术` U+FF1B under `第二条` ... U+FF1A -> item; `1.` below it -> item of the item.

    Outside a law only a series counts of which at least two lines touch and all but the last end in semicolons,
    or whose mark is a bullet.
    """
    units = [unit for unit in draft.units if unit.text or not unit.plain]
    law = is_law([unit.mark for unit in units if unit.role in (None, "heading")])
    run: list[Unit] = []
    for unit in [*units, None]:
        said = unit.hand.kind if unit is not None and unit.hand is not None else None
        if unit is not None and unit.plain and unit.role is None and not unit.run_in and _mark(unit) and not said:
            run.append(unit)
            continue
        _series(run, law)
        run = []


def _mark(unit: Unit) -> Mark | None:
    mark = unit.mark
    if mark is not None:
        return mark if mark.family in marks.items() and mark.end < len(unit.text) else None
    found = _BULLET.match(unit.text)
    return Mark("bullet", (0,), found.end()) if found and found.end() < len(unit.text) else None


def _series(run: list[Unit], law: bool) -> None:
    if len(run) < 2 and not law:
        return
    found = [mark for unit in run if (mark := _mark(unit))]
    clauses = sum(unit.text[-1] in "\uff1b;" for unit in run)
    bulleted = all(mark.family == "bullet" for mark in found)
    if not law and not bulleted and clauses < len(run) - 1:
        return
    open_families: list[str] = []
    for unit, mark in zip(run, found, strict=True):
        if mark.family in open_families:
            del open_families[open_families.index(mark.family) + 1 :]
        else:
            open_families.append(mark.family)
        unit.role, unit.marker, unit.level = "item", mark.end, len(open_families)
