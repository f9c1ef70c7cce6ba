"""The states a line can have: only those that something speaks for.  Most lines of a body have one.

A state is a label with the phase it stands in: 0 before the title, 1 before the body, 2 in it, 3 after it.  Labels:
F furniture, M metadata, T title, t a further line of it, U subtitle, B byline, D date, S salutation, H heading,
P paragraph, R paragraph with a run-in heading, C caption, N note, G signature, A attachment, X title of a further part,
x a further line of it.
"""

from __future__ import annotations

import unicodedata

from ...corrections import LineCorrection
from ...zh.characters import BULLETS
from ...zh.patterns import pattern
from .. import limits
from .body import FURNITURE
from .document import Evidence
from .ends import is_cut
from .evidence import SeenLine
from .headlines import ARROWS, CLOCK

STATES = (
    "F0", "M0", "P0", "T", "t", "F1", "M1", "U1", "B1", "D1", "S1", "H", "P", "R", "C", "F2", "N", "G", "D3", "A",
    "B3", "M3", "F3", "X", "x",
)  # fmt: skip
LABEL = {state: state[0] for state in STATES}
_PARAGRAPH = ("P",)
_GIVEN = {
    "removed": ("F0", "F1", "F2", "F3"),
    "title": ("T",),
    "subtitle": ("U1",),
    "meta": ("M0", "M1", "M3"),
    "byline": ("B1", "B3"),
    "dateline": ("D1",),
    "salutation": ("S1",),
    "heading": ("H",),
    "note": ("N",),
    "caption": ("C",),
    "signature": ("G",),
    "date": ("D3",),
    "attachment": ("A",),
}
"""What the reader said a block is, as states."""
_BY_HAND = {
    **_GIVEN,
    "removed": ("F0", "F1", "F2", "F3"),
    "date": ("D1", "D3"),
    "paragraph": ("P0", "P", "R"),
    "list_item": ("P",),
    "quote": ("P",),
}
"""What a person says a line is, as states."""
_DATES = ("date", "partial-date", "stamp")
_ABOVE = (*(form for form in FURNITURE if form not in ("f:after", "f:notice")), "photo")
_BELOW = (*FURNITURE, "photo", "f:address")
_IN_BODY = ("f:rule", "f:anywhere", "f:widget", "f:control", "f:credit", "photo")
"""Forms that are furniture between lines of the body too; there only what can be nothing else is."""
_STRONG = frozenset(FURNITURE) - {"f:credit", "f:after", "f:before"}
"""Forms that are furniture even where the line names the source or the author."""


def states_of(evidence: Evidence, line: SeenLine) -> tuple[str, ...]:
    """A line's candidates."""
    hand = line.unit.hand
    if hand is not None and hand.decides():
        return _by_hand(evidence, line, hand)
    return _found(evidence, line)


def _by_hand(evidence: Evidence, line: SeenLine, hand: LineCorrection) -> tuple[str, ...]:
    """The candidates that what a person said leaves."""
    before = evidence.lines[line.at - 1].unit.hand if line.at else None
    if hand.kind == "title" and before is not None and before.kind == "title":
        return ("t",)
    if hand.run_in:
        return ("R",)
    if hand.kind == "paragraph" and (hand.run_in is not None or not line.mark or line.alone):
        return ("P0", "P")
    if hand.kind is not None:
        return _BY_HAND[hand.kind]
    kept = tuple(state for state in _found(evidence, line) if LABEL[state] not in ("F", "M"))
    return tuple(state for state in kept if hand.run_in is None or LABEL[state] != "R") or _PARAGRAPH


