"""Why a line of the source is no part of the document: the closed set of reasons."""

from __future__ import annotations

from typing import Literal, get_args

RemovalReason = Literal[
    # What page furniture is
    "advertisement",
    "caption of a picture that is not here",
    "comments",
    "counter",
    "credits",
    "disclaimer",
    "end mark",
    "footer",
    "form",
    "icon",
    "key to the notation",
    "keywords",
    "links",
    "logo",
    "navigation",
    "newspaper jump",
    "original title",
    "page tools",
    "player",
    "related items",
    "script or identifier of the page",
    "share bar",
    # What the article says already
    "repeated on the next page",
    "repeats the page's own text",
    "repeats the title",
    "the page's own table of contents",
    # What a person says
    "removed by hand",
    # Where it stands
    "after the end of the article",
    "outside the article",
    # What no reader of the page sees
    "hidden by the page's style sheet",
    "hidden on the page",
    "hidden on the page (opacity)",
    "hidden on the page (visibility)",
    "text off the screen",
    "text in a box without height or width",
    "text in the colour of its background",
    "text without size",
    "white space",
]
REMOVAL_REASONS: frozenset[str] = frozenset(get_args(RemovalReason))
RENAMED: dict[str, RemovalReason] = {
    "QR code prompt": "share bar",
    "breadcrumb": "navigation",
    "editor credit": "credits",
    "font size widget": "page tools",
    "page widget": "page tools",
    "previous and next": "navigation",
    "site footer": "footer",
    "view counter": "counter",
}
"""Reasons of wenban-document/1 that have another name now."""
