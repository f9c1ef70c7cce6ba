"""How right the reader is on the shared pages with gold: floors that may only rise.

Body F1 is counted in characters, white space aside: the longest common subsequence of the printed body (headings,
lists and tables included; title, captions and meta lines not) and the gold's paragraphs, `optional` lines left out of
both.  Read in place; skipped where the corpus is not at hand.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from convert import source
from convert.clean import clean
from convert.model import (
    Block,
    Document,
    Figure,
    Heading,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Table,
    ledger,
    plain,
    replay,
    walk,
)
from convert.readers import html

SHARED = Path(__file__).resolve().parents[2] / "shared"
FOLDER = SHARED / "corpus" / "pages"
PAGES = sorted(FOLDER.glob("*.html"))
DIGEST = "7b7bc0892940ba7a56d8ca8cd85da60001d80d395283de3635ca96f4a2668fd6"
"""SHA-256 of all pages and gold files in path order: floors are for these and no others."""

MEAN_F1, WORST_F1 = 0.999, 0.995  # the issue asks for 0.99 and 0.95
CLEANED_MEAN_F1, CLEANED_WORST_F1 = 0.999, 0.996  # after repair, which changes a few marks on purpose
PICTURES_RIGHT = 12  # the issue asks for 10 of 12

pytestmark = pytest.mark.skipif(not PAGES, reason="the shared corpus is not at hand")


def bare(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "").replace("\ufeff", "")


def body(document: Document) -> list[str]:
    """The lines of the printed body, without white space."""
    return [bare(line) for text in _texts(document.blocks) for line in text.split("\n") if bare(line)]


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                if block.role not in ("title", "subtitle", "meta", "caption", "byline", "dateline"):
                    yield plain(block.children)
            case Heading():
                yield plain(block.children)
            case Preformatted():
                yield block.text
            case List():
                for item in block.items:
                    texts = list(_texts(item.children))
                    yield ("" if item.counted else item.marker) + "\n".join(texts)
            case Quote():
                yield from _texts(block.children)
            case Table():
                for row in block.rows:
                    for cell in row.cells:
                        yield from _texts(cell.children)


def common(ours: list[str], gold: list[str]) -> int:
    """Characters that both have, in order: whole lines first, then inside what differs."""
    total = 0
    for kind, first, last, start, end in difflib.SequenceMatcher(None, ours, gold, autojunk=False).get_opcodes():
        if kind == "equal":
            total += sum(map(len, ours[first:last]))
        elif kind == "replace":
            one, other = "".join(ours[first:last]), "".join(gold[start:end])
            blocks = difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
            total += sum(block.size for block in blocks)
    return total


def f1(document: Document, gold: dict[str, Any]) -> float:
    optional = {bare(line) for line in gold.get("optional", ())}
    ours = [line for line in body(document) if line not in optional]
    wanted = [bare(line) for line in gold["paragraphs"] if bare(line) not in optional]
    same = common(ours, wanted)
    return 2 * same / max(1, sum(map(len, ours)) + sum(map(len, wanted)))


@pytest.fixture(scope="module")
def read() -> dict[str, tuple[Document, dict[str, Any]]]:
    return {
        path.stem: (
            html.read(source.load(path)),
            json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8")),
        )
        for path in PAGES
    }


def test_the_corpus_is_the_one_the_floors_are_for() -> None:
    whole = hashlib.sha256()
    for path in sorted(FOLDER.iterdir()):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    assert whole.hexdigest() == DIGEST, "another corpus: measure again and pin the new floors"


def test_body(read: dict[str, tuple[Document, dict[str, Any]]]) -> None:
    found = {name: f1(document, gold) for name, (document, gold) in read.items()}
    mean = sum(found.values()) / len(found)
    print(f"\nbody F1: mean {mean:.4f}, worst {min(found.values()):.4f} ({min(found, key=lambda name: found[name])})")
    assert mean >= MEAN_F1, found
    assert min(found.values()) >= WORST_F1, found


def test_names_of_elements_are_only_hints() -> None:
    """Without any class, id or heading tag the articles are found all the same."""
    found = {}
    for path in PAGES:
        text = re.sub(r"\s(?:class|id)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", "", path.read_text(encoding="utf-8"))
        bare_page = source.from_bytes(re.sub(r"<(/?)h[1-6]\b", r"<\1div", text).encode(), path.name)
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        found[path.stem] = f1(html.read(bare_page), gold)
    assert sum(found.values()) / len(found) >= 0.999, found
    assert min(found.values()) >= 0.995, found


def test_body_after_cleaning(read: dict[str, tuple[Document, dict[str, Any]]]) -> None:
    """Cleaning labels and repairs; what it takes away or changes must stay small."""
    found = {name: f1(clean(document), gold) for name, (document, gold) in read.items()}
    mean = sum(found.values()) / len(found)
    print(f"\nbody F1 after cleaning: mean {mean:.4f}, worst {min(found.values()):.4f}")
    assert mean >= CLEANED_MEAN_F1, found
    assert min(found.values()) >= CLEANED_WORST_F1, found


def test_titles_and_dates(read: dict[str, tuple[Document, dict[str, Any]]]) -> None:
    wrong = {
        name: (document.metadata.title, document.metadata.published)
        for name, (document, gold) in read.items()
        if (document.metadata.title, document.metadata.published) != (gold["title"], gold["date"])
    }
    assert wrong == {}


def test_sources_and_people(read: dict[str, tuple[Document, dict[str, Any]]]) -> None:
    """Not asked for, but pinned."""
    sources = sum(document.metadata.source == gold["source"] for document, gold in read.values())
    assert sources >= 12
    people = 0
    for document, gold in read.values():
        named = "\u3001".join(filter(None, (document.metadata.author, document.metadata.editor)))
        people += all(name in named for name in gold["author"])
    assert people >= 11


def test_pictures_captions_and_tables(read: dict[str, tuple[Document, dict[str, Any]]]) -> None:
    right = 0
    for document, gold in read.values():
        figures = [block for block in walk(document.blocks) if isinstance(block, Figure)]
        captions = [bare(plain(figure.caption)) for figure in figures if figure.caption]
        tables = sum(isinstance(block, Table) for block in walk(document.blocks))
        right += (len(figures), captions, tables) == (
            gold["n_images"], [bare(caption) for caption in gold["captions"]], gold["n_tables"],
        )  # fmt: skip
    assert right >= PICTURES_RIGHT


def test_headings_after_cleaning(read: dict[str, tuple[Document, dict[str, Any]]]) -> None:
    """Bold paragraphs used as headings are found on every page; one more line of all pages is taken for one."""
    more = []
    for name, (document, gold) in read.items():
        found = [bare(plain(block.children)) for block in walk(clean(document).blocks) if isinstance(block, Heading)]
        wanted = [bare(heading) for heading in gold["headings"]]
        assert [heading for heading in found if heading in wanted] == wanted, name
        more += [heading for heading in found if heading not in wanted]
    assert len(more) <= 1, more


def test_every_visible_line_is_accounted_for(read: dict[str, tuple[Document, dict[str, Any]]]) -> None:
    for path in PAGES:
        page = source.load(path)
        for document in (read[path.stem][0], clean(read[path.stem][0])):
            assert replay(document.source, ledger(document), document.repairs) == html.visible_text(page)


@pytest.mark.parametrize("name", ["gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("said", ["gb2312", "big5", "iso-8859-1"])
def test_pages_in_other_charsets_come_out_the_same(name: str, said: str) -> None:
    """Also with a wrong declaration."""
    for path in PAGES[:4]:
        text = path.read_text(encoding="utf-8").replace("\ufeff", "")
        declared = f'<meta charset="{said}">{text}'
        page = source.from_bytes(declared.encode(name), path.name)
        plain_page = source.from_bytes(declared.encode("utf-8"), path.name)
        assert html.visible_text(page) == html.visible_text(plain_page), path.name


@pytest.mark.parametrize("name", ["big5hkscs", "cp932", "cp949"])
def test_pages_cut_down_to_a_smaller_charset_come_out_the_same(name: str) -> None:
    """Characters the charset lacks are dropped, which leaves text enough to tell it from Chinese where it is kana or
    hangul, or traditional characters, that the page is made of; simplified text in these charsets is no text at all,
    so the page is declared."""
    labels = {"big5hkscs": "big5", "cp932": "shift_jis", "cp949": "euc-kr"}
    for path in PAGES[:4]:
        text = path.read_text(encoding="utf-8").replace("\ufeff", "").encode(name, "ignore").decode(name)
        page = source.from_bytes(text.encode(name), path.name, charset=labels[name])
        assert source.decode(page).charset == labels[name]
        assert source.decode(page).text == text