def _found(evidence: Evidence, line: SeenLine) -> tuple[str, ...]:
    """A line's candidates by the evidence."""
    role = line.unit.role
    front = line.at < evidence.region
    if role is not None:
        if role == "heading" and front and not evidence.given:
            return ("T", "H")
        return _GIVEN.get(role, _PARAGRAPH)
    lead = line.at in evidence.leads
    noted = line.at >= evidence.notes
    if line.at in evidence.hours or line.at in evidence.entries:
        return _PARAGRAPH
    if line.at in evidence.copies:
        return ("F1", "F2", "F3")
    if line.at in evidence.heads:
        return ("H",)
    plain = line.sentence and line.mark is None and not line.forms
    again = line.at in evidence.openings or line.at in evidence.teasers
    again = again or (line.at >= evidence.tail and is_cut(line))
    if plain and not (front or noted or lead or line.end == "ask" or again):
        return _PARAGRAPH
    out = ["P"]
    if front:
        _in_front(evidence, line, out)
    _headings(evidence, line, lead, out)
    _furniture(evidence, line, front, out)
    if line.has("caption", "photo"):
        out.append("C")
    if noted or line.has("paper-page", "note-title", "note-mark", "noted", "copied", "bracketed", "electric"):
        out.append("N")
    _closing(evidence, line, out)
    if line.at in evidence.parts and not line.sentence:
        out += ["X"] if evidence.parts[line.at][0] == "B" else ["x", "X"]
    below = front or line.at - 1 in evidence.parts
    addressed = line.end == "colon" and line.size <= limits.NO_SENTENCE and not line.mark and below
    addressed = (addressed and not line.has("leads-in")) or (below and "vocative" in line.forms)
    if "salutation" in line.forms or addressed:
        out.append("S1")
    if line.at > evidence.begin and "number" in line.forms:
        out.append("M1")
    if line.at in evidence.days:
        out = [state for state in out if LABEL[state] != "M" and (state != "D3" or line.at < evidence.begin)]
    no = "MTtB" * evidence.said_of(line) + "TtBH" * _in_list(evidence, line) + "H" * _is_second_title(evidence, line)
    out = [state for state in out if LABEL[state] not in no]
    if (line.at in evidence.cells or line.at in evidence.code) and line.at < evidence.tail:
        out = [state for state in out if LABEL[state] not in _no_cell(evidence, line)]
    return tuple(dict.fromkeys(out))


def _is_second_title(evidence: Evidence, line: SeenLine) -> bool:
    """Behind a dash, right below the title."""
    span = evidence.title
    return span is not None and line.at == span.last + 1 and line.text[0] in "\u2014\u2e3a"


def _in_list(evidence: Evidence, line: SeenLine) -> bool:
    """One of several lines with the same bullet."""
    near = evidence.lines[max(line.at - 1, 0) : line.at + 2]
    return line.text[0] in BULLETS and sum(one.text[0] == line.text[0] for one in near) > 1


def _no_cell(evidence: Evidence, line: SeenLine) -> str:
    """Labels that a table's cell has not: without a mark it is no heading, without an organ above it no date."""
    signed = line.at > 0 and evidence.lines[line.at - 1].has("organ", "signer")
    return "FMTtUB" + "H" * (not line.mark) + "D" * (not signed)


def _in_front(evidence: Evidence, line: SeenLine, out: list[str]) -> None:
    labelled = line.has("pairs") and not line.has("said")
    longest = limits.HEADING_SENTENCE if line.sentence else limits.NO_SENTENCE
    named = (line.size > 3 or any(map(str.isalpha, line.text))) and not (line.at and CLOCK.match(line.text))
    named = named and not ("salutation" in line.forms and line.end == "colon") and line.at not in evidence.contents
    span = evidence.title
    fair = span is not None and span.quality != "weak"
    inside = span is not None and span.first <= line.at <= span.last
    sign = line.text[0] in ARROWS or unicodedata.category(line.text[0]) == "So" or "label-only" in line.forms
    sign = sign or ("no-han" in line.forms and line.has(*FURNITURE))
    named = named and (inside or not (sign or (fair and line.has("digits", *FURNITURE))))
    sure = span is not None and span.quality in ("good", "strong", "known") and span.lead >= limits.AHEAD
    named = named and (inside or not (sure or evidence.in_card(line.at)))
    if line.size <= longest and not evidence.given and not labelled and named:
        inside = span is not None and span.first < line.at <= span.last
        out += ["T", "t"] if inside or (line.at and (span is None or span.quality == "weak")) else ["T"]
    out.append("P0")
    issuer = "organ" in line.forms and not _is_listed(evidence, line.at)
    if (
        issuer
        or evidence.valued(line)
        or line.has(
            "pairs",
            "number",
            "grade",
            "letterhead",
            "organ-date",
            "number-first",
            "columns",
            "date-first",
            "keyed",
            *_DATES,
        )
    ):
        out += ["M0", "M1"]
    span = evidence.title
    dated = "source-date" in line.forms and not line.has("about", "kind")
    if dated and span is not None and span.first - 3 <= line.at <= span.last + 2:
        out += ["M0", "M1"]
    if line.size <= limits.ONE_LINE * 2 and not line.sentence:
        formed = line.has("bracketed", "kind") and not line.mark
        if formed or "subtitle" in line.forms or line.text[0] in "\u2014-":
            out.append("U1")
        written = any(map(str.isalpha, line.text))
        if written and (line.size <= 30 or line.has("byline", "name", "organ", "signer", "pairs")):
            out.append("B1")
    if line.has("history", "number-first", "bracketed", "date-first", *_DATES):
        out.append("D1")


