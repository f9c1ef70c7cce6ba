"""Finding and loading: files, folders, MHTML, and everything that is no page."""

from __future__ import annotations

import hashlib
import os
from email.message import EmailMessage
from pathlib import Path

import pytest

from convert import source
from convert.errors import ConvertError, NoContentError, SourceError

SAMPLE = Path(__file__).resolve().parents[1] / "source" / "hongshan-2021.txt"


def write(folder: Path, name: str, data: bytes = b"<p>x</p>") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_folder_gives_its_pages_in_path_order(tmp_path: Path) -> None:
    wanted = [write(tmp_path, name) for name in ("a/2.html", "a/10.HTM", "b.mhtml", "c.txt", "d/e/f.xhtml")]
    for name in (".hidden.html", ".git/x.html", "notes.pdf", "README.md", "a/pic.jpg"):
        write(tmp_path, name)
    assert list(source.find([tmp_path])) == sorted(wanted)


def test_folders_in_which_browsers_keep_parts_are_passed_over(tmp_path: Path) -> None:
    page = write(tmp_path, "page.html")
    write(tmp_path, "page_files/frame.html")
    write(tmp_path, "page.files/frame.html")
    other = write(tmp_path, "other_files/real.html")
    assert list(source.find([tmp_path])) == sorted([page, other])


def test_a_file_that_is_named_may_have_any_name(tmp_path: Path) -> None:
    page = write(tmp_path, "page.dat")
    assert list(source.find([page])) == [page]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path, "outside/secret.html")
    inside = write(tmp_path, "given/page.html")
    os.symlink(outside, tmp_path / "given" / "link.html")
    os.symlink(outside.parent, tmp_path / "given" / "folder")
    assert list(source.find([tmp_path / "given"])) == [inside]


def test_missing_path_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file or folder") as caught:
        list(source.find([tmp_path / "none"]))
    assert caught.value.exit_code == 3
    assert str(tmp_path / "none") in str(caught.value)
    with pytest.raises(SourceError, match="no such file"):
        source.load(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"some text", "text/plain"),
        ("a.html", b"<p>text", "text/html"),
        ("a.shtml", b"text <b>x</b>", "text/html"),
        ("a", b"<!DOCTYPE html><p>x", "text/html"),
        ("a", b"\xef\xbb\xbf  <!-- c --><html>", "text/html"),
        ("a.txt", b"<html><body>x", "text/html"),
        ("a.html", "没有标签的文字".encode(), "text/plain"),
        ("a.dat", b"1 < 2", "text/plain"),
        ("a.html", "<p>文字".encode("utf-16"), "text/html"),
    ],
)
def test_kind_is_told_by_name_and_content(name: str, data: bytes, kind: str) -> None:
    assert source.from_bytes(data, name).media_type == kind


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"PK\x03\x04....", "a ZIP archive or an Office document"),
        (b"\x89PNG\r\n\x1a\n....", "a PNG picture"),
        (b"\xff\xd8\xff\xe0....", "a JPEG picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        (b"{\\rtf1\\ansi ...}", "an RTF document"),
        (b"abc\x00\x01\x02\x00\xffdef" * 20, "a binary file"),
    ],
)
def test_binary_files_are_named_with_reason_and_remedy(tmp_path: Path, data: bytes, what: str) -> None:
    path = write(tmp_path, "page.txt", data)
    with pytest.raises(SourceError) as caught:
        source.load(path)
    message = str(caught.value)
    assert str(path) in message
    assert what in message
    remedy = (
        "Save it as DOCX"
        if what.endswith(("Office document", "RTF document")) and "ZIP" not in what
        else "plain text, HTML"
    )
    assert remedy in message


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf\n"])
def test_empty_file_is_no_content(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NoContentError) as caught:
        source.load(write(tmp_path, "a.txt", data))
    assert caught.value.exit_code == 4


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="this is a folder"):
        source.load(tmp_path)


def test_unreadable_file_is_said(tmp_path: Path) -> None:
    # A link to itself: not even root can read it, as CI may be.
    path = tmp_path / "a.txt"
    path.symlink_to(path)
    with pytest.raises(SourceError, match=r"a\.txt") as caught:
        source.load(path)
    assert caught.value.remedy


