"""A finished output folder made cheaply: a few documents are converted, their editions copied under other names."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import msgspec

from convert import dist
from convert.dist import Edition, Entry, Manifest
from convert.model import Metadata

HOSTILE = (
    "<script>document.title='harm'</script>",
    "\"><img src=x onerror=\"document.title='harm'\">",
    "\u202e\u5012\u7740\u7684\u9898\u540d\u2066 (RLO)\u2028\u200f",
    "</script><!--]]>&amp;\\u003cb\\u003e' onload='x",
    "\u957f" * 500,
    "wide " * 100,
    "\x00\x07\ufffe bell",
)
"""Titles that want to be markup, to turn the text around them, or never to end."""
YEARS = range(2009, 2027)
SOURCES = ("\u5317\u4eac\u65e5\u62a5", "\u65b0\u534e\u793e", "\u6d2a\u5c71\u9547\u4eba\u6c11\u653f\u5e9c", "")


def many(folder: Path, count: int, titles: tuple[str, ...] = ()) -> list[Entry]:
    """Fills up a finished folder to `count` documents: copies with titles and dates of their own; `titles` first."""
    models = [entry for entry in dist.read_manifest(folder).documents if entry.editions]
    entries = list(models)
    for number in range(count - len(models)):
        model = models[number % len(models)]
        title = titles[number] if number < len(titles) else f"{model.metadata.title} \u7b2c{number}\u53f7"
        entries.append(_copy(folder, model, number, title))
    dist.record(folder, entries, Manifest())
    return entries


def _copy(folder: Path, model: Entry, number: int, title: str) -> Entry:
    stem = f"{model.stem}-{number:05}"
    for one in model.editions:
        copied = folder / f"{stem}.{one.format}"
        try:
            copied.hardlink_to(folder / one.name)
        except OSError:
            shutil.copy(folder / one.name, copied)
    editions = tuple(msgspec.structs.replace(one, name=f"{stem}.{one.format}") for one in model.editions)
    day = f"{YEARS[number % len(YEARS)]}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    metadata = msgspec.structs.replace(
        model.metadata, title=title, published=day, source=SOURCES[number % len(SOURCES)] or None
    )
    source = msgspec.structs.replace(model.source, path=f"source/{stem}.txt")
    return msgspec.structs.replace(model, stem=stem, source=source, metadata=metadata, editions=editions)


def put(folder: Path, stem: str, metadata: Metadata, **editions: bytes) -> Entry:
    """Publishes editions made by hand and gives their entry."""
    dist.publish(folder, {f"{stem}.{form}": data for form, data in editions.items()})
    made = tuple(
        Edition(form, f"{stem}.{form}", len(data), hashlib.sha256(data).hexdigest(), "unchecked")
        for form, data in editions.items()
    )
    return Entry(stem, dist.SourceRecord(f"source/{stem}.txt", "0" * 64), "done", metadata=metadata, editions=made)
