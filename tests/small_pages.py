"""Small pages, a rule of the HTML reader each, and what comes out of them: `python -m tests.small_pages` writes what
comes out of those that say nothing yet; read it before you keep it.

The cases are in `fixtures/html-small`, by the floor that decides, as title, page and what comes out;
`html_help.account` says how that is written.  In a page `{}` stands for a sentence of prose, `{甲}` for one with that
sign, so that sentences can be told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from convert.errors import ConvertError
from convert.model import ledger, replay
from convert.readers import html
from tests import html_help

FOLDER = Path(__file__).resolve().parent / "fixtures" / "html-small"
PROSE = "石桥在村口立了三百年\uff0c每年春天都有人来修补桥面\uff0c换下的石板就铺在路边{}\u3002"


class Case(NamedTuple):
    """A page and what comes out of it."""

    title: str
    page: str
    wanted: str


def cases(path: Path) -> Iterator[Case]:
    """The cases of a file."""
    for case in re.split(r"(?m)^#### ", path.read_text("utf-8"))[1:]:
        title, _, rest = case.partition("\n")
        page, _, wanted = rest.partition("----\n")
        yield Case(title, page.rstrip("\n"), wanted.strip("\n"))


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


def write() -> None:
    """Fills in what comes out of cases that say nothing."""
    for path in sorted(FOLDER.glob("*.txt")):
        said = [f"#### {one.title}\n{one.page}\n----\n{one.wanted or told(one.page)}\n" for one in cases(path)]
        path.write_text("\n".join(said), encoding="utf-8")


if __name__ == "__main__":
    write()
