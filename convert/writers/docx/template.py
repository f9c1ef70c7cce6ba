"""An office's own file as the template: its styles, page, headers and footers are kept, and our text stands in it.

In: the package we made, and the bytes of a DOCX.  Out: that file's package with our body, pictures, notes and links.
Styles are matched by their names, in English, in Chinese and as WPS calls them; what the file has not is added to it.
"""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any, cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from ...errors import Notice, Said, UsageError
from .stylenames import BODY, ELEMENTS, NORMAL, ROLES
from .xml import blob, name

_OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("公文标题", "文件标题", "文章标题", "标题"),
    "subtitle": ("副标题",),
    **{f"heading {level}": (f"标题 {level}", f"{digit}级标题") for level, digit in enumerate("一二三四", 1)},
    "salutation": ("称呼",),
    "signature": ("落款", "署名", "签名"),
    "date": ("成文日期", "日期"),
    "caption": ("题注",),
    "quote": ("引用",),
    "footnote text": ("脚注文本",),
    "footnote reference": ("脚注引用",),
    "list paragraph": ("列表段落", "列出段落"),
    "hyperlink": ("超链接",),
}
"""What the built-in styles are called in files of Chinese word processors and offices, the likeliest name first."""
_BODY_NAMES = ("公文正文", "正文")
_KEPT = ("w:pStyle", "w:rStyle", "w:tblStyle")


def template(where: str) -> bytes:
    """The bytes of the file.  Raises UsageError where there is none."""
    try:
        return Path(where).read_bytes()
    except OSError as error:
        raise UsageError(Said("template-unreadable", error=error.strerror), where=where) from None


def in_template(package: OpcPackage, data: bytes, where: str) -> tuple[OpcPackage, list[Notice]]:
    """Our package within the file's.  where: its path.  Raises UsageError: it is no DOCX."""
    try:
        office = OpcPackage.open(io.BytesIO(data))
        old = office.main_document_part
        body = etree.fromstring(old.blob).find(name("w:body"))
        styles = old.part_related_by(RELATIONSHIP_TYPE.STYLES)
        looks = etree.fromstring(styles.blob)
    except (KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError, OSError) as error:
        raise UsageError(Said("template-unreadable", error=error), where=where) from None
    ours = package.main_document_part
    mine = etree.fromstring(ours.blob)
    mapped, added = _matched(looks, etree.fromstring(ours.part_related_by(RELATIONSHIP_TYPE.STYLES).blob))
    numbers, after = _lists(old, ours)
    _renamed(mine, mapped, after)
    _page_of(mine, body)
    main = Part(old.partname, CONTENT_TYPE.WML_DOCUMENT_MAIN, blob(mine), cast("Any", office))
    for id, relation in old.rels.items():
        if relation.reltype not in (
            RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING,
            RELATIONSHIP_TYPE.COMMENTS,
        ):  # fmt: skip
            main.rels.add_relationship(relation.reltype, _target(relation), id, relation.is_external)
    main.relate_to(
        Part(styles.partname, CONTENT_TYPE.WML_STYLES, blob(looks), cast("Any", office)), RELATIONSHIP_TYPE.STYLES
    )
    if numbers is not None:
        main.relate_to(numbers, RELATIONSHIP_TYPE.NUMBERING)
    _moved(ours, main, mapped, after)
    _settings(main)
    _replaced(office, old, main, package)
    said = [Notice.of(Said("template-added", names=", ".join(added)))] if added else []
    return office, said


def _target(relation: Any) -> Any:
    return relation.target_ref if relation.is_external else relation.target_part


def _matched(office: Any, ours: Any) -> tuple[dict[str, str], list[str]]:
    """Our style ids -> the file's, and the names of the styles that were added to it, where the text needs them."""
    have: dict[tuple[str, str], str] = {}
    ids: set[str] = set()
    for node in office.iter(name("w:style")):
        id, kind = node.get(name("w:styleId"), ""), node.get(name("w:type"), "")
        ids.add(id)
        for said in _names(node):
            have.setdefault((kind, said), id)
    mapped: dict[str, str] = {}
    new: list[Any] = []
    for node in ours.iter(name("w:style")):
        kind, id = node.get(name("w:type"), ""), node.get(name("w:styleId"), "")
        known = (have.get((kind, said)) for said in _wanted(node))
        found = _body(office, have) if id == BODY else next(filter(None, known), None)
        if found is not None:
            mapped[id] = found
            continue
        own = id if id not in ids else f"{id}Edition"
        mapped[id] = own
        copy = deepcopy(node)
        copy.set(name("w:styleId"), own)
        copy.attrib.pop(name("w:default"), None)
        new.append(copy)
    for node in new:
        for tag in ("w:basedOn", "w:next", "w:link"):
            for child in node.iter(name(tag)):
                child.set(name("w:val"), mapped.get(child.get(name("w:val"), ""), child.get(name("w:val"), "")))
        office.append(node)
    shown = {entry[1] for entry in (*ROLES.values(), *ELEMENTS.values())}
    names = [node.find(name("w:name")).get(name("w:val"), "") for node in new]
    return mapped, [one for one in names if one in shown or one.startswith("heading")]


def _body(office: Any, have: dict[tuple[str, str], str]) -> str | None:
    """The file's style for body text: one that an office made, Word's where it has an indent of its own, and else what
    all text is."""
    for said in _BODY_NAMES:
        if (found := have.get(("paragraph", said))) is not None:
            return found
    word, plain = have.get(("paragraph", "body text")), have.get(("paragraph", "normal"))
    own = next((node for node in office.iter(name("w:style")) if node.get(name("w:styleId")) == word), None)
    indented = own is not None and own.find(f"{name('w:pPr')}/{name('w:ind')}") is not None
    return word if indented or plain is None else plain


