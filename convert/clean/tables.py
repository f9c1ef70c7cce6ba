"""Tables that scraping flattened to lines: left as text, for columns cannot be told, but reported."""

from __future__ import annotations

from ..errors import Notice, Said
from ..zh.patterns import pattern
from . import limits
from .draft import Draft, Unit

_CELL = pattern("[^\u3002\uff01\uff1f\uff1b]{1,20}")
_FIGURE = pattern("[-+]?[0-9][0-9,.]*(?:%|\uff05|[\u4e00-\u9fff]{0,4})")


def tables(draft: Draft) -> None:
    """Twelve or more neighbouring lines as short as cells, a quarter of them figures, `地区` / `1410` / `13.2%` / ...,
    were a table: a notice says where."""
    run: list[Unit] = []
    for unit in [*draft.units, None]:
        if unit is not None and unit.plain and unit.role is None and unit.text and _CELL.fullmatch(unit.text):
            run.append(unit)
            continue
        if len(run) >= limits.TABLE_CELLS and sum(bool(_FIGURE.fullmatch(cell.text)) for cell in run) * 4 >= len(run):
            draft.notices.append(Notice.of(Said("flattened-table", count=len(run)), run[0].first, 1))
        run = []
