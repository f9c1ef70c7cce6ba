"""`wenban preview`: the real command, asked as a browser asks it, and once by a real browser."""

from __future__ import annotations

import http.client
import io
import os
import re
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pypdfium2
import pytest
import tools
from conftest import Wenban, environment

from convert.run.correcting import opened
from convert.run.preview import review
from convert.verify.text import read as read_back
from convert.words.messages import current

HOSTILE = '<script>document.title = "run"</script>"><img src=x onerror=alert(1)>'
TEXT = "关于开展检查的通知\n\n各村\uff1a\n\n现将有关事项通知如下\u3002\n"
PATIENCE = 60


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode()


class Running(NamedTuple):
    port: int
    process: subprocess.Popen[str]

    def get(self, path: str = "/", host: str = "", method: str = "GET") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{self.port}"})
        answer = connection.getresponse()
        found = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        connection.close()
        return found

    def after(self, seen: int) -> int:
        """The version after one that was seen; asks as the page's script does."""
        for _ in range(5):
            if (version := int(self.get(f"/version?seen={seen}").text)) != seen:
                return version
        raise AssertionError("nothing was made anew")

    def end(self) -> tuple[str, str]:
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=PATIENCE)


@contextmanager
def previewing(folder: Path, *arguments: str) -> Iterator[Running]:
    process = subprocess.Popen(
        [sys.executable, "-m", "convert", "preview", "--no-open", *arguments],
        cwd=folder,
        env=environment(TMPDIR=str(folder / "temporary"), PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        port = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert port, said + (process.stderr.read() if process.stderr and process.poll() is not None else "")
        yield Running(int(port[1]), process)
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "temporary").mkdir()
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "pages" / "two.html").write_text(
        f"<!DOCTYPE html><meta charset=utf-8><title>2</title><h1>{HOSTILE.replace('<', '&lt;')}</h1>"
        + "".join(f"<p>第{number}段\uff0c现将有关事项通知如下\u3002</p>" for number in range(9)),
        encoding="utf-8",
    )
    (tmp_path / "house.toml").write_text('extends = "gongwen"\n', encoding="utf-8")
    return tmp_path


def test_a_folder_is_shown_and_made_anew(folder: Path) -> None:
    with previewing(folder, "pages", "--style", "house.toml") as running:
        first = running.after(0)
        page = running.get().text
        assert "关于开展检查的通知" in page
        for form in ("docx", "pdf", "epub", "html"):
            assert f'"/files/one.{form}"' in page
        two = running.get("/?doc=two").text
        assert '"/files/two.pdf"' in two
        assert "<script>document" not in two
        assert "<img" not in two

        before = running.get("/files/one.docx").data, running.get("/files/two.docx").data
        (folder / "pages" / "one.txt").write_text(TEXT.replace("检查", "普查"), encoding="utf-8")
        second = running.after(first)
        assert "关于开展普查的通知" in running.get().text
        assert running.get("/files/one.docx").data != before[0]
        assert running.get("/files/two.docx").data == before[1]

        (folder / "house.toml").write_text('extends = "report"\n', encoding="utf-8")
        third = running.after(second)
        assert running.get("/files/two.docx").data != before[1]

        (folder / "pages" / "one.txt").write_bytes(b"")
        (folder / "pages" / "three.txt").write_text(TEXT, encoding="utf-8")
        fourth = running.after(third)
        page = running.get().text
        assert "pages/one.txt: the file is empty" in page
        assert '"/?doc=three"' in page
        assert running.get("/files/one.docx").status == 404, "an edition of a text that is gone"

        (folder / "house.toml").write_text("extends = \n", encoding="utf-8")
        fifth = running.after(fourth)
        page = running.get("/?doc=three").text
        assert "house.toml:1: " in page
        assert '"/files/three.pdf"' in page, "what there was is still shown"
        (folder / "house.toml").write_text('extends = "book"\n', encoding="utf-8")
        running.after(fifth)
        assert "house.toml:1: " not in running.get("/?doc=three").text

        said = running.end()
        assert running.process.returncode == 0
        assert "3 documents shown" in said[0]
        assert "the file is empty" in said[1]
        assert "Traceback" not in said[1]
        assert os.listdir(folder / "temporary") == []


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("shown")
    (folder / "temporary").mkdir()
    (folder / "检查.txt").write_text(TEXT, encoding="utf-8")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    with previewing(folder, "检查.txt") as running:
        running.after(0)
        yield running


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost:{port}.x"]
)
def test_another_host_is_turned_away(shown: Running, host: str) -> None:
    for path in ("/", "/version?seen=0", f"/files/{quote('检查.pdf')}"):
        answer = shown.get(path, host.format(port=shown.port))
        assert (answer.status, answer.data) == (421, b"Not here.\n")


