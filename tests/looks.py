"""The shipped styles of simplified Chinese whose lines run across.  Those of other languages and of vertical lines have
tests of their own (`test_cjk_styles.py`, `test_pdf_vertical.py`)."""

from __future__ import annotations

from convert import style

_OTHERS = {other for name in style.names() for other in style.load(name).languages.values()}
LOOKS = [name for name in style.names() if name not in _OTHERS and not style.load(name).composition.vertical]
