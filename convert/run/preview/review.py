"""The review view: the lines of a source with what each is read as, how sure and why; beside them the edition.

In: a build and the document chosen.  Out: HTML.  The script (`review.js`) sends what a person says of a line or a field
(`said`), and loads this page again for its new lines; without it the page can be read, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from ...corrections import KINDS, Corrections
from ...errors import ConvertError, Failure
from ...model import SURE, LedgerEntry, Repair, ledger
from ...words.messages import language, of_failure, tr
from ..correcting import CorrectedPage, opened
from .build import Build, Shown

LEVELS = 4
"""Levels of headings that can be chosen; `wenban correct` takes deeper ones."""


def labels() -> dict[str, str]:
    """The kinds of lines in the user's language."""
    return {
        "title": tr("title"), "subtitle": tr("subtitle"), "heading": tr("heading"), "paragraph": tr("text"),
        "list_item": tr("list item"), "salutation": tr("salutation"), "byline": tr("author line"), "date": tr("date"),
        "signature": tr("signature"), "attachment": tr("attachment"), "note": tr("annotation"),
        "quote": tr("quotation"),
        "caption": tr("caption"), "meta": tr("metadata"), "removed": tr("left out"), "table": tr("table"),
        "figure": tr("picture"),
    }  # fmt: skip


def fields() -> dict[str, str]:
    """The fields of the metadata in the user's language."""
    return {
        "title": tr("Title"), "subtitle": tr("Subtitle"), "published": tr("Published"), "source": tr("Source"),
        "author": tr("Author"), "editor": tr("Editor"), "document_number": tr("Document number"),
        "issuing_body": tr("Issuing body"), "index_number": tr("Index number"),
        "copy_number": tr("Copy number"), "security": tr("Security class"), "urgency": tr("Urgency"),
        "issuing_mark": tr("Issuing mark"), "signer": tr("Signer"), "recipients": tr("Recipients"),
        "public_note": tr("Note on publication"), "copy_to": tr("Copies to"), "printing_body": tr("Printing body"),
        "printing_date": tr("Printing date"),
    }  # fmt: skip


def reasons() -> dict[str, str]:
    """Why lines are left out, in the user's language."""
    return {
        "advertisement": tr("advertisement"),
        "caption of a picture that is not here": tr("caption of a picture that is not here"),
        "comments": tr("comments"),
        "counter": tr("counter"),
        "credits": tr("credits"),
        "disclaimer": tr("disclaimer"),
        "end mark": tr("end mark"),
        "footer": tr("footer"),
        "form": tr("form"),
        "icon": tr("icon"),
        "key to the notation": tr("key to the notation"),
        "keywords": tr("keywords"),
        "links": tr("links"),
        "logo": tr("logo"),
        "navigation": tr("navigation"),
        "newspaper jump": tr("newspaper jump"),
        "original title": tr("original title"),
        "page tools": tr("page tools"),
        "player": tr("player"),
        "related items": tr("related items"),
        "script or identifier of the page": tr("script or identifier of the page"),
        "share bar": tr("share bar"),
        "repeated on the next page": tr("repeated on the next page"),
        "repeats the page's own text": tr("repeats the page's own text"),
        "repeats the title": tr("repeats the title"),
        "the page's own table of contents": tr("the page's own table of contents"),
        "removed by hand": tr("removed by hand"),
        "after the end of the article": tr("after the end of the article"),
        "outside the article": tr("outside the article"),
        "hidden by the page's style sheet": tr("hidden by the page's style sheet"),
        "hidden on the page": tr("hidden on the page"),
        "hidden on the page (opacity)": tr("hidden on the page (opacity)"),
        "hidden on the page (visibility)": tr("hidden on the page (visibility)"),
        "text off the screen": tr("text off the screen"),
        "text in a box without height or width": tr("text in a box without height or width"),
        "text in the colour of its background": tr("text in the colour of its background"),
        "text without size": tr("text without size"),
        "white space": tr("white space"),
    }


