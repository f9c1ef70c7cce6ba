"""The DOCX edition: an official document that Word and WPS open as their own (ISO/IEC 29500, transitional).

In: the composed document and a style.  Out: a package without a template, its bytes the same on every run.  Styles,
settings and the small parts are made by `stylesheet` and `parts`, the body by `story`; python-docx holds the package.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from ...errors import Notice
from ...model import Document, Paragraph, one_line, outline
from ...style import Style
from ..contents import front_of, is_shown
from ..forms import divided, form_of
from ..office.book import picture_kind
from ..office.pages import heading_pages
from ..office.setting import Setting
from ..pictures import without_drawings
from . import parts
from .book import WordBook
from .contents import write_contents
from .counted import numbering
from .letterhead import LetterheadWriter
from .package import save
from .paper_end import letter_foot, write_end
from .runs import write_line
from .story import Story
from .stylesheet import stylesheet
from .xml import blob, root, sub, text_into

if TYPE_CHECKING:
    from .embed import EmbeddedFont

_FEWEST = 2
"""A document with fewer headings needs no contents."""
_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"


def write(document: Document, style: Style, stream: BinaryIO) -> list[Notice]:
    """Write a composed document as DOCX.  Returns what a person should know of it.  Raises FontError where faces are
    to be embedded and cannot be read."""
    document, notices = without_drawings(document)
    fonts: list[EmbeddedFont] = []
    if style.docx.embed_fonts:
        from .embed import embedded

        style, fonts = embedded(document, style)
    book = WordBook(document, style)
    main = root("w:document", drawings=True)
    body = sub(main, "w:body")
    story = Story(book)
    _body(story, body)
    package = OpcPackage()
    part = _part(package, "/word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN, b"")
    package.relate_to(part, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    letter = form_of(document, style) == "letter"
    heads, footers = _small_parts(package, part, book, letter=letter)
    _fonts(package, part, book, fonts)
    if book.order:
        _notes(package, part, book)
    if book.lists:
        listed = _part(package, "/word/numbering.xml", CONTENT_TYPE.WML_NUMBERING, numbering(book.lists))
        part.relate_to(listed, RELATIONSHIP_TYPE.NUMBERING)
    if book.remarks.made:
        remarks = _part(package, "/word/comments.xml", CONTENT_TYPE.WML_COMMENTS, book.remarks.part())
        part.relate_to(remarks, RELATIONSHIP_TYPE.COMMENTS)
    _sections(story, body, heads, footers)
    _relations(package, part, story)
    part._blob = blob(main)
    _properties(package, document)
    said: list[Notice] = []
    if where := style.docx.reference:
        from .template import in_template, template

        package, said = in_template(package, template(where), where)
    save(package, stream)
    return [*notices, *book.notices, *said]


def _sections(story: Story, body: Any, heads: dict[str, str], footers: dict[str, str]) -> None:
    """The properties of each section of the text, those of the last at the end of the body."""
    book, last = story.book, False
    if story.sections and story.sections[-1][0].getparent() is body[-1]:  # nothing stands behind a turned table
        body.remove(body[-1])
        last = story.sections.pop()[1]
    for at, (holder, turned) in enumerate([*story.sections, (body, last)]):
        parts.section(holder, book.sheet, heads, footers, book.counting, turned=turned, later=at > 0)


def _body(story: Story, body: Any) -> None:
    """The blocks, behind the title matter a contents where the style wants one."""
    book, style = story.book, story.style
    head, blocks, end = divided(book.document.blocks)
    form = form_of(book.document, style)
    if head:
        titled = bool(blocks) and isinstance(blocks[0], Paragraph) and blocks[0].role == "title"
        LetterheadWriter(story, body, form).write(head, titled=titled)
    entries = (
        outline(book.document, depth=min(style.contents.depth, style.outline.depth))
        if is_shown(book.document, style)
        else []
    )
    if len(entries) >= _FEWEST:
        count = front_of(blocks)
        front, blocks = blocks[:count], blocks[count:]
        story.blocks(body, front, story.plain_setting())
        pages = heading_pages(book, front, len(entries), blocks)
        write_contents(story, body, entries, pages, style.contents.depth)
        story.page_break = True
    story.blocks(body, blocks, story.plain_setting())
    if end:
        write_end(story, body, end, form)
    book.remarks.rest(body)


def _part(package: Any, name: str, kind: str, data: bytes) -> Part:
    return Part(PackURI(name), kind, data, package)


def _small_parts(
    package: OpcPackage, main: Part, book: WordBook, *, letter: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """The parts around the text.  letter: the first page has a letter's foot.  Returns the relationships of heads and
    of footers."""
    style, language = book.style, book.language
    settings = parts.settings(style, language, bool(book.order))
    for name, kind, relation, data in (
        ("styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, stylesheet(style, language)),
        ("settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings),
        ("theme/theme1", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME, parts.theme(style, language)),
    ):
        main.relate_to(_part(package, f"/word/{name}.xml", kind, data), relation)
    made: dict[str, bytes] = {}
    if style.page_number.show:
        made["default"] = parts.footer(style, even=False)
        if parts.two_sided(style):
            made["even"] = parts.footer(style, even=True)
    title = one_line(book.document.metadata.title or "")
    headed = style.running_head.show and bool(title)
    if letter:
        made["first"] = letter_foot(style)
    elif headed and style.page_number.show:
        made["first"] = parts.footer(style, even=False)
    heads: dict[str, bytes] = {}
    if headed:
        heads = {"default": parts.header(style, title, even=False), "first": parts.nothing_above()}
        if parts.two_sided(style):
            heads["even"] = parts.header(style, title, even=True)
    above = {
        kind: main.relate_to(
            _part(package, f"/word/header{at}.xml", CONTENT_TYPE.WML_HEADER, data), RELATIONSHIP_TYPE.HEADER
        )
        for at, (kind, data) in enumerate(heads.items(), 1)
    }
    return above, {
        kind: main.relate_to(
            _part(package, f"/word/footer{at}.xml", CONTENT_TYPE.WML_FOOTER, data), RELATIONSHIP_TYPE.FOOTER
        )
        for at, (kind, data) in enumerate(made.items(), 1)
    }


def _fonts(package: OpcPackage, main: Part, book: WordBook, fonts: list[EmbeddedFont]) -> None:
    """fontTable.xml, and behind it the fonts that are sent along."""
    names = tuple((font.name, f"rId{at}", font.key) for at, font in enumerate(fonts, 1))
    data = parts.font_table(book.style, book.language, names)
    table = _part(package, "/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, data)
    main.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)
    for at, font in enumerate(fonts, 1):
        part = _part(package, f"/word/fonts/font{at}.odttf", _FONT_TYPE, font.data)
        table.rels.add_relationship(RELATIONSHIP_TYPE.FONT, part, f"rId{at}")


def _notes(package: OpcPackage, main: Part, book: WordBook) -> None:
    """footnotes.xml: the two separators, then the notes in the order they are referred to."""
    story = Story(book, holds_notes=True)
    setting = Setting("FootnoteText", book.style.elements.footnote, book.sheet.measure)
    node = root("w:footnotes", drawings=True)
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        line = story.paragraph(sub(node, "w:footnote", type=kind, id=number), setting.style)
        sub(sub(line, "w:r"), f"w:{kind}")
    for number, id in enumerate(book.order, 1):
        note = book.notes[id]
        holder = sub(node, "w:footnote", id=number)
        line = story.paragraph(holder, setting.style)
        mark = sub(line, "w:r")
        sub(sub(mark, "w:rPr"), "w:rStyle", val="FootnoteReference")
        if book.counting:
            sub(mark, "w:footnoteRef")
        else:
            text_into(mark, note.label)
        text_into(sub(line, "w:r"), " ")
        rest = note.children
        if rest and isinstance(rest[0], Paragraph):
            write_line(line, rest[0].children, story, setting.element)
            rest = rest[1:]
        story.blocks(holder, rest, setting)
    part = _part(package, "/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, blob(node))
    main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    _relations(package, part, story)


def _relations(package: OpcPackage, part: Part, story: Story) -> None:
    """What a story refers to, under the ids it used."""
    for address, id in story.addresses.items():
        part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, id, True)
    for key, id in story.pictures.items():
        media = story.book.media_of(key)
        kind = picture_kind(media)
        picture = _part(package, f"/word/media/image{story.book.media[key]}.{kind}", f"image/{kind}", media.data)
        part.rels.add_relationship(RELATIONSHIP_TYPE.IMAGE, picture, id)


def _properties(package: OpcPackage, document: Document) -> None:
    metadata = document.metadata
    core = parts.core(metadata, PurePath(document.source.name).stem)
    package.relate_to(
        _part(package, "/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, core), RELATIONSHIP_TYPE.CORE_PROPERTIES
    )
    extended = _part(package, "/docProps/app.xml", CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, parts.extended(metadata))
    package.relate_to(extended, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    if custom := parts.custom(metadata):
        package.relate_to(_part(package, "/docProps/custom.xml", _CUSTOM_TYPE, custom), _CUSTOM_RELATION)
