"""Pictures: where they are looked for, which are taken, and what is refused."""

from __future__ import annotations

import base64
import io
import os
import struct
import sys
import zlib
from pathlib import Path

import html_help
import pytest
from PIL import Image

from convert import source
from convert.model import Document, Figure, Picture, inlines_of
from convert.readers import html
from convert.readers.html import thresholds
from convert.readers.html.build import media
from convert.readers.html.sight import pictures
from convert.readers.html.sight.parse import parse
from convert.writers import pictures as pictures_written

PROSE = "这是文章的正文\uff0c有足够的长度\uff0c可以看出是一句完整的话\u3002"


def picture(kind: str, size: tuple[int, int] = (120, 80), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    image = Image.effect_noise(size, 40).convert(mode)
    if mode == "RGBA":
        image.putalpha(100)
    image.save(out, kind)
    return out.getvalue()


def read(image: str, **known: object) -> Document:
    return html_help.read(f"<div><p>{PROSE}</p><p>{image}</p><p>{PROSE}</p></div>", **known)


def key(document: Document) -> str | None:
    figures = [block for block in document.blocks if isinstance(block, Figure)]
    assert len(figures) == 1
    return figures[0].media


@pytest.mark.parametrize(
    "image",
    [
        '<img src="pic/a.png">',
        '<img src="./pic/a.png?x=1">',
        '<img src="/pic/a.png">',
        '<img src="pic/%61.png">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="pic/a.png">',
        '<img src="images/loading.gif" data-original="pic/a.png">',
        '<img data-srcset="pic/small.png 300w, pic/a.png 900w">',
        '<img src="http://far.example/a.png" srcset="pic/a.png 2x">',
        '<picture><source srcset="pic/a.png"><img src="none.png"></picture>',
    ],
)
def test_files_beside_the_page(tmp_path: Path, image: str) -> None:
    (tmp_path / "pic").mkdir()
    (tmp_path / "pic" / "a.png").write_bytes(picture("PNG"))
    document = read(image, folder=tmp_path)
    assert key(document) == "image1.png"
    found = document.media["image1.png"]
    assert (found.media_type, found.width, found.height) == ("image/png", 120, 80)
    assert document.notices == ()


def test_data_addresses_and_parts() -> None:
    data = picture("JPEG")
    document = read(f'<img src="data:image/jpeg;base64,{base64.b64encode(data).decode()}">')
    assert document.media["image1.jpg"].data == data
    parts = {"https://a.example/x/p.jpg": data}
    page = html_help.page(
        f'<div><p>{PROSE}</p><p><img src="p.jpg"></p><p>{PROSE}</p></div>', url="https://a.example/x/1.html"
    )
    from convert.readers import html

    assert html.read(type(page)(**{**_fields(page), "parts": parts})).media["image1.jpg"].data == data


def _fields(page: object) -> dict[str, object]:
    import msgspec

    return {name: getattr(page, name) for name in msgspec.structs.asdict(page)}  # type: ignore[call-overload]


def test_one_picture_shown_twice_is_kept_once(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture("PNG"))
    document = html_help.read(
        f'<p>{PROSE}</p><p><img src="a.png"></p><p><img src="./a.png"></p><p>{PROSE}</p>', folder=tmp_path
    )
    assert [block.media for block in document.blocks if isinstance(block, Figure)] == ["image1.png", "image1.png"]
    assert list(document.media) == ["image1.png"]


@pytest.mark.parametrize(
    ("kind", "mode", "made"),
    [
        ("PNG", "RGBA", "image/png"),
        ("JPEG", "RGB", "image/jpeg"),
        ("GIF", "P", "image/gif"),
        ("WEBP", "RGB", "image/jpeg"),
        ("WEBP", "RGBA", "image/png"),
        ("BMP", "RGB", "image/png"),
        ("TIFF", "RGB", "image/png"),
    ],
)
def test_formats_are_told_by_content_and_made_to_fit(kind: str, mode: str, made: str) -> None:
    found = media.checked(picture(kind, mode=mode), "wrong.name").media
    assert found is not None
    assert (found.media_type, found.width, found.height) == (made, 120, 80)
    assert Image.open(io.BytesIO(found.data)).size == (120, 80)


def _svg(inner: str, head: str = "") -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" {head}>{inner}</svg>'.encode()
    )


