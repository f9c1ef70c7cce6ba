"""Reading: what each line of a text is to the document, decided for all lines together.

The way of a line: its evidence alone (`evidence`, `marks`), in its series (`series`, `leads`), in spans of neighbours
that may be titles (`spans`), in the document (`document`); from these its candidates (`candidates`) and facts
(`facts`), which the model weighs (`model`); then levels (`levels`) and metadata (`metadata`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from ...cjk.korea import GOES_ON
from ...model import Paragraph
from ...zh import furniture as words
from ...zh.characters import key
from ...zh.papers import bodies
from ...zh.patterns import pattern
from ...zh.phrases import Place
from ..draft import Draft, Unit
from ..inlines import Edit
from ..lines import RULE
from .candidates import LABEL, states_of
from .confidence import weigh
from .document import Evidence
from .evidence import SeenLine, lines_of
from .facts import facts_of, of_document
from .forms import FormLine
from .levels import levels_of
from .metadata import know_title, known_from, said_by_line
from .model import Answer, fitted
from .papers import by_form, know_form
from .typed import by_notation

_WORD_END = pattern(GOES_ON)
_LEAST = 0.001
"""What a label has that the model names neither first nor second."""
_ROLES = {
    "M": "meta", "T": "title", "U": "subtitle", "B": "byline", "S": "salutation", "C": "caption", "N": "note",
    "G": "signature", "A": "attachment", "H": "heading", "X": "heading", "x": "heading",
}  # fmt: skip


_TEXT = frozenset("PRHXCNGAS")
"""Labels of what is printed below a title."""


def reading(draft: Draft) -> None:
    """`关于开展检查的通知` -> title, `各镇人民政府` U+FF1A -> salutation, `一` U+3001 `总体要求` -> heading,
    and so every line."""
    units = [unit for unit in draft.units if unit.text and (unit.plain or unit.role == "heading")]
    units = [unit for unit in units if unit.role != "removed"]
    if not units:
        return
    titles = [unit.text for unit in units if unit.hand is not None and unit.hand.kind == "title"]
    known = [said for title in (draft.metadata.title or "", *titles) if (said := key(title))]
    lines = lines_of(units)
    elements = draft.document.source.media_type != "text/plain"
    evidence = Evidence(lines, known, elements=elements)
    formed = by_notation(draft, lines) or by_form(draft, lines)
    candidates, facts = weighed(evidence, formed)
    model = fitted()
    answers = model.read(candidates, facts)
    weigh(evidence, model, facts, answers)
    states = _with_text(evidence, candidates, _of_one_kind(evidence, candidates, answers))
    states = _with_title(evidence, candidates, states)
    _apply(draft, evidence, states, formed)


def weighed(
    evidence: Evidence, formed: dict[int, FormLine] | None = None
) -> tuple[list[tuple[str, ...]], list[list[str]]]:
    """What the model weighs: for each line its candidates, and its facts where there are several.  formed: the lines
    that need no weighing."""
    document = of_document(evidence)
    said = formed or {}
    candidates = [
        tuple(said[line.at].state.split()) if line.at in said else states_of(evidence, line) for line in evidence.lines
    ]
    facts = [
        facts_of(evidence, document, line) if len(states) > 1 else []
        for line, states in zip(evidence.lines, candidates, strict=True)
    ]
    return candidates, facts


def _of_one_kind(evidence: Evidence, candidates: Sequence[tuple[str, ...]], answers: Sequence[Answer]) -> list[str]:
    """The states, with one kind for all members of a series that are made alike."""
    states = [answer.state for answer in answers]
    groups: list[list[int]] = [sorted(evidence.colons)]
    decimals: dict[str, list[int]] = defaultdict(list)  # `1.1` and `2.1` count alike, whatever they stand in
    for series in evidence.series:
        made: dict[str, list[int]] = defaultdict(list)
        for at in series.members if series.family != "dash" else ():
            line = evidence.lines[at]
            if not (line.alone or "R" in candidates[at] or _is_said(line)):
                continue
            if LABEL[states[at]] in "HPR" and line.end != "semi":
                made["run" if not line.alone else "sentence" if line.end == "stop" else "alone"].append(at)
        groups += made.values()
        if series.family.startswith("decimal") and (members := made.get("alone")):
            decimals[series.family] += members
    for members, risen in [*((group, False) for group in groups), *((group, True) for group in decimals.values())]:
        found = {LABEL[states[at]] for at in members}
        if len(found) < 2 or not found <= set("HPR"):
            continue
        said = [at for at in members if _is_said(evidence.lines[at])]
        heard = said or members  # what a person says of some holds for all
        weights = {label: sum(math.log(max(_share(answers[at], label), _LEAST)) for at in heard) for label in found}
        kind = max(sorted(found), key=weights.__getitem__)
        if risen and kind != "H":
            continue
        for at in members:
            if kind in candidates[at] and at not in said:
                states[at] = kind
    return states


def _with_text(evidence: Evidence, candidates: Sequence[tuple[str, ...]], states: list[str]) -> list[str]:
    """Where nothing else is left of a text, its sentences are its text and not its title."""
    if any(LABEL[state] in _TEXT for state in states):
        return states
    return [
        "P" if (line.sentence or line.end == "stop") and LABEL[state] in "TtU" and "P" in possible else state
        for line, possible, state in zip(evidence.lines, candidates, states, strict=True)
    ]


def _with_title(evidence: Evidence, candidates: Sequence[tuple[str, ...]], states: list[str]) -> list[str]:
    """A line that would be left out because it says the title again is the title, where no other line is kept that
    says it, and neither a person nor the page says which line the title is."""
    span = evidence.title
    titles = [at for at, state in enumerate(states) if LABEL[state] in "Tt"]
    if span is None or not evidence.said or any("P" not in candidates[at] for at in titles):
        return states
    places = range(span.first, span.last + 1)
    if any(LABEL[states[at]] != "F" for at in places) or "T" not in candidates[span.first]:
        return states
    kept = "".join(line.key for line, state in zip(evidence.lines, states, strict=True) if LABEL[state] != "F")
    if evidence.said in kept:
        return states
    out = list(states)
    for at in titles:
        named = "byline" in evidence.lines[at].forms and "B1" in candidates[at]
        out[at] = "B1" if named else "P0" if at < span.first and "P0" in candidates[at] else "P"
    for at in places:
        out[at] = "T" if at == span.first else "t"
    return out


def _is_said(line: SeenLine) -> bool:
    return line.unit.hand is not None and line.unit.hand.kind is not None


def _share(answer: Answer, label: str) -> float:
    """How likely the model says a label is."""
    if LABEL[answer.state] == label:
        return answer.share
    return answer.other_share if answer.other == label else 0.0


def _apply(draft: Draft, evidence: Evidence, states: list[str], formed: dict[int, FormLine]) -> None:
    lines = evidence.lines
    levels = levels_of(lines, states, evidence.leads, evidence.styles)
    for line, state, level in zip(lines, states, levels, strict=True):
        _label(line, state, level, evidence, after_signature=line.at > 0 and states[line.at - 1] == "G")
        line.unit.cell = line.at in evidence.cells
        if (said := formed.get(line.at)) is not None:
            _label_by_form(line, said)
    know_form(draft, formed)
    open_states = ["P" if at in formed and state[0] == "M" else state for at, state in enumerate(states)]
    for at in known_from(draft, lines, open_states):
        lines[at].unit.role = "note" if at else "dateline"
    _join(draft, lines, states)
    _signed(draft, lines, states)
    draft.relist()


def _label(line: SeenLine, state: str, level: int, evidence: Evidence, *, after_signature: bool) -> None:
    unit, label = line.unit, LABEL[state]
    unit.level = unit.run_in = 0
    if label == "F":
        unit.remove(_reason(line, state, evidence))
        unit.restore()
    elif label == "P":
        unit.role = None
    elif label == "R":
        unit.role, unit.run_in, unit.level = None, line.stop, level
    elif label == "D":
        # None closes a text that has not begun; a text of few short words never does.
        never = evidence.begin == evidence.count
        above = state == "D1" or (line.at < evidence.begin and not (never and after_signature))
        unit.role = "dateline" if above else "date"
    elif label == "t":
        unit.role = "title"
    else:
        unit.role, unit.level = _ROLES[label], level


def _label_by_form(line: SeenLine, said: FormLine) -> None:
    """The level, the run-in heading and the reason that a paper's form gives."""
    unit = line.unit
    unit.level, unit.why = said.level, said.why
    title = dict(said.groups).get("titled", "")
    if said.state == "R":
        unit.run_in = said.run_in
    elif said.state == "T" and title and unit.text.endswith(title) and unit.text[: -len(title)].strip():
        unit.body.change("title-label", [Edit(0, len(unit.text) - len(title), "")])
    elif said.item:
        unit.role, unit.marker, unit.level = "item", said.run_in, said.item
    elif said.state[0] == "F":
        unit.reason = said.reason
    if said.align and isinstance(unit.block, Paragraph):
        unit.block = replace(unit.block, align=said.align)


