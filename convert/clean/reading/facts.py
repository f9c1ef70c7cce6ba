"""The facts of a line: words such as `form:date` or `own:alone=all`, each of which has a weight with each label."""

from __future__ import annotations

from ...zh.sentences import NEXT_INSIDE
from .. import limits
from .body import bare, speaker_of
from .document import Evidence
from .evidence import SeenLine

_SIZES = (4, 8, 14, 20, 30, 45, 80, 150)


def size_of(size: int) -> str:
    """A length in a few steps."""
    return next((str(most) for most in _SIZES if size <= most), "long")


def facts_of(evidence: Evidence, document: list[str], line: SeenLine) -> list[str]:
    """All facts of a line.  document: those of the whole, see `of_document`."""
    at, shape = line.at, line.shape
    before = evidence.lines[at - 1].shape if at else "START"
    after = evidence.lines[at + 1].shape if at + 1 < evidence.count else "END"
    length = size_of(line.size)
    facts = [
        "bias",
        f"len:{length}",
        f"end:{line.end}",
        f"shape:{shape}",
        f"shape:{shape},end:{line.end}",
        f"shape:{shape},len:{length}",
        f"before:{before}",
        f"after:{after}",
        f"{before}>{shape}",
        f"{shape}>{after}",
        *(f"form:{form}" for form in sorted(line.forms)),
    ]
    if line.sentence:
        facts.append("sentence")
    if line.gap > evidence.usual_gap:
        facts.append("gap")
    if line.indent > evidence.usual_indent + 3:
        facts.append("indented")
    if line.trail:
        facts.append("trail")
    _of_place(evidence, line, facts)
    _of_title(evidence, line, facts)
    _of_page(evidence, line, facts)
    if line.mark is not None:
        _of_mark(evidence, line, facts)
    elif bare(line):
        facts += [f"bare,{fact}" for fact in document]
        facts += [f"bare,after:{after},len:{length}", f"bare,before:{before},after:{after}"]
    if at in evidence.leads:
        facts += [f"lead:{evidence.leads[at]}", f"lead:{evidence.leads[at]},{evidence.leads_worded}"]
    if "speaker" in line.forms and speaker_of(line) in evidence.speakers:
        facts.append("speaker-again")
    return facts


def of_document(evidence: Evidence) -> list[str]:
    """Facts of the whole document, which lines without a mark have."""
    families = {series.family for series in evidence.series}
    sections = sum("section" in line.forms and not line.mark for line in evidence.lines)
    lines = [line for line in evidence.lines[evidence.begin :] if bare(line)]
    body = max(1, evidence.count - evidence.begin)
    share = "none" if not lines else "few" if len(lines) * 5 <= body else "some" if len(lines) * 3 <= body else "many"
    followed = sum(line.at + 1 < evidence.count and evidence.lines[line.at + 1].sentence for line in lines)
    heads = "all" if followed * 3 >= 2 * len(lines) else "half" if followed * 3 >= len(lines) else "few"
    return [
        f"doc:law={evidence.law}",
        f"doc:han={'han' in families}",
        f"doc:sections={min(sections, 2)}",
        f"doc:bare={share}",
        f"doc:followed={heads}",
    ]


def _of_place(evidence: Evidence, line: SeenLine, facts: list[str]) -> None:
    at, left = line.at, evidence.count - line.at
    where = "front" if at < evidence.begin else "body" if at < evidence.end else "tail"
    facts += [f"where:{where}", f"where:{where},shape:{line.shape}"]
    if at < 3:
        facts.append(f"at:{at}")
    after = evidence.lines[at + 1] if left > 1 else None
    if at == 0 and line.alone and line.size <= limits.ONE_LINE and after is not None and not after.sentence:
        span = evidence.title
        facts.append("headline" if span is None or span.first == 0 else f"headline, but {span.quality}")
    if left <= 8:
        facts.append(f"last:{left if left <= 3 else 8}")
    zone = evidence.zone(line)
    if zone:
        facts.append(f"{zone}-zone")
        if zone == "tail":
            facts.append(f"tail-zone,{size_of(line.size)}")
            if "bullet" in line.forms:
                facts.append("tail-zone,bullet")
    if evidence.notes <= at < evidence.notes_end:
        facts.append("note-zone" if at > evidence.notes else "note-first")


