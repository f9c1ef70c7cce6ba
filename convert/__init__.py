"""wenban: scraped Chinese web pages -> publication-grade DOCX, PDF and EPUB editions.

The public names: `convert` one source, `batch` many, `read` one without writing; `with_metadata` and `map_blocks`
change what was read, `Document.text` and `to_json` say it, `write` makes one edition of it; and the types they deal in.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from .errors import ConvertError

# At once, and `batch` imports nothing heavy: these functions have to take their names before the modules do.
from .run.batch import batch, convert
from .version import VERSION

if TYPE_CHECKING:
    from .model import Document
    from .run.api import map_blocks, read, to_json, with_metadata, write
    from .style import Style

__all__ = [
    "ConvertError", "Document", "Style", "batch", "convert", "map_blocks", "read", "to_json",
    "with_metadata", "write",
]  # fmt: skip
__version__ = VERSION

_LATER = {
    "Document": "model",
    "Style": "style",
    **dict.fromkeys(("map_blocks", "read", "to_json", "with_metadata", "write"), "run.api"),
}


def __getattr__(name: str) -> Any:
    """The names that need heavier modules, imported when they are first asked for."""
    if name in _LATER:
        return getattr(importlib.import_module(f".{_LATER[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
