"""The reference of style keys is current, and says something of every key there is."""

from __future__ import annotations

import tomllib

import msgspec
import pytest
from style_reference import FILE, KEYS, ROLES, TABLES, reference

from convert import style


def test_the_reference_is_current() -> None:
    assert FILE.read_text("utf-8") == reference(), "run python -m tests.style_reference"


@pytest.mark.parametrize("name", KEYS)
def test_every_key_has_its_words(name: str) -> None:
    assert list(KEYS[name]) == [field.name for field in msgspec.structs.fields(getattr(style, name))]


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