def _of_title(evidence: Evidence, line: SeenLine, facts: list[str]) -> None:
    """Where the line stands to the title, and to the titles of further parts."""
    at, span = line.at, evidence.title
    if span is not None:
        lead = "clear" if span.lead >= 4 else "ahead" if span.lead >= 2 else "close"
        if at < span.first:
            facts += ["above-title", f"above-title:{span.quality}", f"above-title:{lead}"]
        elif at <= span.last:
            place = "B" if at == span.first else "I"
            facts += [f"span:{place}", f"span:{place},{span.quality}", f"span:{place},{lead}"]
        elif at < evidence.region:
            facts += [f"below-title:{span.quality}", f"below-title:{lead}", f"title+{min(at - span.last, 3)}"]
    if at < evidence.begin and at == evidence.longest:
        facts += ["longest", f"longest,after:{evidence.lines[at + 1].shape}"]
    number = at > 0 and "number" in evidence.lines[at - 1].forms
    below = span is not None and span.last + 1 <= at <= span.last + 1 + number
    if below and line.end == "colon" and line.mark is None and "leads-in" not in line.forms:
        facts.append("addressee")
    if at and "attachment-alone" in evidence.lines[at - 1].forms and bare(line):
        facts.append("under-label")
    if at in evidence.parts:
        place, part = evidence.parts[at]
        facts += [f"part:{place}", f"part:{place},{part.quality}"]
    if len(evidence.said) > limits.REPEATED_WHOLE and len(line.key) >= limits.KEY:
        if line.key == evidence.said:
            facts.append("is-title")
        elif line.key.endswith(evidence.said):
            facts.append("ends-in-title")
        elif line.key in evidence.said:
            facts.append("in-title")


def _of_page(evidence: Evidence, line: SeenLine, facts: list[str]) -> None:
    """What the rest of the page says of the line."""
    at = line.at
    if len(line.key) >= limits.KEY and evidence.keys[line.key] > 1:
        facts.append("again" if evidence.first_of[line.key] < at else "to-come")
        if line.key in evidence.running:
            facts.append("running")
    for fact, places in (
        ("signed", evidence.signed),
        ("letterhead", evidence.letterhead),
        ("menu", evidence.menu),
        ("opening-again", evidence.openings),
        ("repeats-title", evidence.repeats),
        ("contents", evidence.contents),
        ("styled", evidence.styles),
        ("colon-head", evidence.colons),
    ):
        if at in places:
            facts.append(fact)
    if at in evidence.colons:
        count = min(len(evidence.colons), 4)
        below = evidence.lines[at + 1]
        then = "mark" if below.mark else "text" if below.sentence else "short"
        facts += [f"colon-head:{count}", f"colon-head:{count},then:{then}"]
    if evidence.valued(line):
        facts.append("value")
    if evidence.listed(line):
        facts.append("listed")
    if evidence.credited(line):
        facts.append("after-credit")
    if line.unit.role == "heading":
        facts.append(f"element:{min(line.unit.level, 2)}")


def _of_mark(evidence: Evidence, line: SeenLine, facts: list[str]) -> None:
    series, mark = evidence.of[line.at], line.mark
    assert series is not None
    assert mark is not None
    family = series.family
    kind = "alone" if line.alone else "run"
    facts += [f"mark:{family}", f"mark:{family},{kind}", f"mark:{family},{kind},{line.end}", f"{kind},{line.end}"]
    facts += [f"{kind},{fact}" for fact in series.facts]
    facts.append(f"{kind},stop:{size_of(line.stop or line.size)}")
    if mark.end >= line.size:
        facts.append("mark-only")
    if mark.family == "ordinal" and NEXT_INSIDE.search(line.text):
        facts.append("next-inside")
    after = evidence.lines[line.at + 1] if line.at + 1 < evidence.count else None
    if after is None:
        then = "end"
    elif after.mark is None:
        then = "text" if after.sentence else "short"
    else:
        then = "same" if evidence.of[after.at] is series else "mark"
    facts += [f"{kind},then:{then}", f"{kind},law={evidence.law}"]
    if evidence.law:
        facts.append(f"law,{family},{kind}")
