"""What the page says of itself is held by metadata: no line is set aside as `meta` without what it says being kept.

In: the labelled blocks and the metadata.  Out: the metadata, with what no field has of such lines in `extra`, which the
source note prints.  A line that is no more than a label has nothing to keep.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec.structs import asdict, replace

from ..model import Block, Metadata, Paragraph, block_text, walk

_SPACE = re.compile(r"\s+")
_OPENED = {"(": ")", "[": "]", "\uff08": "\uff09", "\u3010": "\u3011"}
_LABEL = re.compile(r"\s*([^0-9\uff1a:|/\uff5c\u4e28]{1,12}?)\s*[\uff1a:|/\uff5c\u4e28]\s*(.*)", re.DOTALL)
_OF_THE_PAGE = (("zh-Hant", "網頁資訊"), ("ja", "ページの情報"), ("ko", "페이지 정보"))
_DATE = re.compile(r"(\d{4})-(\d\d?)(?:-(\d\d?))?")


def held(blocks: tuple[Block, ...], metadata: Metadata) -> Metadata:
    """The metadata with all that the lines say that were taken for it."""
    lines = list(unheld(blocks, metadata))
    if not lines:
        return metadata
    return replace(metadata, extra=(*metadata.extra, *(_pair(line, metadata.language) for line in lines)))


def unheld(blocks: tuple[Block, ...], metadata: Metadata) -> Iterator[str]:
    """The lines that were taken for metadata, and of which it has nothing."""
    said = [value for value in asdict(metadata).values() if isinstance(value, str)]
    said += [part for pair in metadata.extra for part in pair]
    values = [bare for value in said if (bare := _SPACE.sub("", value))]
    dates = [set(map(int, filter(None, date.groups()))) for value in values if (date := _DATE.match(value))]
    for block in walk(blocks):
        if isinstance(block, Paragraph) and block.role == "meta":
            line = block_text(block).strip()
            if line[:1] in _OPENED and line[-1:] == _OPENED[line[0]]:
                line = line[1:-1]
            text, parted = _SPACE.sub("", line), _LABEL.fullmatch(line)
            numbers = set(map(int, re.findall("[0-9]{1,6}", unicodedata.normalize("NFKC", text))))
            if not (
                not any(map(str.isalnum, text))
                or (parted is not None and not parted[2])
                or any(value in text or text in value for value in values)
                or any(date <= numbers for date in dates)
            ):
                yield line


def _pair(line: str, language: str | None) -> tuple[str, str]:
    """A line as a label and what it says; of one without a label, that the page says it."""
    parted = _LABEL.fullmatch(line)
    name, value = (
        (parted[1], parted[2])
        if parted is not None
        else (next((name for tag, name in _OF_THE_PAGE if (language or "").startswith(tag)), "网页信息"), line)
    )
    return name, " ".join(value.split())