DOT = '<circle r="3"/>'


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (_svg(f"<script>x()</script>{DOT}<foreignObject><text>a</text></foreignObject>"), DOT),
        (_svg('<circle r="3" onclick="x()" style="fill:url(http://a.example/)"/>'), DOT),
        (_svg('<circle r="3"><animate attributeName="r" to="9"/></circle>'), DOT),
        (_svg(f'<a x:href="https://a.example">{DOT}</a>'), f"<g>{DOT}</g>"),
        (_svg(f"<style>@import url(a.css);</style>{DOT}<image x:href='b.png'/>"), f"{DOT}<image/>"),
        (_svg('<path id="p" d="M0 0"/><use href="#p" fill="url(#g)"/>'),
         '<path id="p" d="M0 0"/><use href="#p" fill="url(#g)"/>'),
        (_svg("<text>a<script>x()</script>b</text>"), "<text>ab</text>"),
    ],
)  # fmt: skip
def test_of_a_drawing_stays_what_draws(data: bytes, left: str) -> None:
    found = media.checked(data, "a.svg").media
    assert found is not None
    assert found.media_type == "image/svg+xml"
    assert found.data.decode().partition(">")[2] == f"{left}</svg>"
    assert pictures_written.media_type_of(found.data) == "image/svg+xml"


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('width="4cm" height="60"', (151, 60)),
        ('viewBox="0 0 40 20"', (40, 20)),
        ('viewBox="0 0 40 20" width="100"', (100, 50)),
        ('width="100%"', (300, 150)),
    ],
)
def test_how_large_a_drawing_is(head: str, size: tuple[int, int]) -> None:
    found = media.checked(_svg(DOT, head), "a.svg").media
    assert found is not None
    assert (found.width, found.height) == size


def test_a_drawing_is_drawn_for_formats_without_such(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read(f'<img alt="图" src="data:image/svg+xml;base64,{base64.b64encode(_svg(DOT)).decode()}">')
    drawn, notices = pictures_written.without_drawings(document)
    assert Image.open(io.BytesIO(drawn.media["image1.svg"].data)).size == (900, 450)
    assert notices == []
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    drawn, notices = pictures_written.without_drawings(document)
    assert (drawn.media, key(drawn)) == ({}, None)
    assert "wenban[svg]" in notices[0].message


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"not a picture", "its data is broken or of no known format"),
        (picture("PNG")[:-40], "its data is broken or of no known format"),
        (picture("JPEG")[:400], "its data is broken or of no known format"),
        (_svg(""), "it draws nothing, or more than SVG may here"),
        (_svg('<g id="a"><use href="#a"/></g>'), "it draws nothing, or more than SVG may here"),
        (
            _svg("".join(f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 9 + "</g>" for n in range(9))),
            "it draws nothing, or more than SVG may here",
        ),
        (
            b'<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY e "&a;&a;">]>' + _svg("<text>&e;</text>"),
            "it draws nothing, or more than SVG may here",
        ),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * (thresholds.MAX_PICTURE_BYTES + 1), "it is larger than 20 MB"),
    ],
)
def test_what_is_no_good_picture_is_refused(data: bytes, reason: str) -> None:
    assert media.checked(data, "a.png") == media.LoadedPicture(None, "a.png", reason)


def test_image_bomb_is_not_opened() -> None:
    small = io.BytesIO()
    Image.new("1", (1, 1)).save(small, "PNG")
    head = b"IHDR" + struct.pack(">II", 40_000, 40_000) + small.getvalue()[24:29]
    bomb = small.getvalue()[:12] + head + struct.pack(">I", zlib.crc32(head)) + small.getvalue()[33:]
    found = media.checked(bomb, "bomb.png")
    assert found.media is None
    assert "million pixels" in found.reason


@pytest.mark.parametrize(
    "src",
    ["../../etc/passwd", "/etc/hostname", "file:///etc/hostname", "http://far.example/a.png", "link.png", "absent.png"],
)
def test_a_missing_picture_is_a_figure_and_a_notice(tmp_path: Path, src: str) -> None:
    (tmp_path / "outside.png").write_bytes(picture("PNG"))
    folder = tmp_path / "page"
    folder.mkdir()
    os.symlink(tmp_path / "outside.png", folder / "link.png")
    document = read(f'<img src="{src}">', folder=folder)
    assert key(document) is None
    assert [notice.code for notice in document.notices] == ["missing-picture"]
    assert src in document.notices[0].message
    assert document.notices[0].line == 2


@pytest.mark.parametrize(
    "image",
    [
        '<img src="a.png" width="1" height="1">',
        '<img src="a.png" style="width:16px;height:16px">',
        '<img src="a.png" height="2">',
        '<img src="icon_doc.gif">',
        '<img src="images/spacer.gif">',
        "<img>",
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        '<img src="a.png" style="display:none">',
        '<span class="siteLogo"><img src="a.png"></span>',
    ],
)
def test_icons_rulers_and_counters_are_no_pictures(image: str) -> None:
    assert not any(isinstance(block, Figure) for block in html_help.read(f"<p>{PROSE}</p>{image}").blocks)


@pytest.mark.parametrize(
    ("image", "size"),
    [
        ('<img src="a.png" width="200" height="120">', (200, 120)),
        ('<img src="a.png" width="200px">', (200, None)),
        ('<img src="a.png" width="100%" style="height:90.5px">', (None, 90.5)),
        ('<img src="a.png" width="9" height="300" style="max-width:80px">', (None, 300)),
    ],
)
def test_the_page_says_how_large_a_picture_is(image: str, size: tuple[float | None, float | None]) -> None:
    figure = next(block for block in read(image).blocks if isinstance(block, Figure))
    assert (figure.width, figure.height) == size


