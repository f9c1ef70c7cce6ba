"""Items of papers of Taiwan: how deep each stands, by the mark it begins with."""

from __future__ import annotations

from ...cjk.lines import Country
from ...zh.patterns import pattern
from .evidence import SeenLine
from .forms import FormLine


class Items:
    """Items while the lines of a paper are read: their depth is that of their mark among those that are open."""

    def __init__(self, country: Country) -> None:
        self.itemized = country.itemized
        self.open: list[str] = []
        self.last = 0

    def of(self, line: SeenLine) -> FormLine:
        """A line of text: an item where its mark says so, or where a number counts on before a day: `2.109年7月6日`."""
        mark = line.mark
        if not self.itemized:
            return FormLine("P")
        dated = _DATED_ITEM.match(line.text) if mark is None and "arabic" in self.open else None
        if dated is not None and int(dated[1]) == self.last + 1:
            self.last += 1
            return FormLine("P", run_in=dated.end(), item=self._depth("arabic"))
        if mark is None or mark.family not in _ITEMS or mark.end >= line.size:
            return FormLine("P")
        if mark.family == "arabic":
            self.last = mark.value
        return FormLine("P", run_in=mark.end, item=self._depth(mark.family))

    def _depth(self, family: str) -> int:
        if family in self.open:
            del self.open[self.open.index(family) + 1 :]
        else:
            self.open.append(family)
        return len(self.open)


_DATED_ITEM = pattern("([0-9]{1,2})[.\uff0e](?=[0-9]{2,3}年)")
_ITEMS = frozenset({"formal", "han", "han_paren", "arabic", "arabic_paren", "circled"})
"""Families of marks of items: 文書處理手冊, 16 (壹, 一, （一）, 1, （1）)."""
