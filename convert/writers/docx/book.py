"""What all parts of one Word file share, its comments with it."""

from __future__ import annotations

from ...model import Document
from ...style import Style
from ..office.book import Book
from .remarks import Remarks


class WordBook(Book):
    """As any edition's for word processors.  remarks: the comments."""

    def __init__(self, document: Document, style: Style) -> None:
        super().__init__(document, style)
        self.remarks = Remarks(document, style.docx.show_repairs)
