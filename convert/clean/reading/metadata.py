"""What the labelled lines say of the document: fields of the metadata, each from the line that is labelled so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...model import Metadata
from ...zh.bylines import byline
from ...zh.characters import key, simplified
from ...zh.dates import find, whole
from ...zh.forms import INLINE, is_number, leading_number
from ...zh.furniture import controls
from ...zh.labels import Pair, label_of
from ...zh.names import author_of, is_byline, poet
from ...zh.organs import is_source
from ...zh.papers import classified, signers
from ...zh.patterns import pattern
from ...zh.sections import occasion
from ..draft import Draft, Unit
from .evidence import AROUND, DASHED, SeenLine

_NAMED = pattern(
    "(?!https?:|(?:发表|发布|刊发|刊登|上传|创建)(?:于|时间|日期)?[ :]?[0-9])"
    "(?:(?:原创|首发|转载)\\s+)?([^\\s|\uff5c/\u00b7]+)[\\s|\uff5c/\u00b7]+[0-9]"
)
"""Who published, before the day."""
_JOINED = pattern("([\u4e00-\u9fffA-Za-z]{2,12})(?=(?:19|20)[0-9]{2}[年/.-])")
"""Who published, joined to the day: `江城晚报2019-09-23 07:48`."""
_DONE = pattern("(?:已|(?:已|发表|发布|刊发)?[于於])$")
"""What somebody did on the day: `王某已于`."""
_FOLLOWED = pattern(".*[0-9日][ \u3000\u00a0]+([\u4e00-\u9fff]{2,12})")
"""Who published, behind the day and the hour."""
_STAMPED = pattern("(.{4,}?)[ \u3000\t]+((?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?: [0-9:]{4,8})?)")

_BRACKETED = pattern("[(\uff08] *(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?: [0-9:]{4,8})? *[)\uff09]$")
"""The day of a page, in brackets behind its title."""


def known_from(draft: Draft, lines: Sequence[SeenLine], states: Sequence[str]) -> list[int]:
    """Puts what the lines say into the metadata; returns the lines labelled metadata that say nothing of it."""
    silent: list[int] = []
    organs: list[str] = []
    for line, state in zip(lines, states, strict=True):
        known = draft.metadata
        bare = line.text.strip(AROUND)
        given = getattr(line.unit.block, "role", "body") != "body"
        if given:
            continue
        if state[0] == "M" and "organ" in line.forms and not line.pairs and not _follows_label(lines, states, line):
            other = line.at > 0 and "label-only" in lines[line.at - 1].forms  # `区域` with a colon, and its value
            organs += [] if other else bare.split()
        elif state[0] == "M" and organs and "letterhead" in line.forms:
            organs.append(_of_letterhead(bare))  # the last of several that issue a paper together
        elif state[0] == "M":
            if not _meta(draft, lines, states, line, bare):
                silent.append(line.at)
        elif state == "U1" and not draft.metadata.subtitle:
            _subtitle(draft, DASHED.sub("", line.text).strip("\uff08\uff09() "))
        elif state == "B1":
            if not any(map(str.isdigit, bare)):
                draft.know(author=_author(bare))
        elif state == "D1" and (date := whole(bare)):
            draft.know_date("bare", date.iso)
        said_by_line(draft, known, line.unit)
    draft.know(issuing_body="\u3001".join(dict.fromkeys(organs)))
    return silent


def _author(text: str) -> str:
    """Who a byline names: several with a role each, or one."""
    if alone := poet(text):
        return alone
    several = byline(text)
    return "\u3001".join(several) if len(several) > 1 else author_of(text)


def _follows_label(lines: Sequence[SeenLine], states: Sequence[str], line: SeenLine) -> bool:
    """The line before is a label without its value."""
    before = lines[line.at - 1] if line.at else None
    return before is not None and states[before.at][0] == "M" and "keys-only" in before.forms and not line.pairs


def said_by_line(draft: Draft, before: Metadata, unit: Unit) -> None:
    """How sure a field is that a line has set: as sure as the line."""
    if draft.metadata is before or unit.sure is None:
        return
    for name in Metadata.__struct_fields__:
        if name != "extra" and getattr(draft.metadata, name) != getattr(before, name):
            draft.metadata_sure[name] = unit.sure


def _meta(draft: Draft, lines: Sequence[SeenLine], states: Sequence[str], line: SeenLine, bare: str) -> bool:
    """One line of metadata; whether anything was learned, or the line belongs to a label above."""
    if _follows_label(lines, states, line):
        draft.know_pair(lines[line.at - 1].pairs[-1]._replace(value=bare))
        return True
    if line.pairs:
        for pair in line.pairs:
            below = states[line.at] == "M3" and pair.field == "title"
            _know_labelled(draft, pair._replace(field="extra") if below else pair)
        return True
    if is_number(bare):
        draft.know(document_number=bare)
        return True
    if date := whole(bare):
        draft.know_date("bare", date.iso)
        return True
    if "grade" in line.forms:
        draft.know(**{classified(bare) or "security": bare})
        return True
    return _mixed(draft, line, bare)


_SITE = pattern(".*(?:网|网站|中文站|频道|客户端|在线|新闻)")


def _is_site(name: str) -> bool:
    """The name is one of a paper, a station, an organ or a site."""
    return is_source(name) or bool(_SITE.fullmatch(simplified(name)))


_BAR = pattern("\\s*[|\uff5c]")


def _know_labelled(draft: Draft, pair: Pair) -> None:
    """What a label says; a source may have the day and the names of the page's tools behind it."""
    if pair.field == "source" and pair.value:
        if date := find(pair.value):
            draft.know_date("bare", date.iso)
        words = _BAR.split(pair.value)[0].split() or [pair.value]
        while len(words) > 1 and controls(key(words[-1])):
            words.pop()
        if len(words) < len(pair.value.split()):
            pair = pair._replace(value=" ".join(words))
    draft.know_pair(pair)


