"""The page of a preview: documents at the left, the chosen one with what there is to say of it, and its HTML edition.

In: a build.  Out: HTML that works without its script, which only loads it again when there is something new.  Titles,
names and messages come from the sources and are escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from ...errors import Failure
from ...words.messages import language, of_failure, of_notice, tr
from .build import Build, Shown

_LINKS = ("docx", "pdf", "epub")


def page(build: Build, chosen: str) -> str:
    """The page as it is now, with the document `chosen` by its stem, or the first."""
    documents, failure = build.documents, build.failure
    shown = documents.get(chosen) or next(iter(documents.values()), None)
    title = shown.title if shown is not None and shown.title else tr("Preview")
    body = "".join(_body(build, documents, shown, failure))
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}" data-version="{build.version}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n'
        '<link rel="stylesheet" href="/page.css">\n<script src="/page.js" defer></script>\n'
        f"</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _body(build: Build, documents: dict[str, Shown], shown: Shown | None, failure: Failure | None) -> Iterator[str]:
    if len(documents) > 1:
        yield f'<nav aria-label="{escape(tr("Documents"))}">\n<ul>\n'
        for one in documents.values():
            here = ' aria-current="page"' if one is shown else ""
            mark = f' <b class="bad">{escape(tr("failed"))}</b>' if one.error is not None else ""
            link = f'<a href="/?doc={quote(one.stem, safe="")}"{here}>{escape(one.title or one.stem)}</a>'
            yield f"<li>{link}{mark}</li>\n"
        yield f'</ul>\n<p><a href="/review">{escape(tr("Review, those in doubt first"))}</a></p>\n</nav>\n'
    yield "<main>\n"
    yield f'<p id="stopped" class="bad" role="alert" hidden>{escape(tr("The preview has ended."))}</p>\n'
    if failure is not None:
        yield _error(failure)
    if shown is not None:
        yield from _document(shown)
    elif failure is None:
        yield f"<p>{escape(tr('Nothing to show yet.') if build.version else tr('The editions are being made.'))}</p>\n"
    yield "</main>\n"


def _document(shown: Shown) -> Iterator[str]:
    yield f"<header>\n<h1>{escape(shown.title or shown.stem)}</h1>\n<p>"
    links = (
        f'<a href="/files/{quote(shown.files[form], safe="")}">{form.upper()}</a>'
        for form in _LINKS
        if form in shown.files
    )
    yield " ".join(links)
    yield f' <a href="/review?doc={quote(shown.stem, safe="")}">{escape(tr("Review"))}</a>'
    yield f" <small>{escape(shown.path)}: {escape(tr('repairs: {count}', count=shown.repairs))}</small></p>\n"
    if shown.notices:
        count = escape(tr("warnings: {count}", count=len(shown.notices)))
        yield f"<details><summary>{count}</summary>\n<ul>\n"
        for notice in shown.notices:
            place = ":".join(str(part) for part in (notice.line, notice.column) if part is not None)
            said = escape(f"{place} {of_notice(notice)}".strip())
            yield f"<li>{said} <code>{escape(notice.code)}</code></li>\n"
        yield "</ul>\n</details>\n"
    yield "</header>\n"
    if shown.error is not None:
        yield _error(shown.error)
    if "html" in shown.files:
        name = quote(shown.files["html"], safe="")
        yield f'<iframe sandbox src="/files/{name}" title="{escape(tr("HTML edition"))}"></iframe>\n'


def _error(failure: Failure) -> str:
    place = ":".join(str(part) for part in (failure.where, failure.line) if part is not None)
    said, remedy = of_failure(failure)
    if remedy:
        said = tr("{message}. {remedy}", message=said, remedy=remedy)
    return f'<p class="bad" role="alert">{escape(f"{place}: {said}" if place else said)}</p>\n'
