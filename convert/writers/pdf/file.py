"""The PDF file around the pages: catalogue, outline, metadata, output intent, and a compact serialisation.

reportlab's document keeps the objects; they are written with object streams and a cross-reference stream (ISO
32000-1, 7.5.7 and 7.5.8), which a tag tree of thousands of small objects needs.  PDF/A-2a (PDF/A-3a where pages
are attached) and PDF/UA-1 are claimed in the XMP metadata (ISO 19005-2, 6.6.4; ISO 14289-1, clause 5), or PDF/A-4 (4f)
and PDF/UA-2 in a file of PDF 2.0.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import Any, NamedTuple

import deflate
from reportlab.pdfbase import pdfdoc

from ...model import Document, OutlineEntry
from ..markup import escape
from .second import IDENTIFICATION
from .tags import Tag

PRODUCER = "wenban"
_EPOCH = "1980-01-01T00:00:00Z"
PACKING = {"font": 1, "code": 1, "text": 6}
"""Deflate level by what a stream holds: outlines gain one part in a hundred from higher levels, pages five, for half as
much time again; maps of characters, objects and files embedded gain a fifth.  libdeflate takes half of zlib's time or
less, and packs alike on every machine."""

_SRGB = Path(__file__).with_name("srgb.icc")
"""An sRGB profile (IEC 61966-2-1) of Little CMS, dated 1980, without an id: the same on every machine."""

_PER_STREAM = 200
"""Objects in one object stream: few streams, yet none that has to be read whole for one small object of a big file."""


class Destination(NamedTuple):
    """Where links and bookmarks lead: a reference to the page, points in PDF axes, and the node there."""

    page: Any
    x: float
    y: float
    node: Tag | None


class TaggedPage(pdfdoc.PDFPage):  # type: ignore[misc]
    """A page with the entries a tagged file needs."""

    __NoDefault__ = (*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs")


class PdfFile(pdfdoc.PDFDocument):  # type: ignore[misc]
    """reportlab's document, with compact output.  It holds nothing of the time or place it was made.  second: it is a
    file of PDF 2.0."""

    def __init__(self, language: str, *, second: bool = False) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7), lang=language)
        self.Catalog.Outlines = None
        self._settled: dict[int, bytes] = {}
        self.second = second
        self._ends: list[tuple[Any, Tag]] = []

    def leads_to(self, place: Destination) -> dict[str, Any]:
        """The entries of a link or bookmark that lead to a place; in PDF 2.0 to its element too (ISO 32000-2,
        12.3.2.3)."""
        at = [pdfdoc.PDFName("XYZ"), round(place.x, 2), round(place.y, 2), pdfdoc.PDFnull]
        destination = pdfdoc.PDFArrayCompact([place.page, *at])
        if not self.second or place.node is None:
            return {"Dest": destination}
        end = pdfdoc.PDFArrayCompact([None, *at])
        self._ends.append((end, place.node))
        action = {"S": pdfdoc.PDFName("GoTo"), "D": destination, "SD": end}
        return {"A": pdfdoc.PDFDictionary(action)}

    def lead(self, elements: dict[int, Any]) -> None:
        """Elements are known: what leads to one gets its reference.  elements: by the node's id."""
        for end, node in self._ends:
            end.sequence[0] = elements[id(node)]

    def stream(self, content: bytes, packing: str, entries: dict[str, Any] | None = None) -> Any:
        """A reference to a new stream, packed as `PACKING` says; entries: of its dictionary."""
        known = {**(entries or {}), "Filter": pdfdoc.PDFName("FlateDecode")}
        packed = deflate.zlib_compress(content, PACKING[packing])
        return self.Reference(pdfdoc.PDFStream(pdfdoc.PDFDictionary(known), packed))

    def reserve(self) -> int:
        """The number of an object that `settle` gives."""
        self.objectcounter += 1
        return int(self.objectcounter)

    def settle(self, number: int, thing: Any) -> None:
        """The object of a number, kept as the bytes it is written with: a tag tree has nine for each row of a table."""
        self._settled[number] = _formatted(thing, self)

    def to_bytes(self) -> bytes:
        """The finished file."""
        root = self.Reference(self.Catalog)
        # A file of PDF/A-4 has no document information (ISO 19005-4, 6.1.3).
        info = b"" if self.second else b" /Info " + pdfdoc.format(self.Reference(self.info), self)
        out = bytearray(b"%%PDF-%s\n%%\xe4\xb8\xad\xe6\x96\x87\n" % (b"2.0" if self.second else b"1.7"))
        entries = bytearray(_entry(0, 0, 65535))
        streams: list[_ObjectStream] = []
        part: list[tuple[int, bytes]] = []
        number = 0
        while number + 1 in self.numberToId or number + 1 in self._settled:  # writing an object may register others
            number += 1
            body = self._settled.pop(number, None)
            thing = self.idToObject[self.numberToId[number]] if body is None else None
            if isinstance(thing, pdfdoc.PDFStream):
                entries += _entry(1, len(out), 0)
                out += b"%d 0 obj\n%s\nendobj\n" % (number, self._stream(thing))
                continue
            entries += bytes(_ENTRY)  # where it is is known when its stream has a number
            part.append((number, body or _written(thing, self)))
            if len(part) == _PER_STREAM:
                streams.append(_object_stream(part))
                part = []
        for stream in (*streams, *([_object_stream(part)] if part else [])):
            number += 1
            entries += _entry(1, len(out), 0)
            for index, ident in enumerate(stream.numbers):
                entries[ident * _ENTRY : (ident + 1) * _ENTRY] = _entry(2, number, index)
            out += stream.object(number)
        number += 1
        start = len(out)
        entries += _entry(1, start, 0)
        digest = hashlib.md5(out, usedforsecurity=False).hexdigest().encode()
        trailer = (
            b"/Root " + pdfdoc.format(root, self) + info + b" /ID [<" + digest + b"><" + digest + b">]"
        )  # fmt: skip
        out += _xref_stream(number, bytes(entries), trailer)
        out += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(out)

    def _stream(self, stream: Any) -> bytes:
        """A stream with a line end before `endstream`, as PDF/A wants (ISO 19005-2, 6.1.7.1)."""
        stream.dictionary["Length"] = len(stream.content)
        head: bytes = stream.dictionary.format(self)
        data: bytes = stream.content
        return head + b"\nstream\n" + data + b"\nendstream"