def review(build: Build, chosen: str, token: str) -> str:
    """The page.  chosen: a document's stem; where it is none, the documents are listed.  token: what the script shows
    when it sends something."""
    ranked = build.ranked()
    shown = build.documents.get(chosen) or (ranked[0] if len(ranked) == 1 else None)
    title = f"{tr('Review')}: {shown.title or shown.stem}" if shown is not None else tr("Review")
    body = "".join(_document(build, shown, ranked) if shown is not None else _list(ranked, None))
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}" data-version="{build.version}" data-token="{token}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n'
        '<link rel="stylesheet" href="/page.css">\n<link rel="stylesheet" href="/review.css">\n'
        f'<script src="/review.js" defer></script>\n</head>\n<body class="review">\n{body}</body>\n</html>\n'
    )


def _list(ranked: list[Shown], here: Shown | None) -> Iterator[str]:
    """All documents, those with most doubt first."""
    if here is None:
        yield f"<main>\n<h1>{escape(tr('Review'))}</h1>\n"
    yield f'<nav aria-label="{escape(tr("Documents"))}">\n<ol>\n'
    for one in ranked:
        current = ' aria-current="page"' if one is here else ""
        said = tr("failed") if one.error is not None else tr("{count} in doubt", count=one.unsure) if one.unsure else ""
        link = f'<a href="/review?doc={quote(one.stem, safe="")}"{current}>{escape(one.title or one.stem)}</a>'
        yield f'<li>{link} <small class="bad">{escape(said)}</small></li>\n'
    yield "</ol>\n</nav>\n"
    if here is None:
        yield "</main>\n"


def _document(build: Build, shown: Shown, ranked: list[Shown]) -> Iterator[str]:
    if len(ranked) > 1:
        yield from _list(ranked, shown)
    yield '<main id="review">\n<div class="half">\n'
    yield f"<header>\n<h1>{escape(shown.title or shown.stem)}</h1>\n"
    yield f'<p><a href="/?doc={quote(shown.stem, safe="")}">{escape(tr("Editions"))}</a> '
    yield '<span id="said" role="status"></span></p>\n</header>\n'
    failure = shown.error
    try:
        page = opened(shown.path, build.corrections, build.language)
    except ConvertError as error:
        failure = failure or Failure.of(error)
        page = None
    if failure is not None:
        said, remedy = of_failure(failure)
        whole = tr("{message}. {remedy}", message=said, remedy=remedy) if remedy else said
        yield f'<p class="bad" role="alert">{escape(whole)}</p>\n'
    if page is not None:
        yield from _metadata(page)
        yield from _lines(page)
        yield from _tools()
    yield "</div>\n"
    if "html" in shown.files:
        name = quote(shown.files["html"], safe="")
        yield f'<iframe sandbox src="/files/{name}" title="{escape(tr("HTML edition"))}"></iframe>\n'
    yield "</main>\n"


def _metadata(page: CorrectedPage) -> Iterator[str]:
    document = page.document
    yield f'<details id="fields"><summary>{escape(tr("Metadata"))}</summary>\n'
    for name, label in fields().items():
        value, sure = getattr(document.metadata, name) or "", document.metadata_sure.get(name)
        said = tr("by hand") if name in document.metadata_by_hand else f"{sure:.0%}" if sure is not None else ""
        yield f'<p><label for="{name}">{escape(label)}</label> <input id="{name}" name="{name}" value="{escape(value)}"'
        yield f' autocomplete="off"> <small>{said}</small></p>\n'
    yield "</details>\n"


def _lines(page: CorrectedPage) -> Iterator[str]:
    """A row for each line of the source; furniture that stands together has a row for each of its lines."""
    repairs: dict[int, list[Repair]] = {}
    for repair in page.document.repairs:
        repairs.setdefault(repair.line, []).append(repair)
    said = page.sidecar.corrections if page.sidecar is not None else Corrections()
    corrected = {line.at for line in said.line}
    named, left_out = labels(), reasons()
    label = escape(tr("Lines of the source"))
    yield f'<div id="lines" role="listbox" tabindex="0" aria-label="{label}">\n'
    for entry in ledger(page.document):
        first, last = entry.lines
        rows = range(first, last + 1) if entry.kind == "removed" else (first,)
        own = [one for number in range(first, last + 1) for one in repairs.get(number, ())]
        for at in rows:
            text = page.lines.get(at, "").strip() if entry.kind == "removed" else entry.text
            if text or entry.kind in ("figure", "table"):
                yield _row(entry, at, text, named, left_out, own if at == first else [], at in corrected)
    yield "</div>\n"