def _reason(line: SeenLine, state: str, evidence: Evidence) -> str:
    """Why a line is furniture."""
    said = line.key
    if line.at in evidence.repeats or (evidence.said and said == evidence.said):
        return "repeats the title"
    if line.at in evidence.contents:
        return "the page's own table of contents"
    if "f:credit" in line.forms or evidence.credited(line):
        return "credits"
    if "photo" in line.forms:
        return "caption of a picture that is not here"
    if "f:script" in line.forms:
        return "script or identifier of the page"
    place: Place = "before" if state == "F0" else "after" if state == "F3" else "anywhere"
    if found := words.reason(line.text, place) or words.reason(line.text, "around"):
        return found
    if "f:address" in line.forms:
        return "footer"
    if state == "F0":
        return "navigation"
    again = line.at in evidence.openings or line.at in evidence.copies
    if again or (len(said) > 3 and evidence.keys[said] > 1):
        return "repeats the page's own text"
    return "related items" if state == "F3" or line.at >= evidence.tail else "navigation"


def _join(draft: Draft, lines: Sequence[SeenLine], states: Sequence[str]) -> None:
    """The lines of a title as one, broken where the page broke them."""
    first: Unit | None = None
    title: Unit | None = None
    for line, state in zip(lines, states, strict=True):
        if state in ("T", "X"):
            first = line.unit
            title = first if state == "T" else title
        elif state in ("t", "x") and first is not None and first.plain and line.unit.plain:
            if draft.join(first, line.unit, "\n", RULE) and first.sure is not None and line.unit.sure is not None:
                first.sure = min(first.sure, line.unit.sure)
        else:
            first = None
    if title is not None:
        known = draft.metadata
        korean = (known.language or "").startswith("ko")
        parts = title.text.split("\n")
        for part in parts[:-1]:
            between = " " if korean and _WORD_END.search(part) else ""
            parts[0:2] = [parts[0] + between + parts[1]]
        know_title(draft, parts[0])
        said_by_line(draft, known, title)


def _signed(draft: Draft, lines: Sequence[SeenLine], states: Sequence[str]) -> None:
    """The one body that signs is the one that issued."""
    names = [line for line, state in zip(lines, states, strict=True) if state == "G" and "organ" in line.forms]
    if len(names) == 1 and not draft.metadata.author:
        known = draft.metadata
        draft.know(issuing_body="\u3001".join(bodies(names[0].text)))
        said_by_line(draft, known, names[0].unit)
