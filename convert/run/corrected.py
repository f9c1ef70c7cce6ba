"""The corrections of a document, as a run finds them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .. import source, style
from ..errors import Said, UsageError

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


def of(path: str, folder: str, fields: tuple[tuple[str, str], ...]) -> Sidecar | None:
    """What a person says of the document of a source, in its sidecar and, before that, in the options of the run.

    folder, fields: as `Options.corrections` and `Options.metadata`.  Raises what `sidecar` raises; UsageError: fields
    are set of a document in JSON.
    """
    own = sidecar(path, folder)
    if not fields:
        return own
    if path.lower().endswith(".json"):
        raise UsageError(Said("json-metadata"), where=path)
    return with_metadata(own, path, fields)


def with_metadata(own: Sidecar | None, path: str, fields: tuple[tuple[str, str], ...]) -> Sidecar:
    """A sidecar that says fields of metadata too; where there was none, one that nobody has written, of this path.

    Raises SourceError: a value does not fit its field.
    """
    from ..corrections import Corrections, MetadataCorrection, merged, parsed, written

    text, place, old = (own.text, own.path, own.corrections) if own is not None else ("", path, Corrections())
    new = merged(old, Corrections(metadata=MetadataCorrection(**dict(fields))))  # type: ignore[arg-type]
    return parsed(written(new, text).encode(), place)


def style_of(sidecar: Sidecar, given: str) -> str:
    """The style of a document, with its form: as its sidecar says, else as given for the run.  A file lies beside the
    sidecar."""
    own = sidecar.corrections.document
    name = own.style
    if name is not None and name.endswith(".toml"):
        name = os.path.join(os.path.dirname(sidecar.path), name)
    form = own.form or style.parted(given)[1]
    return style.formed(name or given, form)