def _row(
    entry: LedgerEntry,
    at: int,
    text: str,
    named: dict[str, str],
    left_out: dict[str, str],
    repairs: list[Repair],
    corrected: bool,
) -> str:
    level = entry.level if entry.kind == "heading" else None
    kind = named[entry.kind] + (f" {level}" if level is not None else "")
    doubt = entry.sure is not None and entry.sure < SURE
    sure = tr("by hand") if entry.by_hand or corrected else "" if entry.sure is None else f"{entry.sure:.0%}"
    why = left_out.get(entry.reason, entry.reason) if entry.reason else _otherwise(entry.why, named)
    word = entry.kind + (f":{level}" if level is not None else "")
    places = " ".join(f"{one.line}:{one.column}" for one in repairs if "\n" not in one.before)
    shown = escape(text).replace("\n", "<br>")
    if entry.run_in and shown.startswith(escape(entry.run_in)):
        shown = f"<b>{escape(entry.run_in)}</b>{shown[len(escape(entry.run_in)) :]}"
    classes = " ".join(filter(None, (entry.kind, "doubt" if doubt else "", "hand" if corrected else "")))
    changes = "".join(f" <del>{escape(one.before)}</del><ins>{escape(one.after)}</ins>" for one in repairs[:20])
    return (
        f'<div role="option" id="line{at}" aria-selected="false" class="{classes}" data-line="{at}" data-word="{word}"'
        f' data-repairs="{escape(places)}" data-run-in="{escape(entry.run_in or "")}">'
        f'<span class="at">{at}</span><span class="kind">{escape(kind)}</span>'
        f'<span class="sure">{escape(sure)}</span><span class="text">{shown}</span>'
        f'<small class="why" title="{escape(", ".join(entry.why))}">{escape(why)}{changes}</small></div>\n'
    )


def _otherwise(why: Sequence[str], named: dict[str, str]) -> str:
    """What else a line may be, in words a clerk reads: the last reason is `else KIND SHARE`, the others are facts that
    only the weights know, and stand in the title of what is shown."""
    _, _, other = why[-1].partition("else ") if why else ("", "", "")
    kind, _, share = other.partition(" ")
    if kind not in named or float(share) < 0.01:
        return tr("Nothing speaks for another kind.") if why else ""
    return tr("It may also be: {kind} ({share}).", kind=named[kind], share=f"{float(share):.0%}")


def _tools() -> Iterator[str]:
    named = labels()
    yield f'<div id="tools" role="group" aria-label="{escape(tr("What the line is"))}">\n<label>{escape(tr("Kind"))} '
    yield '<select id="kind">\n'
    for kind, label in named.items():
        if kind == "heading":
            for level in range(1, LEVELS + 1):
                yield f'<option value="heading:{level}">{escape(label)} {level}</option>\n'
        elif kind in KINDS:
            yield f'<option value="{kind}">{escape(label)}</option>\n'
    yield f'</select></label>\n<label>{escape(tr("Run-in heading"))} <input id="run-in" autocomplete="off"></label>\n'
    buttons = {
        "keep": tr("Keep"), "removed": tr("Leave out"), "join": tr("Join to the line above"),
        "split": tr("Begin a paragraph"), "forget": tr("Forget what was said"),
    }  # fmt: skip
    for word, label in buttons.items():
        yield f'<button type="button" data-say="{word}">{escape(label)}</button>\n'
    yield f'<button type="button" id="repair">{escape(tr("Take a repair back"))}</button>\n'
    yield f'<button type="button" id="undo">{escape(tr("Undo"))}</button>\n'
    yield f"<details><summary>{escape(tr('Keys'))}</summary><p>{escape(_keys())}</p></details>\n</div>\n"


def _keys() -> str:
    return tr(
        "Up and down: lines; n, N: next and last line in doubt; 1 to 4: heading; t title; p text; g signature; d date; "
        "m metadata; r leave out; k keep; j join; b begin a paragraph; f forget; x take a repair back; u undo."
    )
