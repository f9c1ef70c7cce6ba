"""DOCX files as LibreOffice draws them, read back by PDFium: pages, lines, glyphs with their places.

LibreOffice gets a font configuration of its own, so that every machine draws with the faces that come with the project,
and a profile of its own, so that it runs beside another one.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw
import pytest

MM = 72 / 25.4
ASCENT, DESCENT = 0.88, 0.12
"""From the baseline to the upper and lower edge of an em box of Han (OpenType `BASE`, ideographic em box)."""

_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="family"><string>\u9ed1\u4f53</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Noto Sans SC</string></edit>
  </match>
  <match target="pattern">
    <edit name="family" mode="append" binding="strong"><string>Noto Serif SC</string></edit>
  </match>
  <match target="font">
    <test name="weight" compare="less_eq"><const>medium</const></test>
    <test target="pattern" name="weight" compare="more_eq"><const>bold</const></test>
    <edit name="embolden" mode="assign"><bool>true</bool></edit>
  </match>
</fontconfig>
"""


class Glyph(NamedTuple):
    """A character with the place of its origin, points from the page's upper left corner, and its size."""

    char: str
    x: float
    y: float
    size: float


class Line(NamedTuple):
    """The glyphs of one baseline, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def y(self) -> float:
        return self.glyphs[0].y

    @property
    def top(self) -> float:
        """The upper edge of the line's em box."""
        return self.y - ASCENT * self.glyphs[0].size

    @property
    def bottom(self) -> float:
        return self.y + DESCENT * self.glyphs[0].size


def convert(sources: list[Path], folder: Path, *, chinese: bool = True, to: str = "pdf") -> list[Path]:
    """The files as PDF, or another format, by LibreOffice, in `folder`.  Skips the test where there is no LibreOffice.

    chinese: whether the machine has Chinese faces; without them only what a file brings along draws Han.
    """
    import pylopdf_fonts_zh_cn

    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not here: install libreoffice-writer")
    fonts = folder / "fonts.conf"
    serif = Path(pylopdf_fonts_zh_cn.__file__).parent
    latin = Path("/usr/share/fonts/truetype/dejavu")
    folders = "\n".join(f"  <dir>{one}</dir>" for one in ([serif, latin] if chinese else [latin]))
    fonts.write_text(_FONTS.format(folders=folders, cache=folder / "fontcache"), encoding="utf-8")
    profile = (folder / "profile").as_uri()
    command = [
        program,
        "--headless",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        to,
        "--outdir",
        str(folder),
    ]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    subprocess.run([*command, *map(str, sources)], env=environment, capture_output=True, check=True, timeout=550)
    return [folder / f"{source.stem}.{to}" for source in sources]


def pages(path: Path) -> list[list[Line]]:
    """The lines of each page of a PDF, from top to bottom; white space is left out."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return [_lines(glyphs(page)) for page in pdf]
    finally:
        pdf.close()


class DrawnRule(NamedTuple):
    """A horizontal rule: its ends and its middle, points from the page's upper left corner; weight and colour."""

    x: float
    x2: float
    y: float
    weight: float
    red: bool


def rules(path: Path) -> list[list[DrawnRule]]:
    """The horizontal rules of each page of a PDF, from top to bottom; one drawn twice counts once."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return [sorted(set(_rules(page)), key=lambda rule: (rule.y, rule.x)) for page in pdf]
    finally:
        pdf.close()


def _rules(page: pypdfium2.PdfPage) -> Iterator[DrawnRule]:
    height, width = page.get_height(), ctypes.c_float()
    for shape in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = shape.get_bounds()
        pypdfium2.raw.FPDFPageObj_GetStrokeWidth(shape, width)
        color = [ctypes.c_uint() for _ in range(4)]
        pypdfium2.raw.FPDFPageObj_GetStrokeColor(shape, *color)
        weight = round(width.value, 2)
        if top - bottom <= 2.1 * weight + 0.1 and right - left > 3 * weight:  # the bounds are so much wider
            y = height - (top + bottom) / 2
            yield DrawnRule(
                round(left + weight, 1), round(right - weight, 1), round(y, 1), weight, color[0].value > 200
            )


def glyphs(page: pypdfium2.PdfPage) -> list[Glyph]:
    """The characters of a page in the order they are drawn, white space left out."""
    text, height = page.get_textpage(), page.get_height()
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for at in range(text.count_chars()):
        # PDFium says U+0002 for a hyphen at a line's end.
        char = chr(pypdfium2.raw.FPDFText_GetUnicode(text, at)).replace("\x02", "-")
        if char.isspace() or ord(char) < 0x20 or pypdfium2.raw.FPDFText_IsGenerated(text, at):
            continue
        pypdfium2.raw.FPDFText_GetCharOrigin(text, at, x, y)
        found.append(Glyph(char, x.value, height - y.value, pypdfium2.raw.FPDFText_GetFontSize(text, at)))
    return found


def _lines(found: list[Glyph]) -> list[Line]:
    rows: dict[float, list[Glyph]] = {}
    for glyph in found:
        rows.setdefault(round(glyph.y, 1), []).append(glyph)
    return [Line(tuple(sorted(rows[y], key=lambda glyph: glyph.x))) for y in sorted(rows)]


def text(path: Path, *, foot: float) -> str:
    """The text of a PDF in the order it is drawn, without white space and without what is drawn below `foot` points
    from the upper edge of a page (page numbers)."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return "".join(glyph.char for page in pdf for glyph in glyphs(page) if glyph.y <= foot)
    finally:
        pdf.close()
