"""A text that another reader has put into HTML -> a raw document of which everything is the article.

In: a source, and its text as HTML.  Out: what `read` makes of a page, without a search for the article: nothing is
furniture but what the other reader marks.  It says what it knows by what pages have too: `<h1 class="title">` is the
title, `data-role` what else a paragraph is, `data-left-out` the reason why an element is no part of the text.
"""

from __future__ import annotations

from typing import cast

import msgspec

from ...model import Document, Role, one_line
from ...source import HTML, Source
from .build.leafroles import LeafRoles
from .metadata.statements import Statements
from .reader import PageReading
from .sight.runs import HEADINGS
from .thresholds import LITTLE_PROSE
from .weigh.article import Article
from .weigh.features import Features

_LEFT_OUT_MARK = "data-left-out"
"""The attribute of an element that is left out; its value: a reason of the closed set."""
_ROLE_MARK = "data-role"
"""The attribute of a paragraph whose role is known."""


def read_whole(source: Source, html: str, charset: str) -> Document:
    """The raw document of a source.  html: its text; charset: of the source itself.

    Raises NoContentError where there is no text and no picture.
    """
    page = msgspec.structs.replace(
        source, data=html.encode(), media_type=HTML, charset="utf-8", sha256=source.digest(), inner=False
    )
    document = _WholeReading(page).document()
    info = msgspec.structs.replace(document.source, media_type=source.media_type, charset=charset)
    return msgspec.structs.replace(document, source=info)


class _WholeReading(PageReading):
    def _article(self) -> tuple[Article, int | None]:
        self.features = Features(self.leaves, self.nodes)
        article = Article()
        article.region = self.page.body
        title = None
        for leaf in self.leaves:
            around = list(leaf.node.up())
            reason = next((node.get(_LEFT_OUT_MARK) for node in around if node.get(_LEFT_OUT_MARK)), "")
            if reason:
                article.reasons[leaf.index] = reason
            elif leaf.hidden is None:
                article.kept.add(leaf.index)
                if (
                    title is None
                    and leaf.kind == "text"
                    and any(node.tag == "h1" and node.get("class") == "title" for node in around)
                ):
                    title = leaf.index
        article.core = [index for index in sorted(article.kept) if self.features.prose[index]]
        self._first = article.core[0] if article.core else 0
        article.prose = max(LITTLE_PROSE, sum(self.features.size[index] for index in article.core))
        self._title = title
        return article, title

    def _is_list(self, labels: LeafRoles, known: Statements) -> bool:
        return False

    def _said_roles(self, labels: LeafRoles, known: Statements) -> None:
        if self._title is not None:
            known.values["title"] = one_line(self.leaves[self._title].text)
        for leaf in self.leaves:
            if labels.roles.get(leaf.index) == "subtitle" and leaf.node.tag in HEADINGS:
                del labels.roles[leaf.index]  # a page may set one so; here a heading is one
                labels.kept.add(leaf.index)
                known.values.pop("subtitle", None)
            role = leaf.node.get(_ROLE_MARK)
            if role == "date" and leaf.index < self._first:
                role = "dateline"
            if role and leaf.kind == "text" and leaf.hidden is None and labels.roles.get(leaf.index) != "title":
                labels.roles[leaf.index] = cast("Role", role)
                labels.kept.discard(leaf.index)
