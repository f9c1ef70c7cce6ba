"""One generator of XHTML for the EPUB and HTML editions: blocks in, well-formed markup out.

Standards: HTML 5 in XML syntax (which HTML parsers read alike), EPUB 3.3 `epub:type`, DPUB-ARIA 1.1 roles.  All text
is escaped here and nowhere else; a character XML 1.0 (2.2) cannot hold becomes U+FFFD, with a notice.  No `style`
attribute and no script is ever written, so a page may forbid both.

Links inside the document leave here as `\\0id`: only who splits the document into files knows where an id stands.
"""

from .blocks import DrawnBlock, Generator, grouped, resolve

__all__ = ["DrawnBlock", "Generator", "grouped", "resolve"]
