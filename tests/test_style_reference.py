"""The reference of style keys is current, and says something of every key there is."""

from __future__ import annotations

import tomllib

import msgspec
import pytest
from conftest import a_part
from style_keys import KEYS as STYLE_KEYS
from style_keys import written
from style_reference import FILE, KEYS, ROLES, TABLES, editions, reference

from convert import style


def test_the_reference_is_current() -> None:
    assert FILE.read_text("utf-8") == reference(), "run python -m tests.style_reference"


@pytest.mark.parametrize("name", KEYS)
def test_every_key_has_its_words(name: str) -> None:
    assert list(KEYS[name]) == [field.name for field in msgspec.structs.fields(getattr(style, name))]


def test_each_key_changes_an_edition_and_the_reference_says_which() -> None:
    said = editions()
    assert list(said) == [str(key) for key in STYLE_KEYS]
    # What these do needs a text of its own: a character no font draws, a page kept beside the text.
    assert {name for name, where in said.items() if not where} == {"pdf.missing_glyphs", "pdf.attach_source"}
    some = a_part(STYLE_KEYS, 3)
    assert written(some) == {str(key): said[str(key)] for key in some}


def test_every_table_and_role_is_there() -> None:
    assert {struct for struct, _ in TABLES.values()} == set(KEYS)
    known = {name.partition(".")[0] for name in TABLES} | {"name", "description", "languages"}
    assert known == set(style.Style.__struct_fields__)
    assert tuple(ROLES) == style.Elements.__struct_fields__


def test_what_the_reference_names_is_read() -> None:
    """A key of the reference is a key of the reader: each table of the shipped styles holds no other."""
    for name in style.names():
        raw = tomllib.loads((style.styles_folder() / f"{name}.toml").read_text("utf-8"))
        for table, (struct, _) in TABLES.items():
            if "ROLE" not in table:
                assert set(raw.get(table, {})) <= set(KEYS[struct]), table