_SMALL = (pdfdoc.PDFDictionary, pdfdoc.PDFArrayCompact, pdfdoc.PDFObjectReference, str, int)
_ENTRY = 7
"""Bytes of an entry of the cross-reference stream, as `_xref_stream` says: 1, 4 and 2."""
_name = functools.cache(pdfdoc.PDFName)


def _entry(kind: int, where: int, index: int) -> bytes:
    return kind.to_bytes(1, "big") + where.to_bytes(4, "big") + index.to_bytes(2, "big")


def _written(thing: Any, document: PdfFile) -> bytes:
    """An object as bytes; small ones in the shorter way."""
    if type(thing) in _SMALL:
        return _formatted(thing, document)
    whole: bytes = thing.format(document)
    return whole


def _formatted(thing: Any, document: PdfFile) -> bytes:
    """What reportlab's `format` gives, in a fifth of the time for what a tag tree is made of: thousands of small
    dictionaries and arrays of references, names and whole numbers."""
    kind = type(thing)
    if kind is int:
        return b"%d" % thing
    if kind is str and thing.isascii():
        return thing.encode("ascii")  # type: ignore[no-any-return]
    if kind is pdfdoc.PDFObjectReference:
        return b"%d %d R" % document.idToObjectNumberAndVersion[thing.name]
    if kind is pdfdoc.PDFDictionary:
        entries = sorted(thing.dict.items())
        return (
            b"<<\n"
            + _spaced([b"%s %s" % (_name(key).encode(), _formatted(value, document)) for key, value in entries], 6)
            + b"\n>>"
        )
    if kind is pdfdoc.PDFArrayCompact:
        return b"[ " + _spaced([_formatted(value, document) for value in thing.sequence], 10) + b" ]"
    whole: bytes = pdfdoc.format(thing, document)
    return whole


