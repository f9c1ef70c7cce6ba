"""Small DOCX packages of a shape that some program makes, for tests of the reader: parts are written by hand."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001649444154789c63fccfc0c0c0c0c0c4c0c0c0c0c0"
    "c000000d1d01036ac29be90000000049454e44ae426082"
)


def package(
    body: str, *, main: str = "document.main+xml", pictures: dict[str, bytes] | None = None, **parts: str
) -> bytes:
    """A DOCX.  body: what `w:body` holds.  parts: what the roots of styles, numbering, footnotes, header1 ... hold.
    pictures: data by relation id."""
    pictures = pictures or {}
    types = [f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.{main}"/>']
    relations = []
    files = {"word/document.xml": f"<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"}
    roots = {"footnotes": "footnotes", "numbering": "numbering", "styles": "styles", "header1": "hdr", "footer1": "ftr"}
    for name, inside in parts.items():
        kind = name.rstrip("1")
        types.append(f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{kind}+xml"/>')
        relations.append(f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{name}.xml"/>')
        files[f"word/{name}.xml"] = f"<w:{roots[name]} {_SPACES}>{inside}</w:{roots[name]}>"
    relations += [f'<Relationship Id="{id}" Type="{_RELATIONS}/image" Target="media/{id}.png"/>' for id in pictures]
    rels = "http://schemas.openxmlformats.org/package/2006"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        out.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{rels}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
            f'"application/xml"/><Default Extension="png" ContentType="image/png"/>{"".join(types)}</Types>',
        )
        out.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{rels}/relationships"><Relationship Id="m" Type="{_RELATIONS}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        out.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{rels}/relationships">{"".join(relations)}</Relationships>',
        )
        for name, text in files.items():
            out.writestr(name, text)
        for id, data in pictures.items():
            out.writestr(f"word/media/{id}.png", data)
    return stream.getvalue()


def paragraph(text: str, style: str = "", more: str = "") -> str:
    """A paragraph of one run.  style: the id of its style.  more: further properties."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{named}{more}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def numbered(id: int, level: int = 0) -> str:
    """The properties of a paragraph that a list counts."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>'


def style(id: str, name: str, more: str = "") -> str:
    """A paragraph style."""
    return f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{more}</w:style>'


def counted(id: int, *levels: tuple[str, str]) -> str:
    """A list: form and text of the number on each level."""
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{id}">{inside}</w:abstractNum>'


def lists(*abstract: str) -> str:
    """The numbering part of lists 1, 2 ... in order."""
    return "".join(abstract) + "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(1, len(abstract) + 1)
    )
