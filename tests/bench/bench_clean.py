"""Cleaning a law of 100,000 characters, and how the time grows: `python -m tests.bench.bench_clean`.

The law is made here: chapters, articles, items and paragraphs in the proportions of real ones, as a page has it and as
NFKC damages it.  Processor time, best of several runs.  Ends with 1 where the budget is broken.
"""

from __future__ import annotations

import sys
import time
import unicodedata

from convert.clean import clean
from convert.model import Document
from convert.readers.text import parse

BUDGET = 0.150
"""Seconds for 100,000 characters."""
GROWTH = 1.3
"""Time for each character at four times the length, against that at the shorter."""

_CLAUSES = (
    "县级以上地方人民政府应当加强对保护管理工作的组织领导\uff0c将所需经费列入本级预算\uff1b",
    "任何单位和个人不得损害\u3001侵占\u3001破坏\uff08以下统称损害\uff09保护对象及其生长环境\uff1b",
    "违反本条例第十二条规定的\uff0c由主管部门责令改正\uff0c处5000元以上5万元以下的罚款\uff1b",
    "法律\u3001行政法规对\u201c两个以上\u201d的主管部门另有规定的\uff0c依照其规定\uff1a不适用本条\u3002",
)
_HAN = "零一二三四五六七八九"


def _number(value: int) -> str:
    """A Han number below a thousand, as laws count."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    text = (_HAN[hundreds] + "百") if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not text else _HAN[tens]) + "十"
    elif text and ones:
        text += "零"
    return text + (_HAN[ones] if ones else "")


def law(characters: int) -> str:
    """A law of at least that length."""
    lines = ["中华人民共和国保护管理法", "2024年4月26日 第十四届全国人民代表大会常务委员会第九次会议通过"]
    length, article = 0, 0
    while length < characters:
        article += 1
        added: list[str] = []
        if article % 12 == 1:
            added.append(f"第{_number(article // 12 + 1)}章 管理")
        clauses = [_CLAUSES[(article + at) % len(_CLAUSES)] for at in range(4)]
        added.append(f"第{_number(article % 1000)}条 {clauses[0]}{clauses[1][:-1]}\u3002")
        if article % 3 == 0:
            added[-1] = added[-1][:-1] + "\uff1a"
            added += [f"\uff08{_number(at)}\uff09{clause}" for at, clause in enumerate(clauses, 1)]
        added.append(f"{clauses[2][:-1]}\u3002")
        lines += added
        length += sum(map(len, added)) + len(added)
    return "\n".join(lines)


def seconds(document: Document, repetitions: int = 5) -> float:
    """Processor time of cleaning, the best of several runs."""
    best = float("inf")
    for _ in range(repetitions):
        start = time.process_time()
        clean(document)
        best = min(best, time.process_time() - start)
    return best


def main() -> int:
    broken = False
    print(f"{'characters':>10} {'as it is':>10} {'after NFKC':>10}   budget at 100,000: {BUDGET * 1000:.0f} ms")
    times: dict[tuple[int, str], float] = {}
    for length in (25_000, 100_000, 400_000):
        text = law(length)
        for form in ("as it is", "NFKC"):
            source = text if form == "as it is" else unicodedata.normalize(form, text)
            times[length, form] = seconds(parse(source))
        print(f"{length:10,} {times[length, 'as it is'] * 1000:7.0f} ms {times[length, 'NFKC'] * 1000:7.0f} ms")
    for form in ("as it is", "NFKC"):
        growth = times[400_000, form] / 4 / times[100_000, form]
        broken |= times[100_000, form] > BUDGET or growth > GROWTH
        print(f"{form}: a character of 400,000 takes {growth:.2f} x the time of one of 100,000")
    print("BROKEN" if broken else "kept")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
