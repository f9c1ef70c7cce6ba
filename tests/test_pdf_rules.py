"""Every rule of line composition that glyph origins show, by a paragraph made for it: the audit finds nothing wrong
with the rule on, and finds that rule broken with the rule switched off; then all of them on random paragraphs.

A rule of `pdf_audit.RULES` without a case fails the first test.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from part import examples
from pdf_audit import RULES, Frame, faults, lines, title_faults

from convert import style, writers
from convert.clean.found import found
from convert.model import Block, Document, Heading, Metadata, Paragraph, SourceInfo, Text
from convert.typography import _CLASSES, breaks, fonts, spacing, system_faces
from convert.writers import pdf
from convert.writers.pdf import justify, linebreak
from convert.writers.pdf.justify import NEAR, Measure
from convert.writers.pdf.layout import measure_width
from convert.writers.pdf.linebreak import COST_BAD, COST_RUNT, _Breaker
from convert.writers.pdf.paginate import paginate
from convert.writers.pdf.shape import Shaper

pytestmark = pytest.mark.skipif(shutil.which("mutool") is None, reason="mutool (mupdf-tools) is absent")

GONGWEN = style.load("gongwen")
NEVER = re.compile("(?!)")
Off = Callable[[pytest.MonkeyPatch], None]
Values = Mapping[str, dict[str, Any]]


class Case(NamedTuple):
    """text: paragraphs, one a line; set in `cells` characters (two fewer in a first line) and pages of `height` lines.

    expected: the lines with the rule on.  off: switches the rule off in the program; look: style values (by table) that
    do; on: style values the rule needs; level, hanging: what the audit goes by.  besides: faults that are there either
    way, where two rules are at odds.
    """

    rule: str
    text: str
    expected: str
    off: Off | None = None
    look: Values = MappingProxyType({})
    on: Values = MappingProxyType({})
    cells: int = 14
    height: int = 22
    title: str = ""
    besides: frozenset[str] = frozenset()
    level: str = "gb"


def item(table: dict[Any, Any], key: Any, value: Any) -> Off:
    return lambda patch: patch.setitem(table, key, value)


def name(module: Any, known: str, value: Any) -> Off:
    return lambda patch: patch.setattr(module, known, value)


def rows(**changes: Any) -> Off:
    """Pages made of rows that are parted, or stand, anywhere."""
    return name(pdf, "paginate", lambda given, *more: paginate([replace(row, **changes) for row in given], *more))


def last_lines_are_justified(patch: pytest.MonkeyPatch) -> None:
    line = _Breaker.line
    patch.setattr(_Breaker, "line", lambda self, start, cut, is_last: line(self, start, cut, is_last=False))


def lines_are_opened_without_limit(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(linebreak, "GOOD_LINE", float("inf"))
    patch.setattr(justify, "STRETCH_LIMIT", 1.0)


HAN = "中央经济工作会议指出的一是在"
# The first line holds twelve characters, the later ones fourteen.
CASES = [
    Case(
        "line start",
        "中央经济工作会议提出要求\uff0c各地区各部门认真落实",
        "中央经济工作会议提出要|求\uff0c各地区各部门认真落实",
        item(breaks._NOT_FIRST, "gb", ""),
    ),
    Case(
        "line start",
        "中央经济工作会议要求增5\uff05的目标",
        "中央经济工作会议要求增|5\uff05的目标",
        name(breaks, "_UNIT_AFTER_DIGIT", NEVER),
    ),
    Case(
        "line end",
        "中央经济工作会议发布通\u300a知道\u300b各地认真落实",
        "中央经济工作会议发布通|\u300a知道\u300b各地认真落实",
        item(breaks._NOT_LAST, "gb", ""),
    ),
    Case(
        "solidus",
        "中央经济工作会议提出各地区各部门各省市\uff0f区县落实",
        "中央经济工作会议提出各地区各部门各省|市\uff0f区县落实",
        look={"composition": {"breaks": "basic"}},
        cells=22,
    ),
    Case(
        "two-em start",
        "中央经济工作会议提出要求\u2014\u2014各地区各部门落实",
        "中央经济工作会议提出要|求\u2014\u2014各地区各部门落实",
        look={"composition": {"breaks": "gb"}},
        on={"composition": {"breaks": "strict"}},
        level="strict",
    ),
    Case(
        "two-em split",
        "中央经济工作会议提出要\u2026\u2026各地区各部门落实",
        "中央经济工作会议提出要|\u2026\u2026各地区各部门落实",
        name(breaks, "_inside_pair", lambda *_: False),
    ),
    Case(
        "number",
        "中央经济工作会议提出定120亿元的目标",
        "中央经济工作会议提出定|120亿元的目标",
        item(_CLASSES, ord("2"), "H"),
    ),
    Case(
        "word",
        "中央经济工作会议提出定the目标和要求",
        "中央经济工作会议提出定|the目标和要求",
        item(_CLASSES, ord("h"), "H"),
    ),
    Case(
        "enumerator",
        "\u2460abcdefghij中央经济工作会议",
        "\u2460abcd|efghij中央经|济工作会议",
        name(breaks, "allowed", lambda *given, known=breaks.allowed, **more: known(*given[:3], **more)),
        cells=6,
        besides=frozenset({"word", "gap"}),
    ),
    Case(
        "adjacent marks",
        "所谓\u201c两不愁\u201d\uff0c即吃穿",
        "所谓\u201c两不愁\u201d\uff0c即吃穿",
        name(spacing, "_LOSES_RIGHT", NEVER),
    ),
    Case(
        "adjacent marks",
        "\u300a\u3008通知\u3009的说明",
        "\u300a\u3008通知\u3009的说明",
        name(spacing, "_LOSES_LEFT", NEVER),
    ),
    Case(
        "bracket start",
        "中央经济工作会议提出要求\u300a通知\u300b",
        "中央经济工作会议提出要求|\u300a通知\u300b",
        name(_Breaker, "start_trim", lambda *_: 0.0),
    ),
    Case(
        "first bracket",
        "\u300a通知\u300b各地区",
        "\u300a通知\u300b各地区",
        look={"composition": {"trim_indented_start": True}},
    ),
    Case("indent", "各地区各部门", "各地区各部门", look={"elements.body": {"indent": 1.75}}),
    Case("gap", "共建5G基站", "共建5G基站", look={"composition": {"autospace": 0.0}}),
    Case("gap", "共建5G基站", "共建5G基站", look={"composition": {"autospace": 0.45}}),
    Case(
        "measure",
        "中央经济工作会议提出要求\u3002各地区各部门认真落实",
        "中央经济工作会议提出要|求\u3002各地区各部门认真落实",
        look={"composition": {"hanging": True}},
    ),
    Case(
        "ends",
        "中央经济工作会议提出要求\uff0c各地区各部门认真落实",
        "中央经济工作会议提出要|求\uff0c各地区各部门认真落实",
        look={"elements.body": {"align": "left"}},
    ),
    Case(
        "reduction",
        "\u201c会议\u201d\uff0c各省\u3002市县\u3001认真落实各项工作",
        "\u201c会议\u201d\uff0c各省\u3002市县\u3001认真|落实各项工作",
        name(spacing, "SHRINK_ORDER", spacing.SHRINK_ORDER[::-1]),
    ),
    Case(
        "reduction",
        "\u201c会议\u201d\uff0c各省\u3001市县认真\uff0c落实各项工作",
        "\u201c会议\u201d\uff0c各省\u3001市县认真\uff0c|落实各项工作",
        name(_Breaker, "end_give", lambda *_: 0.0),
    ),
    Case(
        "even",
        "中央\uff0c会议\uff0c提出各地区省\uff0c认真落实各项工作",
        "中央\uff0c会议\uff0c提出各地区省\uff0c|认真落实各项工作",
        name(justify, "_alike", lambda room, amount: [amount, *(0.0 for _ in room)][: len(room)]),
    ),
    Case(
        "enlargement",
        "中央5G经济工作会议提出2021年各地落实",
        "中央5G经济工作会议提出|2021年各地落实",
        name(spacing, "GAP_MOST", spacing.GAP),
    ),
    Case(
        "enlargement",
        "中央经济all of会议提出2021年各地落实",
        "中央经济all of会议提出|2021年各地落实",
        name(spacing, "SPACE_MOST", spacing.SPACE_LEAST),
    ),
    Case(
        "unopened",
        "中央三\uff5e五年经济工作会议提出各地区各省\u300a通知\u300b落实",
        "中央三\uff5e五年经济工作会议提出各地区各省|\u300a通知\u300b落实",
        name(justify, "_CLOSED", NEVER),
        cells=22,
    ),
    Case(
        "loose",
        "今年\uff0c全省上下\uff0c共同努力实现地区生产总值增长到400.5%的目标和要求",
        "今年\uff0c全省上下\uff0c共同努力实|现地区生产总值增长到400.5%|的目标和要求",
        lines_are_opened_without_limit,
    ),
    Case("left alone", "各地区各部门认真落实工", "各地区各部门认真落实工", last_lines_are_justified),
    Case(
        "runt",
        "中央经济工作会议提出要求各地区各部门认真落实好各项工作",
        "中央经济工作会议提出要求|各地区各部门认真落实好各项|工作",
        name(_Breaker, "_is_runt", lambda *_: False),
    ),
    Case(
        "widow",
        "一\n二\n三\n四\n" + HAN * 2 + "各地落实",
        "一|二|三|四||中央经济工作会议指出的一|是在中央经济工作会议指出的一|是在各地落实",
        rows(keep=False),
        on={"composition": {"widow_control": True}},
        height=6,
    ),
    Case(
        "orphan",
        "一\n二\n三\n四\n五\n" + HAN * 2,
        "一|二|三|四|五||中央经济工作会议指出的一|是在中央经济工作会议指出的一|是在",
        rows(keep=False),
        on={"composition": {"widow_control": True}},
        height=6,
    ),
    Case(
        "heading",
        "一段\n二段\n三段\n四段\n五段\n# 一\u3001工作\n各地落实\n各地落实",
        "一段|二段|三段|四段|五段||一\u3001工作|各地落实|各地落实",
        rows(keep=False),
        height=6,
    ),
    Case("grid", "各地落实\n各地落实", "政府工作报告|各地落实|各地落实", rows(snap=False), title="政府工作报告"),
    Case(
        "title",
        "各地落实",
        "中央农村工作|会议的通知|各地落实",
        name(_Breaker, "_is_runt", lambda *_: False),
        {"elements.title": {"balanced": False}},
        title="中央农村工作会议的通知",
    ),
]


def changed(look: Any, values: Values) -> Any:
    """The style with some values of its tables, named `table` or `elements.role`, replaced."""
    for path, new in values.items():
        table, _, inner = path.partition(".")
        part = getattr(look, table)
        new = {inner: msgspec.structs.replace(getattr(part, inner), **new)} if inner else new
        look = msgspec.structs.replace(look, **{table: msgspec.structs.replace(part, **new)})
    return look


def document(text: str, title: str = "") -> Document:
    blocks: list[Block] = [Paragraph((Text(title),), role="title")] if title else []
    for number, line in enumerate(text.split("\n")):
        heading = line.startswith("# ")
        blocks.append(Heading(1, (Text(line[2:]),), f"h{number}") if heading else Paragraph((Text(line),)))
    return Document(
        SourceInfo("case.txt", "0" * 64, "text/plain", "utf-8", 1), Metadata(language="zh-Hans"), found(tuple(blocks))
    )


def audited(whole: Document, look: Any, folder: Path, level: str = "gb") -> tuple[str, list[str]]:
    """The lines of a document set in a style, parted by "|" and pages by "||", and the rules they break."""
    stream = io.BytesIO()
    writers.write("pdf", whole, look, stream)
    path = folder / "case.pdf"
    path.write_bytes(stream.getvalue())
    page, em = look.page, float(look.elements.body.size)
    frame = Frame(float(page.inner), measure_width(look), em, float(page.top), float(look.grid.line_pitch), level)
    bottom = frame.top + (look.grid.lines + 1) * frame.pitch
    found = lines(path, size=em, bottom=bottom)
    titles = lines(path, size=float(look.elements.title.size), bottom=bottom)
    wrong = [fault.rule for fault in (*faults(found, frame), *title_faults(titles, frame))]
    pages = [
        [line.text for line in (*titles, *found) if line.page == number] for number in range(1, found[-1].page + 1)
    ]
    return "||".join("|".join(page) for page in pages).replace("\u2002", ""), wrong


@pytest.fixture(scope="module", autouse=True)
def packaged_faces() -> Iterator[None]:
    """The faces that come with the program alone, so that widths are the same everywhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(system_faces, "installed", lambda: ())
        fonts._resolve.cache_clear()
        yield
    fonts._resolve.cache_clear()


