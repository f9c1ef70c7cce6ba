"""The evidence of the whole document: where its body begins and ends, its title, its parts, and what it says twice."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence

from ...zh.characters import key
from ...zh.patterns import pattern
from .. import limits
from .again import openings_of, running_of, title_again
from .body import FURNITURE, bare, is_latin_sentence, list_begins, reads_like_body, speaker_of
from .cells import cells_of, code_of
from .contents import contents_of, entries_of
from .ends import copy_of, glossary_of, is_cut, is_headline, notes_of, tail_of
from .evidence import SeenLine
from .headlines import may_be_title
from .heads import heads_of
from .leads import leads_of
from .looks import bold_leads, styles_of
from .moments import days_of, moments_of
from .series import series_of
from .spans import TitleSpan, front_span, is_attributed, part_span
from .windows import named_above

_HEADING = tuple(form for form in FURNITURE if form not in ("f:after", "f:notice", "f:credit", "f:empty", "f:rule"))
_CERTAIN = frozenset(FURNITURE) - {"f:widget", "f:before", "f:after"}
_CLOSING = ("date", "partial-date", "stamp", "attachment-alone", "attachment", "noted", "copied")
_CRUMB = pattern("[ \u3000\u00a0>\u203a\u00bb\u2192|_/\uff0d\\-]")
"""What parts the names of a page's sections."""
_RULED = pattern("__|\uff3f\uff3f")
"""Room to fill in."""
_ADORNED = pattern("([#*~=\u2605\u25c6\u25cf-]+)\\s*[^\\s#*~=].*[^\\s#*~=]\\s*\\1")
"""A heading that a text sets between ornaments."""
_CODE = pattern("[=(){}\\[\\];_]|^(?:import|from|return|def|class|if|else|for|while|try|except|end)\\b")
"""A line of a program: such lines come again and are no running heads."""


