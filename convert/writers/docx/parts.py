"""The small parts of the file: settings, theme, font table, footers, properties (ISO/IEC 29500-1, 11.3, 15.2, 17.15).

In: a style, a language, metadata.  Out: parts as bytes.
"""

from __future__ import annotations

from typing import Any

from ...model import Metadata
from ...style import Style
from ...style.once import once_a_style
from ..markup import escape
from ..office import faces
from ..office.marks import Counting
from ..office.measures import Sheet
from .contents import number
from .marks import count
from .runs import write_text
from .xml import blob, clean, name, root, sub

PRODUCER = "wenban"
EPOCH = "1980-01-01T00:00:00Z"
"""The time in a file whose document has none."""
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
# What a Chinese Word of 2013 or later writes: a line the author broke is not stretched, and layout is East Asian.
_COMPATIBLE = (
    "w:spaceForUL", "w:balanceSingleByteDoubleByteWidth", "w:doNotLeaveBackslashAlone", "w:ulTrailSpace",
    "w:doNotExpandShiftReturn", "w:adjustLineHeightInTable", "w:useFELayout",
)  # fmt: skip
_WORD_2013 = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
    "useWord2013TrackBottomHyphenation": 0,
}


@once_a_style
def settings(style: Style, language: str | None, notes: bool) -> bytes:
    """settings.xml: what holds for the whole file.  notes: whether it has footnotes."""
    node = root("w:settings")
    sub(node, "w:zoom", percent=100)
    if style.docx.embed_fonts:
        sub(node, "w:embedTrueTypeFonts")
        sub(node, "w:saveSubsetFonts")
    if style.page.mirrored:
        sub(node, "w:mirrorMargins")
    sub(node, "w:bordersDoNotSurroundHeader")
    sub(node, "w:bordersDoNotSurroundFooter")
    sub(node, "w:defaultTabStop", val=420)
    if two_sided(style):
        sub(node, "w:evenAndOddHeaders")
    sub(node, "w:drawingGridVerticalSpacing", val=156)
    sub(node, "w:displayHorizontalDrawingGridEvery", val=0)
    sub(node, "w:displayVerticalDrawingGridEvery", val=2)
    sub(node, "w:characterSpacingControl", val="compressPunctuation")
    if notes:
        separators = sub(node, "w:footnotePr")
        for id in (-1, 0):
            sub(separators, "w:footnote", id=id)
    compatible = sub(node, "w:compat")
    for tag in _COMPATIBLE:
        sub(compatible, tag)
    for key, value in _WORD_2013.items():
        sub(compatible, "w:compatSetting", name=key, uri="http://schemas.microsoft.com/office/word", val=value)
    region = faces.document_region(language)
    sub(node, "w:themeFontLang", val=faces.western_language(language), eastAsia=region.code)
    colours = {f"accent{at}": f"accent{at}" for at in range(1, 7)}
    colours |= {"hyperlink": "hyperlink", "followedHyperlink": "followedHyperlink"}
    sub(node, "w:clrSchemeMapping", bg1="light1", t1="dark1", bg2="light2", t2="dark2", **colours)
    sub(node, "w:decimalSymbol", val=".")
    sub(node, "w:listSeparator", val=",")
    return blob(node)


def two_sided(style: Style) -> bool:
    """Whether page numbers or running heads stand at another place on even pages."""
    number, head = style.page_number, style.running_head
    return (number.show and number.even != number.odd) or (head.show and head.even != head.odd)


@once_a_style
def footer(style: Style, *, even: bool) -> bytes:
    """The foot of a page: the number as a field, in the style's form."""
    node = root("w:ftr")
    line = sub(node, "w:p")
    sub(sub(line, "w:pPr"), "w:pStyle", val="FooterEven" if even else "Footer")
    before, field, after = style.page_number.form.partition("{n}")
    if before:
        write_text(line, before)
    if field:
        number(line, " PAGE ", "2" if even else "1")
    if after:
        write_text(line, after)
    return blob(node)


def header(style: Style, title: str, *, even: bool) -> bytes:
    """The head of a page: the document's title in the style's form."""
    head = style.running_head
    node = root("w:hdr")
    line = sub(node, "w:p")
    own = sub(line, "w:pPr")
    sub(own, "w:pStyle", val="HeaderEven" if even else "Header")
    write_text(line, head.form.replace("{title}", title))
    return blob(node)


def nothing_above() -> bytes:
    """The head of a page that has none."""
    node = root("w:hdr")
    own = sub(sub(node, "w:p"), "w:pPr")
    sub(own, "w:pStyle", val="Header")
    sub(sub(own, "w:pBdr"), "w:bottom", val="nil")
    return blob(node)


@once_a_style
def font_table(style: Style, language: str | None, embedded: tuple[tuple[str, str, str], ...] = ()) -> bytes:
    """fontTable.xml: the names under which a face may be found, and what a stand-in should be like.

    embedded: (name, relationship id, key) of each font that is in the file.
    """
    inside = {name: (relation, key) for name, relation, key in embedded}
    node = root("w:fonts")
    for face, about in faces.font_table(style, language):
        font = sub(node, "w:font", name=face)
        for key, value in about.items():
            if value:
                sub(font, f"w:{key}", val=value)
        if face in inside:
            relation, guid = inside[face]
            sub(font, "w:embedRegular", fontKey=guid).set(name("r:id"), relation)
    return blob(node)


