"""Simplified Chinese."""

TABLE: dict[str, str] = {}
