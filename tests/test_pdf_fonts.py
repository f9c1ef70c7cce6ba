"""The font programs of PDF editions: put together from glyphs that were cut out for earlier documents.

1 second.
"""

from __future__ import annotations

import io
from typing import Any

import pylopdf_fonts_zh_cn
import uharfbuzz as hb

from convert import style, writers
from convert.model import Document, Metadata, Paragraph, SourceInfo, Text
from convert.typography import fonts
from convert.writers.pdf import cff, fontfile
from convert.writers.pdf.glyphs import FontUse

SERIF = fonts.ResolvedFace(
    "song", ("Noto Serif SC",), "Noto Serif SC", pylopdf_fonts_zh_cn.serif_path(), 0, 400, 0.0, False
)
TEXTS = ("关于村庄环境整治的报告\uff08一\uff09", "环境报告\uff0c乡镇2021年", "一")


class Pen:
    """Records an outline."""

    def __init__(self) -> None:
        self.lines: list[tuple[Any, ...]] = []

    def moveTo(self, *points: Any) -> None:
        self.lines.append(("move", *points))

    def lineTo(self, *points: Any) -> None:
        self.lines.append(("line", *points))

    def curveTo(self, *points: Any) -> None:
        self.lines.append(("curve", *points))

    def qCurveTo(self, *points: Any) -> None:
        self.lines.append(("quadratic", *points))

    def closePath(self) -> None:
        self.lines.append(("close",))


def outline(font: Any, glyph: int) -> list[tuple[Any, ...]]:
    pen = Pen()
    font.draw_glyph_with_pen(glyph, pen)
    return pen.lines


def used(text: str) -> FontUse:
    use = FontUse(SERIF, "F1")
    use.texts |= {use.loaded.font.get_nominal_glyph(ord(char)): char for char in text}
    return use


def test_a_font_draws_what_its_face_draws() -> None:
    fontfile._cut_out.cache_clear()
    for text in TEXTS:
        use = used(text)
        tables, mapping = fontfile._program(use, "AAAAAA+Serif")
        whole = {tag: use.loaded.face.reference_table(tag).data for tag in ("head", "hhea")}
        whole |= {"CFF ": tables[b"CFF "], "maxp": b"\0\0\x50\0" + (len(mapping)).to_bytes(2, "big")}
        made = hb.Font(hb.Face.create_for_tables(lambda _face, tag, _data, known=whole: known.get(tag), None))
        assert sorted(mapping) == sorted({0, *use.texts})
        for old, new in mapping.items():
            assert outline(made, new) == outline(use.loaded.font, old)
            assert bool(outline(made, new)) == (old != use.blank)


def test_a_table_taken_apart_is_put_together_again() -> None:
    tables, _ = fontfile._program(used(TEXTS[0]), "AAAAAA+Serif")
    glyphs = cff.read(tables[b"CFF "])
    assert glyphs is not None
    assert len({glyph.kind for glyph in glyphs}) > 1
    box = (-997, -1049, 2929, 1809)
    assert cff.write(b"AAAAAA+Serif", glyphs, box) == tables[b"CFF "]
    # FreeType reads negative numbers of the bounding box only where they take two bytes.
    assert b"\x1c\xfc\x1b\x1c\xfb\xe7\x1c\x0b\x71\x1c\x07\x11\x05" in tables[b"CFF "]


def document(text: str) -> Document:
    info = SourceInfo("text.txt", "0" * 64, "text/plain", "utf-8", 1)
    return Document(info, Metadata(language="zh-Hans"), (Paragraph((Text(text),)),))


def edition(text: str) -> bytes:
    stream = io.BytesIO()
    writers.write("pdf", document(text), style.load("gongwen"), stream)
    return stream.getvalue()


def test_an_edition_does_not_depend_on_the_documents_before_it() -> None:
    fontfile._cut_out.cache_clear()
    after_others = [edition(text) for text in TEXTS]
    for text, after in zip(reversed(TEXTS), reversed(after_others), strict=True):
        fontfile._cut_out.cache_clear()
        assert edition(text) == after
        assert edition(text) == after


def test_glyphs_that_were_cut_out_before_are_not_asked_for_again() -> None:
    fontfile._cut_out.cache_clear()
    fontfile._program(used("环境报告"), "AAAAAA+Serif")
    before = dict(fontfile._cut_out(SERIF.path, SERIF.index))
    fontfile._program(used("报告环境整"), "AAAAAA+Serif")
    after = fontfile._cut_out(SERIF.path, SERIF.index)
    assert all(after[glyph] is before[glyph] for glyph in before if glyph)
    assert len(after) == len(before) + 1
