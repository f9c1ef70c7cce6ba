"""Whether work grows faster than the text: one unit said again and again, in each place that text can stand.

`python -m tests.growth` makes each unit in each place long and ten times as long, and prints where the processor time
of a stage grows by more than GROWTH; `--count` says how long, `--only` which units.  The suite counts lines that are
run instead of time (`tests/test_growth.py`), so that its verdict does not depend on the machine.
"""

from __future__ import annotations

import argparse
import html
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import convert
from convert import verify, writers
from convert.model import Document
from convert.run import api, pipeline
from convert.style import load

GROWTH = 20
"""How many times the work of a text may be that of one a tenth as long."""
_LEAST = 0.5
"""Seconds: what takes less is not compared."""

_CHARACTERS = "\u6587 \u3005 \u3042 \u30a2 \u30fc \u3105 \uac00 a Z \u00e9 \u0430 \u03b1 1 \uff11 \u2160 \u2460 \u3220"
_MARKS = (
    "\uff0c \u3002 \u3001 \uff1b \uff1a \uff01 \uff1f \uff08 \uff09 \u300a \u300b \u3008 \u3009 \u3010 \u3011 \u300c"
    " \u300d \u201c \u201d \u2018 \u2019 \u2014 \u2026 \u00b7 \u2013 \uff5e \uff0f \u30fb"
    " , . ; : ! ? ( ) [ ] { } < > ' \" / \\ - _ = + * & ^ % $ # @ ~ ` |"
)
_LABELS = (
    "\u4e00\u3001 \uff08\u4e00\uff09 (1) 1. 1\u3001 1.1 1) a. (a) IV. \u2460 \u7b2c\u4e00\u6761 \u7b2c\u4e00\u7ae0"
    " \u9644\u4ef61: 2021\u5e741\u6708 \u3014 \u3014a [1] * \u2022 \u25a0"
)
_PAIRS = (
    "\u3002\u201d \uff0c\u201d \u201c\uff08 \u300a\u300b \uff08\uff09 () [] \u2014\u2014 \u2026\u2026 .. -- __ == a,"
    " \u6587, \u6587. 1,"
    " \u6587a \u6587\u3002 a\u3002 a- a/ www. http:// a@ \u6587( \u201ca \u2018\u6587 &amp; <b> </p> %20 0\u5e74"
)
_INVISIBLE = "\u00a0 \u3000 \u200b \u200d \u00ad \u200f \u2028 \ufeff \u0301 \ufe00 \u2066"
_SPACED = (" ", "\t", "a ", "\u6587 ", "\n", "\u6587\n")
UNITS = tuple(
    dict.fromkeys((*f"{_CHARACTERS} {_MARKS} {_LABELS} {_PAIRS}".split(" "), *_INVISIBLE.split(" "), *_SPACED))
)
"""Each class of character, each mark, each label, and pairs that are looked at together."""

_PROSE = (
    "\u8fd9\u662f\u4e00\u6bb5\u6b63\u6587\uff0c\u8bf4\u660e\u672c\u9875\u8bb2\u7684\u662f\u4ec0\u4e48\uff0c\u8bfb\u8005\u4e00\u770b\u5c31\u660e\u767d\u3002",
    "\u6625\u8015\u4ee5\u6765\uff0c\u5168\u53bf\u64ad\u79cd\u5c0f\u9ea6\u4e09\u5343\u4ea9\uff0c\u6bd4\u53bb\u5e74\u540c\u671f\u591a\u4e86\u4e24\u6210\u3002",
    "\u6c34\u5229\u7ad9\u7684\u540c\u5fd7\u9010\u6bb5\u68c0\u67e5\u6e20\u9053\uff0c\u628a\u51b2\u574f\u7684\u5730\u65b9\u4e00\u4e00\u4fee\u597d\u3002",
)
_BEGIN = "<!doctype html><html lang=zh><title>{title}</title><body><article><h1>{heading}</h1>"
_END = "".join(f"<p>{one}</p>" for one in _PROSE) + "</article>"


def _text(said: str) -> tuple[str, str]:
    return "a.txt", "\n".join(("\u6625\u8015", *_PROSE[:2], said, _PROSE[2]))


def _page(middle: str, title: str = "\u6625\u8015", heading: str = "\u6625\u8015") -> Callable[[str], tuple[str, str]]:
    page = _BEGIN.format(title=title, heading=heading) + middle + _END
    return lambda said: ("a.html", page.replace("SAID", html.escape(said)))


PLACES: dict[str, Callable[[str], tuple[str, str]]] = {
    "text": _text,
    "paragraph": _page("<p>SAID</p>"),
    "attribute": _page(f'<p class="SAID" id="SAID" style="SAID">{_PROSE[0]}{_PROSE[1]}</p>'),
    "title": _page("", title="SAID"),
    "heading": _page("", heading="SAID"),
    "cell": _page("<table><tr><th>\u6587<th>\u6570<tr><td>SAID<td>1</table>"),
}
"""Name of a place -> name and text of a page that says something there."""
FORMATS = ("docx", "pdf", "epub", "odt", "html")


def stages(place: str, said: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """The stages of a page, each with what does it; to be called in order."""
    style = load("gongwen")
    made: dict[str, bytes] = {}
    read: list[Document] = []

    def write(name: str) -> None:
        made[name] = pipeline.write(name, read[0], style)[0]

    name, text = PLACES[place](said)
    yield "read", lambda: read.append(api.read(name, data=text))
    for form in FORMATS:
        yield form, lambda form=form: write(form)  # type: ignore[misc]
        yield f"check {form}", lambda form=form: verify.check(form, made[form], writers.compose(read[0], style))  # type: ignore[misc]


def _times(place: str, said: str) -> dict[str, float]:
    found = {}
    for stage, work in stages(place, said):
        begin = time.process_time()
        try:
            work()
        except Exception as error:
            print(f"{place} {said[:4]!r} {stage}: {type(error).__name__}: {error}"[:160], flush=True)
            break
        found[stage] = time.process_time() - begin
    return found


def lines_run(place: str, said: str, wanted: tuple[str, ...] = ("read", "docx", "pdf")) -> int:
    """How many lines of the program a page takes to be read and made: the same on every machine.  wanted: the stages
    that count, in their order."""
    root, count = convert.__path__[0], 0

    def line(frame: FrameType, event: str, given: object) -> Any:
        nonlocal count
        count += event == "line"
        return line

    before = sys.gettrace()
    for stage, work in stages(place, said):
        if stage in wanted:
            sys.settrace(lambda frame, *_: line if frame.f_code.co_filename.startswith(root) else None)
            try:
                work()
            finally:
                sys.settrace(before)
        if stage == wanted[-1]:
            break
    return count


def main() -> int:
    """Prints what grows too fast; 1 where anything does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--places", default=",".join(PLACES))
    given = parser.parse_args()
    broken = 0
    for unit in (unit for unit in UNITS if not given.only or unit in given.only.split(" ")):
        for place in given.places.split(","):
            few, many = (_times(place, unit * count) for count in (given.count, 10 * given.count))
            for stage, took in many.items():
                if took > _LEAST and took > GROWTH * few[stage]:
                    broken += 1
                    print(f"{unit!r:12} {place:10} {stage:10} {few[stage]:7.3f} s, then {took:7.3f} s", flush=True)
    print(f"{broken} of {len(UNITS)} units in {len(PLACES)} places grow by more than {GROWTH}")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
