"""Documents of Word and WPS -> a raw document: what their styles, numbers, tables, notes and pictures say.

In: a `Source` of DOCX (ISO/IEC 29500-1, WordprocessingML).  python-docx opens the package, the text is put into HTML
and read as a whole (`html.whole`).  Deleted text of tracked changes and comments are not in it; a contents, headers,
footers and hidden text are left out with a reason.  Numbers that the program counts are text, for readers see them so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...zh.wordstyles import KINDS

if TYPE_CHECKING:
    from ...model import Document
    from ...source import Source

__all__ = ["KINDS", "read"]


def read(source: Source) -> Document:
    """The raw document of a DOCX.  Raises SourceError: it is broken or unpacks to too much; NoContentError."""
    from . import reader

    return reader.read(source)
