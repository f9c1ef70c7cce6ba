"""What a person says of a document, done: repairs, kinds of lines, metadata (`openings` made the lines stand alone).

In: the draft, with the corrections of its sidecar.  Out: the same draft; each change of text is a repair of the rule
`by-hand`, each line that a person spoke of is certain.  Reading saw what they said before it decided, so that the
lines around follow; here it is made sure.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from msgspec.structs import replace

from ..corrections import LineCorrection, MetadataCorrection, RepairCorrection, begins_with
from ..errors import Said
from ..model import Block, Metadata, Paragraph, Removed, Text, block_text
from ..zh.papers import is_recipients
from .draft import Draft, Unit
from .edits import Passage
from .held import unheld
from .inlines import Edit
from .openings import BY_HAND, evidence

RULE = "by-hand"
_PRINTED = {"title": "title", "subtitle": "subtitle", "recipients": "salutation"}
"""Fields that have a line of the text, and its role."""
_COLONS = ":\uff1a"


def spoken(draft: Draft) -> None:
    """Puts what is said of a line to its unit, and joins lines that go on."""
    if (sidecar := draft.sidecar) is None:
        return
    lines = {line.at: line for line in sidecar.corrections.line}
    for unit in draft.units:
        if (line := lines.get(unit.first)) is not None and unit.plain:
            unit.hand, unit.by_hand = line, True
    if title := sidecar.corrections.metadata.title:
        draft.metadata = replace(draft.metadata, title=title)  # the line that says it is found by it
    for at, line in enumerate(sidecar.corrections.line):
        if line.join and not _joined(draft, line):
            raise sidecar.error(Said("correction-no-join", at=line.at), "line", at, "join")


def _joined(draft: Draft, line: LineCorrection) -> bool:
    """The line goes on with what stands before it."""
    place = next((at for at, unit in enumerate(draft.units) if unit.hand is line), 0)
    unit = draft.units[place]
    before = next((one for one in reversed(draft.units[:place]) if one.text or not one.plain), None)
    if before is None or not before.plain or unit.hand is not line:
        return False
    latin = all(side.isascii() and side.isalnum() for side in (before.text[-1], unit.text[:1]))
    if not draft.join(before, unit, " " if latin else "", RULE):
        return False
    before.by_hand = True
    draft.relist()
    return True


# --- Repairs --------------------------------------------------------------------------------------------------------


def repaired_by_hand(draft: Draft) -> None:
    """Takes repairs back and makes others, after all rules have run."""
    if (sidecar := draft.sidecar) is None:
        return
    for at, repair in enumerate(sidecar.corrections.repair):
        if not (_undone(draft, repair) if repair.undo else _changed(draft, repair)):
            texts = [passage.text for passage, _ in _on_line(draft, repair.at)]
            said = Said("correction-no-repair", at=repair.at, before=repair.before, text=" / ".join(texts))
            raise sidecar.error(said, "repair", at, "before")


def _undone(draft: Draft, repair: RepairCorrection) -> bool:
    for passage, change, line, column in draft.changes():
        now = passage.text[change.start : change.end]
        if (
            line == repair.at
            and column == (repair.column or column)
            and (change.before, now) == (repair.before, repair.after)
            and "\n" not in change.before  # lines that were joined are parted by `split`
        ):
            return passage.change(RULE, [Edit(change.start, change.end, change.before)], force=True)
    return False


def _changed(draft: Draft, repair: RepairCorrection) -> bool:
    """Puts `after` in the place of `before` where that stands once, or at the column given."""
    found: list[tuple[Passage, int]] = []
    for passage, place in _on_line(draft, repair.at):
        start = passage.text.find(repair.before)
        while start >= 0:
            if repair.column is None or place(start) == (repair.at, repair.column):
                found.append((passage, start))
            start = passage.text.find(repair.before, start + 1)
    if len(found) != 1 or "\n" in repair.after:
        return False
    passage, start = found[0]
    edit = Edit(start, start + len(repair.before), repair.after)
    return repair.before == repair.after or passage.change(RULE, [edit], force=True)


def _on_line(draft: Draft, at: int) -> Iterator[tuple[Passage, functools.partial[tuple[int | None, int | None]]]]:
    """The passages that hold text of a line, with what tells the place of an offset in them."""
    for passage, place in draft.places():
        first, last = place(0)[0], place(len(passage.text))[0]
        if first is not None and last is not None and first <= at <= last:
            yield passage, functools.partial(place)


# --- Kinds ----------------------------------------------------------------------------------------------------------


def by_hand(draft: Draft) -> None:
    """`at = 12`, `as = "heading"` in the sidecar -> line 12 is a heading; `title = ""` -> no title is known."""
    if (sidecar := draft.sidecar) is None:
        return
    places, why = {line.at: at for at, line in enumerate(sidecar.corrections.line)}, evidence(sidecar)
    for unit in draft.units:
        if unit.by_hand:
            unit.sure, unit.why = 1.0, why
        if unit.hand is not None and unit.text:
            _label(unit, unit.hand)
            if unit.hand.run_in is not None and not _headed(unit, unit.hand):
                text = unit.text.split("\n")[0]
                said = Said("correction-no-run-in", at=unit.first, run_in=unit.hand.run_in, text=text)
                raise sidecar.error(said, "line", places[unit.first], "run_in")
    _known(draft, sidecar.corrections.metadata)
    draft.relist()


def _label(unit: Unit, line: LineCorrection) -> None:
    kind = line.kind
    if kind is None:
        if line.keep and unit.role == "removed":
            unit.role, unit.reason = None, ""
        return
    if kind == "removed":
        unit.remove("removed by hand")
        unit.restore()
    elif kind in ("paragraph", "list_item"):
        mark = unit.mark if kind == "list_item" else None
        keeps = unit.role is None and kind == "paragraph"
        unit.run_in, unit.level = (unit.run_in, unit.level) if keeps else (0, 0)
        unit.role = None
        if kind == "list_item":
            unit.role, unit.level = "item", 1
            unit.marker = mark.end if mark is not None and mark.end < len(unit.text) else 0
    elif kind == "heading":
        unit.role, unit.level, unit.run_in = "heading", line.level or unit.level or 1, 0
    elif kind != "date" or unit.role != "dateline":
        unit.role, unit.level, unit.run_in = kind, 0, 0


def _headed(unit: Unit, line: LineCorrection) -> bool:
    """Whether the text begins with the run-in heading that is said, which it now has."""
    if unit.role is not None and line.kind is None:
        unit.role = None
    if not line.run_in:
        unit.run_in = unit.level = 0
        return True
    end = begins_with(unit.text, line.run_in)
    if end is None or end >= len(unit.text):
        return False
    unit.run_in, unit.level = end, line.level or unit.level or 1
    return True


# --- Metadata -------------------------------------------------------------------------------------------------------


def _known(draft: Draft, said: MetadataCorrection) -> None:
    """The metadata as a person says it is, and the lines that are printed from it."""
    read, fields = draft.metadata, said.fields()
    for field, role in _PRINTED.items():
        if value := fields.get(field):
            _printed(draft, role, getattr(read, field) or "", value)
    extra = tuple(pair for pair in read.extra if pair[0] not in said.extra)
    extra += tuple((label, value) for label, value in said.extra.items() if value)
    values = {name: value or None for name, value in fields.items()}
    if values or said.extra:
        draft.overruled = read
        draft.metadata = replace(read, **values, extra=extra)
        draft.metadata_sure.update(dict.fromkeys(values, 1.0))


def _printed(draft: Draft, role: str, read: str, said: str) -> None:
    """A title or subtitle is printed as it is said; where no line is one, it stands above the text, or below the title,
    without a line of its own.  To whom a paper goes is changed where a line says it."""
    lines = [one for one in draft.units if one.role == role and one.text]
    if role == "salutation":
        lines = [one for one in lines if is_recipients(one.text)]
    unit = next(iter(lines), None)
    if unit is not None:
        _reworded(unit, read, said)
    elif role in ("title", "subtitle"):
        titles = [at for at, one in enumerate(draft.units) if one.role == "title"]
        place = titles[-1] + 1 if titles and role == "subtitle" else 0
        draft.units.insert(place, Unit(Paragraph((Text(said),), role)))  # type: ignore[arg-type]
        draft.relist()


def _reworded(unit: Unit, read: str, said: str) -> None:
    """The text of a unit, or the part of it that was read, becomes what is said."""
    text = unit.text
    if "".join(text.split("\n")) == said:
        return
    if not read and unit.role == "salutation":
        read = text.rstrip(_COLONS)
    at = text.find(read) if read else -1
    start, end = (at, at + len(read)) if at >= 0 and read != said else (0, len(text))
    while start < end and said and text[start] == said[0] and text[start] != "\n":
        start, said = start + 1, said[1:]
    while end > start and said and text[end - 1] == said[-1] and text[end - 1] != "\n":
        end, said = end - 1, said[:-1]
    unit.body.change(RULE, [Edit(start, end, said)] if start < end else [_beside(text, start, said)], force=True)
    unit.sure, unit.why, unit.by_hand = 1.0, BY_HAND, True


def _beside(text: str, at: int, new: str) -> Edit:
    """An edit that puts something in, with the character beside it: an edit of nothing cannot be placed."""
    return Edit(at, at + 1, new + text[at]) if at < len(text) else Edit(at - 1, at, text[at - 1] + new)


def without_overruled(blocks: tuple[Block, ...], draft: Draft) -> tuple[Block, ...]:
    """The blocks, with the lines of metadata set aside whose field a person has set or cleared."""
    if draft.overruled is None:
        return blocks
    overruled = set(unheld(blocks, draft.metadata)) - set(unheld(blocks, draft.overruled))
    return tuple(_set_aside(block, overruled) for block in blocks) if overruled else blocks


def _set_aside(block: Block, overruled: set[str]) -> Block:
    if not isinstance(block, Paragraph) or block.role != "meta" or (block.origin and block.origin.by_hand):
        return block
    said = set(unheld((block,), Metadata()))
    return Removed(block_text(block), "removed by hand", block.origin) if said & overruled else block
