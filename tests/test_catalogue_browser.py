"""The catalogue's page in a real browser, opened from the disk: six hundred documents to find, filter and read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import catalogue_help
import pytest
import tools
from conftest import needs

from convert import catalogue

pytestmark = needs("playwright")


def expect(what: Any) -> Any:
    """Playwright's word for a claim that is waited for."""
    from playwright.sync_api import expect as expected

    return expected(what)


COUNT = 600
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1400, "height": 900}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the page."""
    folder = catalogue_help.finished(tmp_path_factory.mktemp("library") / "dist", "html", "pdf")
    catalogue_help.many(folder, COUNT, catalogue_help.HOSTILE)
    catalogue.build(folder)
    return (folder / "index.html").as_uri()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with tools.browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


class Window:
    """A page that notes what it asks for and what goes wrong."""

    def __init__(self, chromium: Any, address: str, ready: bool = True, **context: Any) -> None:
        self.context = chromium.new_context(**{"locale": "zh-CN", "viewport": DESKTOP, **context})
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("dialog", lambda dialog: self.wrong.append(dialog.message))
        self.page.on("requestfailed", lambda request: self.wrong.append(request.url))
        self.page.goto(address)
        if ready:
            expect(self.page.locator("#year option")).not_to_have_count(1)
        self.items = self.page.locator("#list > li")
        self.status = self.page.locator("#status")

    def fits(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    def search(self, words: str) -> None:
        """Types words and waits for the answer."""
        self.page.fill("#q", words)
        expect(self.page.locator("#list")).to_have_attribute("aria-busy", "false")

    def axe(self) -> list[str]:
        """What axe-core finds; what it does itself may be refused by the page's policy."""
        assert self.wrong == []
        found = tools.axe(self.page)
        self.wrong.clear()
        return found

    def titles(self) -> list[str]:
        return list(self.page.locator("#list h3").all_text_contents())


@pytest.fixture
def window(chromium: Any, index: str) -> Iterator[Any]:
    """Opens windows, and in the end makes sure that none asked anybody but the disk for anything."""
    opened: list[Window] = []

    def new(address: str = index, **context: Any) -> Window:
        opened.append(Window(chromium, address, **context))
        return opened[-1]

    yield new
    for one in opened:
        assert [url for url in one.asked if not url.startswith("file:///")] == []
        assert one.wrong == []
        one.context.close()


def test_it_opens_with_a_hundred_documents_and_their_pictures(window: Any) -> None:
    here = window()
    expect(here.items).to_have_count(100)
    expect(here.page.locator("h1")).to_have_text("文库")
    expect(here.page.locator("header")).to_contain_text(f"{COUNT} 份文档")
    pictures = here.page.locator(".cover img").evaluate_all("all => all.slice(0, 6).map(one => one.naturalWidth)")
    assert pictures == [320] * 6
    assert len([url for url in here.asked if "/grams/" in url or "/text/" in url]) == 0, "the index waits to be asked"


def test_a_word_in_the_middle_of_a_text_is_found_and_shown(window: Any) -> None:
    here = window()
    here.search("翻看宋版")
    expect(here.status).to_have_text(re.compile(r"已找到 20 份\uff0c还有 \d+ 份待查"))
    expect(here.items).to_have_count(20)
    assert set(here.page.locator("#list .found mark").all_text_contents()) == {"翻看宋版"}
    assert "让读者在家里也能翻看宋版书" in here.page.locator("#list .found").first.inner_text()
    loaded = [url for url in here.asked if "/grams/" in url]
    assert 1 <= len(loaded) <= 3, "one shard for each pair of characters"
    here.page.click("#more")
    expect(here.items).to_have_count(40)
    expect(here.items.nth(20).locator("h3 a")).to_be_focused()


def test_what_only_seems_to_be_there_is_not_shown(window: Any) -> None:
    # Each pair of it is in the notice: the text is looked into before anything is said.
    here = window()
    here.search("馆藏珍本的保护")
    expect(here.status).to_have_text(re.compile("没有找到"))
    expect(here.items).to_have_count(0)
    assert [url for url in here.asked if "/text/" in url]


