"""Pages out of web archives, plain and compressed."""

from __future__ import annotations

import io
from pathlib import Path

import html_help
import pytest
from PIL import Image

from convert import source
from convert.errors import SourceError
from convert.readers import html

fastwarc = pytest.importorskip("fastwarc.warc")

PROSE = "这是文章的正文\uff0c有足够的长度\uff0c可以看出是一句完整的话\u3002"
PAGE = f"<html><body><h1>题目在此</h1><p>{PROSE}</p><p><img src='/pic/a.png'></p><p>{PROSE}</p></body></html>"


def record(url: str, kind: str, body: bytes, status: str = "200 OK") -> bytes:
    response = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-11-05T00:30:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{abs(len(url)):012d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
    )
    return head.encode() + response + b"\r\n\r\n"


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


@pytest.fixture(params=["crawl.warc", "crawl.warc.gz"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    import gzip

    path = tmp_path / request.param
    zipped = path.suffix == ".gz"
    path.write_bytes(b"".join(gzip.compress(one) if zipped else one for one in RECORDS))
    return path


def test_an_archive_is_a_folder_of_its_pages(archive: Path) -> None:
    found = source.find([archive])
    assert [path.name[13:] for path in found] == ["news.html", "page.html"]
    assert found == source.find([archive.parent])
    assert source.find(found) == found


def test_a_page_comes_with_what_the_archive_knows(archive: Path) -> None:
    page = source.load(source.find([archive])[0])
    assert page.url == "https://a.example/2019/news.html"
    assert page.charset == "gbk"
    assert page.fetched is not None
    assert page.fetched.startswith("2019-11-05T00:30:00")
    document = html.read(page)
    assert html_help.printed(document) == ["title: 题目在此", f"body: {PROSE}", "figure: ", f"body: {PROSE}"]
    assert document.media["image1.png"].data == picture()
    assert document.source.charset == "gb18030"


def test_missing_records_and_broken_archives_are_said(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no such record|cannot be read"):
        source.load(archive / f"{archive.stat().st_size:012d}-x.html")
    with pytest.raises(SourceError, match="cannot be read"):
        source.load(tmp_path / "none.warc" / "000000000000-x.html")
    broken = tmp_path / "broken.warc"
    broken.write_bytes(b"this is no archive")
    assert source.find([broken]) == [broken]
    with pytest.raises(SourceError, match="cannot be read"):
        source.load(broken)
    with pytest.raises(SourceError, match="an archive of pages"):
        source.load(archive)
