"""What reading does after the model has spoken."""

from __future__ import annotations

import pytest

from convert.clean.draft import Draft
from convert.clean.reading import _of_one_kind, weighed
from convert.clean.reading.document import Evidence
from convert.clean.reading.evidence import lines_of
from convert.clean.reading.model import Answer
from convert.readers.text import parse

LONG = "按照十年一遇的标准清淤\uff0c确保大型渔船乘潮进出\uff0c疏浚土优先用于填筑后方场地" * 3
TEXT = f"""渔港建设工作方案
1\u3001加固防波堤\u3002{LONG}\u3002
2\u3001疏浚航道\u3002{LONG}\u3002
3\u3001修建冷库\u3002{LONG}\u3002
4\u3001{LONG}\u3002
"""


def states(*shares: tuple[str, float, str, float]) -> list[str]:
    """The states of the four marked lines of TEXT, of which the model says these labels and shares."""
    evidence = Evidence(lines_of([unit for unit in Draft(parse(TEXT)).units if unit.text]), [])
    candidates, _ = weighed(evidence)
    answers = [Answer("T", 1.0, "", 0.0), *(Answer(*one) for one in shares), Answer("P", 1.0, "", 0.0)]
    return _of_one_kind(evidence, candidates, answers)[1:]


@pytest.mark.parametrize(
    ("doubtful", "kind"),
    [(("P", 0.6, "R", 0.3), "R"), (("P", 0.98, "R", 0.001), "P"), (("P", 0.9, "H", 0.1), "P")],
)
def test_the_members_of_a_series_are_of_one_kind(doubtful: tuple[str, float, str, float], kind: str) -> None:
    # One the model is sure of weighs more than two it doubts; the last, whose first sentence is too long for a lead,
    # has no say and stays.
    assert states(("R", 0.98, "P", 0.01), doubtful, doubtful) == [kind, kind, kind, "P"]


def of_decimals(numbers: str, shares: tuple[tuple[str, float], ...]) -> str:
    """The labels of lines with these numbers, each above a line of text, of which the model says these shares."""
    text = "渔港建设需求说明\n" + "".join(f"{number} 登录\n可以登录\n" for number in numbers.split())
    evidence = Evidence(lines_of([unit for unit in Draft(parse(text)).units if unit.text]), [])
    candidates, _ = weighed(evidence)
    answers = [Answer("P", 1.0, "", 0.0) for _ in evidence.lines]
    places = range(1, len(answers), 2)
    for at, (kind, share) in zip(places, shares, strict=True):
        answers[at] = Answer(kind, share, "HP"[kind == "H"], 1 - share)
    return "".join(_of_one_kind(evidence, candidates, answers)[at] for at in places)


@pytest.mark.parametrize(
    ("numbers", "shares", "kinds"),
    [
        ("1.1 1.2 2.1 2.2", (("P", 0.6), ("P", 0.6), ("H", 0.99), ("H", 0.99)), "HHHH"),
        ("1.1 1.2 2.1 2.2", (("P", 0.99), ("P", 0.99), ("H", 0.6), ("H", 0.6)), "PPHH"),  # no chapter loses its own
        ("1.1 1.2 1.3", (("P", 0.99), ("P", 0.99), ("H", 0.6)), "PPP"),  # within one they are of one kind
    ],
)
def test_decimals_of_one_depth_become_headings_together(
    numbers: str, shares: tuple[tuple[str, float], ...], kinds: str
) -> None:
    assert of_decimals(numbers, shares) == kinds
