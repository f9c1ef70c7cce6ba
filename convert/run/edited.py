"""`wenban correct --from`: what a person changed in a DOCX edition, as corrections.

In: a source and the edited file.  Out: what is said by it.  The edition is made again from the source and both are
read by the same reader; where paragraphs of both have the same text, another style says what the line is, and a
paragraph that is gone is left out.  The title and the source note are metadata.  What is written otherwise is listed
and never taken: the text is the page's.
"""

from __future__ import annotations

import difflib
import io
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from .. import style, writers
from ..corrections import Corrections, MetadataCorrection
from ..errors import Said, SourceError
from ..model import Block, Document, List, Paragraph, Quote, Removed, block_text, item_text, walk
from ..words.labels import label
from . import reading
from .correcting import CorrectedPage, Spoken, corrections_of, tried
from .wordfile import EditedParagraph, bare, kind_of, paragraphs_of

_NOTED = ("source", "author", "editor", "published", "document_number", "issuing_body", "index_number", "url")
"""The fields that the source note prints."""
_NEAR = 25
"""Paragraphs further apart are not compared: two edits of a text, not two texts."""
_ROUNDS = 4
"""How often the edition is made again and compared: lines follow what is said of others."""
_ALIKE = 0.6
"""Two paragraphs that have so much in common are one that was written otherwise."""


class PlacedLine(NamedTuple):
    """A paragraph that is printed, and the lines of the source it is from; 0 for none."""

    text: str
    first: int
    last: int


class TakenUp(NamedTuple):
    """corrections: those the page has with what is taken.  listed: what is not, one sentence each."""

    corrections: Corrections
    listed: list[Said]


# --- The two compared ------------------------------------------------------------------------------------------------


def taken_up(page: CorrectedPage, path: str) -> TakenUp:
    """What an edited DOCX says of a page.  Raises SourceError: it cannot be read, or was not made from the page."""
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise SourceError(Said("no-such-file"), where=path) from None
    except OSError as error:
        raise SourceError(Said("file-unreadable", error=error.strerror), where=path) from None
    edited, known = paragraphs_of(data, path)
    corrections = page.sidecar.corrections if page.sidecar is not None else Corrections()
    listed: list[Said] = []
    properties: dict[str, str] = {}
    for number in range(_ROUNDS):
        comparison, made_known = _compared(page, edited)
        if not number:
            listed = comparison.listed
            read = reading.read(page.path, plain=True).metadata  # an edition made before there were corrections
            properties = {
                name: value
                for name, value in known.items()
                if value not in (made_known.get(name), getattr(read, name) or "") and name not in comparison.fields
            }
        fields = {name: value for name, value in comparison.fields.items() if number == 0 or name not in properties}
        spoken = comparison.spoken(fields if number else {**properties, **fields})
        if spoken == Spoken():
            break
        corrections = corrections_of(page, spoken)
        document, sidecar = tried(page, corrections)
        page = page._replace(document=document, sidecar=sidecar)
    return TakenUp(corrections, listed)


def _compared(page: CorrectedPage, edited: list[EditedParagraph]) -> tuple[_Comparison, dict[str, str]]:
    """The edition that is made now beside the edited one, and its properties."""
    composed = writers.compose(_dated(page.document), style.load("gongwen"))
    stream = io.BytesIO()
    writers.find("docx")(composed, style.load("gongwen"), stream)
    made, known = paragraphs_of(stream.getvalue(), page.path)
    comparison = _Comparison(page, composed, made, edited)
    comparison.compare()
    return comparison, known


def _dated(document: Document) -> Document:
    metadata = msgspec.structs.replace(document.metadata, modified="2000-01-01T00:00:00Z")
    return msgspec.structs.replace(document, metadata=metadata)


