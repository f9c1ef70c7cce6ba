"""Whole pages of the families that users save: what each page is to become stands beside it.

`NAME.html` is a page with all its furniture, `NAME.txt` the metadata and the printed blocks as they have to come out.
The pages are written for this test in the manner of government, university, hospital, news and account sites.
"""

from __future__ import annotations

from pathlib import Path

import html_help
import pytest

from convert import source
from convert.model import ledger, replay
from convert.readers import html

PAGES = sorted((Path(__file__).parent / "fixtures" / "html").glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_comes_out_as_expected(path: Path) -> None:
    document = html.read(source.load(path))
    assert html_help.summary(document) == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_line_of_the_page_is_accounted_for(path: Path) -> None:
    page = source.load(path)
    document = html.read(page)
    assert replay(document.source, ledger(document), document.repairs) == html.visible_text(page)
