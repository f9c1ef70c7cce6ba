"""Pages out of web archives: WARC, plain and compressed, and WACZ; whole and damaged."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from pathlib import Path

import html_help
import pytest
from conftest import Wenban
from PIL import Image

from convert import source, warc
from convert.errors import SourceError
from convert.readers import html

pytest.importorskip("fastwarc.warc")

PROSE = "这是文章的正文\uff0c有足够的长度\uff0c可以看出是一句完整的话\u3002"
PAGE = f"<html><body><h1>题目在此</h1><p>{PROSE}</p><p><img src='/pic/a.png'></p><p>{PROSE}</p></body></html>"


def record(url: str, kind: str, body: bytes, status: str = "200 OK", *, of: str = "response", more: int = 0) -> bytes:
    """A record of a type.  more: by how much its length is wrong."""
    if of != "resource":
        body = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        kind = "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {of}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-11-05T00:30:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{abs(len(url)):012d}>\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body) + more}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def picture() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").save(out, "PNG")
    return out.getvalue()


RECORDS = (
    record("https://a.example/robots.txt", "text/plain", b"no"),
    record("https://a.example/2019/news.html", "text/html; charset=gbk", PAGE.encode("gb18030")),
    record("https://a.example/pic/a.png", "image/png", picture()),
    record("https://a.example/gone", "text/html", b"<p>not here</p>", "404 Not Found"),
    record("https://a.example/%E5%AD%97/", "text/html", f"<p>{PROSE}</p>".encode()),
)


@pytest.fixture(params=["crawl.warc", "crawl.warc.gz", "crawl.wacz"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / request.param
    if path.suffix == ".wacz":
        return wacz(path, b"".join(map(gzip.compress, RECORDS)))
    return written(path, *RECORDS)


def written(path: Path, *records: bytes) -> Path:
    path.write_bytes(b"".join(map(gzip.compress, records) if path.suffix == ".gz" else records))
    return path


def wacz(path: Path, data: bytes, compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("datapackage.json", "{}")
        out.writestr("archive/data.warc.gz", data, compression)
    return path


def names(path: Path, wanted: warc.Wanted = warc.PAGES) -> list[str]:
    """The slugs of the pages found."""
    return [one.rpartition("/")[2].split("-", 2)[2].rpartition(".")[0] for one in warc.pages(path, wanted)]


def texts(path: Path) -> list[str]:
    """What loading each page gives: its text, or the error."""
    out = []
    for one in source.find([path]):
        try:
            out.append(source.load(one).data.decode())
        except SourceError as error:
            out.append(error.message)
    return out


def test_an_archive_is_a_folder_of_its_pages(archive: Path) -> None:
    found = list(source.find([archive]))
    stem = "data" if archive.suffix == ".wacz" else "crawl"
    assert [path.name[: len(stem) + 1] + path.name[len(stem) + 14 :] for path in found] == [
        f"{stem}-news.html",
        f"{stem}-page.html",
    ]
    assert found == list(source.find([archive.parent]))
    assert list(source.find(found)) == found


def test_a_page_comes_with_what_the_archive_knows(archive: Path) -> None:
    page = source.load(next(source.find([archive])))
    assert page.url == "https://a.example/2019/news.html"
    assert page.charset == "gbk"
    assert page.fetched is not None
    assert page.fetched.startswith("2019-11-05T00:30:00")
    document = html.read(page)
    assert html_help.printed(document) == ["title: 题目在此", f"body: {PROSE}", "figure: ", f"body: {PROSE}"]
    assert document.media["image1.png"].data == picture()
    assert document.source.charset == "gb18030"


def test_missing_records_and_broken_archives_are_said(tmp_path: Path) -> None:
    archive = written(tmp_path / "crawl.warc.gz", *RECORDS)
    with pytest.raises(SourceError, match="no such record"):
        source.load(archive / f"crawl-{archive.stat().st_size:012d}-x.html")
    with pytest.raises(SourceError, match="cannot be read"):
        source.load(tmp_path / "none.warc" / "none-000000000000-x.html")
    for name in ("broken.warc", "broken.wacz"):
        broken = tmp_path / name
        broken.write_bytes(b"this is no archive")
        assert list(source.find([broken])) == [broken]
        with pytest.raises(SourceError, match=r"cannot be read|damaged after byte 0"):
            source.load(broken)
    with pytest.raises(SourceError, match="an archive of pages"):
        source.load(archive)


def test_pages_are_chosen_by_media_type_status_and_address(tmp_path: Path) -> None:
    archive = written(tmp_path / "crawl.warc.gz", *RECORDS)
    assert names(archive, warc.Wanted(types=("text/*",))) == ["robots", "news", "page"]
    assert names(archive, warc.Wanted(statuses=("404",))) == ["gone"]
    assert names(archive, warc.Wanted(statuses=("2xx", "4xx"))) == ["news", "gone", "page"]
    assert names(archive, warc.Wanted(urls=("https://a.example/2019/*", "*gone"))) == ["news"]
    robots = source.load(next(warc.pages(archive, warc.Wanted(types=("text/plain",)))))
    assert (robots.data, robots.media_type) == (b"no", "text/plain")


def test_resources_are_pages_and_revisits_are_not(tmp_path: Path) -> None:
    revisit = record("https://a.example/again.html", "text/html", b"", of="revisit")
    saved = record("file:///saved.html", "text/html; charset=gbk", PAGE.encode("gb18030"), of="resource")
    archive = written(tmp_path / "crawl.warc.gz", revisit, saved, revisit)
    assert names(archive) == ["saved"]
    page = source.load(next(source.find([archive])))
    assert source.decode(page).text == PAGE


def test_a_body_sent_in_chunks_and_compressed_is_read(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE.encode())
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (packed[:50], packed[50:], b""))
    kind = "text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"
    page = record("https://a.example/a.html", kind, chunks)
    broken = record("https://a.example/b.html", kind, b"xx" + chunks[:40])
    first, second = texts(written(tmp_path / "crawl.warc.gz", page, broken))
    assert first == PAGE
    assert "cannot be read" in second


@pytest.mark.parametrize(("suffix", "left"), [("warc", 60), ("warc", 400), ("warc.gz", 60), ("warc.gz", 300)])
def test_of_an_archive_that_was_cut_off_the_readable_pages_are_found(tmp_path: Path, suffix: str, left: int) -> None:
    """left: bytes of the last record, in its head or its body."""
    pages = [record(f"https://a.example/{n}.html", "text/html", f"{PAGE}{n}".encode()) for n in range(3)]
    archive = written(tmp_path / f"crawl.{suffix}", *pages)
    start = len(written(tmp_path / f"first.{suffix}", *pages[:2]).read_bytes())
    archive.write_bytes(archive.read_bytes()[: start + left])
    *whole, broken = texts(archive)
    assert whole == [f"{PAGE}{n}" for n in range(2)]
    assert re.search(r"damaged.* byte \d+", broken) or broken == "no such record"
    offset = int(list(source.find([archive]))[-1].name.split("-")[1])
    assert start - 700 < offset <= start + 1


@pytest.mark.parametrize("suffix", ["warc", "warc.gz"])
@pytest.mark.parametrize("wrong", [-20, 20, 1_000_000])
def test_a_record_of_wrong_length_hides_no_other(tmp_path: Path, suffix: str, wrong: int) -> None:
    pages = [
        record(f"https://a.example/{n}.html", "text/html", f"{PAGE}{n}".encode(), more=wrong if n == 1 else 0)
        for n in range(4)
    ]
    found = texts(written(tmp_path / f"crawl.{suffix}", *pages))
    assert [text for text in found if "the archive" not in text] == [f"{PAGE}0", f"{PAGE}2", f"{PAGE}3"]


def test_a_member_that_was_overwritten_hides_no_other(tmp_path: Path) -> None:
    pages = [gzip.compress(record(f"https://a.example/{n}.html", "text/html", f"{PAGE}{n}".encode())) for n in range(3)]
    pages[1] = pages[1][:60] + bytes(40) + pages[1][100:]
    archive = tmp_path / "crawl.warc.gz"
    archive.write_bytes(b"".join(pages))
    first, broken, last = texts(archive)
    assert (first, last) == (f"{PAGE}0", f"{PAGE}2")
    assert "damaged after byte" in broken


def test_an_archive_in_one_piece_is_refused_with_what_to_do(tmp_path: Path) -> None:
    archive = tmp_path / "crawl.warc.gz"
    archive.write_bytes(gzip.compress(b"".join(RECORDS)))
    assert list(source.find([archive])) == [archive]
    with pytest.raises(SourceError, match=r"in one piece.*gunzip"):
        source.load(archive)
    packed = wacz(tmp_path / "crawl.wacz", b"".join(RECORDS), zipfile.ZIP_DEFLATED)
    with pytest.raises(SourceError, match="compressed within the archive"):
        source.load(packed)


def test_pictures_are_found_by_address_in_any_archive(archive: Path) -> None:
    parts = source.load(next(source.find([archive]))).parts
    assert list(parts) == ["https://a.example/pic/a.png"]
    assert "https://a.example/pic/a.png" in parts
    assert "https://a.example/none.png" not in parts
    assert parts.get("https://a.example/none.png") is None


def test_the_command_line_chooses_pages(wenban: Wenban, tmp_path: Path) -> None:
    archive = written(tmp_path / "crawl.warc.gz", *RECORDS)
    options = ("--warc-status", "2XX", "--warc-status", "404", "--warc-url", "*gone", "--warc-type", "TEXT/HTML")
    done = wenban("convert", archive.name, "--dry-run", "-t", "html", *options)
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    assert line.endswith("-gone.html")
    wrong = wenban("convert", archive.name, "--warc-status", "ok")
    assert wrong.returncode == 2
    assert "'ok' is not an HTTP status" in wrong.stderr
    assert warc.wanted((), (), ()) == warc.PAGES


def test_pages_a_run_does_not_want_are_not_gone(wenban: Wenban, tmp_path: Path) -> None:
    archive = written(tmp_path / "crawl.warc.gz", *RECORDS)
    assert wenban("convert", archive.name, "-t", "html").returncode == 0
    made = sorted((tmp_path / "dist").glob("*.html"))
    assert len(made) == 2
    done = wenban("convert", archive.name, "-t", "html", "--warc-url", "*news*", "--prune")
    assert (done.returncode, "gone" in done.stderr) == (0, False)
    assert sorted((tmp_path / "dist").glob("*.html")) == made
