"""`import wenban`: the public names of `convert` under the name that the package has elsewhere.

The wheel puts this file beside `convert` as `wenban.py`, for another package on the index has a module called `convert`
too.
"""

from __future__ import annotations

from convert import (
    ConvertError,
    Document,
    Style,
    __version__,
    batch,
    convert,
    map_blocks,
    read,
    to_json,
    with_metadata,
    write,
)

__all__ = [
    "ConvertError",
    "Document",
    "Style",
    "__version__",
    "batch",
    "convert",
    "map_blocks",
    "read",
    "to_json",
    "with_metadata",
    "write",
]
