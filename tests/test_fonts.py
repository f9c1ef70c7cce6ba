"""Faces: what a style asks for, what is found, what is drawn.  A wrong glyph map still extracts the right text, so the
drawing itself is compared, with FreeType (Pillow) as the other eye."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import manimgx_fonts_cjk
import msgspec
import pypdfium2
import pytest
from conftest import SAMPLE, Wenban
from fontTools.ttLib import TTCollection, TTFont
from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont

from convert import style, writers
from convert.errors import FontError
from convert.model import Document, Paragraph, SourceInfo, Text
from convert.typography import fonts, system_faces, woff2

GONGWEN = style.load("gongwen")
COLLECTION = Path(manimgx_fonts_cjk.__file__).with_name("NotoSansCJK-VF.otf.ttc")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of fonts that is the only one on the system."""
    monkeypatch.setattr(system_faces, "folders", lambda: [tmp_path])
    monkeypatch.setattr(system_faces, "_cache_path", lambda: tmp_path / "cache.msgpack")
    system_faces.installed.cache_clear()
    fonts._resolve.cache_clear()
    yield tmp_path
    system_faces.installed.cache_clear()
    fonts._resolve.cache_clear()


def truetype(name: str) -> Path:
    """A TrueType face that comes with reportlab."""
    import reportlab

    return Path(reportlab.__file__).parent / "fonts" / name


