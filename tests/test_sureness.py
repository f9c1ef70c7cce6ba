"""How sure lines are said to be, on labelled texts: the table, printed (`pytest -s`), and what it must hold."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from convert.clean.reading.confidence import SIGNS, weights_of
from convert.clean.reading.model import fitted
from tests.reading_gold import Doc, load
from tests.sureness import sure_of, table, told_sure

SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "genres"
SORTS = ("removed", "heading", "sentence", "marked", "short", "other")
TABLES = {f"{where}:{sort}" for where in ("page", "text") for sort in SORTS}


def _papers(folders: list[str]) -> list[Doc]:
    """Labelled papers; not cases and not laws, of which few lines have a label."""
    return [doc for doc in load(folders) if not doc.law and not doc.made]


@pytest.mark.parametrize("folders", [[], [str(SHARED)]], ids=["own", "shared"])
def test_nearly_all_lines_said_to_be_sure_are_right(folders: list[str]) -> None:
    if folders and not SHARED.is_dir():
        pytest.skip("the shared corpora are not here")
    shares = sure_of(_papers(folders))
    print(told_sure(shares), table(shares), sep="\n")
    sure = [right for share, right in shares if share >= 0.9]
    assert len(sure) * 3 > len(shares) * 2
    assert sum(sure) >= 0.99 * len(sure)


def test_wrong_lines_are_doubted() -> None:
    """A page whose menu goes on below its text: what is kept of it is said with less certainty than the text."""
    text = "\n".join(
        [
            *("首页", "登录", "注册", "新闻", "河边动态", "水闸的事"),
            "水闸用得久不久\uff0c一半看材料\uff0c一半看人\uff0c人要是常去看\uff0c小毛病就不会变成大毛病\u3002",
            "水闸要在汛期以前查看\uff0c查看时先看闸门\uff0c再看启闭机\uff0c最后看两岸的护坡有没有裂缝\u3002",
            *("首页", "上一页", "青石桥", "白石桥", "红石桥", "黑石桥", "版权所有", "返回顶部"),
        ]
    )
    gold = {
        "kind": "page",
        "blocks": [
            {"line": at, "kind": "paragraph" if at in (7, 8) else "title" if at == 6 else "boilerplate", "text": line}
            for at, line in enumerate(text.split("\n"), 1)
        ],
    }
    shares = sure_of([Doc("page", "page", text, gold)])
    right, wrong = ([share for share, holds in shares if holds is want] for want in (True, False))
    assert wrong, "the page must hold what reading keeps without a right"
    assert max(wrong) < mean(right)


def test_every_table_has_weights_for_signs_that_there_are() -> None:
    tables = fitted().signs
    assert set(tables) == TABLES
    assert all(set(row) <= set(SIGNS) for row in tables.values())
    assert all(len(row) == len(SIGNS) for row in weights_of(tables).values())
