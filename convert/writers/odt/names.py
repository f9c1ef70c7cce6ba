"""What the styles of the file are called, by role: those of LibreOffice where it has one, so that its menus and its
names for them in Chinese work; our own in English.
"""

from __future__ import annotations

from ..office.measures import HEADING_LEVELS, LIST_LEVELS

ROLES: dict[str, str] = {
    "title": "Title",
    "subtitle": "Subtitle",
    "byline": "Byline",
    "dateline": "Dateline",
    "salutation": "Salutation",
    "note": "Note",
    "caption": "Caption",
    "quote": "Quotations",
    "signature": "Signature",
    "date": "Date",
    "attachment": "Attachment",
    "footnote": "Footnote",
    "source_note": "Source Note",
}
ELEMENTS: dict[str, str] = {
    "recipients": "Recipients",
    "public_note": "Public Note",
    "attendance": "Attendance",
    "annex_label": "Annex Label",
    "annex_title": "Annex Title",
    "classification": "Classification",
    "issuing_mark": "Issuing Mark",
    "document_number": "Document Number",
    "copy_to": "Copy To",
    "printing": "Printing",
}
"""The styles of an official document's elements."""
NORMAL = "Standard"
"""What every paragraph style descends from."""
BODY = "Text body"
PREFORMATTED = "Preformatted Text"
CELL, HEAD = "Table Contents", "Table Heading"
CONTENTS_TITLE = "Contents Heading"
FRAME = "Frame"
REFERENCE = "Footnote anchor"
FIRST, TURNED = "First Page", "Landscape"
"""Pages: of those that differ from the others."""


def encoded(name: str) -> str:
    """A style's name as the file writes it: an XML name (19.502)."""
    return name.replace(" ", "_20_")


def heading(level: int) -> str:
    """The style of a heading."""
    return f"Heading {min(level, HEADING_LEVELS)}"


def listed(depth: int) -> str:
    """The style of a list item, depth from 1."""
    return f"List {min(depth, LIST_LEVELS)}"


def contents(level: int) -> str:
    """The style of an entry of the contents."""
    return f"Contents {min(level, HEADING_LEVELS)}"


def run_in(level: int) -> str:
    """The character style of a run-in heading."""
    return f"Run-in Heading {min(level, 4)}"