def renamed(source: Path, family: str, target: Path) -> Path:
    face = TTFont(source)
    for record in face["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = family
    face.save(target)
    return target


def with_latin(family: str) -> style.Style:
    faces = {role: msgspec.structs.replace(face, latin=(family,)) for role, face in GONGWEN.faces.items()}
    return msgspec.structs.replace(GONGWEN, faces=faces)


def test_the_packaged_faces_stand_in_and_it_is_said(folder: Path) -> None:
    found = fonts.resolve(GONGWEN, "zh-Hans").faces
    assert found["fangsong"].family == "Noto Serif SC"
    assert found["hei"].family == "Noto Sans CJK SC"
    assert found["hei"].weight == 500
    assert {role for role in GONGWEN.faces if found[role].substituted} == {"xiaobiaosong", "fangsong", "kai"}
    assert found["fangsong"].requested[0] == "仿宋_GB2312"


def test_what_stands_in_is_said_by_the_command(wenban: Wenban) -> None:
    """Whatever faces the machine has."""
    faces = fonts.resolve(GONGWEN, "zh-Hans").faces
    done = wenban("convert", SAMPLE, "-t", "docx")
    assert done.returncode == 0, done.stderr
    notes = [line for line in done.stderr.splitlines() if line.startswith("note: some faces of the style")]
    for role in GONGWEN.faces:
        said = f" {role}: {faces[role].family}"
        assert any(said in note for note in notes) == faces[role].substituted, said


def test_a_folder_that_the_variable_names_is_looked_into_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = [tmp_path / "one", tmp_path / "two"]
    monkeypatch.setenv("WENBAN_FONTS", os.pathsep.join(map(str, named)))
    assert system_faces.folders()[:2] == named
    monkeypatch.setenv("WENBAN_FONTS", "")
    assert system_faces.folders()[0].is_absolute(), "not the working folder"


def test_a_family_on_the_system_is_preferred(folder: Path) -> None:
    renamed(truetype("Vera.ttf"), "FandolKai", folder / "kai.ttf")
    found = fonts.resolve(GONGWEN, "zh-Hans").faces["kai"]
    assert (found.family, found.substituted) == ("FandolKai", False)


def test_the_bold_of_a_family_draws_no_text_that_is_not_bold(folder: Path) -> None:
    face = TTFont(renamed(truetype("VeraBd.ttf"), "FandolSong", folder / "song.ttf"))
    for record in face["name"].names:
        if record.nameID == 4:
            record.string = "FandolSong Bold"
    face.save(folder / "song.ttf")
    look = with_latin("FandolSong")
    wanted = msgspec.structs.replace(look.faces["song"], families=("FandolSong",))
    found = fonts.resolve(msgspec.structs.replace(look, faces={"song": wanted}), "zh-Hans").faces
    assert (found["song"].family, "song.latin" in found) == ("Noto Serif SC", False)
    assert (found["song.bold"].family, found["song.bold"].embolden) == ("FandolSong", 0)
    assert found["song.latin.bold"].family == "FandolSong"


def test_a_face_in_two_folders_is_one_face(folder: Path) -> None:
    (folder / "a").mkdir()
    for name in ("a/one.ttf", "two.ttf"):
        (folder / name).write_bytes(truetype("Vera.ttf").read_bytes())
    (folder / "other.ttf").write_bytes(truetype("VeraBd.ttf").read_bytes())
    one, two, other = (str(folder / name) for name in ("a/one.ttf", "two.ttf", "other.ttf"))
    assert system_faces.same_files([two, one, other]) == {two: two, one: two, other: other}
    packaged = fonts.resolve(GONGWEN, "zh-Hans").faces["song"].path
    (folder / "NotoSerif.otf").write_bytes(Path(packaged).read_bytes())
    system_faces.installed.cache_clear()
    fonts._resolve.cache_clear()
    found = fonts.resolve(GONGWEN, "zh-Hans")
    paths = {face.path for face in (*found.faces.values(), *found._fallbacks)}
    assert len({Path(path).read_bytes() for path in paths}) == len(paths)


def test_the_languages_have_their_own_forms(folder: Path) -> None:
    index = {tag: fonts.resolve(GONGWEN, tag).faces["hei"].index for tag in ("zh-Hans", "zh-Hant", "ja", "ko")}
    assert index == {"zh-Hans": 2, "zh-Hant": 3, "ja": 0, "ko": 1}


def test_a_missing_character_falls_back_to_a_face_that_has_it(folder: Path) -> None:
    found = fonts.resolve(GONGWEN, "zh-Hans")
    hangul = found.fallback("\ud55c", found.faces["fangsong"])
    assert hangul is not None
    assert "Noto" in hangul.family


def test_a_character_no_face_has_is_named(folder: Path) -> None:
    assert fonts.resolve(GONGWEN, "zh-Hans").missing("fangsong", "中\ue123") == ["\ue123"]
    with pytest.raises(FontError, match="U\\+E123"):
        drawn("中\ue123", replace(GONGWEN, pdf=style.Pdf(missing_glyphs="error")))


def test_a_file_that_is_no_font_is_passed_over(folder: Path) -> None:
    (folder / "broken.ttf").write_bytes(b"not a font")
    renamed(truetype("Vera.ttf"), "FandolKai", folder / "good.ttf")
    assert fonts.resolve(GONGWEN, "zh-Hans").faces["kai"].family == "FandolKai"


def test_what_was_read_is_kept_until_a_file_changes(folder: Path) -> None:
    path = renamed(truetype("Vera.ttf"), "FandolKai", folder / "kai.ttf")
    assert [face.family for face in system_faces.installed()] == ["FandolKai"]
    system_faces.installed.cache_clear()
    assert [face.family for face in system_faces.installed()] == ["FandolKai"]
    path.unlink()
    system_faces.installed.cache_clear()
    assert system_faces.installed() == ()


def test_a_woff2_face_is_read_where_its_packages_are(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    face = TTFont(renamed(truetype("Vera.ttf"), "FandolKai", folder / "kai.ttf"))
    (folder / "kai.ttf").unlink()
    face.flavor = "woff2"
    face.save(folder / "kai.woff2")
    (folder / "broken.woff2").write_bytes(b"wOF2 not a font")
    found = fonts.resolve(GONGWEN, "zh-Hans").faces["kai"]
    assert (found.family, Path(found.path).suffix) == ("FandolKai", ".otf")
    assert not fonts.loaded(found).covers.lacking("Abc")
    assert system_faces.unread() == []
    Path(found.path).unlink()  # as when a cache is emptied
    system_faces.installed.cache_clear()
    assert [Path(one.path).exists() for one in system_faces.installed()] == [True]
    Path(found.path).rename(folder / "unpacked")
    monkeypatch.setattr(woff2, "can_read", lambda: False)
    system_faces.installed.cache_clear()
    assert system_faces.installed() == ()
    assert system_faces.unread() == [str(folder / name) for name in ("broken.woff2", "kai.woff2")]


def test_slices_of_a_face_are_no_face(folder: Path) -> None:
    face = TTFont(renamed(truetype("Vera.ttf"), "FandolKai", folder / "kai.ttf"))
    face.flavor = "woff2"
    for number in range(2):
        face["head"].fontRevision = number + 1.0
        face.save(folder / f"kai{number}.woff2")
    assert [one.path for one in system_faces.installed()] == [str(folder / "kai.ttf")]


def test_a_subset_draws_just_its_text(folder: Path) -> None:
    face = fonts.resolve(GONGWEN, "zh-Hans").faces["hei"]
    data = fonts.subset_otf(face, "工作报告")
    small = TTFont(io.BytesIO(data))
    assert sorted(map(chr, small.getBestCmap())) == sorted("工作报告")
    assert "CFF " in small
    assert "fvar" not in small
    assert len(data) < 20_000


# --- Drawing ----------------------------------------------------------------------------------------------------


def drawn(text: str, wanted: style.Style) -> bytes:
    document = Document(SourceInfo("x", "", "text/plain", "utf-8", 1), blocks=(Paragraph((Text(text),)),))
    stream = io.BytesIO()
    writers.write("pdf", document, wanted, stream)
    return stream.getvalue()


def ink(picture: Image.Image) -> Image.Image:
    """The picture cut to its ink, at one size, so that only the shapes are compared."""
    grey = picture.convert("L").point(lambda value: 255 - value)
    box = grey.getbbox()
    assert box is not None
    return grey.crop(box).resize((400, 100))


def likeness(first: Image.Image, second: Image.Image) -> float:
    """How much ink two pictures share: 1 for the same."""
    pairs = list(zip(first.tobytes(), second.tobytes(), strict=True))
    return sum(min(pair) for pair in pairs) / sum(max(pair) for pair in pairs)


def rendered(data: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0].render(scale=6).to_pil()
    return page.crop((0, 0, page.width, int(page.height * 0.25)))


def by_freetype(text: str, path: Path, index: int = 0, weight: int | None = None) -> Image.Image:
    face = ImageFont.truetype(str(path), 94, index=index)
    if weight is not None:
        face.set_variation_by_axes([weight])
    picture = Image.new("L", (3000, 300), 255)
    ImageDraw.Draw(picture).text((20, 60), text, font=face, fill=0, features=None)
    return picture


def test_cff_outlines_are_drawn_right(folder: Path) -> None:
    face = fonts.resolve(GONGWEN, "zh-Hans").faces["fangsong"]
    assert face.path.endswith(".otf")
    text = "永国酬爱鹰灵"
    shown = ink(rendered(drawn(text, GONGWEN)))
    assert likeness(shown, ink(by_freetype(text, Path(face.path)))) > 0.7
    assert likeness(shown, ink(by_freetype("灵鹰爱酬国永", Path(face.path)))) < 0.5


def test_a_variable_collection_is_drawn_at_its_weight(folder: Path) -> None:
    import msgspec

    elements = msgspec.structs.replace(
        GONGWEN.elements, body=msgspec.structs.replace(GONGWEN.elements.body, face="hei", indent=0)
    )
    wanted = msgspec.structs.replace(GONGWEN, elements=elements)
    text = "永国酬爱鹰灵"
    shown = ink(rendered(drawn(text, wanted)))
    assert likeness(shown, ink(by_freetype(text, COLLECTION, 2, 500))) > 0.8
    assert likeness(shown, ink(by_freetype(text, COLLECTION, 2, 900))) < 0.8


@pytest.mark.parametrize("kind", ["ttf", "ttc"])
def test_truetype_outlines_are_drawn_right(folder: Path, kind: str) -> None:
    if kind == "ttf":
        path, index = renamed(truetype("VeraBd.ttf"), "Examiner", folder / "examiner.ttf"), 0
    else:
        first = renamed(truetype("Vera.ttf"), "Other", folder / "a.bin")
        second = renamed(truetype("VeraBd.ttf"), "Examiner", folder / "b.bin")
        collection = TTCollection()
        collection.fonts = [TTFont(first), TTFont(second)]
        path, index = folder / "both.ttc", 1
        collection.save(path)
    wanted = with_latin("Examiner")
    assert fonts.resolve(wanted, "zh-Hans").face("fangsong", latin=True).index == index
    text = "Rgh2kQ7mW"
    shown = ink(rendered(drawn(text, wanted)))
    assert likeness(shown, ink(by_freetype(text, path, index))) > 0.8
    assert likeness(shown, ink(by_freetype("WQk7gmR2h", path, index))) < 0.8


@pytest.mark.parametrize("kind", ["otf", "variable collection", "ttf"])
def test_a_subset_is_the_same_each_time(folder: Path, kind: str) -> None:
    """The first is made from the face as it is, later ones from a copy without its large tables."""
    role = {"otf": "fangsong", "variable collection": "hei", "ttf": "fangsong.latin"}[kind]
    renamed(truetype("Vera.ttf"), "Examiner", folder / "examiner.ttf")
    found = fonts.resolve(with_latin("Examiner"), "zh-Hans").faces[role]
    glyphs = range(20, 60)
    fonts._subset_before.clear()
    first, second, third = (bytes(fonts.outlines_plan(found, glyphs).execute().blob.data) for _ in range(3))
    assert len(first) > 1000
    assert first == second == third