class Evidence:
    """A document's lines with what the whole says of them.

    labels: what stands before a colon, with the lines that say it. begin, end: the first line that reads like the
    body's, and after the last. region: where what stands before the body ends. title: the best title span. parts:
    places in title spans of further parts, each `B` or `I` with its span. attributed: lines that say from where the
    text is, and its title. longest: the line above the body that is most of a title by its length. teasers: sentences
    that are about other texts. hours, days: moments that a report tells by. cells: of tables. tail: where furniture
    after the end begins. code: lines of programs. copies: of a second copy of the text. notes: where notes begin.
    entries: headings in a list that does not come again as a whole.
    contents, repeats, openings, running, menu, functions, colons: places of lines that are a contents list, say the
    title again, say the beginning again, head pages, stand among the names of a menu, may be headings that end in a
    colon. heads: headings that several alike prove. leads: places of lead sentences, with their kind. styles: places
    of lines set like headings, each with the family of its looks. given: the reader gave the title. elements: the
    page's elements told already what is said again.
    """

    def __init__(self, lines: Sequence[SeenLine], known: Sequence[str], *, elements: bool = False) -> None:
        self.lines = lines
        self.elements = elements
        self.count = len(lines)
        self.series, self.of = series_of(lines)
        self.leads, self.leads_worded = leads_of(lines)
        self.leads.update(bold_leads(lines))
        self.styles = styles_of(lines)
        self.given = any(line.unit.role == "title" for line in lines)
        window = named_above(lines)
        below = max(window.values(), default=-1)
        self.copies = set() if elements else copy_of(lines)
        reads = [line.at not in self.copies and reads_like_body(line) for line in lines]
        body = [at for at, text in enumerate(reads) if text and at > below]
        self.labels: dict[str, set[str]] = defaultdict(set)
        for line in lines:
            if "speaker" in line.forms:
                self.labels[speaker_of(line)].add(line.key)
        self.contents = contents_of(lines)
        counted = self._counted()
        self.begin = min(list_begins(lines, body[0] if body else self.count), counted)
        self.end = body[-1] + 1 if body else self.count
        self.region = min(self._region(), max(counted, 1), self.count, limits.FRONT_LINES)
        self.cells = cells_of(lines)
        self.code = code_of(lines)
        self.heads = heads_of(lines, self.begin) - self.cells
        given = [said for said in (*known, *self._named(), *window) if said]
        self.title = front_span(lines, self.region, self.begin, given, self.cells | self.code | self.heads)
        span = self.title
        self.said = "".join(line.key for line in lines[span.first : span.last + 1]) if span else ""
        self.longest = self._longest()
        self.attributed = {line.at for line in lines[: self.region] if is_attributed(lines, line.at)}
        self.parts = self._parts()
        self.openings = set() if elements else openings_of(lines, self.begin, self.said)
        self.teasers, self.hours = moments_of(lines, self.begin)
        self.days = days_of(lines)
        again = self.openings | self.teasers | {at - 1 for at in self.teasers}
        self.tail = tail_of(lines, self.begin, reads, again, self.code)
        self.notes = min(notes_of(lines, self.begin, self.series), glossary_of(lines, self.tail))
        self.notes_end = next(
            (line.at for line in lines[self.notes + 1 :] if line.has("section", "attachment-alone")), self.count
        )
        self.entries = entries_of(lines, self.contents)
        self.repeats = title_again(lines, self.title, self.said)
        code = {line.key for line in lines if "no-han" in line.forms and _CODE.search(line.text)}
        self.keys = Counter(line.key for line in lines if len(line.key) >= limits.KEY and line.key not in code)
        self.first_of: dict[str, int] = {}
        for line in lines:
            self.first_of.setdefault(line.key, line.at)
        self.last_of = {line.key: line.at for line in lines}
        self.running = running_of(lines, self.keys)
        self.menu = self._menu()
        self.crumbs = self._crumbs()
        above = self.title.first if self.title is not None else 0
        self.head = max((line.at for line in lines[:above] if line.has(*_HEADING)), default=-1)
        self.functions = self._functions()
        self.colons = self._colons()
        self.heads = {at for at in self.heads if at < self.tail}
        self.signed = self._signed()
        self.letterhead = self._letterhead()
        self._usual()

    # --- Where things stand ---------------------------------------------------------------------------------------

    def _region(self) -> int:
        """A sentence or two further than the body's first, and below a salutation or a subtitle, above which a slogan
        or a summary may stand."""
        region = self.begin + 2
        for line in self.lines[self.begin : self.begin + limits.SUMMARIES * 2 + 1]:
            if line.size > limits.NO_SENTENCE and "occasion" not in line.forms:
                break
            if line.has("salutation", "occasion"):
                region = max(region, line.at + 1)
        return region

    def _counted(self) -> int:
        """Where the text counts `一、` first, which it does not above its title; contents do."""
        found = [
            series.members[0]
            for series in self.series
            if series.family == "han" and len(series.members) >= limits.HEADS and series.members[0] not in self.contents
        ]
        return min(found, default=self.count)

    def _longest(self) -> int:
        """The longest line above the body that is neither a sentence nor a label with a value; -1 where several are
        short or there is none."""
        found = max(
            (
                line
                for line in self.lines[: min(self.begin, self.count - 1)]
                if may_be_title(line) and not line.sentence and line.at not in self.cells
            ),
            key=lambda line: (line.size, -line.at),
            default=None,
        )
        return found.at if found is not None and found.size > limits.MENU_NAME else -1

    def _named(self) -> list[str]:
        """Titles the page gives in its fields."""
        return [
            key(pair.value)
            for line in self.lines[: limits.FRONT_LINES]
            for pair in line.pairs
            if pair.field == "title" and pair.value
        ]

    def _parts(self) -> dict[int, tuple[str, TitleSpan]]:
        """Spans that may be titles of further parts: below a signature, a date, an attachment's label, a note."""
        out: dict[int, tuple[str, TitleSpan]] = {}
        for line in self.lines[1:]:
            if line.at <= self.begin or line.at in out or line.mark:
                continue
            before = self.lines[line.at - 1]
            opens = before.has(*_CLOSING) or (
                before.end != "colon" and not before.sentence and before.size <= limits.ONE_LINE
            )
            if not opens and "kind" not in line.forms:
                continue
            span = part_span(self.lines, line.at)
            if span is None or (span.quality == "weak" and not before.has("attachment-alone", "attachment")):
                continue
            for at in range(span.first, span.last + 1):
                out[at] = ("B" if at == span.first else "I", span)
        return out

    def _letterhead(self) -> set[int]:
        """Lines that name organs or say how secret and urgent a paper is, above its number (GB/T 9704-2012, 7.2)."""
        out: set[int] = set()
        for line in self.lines[: self.region]:
            if not line.has("number", "number-first"):
                continue
            at = line.at - 1
            while (
                at >= 0 and self.lines[at].has("organ", "letterhead", "grade") and "about" not in self.lines[at].forms
            ):
                out.add(at)
                at -= 1
        return out if len(out) < self.region else set()

    def _signed(self) -> set[int]:
        """Short lines right above a date below the body's beginning, as signatures stand."""
        out: set[int] = set()
        for line in self.lines[self.begin + 1 :]:
            if not line.has("date", "partial-date"):
                continue
            at = line.at - 1
            while at > self.begin and line.at - at <= limits.SIGNATURE_LINES:
                above = self.lines[at]
                if above.sentence or above.mark or above.size > limits.ONE_LINE or above.end not in ("word", "close"):
                    break
                out.add(at)
                at -= 1
        return out

    def _functions(self) -> set[int]:
        """Names of a page's controls that head what a text says of them, as a manual's chapters are named: `登录`.
        Where two are spoken of below them, so may the others be; one alone where other short lines head text."""
        found = {
            line.at: any(line.bare in one.text for one in self.lines[below.at : below.at + (1 + ("\t" in below.text))])
            for line, below in itertools.pairwise(self.lines)
            if line.has("f:widget")
            and line.forms.isdisjoint(_CERTAIN)
            and (reads_like_body(below) or "\t" in below.text)
        }
        spoken = {at for at, said in found.items() if said}
        if len(spoken) < 2 and len(found) == 1 and self._heads(*found):
            return set(found)
        return set(found) if len(spoken) > 1 else spoken

    def _heads(self, at: int) -> bool:
        """A control's name alone among sentences, where other short lines head theirs: `分享转发` above what may be
        shared."""
        heads = [
            line.at
            for line, below in itertools.pairwise(self.lines[self.begin : self.end])
            if bare(line) and line.size <= limits.LIST_HEAD and line.forms.isdisjoint(FURNITURE) and below.sentence
        ]
        near = self.lines[at - 1 : at]
        return len(heads) > 1 and min(heads) - limits.MENU < at < max(heads) and all(map(reads_like_body, near))

    def _colons(self) -> set[int]:
        """Short lines without a mark that end in a colon, each above text of its own, where there are several."""
        out = {
            line.at
            for line in self.lines[max(self.begin - 1, 0) : self.count - 1]
            if line.end == "colon"
            and line.mark is None
            and line.size <= limits.COLON_HEAD
            and not line.has("leads-in", "salutation", "pairs")
            and "\uff0c" not in line.text
            and self.lines[line.at + 1].end != "colon"
        }
        return out if len(out) > 1 else set()

    # --- Menus and paths ------------------------------------------------------------------------------------------

    def _menu(self) -> set[int]:
        """Lines before the body that stand in a run of short ones, some of which are names of menus or said again
        elsewhere: a table's cells are said again within it.  A list that a colon announces is none, nor is a form with
        room to fill in."""
        out: set[int] = set()
        run: list[SeenLine] = []
        for line in self.lines[: self.begin + 1] if self.begin < self.count else ():
            if line.at < self.begin and self._may_be_menu(line):
                run.append(line)
                continue
            own = Counter(one.key for one in run)
            proofs = sum(one.has(*_HEADING) or (not self.elements and self.keys[one.key] > own[one.key]) for one in run)
            announced = bool(run) and run[0].at > 0 and self.lines[run[0].at - 1].end == "colon"
            form = any("blanks" in one.forms and _RULED.search(one.text) for one in run)
            if len(run) >= limits.MENU and proofs * limits.MENU_SHARE >= len(run) and not (announced or form):
                out.update(one.at for one in run if not self._ends_menu(run, one))
            run = []
        return out

    def _ends_menu(self, run: list[SeenLine], line: SeenLine) -> bool:
        """The line is among the last of a menu, which has it too: the heading of the page that the menu led to.  Or it
        is the last, and the longest: what the page is called that the menu stands above."""
        if line is run[-1] and all(one.size < line.size for one in run[:-1]):
            return True
        return line.at > run[-1].at - 3 and self.keys[line.key] > 1 and self.last_of[line.key] == line.at

    def _may_be_menu(self, line: SeenLine) -> bool:
        if line.sentence or line.size > 30 or line.mark or line.end not in ("word", "close") or line.at in self.cells:
            return False
        span = self.title
        titled = span is not None and span.first <= line.at <= span.last
        titled = titled and (line.at == self.longest or (span is not None and span.score >= limits.TITLE_SCORE))
        valued = line.has("speaker", "label") and line.forms.isdisjoint(FURNITURE)
        signed = span is not None and line.at == span.last + 1 == self.begin - 1 and line.has("name", "byline", "organ")
        if signed or _ADORNED.fullmatch(line.text):
            return False
        return (
            not titled
            and not valued
            and not line.has("pairs", "number", "stamp", "date", "source-date", "salutation", "poet")
        )

    def _crumbs(self) -> set[int]:
        """Lines above the title that end in it behind the names of the page's sections, or begin with it before the
        name of the site."""
        if self.title is None or len(self.said) <= limits.REPEATED_WHOLE:
            return set()
        return {
            line.at
            for line in self.lines[: self.region]
            if len(said := line.key or key(line.text)) > len(self.said)
            and (said.endswith(self.said) or said.startswith(self.said))
            and _CRUMB.search(line.text)
        }

    # --- What is usual --------------------------------------------------------------------------------------------

    def _usual(self) -> None:
        lines = self.lines
        gaps = sorted(line.gap for line in lines[1:])
        self.usual_gap = gaps[len(gaps) // 2] if gaps else 0
        indents = Counter(line.indent for line in lines if line.size > 30)
        self.usual_indent = indents.most_common(1)[0][0] if indents else 0
        self.law = any(series.family == "article" and len(series.members) > 1 for series in self.series)
        speakers = Counter(speaker_of(line) for line in lines if "speaker" in line.forms)
        self.speakers = {name for name, count in speakers.items() if count > 1}

    def valued(self, line: SeenLine) -> bool:
        """The line before is a label without its value."""
        before = self.lines[line.at - 1] if line.at else None
        return before is not None and "keys-only" in before.forms and line.size <= 60 and not line.sentence

    def said_of(self, line: SeenLine) -> bool:
        """The line says by a label what several lines say of other things, as a programme's days and places."""
        return "speaker" in line.forms and len(self.labels[speaker_of(line)]) >= limits.RUNNING

    def credited(self, line: SeenLine) -> bool:
        """The line before is a credit without a name."""
        before = self.lines[line.at - 1] if line.at else None
        return (
            before is not None and "f:credit" in before.forms and before.end == "colon" and line.size <= limits.EDITOR
        )

    def listed(self, line: SeenLine) -> bool:
        """A further line of a list of attachments."""
        if line.mark is None or line.mark.family not in ("arabic", "decimal", "arabic_paren"):
            return False
        at = line.at - 1
        while at >= 0 and line.at - at < 40:
            if self.lines[at].has("attachment", "attachment-alone"):
                return line.end not in ("stop", "semi")
            if self.lines[at].mark is None:
                return False
            at -= 1
        return False

    def in_card(self, at: int) -> bool:
        """One of several lines that say by a label each whom or what an article is about."""
        own, *beside = (self.lines[place] for place in (at, at - 1, at + 1) if 0 <= place < self.count)
        told = [line.has("speaker", "label") and line.forms.isdisjoint(FURNITURE) for line in (own, *beside)]
        return told[0] and any(told[1:])

    def _beset(self, line: SeenLine) -> bool:
        """A short line between two that are furniture by what they say, as a headline that asks or cries out."""
        near = self.lines[line.at - 1 : line.at + 2] if line.at else ()
        return (
            len(near) == 3
            and line.size <= limits.ONE_LINE
            and line.text[-1] in "?!\uff1f\uff01"
            and all(one.has(*_HEADING, "f:after") for one in (near[0], near[2]))
        )

    def zone(self, line: SeenLine) -> str:
        """`tail`, `head` or nothing: the line stands among furniture that is certain, after the end or above the
        title."""
        if line.at in self.teasers and line.at >= self.tail:
            return "tail"
        if line.at >= self.tail and (is_cut(line) or self._beset(line) or (is_headline(line) and not line.sourced)):
            return "tail"
        if line.sentence or line.end in ("stop", "semi", "comma") or line.sourced or is_latin_sentence(line):
            return ""
        if line.at >= self.tail:
            return "tail"
        span = self.title
        if span is None or line.at >= min(span.first, self.region) or self.head < 0 or line.size > limits.ONE_LINE:
            return ""
        if self.in_card(line.at):
            return ""
        certain = span.quality in ("known", "strong") or span.lead >= limits.CERTAIN
        return "head" if certain or line.at <= self.head + limits.HEADS else ""