class _Comparison:
    def __init__(
        self,
        page: CorrectedPage,
        composed: Document,
        made: Sequence[EditedParagraph],
        edited: Sequence[EditedParagraph],
    ) -> None:
        self.page, self.made, self.edited = page, made, edited
        self.language = composed.metadata.language
        self.places = _placed(made, list(_printed(composed.blocks)))
        self.left_out = {
            bare(text): at for at, text in page.lines.items() if at in _removed_lines(page.document) and text.strip()
        }
        self.lines: list[tuple[int, str]] = []
        self.run_ins: list[tuple[int, str]] = []
        self.fields: dict[str, str] = {}
        self.extra: dict[str, str] = {}
        self.listed: list[Said] = []
        self.gone: list[int] = []
        self.new: list[EditedParagraph] = []

    def compare(self) -> None:
        """Raises SourceError where nearly nothing of one is in the other."""
        before, after = [one.text for one in self.made], [one.text for one in self.edited]
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        if len(before) > 2 and not any(size for *_, size in matcher.get_matching_blocks()):
            raise SourceError(Said("edited-other"), where=self.page.path)
        for tag, start, end, begin, stop in matcher.get_opcodes():
            if tag == "equal":
                for at, to in zip(range(start, end), range(begin, stop), strict=True):
                    self._same(at, self.edited[to])
            else:
                self._other(list(range(start, end)), list(self.edited[begin:stop]))
        self._rest()

    def spoken(self, fields: dict[str, str]) -> Spoken:
        """What is taken.  fields: of the metadata."""
        metadata = msgspec.convert({**fields, "extra": self.extra}, MetadataCorrection)
        return Spoken(metadata, lines=tuple(sorted(self.lines)), run_ins=tuple(self.run_ins))

    def _same(self, at: int, now: EditedParagraph) -> None:
        """A paragraph whose text is as it was."""
        was, place = self.made[at], self.places[at]
        if was.style == "sourcenote" or not place.first:
            return
        before, after = kind_of(was), kind_of(now)
        if after is None and now.style != was.style:
            self.listed.append(Said("edited-style", line=place.first, style=now.style))
        elif after is not None and after != before:
            self.lines.append((place.first, after))
        elif now.run_in != was.run_in and after == "paragraph":
            self.run_ins.append((place.first, now.run_in))

    def _other(self, old: list[int], new: list[EditedParagraph]) -> None:
        """Paragraphs in the place of others."""
        while old or new:
            if self._joined_or_split(old, new):
                continue
            pair = self._alike(old, new)
            if pair is None:
                break
            at, now = old.pop(pair[0]), new.pop(pair[1])
            self._changed(at, now)
        self.gone += old
        self.new += new

    def _rest(self) -> None:
        """What is left on either side: a paragraph that stands elsewhere now, one that is gone, one that is new."""
        for at in self.gone:
            moved = next((now for now in self.new if now.text == self.made[at].text), None)
            if moved is None:
                self._gone(at)
            else:
                self.new.remove(moved)
                self.listed.append(Said("edited-moved", line=self.places[at].first))
                self._same(at, moved)
        for now in self.new:
            if (line := self.left_out.get(now.text)) is not None:
                self.lines.append((line, "keep"))
            elif now.style != "sourcenote" or not self._note(now):
                self.listed.append(Said("edited-new", text=now.shown.strip()))

    def _joined_or_split(self, old: list[int], new: list[EditedParagraph]) -> bool:
        """Whether some paragraphs became one, or one became some."""
        for first, now in itertools.product(range(len(old)), range(len(new))):
            whole = ""
            for last in range(first, len(old)):
                whole += self.made[old[last]].text
                if last > first and whole == new[now].text:
                    self.lines += [(self.places[at].first, "join") for at in old[first + 1 : last + 1]]
                    del old[first : last + 1], new[now]
                    return True
        for at, first in itertools.product(range(len(old)), range(len(new))):
            whole, cuts = "", list[int]()
            for last in range(first, len(new)):
                whole += new[last].text
                if last > first and whole == self.made[old[at]].text:
                    self._split(old[at], cuts)
                    del old[at], new[first : last + 1]
                    return True
                cuts.append(len(whole))
        return False

    def _split(self, at: int, cuts: list[int]) -> None:
        """A paragraph of several lines may be cut where a line ends."""
        place, length, ends = self.places[at], 0, {}
        for line in range(place.first, place.last):
            length += len(bare(self.page.lines.get(line, "")))
            ends[length] = line + 1
        for cut in cuts:
            if cut in ends:
                self.lines.append((ends[cut], "split"))
            else:
                self.listed.append(Said("edited-cut", line=place.first))

    def _alike(self, old: list[int], new: list[EditedParagraph]) -> tuple[int, int] | None:
        """The two that have most in common."""
        best: tuple[float, int, int] | None = None
        for one, at in enumerate(old):
            for other, now in enumerate(new):
                was = self.made[at]
                if abs(one - other) > _NEAR:
                    continue
                matcher = difflib.SequenceMatcher(None, was.text, now.text, autojunk=False)
                same = matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE <= matcher.quick_ratio() else 0.0
                same = 1.0 if was.style == now.style == "title" else same
                if same >= _ALIKE and (best is None or same > best[0]):
                    best = same, one, other
        return best[1:] if best is not None else None

    def _changed(self, at: int, now: EditedParagraph) -> None:
        """A paragraph that is written otherwise."""
        was, place = self.made[at], self.places[at]
        if was.style == "sourcenote" and self._note(now):
            return
        if kind_of(was) == kind_of(now) == "title":
            self.fields["title"] = " ".join(now.shown.split())
            return
        said = Said("edited-text", line=place.first, before=was.shown.strip(), after=now.shown.strip())
        self.listed.append(said)
        if (after := kind_of(now)) is not None and after != kind_of(was) and place.first:
            self.lines.append((place.first, after))

    def _gone(self, at: int) -> None:
        was, place = self.made[at], self.places[at]
        if was.style == "sourcenote":
            name, _ = self._said(was)
            if name in MetadataCorrection.__struct_fields__:
                self.fields.setdefault(name, "")
            elif name:
                self.extra.setdefault(name, "")
        elif place.first:
            self.lines.append((place.first, "removed"))

    # --- The source note ---

    def _note(self, now: EditedParagraph) -> bool:
        """Takes a line of the source note as metadata; whether it is one."""
        name, value = self._said(now)
        if name in MetadataCorrection.__struct_fields__:
            self.fields[name] = value
        elif name:
            self.extra[name] = value
        return bool(name)

    def _said(self, paragraph: EditedParagraph) -> tuple[str, str]:
        """The field that a line of the source note is for, or its label, and its value."""
        shown = paragraph.shown.strip()
        for field in _NOTED:
            begin = label(field, self.language)
            if shown.startswith(begin):
                return field, shown[len(begin) :].strip()
        name, mark, value = shown.partition(label("separator", self.language))
        return (name.strip(), value.strip()) if mark else ("", "")