def test_only_this_machine(shown: Running) -> None:
    assert shown.get(host=f"localhost:{shown.port}").status == 200
    own = socket.gethostbyname(socket.gethostname())
    if own.startswith("127."):
        own = "127.0.0.2"  # any other address of this machine
    with pytest.raises(OSError), socket.create_connection((own, shown.port), timeout=5):  # noqa: PT011
        pass


@pytest.mark.parametrize(
    "path",
    [
        "/files/", "/files", "/files/../secret.txt", "/files/..%2fsecret.txt", "/secret.txt", "/../secret.txt",
        "//etc/hostname", "/files//etc/hostname", "/page.py", "/build.py", "/files/manifest.json", "/%00", "/files/%E6",
    ],
)  # fmt: skip
def test_nothing_else_is_served(shown: Running, path: str) -> None:
    assert shown.get(path).status == 404


def test_slow_and_many_clients_keep_nobody_waiting(shown: Running) -> None:
    """Fifty that never finish their request, and one that sends a byte at a time: another is answered at once."""
    slow = [socket.create_connection(("127.0.0.1", shown.port), timeout=PATIENCE) for _ in range(50)]
    try:
        for at, one in enumerate(slow):
            one.sendall(b"GET / HT" if at % 2 else b"G")
        answers = [shown.get() for _ in range(3)]
        assert [answer.status for answer in answers] == [200, 200, 200]
    finally:
        for one in slow:
            one.close()


def test_headers(shown: Running) -> None:
    page = shown.get()
    assert "<nav" not in page.text, "one page needs no list"
    assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cross-origin-resource-policy"] == "same-origin"
    assert page.headers["cache-control"] == "no-store"
    html = shown.get(f"/files/{quote('检查.html')}")
    assert html.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    pdf = shown.get(f"/files/{quote('检查.pdf')}")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")
    book = shown.get(f"/files/{quote('检查.epub')}")
    assert book.headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote('检查.epub')}"
    head = shown.get(f"/files/{quote('检查.pdf')}", method="HEAD")
    assert (head.status, head.data) == (200, b"")
    assert head.headers["content-length"] == str(len(pdf.data))
    assert shown.get(method="PUT").status == 501


def test_what_cannot_be_shown(wenban: Wenban, folder: Path, shown: Running) -> None:
    assert wenban("preview", "--no-open", "nowhere").returncode == 3
    assert wenban("preview", "--no-open", "pages", "--style", "nothing").returncode == 2
    taken = wenban("preview", "--no-open", "pages", "--port", shown.port)
    assert taken.returncode == 2
    assert f"port {shown.port} cannot be used" in taken.stderr


def test_in_a_browser(folder: Path) -> None:
    with previewing(folder, "pages") as running, tools.browser(folder) as browser:
        running.after(0)
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda sent: asked.append(sent.url))
        page.on("dialog", lambda dialog: asked.append(f"dialog: {dialog.message}"))
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"http://127.0.0.1:{running.port}/")
        assert page.title() == "关于开展检查的通知"
        assert "现将有关事项" in page.frame_locator("iframe").locator("body").inner_text()
        assert tools.axe(page) == []
        page.get_by_role("navigation").get_by_role("link").nth(1).click()
        page.wait_for_url("**/?doc=two")
        assert "<script>" in page.locator("h1").inner_text()

        page.goto(f"http://127.0.0.1:{running.port}/?doc=one")
        (folder / "pages" / "one.txt").write_text(TEXT.replace("检查", "普查"), encoding="utf-8")
        page.locator("h1", has_text="普查").wait_for()
        running.end()
        page.wait_for_selector("#stopped:not([hidden])")
        assert errors == []
        assert {url for url in asked if not url.startswith(f"http://127.0.0.1:{running.port}/")} <= {"data:,"}


# --- Review ---------------------------------------------------------------------------------------------------------

DOUBTED = (Path(__file__).with_name("fixtures") / "zh" / "known" / "sentences.txt").read_text(encoding="utf-8")
"""A list of words, no kind of text that reading knows, so that it doubts."""


def post(running: Running, said: str, token: str, path: str = "/correct?doc=one", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE)
    given = {"Host": f"127.0.0.1:{running.port}", "X-Wenban-Token": token, **headers}
    connection.request("POST", path, body=said.encode(), headers=given)
    answer = connection.getresponse()
    found = Answer(answer.status, {}, answer.read())
    connection.close()
    return found


