"""The PDF edition: shape -> break lines -> lay out -> paginate -> paint -> attach tags.

In: the composed document and a style.  Out: a tagged, archival file (PDF/A-2a, PDF/UA-1; or PDF/A-4, PDF/UA-2) with
embedded subsets.
Each stage's types live in its own file; structure nodes are planned from blocks before anything is painted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfdoc

from ...errors import Notice, Said
from ...model import Document, Paragraph, block_text, one_line, outline, plain, walk
from ...style import PageNumber, RunningHead, Style
from ...typography import fonts as typefaces
from ..pictures import without_drawings
from . import file as pdffile
from . import fontfile, picture, second, tags
from .contents import contents_rows, numbered
from .glyphs import GlyphLook
from .justify import Measure
from .layout import Layout
from .linebreak import break_lines
from .paginate import LaidPage, PlacedBand, paginate
from .paint import Annotation, PagePainter
from .places import node_of
from .rows import ASCENT, Band, BandItem, RuleItem, TextItem
from .shape import Shaper, StyledRun, measure_width
from .vertical import ColumnPainter, turned

UNDER_HEAD = 0.5
"""em of a running head from its baseline to the rule below it, which is nearer to it than to the text."""


def write(document: Document, style: Style, stream: BinaryIO) -> list[Notice]:
    """Write the PDF edition.  Raises FontError where the fonts cannot draw the text."""
    document, notices = without_drawings(document)
    lying = turned(style) if style.composition.vertical else style
    shaper = Shaper(lying, document.metadata.language, document.media)
    layout = Layout(document, lying, shaper)
    layout.notices += notices
    rows = layout.rows()
    front, rows = contents_rows(layout, rows)
    pages = numbered(layout, paginate([*front, *rows], layout.page_height, layout.pitch, _note_rows(layout)))
    del front, rows  # what is painted can go
    if layout.end is not None:
        from .letterhead import with_end

        pages, layout.unnumbered = with_end(pages, layout.end, layout, layout.form)
    shaper.case.vertical = False
    furniture = [_furniture(layout, style, number) for number in range(1, len(pages) + 1)]
    stream.write(_file(document, style, layout, pages, furniture))
    if extra := typefaces.lacks_serif(document.metadata.language):
        said = Said("no-serif-of-language", language=document.metadata.language, extra=extra)
        layout.notices.append(Notice.of(said))
    if shaper.case.boxed:
        named = ", ".join(f"U+{ord(char):04X}" for char in shaper.case.boxed)
        line = _line_of(document, shaper.case.boxed)
        layout.notices.append(Notice.of(Said("missing-glyphs", named=named), line=line))
    return layout.notices


def _line_of(document: Document, chars: Iterable[str]) -> int | None:
    """The line of the source on which one of some characters stands first."""
    blocks = walk((*document.blocks, *(block for note in document.notes for block in note.children)))
    found = ((block_text(block), getattr(block, "origin", None)) for block in blocks)
    return next((at.first for text, at in found if at is not None and any(char in text for char in chars)), None)


def _note_rows(layout: Layout) -> Any:
    """The rows of each footnote, laid out once: a page may be tried more than once."""
    known: dict[str, list[Band]] = {}

    def rows(ref: str) -> list[Band]:
        if ref not in known:
            note = layout.notes.get(ref)
            known[ref] = layout.note_rows(note) if note is not None else []
        return known[ref]

    return rows


def _furniture(layout: Layout, style: Style, number: int) -> list[BandItem]:
    """The page number, below the text area (GB/T 9704-2012, 7.5), and the running head, as the style says; they stand
    across also where the text runs down."""
    width = measure_width(style)
    out: list[BandItem] = []
    letter = layout.form == "letter" and number == 1
    if letter:
        from .letterhead import LetterheadRows

        out += LetterheadRows(layout, layout.form).foot()
    if style.page_number.show and not letter and number not in layout.unnumbered:
        wanted = style.page_number
        text = wanted.form.replace("{n}", str(number))
        y = float(style.page.text_height) + wanted.above + ASCENT * wanted.size
        look = GlyphLook(wanted.face, float(wanted.size), own_latin=True)  # half-width digits of Song (7.5)
        out.append(_beside(layout, width, text, look, _side(wanted, number), y, wanted.inset))
    head = style.running_head
    title = one_line(layout.document.metadata.title or "")
    if head.show and number > 1 and title:
        y = -float(head.gap) - (1 - ASCENT) * head.size
        said = head.form.replace("{title}", title)
        out.append(_beside(layout, width, said, GlyphLook(head.face, float(head.size)), _side(head, number), y))
        if head.rule:
            out.append(RuleItem(0, y + UNDER_HEAD * head.size, width, y + UNDER_HEAD * head.size, 0.5))
    return out


def _side(wanted: PageNumber | RunningHead, number: int) -> str:
    return wanted.odd if number % 2 else wanted.even


def _beside(
    layout: Layout, width: float, text: str, look: GlyphLook, side: str, y: float, inset: float = 0
) -> TextItem:
    """A line of furniture; inset: em from the side it stands at.  What is too long for the measure is cut."""
    size = look.size
    shaped = layout.shaper.shape([StyledRun(text, look)], size)
    line = break_lines(shaped, Measure(width, justify=False))[0]
    free = width - line.width
    x = {"left": inset * size, "center": free / 2, "right": free - inset * size}[side]
    return TextItem(x, y, shaped, line, None)


def _file(
    document: Document, style: Style, layout: Layout, pages: list[LaidPage], furniture: list[list[BandItem]]
) -> bytes:
    language = document.metadata.language or "zh-Hans"
    out = pdffile.PdfFile(language, second=style.pdf.standard == "a-4")
    fonts = {use.name: fontfile.embed(use, out) for use in layout.shaper.case.used()}
    pictures, images = {}, {}
    for number, (key, media) in enumerate(sorted(document.media.items()), 1):
        pictures[key] = f"I{number}"
        images[f"I{number}"] = picture.embed(key, media, out)
    references = []
    links: list[tuple[int, Annotation]] = []
    places: dict[str, pdffile.Destination] = {}
    made = []
    for number, page in enumerate(_taken(pages)):
        painter = _paint(style, layout, page, number, furniture[number], pictures)
        made.append(_page(out, style, painter, number, fonts, images))
        references.append(pdfdoc.PDFObjectReference(made[-1].__InternalName__))
        links += [(number, annotation) for annotation in painter.annotations]
        for placed in (*page.rows, *page.notes):
            for anchor in () if placed.furniture else placed.row.anchors:
                node = node_of(placed.row, anchor) if out.second else None
                places.setdefault(anchor, pdffile.Destination(references[-1], *painter.place(placed.y - 4), node))
    annotations = _annotations(out, made, links, places)
    ends = {key: place.node for key, place in places.items() if place.node is not None}
    if out.second:
        inside = [(link.node, link.target[1:]) for _, link in links if link.target.startswith("#")]
        second.adapt(layout.root, inside, ends)
    kinds = second.SPACE_KINDS if out.second else frozenset[str]()
    elements = tags.attach(out, layout.root, references, annotations, ends.values(), kinds)
    pdffile.outline(out, outline(document, run_in=style.outline.run_in, depth=style.outline.depth), places)
    out.lead(elements)
    pdffile.describe(out, document, _title(document))
    if document.attachments:
        pdffile.attach(out, document)
    return out.to_bytes()


def _taken(pages: list[LaidPage]) -> Iterator[LaidPage]:
    """The pages one by one, taken out of the list: a long table is not kept while its file is written."""
    pages.reverse()
    while pages:
        yield pages.pop()


def _title(document: Document) -> str:
    if document.metadata.title:
        return one_line(document.metadata.title)
    entries = outline(document)
    if entries:
        return entries[0].text
    words = (one_line(plain(block.children)) for block in document.blocks if isinstance(block, Paragraph))
    return next(filter(None, words), "")[:60] or document.source.name


def _paint(
    style: Style, layout: Layout, page: LaidPage, number: int, furniture: list[BandItem], pictures: dict[str, str]
) -> PagePainter:
    inner = layout.inner(number) if not style.composition.vertical else float(style.page.inner)
    top = float(style.page.height) - float(style.page.top)
    across = painter = PagePainter(number, inner, top, top - float(style.page.text_height), pictures)
    if style.composition.vertical:
        painter = ColumnPainter(number, style, pictures)
        painter.across = across
    if page.notes:
        painter.note_rule(page.notes_top, layout.width)
    painter.placed(_in_order(layout, page))
    for item in furniture:
        across.item(item, 0, furniture=True)
    return painter


def _in_order(layout: Layout, page: LaidPage) -> list[PlacedBand]:
    """The rows of a page in the order of the structure, in which a note follows the paragraph that refers to it: what
    takes text as it is painted then reads as the tags do (WCAG 2.2, 1.3.2)."""
    if not page.notes:
        return page.rows
    order = layout.reading_order
    keys: list[int] = []
    for rows in (page.rows, page.notes):
        key = 0
        for placed in rows:
            nodes = (item.node for item in placed.row.items if isinstance(item, TextItem) and item.node is not None)
            key = max(key, order.get(id(next(nodes, None)), 0))
            keys.append(key)
    return [placed for _, placed in sorted(zip(keys, (*page.rows, *page.notes), strict=True), key=lambda pair: pair[0])]


def _page(
    out: pdffile.PdfFile, style: Style, painter: PagePainter, number: int, fonts: dict[str, Any], images: dict[str, Any]
) -> pdffile.TaggedPage:
    page = pdffile.TaggedPage()
    page.pagewidth, page.pageheight = round(float(style.page.width), 2), round(float(style.page.height), 2)
    page.setCompression(1)
    page.Contents = out.stream(painter.finish().encode("ascii"), "code")
    own = {
        "Font": pdfdoc.PDFDictionary({name: fonts[name] for name in painter.used if name in fonts}),
        "XObject": pdfdoc.PDFDictionary({name: images[name] for name in painter.used if name in images}),
    }
    page.Resources = pdfdoc.PDFDictionary({key: value for key, value in own.items() if value.dict})
    page.StructParents = number
    page.Tabs = pdfdoc.PDFName("S")
    out.addPage(page)
    return page


def _annotations(
    out: pdffile.PdfFile,
    pages: list[pdffile.TaggedPage],
    links: list[tuple[int, Annotation]],
    places: dict[str, pdffile.Destination],
) -> list[tuple[tags.Tag, Any, int]]:
    """Link annotations, each with its words as contents (PDF/UA-1, 7.18.5); links to nowhere are left out."""
    done: list[tuple[tags.Tag, Any, int]] = []
    for number, link in links:
        entries: dict[str, Any] = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName("Link"),
            "Rect": pdfdoc.PDFArrayCompact([round(value, 2) for value in link.box]),
            "Border": pdfdoc.PDFArrayCompact([0, 0, 0]),
            "F": 4,
            "Contents": pdfdoc.PDFString(link.text),
        }
        if link.target.startswith("#"):
            if link.target[1:] not in places:
                continue
            entries |= out.leads_to(places[link.target[1:]])
        else:
            action = {"S": pdfdoc.PDFName("URI"), "URI": pdfdoc.PDFString(_ascii(link.target))}
            entries["A"] = pdfdoc.PDFDictionary(action)
        annotation = pdfdoc.PDFDictionary(entries)
        held = pages[number].Annots or []
        pages[number].Annots = [*held, out.Reference(annotation)]
        done.append((link.node, annotation, number))
    for page in pages:
        if page.Annots:
            page.Annots = pdfdoc.PDFArrayCompact(page.Annots)
    return done


def _ascii(target: str) -> str:
    """An address in the seven-bit form a URI action takes (ISO 32000-1, 12.6.4.7)."""
    from urllib.parse import quote

    return quote(target, safe=":/?#[]@!$&'()*+,;=%-._~")