def test_undecodable_text_names_the_byte() -> None:
    page = source.from_bytes(b"plain text \xff\xfe\xfd caf\xe9 \x81\x20 more", "a.txt")
    with pytest.raises(SourceError, match="byte 11 is not valid utf-8") as caught:
        source.decode(page)
    assert "Save the file as UTF-8" in str(caught.value)


def test_the_users_charset_is_checked() -> None:
    with pytest.raises(SourceError, match="'klingon' is not a known charset"):
        source.load(SAMPLE, charset="klingon")
    assert source.decode(source.load(SAMPLE, charset="UTF8")).charset == "utf-8"


def mhtml() -> bytes:
    whole = EmailMessage()
    whole["From"] = "<Saved by Blink>"
    whole["Snapshot-Content-Location"] = "https://news.example/a/1.html"
    whole["Date"] = "Tue, 5 Nov 2019 08:30:00 +0800"
    whole["MIME-Version"] = "1.0"
    whole.set_content("<html><body><p>正文</p><img src='pic.png'></body></html>", subtype="html", charset="gb18030")
    whole["Content-Location"] = "https://news.example/a/1.html"
    whole.make_related()
    whole.add_related(b"\x89PNG data", "image", "png", cid="<p1@x>")
    whole.get_payload()[-1]["Content-Location"] = "https://news.example/a/pic.png"  # type: ignore[index]
    return whole.as_bytes()


def test_mhtml_gives_its_page_with_its_parts() -> None:
    whole = mhtml()
    page = source.from_bytes(whole, "saved.mhtml")
    assert page.media_type == "text/html"
    assert page.url == "https://news.example/a/1.html"
    assert page.fetched == "2019-11-05T08:30:00+08:00"
    assert page.charset == "gb18030"
    assert "正文" in source.decode(page).text
    assert page.parts["https://news.example/a/pic.png"] == b"\x89PNG data"
    assert page.parts["cid:p1@x"] == b"\x89PNG data"
    assert page.sha256 == hashlib.sha256(whole).hexdigest()
    assert page.digest() == hashlib.sha256(page.data).hexdigest()


@pytest.mark.parametrize(
    ("data", "same"),
    [
        ("<p>正文\uff0c段落".encode(), True),
        (b"\xef\xbb\xbf" + "<p>正文\uff0c段落".encode(), False),
        ("<p>正文\uff0c段落".encode("gb18030"), False),
        ("<p>正文\uff0c段落\u3002".encode() * 20 + b"\xff", False),
    ],
)
def test_a_page_in_utf_8_has_its_bytes_at_hand(data: bytes, same: bool) -> None:
    found = source.decode(source.from_bytes(data, "page.html"))
    assert found.utf8 == (found.text.encode() if same else None)


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: "
        b"text/css\n\na{}\n--x--\n",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n",
    ],
)
def test_mhtml_without_a_page_is_no_content(data: bytes) -> None:
    with pytest.raises(NoContentError, match="holds no page"):
        source.from_bytes(data, "a.mht")


@pytest.mark.parametrize("cut", range(0, 900, 60))
def test_truncated_mhtml_is_read_or_refused(cut: int) -> None:
    try:
        assert source.decode(source.from_bytes(mhtml()[:cut], "a.mht")).text
    except ConvertError as refused:
        error = refused
    else:
        return
    assert error.remedy


@pytest.mark.parametrize(
    "reference",
    ["../secret.png", "/../secret.png", "a/../../secret.png", "..\\secret.png", "link.png", "dir/secret.png"],
)
def test_nothing_outside_the_folder_is_read(tmp_path: Path, reference: str) -> None:
    write(tmp_path, "secret.png", b"secret")
    folder = tmp_path / "page"
    folder.mkdir()
    os.symlink(tmp_path / "secret.png", folder / "link.png")
    os.symlink(tmp_path, folder / "dir")
    page = source.from_bytes(b"<p>x</p>", "page.html", folder=folder)
    assert source.beside(page, reference) is None


def test_files_beside_the_page_are_read(tmp_path: Path) -> None:
    write(tmp_path, "page_files/a.png", b"picture")
    page = source.from_bytes(b"<p>x</p>", "page.html", folder=tmp_path)
    assert source.beside(page, "./page_files/a.png") == b"picture"
    assert source.beside(page, "page_files") is None
    assert source.beside(page, "none.png") is None
    assert source.beside(source.from_bytes(b"<p>x</p>", "page.html"), "page_files/a.png") is None
