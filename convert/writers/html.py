"""The HTML edition: one file that holds all it needs, for browsers and catalogues.

In: a composed document and a style.  Out: HTML 5 in UTF-8.  Style and pictures are inside, there is no script, and a
content security policy (CSP Level 3) allows nothing but that style and those pictures: opening the file asks nobody
for anything.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from ..errors import Notice
from ..model import Document, Rule, outline
from ..style import Style
from ..words.labels import label
from .address import web_address
from .contents import is_shown, nested_list, tree
from .css import edition_css, em, rule
from .markup import escape, printable, title_of
from .pictures import ShownPictures
from .xhtml import DrawnBlock, Generator, grouped, resolve

_PAPER = {"light": ("#fdfcf9", "#1d1f22"), "dark": ("#17191c", "#d9d7d0")}  # ground and ink
_SCREEN = """\
body { padding: 1.25em; }
body > header, body > nav, main, body > footer { max-width: MEASURE; margin-left: auto; margin-right: auto; }
body > nav { margin-top: 1.5em; margin-bottom: 1.5em; }
summary h2 { display: inline; font-size: 1em; }
body > nav a { display: inline-block; padding: 0.15em 0; }
body > footer { margin-top: 2em; }
a { overflow-wrap: anywhere; }
:focus-visible { outline: 0.15em solid; outline-offset: 0.15em; }
"""
# On a wide screen the contents stand beside the text and stay there.
_WIDE = """\
@media screen and (min-width: WIDE) {
  body { display: grid; grid-template-columns: 16em minmax(0, MEASURE); column-gap: 3em; justify-content: center; }
  body > header, main, body > footer { grid-column: 2; width: 100%; margin-left: 0; margin-right: 0; }
  body > nav { grid-column: 1; grid-row: 1 / span 9; position: sticky; top: 1.25em; align-self: start; margin: 0; }
  body > nav { max-height: calc(100vh - 2.5em); overflow-y: auto; font-size: 0.85em; }
}
"""
_VERTICAL = """\
html { height: 100%; }
body { box-sizing: border-box; height: 100vh; padding: 1.25em; }
body > header, body > nav, main, body > footer { max-height: MEASURE; }
body > nav { margin: 0 1.5em; }
summary h2 { display: inline; font-size: 1em; }
body > footer { margin-right: 2em; }
:focus-visible { outline: 0.15em solid; }
"""


def write(document: Document, style: Style, stream: BinaryIO) -> list[Notice]:
    """Write the edition."""
    pictures = ShownPictures(document)

    def address_of(key: str) -> str | None:
        picture = pictures.get(key)
        return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}" if picture else None

    generator = Generator(document, style, epub=False, picture=address_of, first_level=2)
    body = resolve(_body(document, style, generator), lambda id: f"#{id}")
    sheet = _sheet(style, generator.language, listed=is_shown(document, style))
    head = "".join(_head(document, sheet))
    page = (
        f'<!DOCTYPE html>\n<html lang="{generator.language}">\n<head>\n{head}</head>\n<body>\n{body}</body>\n</html>\n'
    )
    stream.write(page.encode())
    return [*generator.finish(), *pictures.notices]


def _body(document: Document, style: Style, generator: Generator) -> str:
    """Title, contents, text with its notes, source note: each in the landmark readers look for it in."""
    pieces = generator.pieces(document.blocks)
    notes = generator.notes(tuple(note.id for note in document.notes))
    first, last = _front(pieces), _colophon(pieces)
    front, text, colophon = (grouped(some, epub=False) for some in _slices(pieces, first, last))
    if notes:
        name = escape(label("notes", generator.language))
        bodies = "".join(piece.html for piece in notes)
        text += f'<section class="notes" aria-label="{name}">\n{bodies}</section>\n'
    return (
        (f"<header>\n{front}</header>\n" if front else "")
        + _contents(document, style, generator)
        + f"<main>\n{text}</main>\n"
        + (f"<footer>\n{colophon}</footer>\n" if colophon else "")
    )


def _front(pieces: list[DrawnBlock]) -> int:
    """Where the title and what belongs to it end."""
    return next((at for at, piece in enumerate(pieces) if piece.group != "front"), len(pieces))


def _colophon(pieces: list[DrawnBlock]) -> int:
    """Where the source note begins, with the rule before it."""
    at = len(pieces)
    while at and pieces[at - 1].group == "colophon":
        at -= 1
    return at - 1 if 0 < at < len(pieces) and isinstance(pieces[at - 1].source, Rule) else at


def _slices(pieces: list[DrawnBlock], first: int, last: int) -> Iterator[list[DrawnBlock]]:
    yield pieces[:first]
    yield pieces[first : max(first, last)]
    yield pieces[max(first, last) :]


def _contents(document: Document, style: Style, generator: Generator) -> str:
    entries = outline(document, run_in=style.outline.run_in, depth=style.outline.depth)
    nodes = tree(entries, lambda id: f"#{generator.anchor(id)}")
    if not nodes:
        return ""
    name = escape(label("contents", generator.language))
    return (
        f'<nav role="doc-toc" aria-label="{name}">\n<details open="open">\n'
        f"<summary><h2>{name}</h2></summary>\n{nested_list(nodes)}</details>\n</nav>\n"
    )


def _head(document: Document, sheet: str) -> Iterator[str]:
    known = document.metadata
    allowed = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; img-src data:; base-uri 'none'; form-action 'none'"
    yield '<meta charset="utf-8"/>\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}"/>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
    yield '<meta name="referrer" content="no-referrer"/>\n<meta name="color-scheme" content="light dark"/>\n'
    yield f"<title>{escape(title_of(document))}</title>\n"
    for name, value in (
        ("author", known.author or known.issuing_body),
        ("dcterms.publisher", known.source),
        ("dcterms.issued", known.published),
        ("dcterms.modified", known.modified),
        ("dcterms.identifier", known.document_number),
        ("generator", "wenban"),
    ):
        if value:
            yield f'<meta name="{name}" content="{escape(" ".join(printable(value).split()))}"/>\n'
    if known.url and (address := web_address(known.url)):
        yield f'<link rel="canonical" href="{escape(address)}"/>\n'
    yield f"<style>{sheet}</style>\n"


# --- Style sheet ------------------------------------------------------------------------------------------------


def _sheet(style: Style, language: str, *, listed: bool) -> str:
    cells = style.grid.characters or style.page.text_width / style.elements.body.size
    measure = em(min(cells, 40))
    parts = [edition_css(style, language), _colours()]
    if style.composition.vertical:
        parts.append(_VERTICAL.replace("MEASURE", measure))
    else:
        wide = em(min(cells, 40) + 23)
        parts += [_SCREEN.replace("MEASURE", measure), _WIDE.replace("MEASURE", measure).replace("WIDE", wide)]
    parts.append(_print(style, listed=listed))
    return "".join(parts).replace("</", "<\\/")


def _colours() -> str:
    """Light and dark, as the reader's system says; pictures keep their ground."""
    light, dark = (
        rule("html", {"color-scheme": scheme, "background": ground, "color": ink})
        for scheme, (ground, ink) in _PAPER.items()
    )
    return f"{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}img {{ background: #fff; }}\n}}\n"


def _print(style: Style, *, listed: bool) -> str:
    """On paper: the style's page and sizes.  listed: the contents too."""
    page = style.page
    sides = (
        page.top,
        page.width - page.inner - page.text_width,
        page.height - page.top - page.text_height,
        page.inner,
    )
    paper = {"size": f"{page.width:.2f}pt {page.height:.2f}pt", "margin": " ".join(f"{side:.2f}pt" for side in sides)}
    body = {"font-size": f"{style.elements.body.size:g}pt", "background": "none", "color": "#000"}
    hidden = "" if listed else rule("body > nav", {"display": "none"})
    plain = rule("body", {"display": "block", "padding": "0"}) + rule("a", {"text-decoration": "none"})
    whole = rule("body > header, body > nav, main, body > footer", {"max-width": "none"})
    rest = rule(".scroll", {"overflow": "visible"}) + rule("tr, figure", {"break-inside": "avoid"})
    return f"{rule('@page', paper)}@media print {{\n{rule('html', body)}{plain}{whole}{hidden}{rest}}}\n"