@once_a_style
def theme(style: Style, language: str | None) -> bytes:
    """theme1.xml: the style's faces for headings and text, also for East Asian text; black and greys for colours."""
    region = faces.document_region(language)
    fonts = []
    for kind, role in (("major", "heading1"), ("minor", "body")):
        face = style.faces[style.element(role).face]
        east = escape(face.docx[0])
        fonts.append(
            f'<a:{kind}Font><a:latin typeface="{escape(face.docx_latin)}"/><a:ea typeface="{east}"/>'
            f'<a:cs typeface=""/><a:font script="{region.script}" typeface="{east}"/></a:{kind}Font>'
        )
    shades = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "404040", "lt2": "F2F2F2", "hlink": "000000"}
    shades["folHlink"] = shades["hlink"]
    shades |= {f"accent{at}": f"{0x30 + 0x18 * at:02X}" * 3 for at in range(1, 7)}
    order = ("dk1", "lt1", "dk2", "lt2", *(f"accent{at}" for at in range(1, 7)), "hlink", "folHlink")
    colours = "".join(f'<a:{key}><a:srgbClr val="{shades[key]}"/></a:{key}>' for key in order)
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    text = (
        f'{_DECLARATION}<a:theme xmlns:a="{_DRAWING}" name="{PRODUCER}"><a:themeElements>'
        f'<a:clrScheme name="{PRODUCER}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{PRODUCER}">{"".join(fonts)}</a:fontScheme>'
        f'<a:fmtScheme name="{PRODUCER}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        f"</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )
    return text.encode()


# --- Properties ---


def core(metadata: Metadata, name: str) -> bytes:
    """docProps/core.xml (ECMA-376-2, 11): what file managers and catalogues read.  name: of the source, for a document
    without a title."""
    made = metadata.modified or EPOCH
    region = faces.region(metadata.language)
    language = region.code if region else metadata.language or faces.document_region(None).code
    author = metadata.author or metadata.issuing_body or metadata.source
    fields = (
        ("dc:title", metadata.title or name),
        ("dc:subject", metadata.subtitle),
        ("dc:creator", author),
        ("dc:identifier", metadata.document_number or metadata.index_number),
        ("dc:language", language),
        ("cp:lastModifiedBy", PRODUCER),
        ("cp:revision", "1"),
    )
    body = "".join(f"<{tag}>{_safe(value)}</{tag}>" for tag, value in fields if value)
    times = "".join(
        f'<dcterms:{tag} xsi:type="dcterms:W3CDTF">{_safe(made)}</dcterms:{tag}>' for tag in ("created", "modified")
    )
    spaces = (
        f'xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return f"{_DECLARATION}<cp:coreProperties {spaces}>{body}{times}</cp:coreProperties>".encode()


def extended(metadata: Metadata) -> bytes:
    """docProps/app.xml: no template, and the body that issued the document."""
    company = metadata.issuing_body or metadata.source
    about = f"<Company>{_safe(company)}</Company>" if company else ""
    body = f"<Template></Template><Application>{PRODUCER}</Application><DocSecurity>0</DocSecurity>{about}"
    return f'{_DECLARATION}<Properties xmlns="{_EXTENDED}">{body}</Properties>'.encode()


def custom(metadata: Metadata) -> bytes | None:
    """docProps/custom.xml: what is known of the document and has no place in the core properties, by field name; None
    where nothing is."""
    known: dict[str, str] = {}
    for field in (
        "source",
        "editor",
        "published",
        "document_number",
        "issuing_body",
        "index_number",
        "url",
        "retrieved",
    ):
        if value := getattr(metadata, field):
            known[field] = value
    for key, value in metadata.extra:
        if title := clean(key).strip():  # a property has to have a name
            known.setdefault(title, value)
    if not known:
        return None
    body = "".join(
        f'<property fmtid="{_CUSTOM_FORMAT}" pid="{at}" name="{escape(key)}">'
        f"<vt:lpwstr>{_safe(value)}</vt:lpwstr></property>"
        for at, (key, value) in enumerate(known.items(), 2)
    )
    return f'{_DECLARATION}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}">{body}</Properties>'.encode()


def _safe(text: str) -> str:
    return escape(clean(text))


# --- The page ---


def section(
    parent: Any,
    sheet: Sheet,
    heads: dict[str, str],
    footers: dict[str, str],
    notes: Counting | None,
    *,
    turned: bool = False,
    later: bool = False,
) -> None:
    """`w:sectPr`: paper, margins, grid.  heads, footers: `default`, `even` or `first` -> relationship id.  notes: how
    they count.  turned: its pages are on their side.  later: not the first section of the file."""
    if later:
        heads, footers = ({kind: id for kind, id in some.items() if kind != "first"} for some in (heads, footers))
    style = sheet.style
    node = sub(parent, "w:sectPr")
    for kind, relation in heads.items():
        reference = sub(node, "w:headerReference", type=kind)
        reference.set(name("r:id"), relation)
    for kind, relation in footers.items():
        reference = sub(node, "w:footerReference", type=kind)
        reference.set(name("r:id"), relation)
    count(node, notes)
    page = sheet.turned if turned else sheet
    landscape = {"orient": "landscape"} if page.width > page.height else {}
    sub(node, "w:pgSz", w=page.width, h=page.height, **landscape)
    margins = {"top": page.top, "right": page.right, "bottom": page.bottom, "left": page.left}
    sub(node, "w:pgMar", **margins, header=min(sheet.header, page.top), footer=page.footer, gutter=0)
    sub(node, "w:cols", space=425)
    if "first" in footers or "first" in heads:
        sub(node, "w:titlePg")
    if style.composition.vertical:
        sub(node, "w:textDirection", val="tbRl")
    sub(node, "w:docGrid", type="lines", linePitch=sheet.pitch)
