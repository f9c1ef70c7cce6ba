"""`wenban convert --watch`: the same again whenever a source, what lies beside it, or the style has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable

from ..errors import ConvertError
from ..words.messages import tr
from .say import complain, say

PAUSE = 0.5
"""Seconds between two looks at the files."""

FileStates = dict[str, tuple[int, int]]
"""Time (nanoseconds) and size of each file by its path."""


def watched(make: Callable[[], int], files: Callable[[], Iterable[str]], pause: float = PAUSE) -> int:
    """Makes once, and again after each change, until it is interrupted.  Returns the exit code of the last time.

    files: what is looked at.  An error is said, and the next change waited for.
    """
    code = 0
    try:
        while True:
            seen = _states(files)
            try:
                code = make()
            except ConvertError as error:
                from ..errors import Failure

                complain(Failure.of(error))
                code = error.exit_code
            say(tr("Waiting for changes; Ctrl-C ends it."))
            while _states(files) == seen:
                time.sleep(pause)
    except KeyboardInterrupt:
        return code


def _states(files: Callable[[], Iterable[str]]) -> FileStates:
    found: FileStates = {}
    for path in files():
        try:
            state = os.stat(path)
        except OSError:
            continue
        found[path] = (state.st_mtime_ns, state.st_size)
    return found
