"""What a reader sees is what the file says: each kind of fault is found in the bytes that are published.

20 seconds.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest
from conftest import SAMPLE
from exam import exam_document
from looks import LOOKS
from planted import File, emptied, in_table, repacked, rotated, shifted, swapped, with_outlines

from convert import style, verify, writers
from convert.errors import FidelityError
from convert.model import Document
from convert.run import pipeline, reading
from convert.run.options import Options
from convert.verify import faces, freetype
from convert.verify.embedded import fonts as fonts_in
from convert.verify.sight import PageBox, Sight

LOOK = style.load("gongwen")
FORMATS = ("docx", "epub", "html", "odt", "pdf")


@cache
def document() -> Document:
    return reading.read(SAMPLE)


@cache
def edition(name: str) -> bytes:
    return pipeline.write(name, document(), LOOK)[0]


@cache
def embedded(name: str) -> bytes:
    """An edition with its fonts inside."""
    return pipeline.write(name, document(), embedding())[0]


@cache
def embedding() -> style.Style:
    epub, docx = (msgspec.structs.replace(one, embed_fonts=True) for one in (LOOK.epub, LOOK.docx))
    return msgspec.structs.replace(LOOK, epub=epub, docx=docx)


def said(name: str, data: bytes, look: style.Style = LOOK) -> list[str]:
    return verify.check(name, data, writers.compose(document(), look))


# --- What is right -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("look", LOOKS)
def test_what_is_made_is_seen(name: str, look: str) -> None:
    made = style.load(look)
    for one in (document(), exam_document()):
        data, _ = pipeline.write(name, one, made)
        assert verify.check(name, data, writers.compose(one, made)) == []
        assert verify.unseen(name, data, one.metadata.language) == []


@pytest.mark.parametrize("name", ["docx", "epub"])
def test_fonts_that_go_with_the_file_are_seen(name: str) -> None:
    assert said(name, embedded(name), embedding()) == []


def test_a_file_taken_apart_and_put_together_is_seen() -> None:
    assert said("pdf", File(edition("pdf")).to_bytes()) == []


def test_faces_agree_with_themselves_and_with_no_other() -> None:
    """FreeType's outline of a face's glyph is the one that HarfBuzz draws, for static and variable faces."""
    for name in {font.name for font in fonts_in(edition("pdf")).fonts}:
        at_hand = faces.named(name)
        assert at_hand, name
        (face, *_) = at_hand._faces
        numbers = [face._loaded.font.get_nominal_glyph(ord(char)) for char in "\u7684\u56fd,A\u3002"]
        shown = [faces.EmbeddedGlyph(face._program, number).drawing for number in numbers if number]
        for number, one in zip(filter(None, numbers), shown, strict=True):
            assert one.contours
            assert [one.is_like(face._drawing(other)) for other in numbers if other] == [
                other == number for other in numbers if other
            ]


# --- Glyphs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [rotated, swapped, emptied, shifted])
def test_glyphs_of_a_pdf_are_those_of_the_face(change: Callable[[list[bytes]], list[bytes]]) -> None:
    file = File(edition("pdf"))
    file.change(file.fonts()[0], with_outlines(change))
    data = file.to_bytes()
    assert verify.digest(verify.read("pdf", data)) == verify.digest(verify.read("pdf", edition("pdf"))), "the text is"
    (wrong,) = said("pdf", data)
    assert "are not what its face draws" in wrong


def test_widths_are_those_of_the_face() -> None:
    file = File(edition("pdf"))
    at, body = next((at, body) for at, body in file.plain.items() if b"/CIDFontType0" in body and b"/DW 1000" in body)
    file.plain[at] = body.replace(b"/DW 1000", b"/DW 600")
    (wrong,) = said("pdf", file.to_bytes())
    assert "are not what its face draws" in wrong


def test_a_font_of_another_face_is_found() -> None:
    """The font of the text has the name of the headings' face."""
    file = File(edition("pdf"))
    names = sorted({re.search(rb"/BaseFont /(\S+)", body)[1] for body in file.plain.values() if b"/Type0" in body})  # type: ignore[index]
    assert len(names) > 1
    for at, body in file.plain.items():
        if b"/BaseFont" in body:
            file.plain[at] = body.replace(names[0], b"TAG").replace(names[1], names[0]).replace(b"TAG", names[1])
    assert any("are not what its face draws" in wrong for wrong in said("pdf", file.to_bytes()))


def test_a_font_of_a_kind_that_cannot_be_looked_at_is_found() -> None:
    file = File(edition("pdf"))
    number = max((*file.plain, *file.streams)) + 1
    file.plain[number] = b"<< /Type /Font /Subtype /Type3 /FirstChar 0 /LastChar 0 >>"
    assert "a font of kind Type3 cannot be looked at" in said("pdf", file.to_bytes())


