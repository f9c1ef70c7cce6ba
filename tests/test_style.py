"""Styles: inheritance, lengths, and errors that name the file, the line, the key and the nearest known one."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert import style
from convert.errors import UsageError

MM = 72 / 25.4


def write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def broken(path: Path, text: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        style.load(write(path, text))
    assert caught.value.remedy
    return caught.value


def test_shipped_styles_load() -> None:
    assert {"gongwen", "report"} <= set(style.names())
    for name in style.names():
        assert style.load(name).name == name
        assert style.load(name).description


def test_gongwen_is_the_standard() -> None:
    """GB/T 9704-2012, 5 and 7, as `convert/README.md, Page` gives the numbers."""
    look = style.load("gongwen")
    assert (look.page.width, look.page.height) == pytest.approx((210 * MM, 297 * MM))
    assert look.page.top == pytest.approx(37 * MM)
    assert look.page.inner == pytest.approx(28 * MM)
    assert (look.grid.lines, look.grid.characters) == (22, 28)
    assert look.grid.character_pitch * 28 == pytest.approx(look.page.text_width)
    assert look.grid.line_pitch == pytest.approx(15.75 * 15 / 8)
    assert look.grid.line_pitch * 21 + 15.75 == pytest.approx(look.page.text_height, abs=0.05)
    assert (look.elements.title.size, look.elements.body.size, look.page_number.size) == (22, 15.75, 14)
    assert look.elements.body.indent == 2
    assert look.heading(7) == look.elements.heading4


def test_a_file_holds_only_what_differs(tmp_path: Path) -> None:
    child = write(
        tmp_path / "child.toml", 'extends = "gongwen"\n[page_number]\nshow = false\n[elements.body]\nsize = "12pt"\n'
    )
    look, parent = style.load(child), style.load("gongwen")
    assert look.name == "child"
    assert look.page_number.show is False
    assert look.elements.body.size == 12
    assert look.elements.body.face == parent.elements.body.face
    assert look.elements.title == parent.elements.title


def test_a_parent_may_be_a_file_beside(tmp_path: Path) -> None:
    write(tmp_path / "parent.toml", 'extends = "gongwen"\n[elements.body]\nsize = "1cm"\n')
    look = style.load(write(tmp_path / "child.toml", 'extends = "parent.toml"\n'))
    assert look.elements.body.size == pytest.approx(72 / 2.54)


def test_an_unknown_style_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean 'gongwen'"):
        style.load("gongwne")
    with pytest.raises(UsageError, match="no such style file"):
        style.load("nowhere.toml")
    with pytest.raises(UsageError, match="no style is called"):
        style.load("../styles/gongwen")


def test_an_unknown_key_names_file_line_and_nearest(tmp_path: Path) -> None:
    error = broken(tmp_path / "s.toml", 'extends = "gongwen"\n\n[elements.body]\nindnet = 3\n')
    assert error.where == str(tmp_path / "s.toml")
    assert error.line == 4
    assert "elements.body.indnet" in error.message
    assert "elements.body.indent" in error.remedy


@pytest.mark.parametrize(
    "text",
    [
        "this is not TOML",
        "extends = 3\n",
        'extends = "gongwen"\n[elements.body]\nsize = 12\n',
        'extends = "gongwen"\n[elements.body]\nsize = "12 furlongs"\n',
        'extends = "gongwen"\n[elements.body]\nalign = "middle"\n',
        'extends = "gongwen"\n[elements.body]\nface = "comic"\n',
        'extends = "gongwen"\n[grid]\nlines = "many"\n',
        'description = "no parent, nothing else"\n',
        'extends = "s.toml"\n',
    ],
)
def test_a_style_that_does_not_fit(tmp_path: Path, text: str) -> None:
    error = broken(tmp_path / "s.toml", text)
    assert error.exit_code == 2
    assert error.where


def test_the_same_path_is_another_file_in_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "house.toml").write_text(f'extends = "report"\ndescription = "{name}"\n', encoding="utf-8")
        monkeypatch.chdir(tmp_path / name)
        assert style.load("house.toml").description == name
        assert style.load("house.toml") is style.load("house.toml")