def test_only_the_preview_itself_may_correct(folder: Path) -> None:
    sidecar = folder / "pages" / "one.wenban.toml"
    with previewing(folder, "pages") as running:
        seen = running.after(0)
        token = re.search('data-token="([^"]+)"', running.get("/review?doc=one").text)
        assert token
        said = '{"line": [3, "note"]}'
        assert post(running, said, "x").status == 403
        assert post(running, said, token[1], Origin="http://example.org").status == 403
        assert post(running, said, token[1], Host="example.org").status == 421
        assert post(running, said, token[1], path="/review").status == 404
        assert post(running, " " * 70_000, token[1]).status == 404
        for wrong in ("[", '{"lines": 1}', '{"line": [99, "note"]}', '{"field": ["titel", "x"]}', '{"repair": "1:1"}'):
            assert post(running, wrong, token[1]).status == 409
        assert post(running, said, token[1], path="/correct?doc=../one").status == 409
        assert not sidecar.exists()
        two = running.get("/files/two.docx").data
        assert post(running, said, token[1]).status == 200
        assert 'as = "note"' in sidecar.read_text(encoding="utf-8")
        running.after(seen)
        assert running.get("/files/two.docx").data == two, "only its document is made anew"
        assert HOSTILE not in running.get("/review?doc=two").text
        assert post(running, '{"undo": true}', token[1]).text == "Undone."
        assert not sidecar.exists()
        assert post(running, said, token[1]).status == 200
        sidecar.write_text("# another hand\n", encoding="utf-8")
        assert "another hand" in post(running, '{"undo": true}', token[1]).text
        assert sidecar.read_text(encoding="utf-8") == "# another hand\n"


def test_a_person_reviews_a_folder(folder: Path) -> None:
    """The documents in doubt first; a title and two levels are corrected by keys, and so in all editions."""
    for number in range(25):
        (folder / "pages" / f"{number}.txt").write_text(TEXT, encoding="utf-8")
    for number, name in enumerate(("bad", "worse", "worst"), 1):
        (folder / "pages" / f"{name}.txt").write_text(DOUBTED[: 300 * number], encoding="utf-8")
    with previewing(folder, "pages") as running, tools.browser(folder) as browser:
        running.after(0)
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"http://127.0.0.1:{running.port}/review")
        links = page.get_by_role("navigation").get_by_role("link")
        assert links.count() == 30
        worst = [str(links.nth(at).get_attribute("href")).rpartition("=")[2] for at in range(3)]
        assert set(worst) == {"bad", "worse", "worst"}
        links.first.click()
        chosen = page.locator("#lines [aria-selected=true]")
        assert "doubt" in str(chosen.get_attribute("class")), "it begins at the first doubt"
        page.keyboard.press("Home")
        page.keyboard.press("t")
        page.locator("#line1.title.hand").wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("2")
        page.locator("#line2.heading.hand").wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("3")
        page.locator("#line3.heading.hand").wait_for()
        page.keyboard.press("r")
        page.locator("#line3.removed.hand").wait_for()
        page.keyboard.press("u")
        page.locator("#line3.heading.hand").wait_for()
        page.get_by_label("Run-in heading").fill("不在这一行")
        page.get_by_label("Run-in heading").press("Enter")
        page.locator("#said.bad", has_text="does not begin with the run-in heading").wait_for()
        page.get_by_text("Metadata", exact=True).click()
        page.get_by_label("Title", exact=True).fill("人工题名")
        page.evaluate("renew()")  # as when another answer comes meanwhile: what is being typed stays
        page.get_by_label("Title", exact=True).press("Enter")
        page.locator("#line1", has_text="人工题名").wait_for()
        second = str(page.locator("#line2 .text").inner_text())
        page.frame_locator("iframe").locator("h1", has_text="人工题名").wait_for()
        page.frame_locator("iframe").locator(".heading2", has_text=second[:6]).wait_for()
        assert errors == []
        files = {form: running.get(f"/files/{worst[0]}.{form}").data for form in ("docx", "pdf", "epub", "html")}
        assert (folder / "pages" / f"{worst[0]}.wenban.toml").read_text(encoding="utf-8").count("[[line]]") == 3
        for form, data in files.items():
            assert "人工题名" in read_back(form, data).body, form
        word = zipfile.ZipFile(io.BytesIO(files["docx"])).read("word/document.xml").decode()
        book = zipfile.ZipFile(io.BytesIO(files["epub"]))
        chapters = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
        marks = [mark.level for mark in pypdfium2.PdfDocument(files["pdf"]).get_toc()]
        for level in (2, 3):
            assert f'w:val="Heading{level}"' in word
            assert f'class="heading{level}"' in chapters
            assert f'class="heading{level}"' in files["html"].decode()
        assert max(marks) == 1
        assert tools.axe(page) == []
        page.goto(f"http://127.0.0.1:{running.port}/review")
        assert tools.axe(page) == []


def test_a_clerk_reads_what_else_a_line_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    current.cache_clear()
    page = tmp_path / "page.txt"
    page.write_text("分享到\uff1a微信\n" + "石桥修好了\n今年以来\uff0c河边的石桥修好了\u3002\n石桥\n", encoding="utf-8")
    shown = "".join(review._lines(opened(str(page))))
    current.cache_clear()
    assert re.search('<small class="why" title="[^"]*">分享栏<', shown)
    assert "也可能是\uff1a" in shown