def test_a_font_whose_codes_are_not_its_glyphs_is_found() -> None:
    file = File(edition("pdf"))
    at, body = next((at, body) for at, body in file.plain.items() if b"/CIDFontType0" in body)
    file.plain[at] = body.replace(b"/CIDFontType0", b"/CIDFontType2").replace(b"/DW", b"/CIDToGIDMap 3 0 R /DW")
    assert any("are not its glyphs" in wrong for wrong in said("pdf", file.to_bytes()))


# --- Pages -------------------------------------------------------------------------------------------------------

_LINE = re.compile(rb"\n1 0 0 1 (\S+) (\S+) Tm\n")


def page_with(change: Callable[[bytes], bytes], number: int = 1) -> bytes:
    """The PDF with a page's content changed."""
    file = File(edition("pdf"))
    file.change(file.pages()[number], change)
    return file.to_bytes()


PAINTED = {
    "white": (b"1 g\n", "has the colour of the paper"),
    "nearly white": (b"0.97 0.98 0.97 rg\n", "has the colour of the paper"),
    "invisible": (b"3 Tr\n", "is not painted"),
    "a clip": (b"7 Tr\n", "is not painted"),
    "squeezed": (b"30 Tz\n", "is squeezed"),
    "mirrored": (b"-1 0 0 1 595 0 cm\n", "is mirrored"),
    "clipped": (b"0 0 1 1 re W n\n", "is clipped"),
}


@pytest.mark.parametrize("kind", sorted(PAINTED))
def test_text_is_painted_in_a_colour_that_can_be_seen(kind: str) -> None:
    code, why = PAINTED[kind]
    (wrong, *_) = said("pdf", page_with(lambda content: code + content))
    assert re.search(why, wrong), wrong


@pytest.mark.parametrize("size", [b"0.1", b"1.5"])
def test_text_is_large_enough(size: bytes) -> None:
    """The size is 0.1 points, and the places of the glyphs are as they were."""

    def change(content: bytes) -> bytes:
        return re.sub(rb"(/F\d+) \S+ Tf", rb"\1 %s Tf" % size, content)

    (wrong, *_) = said("pdf", page_with(change))
    assert "too small" in wrong or "expected" in wrong


def test_text_lies_on_the_page() -> None:
    (wrong, *_) = said("pdf", page_with(lambda content: _LINE.sub(rb"\n1 0 0 1 \1 -900 Tm\n", content, count=1)))
    assert "off the page" in wrong or "expected" in wrong
    whole = page_with(
        lambda content: _LINE.sub(lambda one: b"\n1 0 0 1 %s %.2f Tm\n" % (one[1], float(one[2]) - 2000), content)
    )
    assert "text lies off the page" in said("pdf", whole)[0]


def test_text_lies_in_the_crop_box() -> None:
    file = File(edition("pdf"))
    at = next(at for at, body in file.plain.items() if b"/Contents" in body)
    file.plain[at] = file.plain[at].replace(b"/MediaBox", b"/CropBox [ 0 0 300 842 ] /MediaBox")
    assert "text lies off the page" in said("pdf", file.to_bytes())[0]


def test_text_is_not_under_a_patch() -> None:
    patch = b"\n/Artifact BMC\nq 1 g 60 60 480 700 re f Q\nEMC\n"
    (wrong, *_) = said("pdf", page_with(lambda content: content + patch))
    assert "text is covered" in wrong


def test_text_is_not_under_a_thick_line() -> None:
    line = b"\n/Artifact BMC\n%s w 60 420 m 540 420 l S\nEMC\n"
    assert said("pdf", page_with(lambda content: content + line % b"0.75")) == []
    for thick in (b"400", b"30", b"q 100 0 0 100 -5940 -41580 cm 0.3"):
        assert "text is covered" in said("pdf", page_with(lambda content, thick=thick: content + line % thick))[0]  # type: ignore[misc]


def test_a_line_is_where_it_was_meant() -> None:
    """A line is drawn on the one before it."""
    content = File(edition("pdf"))
    places = _LINE.findall(content.streams[content.pages()[1]][1])
    first = places[2][1]
    second = next(place for _, place in places[3:] if place != first)

    def change(content: bytes) -> bytes:
        return content.replace(b" %s Tm" % second, b" %s Tm" % first)

    assert any("lies on other text" in wrong for wrong in said("pdf", page_with(change)))


