"""The catalogues of messages: `python -m tests.messages` makes each `wenban.mo` anew from the `wenban.po` beside it.

The texts in traditional Chinese are made of those in simplified Chinese before, by OpenCC with the terms of Taiwan.
A `.po` file is read as far as ours go: comments, `msgid`, `msgstr`, texts over several lines.
"""

from __future__ import annotations

import ast
import json
import re
import struct
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "convert" / "words" / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/wenban.po"))
MAGIC = 0x950412DE
CHINESE, TRADITIONAL = (LOCALE / name / "LC_MESSAGES" / "wenban.po" for name in ("zh_CN", "zh_TW"))
TERMS = {
    "釋出": "發布", "發佈": "發布", "許可權": "權限", "型別": "類型", "二進位制": "二進位", "重灌": "重新安裝",
    "宣告": "聲明", "迴圈": "循環", "引數": "參數", "剪下": "裁切", "埠": "連接埠", "軟體包": "套件", "列表": "清單",
    "原始檔": "來源檔", "制作": "製作", "文本": "文字", "zh_CN": "zh_TW",
}  # fmt: skip
"""Terms of OpenCC's (`s2twp`) that mean something else in our messages, and what is said in Taiwan."""


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


def traditional(texts: dict[str, str]) -> dict[str, str]:
    """The texts in traditional Chinese, in the words of Taiwan."""
    import opencc

    convert = opencc.OpenCC("s2twp").convert
    terms = re.compile("|".join(map(re.escape, TERMS)))
    return {id: terms.sub(lambda found: TERMS[found[0]], convert(text)) for id, text in texts.items()}


def written(texts: dict[str, str]) -> str:
    """A catalogue as a `.po` file."""
    head = "# Traditional Chinese, made of zh_CN by `python -m tests.messages`: edit that, or the terms there.\n"
    entry = "msgid {}\nmsgstr {}\n"
    return head + "\n".join(
        entry.format(*(json.dumps(one, ensure_ascii=False) for one in pair)) for pair in texts.items()
    )


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
    TRADITIONAL.parent.mkdir(parents=True, exist_ok=True)
    TRADITIONAL.write_text(written(traditional(entries(CHINESE))), encoding="utf-8")
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/wenban.po")):
        source.with_suffix(".mo").write_bytes(compiled(entries(source)))
