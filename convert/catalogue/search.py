"""The search index: files a static page can load piece by piece, for there is no server to ask.

In: the texts of the documents, one after another.  Out: JavaScript files that each call one function of the page's
script (`assets/catalogue.js`), because a page opened from a disk may load scripts and nothing else:

- `text/KEY.js`: a part of a document's text, to show what was found and to make sure that it is there;
- `grams/N.js`: for each pair of characters of shard N the parts it occurs in.

A part is named by its content, so equal texts are kept once.  Texts are folded before they are cut into pairs: NFKC
and lower case for each character by itself, white space left out; the script folds in the same way.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator

from .script import call

PART = 24_000
"""Characters of a part: what is loaded to show one place of a text."""
LONGEST = 100
"""Characters a searched phrase may have: parts overlap by that much, so none is cut in two."""

_BUCKETS = 1024  # the most shards there can be
_SHARD = 8_000  # bytes a shard should have
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_UNSEARCHED = re.compile(
    "[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\xbf\u2000-\u2bff\u3000-\u3004\u3008-\u303f\ufe10-\ufe6f\ufffc-\uffff]"
)
"""Marks and signs: no pair is made with them.  The script has the same list."""


class _Folding(dict[int, str]):
    def __missing__(self, char: int) -> str:
        folded = "".join(unicodedata.normalize("NFKC", chr(char)).lower().split())
        return self.setdefault(char, folded)


_FOLDING = _Folding()


def fold(text: str) -> str:
    """A text as it is compared: character by character, so that the script can find the place in the original."""
    return text.translate(_FOLDING)


def parts(text: str) -> list[str]:
    """A text cut into overlapping parts; a text without characters has none."""
    step = PART - LONGEST
    return [text[at : at + PART] for at in range(0, max(len(text) - LONGEST, 1), step)] if text else []


def key(part: str) -> str:
    """The name of a part's file."""
    return hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def text_file(part: str) -> bytes:
    """The file of a part."""
    return call("text", key(part), part)


def grams(part: str) -> set[str]:
    """The pairs of characters of a part."""
    runs = _UNSEARCHED.split(fold(part))
    return {pair for run in runs for pair in map(str.__add__, run, run[1:])}


class Index:
    """Grows part by part; eight bytes for each pair of a part, and no text."""

    def __init__(self) -> None:
        self._buckets = [array("Q") for _ in range(_BUCKETS)]
        self._count = 0

    def add(self, pairs: Iterable[str]) -> None:
        """Adds the next part by its `grams`."""
        number, buckets = self._count, self._buckets
        for pair in pairs:
            first, second = ord(pair[0]), ord(pair[1])
            buckets[(first * 31 + second) % _BUCKETS].append((first << 43) | (second << 22) | number)
        self._count += 1

    def shards(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each shard's number and content.  The number of shards is a power of two."""
        count = self.shard_count
        for number in range(count):
            found = sorted(itertools.chain.from_iterable(self._buckets[number::count]))
            yield number, {pair: _encoded(places) for pair, places in _grouped(found)}

    @property
    def shard_count(self) -> int:
        """How many files the index is written to, a power of two."""
        # About three characters for each posting: its gap, and its share of the pair's own name.
        wanted = 3 * sum(map(len, self._buckets)) // _SHARD
        return min(_BUCKETS, 1 << max(wanted, 1).bit_length() - 1)


def _grouped(postings: list[int]) -> Iterator[tuple[str, list[int]]]:
    for pair, group in itertools.groupby(postings, lambda posting: posting >> 22):
        yield chr(pair >> 21) + chr(pair & 0x1FFFFF), [posting & 0x3FFFFF for posting in group]


def _encoded(numbers: list[int]) -> str:
    """Growing numbers as the gaps between them, five bits a character, the lowest first."""
    out: list[str] = []
    last = -1
    for number in numbers:
        gap, last = number - last - 1, number
        while gap > 31:
            out.append(_DIGITS[32 | gap & 31])
            gap >>= 5
        out.append(_DIGITS[gap])
    return "".join(out)
