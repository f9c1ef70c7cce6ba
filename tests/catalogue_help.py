"""Finished output folders made cheaply: a few documents are converted, their editions linked under other names."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec
from conftest import SAMPLE, environment

from convert import publish
from convert.publish import Entry

HOSTILE = (
    "<script>document.title='harm'</script>",
    '"><img src=x onerror="document.title=\'harm\'">',
    "\u202e\u5012\u7740\u7684\u9898\u540d\u2066 (RLO)\u2028\u200f",
    "</script><!--]]>&amp;\\u003cb\\u003e' onload='x",
    "\u957f" * 500,
    "wide " * 100,
    "\x00\x07\ufffe bell",
)
"""Titles that want to be markup, to turn the text around them, or never to end."""
YEARS = range(2010, 2027)
SOURCES = ("\u5317\u4eac\u65e5\u62a5", "\u65b0\u534e\u793e", "\u6d2a\u5c71\u9547\u4eba\u6c11\u653f\u5e9c", "")


NOTICE = """关于开展古籍数字化工作的通知
来源\uff1a文化和旅游局
日期\uff1a2023-03-05
各街道办事处\uff1a
  为做好古籍的保护和利用\uff0c现将有关事项通知如下\u3002
  一\u3001工作目标
  三年内完成馆藏珍本的扫描\u3001著录和公开\uff0c让读者在家里也能翻看宋版书\u3002
"""


def finished(folder: Path, *formats: str) -> Path:
    """An output folder as `convert` leaves it: the sample in three editions, and a notice in the formats given."""
    source = folder.parent / "source"
    source.mkdir()
    (source / "notice.txt").write_text(NOTICE, encoding="utf-8")
    notice = ("source/notice.txt", "-o", folder, *(f"--to={name}" for name in formats))
    for arguments in ((SAMPLE, "-o", folder), notice):
        command = [sys.executable, "-m", "convert", "convert", "--quiet", *map(str, arguments)]
        subprocess.run(command, check=True, cwd=folder.parent, env=environment(), timeout=300)
    return folder


def record(folder: Path, entries: Iterable[Entry], without: Iterable[Entry] = ()) -> None:
    """Writes the folder's manifest anew with some entries more or changed, and some away."""
    with publish.Journal(folder) as journal:
        journal.record(entries)
        journal.forget(without)
        journal.finish()
        journal.remove()


def many(folder: Path, count: int, titles: tuple[str, ...] = ()) -> list[Entry]:
    """Fills up a finished folder to `count` documents: copies with titles and dates of their own; `titles` first.

    Documents without a PDF are not copied: each would have to be given a cover of its own.
    """
    entries = list(publish.read_manifest(folder).documents)
    models = [entry for entry in entries if any(one.format == "pdf" for one in entry.editions)]
    for number in range(count - len(entries)):
        model = models[number % len(models)]
        title = titles[number] if number < len(titles) else f"{model.metadata.title} \u7b2c{number}\u53f7"
        entries.append(_copy(folder, model, number, title))
    record(folder, entries)
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
