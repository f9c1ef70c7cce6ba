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


@pytest.mark.parametrize(
    ("unit", "place"),
    [*((unit, "text") for unit in ONCE_QUADRATIC), ("a", "attribute"), ("_", "title"), ("\uff08\uff08", "cell")],
)
def test_ten_times_the_text_is_not_twenty_times_the_work(unit: str, place: str) -> None:
    _, least, few, many = (
        growth.lines_run(place, unit * count) for count in (50, 2, 50, 500)
    )  # the first fills caches
    assert many <= growth.GROWTH * max(few - least, 0) + 2 * least
