"""Workers that are warm when they start: what the first document of a run loads is loaded before they are forked.

In: the run's style and formats, in the environment (`WARM`), where `batch` puts them before the process is started
from which all workers come.  Out: nothing; once this module is imported there, fonts, templates and tables are in its
memory, which the workers share.  Whatever fails here is left alone: the documents meet it again and say what it is.
"""

from __future__ import annotations

import contextlib
import gc
import os

WARM = "WENBAN_WARM"
"""Style and formats, separated by line feeds."""

# A title, headings of two levels, text with a Latin letter: what nearly every document needs a face for.
TEXT = "文号的通知\n\n一\u3001总则\n\n(一)范围\n\n文号 a1 的通知\u3002\n"


def prepare(style_name: str, formats: tuple[str, ...]) -> None:
    """Reads, writes and checks a small document; publishes nothing.  It is written twice: what writers make only
    from the second document on has to be there too."""
    from .. import clean, readers, source, style, writers
    from . import pipeline

    look = style.load(style_name)
    document = clean.clean(readers.read(source.from_bytes(TEXT.encode(), "warm.txt")))
    for _ in range(2):
        files = {name: pipeline.write(name, document, look)[0] for name in formats}
    pipeline.check(files, writers.compose(document, look), "warm.txt")
    pipeline.faces(look, None)


if said := os.environ.get(WARM):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a worker that is ended while it starts has nothing to say
    with contextlib.suppress(Exception):
        prepare(said.split("\n")[0], tuple(said.split("\n")[1:]))
    gc.freeze()  # a search for garbage would write to, and so copy, all that is shared
