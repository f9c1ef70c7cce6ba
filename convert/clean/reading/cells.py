"""Tables whose cells stand on lines of their own, as a page's text is saved without its table: columns show in that
numbers, dates and single characters come again every so many lines."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ...zh.dates import MOMENT, is_date
from ...zh.patterns import pattern
from .. import limits
from .body import FURNITURE
from .evidence import SeenLine

_SORTS = (
    ("number", pattern("[0-9]{1,4}")),
    ("month", pattern("(?:19|20)[0-9]{2}(?:[-/.]|年)[0-9]{1,2}月?")),
    ("amount", pattern("[-+\uff0b\uff0d]?[\uffe5$]?[0-9][0-9,.]*(?: ?[%\uff05\u2030]|[\u4e00-\u9fff]{0,4})")),
    ("moment", pattern("[0-9]{1,2}:[0-9]{2}(?:\\s?[-~\u2014\uff5e]{1,2}\\s?[0-9]{1,2}:[0-9]{2})?")),
    ("one", pattern("[\u4e00-\u9fff]")),
)
"""Sorts of cells that a column has one of, and what is none of words."""
_DATED = frozenset({"date", "month", "moment"})
"""Sorts that stand below the titles of a list of texts too."""
_FIGURES = frozenset({"number", "amount"})
_COLUMNS = range(2, 11)


def cells_of(lines: Sequence[SeenLine]) -> set[int]:
    """Places of lines that are cells of a table."""
    out: set[int] = set()
    run: list[SeenLine] = []
    for line in lines:
        if line.size <= limits.CELL and not line.sentence and line.end in ("word", "close"):
            run.append(line)
            continue
        out |= _table(run)
        run = []
    return out | _table(run) | _form(lines)


def _form(lines: Sequence[SeenLine]) -> set[int]:
    """`地点` and a colon, and below it the place; then `开始时间` and a colon: names and values of a form in turn."""
    out: set[int] = set()
    run: list[int] = []
    for name, value in itertools.pairwise(lines):
        if run and name.at == run[-1]:
            continue
        alone = "label-only" in name.forms and not name.has(*FURNITURE, "pairs")
        if alone and value.size <= limits.CELL and value.end == "word" and not value.has("label-only", "pairs"):
            run += [name.at, value.at]
            continue
        out.update(run if len(run) >= 2 * limits.TABLE_ROWS else ())
        run = []
    return out | set(run if len(run) >= 2 * limits.TABLE_ROWS else ())


def code_of(lines: Sequence[SeenLine]) -> set[int]:
    """Places of lines of a program or of the names of files: several in a row in Latin letters of which most have what
    only code has; addresses have it too."""
    out: set[int] = set()
    run: list[SeenLine] = []
    for line in [*lines, None]:
        if line is not None and not _OTHER_LETTERS.search(line.text) and line.mark is None:
            run.append(line)
            continue
        coded = sum(bool(_CODE.search(one.text)) and not _ADDRESS.search(one.text) for one in run)
        if len(run) >= limits.CODE and coded * 2 > len(run):
            out.update(one.at for one in run)
        run = []
    return out


_CODE = pattern("[{}\\[\\]();]\\s*,?$|\\w[/\\\\]\\w?|\\w\\.[a-z]{1,5}$|[\"'\\w]\\s*[:=]\\s*[\"'\\w{\\[]|</|/>|^[{}#$<]")
_ADDRESS = pattern("^[^{}\\[\\]]*(?:://|@|www\\.)[^{}\\[\\]]*$")
_OTHER_LETTERS = pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def _table(run: Sequence[SeenLine]) -> set[int]:
    """Cells among lines of which each is short: from a row above the first that comes again, where the columns' names
    stand, to a row below the last."""
    if len(run) < limits.TABLE_CELLS:
        return set()
    sorts = [_sort(line) for line in run]
    told = [at for at, sort in enumerate(sorts) if sort]
    words = len(run) - len(told)
    if len(told) < limits.TABLE_ROWS or words < limits.TABLE_ROWS:
        return set()  # a calendar's days, a menu
    columns, again = max(((columns, _again(sorts, columns)) for columns in _COLUMNS), key=lambda found: len(found[1]))
    if len(again) >= limits.TABLE_ROWS and len(again) * 5 >= len(told) * 4:
        if {sorts[at] for at in again} <= _DATED and _is_list(run):
            return set()
        return {line.at for line in run[_first(run, min(again), columns) : max(again) + columns]}
    figures = sum(sort in _FIGURES for sort in sorts)  # rows of which some have an empty cell
    return {line.at for line in run[run[0].at == 0 :]} if figures * 4 >= len(run) >= limits.TABLE_LINES else set()


def _again(sorts: Sequence[str], columns: int) -> set[int]:
    """Cells of which the row above or below has one of the same sort."""
    pairs = enumerate(zip(sorts, sorts[columns:], strict=False))
    return {place for at, (sort, below) in pairs if sort and sort == below for place in (at, at + columns)}


def _first(run: Sequence[SeenLine], again: int, columns: int) -> int:
    """Where a table begins.  again: the first cell of which its column has another; columns: how many it has."""
    if run[0].at > 0:
        return 0 if again < 2 * columns else again - columns
    return again - columns if again > columns else again  # a document begins with its title


def _sort(line: SeenLine) -> str:
    """What sort of cell a line may be; nothing for words."""
    text = line.bare
    for sort, form in _SORTS:
        if form.fullmatch(text):
            return sort
    return "date" if is_date(text) or MOMENT.match(text) else ""


def _is_list(run: Sequence[SeenLine]) -> bool:
    """Lines between dates are the titles of texts: half of them are longer than a cell."""
    words = sorted(line.size for line in run if not _sort(line))
    return words[len(words) // 2] > limits.CELL_WORDS
