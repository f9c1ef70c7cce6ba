"""Work grows with the text and no faster, whatever is repeated.  The large form is `python -m tests.growth`."""

from __future__ import annotations

import pytest

from tests import growth

ONCE_QUADRATIC = (
    "\u2014",
    "\u2026",
    "\u3002\u201d",
    "1.",
    "IV.",
    "\u200d",
    "_",
    "2021\u5e741\u6708",
    "\uff08",
    "\u00b7\u6587",
)


COUNT = 500
MOST = 200
"""Lines of the program that are run for a character; it is some 30 to 140."""


@pytest.mark.parametrize(
    ("unit", "place"),
    [*((unit, "text") for unit in ONCE_QUADRATIC), ("a", "attribute"), ("_", "title"), ("\uff08\uff08", "cell")],
)
def test_a_character_takes_no_more_work_in_a_long_text(unit: str, place: str) -> None:
    """What grows with the square of the text takes more than MOST for each of these characters, and ever more."""
    _, few, many = (growth.lines_run(place, unit * count) for count in (COUNT, 2, COUNT))  # the first fills caches
    assert many - few <= MOST * COUNT * len(unit)


SHORT = 200
MOST_TO_READ = 100
"""Lines that are run to read a character; it is up to 60 where each stands on a line of its own."""


@pytest.mark.parametrize("at", range(len(growth.PLACES)), ids=tuple(growth.PLACES))
def test_each_unit_is_read_in_a_time_that_grows_with_the_text(at: int) -> None:
    """All units, each in one of the places: class of character, mark, label, pair."""
    place, read = tuple(growth.PLACES)[at], ("read",)
    units = growth.UNITS[at :: len(growth.PLACES)]
    few = [growth.lines_run(place, units[0] * 2, read) for _ in "12"][1]  # the first fills caches
    grown = {unit: (growth.lines_run(place, unit * SHORT, read) - few) / SHORT / len(unit) for unit in units}
    assert {unit: lines for unit, lines in grown.items() if lines > MOST_TO_READ} == {}
