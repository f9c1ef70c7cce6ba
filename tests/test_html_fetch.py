"""Pictures from the network: only when asked, only what the article shows, and not from just anywhere."""

from __future__ import annotations

import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import html_help
import pytest
from conftest import Wenban
from PIL import Image

from convert.model import Figure
from convert.readers import fetch, html
from convert.source import Source

pytest.importorskip("httpx")

PROSE = "这是文章的正文\uff0c有足够的长度\uff0c可以看出是一句完整的话\u3002"


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
