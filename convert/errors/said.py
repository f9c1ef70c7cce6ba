"""A message by its code: its English text, which every report shows, and what a translation is made from."""

from __future__ import annotations

from ..words.catalogues import english

Value = str | int | float
REMEDY = ".remedy"


class Said(str):
    """The English text of a message.  code: its entry in the catalogues (`words.catalogues`).  values: what its
    template was filled with, by name; a value may be a message itself.

    Raises KeyError where no catalogue has the code.
    """

    code: str
    values: dict[str, Value]

    def __new__(cls, code: str, /, **values: object) -> Said:
        template = english(code)
        if template is None:
            raise KeyError(f"no message has the code {code!r}")
        kept = {name: value if isinstance(value, str | int | float) else str(value) for name, value in values.items()}
        made = super().__new__(cls, template.format(**kept))
        made.code, made.values = code, kept
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Value]]:
        return (self.code,), self.values

    def remedy(self) -> str:
        """What to do next, where the catalogues say it."""
        code = self.code + REMEDY
        return Said(code, **self.values) if english(code) is not None else ""


def code_of(text: str) -> str:
    """The code of a message; empty for a text that has none, such as a plug-in's."""
    return text.code if isinstance(text, Said) else ""


def values_of(text: str) -> dict[str, Value]:
    """What a message was filled with, as plain data."""
    values = text.values if isinstance(text, Said) else {}
    return {name: str(value) if isinstance(value, str) else value for name, value in values.items()}
