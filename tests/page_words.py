"""What the words that the HTML reader knows do to a page: `python -m tests.page_words` writes `fixtures/html-words/`.

Each word and each alternative of a pattern in `convert/readers/html` is put into a small page in several ways: as the
class of a block, as a line of its own before, in and behind the text, as the name of an element or attribute, as a
style.  Written down is what becomes of the block or line that it stands in.
"""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from convert.errors import ConvertError
from convert.model import ledger
from convert.run.reading import read
from tests.vocabulary import unfolded

ROOT = Path(__file__).resolve().parents[1]
KNOWN = Path(__file__).resolve().parent / "fixtures" / "html-words"
READER = ROOT / "convert" / "readers" / "html"
MODULES = [
    *sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in READER.rglob("*.py")
        if path.stem != "__init__"
    ),
    "convert.zh.captions",
    "convert.zh.titles",
]
BODY = "<p>今年以来\uff0c全镇坚持以群众需求为导向\uff0c扎实推进各项重点工作\uff0c取得了较好的成效\u3002</p>" * 3
LINE = "这一行是用来看的\uff0c不长也不短"
PAGE = (
    "<html><head><title>工作情况报告</title>{head}</head>"
    "<body><h1>工作情况报告</h1>{before}<div>{body}</div>{after}</body></html>"
)
WAYS = {
    "class before": {"before": '<div class="{word}"><p>{line}</p></div>'},
    "class in": {"body": BODY + '<div class="{word}"><p>{line}</p></div>' + BODY},
    "class after": {"after": '<div class="{word}"><p>{line}</p></div>'},
    "line before": {"before": "<p>{word}</p>"},
    "line in": {"body": BODY + "<p>{word}</p>" + BODY},
    "line after": {"after": "<p>{word}</p>"},
    "label": {"before": "<p>{word}\uff1a2021-03-05</p>"},
    "element": {"body": BODY + "<{word}>{line}</{word}>" + BODY},
    "attribute": {"body": BODY + '<p {word}="1">{line}</p><img {word}="a.jpg" alt="b">' + BODY},
    "style": {"body": BODY + '<p style="{word}">{line}</p>' + BODY},
    "meta": {"head": '<meta name="{word}" content="2021-03-05">'},
}
"""Way -> the parts of the page, with the word in one."""


def words(module: str) -> list[str]:
    """The words and alternatives of a module, each once, in order."""
    found: dict[str, None] = {}
    for name, value in vars(importlib.import_module(module)).items():
        if name.startswith("__") or getattr(value, "__module__", module) != module:
            continue
        for text in unfolded(value):
            if text.isprintable() and 1 < len(text.strip()) == len(text) <= 24 and not set(text) & set("<>\"'&={}"):
                found.setdefault(text)
    return list(found)


@cache
def usual(way: str) -> str:
    """What becomes of a word that nobody knows."""
    return done(way, "qwxz")


def done(way: str, word: str) -> str:
    """What becomes of a line in a page that has the word in some way: kinds and reasons, and the date that is found."""
    parts = {"head": "", "before": "", "body": BODY * 2, "after": "", **WAYS[way]}
    filled = {name: text.replace("{word}", word).replace("{line}", LINE) for name, text in parts.items()}
    try:
        document = read("page.html", data=PAGE.format(**filled))
    except (ConvertError, ValueError) as error:
        return type(error).__name__
    entries = [entry for entry in ledger(document) if entry.text and "今年以来" not in entry.text]
    said = [f"{one.kind}{one.level or ''}" + (f" ({one.reason})" if one.reason else "") for one in entries[1:]]
    date = [document.metadata.published] if document.metadata.published else []
    return ", ".join([*said, *date]) or "-"


def rows(module: str) -> list[str]:
    """A line for each word and way that makes a difference."""
    return [
        f"{word}\t{way}\t{said}\n" for word in words(module) for way in WAYS if (said := done(way, word)) != usual(way)
    ]


def write() -> None:
    """Writes all anew."""
    KNOWN.mkdir(parents=True, exist_ok=True)
    for old in KNOWN.iterdir():
        old.unlink()
    for module in MODULES:
        if said := rows(module):
            (KNOWN / f"{module.removeprefix('convert.readers.html.')}.txt").write_text("".join(said), encoding="utf-8")


if __name__ == "__main__":
    write()
