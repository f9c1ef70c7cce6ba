"""Addresses in feeds: absolute where the catalogue has an address, else relative to the feed they stand in."""

from __future__ import annotations

from urllib.parse import quote


def link(base: str, feed: str, target: str) -> str:
    """How `feed` refers to `target`, both names from the folder."""
    return (base or "../" * feed.count("/")) + quote(target)