# --- Where printed paragraphs are from --------------------------------------------------------------------------------


def _printed(blocks: Sequence[Block]) -> Iterator[PlacedLine]:
    """The texts of a composed document in order, each with its lines."""
    for block in blocks:
        match block:
            case Quote():
                yield from _printed(block.children)
            case List():
                for item in block.items:
                    deeper = [child for child in item.children if isinstance(child, List)]
                    own = msgspec.structs.replace(item, children=item.children[: len(item.children) - len(deeper)])
                    first = item.origin or next((getattr(child, "origin", None) for child in item.children), None)
                    lines = (first.first, first.last) if first is not None else (0, 0)
                    yield PlacedLine(bare(item_text(own)), *lines)
                    yield from _printed(deeper)
            case Paragraph() if block.role == "attachment":
                begin = block.origin.first if block.origin is not None else 0
                for number, line in enumerate(block_text(block).split("\n")):
                    yield PlacedLine(bare(line), begin + number if begin else 0, begin + number)
            case _:
                origin = getattr(block, "origin", None)
                lines = (origin.first, origin.last) if origin is not None else (0, 0)
                yield PlacedLine(bare(block_text(block)), *lines)


def _placed(made: Sequence[EditedParagraph], printed: Sequence[PlacedLine]) -> list[PlacedLine]:
    """For each paragraph of an edition the line it is from."""
    none = PlacedLine("", 0, 0)
    found = [none] * len(made)
    texts = [one.text for one in made], [one.text for one in printed]
    for block in difflib.SequenceMatcher(None, *texts, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            found[block.a + offset] = printed[block.b + offset]
    return found


def _removed_lines(document: Document) -> set[int]:
    out: set[int] = set()
    for block in walk(document.blocks):
        if isinstance(block, Removed) and block.origin is not None:
            out.update(range(block.origin.first, block.origin.last + 1))
    return out
