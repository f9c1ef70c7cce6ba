"""Broken pages by the thousand, made from a seed: each is read and cleaned, or refused with a reason.

    python -m tests.fuzz_html [--cases 100000] [--seed 0]

Four kinds in turn: pages of the fixtures with bytes changed, cut out and doubled; trees of tags at random, many never
closed; pages in one charset that say another, with bytes that belong to none; and nests of one tag, up to 3,000 deep.
Prints how many were read, why the others were refused, and the longest time (of the processor) and the most memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import Counter
from pathlib import Path

from convert import source
from convert.clean import clean
from convert.errors import ConvertError
from convert.model import ledger, replay
from convert.readers import html
from convert.readers.html.sight.dom import words

PAGES = sorted((Path(__file__).parent / "fixtures" / "html").glob("*.html"))
TAGS = sorted(
    words(
        "div p span b a ul ol li table tr td th caption blockquote h1 h3 pre br hr img sup font center form button svg "
        "figure figcaption details dl dd noscript math iframe o:p x-y template style script title meta body ruby rt"
    )
)
ATTRIBUTES = (
    'class="comment"', "class=article", 'href="#n"', 'id="n"', 'href="http://[x"', 'style="display:none"',
    'style="font-size:1.2.3px;color:#fff"', "style=visibility:hidden", 'style="text-align:right"', "hidden",
    'src="../../etc/passwd"', 'src="data:image/png;base64,AA"', "colspan=99999", "rowspan=0", "start=-5", "value=x",
    'lang="en"', 'charset="big5"', 'content="2020-13-45"', "align=center", "bgcolor=#zzz", "width=1",
)  # fmt: skip
TEXTS = (
    "中文\uff0c段落\u3002", "\u3000\u3000缩进的文字\uff0c内容较长\u3002", "2021年13月32日", "来源\uff1a",
    "编辑 | 张三", "上一篇\uff1ax", "原标题\uff1a甲", "[1]", "&#x0;&#xD800;&nbsp;", " \n\t", "\u200b\ufeff",
    "<", "&", "]]>", "<!--", "\x00",
    "\u300c\u201c\u2018\"'", "\U00020000\ue000\ufffd",
)  # fmt: skip
CODECS = ("utf-8", "gb18030", "big5hkscs", "cp932", "cp949", "utf-16-le", "utf-16", "latin-1")
LABELS = ("utf-8", "gb2312", "big5", "shift_jis", "euc-kr", "utf-16", "iso-8859-1", "hz", "x-unknown", "")


def case(seed: int) -> bytes:
    """The page of a seed."""
    chance = random.Random(seed)
    return (_mutated, _tree, _miscoded, _nested)[seed % 4](chance)


def _mutated(chance: random.Random) -> bytes:
    data = bytearray(chance.choice(_pages()))
    start = chance.randrange(len(data))
    data = data[start : start + chance.randint(200, 6_000)] if chance.random() < 0.7 else data
    for _ in range(chance.randint(1, 12)):
        at, length = chance.randrange(len(data) + 1), chance.randint(1, 40)
        match chance.randrange(4):
            case 0:
                data[at : at + length] = chance.randbytes(chance.choice((1, 1, 2, length)))
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[max(0, at - 10 * length) : at]
            case _:
                data[at:at] = chance.choice((b"<", b">", b'"', b"</div>", b"<table>", b"<!--", b"-->", b"<style>"))
    return bytes(data)


def _tree(chance: random.Random) -> bytes:
    parts: list[str] = []
    open_tags: list[str] = []
    for _ in range(chance.randint(1, 60)):
        match chance.randrange(4):
            case 0 | 1:
                parts.append(chance.choice(TEXTS) * chance.choice((1, 1, 1, 5)))
            case 2:
                tag = chance.choice(TAGS)
                parts.append(f"<{tag} {' '.join(chance.sample(ATTRIBUTES, chance.randint(0, 3)))}>")
                open_tags.append(tag)
            case _ if open_tags:
                parts.append(f"</{open_tags.pop(chance.randrange(len(open_tags)))}>")
    return "".join(parts).encode("utf-8", "replace")


def _miscoded(chance: random.Random) -> bytes:
    text = chance.choice(_pages()).decode()
    start = chance.randrange(len(text))
    text = text[start : start + chance.randint(100, 2_000)]
    label = chance.choice(LABELS)
    data = bytearray(f'<meta charset="{label}"><p>{text}'.encode(chance.choice(CODECS), "ignore"))
    for _ in range(chance.randint(0, 5)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _nested(chance: random.Random) -> bytes:
    tags = chance.sample(TAGS, chance.randint(1, 3))
    depth = chance.choice((3, 30, 200, 200, 1_000, 3_000))
    return (
        "".join(f"<{tag}>" for tag in tags) * (depth // len(tags)) + "\u4e2d\u6587\uff0c\u6bb5\u843d\u3002"
    ).encode()


def _pages() -> list[bytes]:
    if not _READ:
        _READ.extend(path.read_bytes() for path in PAGES)
    return _READ


_READ: list[bytes] = []


def check(data: bytes) -> str:
    """What became of a page: `read`, or the kind of error it was refused with.  Raises what no page may raise."""
    try:
        page = source.from_bytes(data, "page.html")
        if page.media_type != source.HTML:
            return "plain text"
        document = html.read(page)
        text = replay(document.source, ledger(document), document.repairs)
        document = clean(document)
    except ConvertError as error:
        return type(error).__name__ if error.remedy else "FAULT no remedy"
    assert replay(document.source, ledger(document), document.repairs) == text, "cleaning lost the source text"
    assert document.source.lines == text.count("\n") + 1
    return "read"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    ends: Counter[str] = Counter()
    longest = (0.0, -1)
    for seed in range(chosen.seed, chosen.seed + chosen.cases):
        start = time.process_time()
        try:
            ends[check(case(seed))] += 1
        except Exception as error:
            ends[f"FAULT {type(error).__name__}"] += 1
            print(f"seed {seed}: {type(error).__name__}: {error}", flush=True)
        longest = max(longest, (time.process_time() - start, seed))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{chosen.cases} cases from seed {chosen.seed}: {dict(ends.most_common())}")
    print(f"longest {longest[0]:.2f} s (seed {longest[1]}), most memory {memory} MB")


if __name__ == "__main__":
    main()
