"""Each chapter in a real browser, as wide as a phone, a tablet and a desktop; vertical books as well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tools
from conftest import SAMPLE
from epub_book import looks, make, read
from epub_readers import READERS, looked_at
from exam import exam_document

WIDTHS = {"desktop": (1400, 900), "tablet": (800, 1100), "phone": (360, 740)}
LOOKS = looks()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with tools.browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


BOOKS = [*(("exam", look) for look in LOOKS), ("sample", "gongwen"), ("sample", "report, vertical")]


@pytest.fixture(scope="module", params=BOOKS, ids=str)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Path]]:
    """The name of a style, and the pages of a book in it, unpacked."""
    source, look = request.param
    folder = tmp_path_factory.mktemp("book")
    made = make(exam_document() if source == "exam" else read(SAMPLE), LOOKS[look])
    (folder / "book.epub").write_bytes(made.data)
    content = tools.unpack(folder / "book.epub", folder / "files")
    return look, [content / name for name in dict.fromkeys([*made.spine, "nav.xhtml"])]


@pytest.fixture
def window(chromium: Any) -> Iterator[Any]:
    page = chromium.new_page()
    page.asked = []
    page.on("request", lambda sent: page.asked.append(sent.url))
    page.on("pageerror", lambda error: page.asked.append(f"error: {error}"))
    yield page
    page.close()


def test_pages_at_each_width(book: tuple[str, list[Path]], window: Any) -> None:
    """A page fits each width and begins its paragraphs two characters in; it asks nobody and shuts nobody out."""
    look, pages = book
    # The next column of a vertical text is to the left, the next line of a horizontal one below.
    vertical = "vertical" in look
    over = "document.documentElement.scroll{0} - inner{0}".format("Height" if vertical else "Width")
    indents = _INDENTS.replace("SIDE", "top" if vertical else "left")
    measured = 0
    for path in pages:
        window.goto(path.as_uri())
        for name, (width, height) in WIDTHS.items():
            window.set_viewport_size({"width": width, "height": height})
            assert window.evaluate(over) <= 0, (path.name, name)
            for indent, size in window.evaluate(indents) if path.name.startswith("chapter-") else ():
                assert indent == pytest.approx(2 * size, abs=0.6), (path.name, name)
                measured += 1
        assert tools.axe(window) == [], path.name  # as a phone shows it
    assert measured >= 15
    assert [url for url in window.asked if not url.startswith("file:")] == []


# Where the first character of each plain body paragraph stands, from the paragraph's edge.
_INDENTS = """
[...document.querySelectorAll('main > section > p:not([class])')].filter(p => p.firstChild?.nodeType === 3
    && /^[\\u4e00-\\u9fff]/.test(p.firstChild.data)).map(p => {
  const range = document.createRange();
  range.setStart(p.firstChild, 0);
  range.setEnd(p.firstChild, 1);
  return [range.getBoundingClientRect().SIDE - p.getBoundingClientRect().SIDE,
          parseFloat(getComputedStyle(p).fontSize)];
})
"""


def test_contents_lead_to_their_headings(book: tuple[str, list[Path]], window: Any) -> None:
    _, pages = book
    nav = next(path for path in pages if path.name == "nav.xhtml")
    window.goto(nav.as_uri())
    assert not window.locator("nav#landmarks").is_visible()
    links = window.evaluate("[...document.querySelectorAll('nav#toc a')].map(a => [a.href, a.innerText])")
    assert len(links) >= 7
    window.locator("nav#toc a").last.click()
    window.wait_for_url(links[-1][0])
    for address, text in links:
        # From place to place in one page the browser loads nothing.
        window.goto(address)
        reached = window.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))).innerText")
        assert "".join(reached.split()) == "".join(text.split())


def test_a_note_and_back_by_keyboard(chromium: Any, tmp_path: Path) -> None:
    made = make(exam_document(), LOOKS["gongwen"])
    (tmp_path / "book.epub").write_bytes(made.data)
    content = tools.unpack(tmp_path / "book.epub", tmp_path / "files")
    page = chromium.new_page()
    page.goto((content / "chapter-001.xhtml").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "doc-noteref"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#note-n1"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "doc-backlink"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#ref.note-n1"
    page.close()


def test_a_wide_table_scrolls_by_itself(chromium: Any, tmp_path: Path) -> None:
    from convert.model import Cell, Document, Paragraph, Row, SourceInfo, Table, Text

    row = Row(tuple(Cell((Paragraph((Text("指标名称"),)),)) for _ in range(20)))
    source = SourceInfo("wide.txt", "0" * 64, "text/plain", "utf-8", 0)
    made = make(Document(source, blocks=(Table((row,) * 3),)), LOOKS["gongwen"])
    (tmp_path / "book.epub").write_bytes(made.data)
    content = tools.unpack(tmp_path / "book.epub", tmp_path / "files")
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto((content / "chapter-000.xhtml").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate("(e => e.scrollWidth > e.clientWidth)(document.querySelector('.scroll'))")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.scroll').scrollLeft > 0")
    page.close()


def test_the_date_begins_two_characters_right_of_the_signature(chromium: Any, tmp_path: Path) -> None:
    made = make(exam_document(), LOOKS["gongwen"])
    (tmp_path / "book.epub").write_bytes(made.data)
    content = tools.unpack(tmp_path / "book.epub", tmp_path / "files")
    page = chromium.new_page(viewport={"width": 800, "height": 1100})
    page.goto((content / "chapter-003.xhtml").as_uri())
    size, signature, date, edge = page.evaluate(
        """(() => {
      const box = name => { const range = document.createRange();
        range.selectNodeContents(document.querySelector(name)); return range.getBoundingClientRect(); };
      return [parseFloat(getComputedStyle(document.body).fontSize), box('.signature').left, box('.date').left,
              document.body.clientWidth - Math.max(box('.signature').right, box('.date').right)];
    })()"""
    )
    assert date - signature == pytest.approx(2 * size, abs=0.6)
    assert edge == pytest.approx(2 * size, abs=0.6)
    page.close()


def test_titles_break_between_words(chromium: Any, tmp_path: Path) -> None:
    made = make(exam_document(), LOOKS["gongwen"])
    (tmp_path / "book.epub").write_bytes(made.data)
    content = tools.unpack(tmp_path / "book.epub", tmp_path / "files")
    phrases = {"".join(text.split()) for text in _phrases(content / "chapter-000.xhtml")}
    for width, height in WIDTHS.values():
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.goto((content / "chapter-000.xhtml").as_uri())
        lines = page.evaluate(_LINES)
        assert len(lines) > 1 or width > 1000
        for line in lines:
            # Each line is made of whole phrases.
            rest = line
            while rest:
                head = next((phrase for phrase in phrases if rest.startswith(phrase)), None)
                assert head, (width, lines)
                rest = rest[len(head) :]
        page.close()


def _phrases(path: Path) -> list[str]:
    from lxml import etree

    title = next(etree.parse(str(path)).iter("{http://www.w3.org/1999/xhtml}h1"))
    return [title.text, *(wbr.tail for wbr in title)]


_LINES = """
(() => {
  const lines = [];
  let top = null;
  const walker = document.createTreeWalker(document.querySelector('h1.title'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    for (let at = 0; at < walker.currentNode.length; at++) {
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + 1);
      const y = Math.round(range.getBoundingClientRect().top);
      if (y !== top) { lines.push(''); top = y; }
      lines[lines.length - 1] += range.toString();
    }
  }
  return lines;
})()
"""


@pytest.mark.parametrize("look", ["gongwen", "report, vertical"])
@pytest.mark.parametrize("reader", READERS)
def test_reading_programs_show_cover_text_note_and_picture(chromium: Any, reader: str, look: str) -> None:
    """epub.js and foliate-js, engines that many programs are built of."""
    made = make(exam_document(), LOOKS[look])
    names = {}
    for name, page in made.chapters.items():
        found = {element.get("id") or "" for element in page.iter()}
        if any(id == "note-n1" for id in found):
            names["CHAPTER_NOTE"] = name
        if next(page.iter("{http://www.w3.org/1999/xhtml}figure"), None) is not None:
            names["CHAPTER_PICTURE"] = name
    with looked_at(chromium, reader, made.data, {**names, "NOTE": "note-n1"}) as shown:
        assert shown["asked"] == []
        assert min(shown["cover"]) >= 1400
        ((width, height, wide),) = shown["front"]
        assert (width, height) == tuple(shown["cover"])
        assert 100 < wide <= 700, "the cover is shown, and fits"
        assert "关于进一步推进洪山镇农村人居环境" in "".join(shown["first"]["text"].split())
        vertical = "vertical" in look
        assert shown["first"]["mode"] == ("vertical-rl" if vertical else "horizontal-tb")
        assert shown["direction"] == ("rtl" if vertical else "ltr")
        where, note = shown["note"]
        assert where in ("footnote", names["CHAPTER_NOTE"])
        assert "按当年价格计算" in "".join(note.split())
        assert [480, 240] in [picture[:2] for picture in shown["picture"]]
        assert all(picture[2] > 0 for picture in shown["picture"])
        assert shown["toc"] == [entry.text for entry in made.nav() if entry.depth == 1]
