"""One rule of the HTML reader each: what becomes of a small page.  The cases are in `fixtures/html-small`, by the floor
that decides, as title, page and what comes out; `html_help.account` says how that is written.

In a page `{}` stands for a sentence of prose, `{甲}` for one with that sign, so that sentences can be told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import html_help
import pytest

from convert.errors import ConvertError
from convert.model import ledger, replay
from convert.readers import html

CASES = Path(__file__).parent / "fixtures" / "html-small"
PROSE = "石桥在村口立了三百年\uff0c每年春天都有人来修补桥面\uff0c换下的石板就铺在路边{}\u3002"


def cases() -> Iterator[tuple[str, str, str]]:
    for path in sorted(CASES.glob("*.txt")):
        for case in re.split(r"(?m)^#### ", path.read_text("utf-8"))[1:]:
            title, _, rest = case.partition("\n")
            page, _, wanted = rest.partition("----\n")
            yield f"{path.stem}: {title}", page.rstrip("\n"), wanted.strip("\n")


def filled(page: str) -> str:
    """The page with its sentences."""
    return re.sub(r"\{(\w?)\}", lambda found: PROSE.format(found[1]), page)


def told(page: str) -> str:
    """What comes out of a page, with the sentences as the page has them."""
    source = html_help.page(filled(page))
    try:
        document = html.read(source)
    except ConvertError as error:
        return type(error).__name__
    assert replay(document.source, ledger(document), document.repairs) == html.visible_text(source)
    before, after = PROSE.split("{}")
    return re.sub(f"{before}(\\w?){after}", r"{\1}", html_help.account(document)).strip("\n")


@pytest.mark.parametrize(("page", "wanted"), [pytest.param(*case[1:], id=case[0]) for case in cases()])
def test_case(page: str, wanted: str) -> None:
    assert told(page) == wanted
