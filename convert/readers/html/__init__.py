"""Saved web pages -> a raw document.  One way through three floors, each of which knows only what is below it:

- `sight`: what a reader sees.  Parse (WHATWG), what is hidden, and the page cut into leaves: its lines and pictures.
- `weigh`: which leaves are the article, which one is its title, and why each other is left out.
- `build`: what each leaf of the article is, and the blocks of the document made of them.

Beside them `metadata`: what lines and the page's head say of the article.  `reader` goes the whole way.
"""

from .reader import missing_pictures, read, visible_lines, visible_text

__all__ = ["missing_pictures", "read", "visible_lines", "visible_text"]
