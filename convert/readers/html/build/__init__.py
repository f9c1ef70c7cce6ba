"""Leaves of the article -> the blocks of a document: roles, headings, lists, tables, notes, captions, pictures."""