def test_a_photograph_is_turned_as_its_camera_says() -> None:
    out, held = io.BytesIO(), Image.Exif()
    held[0x0112] = 6  # the camera was turned to the right
    Image.new("RGB", (60, 20)).save(out, "JPEG", exif=held)
    found = media.checked(out.getvalue(), "a.jpg").media
    assert found is not None
    assert (found.width, found.height) == (20, 60)
    assert Image.open(io.BytesIO(found.data)).getexif().get(0x0112) is None


SIGN = "data:image/png;base64," + base64.b64encode(picture("PNG", (10, 16))).decode()


@pytest.mark.parametrize(
    ("image", "lines"),
    [
        (f'<img src="{SIGN}" alt="h">', ["body: 设深度为h\uff0c方向向下\u3002"]),
        ('<img src="a.png" alt="p=gh">', ["body: 设深度为p=gh\uff0c方向向下\u3002"]),
        (f'<img src="{SIGN}" alt="图标">', ["body: 设深度为\uff0c方向向下\u3002"]),
        (f'<br><img src="{SIGN}" alt="h" height="16">为', ["body: 设深度为", "body: h为\uff0c方向向下\u3002"]),
        ('\uff08 <img src="a.png" width="9" height="9"> \uff09', ["body: 设深度为\uff08 \uff09\uff0c方向向下\u3002"]),
        (
            '<img src="a.png" width="600" height="400" alt="h">',
            ["body: 设深度为", "figure: ", "body: \uff0c方向向下\u3002"],
        ),
        (f'<br><img src="{SIGN}" alt="h">', ["body: 设深度为", "figure: ", "body: \uff0c方向向下\u3002"]),
    ],
)
def test_a_picture_inside_a_sentence_does_not_break_it(image: str, lines: list[str]) -> None:
    page = f"<div><p>{PROSE}</p><p>设深度为{image}\uff0c方向向下\u3002</p><p>{PROSE}</p></div>"
    assert html_help.printed(html_help.read(page))[1:-1] == lines


def test_a_picture_inside_a_sentence_is_in_its_line() -> None:
    missing = '<img src="a.png" width="9" height="9">'
    line = f'设深度为<img src="{SIGN}" alt="h" height="20">\uff0c方向{missing}向下\u3002'
    document = html_help.read(f"<p>{PROSE}</p><p>{line}</p><p>{PROSE}</p>")
    found = [node for node in inlines_of(document.blocks) if isinstance(node, Picture)]
    assert found == [Picture("image1.png", "h", "h", None, 20)]
    assert [(notice.line, notice.message) for notice in document.notices] == [
        (2, "The picture a.png is left out: it is not beside the page.")
    ]


def test_references_in_order() -> None:
    page = parse('<img src="blank.gif" data-src="b.jpg" data-original="c.jpg" srcset="d.jpg 1x, e.jpg 2x">')
    image = next(node for node in page.body.elements() if node.tag == "img")
    assert pictures.references(image) == ["b.jpg", "c.jpg", "e.jpg", "d.jpg"]


@pytest.mark.parametrize(
    "name",
    [
        "blank.gif", "/img/spacer.gif", "space.png", "1-pixel.gif", "transparent.gif", "img/placeholder.png",
        "loading2.gif", "lazyload.png", "grey.gif", "gray.gif", "empty.png", "1x1.gif", "px.gif", "none.png",
        "default_img.jpg", "defaultimg.jpeg", "nopic.jpg", "load.svg", "a_load.webp",
    ],
)  # fmt: skip
def test_a_picture_that_keeps_a_place_says_so_in_its_name(name: str) -> None:
    assert pictures.is_placeholder(name)
    assert not pictures.is_placeholder(name.replace(".", "-bridge."))


def test_a_drawing_that_stands_in_until_the_picture_is_there_comes_last() -> None:
    drawn = "data:image/svg+xml,<svg><path d='M0 0h9'/></svg>"
    page = parse(f'<img src="{drawn}" data-src="b.jpg" data-original="c.jpg"><img src="a.jpg" data-src="{drawn}">')
    first, second = (node for node in page.body.elements() if node.tag == "img")
    assert pictures.references(first) == ["b.jpg", "c.jpg", drawn]
    assert pictures.references(second) == ["a.jpg", drawn]


@pytest.mark.parametrize("name", ["complete.html", "single-file.html", "chromium.mhtml"])
def test_a_page_as_browsers_save_it(name: str) -> None:
    """One page saved in three ways: "page, complete" with its folder, by SingleFile, as MHTML."""
    document = html.read(source.load(Path(__file__).parent / "fixtures" / "saved" / name))
    mill, frame = "磨坊的水轮从清晨转到天黑", "框架里说明磨坊的开放时间"
    lines = html_help.printed(document)
    assert lines[0] == "title: 老水磨坊修好了"
    assert [line[6:18] for line in lines[1:4]] == [mill, "路口立有标志慢\uff0c行人请缓", "磨坊由三位师傅维修\uff0c前后"]
    assert lines[4:] == ["figure: 新修的石桥", f"body: {frame}\uff0c每日上午九时到下午五时\uff0c逢雨天停开\u3002"]
    assert [(one.width, one.height) for one in document.media.values()] == [(16, 16), (120, 80)]
    assert (document.metadata.url, document.metadata.published) == ("http://127.0.0.1:8765/mill.html", "2023-05-12")
