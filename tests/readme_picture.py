"""The picture of the README, made by the project itself: `python tests/readme_picture.py`.

Three pages of the sample's PDF edition, rendered by PDFium, side by side in sixteen greys.
"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image

from convert import clean, readers, source, style, writers

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "tests" / "fixtures" / "readme" / "pages.png"
PAGES = 3
WIDTH = 400
"""Of one page, pixels."""


def picture() -> Image.Image:
    """The picture."""
    document = clean.clean(readers.read(source.load(ROOT / "source" / "hongshan-2021.txt")))
    stream = io.BytesIO()
    writers.write("pdf", document, style.load("gongwen"), stream)
    with pypdfium2.PdfDocument(stream.getvalue()) as pdf:
        pages = [pdf[at].render(scale=2).to_pil().convert("L") for at in range(PAGES)]
    height = round(WIDTH * pages[0].height / pages[0].width)
    gap = 12
    whole = Image.new("L", (PAGES * WIDTH + (PAGES + 1) * gap, height + 2 * gap), 208)
    for at, page in enumerate(pages):
        whole.paste(page.resize((WIDTH, height), Image.Resampling.LANCZOS), (gap + at * (WIDTH + gap), gap))
    return whole.quantize(16)


if __name__ == "__main__":
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    picture().save(PICTURE, optimize=True)
