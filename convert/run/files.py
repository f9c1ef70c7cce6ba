"""The files that editions are made from, for what looks whether one has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from .. import source
from ..errors import ConvertError

_BESIDE = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".css")


def files_of(sources: Sequence[str], style: str, corrections: str) -> Iterator[str]:
    """The files that editions are made from: the pages, what may lie beside them, the style and the options."""
    for given in sources:
        try:
            for path in source.find([*source.listed(given)], lambda _: None):
                yield str(path)
                yield from source.sidecar_places(str(path), corrections)
        except ConvertError:
            yield given
        if os.path.isdir(given):
            for folder, _, names in os.walk(given):
                yield from (os.path.join(folder, name) for name in names if name.lower().endswith(_BESIDE))
    yield style
    yield "wenban.toml"