def _is_listed(evidence: Evidence, at: int) -> bool:
    """One of several organs, places or names in a list, and none that issued the text (GB/T 9704-2012, 7.2.4)."""
    if at in evidence.letterhead:
        return False
    near = [0 <= place < evidence.count and "organ" in evidence.lines[place].forms for place in range(at - 2, at + 3)]
    return (near[0] and near[1]) or (near[1] and near[3]) or (near[3] and near[4])


def _headings(evidence: Evidence, line: SeenLine, lead: bool, out: list[str]) -> None:
    short = not line.sentence and line.size <= limits.HEADING and line.end not in ("semi", "comma")
    short = short and line.at not in evidence.attributed and not _is_no_heading(line)
    if line.mark is not None:
        longest = limits.HEADING_SENTENCE if line.end == "stop" else limits.NO_SENTENCE
        quoted = line.mark.family == "dash" and line.size - line.mark.end < limits.DASHED_HEADING
        if line.alone and line.size <= longest and line.end not in ("comma", "semi") and not quoted:
            out.append("H")
        if not line.alone and line.stop <= limits.HEADING_SENTENCE + 5:
            out.append("R")
    elif lead or short or (line.end == "ask" and line.size <= limits.HEADING_SENTENCE):
        out.append("H")
        if lead and not line.alone:
            out.append("R")


def _is_no_heading(line: SeenLine) -> bool:
    """An answer's `A` and a colon; a rule or a drawing; what a label says, with its stop; a dash with a sentence; a
    word for nothing."""
    if line.end == "colon":
        return line.size <= limits.ANSWER
    if line.end == "stop" and (line.has("speaker", "label") or line.text[0] in "\u2014\u2e3a"):
        return True
    return _NOTHING.fullmatch(line.bare) is not None or not any(map(str.isalnum, line.text))


_NOTHING = pattern("[(\uff08]?(?:暂?无|略|暂缺|空缺)[)\uff09]?")


def _furniture(evidence: Evidence, line: SeenLine, front: bool, out: list[str]) -> None:
    """Furniture needs evidence that says so: a form of it, or that the page says the line elsewhere, or that the line
    stands among lines that have such evidence, after the end or above the title."""
    if named(evidence, line) or evidence.zone(line) or line.at in evidence.menu:
        if line.at:
            out += ["F1", "F2", "F3"]
        if front:
            out.append("F0")


def named(evidence: Evidence, line: SeenLine) -> bool:
    """The line itself is furniture by what it says, or is said elsewhere on the page."""
    at = line.at
    if at in evidence.functions or (line.end == "colon" and len(line.key) == 1):
        return False
    if (
        at in evidence.contents
        or at in evidence.repeats
        or at in evidence.openings
        or (line.key in evidence.running and not line.sentence)
        or evidence.credited(line)
        or at in evidence.crumbs
    ):
        return True
    ends = evidence.count if evidence.tail == evidence.count else min(evidence.end, evidence.tail)
    inside = evidence.begin <= at < ends
    forms = _IN_BODY if inside else _ABOVE if at < evidence.begin else _BELOW
    if line.has(*forms) and not (line.sourced and line.forms.isdisjoint(_STRONG)):
        return True
    # what a page says above the text or in it, and below it alone, is a link; who is named so by a label signs
    below = not evidence.elements and at >= evidence.end and not line.has("label", "label-only") and not line.sentence
    return below and evidence.keys[line.key] > 1 and evidence.first_of[line.key] < evidence.end


def _closing(evidence: Evidence, line: SeenLine, out: list[str]) -> None:
    """Signatures, their dates, attachments, and what pages say below a text."""
    after = line.at > evidence.begin
    short = not line.sentence and line.size <= limits.HEADING
    apart = bool(line.trail) or line.indent >= evidence.usual_indent + 4
    if line.has("organ", "signer", "name", "seal", "byline") or (short and line.size <= 40 and apart):
        out.append("G")
        if after:
            out.append("B3")
    elif line.at in evidence.signed or (
        short and line.size <= limits.SIGNATURE and not line.mark and after and _signed_beside(evidence, line.at)
    ):
        out.append("G")
    if line.has("date-first", *_DATES):
        out += ["D3", "M3"] if after else ["D1", "D3"]
    if line.has("attachment", "attachment-alone") or evidence.listed(line):
        out.append("A")
    if line.at >= evidence.begin and line.has("pairs", "number", "copied", "grade", "keyed", "paper-page", "electric"):
        out.append("M3")


def _signed_beside(evidence: Evidence, at: int) -> bool:
    """A line of a signature stands beside."""
    near = [evidence.lines[place] for place in (at - 1, at + 1) if 0 <= place < evidence.count]
    return any(line.has("organ", "signer", "seal", *_DATES) for line in near)
