"""The corrections of a document, as a run finds them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .. import source

if TYPE_CHECKING:
    from ..corrections import Sidecar


def sidecar(path: str | os.PathLike[str], folder: str = "") -> Sidecar | None:
    """What a person says of the document of a source.  folder: as `Options.corrections`.

    Raises SourceError: the file cannot be read or understood.
    """
    found = source.sidecar_of(path, folder) if not os.fspath(path).lower().endswith(".json") else None
    if found is None:  # a document in JSON is corrected itself
        return None
    from ..corrections import parsed

    place, data = found
    return parsed(data, place)


def style_of(sidecar: Sidecar) -> str | None:
    """The style that a sidecar names: a file lies beside it."""
    name = sidecar.corrections.document.style
    if name is not None and name.endswith(".toml"):
        return os.path.join(os.path.dirname(sidecar.path), name)
    return name