def _spaced(parts: list[bytes], count: int) -> bytes:
    """Parts with spaces between them, `count` on a line."""
    if len(parts) <= count:
        return b" ".join(parts)
    return b" \n  ".join(b" ".join(parts[at : at + count]) for at in range(0, len(parts), count))


class _ObjectStream(NamedTuple):
    """Objects packed together (ISO 32000-1, 7.5.7); first: where the first begins."""

    numbers: list[int]
    first: int
    data: bytes

    def object(self, number: int) -> bytes:
        """The stream as the object of a number."""
        return (
            b"%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n"
            % (number, len(self.numbers), self.first, len(self.data), self.data)
        )


def _object_stream(part: list[tuple[int, bytes]]) -> _ObjectStream:
    heads, bodies, offset = [], [], 0
    for ident, body in part:
        heads.append(b"%d %d" % (ident, offset))
        bodies.append(body.strip())
        offset += len(bodies[-1]) + 1
    head = b" ".join(heads) + b"\n"
    data = deflate.zlib_compress(head + b"\n".join(bodies), PACKING["text"])
    return _ObjectStream([ident for ident, _ in part], len(head), bytes(data))


def _xref_stream(number: int, entries: bytes, trailer: bytes) -> bytes:
    data = deflate.zlib_compress(entries, PACKING["text"])
    return (
        b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Filter/FlateDecode/Length %d %s>>stream\n%s\nendstream\nendobj\n"
        % (number, number + 1, len(data), trailer, data)
    )


def outline(file: PdfFile, entries: list[OutlineEntry], places: dict[str, Destination]) -> None:
    """Bookmarks.  places: id -> the place it leads to."""
    known = [entry for entry in entries if entry.id in places]
    if not known:
        return
    root = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Outlines")})
    stack: list[tuple[int, Any]] = [(0, root)]
    last_of: dict[int, Any] = {}
    count_of: dict[int, int] = {}
    for entry in known:
        while stack[-1][0] >= entry.level:
            stack.pop()
        parent = stack[-1][1]
        led = file.leads_to(places[entry.id])
        item = pdfdoc.PDFDictionary({"Title": pdfdoc.PDFString(entry.text), "Parent": file.Reference(parent), **led})
        reference = file.Reference(item)
        before = last_of.get(id(parent))
        if before is None:
            parent["First"] = reference
        else:
            before["Next"] = reference
            item["Prev"] = file.Reference(before)
        parent["Last"] = reference
        last_of[id(parent)] = item
        for _, above in stack:
            count_of[id(above)] = count_of.get(id(above), 0) + 1
            above["Count"] = count_of[id(above)]
        stack.append((entry.level, item))
    file.Catalog.Outlines = root
    file.Catalog.PageMode = pdfdoc.PDFName("UseOutlines")


