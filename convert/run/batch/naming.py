"""What editions are called, where that is to be the document's own title, number or date and not its file's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...errors import ConvertError
from ...model import Document, one_line
from .. import reading
from ..options import Options

Naming = Callable[[str], str]
"""Gives the name of the document in a file; empty where it has none."""

_LONGEST = 60
"""Characters of a name: a title may be a sentence."""


def naming_by(kind: str, options_of: Callable[[str], Options]) -> Naming | None:
    """How documents are named; None where it is after their files.  kind: of `project.NameBy`."""
    if kind == "file":
        return None

    def named(path: str) -> str:
        options = options_of(path)
        try:
            document = reading.read(path, options.language, options.skip, options.also, corrections=options.corrections)
        except ConvertError:  # whoever makes it says what is wrong
            return ""
        return name_of(document, kind, options.metadata)

    return named


def name_of(document: Document, kind: str, said: Sequence[tuple[str, str]] = ()) -> str:
    """The name of a document: its title; its number and title; or its date and title, the day of its signature where
    it does not say when it was published.  said: metadata that options say.

    Empty where it has neither title nor what was asked for.
    """
    from ...clean.signed import signing_date

    known = dict(said)
    title = one_line(known.get("title") or document.metadata.title or "").strip()
    before = {
        "number": document.metadata.document_number,
        "date": known.get("published") or document.metadata.published or signing_date(document),
    }
    first = (before.get(kind) or "").strip()
    return " ".join(filter(None, (first, title)))[:_LONGEST].strip()
