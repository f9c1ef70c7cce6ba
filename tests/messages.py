"""The catalogues of messages: `python -m tests.messages` makes each `wenban.mo` anew from the `wenban.po` beside it.

A `.po` file is read as far as ours go: comments, `msgid`, `msgstr`, texts over several lines.
"""

from __future__ import annotations

import ast
import struct
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "convert" / "words" / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/wenban.po"))
MAGIC = 0x950412DE


def entries(path: Path) -> dict[str, str]:
    """The texts of a catalogue by their id, the header under the empty one.  Raises ValueError for an id that stands
    twice or a line that is no part of an entry."""
    texts: list[list[str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        keyword, _, rest = line.partition(" ")
        if not line or line.startswith("#"):
            continue
        if keyword == "msgid":
            texts.append([ast.literal_eval(rest)])
        elif keyword == "msgstr":
            texts[-1].append(ast.literal_eval(rest))
        elif line.startswith('"'):
            texts[-1][-1] += ast.literal_eval(line)
        else:
            raise ValueError(f"{path}:{number}: {line}")
    known: dict[str, str] = {}
    for id, text in texts:
        if id in known:
            raise ValueError(f"{path}: {id!r} stands twice")
        known[id] = text
    return known


def compiled(texts: dict[str, str]) -> bytes:
    """A catalogue as gettext reads it (GNU gettext, The Format of GNU MO Files)."""
    pairs = [(id.encode(), text.encode()) for id, text in sorted(texts.items())]
    start = 28 + 16 * len(pairs)
    data = bytearray()
    index: list[tuple[int, int]] = []
    for side in (0, 1):
        for pair in pairs:
            index.append((len(pair[side]), start + len(data)))
            data += pair[side] + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + b"".join(struct.pack("<2I", *place) for place in index) + data


if __name__ == "__main__":
    for source in CATALOGUES:
        source.with_suffix(".mo").write_bytes(compiled(entries(source)))