def describe(file: PdfFile, document: Document, title: str) -> None:
    """Title, language, dates and source in the document information and in XMP, which have to agree; PDF/A and PDF/UA
    identification; the sRGB output intent; the title in the window's bar."""
    known = document.metadata
    stamp = known.modified or _EPOCH
    when = _date(stamp)
    author = known.author or known.issuing_body or known.source
    info = {
        "Title": pdfdoc.PDFString(title),
        "Producer": pdfdoc.PDFString(PRODUCER),
        "Creator": pdfdoc.PDFString(PRODUCER),
        "CreationDate": pdfdoc.PDFString(when),
        "ModDate": pdfdoc.PDFString(when),
    }
    if author:
        info["Author"] = pdfdoc.PDFString(author)
    file.info = pdfdoc.PDFDictionary(info)
    catalog = file.Catalog
    catalog.Metadata = pdfdoc.PDFStream(
        pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}),
        _xmp(document, title, author, stamp, second=file.second).encode(),
    )
    intent = {
        "Type": pdfdoc.PDFName("OutputIntent"),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": file.stream(_SRGB.read_bytes(), "text", {"N": 3}),
    }
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = pdfdoc.PDFArrayCompact([pdfdoc.PDFDictionary(intent)])
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": pdfdoc.PDFtrue})
    catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFtrue})


def attach(file: PdfFile, document: Document) -> None:
    """Embed the pages the text is from (ISO 19005-3, 6.8 and annex E; ISO 32000-1, 7.11.4): associated files of the
    document whose relation to it is that of a source."""
    stamp = _date(document.metadata.modified or _EPOCH)
    names: list[Any] = []
    files: list[Any] = []
    for number, one in enumerate(document.attachments, 1):
        params = {
            "Size": len(one.data),
            "ModDate": pdfdoc.PDFString(stamp),
            "CheckSum": f"<{hashlib.md5(one.data, usedforsecurity=False).hexdigest()}>",
        }
        entries = {
            "Type": pdfdoc.PDFName("EmbeddedFile"),
            "Subtype": "/" + one.media_type.replace("/", "#2F"),
            "Params": pdfdoc.PDFDictionary(params),
        }
        held = file.stream(one.data, "text", entries)
        spec = {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": pdfdoc.PDFString(one.name),
            "UF": pdfdoc.PDFString(one.name),
            "Desc": pdfdoc.PDFString(one.name),
            "AFRelationship": pdfdoc.PDFName("Source"),
            "EF": pdfdoc.PDFDictionary({"F": held, "UF": held}),
        }
        files.append(file.Reference(pdfdoc.PDFDictionary(spec)))
        names += [pdfdoc.PDFString(f"{number:04}"), files[-1]]
    tree = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArrayCompact(names)})
    file.Catalog.__NoDefault__ = [*file.Catalog.__NoDefault__, "AF", "Names"]
    file.Catalog.AF = pdfdoc.PDFArrayCompact(files)
    file.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": tree})


def _date(stamp: str) -> str:
    """A time in UTC, ISO 8601 -> as PDF has it (ISO 32000-1, 7.9.4)."""
    return "D:" + "".join(char for char in stamp if char.isdigit()) + "Z"


# PDF/A knows no PDF/UA: its one property has to be described (ISO 19005-2, 6.6.2.3.2).
_UA_SCHEMA = (
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\n'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
    "</rdf:Description>"
)


def _xmp(document: Document, title: str, author: str | None, stamp: str, *, second: bool) -> str:
    known = document.metadata
    language = known.language or "zh-Hans"
    creator = f"<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>" if author else ""
    source = f"<dc:source>{escape(known.url or known.source or '')}</dc:source>" if known.url or known.source else ""
    published = (
        f"<dc:date><rdf:Seq><rdf:li>{escape(known.published)}</rdf:li></rdf:Seq></dc:date>" if known.published else ""
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
        'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\n'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"{creator}{source}{published}"
        f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>\n"
        f"<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>"
        f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>\n"
        f"{_identification(document, second=second)}</rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    )


def _identification(document: Document, *, second: bool) -> str:
    """What the file conforms to, up to the end of the description."""
    if second:
        conformance = "<pdfaid:conformance>F</pdfaid:conformance>" if document.attachments else ""
        return f"{IDENTIFICATION.format(conformance=conformance)}\n</rdf:Description>"
    return (
        f"<pdfaid:part>{3 if document.attachments else 2}</pdfaid:part>"
        "<pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\n"
        f"</rdf:Description>{_UA_SCHEMA}"
    )