def test_titles_and_several_words(window: Any) -> None:
    here = window()
    here.search("第434号")
    expect(here.status).to_have_text("找到 1 份")
    assert here.page.locator("#list h3 mark").all_text_contents() == ["第434号"]
    here.search("宋版书 第431号")
    expect(here.status).to_have_text("找到 1 份")
    here.search("\uff21 \u3000 第 号")  # folded: full-width A, spaces; single characters are for titles
    expect(here.status).to_have_text(re.compile("正文至少要两个字|没有找到"))
    here.search("")
    expect(here.items).to_have_count(100)
    expect(here.status).to_have_text(re.compile("按日期排列"))


def test_filters_and_order(window: Any) -> None:
    here = window()
    year = here.page.locator("#year option", has_text="2015")
    count = int(re.findall(r"\((\d+)\)", year.inner_text())[0])
    here.page.select_option("#year", "2015")
    expect(here.status).to_have_text(f"{count} 份文档")
    expect(here.items).to_have_count(count)
    assert {text[:4] for text in here.page.locator("#list time").all_text_contents()} == {"2015"}
    here.page.select_option("#source", label=here.page.locator("#source option", has_text="新华社").inner_text())
    expect(here.items).not_to_have_count(count)
    assert set(here.page.locator("#list .source").all_text_contents()) == {"新华社"}
    here.page.select_option("#sort", "oldest")
    expect(here.page.locator("#list")).to_have_attribute("aria-busy", "false")
    days = here.page.locator("#list time").all_text_contents()
    assert len(set(days)) > 5
    assert days == sorted(days)
    here.page.click("#clear")
    expect(here.items).to_have_count(100)
    expect(here.page.locator("#q")).to_be_focused()
    here.page.select_option("#sort", "title")
    expect(here.status).to_have_text(f"{COUNT} 份文档")
    here.page.click("#more")
    expect(here.items).to_have_count(200)


def test_the_question_stands_in_the_address(window: Any, index: str) -> None:
    here = window()
    here.search("翻看")
    here.page.select_option("#year", "2015")
    expect(here.items.first.locator(".found")).to_be_visible()
    count = here.items.count()
    address = here.page.url
    assert "#q=" in address
    again = window(address)
    expect(again.items).to_have_count(count)
    expect(again.page.locator("#q")).to_have_value("翻看")
    strange = window(f"{index}#q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&year=x&source=__proto__&sort=constructor")
    expect(strange.page.locator("#q")).to_have_value("<img src=x onerror=alert(1)>")


def test_links_open(window: Any) -> None:
    here = window()
    here.search("古籍数字化工作的通知")
    link = here.page.locator("#list h3 a").first
    expect(link).to_have_attribute("type", "text/html")
    with here.page.expect_navigation():
        link.click()
    expect(here.page.locator("main")).to_contain_text("让读者在家里也能翻看宋版书")
    here.page.go_back()
    expect(here.page.locator("#q")).to_have_value("古籍数字化工作的通知")
    expect(here.page.locator("#list .found, #list mark").first).to_be_visible()


