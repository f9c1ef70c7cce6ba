"""wenban: scraped Chinese web pages -> publication-grade DOCX, PDF and EPUB editions.

The public names: `convert` one source, `batch` many, `read` one without writing, and the types they deal in.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

# At once, and `batch` imports nothing heavy: these functions have to take their names before the modules do.
from .batch import batch, convert
from .errors import ConvertError

if TYPE_CHECKING:
    from .model import Document
    from .pipeline import read
    from .style import Style

__all__ = ["ConvertError", "Document", "Style", "batch", "convert", "read"]
__version__ = "0.1.0"

_LATER = {"Document": "model", "Style": "style", "read": "pipeline"}


def __getattr__(name: str) -> Any:
    """The names that need heavier modules, imported when they are first asked for."""
    if name in _LATER:
        return getattr(importlib.import_module(f".{_LATER[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
