"""The day a document was signed, for what orders or names documents by their days where a page does not say its own."""

from __future__ import annotations

from ..model import Document, Heading, Paragraph, plain
from ..zh import dates


def signing_date(document: Document) -> str | None:
    """The day in the first closing group that has one, as ISO 8601; None where there is none above an attachment,
    whose own signature says nothing of the document."""
    for block in document.blocks:
        if not isinstance(block, Paragraph | Heading):
            continue
        if block.element in ("annex_label", "annex_title"):
            return None
        if isinstance(block, Paragraph) and block.closing and (day := dates.iso_date(plain(block.children))):
            return day
    return None
