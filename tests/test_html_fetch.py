"""Pictures from the network: only when asked, only what the article shows, and not from just anywhere."""

from __future__ import annotations

import http.server
import io
import socket
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import html_help
import pytest
from conftest import Wenban, needs
from PIL import Image

from convert.errors import SourceError, UsageError
from convert.model import Figure
from convert.readers import fetch, html
from convert.source import Source

pytestmark = needs("httpx")

PROSE = "这是文章的正文\uff0c有足够的长度\uff0c可以看出是一句完整的话\u3002"


PAGE = f'<title>桥</title><h1>老桥修好了</h1><p>{PROSE}</p><p><img src="a.png" alt="桥"></p><p>{PROSE}</p>'


def picture() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").save(out, "PNG")
    return out.getvalue()


class Handler(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        if self.path == "/moved.png":
            self.send_response(302)
            self.send_header("Location", "/a.png")
            self.end_headers()
        elif self.path == "/away.png":
            self.send_response(302)
            self.send_header("Location", "http://localhost:1/secret.png")
            self.end_headers()
        elif self.path in ("/x/page.html", "/x/large.html", "/turns"):
            self.send_response(302 if self.path == "/turns" else 200)
            self.send_header("Location", "/turns" if self.headers["User-Agent"].startswith("wenban") else "file:///")
            self.send_header("Content-Type", "text/html; charset=gb18030")
            self.end_headers()
            self.wfile.write(PAGE.encode("gb18030") * (self.path == "/x/page.html" or 9))
        elif self.path in ("/a.png", "/x/a.png"):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(picture())
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def asked() -> list[str]:
    """The paths that the server was asked for."""
    return []


@pytest.fixture
def server(asked: list[str]) -> Iterator[str]:
    handler = type("Own", (Handler,), {"asked": asked})
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


def page(image: str, url: str) -> Source:
    return html_help.page(
        f'<div><p>{PROSE}</p><p><img {image}></p><p>{PROSE}</p></div><img src="/advert.png">', url=url
    )


def has_picture(source: Source) -> bool:
    return any(isinstance(block, Figure) and block.media is not None for block in html.read(source).blocks)


@pytest.mark.parametrize(
    "image", ['src="a.png"', 'src="/a.png"', 'src="/moved.png"', 'src="/none.jpg" data-src="/a.png"']
)
def test_a_missing_picture_is_fetched(server: str, image: str) -> None:
    saved = page(image, f"{server}/x/page.html")
    assert not has_picture(saved)
    assert has_picture(fetch.with_pictures(saved))


@pytest.mark.parametrize(
    "image", ['src="/gone.png"', 'src="/away.png"', 'src="file:///etc/hostname"', 'src="http://[bad/"']
)
def test_what_cannot_be_had_stays_missing(server: str, image: str) -> None:
    assert not has_picture(fetch.with_pictures(page(image, f"{server}/page.html")))


def test_a_page_cannot_make_us_ask_the_local_network(server: str) -> None:
    assert not has_picture(fetch.with_pictures(page(f'src="{server}/a.png"', "https://far.example/page.html")))


def test_the_command_line_asks_the_network_only_when_told_to(
    wenban: Wenban, server: str, asked: list[str], tmp_path: Path
) -> None:
    """A page as browsers save it: its address is the carrier's."""
    content = page('src="/a.png" alt="桥"', server).data.decode()
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x"
    part = f"Content-Type: text/html; charset=utf-8\nContent-Location: {server}/x/p.html\n\n{content}"
    (tmp_path / "page.mhtml").write_text(f"{head}\n\n--x\n{part}\n--x--\n", encoding="utf-8")
    without = wenban("convert", "page.mhtml", "-t", "docx")
    assert without.returncode == 0, without.stderr
    assert "The picture /a.png is left out" in without.stderr
    assert asked == []
    done = wenban("convert", "page.mhtml", "-t", "docx", "--fetch")
    assert done.returncode == 0, done.stderr
    assert "/a.png" not in done.stderr
    assert asked == ["/a.png"], "the article's picture, not the advertisement's"
    with zipfile.ZipFile(tmp_path / "dist" / "page.docx") as book:
        assert [name for name in book.namelist() if name.endswith(".png")] != []


# --- Pages -----------------------------------------------------------------------------------------------------------


def test_a_page_is_fetched_once_and_kept(wenban: Wenban, server: str, asked: list[str], tmp_path: Path) -> None:
    done = wenban("convert", f"{server}/x/page.html", "-t", "html", "--private")
    assert done.returncode == 0, done.stderr
    assert asked == ["/x/page.html", "/x/a.png"]
    made = (tmp_path / "dist" / "page.html").read_bytes()
    again = wenban("convert", "dist.pages/page.mhtml", "-t", "html", "-o", "again")
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "again" / "page.html").read_bytes() == made
    assert b"data:image/png" in made
    assert f"{server}/x/page.html".encode() in made
    assert len(asked) == 2


def test_where_a_page_cannot_be_had_the_others_are_made(wenban: Wenban, server: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    refused = wenban("convert", f"{server}/x/page.html", "-t", "html")
    assert (refused.returncode, "--private" in refused.stderr) == (3, True)
    (tmp_path / "list.txt").write_text(f"{server}/none.html\na.html\n", encoding="utf-8")
    some = wenban("convert", "@list.txt", "-t", "html", "--private")
    assert (some.returncode, "status 404" in some.stderr) == (1, True)
    assert (tmp_path / "dist" / "a.html").exists()
    planned = wenban("convert", f"{server}/x/page.html", "-t", "html", "--dry-run")
    assert planned.stdout == f"{server}/x/page.html -> {Path('dist', 'page.html')}\n"


@pytest.mark.parametrize(
    ("path", "code"),
    [("/turns", "address-turns"), ("/x/large.html", "file-too-large"), ("/gone", "address-status")],
)
def test_what_no_page_may_be(server: str, monkeypatch: pytest.MonkeyPatch, path: str, code: str) -> None:
    monkeypatch.setattr(fetch, "MAX_PAGE_BYTES", 2 * len(PAGE.encode("gb18030")))
    with pytest.raises(SourceError) as caught:
        fetch.page(server + path, private=True)
    assert caught.value.id == code


@pytest.mark.parametrize("machine", ["10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "0.0.0.0"])
def test_a_name_that_means_a_machine_of_the_local_network(monkeypatch: pytest.MonkeyPatch, machine: str) -> None:
    """One machine of several is enough; the one that is asked is the one that was looked at."""
    found = [(socket.AF_INET, 1, 6, "", (one, 80)) for one in ("93.184.216.34", machine)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(SourceError, match="local network"):
        fetch.page("http://far.example/")
    assert fetch._asked("http://far.example/a#b", None, private=True) == (
        "http://93.184.216.34/a",
        {"headers": {"Host": "far.example"}, "extensions": {"sni_hostname": "far.example"}},
    )


def test_without_the_package_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(UsageError, match=r"web needs httpx.*wenban\[fetch\]"):
        fetch.page("https://far.example/")


def test_what_the_system_says_is_said_without_its_number() -> None:
    assert fetch._why(OSError("[Errno -2] Name or service not known")) == "Name or service not known"
    assert fetch._why(OSError(111, "Connection refused")) == "Connection refused"
    assert fetch._why(ValueError()) == "ValueError"
