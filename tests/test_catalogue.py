"""The catalogue's files: recorded, the same on every run, found out when they are changed, harmless, valid."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import catalogue_help
import jsonschema
import msgspec
import pytest
from conftest import ROOT, Wenban, environment
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from PIL import Image

from convert import catalogue, publish
from convert.catalogue import pages, script, search
from convert.errors import NoContentError, OutputError, SourceError, UsageError

SCHEMAS = ROOT / "tests" / "fixtures" / "catalogue"
TOP = {"index.html", "opds.xml", "opds.json", "feed.xml"}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with a catalogue; tests only read it."""
    folder = catalogue_help.finished(tmp_path_factory.mktemp("shelf") / "dist", "docx", "html")
    catalogue.build(folder)
    return folder


@pytest.fixture
def folder(shelf: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return Path(shutil.copytree(shelf, tmp_path / "dist"))


@pytest.fixture(scope="module")
def library(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of 230 documents, the first of them with titles that want to do harm."""
    folder = Path(shutil.copytree(shelf, tmp_path_factory.mktemp("library") / "dist"))
    catalogue_help.many(folder, 230, catalogue_help.HOSTILE)
    catalogue.build(folder)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def data_of(path: Path) -> Any:
    """What a file gives to the page's script."""
    found = re.fullmatch(r"wenban\.\w+\((.*)\);\n", path.read_text(encoding="utf-8"))
    assert found
    return json.loads(f"[{found[1]}]")


# --- The set of files -------------------------------------------------------------------------------------------


def test_all_files_are_recorded_and_checked(shelf: Path) -> None:
    assert publish.audit(shelf)[1] == []
    extras = {one.name for one in publish.read_manifest(shelf).extras}
    assert extras >= TOP
    assert {name for name in tree(shelf) if name.startswith("catalogue/")} | TOP == extras
    done = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=shelf, check=False, timeout=60)
    assert done.returncode == 0


def test_a_changed_and_a_missing_file_are_found(folder: Path) -> None:
    changed = folder / "index.html"
    changed.write_bytes(changed.read_bytes().replace(b"<h1>", b"<h2>", 1))
    missing = next((folder / "catalogue" / "previews").iterdir())
    missing.unlink()
    (folder / "catalogue" / "page-9.html").write_text("x", encoding="utf-8")
    found = {(one.name, one.what) for one in publish.audit(folder)[1]}
    assert found == {
        ("index.html", "changed"),
        (missing.relative_to(folder).as_posix(), "missing"),
        ("catalogue/page-9.html", "extra"),
    }
    catalogue.build(folder)
    assert publish.audit(folder)[1] == [], "made again, all is well, and what no set has is gone"


def test_links_to_editions_that_are_gone_are_found(folder: Path) -> None:
    with publish.Journal(folder) as journal:
        gone = publish.read_manifest(folder).documents[0]
        journal.forget([gone])
        journal.finish()
        journal.remove()
    (found,) = publish.audit(folder)[1]
    assert (found.name, found.what) == ("index.html", "link")
    assert gone.editions[0].name in found.detail or "such as" in found.detail
    catalogue.build(folder)
    assert publish.audit(folder)[1] == []


def test_the_same_folder_gives_the_same_bytes(shelf: Path, folder: Path) -> None:
    made = catalogue.build(folder, jobs=2)
    assert made.drawn == 0, "pictures are used again"
    assert tree(folder) == tree(shelf)
    shutil.rmtree(folder / "catalogue")
    assert catalogue.build(folder).drawn == 2
    assert tree(folder) == tree(shelf)


def test_workers_change_nothing(library: Path, tmp_path: Path) -> None:
    before = tree(library)
    other = Path(shutil.copytree(library, tmp_path / "elsewhere"))
    shutil.rmtree(other / "catalogue")
    assert catalogue.build(other, jobs=2).notices == ()
    assert tree(other) == before


def test_a_new_set_replaces_the_old(folder: Path) -> None:
    before = {one.name for one in publish.read_manifest(folder).extras}
    entries = publish.read_manifest(folder).documents
    catalogue_help.record(folder, (), without=[entry for entry in entries if entry.stem == "notice"])
    catalogue.build(folder)
    after = {one.name for one in publish.read_manifest(folder).extras}
    assert before - after
    assert not [name for name in before - after if (folder / name).exists()]
    assert publish.audit(folder)[1] == []


def test_a_changed_title_makes_new_pages_and_keeps_the_pictures(folder: Path) -> None:
    first = next(entry for entry in publish.read_manifest(folder).documents if entry.stem == "hongshan-2021")
    metadata = msgspec.structs.replace(first.metadata, title="新的题名")
    catalogue_help.record(folder, [msgspec.structs.replace(first, metadata=metadata)])
    assert catalogue.build(folder).drawn == 0
    assert "新的题名" in (folder / "index.html").read_text(encoding="utf-8")


def test_killed_at_any_moment_it_leaves_the_documents_whole(folder: Path) -> None:
    """What is left of it lies in a folder of its own, which the next call clears away."""
    entries = publish.read_manifest(folder).documents
    catalogue_help.record(folder, (), without=[entry for entry in entries if entry.stem == "notice"])
    whole = {edition.name for entry in publish.read_manifest(folder).documents for edition in entry.editions}
    whole |= {publish.MANIFEST, publish.SUMS}
    for seconds in (0.4, 0.7, 1.0, 1.3):
        command = [sys.executable, "-m", "convert", "catalogue", str(folder)]
        with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as one:
            time.sleep(seconds)
            one.kill()
        # The catalogue may still be that of before, or leave files of that one for the next call to clear away.
        assert [one for one in publish.audit(folder)[1] if one.name in whole] == []
    (folder / ".wenban-left").mkdir()  # as a kill leaves it, also where none fell into the work
    (folder / ".wenban-left" / "index.js").write_bytes(b"")
    assert (".wenban-left/index.js", "extra") in [(one.name, one.what) for one in publish.audit(folder)[1]]
    catalogue.build(folder)
    assert publish.audit(folder)[1] == []
    assert not list(folder.glob(".wenban-*"))


def test_one_that_was_killed_while_it_recorded_its_files_is_made_again(folder: Path) -> None:
    before = (folder / publish.MANIFEST).read_bytes()
    with publish.Journal(folder) as journal:
        journal.put_extras(())
    catalogue.build(folder)
    assert publish.audit(folder)[1] == []
    with publish.Journal(folder) as journal:
        journal.put_extras(())
        journal.finish()
    assert (folder / publish.MANIFEST).read_bytes() != before
    catalogue.build(folder)
    assert publish.audit(folder)[1] == []
    assert not list(folder.glob(".wenban-*"))


def test_a_folder_whose_run_was_stopped_is_not_listed(folder: Path) -> None:
    with publish.Journal(folder) as journal:
        journal.plan([("notice.txt", [folder / "notice.txt"])])
    with pytest.raises(OutputError, match="stopped here before its end"):
        catalogue.build(folder)


def test_a_link_that_leads_out_is_not_followed(folder: Path, tmp_path: Path) -> None:
    shutil.rmtree(folder / "catalogue")
    (tmp_path / "other").mkdir()
    (folder / "catalogue").symlink_to(tmp_path / "other")
    with pytest.raises(OutputError, match="link to another place"):
        catalogue.build(folder)
    assert not any((tmp_path / "other").rglob("*.js"))


def test_a_damaged_edition_is_said_and_costs_its_document_no_more(folder: Path) -> None:
    (folder / "notice.docx").unlink()
    pdf = folder / "hongshan-2021.pdf"
    pdf.write_bytes(pdf.read_bytes()[:-1] + b"x")
    epub = folder / "hongshan-2021.epub"
    epub.write_bytes(b"PK" + epub.read_bytes()[2:-1])
    shutil.rmtree(folder / "catalogue")
    made = catalogue.build(folder)
    said = {(notice.code, notice.message.split()[0]) for notice in made.notices}
    assert said == {
        ("catalogue-missing", "notice.docx"),
        ("catalogue-missing", "hongshan-2021.epub"),
        ("catalogue-unread", "hongshan-2021.pdf"),
    }
    assert made.documents == 2
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "notice.docx" not in page
    assert "hongshan-2021.docx" in page
    assert '<span class="blank">' in page, "there is no picture of a file that is not the manifest's"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"base_url": "javascript:alert(1)"}, UsageError),
        ({"base_url": "https://example.org/?x"}, UsageError),
        ({"base_url": "library"}, UsageError),
    ],
)
def test_an_address_that_is_none(folder: Path, arguments: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        catalogue.build(folder, **arguments)


def test_a_folder_without_documents(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no manifest"):
        catalogue.build(tmp_path)
    with publish.Journal(tmp_path) as journal:
        journal.changed = True
        journal.finish()
        journal.remove()
    with pytest.raises(NoContentError, match="no document"):
        catalogue.build(tmp_path)


def test_the_command(folder: Path, wenban: Wenban) -> None:
    done = wenban("catalogue", folder, "--title", "红山文库", "--base-url", "https://example.org/lib")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"2 documents in {folder}: index.html, opds.xml, opds.json, feed.xml (")
    assert "红山文库" in (folder / "index.html").read_text(encoding="utf-8")
    for name in ("opds.xml", "feed.xml", "opds.json", "catalogue/opds/all-1.xml", "catalogue/opds/all-1.json"):
        links = re.findall(r'"?href"?[=:]"([^"]*)"', (folder / name).read_text(encoding="utf-8"))
        assert links
        assert all(link.startswith("https://example.org/lib/") for link in links)
    assert wenban("verify", folder).returncode == 0
    missing = wenban("catalogue", folder / "nowhere", LC_ALL="zh_CN.UTF-8")
    assert missing.returncode == 3
    assert "错误" in missing.stderr


def test_nothing_heavy_is_imported_by_the_room_itself() -> None:
    code = (
        "import sys, convert.catalogue; print([m for m in ('PIL', 'pypdfium2', 'lxml', 'pebble') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"


# --- Pages and pictures -----------------------------------------------------------------------------------------


def test_pages_list_every_document_once_newest_first(library: Path) -> None:
    names = [pages.page_name(number) for number in (1, 2, 3)]
    found: list[tuple[str, str]] = []
    for name in names:
        page = html.document_fromstring((library / name).read_bytes())
        here = (library / name).parent
        for link in page.xpath("//ul[@class='editions']//a/@href | //img/@src | //nav//a/@href | //head/link/@href"):
            assert (here / unquote(link.split("?")[0])).is_file(), link
        for item in page.xpath("//li[@class='item']"):
            found.append((item.xpath("string(.//time)"), item.xpath("string(.//h3)")))
    assert not (library / pages.page_name(4)).exists()
    assert len(found) == len(set(found)) == 230
    days = [day for day, _ in found]
    assert days == sorted(days, reverse=True)


def test_pictures_are_small_first_pages(shelf: Path) -> None:
    previews = sorted((shelf / "catalogue" / "previews").iterdir())
    assert len(previews) == 2, "one page of a PDF, one made cover"
    for path in previews:
        image = Image.open(io.BytesIO(path.read_bytes()))
        image.verify()
        assert image.format == "PNG"
        assert image.width == 320
        assert path.stat().st_size < 40_000
        shades = Image.open(path).convert("L").histogram()
        assert sum(shades[:80]) > 200, "there is ink on it"


@pytest.mark.parametrize(
    ("count", "shown"), [(1, "1 kB"), (84_499, "84 kB"), (999_499, "999 kB"), (1_250_000, "1.2 MB")]
)
def test_sizes(count: int, shown: str) -> None:
    assert pages.size(count) == shown


def test_titles_do_no_harm_in_markup(library: Path) -> None:
    for number in (1, 2, 3):
        page = html.document_fromstring((library / pages.page_name(number)).read_bytes())
        assert len(page.xpath("//script")) == 1
        assert {script.get("src", "").split("?")[0].split("/")[-1] for script in page.xpath("//script")} == {
            "catalogue.js"
        }
        assert not page.xpath("//@*[starts-with(name(), 'on')]")
        assert not page.xpath("//style")
        assert not page.xpath("//@style")
        text = page.xpath("string(//main)")
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08]", text)
    listed = (library / "catalogue" / "documents.js").read_text(encoding="utf-8")
    assert "<" not in listed
    titles = [row[0] for row in data_of(library / "catalogue" / "documents.js")[0]["rows"]]
    assert "<script>document.title='harm'</script>" in titles
    assert "\u957f" * 500 in titles


# --- The index --------------------------------------------------------------------------------------------------


@given(
    st.recursive(
        st.text() | st.integers() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=5,
    )
)
def test_literals_hold_any_text_and_nothing_ends_them(value: Any) -> None:
    text = script.literal(value)
    assert json.loads(text) == value
    assert not re.search("[<>&'\u2028\u2029\u202e\ufeff\\x00-\\x1f]", text)


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_phrase_is_whole_in_some_part(text: str, data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(search, "PART", 12)
        patched.setattr(search, "LONGEST", 4)
        parts = search.parts(text)
        at = data.draw(st.integers(0, len(text) - 1))
        assert any(text[at : at + 4] in part for part in parts)
        assert all(0 < len(part) <= 12 for part in parts)


HAN = st.text(st.sampled_from("一二三四五六七八九十AbC ,\uff0c\u3002\uff10\U00020000"), max_size=40)


@given(st.lists(HAN, max_size=40))
def test_the_index_knows_every_pair_of_every_part(texts: list[str]) -> None:
    index = search.Index()
    for text in texts:
        index.add(search.grams(text))
    count = index.shard_count
    assert count & (count - 1) == 0
    found: dict[str, list[int]] = {}
    for number, shard in index.shards():
        for pair, numbers in shard.items():
            assert (ord(pair[0]) * 31 + ord(pair[1])) % count == number
            found[pair] = decoded(numbers)
    expected: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for pair in search.grams(text):
            expected.setdefault(pair, []).append(number)
    assert found == expected


@given(st.sets(st.integers(0, 2_000_000)))
def test_gaps_and_back(numbers: set[int]) -> None:
    assert decoded(search._encoded(sorted(numbers))) == sorted(numbers)


def decoded(text: str) -> list[int]:
    numbers: list[int] = []
    last, gap, shift = -1, 0, 0
    for char in text:
        digit = search._DIGITS.index(char)
        gap |= (digit & 31) << shift
        shift += 5
        if not digit & 32:
            last += gap + 1
            numbers.append(last)
            gap = shift = 0
    return numbers


def test_folding() -> None:
    assert search.fold("\uff21\uff22 \u2460 Ab\u3000\u33a1\n") == "ab1abm2"
    assert search.grams("宋版\uff0c书 A1") == {"宋版", "书a", "a1"}


def test_texts_of_every_format_are_searched(shelf: Path) -> None:
    """The sample's text comes from its EPUB, the notice's from its HTML; both from files of the page's script."""
    texts = [data_of(path)[1] for path in (shelf / "catalogue" / "text").iterdir()]
    assert any("让读者在家里也能翻看宋版书" in text for text in texts)
    assert any("洪山镇" in text for text in texts)
    assert not any("目录" in text[:200] for text in texts), "a contents made from the headings is no text"


# --- Feeds ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["relative", "absolute"])
def feeds(request: pytest.FixtureRequest, library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library with links of both kinds."""
    if request.param == "relative":
        return library
    folder = Path(shutil.copytree(library, tmp_path_factory.mktemp("absolute") / "dist"))
    catalogue.build(folder, base_url="https://example.org/文库")
    return folder


def test_xml_feeds_are_valid(feeds: Path) -> None:
    opds = etree.RelaxNG(etree.parse(str(SCHEMAS / "opds-1.2.rng")))
    atom = etree.RelaxNG(etree.parse(str(SCHEMAS / "atom.rng")))
    names = ["opds.xml", *sorted(path.name for path in (feeds / "catalogue" / "opds").glob("*.xml"))]
    assert len(names) > 20
    for name in names:
        path = feeds / name if name == "opds.xml" else feeds / "catalogue" / "opds" / name
        assert opds.validate(etree.parse(str(path))), f"{name}: {opds.error_log}"
    assert atom.validate(etree.parse(str(feeds / "feed.xml"))), atom.error_log


def test_the_schemas_refuse_what_is_wrong(library: Path) -> None:
    """So that the tests above can fail."""
    opds = etree.RelaxNG(etree.parse(str(SCHEMAS / "opds-1.2.rng")))
    text = (library / "catalogue" / "opds" / "all-1.xml").read_text(encoding="utf-8")
    for old, new in (
        ("application/epub+zip", "epub"),
        ("<updated>2021-12-31T00:00:00Z</updated>", "<updated>2021-12-31</updated>"),
        ("http://opds-spec.org/acquisition/open-access", "http://opds-spec.org/acquisition/buy"),
        ('type="image/png"', 'type="image/svg+xml"'),
        ("kind=navigation", "kind=other"),
        ("<dc:issued>", "<dc:issued>x"),
    ):
        assert old in text
        assert not opds.validate(etree.fromstring(text.replace(old, new).encode()))


def test_json_feeds_are_valid(feeds: Path) -> None:
    checker = jsonschema.Draft7Validator(json.loads((SCHEMAS / "opds-2.0.schema.json").read_text(encoding="utf-8")))
    paths = [feeds / "opds.json", *sorted((feeds / "catalogue" / "opds").glob("*.json"))]
    assert len(paths) > 20
    for path in paths:
        feed = json.loads(path.read_text(encoding="utf-8"))
        assert [error.message for error in checker.iter_errors(feed)] == [], path.name
    del feed["links"]
    assert not checker.is_valid(feed)


def test_ids_stay_and_differ(library: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    found: dict[str, str] = {}
    for number in (1, 2, 3):
        feed = etree.parse(str(library / "catalogue" / "opds" / f"all-{number}.xml"))
        for entry in feed.iter(f"{atom}entry"):
            found[entry.findtext(f"{atom}id") or ""] = entry.findtext(f"{atom}title") or ""
    assert len(found) == 230
    entries = publish.read_manifest(library).documents
    stems = msgspec.structs.replace(entries[0], metadata=msgspec.structs.replace(entries[0].metadata, title="其他"))
    ids = [catalogue.items([entry])[0].id for entry in (entries[0], stems)]
    assert ids[0] == ids[1], "a document keeps its id when its title is read otherwise"
    assert ids[0] in found
