"""The shipped styles of simplified Chinese.  Those that take their place in other languages have tests of their own
(`test_cjk_styles.py`): a page of each language, in each of its styles."""

from __future__ import annotations

from convert import style

_OTHERS = {other for name in style.names() for other in style.load(name).languages.values()}
LOOKS = [name for name in style.names() if name not in _OTHERS]
