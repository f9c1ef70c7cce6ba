"""Tables that scraping flattened to lines: left as text, for columns cannot be told, but reported."""

from __future__ import annotations

import itertools

from ..errors import Notice, Said
from .draft import Draft


def tables(draft: Draft) -> None:
    """Lines that were read as a table's cells, `地区` / `1410` / `13.2%` / ...: a notice says where."""
    for cell, units in itertools.groupby(draft.units, lambda unit: unit.cell and unit.role is None):
        if cell:
            run = list(units)
            draft.notices.append(Notice.of(Said("flattened-table", count=len(run)), run[0].first, 1))