def test_every_rule_has_a_case() -> None:
    assert {case.rule for case in CASES} == set(RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_is_kept_and_the_audit_sees_when_it_is_not(
    case: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    grid = {"grid": {"characters": case.cells, "lines": case.height}, "page_number": {"show": False}}
    look = changed(changed(GONGWEN, grid), case.on)
    whole = document(case.text, case.title)
    found, wrong = audited(whole, look, tmp_path, case.level)
    assert found == case.expected
    assert set(wrong) <= case.besides
    if case.off:
        case.off(monkeypatch)
    assert case.rule in audited(whole, changed(look, case.look), tmp_path, case.level)[1]


# --- All rules on random paragraphs ---------------------------------------------------------------------------------

PIECES = st.sampled_from(
    list("的一是在不了有和人这中大国地经济") * 3
    + list(
        "\uff0c\u3002\u3001\uff1b\uff1a\uff01\uff1f\uff08\uff09\u300a\u300b\u3010\u3011\u201c\u201d\u2018\u2019\u00b7\uff0f"
    )
    + ["\u2014\u2014", "\u2026\u2026", "\u2014", "\uff5e", "2021", "5G", "4,000.5%", "10kV", "35\u2103", "\u21165"]
    + ["GDP", "well-known", " ", "\u2460", "\u2161", "\uff21", "\u3400", "\u25cb", "\u00d7", "12:30"]
)
PARAGRAPHS = st.lists(PIECES, min_size=1, max_size=60).map(lambda pieces: ("国" + "".join(pieces))[:60].strip())


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PARAGRAPHS, min_size=1, max_size=40))
def test_no_generated_paragraph_breaks_a_rule(tmp_path: Path, texts: list[str]) -> None:
    wrong = audited(document("\n".join(texts)), GONGWEN, tmp_path)[1]
    if {"loose", "runt"} & set(wrong):  # some texts have no good breaks at all: nobody can set them better
        kept = [text for text in texts if least_cost(text) < COST_BAD]
        wrong = audited(document("\n".join(kept)), GONGWEN, tmp_path)[1] if kept else []
    assert wrong == []


def least_cost(text: str) -> float:
    """The cost of the best of all possible breaks, looked for without any shortcut."""
    shaper = Shaper(GONGWEN, "zh-Hans")
    element = GONGWEN.elements.body
    shaped = shaper.shape(shaper.runs((Text(text),), shaper.base(element)), element.size)
    breaker, count = _Breaker(shaped, Measure(measure_width(GONGWEN), 2 * element.size)), len(text)
    cost = [float("inf")] * count + [0.0]
    tail, least = breaker._tail(0, count)
    for start in range(count - 1, -1, -1):
        if start and not shaped.may[start]:
            continue
        full = breaker.full(start)
        if tail <= start or least <= full + NEAR:
            cost[start] = COST_RUNT if start and breaker._is_runt(start, count) else 0.0
        for cut in range(start + 1, count):
            if shaped.may[cut] and cost[cut] < cost[start]:
                cost[start] = min(cost[start], cost[cut] + breaker._justified(start, cut, full))
    return cost[0]
