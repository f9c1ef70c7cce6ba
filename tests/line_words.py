"""What the words that cleaning knows do to a plain text: `python -m tests.line_words` writes `fixtures/line-words.txt`.

Each word and each alternative of a pattern in `convert/clean` is put into one small text in several ways: as a line
before the title, as a heading, as a line of its own, at the beginning and the end of a paragraph, behind the text.
Written down is what differs from a word that nobody knows: the kind of each such line, what the metadata holds, and how
often each repair was made.
"""

from __future__ import annotations

import importlib
from collections import Counter
from functools import cache
from pathlib import Path

from convert.model import ledger
from convert.run.reading import read
from tests.vocabulary import unfolded

ROOT = Path(__file__).resolve().parents[1]
KNOWN = Path(__file__).resolve().parent / "fixtures" / "line-words.txt"
CLEANING = ROOT / "convert" / "clean"
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in CLEANING.rglob("*.py") if path.stem != "__init__"
)
BODY = "今年以来\uff0c全镇坚持以群众需求为导向\uff0c扎实推进各项重点工作\uff0c取得了较好的成效"
LINES = {
    "before": "{word}",
    "title": "甲县关于做好有关工作的通知",
    "first": BODY + "\u3002",
    "heading": "一\u3001{word}",
    "below": BODY + "\u3002",
    "alone": "{word}",
    "second": "二\u3001工作安排",
    "begun": "{word}" + BODY + "\u3002",
    "ended": BODY + "{word}",
    "last": BODY + "\u3002",
    "behind": "{word}",
}
"""Place -> the line there."""
_UNKNOWN = "碌碡"


def words() -> list[str]:
    """The words and alternatives of all modules, each once, in order."""
    found: dict[str, None] = {}
    for module in MODULES:
        for name, value in vars(importlib.import_module(module)).items():
            for text in unfolded(value) if not name.startswith("__") else ():
                if text.isprintable() and 0 < len(text.strip()) == len(text) <= 40:
                    found.setdefault(text)
    return list(found)


def _read(word: str) -> dict[str, str]:
    document = read("page.txt", data="\n".join(LINES.values()).replace("{word}", word) + "\n", plain=True)
    kinds: dict[str, list[str]] = {place: [] for place in LINES}
    places = list(LINES)
    for entry in ledger(document):
        said = f"{entry.kind}{entry.level or ''}" + (f"({entry.reason})" if entry.reason else "")
        for line in range(entry.lines[0], entry.lines[1] + 1):
            kinds[places[line - 1]].append(said)
    found = {place: "+".join(said) for place, said in kinds.items()}
    for name in document.metadata.__struct_fields__:
        if value := getattr(document.metadata, name):
            found[name] = str(value)
    found |= {rule: str(count) for rule, count in Counter(repair.rule for repair in document.repairs).items()}
    return found


@cache
def _usual() -> dict[str, str]:
    return _read(_UNKNOWN)


def done(word: str) -> str:
    """What a word changes, a word for each place, field and repair."""
    found, usual = _read(word), _usual()
    return " ".join(
        f"{name}={found.get(name, '-').replace(word, '~').replace(' ', '_')}"
        for name in dict.fromkeys((*usual, *found))
        if found.get(name) != usual.get(name, "").replace(_UNKNOWN, word)
    )


def write() -> None:
    """Writes all anew."""
    KNOWN.write_text("".join(f"{word}\t{said}\n" for word in words() if (said := done(word))), encoding="utf-8")


if __name__ == "__main__":
    write()