def test_without_script_it_is_a_list_with_pages(window: Any) -> None:
    here = window(java_script_enabled=False, ready=False)
    seen: list[str] = []
    last = COUNT // 100
    for number in range(1, last + 1):
        expect(here.items).to_have_count(100)
        expect(here.page.locator("form")).to_be_hidden()
        expect(here.page.locator("noscript p")).to_be_visible()
        expect(here.page.locator("nav [aria-current]")).to_have_text(str(number))
        seen += here.page.locator("#list .editions").all_text_contents() and here.page.locator(
            "#list h3 a"
        ).evaluate_all("links => links.map(one => one.href)")
        if number < last:
            here.page.click("nav [rel=next]")
    assert len(seen) == len(set(seen)) == COUNT
    here.page.click("nav a:has-text('1') >> nth=0")
    expect(here.items).to_have_count(100)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_titles_do_no_harm(window: Any, viewport: dict[str, int]) -> None:
    here = window(viewport=viewport)
    texts: list[str] = []
    for word in ("harm", "u003cb", "RLO", "bell", "长" * 100, "wide wide"):
        here.search(word)
        expect(here.page.locator("#list mark").first).to_be_visible()
        texts += here.titles()
        assert here.fits(), word
    assert any(text.startswith("<script>") for text in texts)
    assert any(text.startswith('"><img src=x onerror=') for text in texts)
    assert any(len(text) == 500 for text in texts)
    assert not any(re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", text) for text in texts)
    assert here.page.title() == "文库"
    assert here.page.locator("main script, main [onerror], main [onload]").count() == 0


def test_no_text_becomes_markup_or_script(window: Any) -> None:
    """The page's own policy refuses it, whatever a later change of the script should do."""
    here = window()
    for attempt, refused in (
        ("document.body.insertAdjacentHTML('beforeend', '<b>x</b>')", "TrustedHTML"),
        ("document.createElement('script').src = 'x.js'", "TrustedScriptURL"),
        ("setTimeout('document.title = 1')", "TrustedScript"),
        ("trustedTypes.createPolicy('other', {})", "disallowed"),
    ):
        tried = f"(() => {{ try {{ {attempt}; return 'done' }} catch (error) {{ return String(error) }} }})()"
        assert refused in here.page.evaluate(tried)
    here.wrong.clear()  # the refusals


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_it_fits_and_shuts_nobody_out(window: Any, viewport: dict[str, int]) -> None:
    here = window(viewport=viewport)
    for words in ("", "翻看宋版"):
        if words:
            here.search(words)
            expect(here.page.locator("#list mark").first).to_be_visible()
        assert here.fits()
        for scheme in ("light", "dark"):
            here.page.emulate_media(color_scheme=scheme)
            assert here.axe() == []


@pytest.mark.parametrize(
    ("locale", "language", "words"),
    [("zh-TW", "zh-Hans", "搜索"), ("en-GB", "en", "Search"), ("fr-FR", "zh-Hans", "搜索")],
)
def test_it_speaks_the_readers_language(window: Any, locale: str, language: str, words: str) -> None:
    here = window(locale=locale)
    label = here.page.locator("label[for=q]")
    expect(here.page.locator("html")).to_have_attribute("lang", language)
    expect(label).to_contain_text(words)
    here.page.select_option("#year", "2015")
    expect(here.status).to_have_text(re.compile("documents" if language == "en" else "份文档"))
    here.page.click("#language")
    expect(label).to_contain_text("搜索" if language == "en" else "Search")
    expect(here.status).to_have_text(re.compile("份文档" if language == "en" else "documents"))
    here.page.reload()
    expect(label).to_contain_text("搜索" if language == "en" else "Search")


def test_by_keyboard(window: Any) -> None:
    here = window()
    here.page.keyboard.press("Tab")
    expect(here.page.locator(".skip")).to_be_focused()
    here.page.keyboard.press("Enter")
    expect(here.page.locator("main")).to_be_focused()
    here.page.keyboard.press("Tab")
    expect(here.items.first.locator("h3 a")).to_be_focused()
    here.page.keyboard.press("Tab")
    expect(here.items.first.locator(".editions a").first).to_be_focused()
    here.page.focus("#q")
    here.page.keyboard.type("第77号")
    here.page.keyboard.press("Enter")
    expect(here.status).to_have_text("找到 1 份")
    here.page.keyboard.press("Shift+Tab")
    here.page.keyboard.press("Tab")
    expect(here.page.locator("#q")).to_be_focused()
    outline = here.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_a_missing_index_is_said(window: Any, tmp_path: Path) -> None:
    folder = catalogue_help.finished(tmp_path / "dist", "html")
    catalogue.build(folder)
    for path in (folder / "catalogue" / "grams").iterdir():
        path.unlink()
    here = window((folder / "index.html").as_uri())
    here.search("翻看宋版")
    expect(here.status).to_have_text(re.compile("索引读不出来"))
    assert here.wrong
    here.wrong.clear()  # the file that is not there