def _of_letterhead(text: str) -> str:
    return text.removesuffix("文件").strip()


def _mixed(draft: Draft, line: SeenLine, bare: str) -> bool:
    """A line of several things without order: a number and a signer, a date and a source, the paper's name and page."""
    if "letterhead" in line.forms:
        draft.know(issuing_body=_of_letterhead(bare))
        return True
    found = False
    if number := leading_number(bare):
        draft.know(document_number=number)
        draft.know(signer="\u3001".join(signers(bare)))
        found = True
    date = find(bare)
    if "paper-page" in line.forms:
        draft.know(source=re.sub("[\u300a\u300b\u3008\u3009 ]", "", bare.split("\u300b")[0]))
        found = True
    for word, said in INLINE.findall(bare):
        row, said = label_of({"发布者": "发布人"}.get(word, word)), said.strip(" \u3000:\uff1a|/")
        if row is not None and said:
            _know_labelled(draft, Pair(word, said, row.field, row.takes))
            found = True
    if date is not None or (
        "date-first" in line.forms and (date := find(re.sub("(月[0-9]{1,2})(?!日)", r"\1日", bare)))
    ):
        draft.know_date("bare", date.iso)
        found = True
    if "source-date" in line.forms and "organ-date" not in line.forms:
        joined = _JOINED.match(bare)
        name = joined or _NAMED.match(bare)
        said = _DONE.sub("", name[1]) if name else ""
        draft.know(source=said if not said[:1].isdigit() and (not joined or _is_site(said)) else None)
    if date is not None and (name := _FOLLOWED.fullmatch(bare)) and is_source(name[1]):
        draft.know(source=name[1])
    if "organ-date" in line.forms:
        draft.know(issuing_body=bare.split()[0])
    return found


def _subtitle(draft: Draft, text: str) -> None:
    """The subtitle without dash and brackets; a byline that follows it on the line is the author."""
    spoken = occasion(simplified(text))
    tail = text[spoken:].strip("\uff08\uff09() \u3000") if spoken else ""
    if tail and is_byline(tail):
        draft.know(author=_author(tail))
        text = text[:spoken]
    draft.know(subtitle=text)


def know_title(draft: Draft, text: str) -> None:
    """The title; where it carries the occasion of a speech behind a dash or in brackets, that is the subtitle.  The
    circle that Japanese registers of by-laws set before a title is none of it."""
    if (draft.metadata.language or "").startswith("ja"):
        text = text.removeprefix("\u25cb")
    dated = _STAMPED.fullmatch(text)
    if dated:
        text = dated[1]
        if date := find(dated[2]):
            draft.know_date("bare", date.iso)
    elif (bracketed := _BRACKETED.search(text)) and (date := find(bracketed[0])):
        draft.know_date("bare", date.iso)
    text = text.rstrip("\uff1a:")
    found = re.fullmatch("(.{2,}?)(?:\u2014\u2014|[\uff08(])(.+?)[\uff09)]?", text)
    if found and occasion(simplified(found[2])) == len(found[2]):
        draft.know(title=found[1], subtitle=found[2])
    else:
        draft.know(title=text)
