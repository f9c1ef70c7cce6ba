"""The HTML edition: one file that holds everything, fits every screen, and asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tools
from conftest import SAMPLE
from epub_book import looks, read, real_sources
from exam import TITLE, exam_document
from hypothesis import HealthCheck, given, settings
from lxml import html
from part import examples
from strategies import documents, noise

from convert import style, verify, writers
from convert.model import Document, outline

LOOK = style.load("gongwen")
LOOKS = looks()
WIDTHS = {"desktop": (1400, 900), "tablet": (800, 1100), "phone": (360, 740)}


def make(document: Document, look: style.Style = LOOK) -> bytes:
    stream = io.BytesIO()
    writers.write("html", document, look, stream)
    return stream.getvalue()


def parsed(data: bytes) -> Any:
    return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))


# --- The file ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("source", real_sources(), ids=lambda path: path.stem)
def test_the_text_is_the_documents(source: Path, look: str) -> None:
    document = read(source)
    assert verify.check("html", make(document, LOOKS[look]), writers.compose(document, LOOKS[look])) == []


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_the_text_of_any_document(document: Document) -> None:
    assert verify.check("html", make(document), writers.compose(document, LOOK)) == []


def test_the_policy_allows_this_style_and_inner_pictures_alone() -> None:
    page = make(exam_document()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    sheet = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy
    assert sheet
    wanted = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    assert policy[1] == (
        f"default-src 'none'; style-src 'sha256-{wanted}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    # The policy stands before anything it should hold for.
    assert page.index("Content-Security-Policy") < page.index("<style>") < page.index("<body>")


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(noise() | documents())
def test_nothing_runs_and_nothing_is_fetched(document: Document) -> None:
    root = parsed(make(document))
    assert not root.xpath("//script | //iframe | //object | //embed | //form | //base | //video | //audio | //@style")
    assert not [
        name
        for element in root.iter()
        if isinstance(element.tag, str)
        for name in element.attrib
        if name.startswith("on")
    ]
    assert all(source.startswith("data:image/") for source in root.xpath("//img/@src"))
    assert {link.get("rel") for link in root.xpath("//link")} <= {"canonical"}
    assert all(re.match(r"#|https?://|mailto:", address) for address in root.xpath("//a/@href"))


def test_contents_are_the_documents_outline() -> None:
    document = exam_document()
    root = parsed(make(document))
    links = root.xpath("//nav//a")
    wanted = outline(document, depth=LOOK.outline.depth)
    assert [("".join(link.itertext()), link.get("href")) for link in links] == [
        (entry.text, f"#{entry.id}") for entry in wanted
    ]
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {address[1:] for address in root.xpath("//a/@href") if address.startswith("#")} <= set(ids)


def test_headings_stand_below_the_title() -> None:
    root = parsed(make(exam_document()))
    assert ["".join(h.itertext()) for h in root.xpath("//h1")] == [TITLE]
    assert [h.get("id") for h in root.xpath("//main//h2")] == ["h1", "h5", "h6"]


def test_metadata_and_landmarks() -> None:
    root = parsed(make(exam_document()))
    assert root.get("lang") == "zh-Hans"
    assert root.xpath("string(//title)") == TITLE
    assert root.xpath("string(//meta[@name='dcterms.issued']/@content)") == "2021-12-31"
    assert root.xpath("string(//link[@rel='canonical']/@href)").startswith("https://www.example.gov.cn/")
    assert [element.tag for element in root.find("body")] == ["header", "nav", "main", "footer"]
    assert "来源" in root.xpath("string(//body/footer)")


def test_the_same_bytes_again() -> None:
    assert make(exam_document()) == make(exam_document())


# --- In a browser -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with tools.browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture(scope="module", params=LOOKS)
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The name of a style and the address of the exam in it."""
    path = tmp_path_factory.mktemp("edition") / "exam.html"
    path.write_bytes(make(exam_document(), LOOKS[request.param]))
    return request.param, path.as_uri()


def test_it_fits_asks_nobody_and_shuts_nobody_out(edition: tuple[str, str], chromium: Any) -> None:
    look, address = edition
    page = chromium.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    axis = "Height" if "vertical" in look else "Width"
    for width, height in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(f"document.documentElement.scroll{axis} - inner{axis}") <= 0
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (sum(map(int, re.findall(r"\d+", ground))) < 200) is (scheme == "dark")
        assert tools.axe(page) == [], scheme  # as a phone shows it
    assert [url for url in asked if url != address and not url.startswith("data:image/")] == []
    assert said == []  # the policy complained of nothing
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth)")
    page.close()


def test_the_keyboard_reaches_every_link_in_order(chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "exam.html"
    path.write_bytes(make(exam_document()))
    page = chromium.new_page()
    page.goto(path.as_uri())
    wanted = page.evaluate("[...document.querySelectorAll('summary, a, [tabindex]')].map(e => e.outerHTML)")
    found = []
    for _ in wanted:
        page.keyboard.press("Tab")
        found.append(page.evaluate("document.activeElement.outerHTML"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert found == wanted
    page.close()


def test_contents_links_lead_to_their_headings(chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "sample.html"
    path.write_bytes(make(read(SAMPLE)))
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(path.as_uri())
    links = page.locator("body > nav a")
    assert links.count() == 8
    for at in range(links.count()):
        links.nth(at).click()
        page.wait_for_function("wanted => location.hash === wanted", arg=links.nth(at).get_attribute("href"))
        top = page.evaluate("document.querySelector(location.hash).getBoundingClientRect().top")
        bottom = page.evaluate("document.documentElement.scrollHeight - scrollY <= innerHeight + 1")
        assert abs(top) < 30 or bottom
    page.close()


def test_print_has_the_styles_page(chromium: Any, tmp_path: Path) -> None:
    import pypdfium2

    path = tmp_path / "sample.html"
    path.write_bytes(make(read(SAMPLE)))
    page = chromium.new_page()
    page.goto(path.as_uri())
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as printed:
        assert printed[0].get_size() == pytest.approx((595.3, 841.9), abs=1)
        text = "".join(sheet.get_textpage().get_text_bounded() for sheet in printed)
        assert 5 <= len(printed) <= 9
    assert "目录" not in text  # an official document prints none
    page.close()


def test_without_the_style_it_is_still_in_order(chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "exam.html"
    path.write_bytes(re.sub(rb"(?s)<style>.*?</style>", b"", make(exam_document())))
    page = chromium.new_page()
    page.goto(path.as_uri())
    text = page.evaluate("document.querySelector('main').innerText")
    assert re.search(r"1\.\s*改善办学条件", text)
    page.close()