def _names(node: Any) -> list[str]:
    """What a style is called, in small letters."""
    found = [child.get(name("w:val"), "") for tag in ("w:name", "w:aliases") for child in node.iter(name(tag))]
    return [piece.strip().lower() for one in found for piece in one.split(",") if piece.strip()]


def _wanted(node: Any) -> list[str]:
    """The names by which a style of ours is looked for, in order: one that an office made goes before a built-in."""
    own = _names(node)
    return [*(other for said in own for other in _OTHER_NAMES.get(said, ())), *own]


def _lists(old: Part, ours: Part) -> tuple[Part | None, int]:
    """The lists of the file with ours behind them, and how many numbers ours stand behind."""
    theirs, own = (
        next((one.target_part for one in part.rels.values() if one.reltype == RELATIONSHIP_TYPE.NUMBERING), None)
        for part in (old, ours)
    )
    if theirs is None or own is None:
        return theirs or own, 0
    root = etree.fromstring(theirs.blob)
    keys = {name("w:abstractNum"): name("w:abstractNumId"), name("w:num"): name("w:numId")}
    after = max((int(node.get(key, "0")) for tag, key in keys.items() for node in root.iter(tag)), default=0)
    for node in etree.fromstring(own.blob):
        key = keys[node.tag]
        node.set(key, str(int(node.get(key, "0")) + after))
        for child in node.iter(name("w:abstractNumId")):
            child.set(name("w:val"), str(int(child.get(name("w:val"), "0")) + after))
        # All lists that numbers share stand before the first of these.
        count = sum(one.tag == name("w:abstractNum") for one in root)
        there = [at for at, one in enumerate(root, 1) if one.tag in keys]
        root.insert(count if node.tag == name("w:abstractNum") else max(there, default=0), node)
    return Part(theirs.partname, CONTENT_TYPE.WML_NUMBERING, blob(root), old.package), after


def _renamed(mine: Any, mapped: dict[str, str], after: int) -> None:
    """The text in the file's styles, and in lists whose numbers stand behind the file's."""
    for node in mine.iter(name("w:numId")):
        node.set(name("w:val"), str(int(node.get(name("w:val"), "0")) + after))
    body = mapped.get(NORMAL, NORMAL)
    for tag in _KEPT:
        for node in mine.iter(name(tag)):
            node.set(name("w:val"), mapped.get(node.get(name("w:val"), ""), node.get(name("w:val"), "")))
    for line in mine.iter(name("w:p")):
        own = line.find(name("w:pPr"))
        if own is None:
            own = etree.Element(name("w:pPr"))
            line.insert(0, own)
        if own.find(name("w:pStyle")) is None:
            style = etree.Element(name("w:pStyle"))
            style.set(name("w:val"), body)
            own.insert(0, style)


def _page_of(mine: Any, body: Any) -> None:
    """The file's page, headers and footers in place of ours."""
    page = body.find(name("w:sectPr")) if body is not None else None
    ours = mine.find(f"{name('w:body')}/{name('w:sectPr')}")
    if page is not None and ours is not None:
        ours.getparent().replace(ours, deepcopy(page))


def _moved(ours: Part, main: Part, mapped: dict[str, str], after: int) -> None:
    """Pictures, links, notes and comments of our text, under the ids it names them by."""
    for id, relation in ours.rels.items():
        if relation.reltype in (RELATIONSHIP_TYPE.IMAGE, RELATIONSHIP_TYPE.HYPERLINK):
            if not relation.is_external:
                part = relation.target_part
                part.partname = PackURI(part.partname.replace("/image", "/edition"))
            main.rels.add_relationship(relation.reltype, _target(relation), id, relation.is_external)
        elif relation.reltype in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.COMMENTS):
            notes = relation.target_part
            root = etree.fromstring(notes.blob)
            _renamed(root, mapped, after)
            notes._blob = blob(root)
            main.relate_to(notes, relation.reltype)


def _settings(main: Part) -> None:
    """What the file's settings fetch from elsewhere, such as the template it was made from, is left out."""
    relations = [one for one in main.rels.values() if one.reltype == RELATIONSHIP_TYPE.SETTINGS]
    for relation in relations:
        part = relation.target_part
        gone = [id for id, one in part.rels.items() if one.is_external]
        if gone:
            root = etree.fromstring(part.blob)
            for node in list(root.iter(name("w:attachedTemplate"))):
                node.getparent().remove(node)
            kept = Part(part.partname, part.content_type, blob(root), part.package)
            relation._target = kept


def _replaced(office: OpcPackage, old: Part, main: Part, package: OpcPackage) -> None:
    """Our text and our properties in the file's package."""
    core = next(one for one in package.rels.values() if one.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES).target_part
    had = False
    for relation in office.rels.values():
        if relation.is_external:
            continue
        if relation.target_part is old:
            relation._target = main
        elif relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES:
            relation._target, had = core, True
    if not had:
        office.relate_to(core, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    for relation in list(_everywhere(office)):
        if not relation.is_external and relation.target_part is old:
            relation._target = main


def _everywhere(office: OpcPackage) -> list[Any]:
    return [relation for part in office.iter_parts() for relation in part.rels.values()]