def test_a_line_that_is_dropped_is_found() -> None:
    def change(content: bytes) -> bytes:
        found = re.search(rb"\n(?:<[0-9a-f]+>Tj|\[[^\]]*\]TJ)", content[len(content) // 2 :])
        assert found is not None
        return content.replace(found[0], b"", 1)

    assert "expected" in said("pdf", page_with(change))[0]


def test_glyphs_without_a_text_are_found() -> None:
    """A code that the map of characters does not have is drawn between the others."""
    file = File(edition("pdf"))
    cmaps = [at for at, (_, data) in file.streams.items() if b"beginbfchar" in data]
    head, data = file.streams[cmaps[0]]
    found = re.search(rb"<([0-9a-f]{4})> <[0-9a-f]{4}>\n", data[len(data) // 2 :])
    assert found is not None
    file.streams[cmaps[0]] = head, data.replace(found[0], b"", 1)
    assert said("pdf", file.to_bytes())


@pytest.mark.parametrize("entry", [b"/OCProperties << >>", b"/AcroForm << >>"])
def test_layers_and_forms_are_found(entry: bytes) -> None:
    file = File(edition("pdf"))
    at = next(at for at, body in file.plain.items() if b"/Catalog" in body)
    file.plain[at] = file.plain[at][:-2] + entry + b" >>"
    assert any("can hide or cover text" in wrong for wrong in said("pdf", file.to_bytes()))


def test_an_update_at_the_end_is_found() -> None:
    data = edition("pdf") + b"\n1 0 obj\n<< >>\nendobj\nstartxref\n0\n%%EOF\n"
    assert said("pdf", data)


# --- Books, pages, Word files ------------------------------------------------------------------------------------


def with_fonts(name: str, change: Callable[[bytes], bytes]) -> bytes:
    endings = {"epub": (".otf", ".ttf"), "docx": (".odttf",)}[name]
    return repacked(embedded(name), lambda file, data: change(data) if file.endswith(endings) else data)


FONT_FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "rotated": in_table(b"CFF ", with_outlines(rotated)),
    "swapped": in_table(b"CFF ", with_outlines(swapped)),
    "half as large": in_table(b"head", lambda head: head[:18] + b"\x07\xd0" + head[20:]),  # 2000 units to the em
}


@pytest.mark.parametrize("name", ["docx", "epub"])
@pytest.mark.parametrize("kind", sorted(FONT_FAULTS))
def test_the_font_that_goes_with_a_file_draws_its_characters(name: str, kind: str) -> None:
    change = FONT_FAULTS[kind]

    def masked(font: bytes) -> bytes:
        """Word's fonts have their first bytes masked, which hold nothing that is changed."""
        if name == "epub":
            return change(font)
        plain = bytes(a ^ b for a, b in zip(font[:32], mask, strict=True)) + font[32:]
        return font[:32] + change(plain)[32:]

    mask = _mask() if name == "docx" else b""
    (wrong, *_) = said(name, with_fonts(name, masked), embedding())
    assert "are not what its face draws" in wrong or "cannot be drawn" in wrong


def _mask() -> bytes:
    """What the first bytes of the first font of the Word file are masked with."""
    with zipfile.ZipFile(io.BytesIO(embedded("docx"))) as package:
        key = re.search(rb"w:fontKey=\"\{([-0-9A-F]+)\}", package.read("word/fontTable.xml"))
    assert key is not None
    return bytes.fromhex(key[1].decode().replace("-", ""))[::-1] * 2


HIDING = (
    "p { display: none; }",
    "p { visibility: hidden }",
    "body { color: #fff; }",
    "body { color: rgba(0, 0, 0, 0.1); }",
    "p { font-size: 0 }",
    "p { opacity: 0.05 }",
    "p { text-indent: -9999px }",
    "p { position: absolute; left: -9999px }",
    "main, section { clip-path: circle(0) }",
    "body { height: 0; overflow: hidden }",
    "p { transform: scale(0) }",
    "p { letter-spacing: -1em }",
    "p::before { content: 'not' }",
    "@media screen { p { display: none } }",
)


@pytest.mark.parametrize("sheet", HIDING)
@pytest.mark.parametrize("name", ["epub", "html"])
def test_a_style_sheet_that_hides_text_is_found(name: str, sheet: str) -> None:
    if name == "html":
        data = edition("html").replace(b"</style>", f"{sheet}</style>".encode(), 1)
        assert data != edition("html")
    else:
        data = repacked(edition("epub"), lambda file, data: data + sheet.encode() if file.endswith(".css") else data)
    (wrong, *_) = said(name, data)
    assert "hides text by" in wrong


def test_a_style_on_an_element_that_hides_text_is_found() -> None:
    data = re.sub(rb"<p\b", b'<p style="visibility: hidden"', edition("html"), count=1)
    assert "hides text by" in said("html", data)[0]


@pytest.mark.parametrize("code", ["<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="1"/>', '<w:w w:val="1"/>'])
def test_run_properties_that_hide_text_are_found(code: str) -> None:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"<w:rPr>", b"<w:rPr>" + code.encode(), 1) if name == "word/document.xml" else data

    (wrong, *_) = said("docx", repacked(edition("docx"), change))
    assert wrong.startswith("word/document.xml: text ")


# --- Where it is asked -------------------------------------------------------------------------------------------


def test_convert_publishes_nothing_that_cannot_be_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from convert.writers.pdf import cff as made

    write = made.write

    def turned(name: bytes, glyphs: list[made.Glyph], box: tuple[int, ...]) -> bytes:
        return write(name, [glyphs[0], *glyphs[2:], glyphs[1]], box)

    monkeypatch.setattr(made, "write", turned)
    options = Options("2021-01-01T00:00:00Z", ("pdf",), "gongwen")
    with pytest.raises(FidelityError, match="are not what its face draws"):
        pipeline.make(pipeline.Job("a.txt", str(SAMPLE), "a", str(tmp_path), options))


def test_glyphs_seen_before_are_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said("pdf", edition("pdf")) == []
    monkeypatch.setattr(freetype.Program, "contours", lambda *_: pytest.fail("a glyph was drawn again"))
    monkeypatch.setattr(faces.OutlineFace, "draws", lambda *_: pytest.fail("a glyph was compared again"))
    assert said("pdf", edition("pdf")) == []


# --- Painted -----------------------------------------------------------------------------------------------------


def _turned(data: bytes) -> bytes:
    """Each glyph of the fonts is its neighbour's."""
    file = File(data)
    for font in file.fonts()[:2]:
        file.change(font, with_outlines(rotated))
    return file.to_bytes()


PAINTED_FAULTS: dict[str, Callable[[], bytes]] = {
    "turned glyphs": lambda: _turned(edition("pdf")),
    "white": lambda: page_with(lambda content: b"1 g\n" + content, 0),
    "unpainted": lambda: page_with(lambda content: b"3 Tr\n" + content, -1),
    "clipped": lambda: page_with(lambda content: b"0 0 1 1 re W n\n" + content, 0),
    "under a patch": lambda: page_with(lambda content: content + b"\nq 1 g 60 60 480 700 re f Q", 0),
    "off the page": lambda: page_with(lambda content: b"1 0 0 1 0 -2000 cm\n" + content, 0),
    "turned over": lambda: page_with(lambda content: b"1 0 0 -1 0 842 cm\n" + content, 0),
    "one line on another": lambda: page_with(_on_another, 0),
    "black": lambda: page_with(lambda content: content + b"\nq 0 g 60 60 480 700 re f Q", 0),
}


def _on_another(content: bytes) -> bytes:
    places = [place for _, place in _LINE.findall(content)]
    one, other = places[len(places) // 2], places[len(places) // 2 + 1]
    assert one != other
    return content.replace(b" %s Tm" % other, b" %s Tm" % one)


@pytest.mark.parametrize("kind", sorted(PAINTED_FAULTS))
def test_a_page_that_is_painted_wrong_is_not_recognised(kind: str) -> None:
    """All nine of nine planted faults: by the pixels alone, or, where PDFium leaves text out, by what is left of it."""
    data = PAINTED_FAULTS[kind]()
    assert verify.unrecognised(data) or verify.differences(verify.read("pdf", edition("pdf")), verify.read("pdf", data))


@pytest.mark.parametrize("made_of", [document, exam_document])
def test_pages_as_they_are_made_are_recognised(made_of: Callable[[], Document]) -> None:
    assert verify.unrecognised(pipeline.write("pdf", made_of(), LOOK)[0]) == []


def test_verify_paints_where_it_is_asked(tmp_path: Path) -> None:
    from convert import convert, publish

    convert(SAMPLE, tmp_path / "out", ["pdf"])
    assert publish.examine(tmp_path / "out", drawn=True).findings == []


def test_two_marks_that_share_an_em_are_no_text_on_other_text() -> None:
    """In vertical lines each is a piece of its own, as wide as an em."""

    class Known(Sight):
        def __init__(self) -> None:
            """Asks no library."""

        def _em(self, item: int) -> float:
            return 10.0

    def found(width: float) -> int:
        pieces = [PageBox(0, 0, 10, width, 1), PageBox(4.8, 0, 14.8, width, 2)]
        return len(list(Known()._overlaps(pieces)))

    assert (found(10.2), found(11)) == (0, 1)
