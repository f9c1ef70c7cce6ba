"""The structure check: what the writers make passes, and a package, page or file taken apart does not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from exam import exam_document
from looks import LOOKS

from convert import style, verify
from convert.run import pipeline

FORMATS = ("docx", "pdf", "epub", "odt", "html", "json")
Files = dict[str, bytes]


@cache
def edition(name: str, look: str = "gongwen") -> bytes:
    return pipeline.write(name, exam_document(), style.load(look))[0]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", FORMATS)
def test_the_exam_is_whole(name: str, look: str) -> None:
    assert verify.faults(name, edition(name, look)) == []


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7\n%%EOF", b"\xff\xfe\x00", b"[" * 100_000])
def test_what_is_no_edition(name: str, data: bytes) -> None:
    assert verify.faults(name, data)
    assert verify.extent(name, data) == (None, None)


def test_a_format_we_know_nothing_of() -> None:
    assert verify.faults("txt", b"anything") == []


def test_extents() -> None:
    with pikepdf.open(io.BytesIO(edition("pdf"))) as file:
        assert verify.extent("pdf", edition("pdf")) == (len(file.pages), None)
    names = zipfile.ZipFile(io.BytesIO(edition("epub"))).namelist()
    chapters = [name for name in names if "chapter" in name]
    assert verify.extent("epub", edition("epub")) == (None, len(chapters))


# --- Packages ---------------------------------------------------------------------------------------------------


def packed(files: Files) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return stream.getvalue()


def changed(name: str, change: Callable[[Files], object]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(edition(name))) as package:
        files = {one: package.read(one) for one in package.namelist()}
    change(files)
    return packed(files)


def replaced(part: str, old: str, new: str) -> Callable[[Files], object]:
    def change(files: Files) -> None:
        assert old.encode() in files[part], part
        files[part] = files[part].replace(old.encode(), new.encode())

    return change


def test_a_package_packed_again_is_whole() -> None:
    for name in ("docx", "epub", "odt"):
        assert verify.faults(name, changed(name, lambda files: None)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: files.pop("word/styles.xml"), "names a part 'word/styles.xml', which is not there"),
        (lambda files: files.pop("word/document.xml"), "names a part 'word/document.xml'"),
        (lambda files: files.pop("[Content_Types].xml"), "there is no [Content_Types].xml"),
        (lambda files: files.update({"word/other.xml": b"<a/>"}), "nothing leads to the part 'word/other.xml'"),
        (lambda files: files.update({"word/other.bin": b""}), "'word/other.bin' has no content type"),
        (lambda files: files.update({"word/../../x.xml": b"<a/>"}), "leads out of the package"),
        (lambda files: files.update({"word/styles.xml": b"<a>"}), "word/styles.xml cannot be read as XML"),
        (
            lambda files: files.update({"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "it declares entities",
        ),
        (replaced("word/document.xml", "w:body", "w:bodies"), "no main document with a body"),
        (replaced("word/_rels/document.xml.rels", 'Id="rId', 'Id="rIx'), "the document refers to 'rId"),
        (
            replaced(
                "word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="http://a/b" TargetMode="External"'
            ),
            "fetches 'http://a/b' from outside",
        ),
        (replaced("word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="none.xml"'), "leads to 'none.xml'"),
    ],
)
def test_a_docx_taken_apart(change: Callable[[Files], object], said: str) -> None:
    assert said in "\n".join(verify.faults("docx", changed("docx", change)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: files.pop("EPUB/nav.xhtml"), "there is no EPUB/nav.xhtml"),
        (lambda files: files.pop("EPUB/style.css"), "names a part 'EPUB/style.css', which is not there"),
        (lambda files: files.pop("EPUB/chapter-001.xhtml"), "EPUB/nav.xhtml leads to 'chapter-001.xhtml"),
        (lambda files: files.pop("META-INF/container.xml"), "there is no META-INF/container.xml"),
        (lambda files: files.update(mimetype=files.pop("mimetype")), "first file is not its media type"),
        (lambda files: files.update(mimetype=b"application/zip"), "first file is not its media type"),
        (lambda files: files.update({"EPUB/more.xhtml": b"<a/>"}), "nothing leads to the part 'EPUB/more.xhtml'"),
        (replaced("EPUB/content.opf", 'properties="nav"', ""), "no navigation document"),
        (replaced("EPUB/content.opf", "dc:language", "dc:type"), "no language"),
        (replaced("EPUB/content.opf", 'idref="', 'idref="x'), "reading order"),
        (replaced("EPUB/nav.xhtml", 'epub:type="toc"', ""), "no contents"),
        (replaced("EPUB/chapter-001.xhtml", "</body>", "<script/></body>"), "runs a script"),
        (replaced("EPUB/chapter-001.xhtml", "</body>", '<img src="//a/b"/></body>'), "fetches '//a/b'"),
        (replaced("EPUB/chapter-001.xhtml", "</body>", '<a href="#no"/></body>'), "leads to '#no'"),
        (replaced("EPUB/chapter-001.xhtml", "</body>", ""), "cannot be read as XML"),
    ],
)
def test_an_epub_taken_apart(change: Callable[[Files], object], said: str) -> None:
    assert said in "\n".join(verify.faults("epub", changed("epub", change)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: files.pop("styles.xml"), "names a part 'styles.xml', which is not there"),
        (lambda files: files.pop("META-INF/manifest.xml"), "there is no META-INF/manifest.xml"),
        (lambda files: files.update(mimetype=files.pop("mimetype")), "first file is not its media type"),
        (lambda files: files.update(mimetype=b"application/zip"), "first file is not its media type"),
        (lambda files: files.update({"more.xml": b"<a/>"}), "nothing leads to the part 'more.xml'"),
        (lambda files: files.update({"content.xml": b"<a>"}), "content.xml cannot be read as XML"),
        (replaced("content.xml", "office:text", "office:texts"), "it has no text"),
        (replaced("content.xml", "</office:text>", "<office:event-listeners/></office:text>"), "content.xml runs"),
        (replaced("content.xml", 'xlink:href="Pictures/', 'xlink:href="http://a/'), "fetches 'http://a/"),
        (replaced("content.xml", 'xlink:href="Pictures/', 'xlink:href="Other/'), "leads to 'Other/"),
        (replaced("content.xml", 'xlink:href="#', 'xlink:href="#no'), "leads to '#no"),
    ],
)
def test_an_odt_taken_apart(change: Callable[[Files], object], said: str) -> None:
    assert said in "\n".join(verify.faults("odt", changed("odt", change)))


def test_a_package_that_unfolds_without_end() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(5):
            with package.open(f"word/{number}.xml", "w", force_zip64=True) as part:
                part.write(bytes(1000))
    data = stream.getvalue()
    # What the directory says of their sizes: five files of 1 GB.
    grown = data.replace((1000).to_bytes(4, "little"), (10**9).to_bytes(4, "little"))
    assert grown != data
    assert "too large to be unpacked" in verify.faults("docx", grown)[0]


# --- PDF and HTML -----------------------------------------------------------------------------------------------


def without(*keys: str) -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(edition("pdf"))) as file:
        for key in keys:
            del file.Root[key]
        file.save(stream)
    return stream.getvalue()


def test_a_pdf_taken_apart() -> None:
    assert verify.faults("pdf", without()) == []
    assert verify.faults("pdf", without("/StructTreeRoot")) == ["its text has no logical structure"]
    assert verify.faults("pdf", without("/MarkInfo")) == ["its text has no logical structure"]
    assert verify.faults("pdf", without("/Metadata")) == ["it has no metadata in XMP, or several"]
    data = edition("pdf")
    assert verify.faults("pdf", data.replace(b"<pdfuaid:part>1", b"<pdfuaid:part>2")) == [
        "it does not say that it is PDF/A-2a and PDF/UA-1, or PDF/A-4 and PDF/UA-2"
    ]
    assert "does not begin and end" in "".join(verify.faults("pdf", data[:-10]))


def test_a_pdf_with_a_script_or_a_password() -> None:
    script, locked = io.BytesIO(), io.BytesIO()
    with pikepdf.open(io.BytesIO(edition("pdf"))) as file:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        file.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", action])))
        file.save(script)
        file.save(locked, encryption=pikepdf.Encryption(owner="a", user="", metadata=False))
    assert "it carries scripts or files" in verify.faults("pdf", script.getvalue())
    assert "it is encrypted" in verify.faults("pdf", locked.getvalue())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<!DOCTYPE html>", "", "does not begin"),
        (' lang="zh-Hans"', "", "no language"),
        ("default-src 'none'", "default-src *", "does not forbid the network"),
        ("</body>", "<script>1</script></body>", "may run or fetch: script"),
        ("</body>", '<p onclick="1">x</p></body>', "may run or fetch: p"),
        ("</body>", '<img src="https://a/b.png"></body>', "fetches 'https://a/b.png'"),
        ("</head>", '<link rel="stylesheet" href="a.css"></head>', "fetches 'a.css'"),
        ("</body>", '<a href="#none">x</a></body>', "leads to '#none'"),
        ("</body>", '<p id="twice"></p><p id="twice"></p></body>', "'twice' is used twice"),
    ],
)
def test_a_page_taken_apart(old: str, new: str, said: str) -> None:
    text = edition("html").decode()
    assert old in text
    assert said in "\n".join(verify.faults("html", text.replace(old, new, 1).encode()))
