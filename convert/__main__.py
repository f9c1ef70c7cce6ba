"""The command `wenban`, also as `python -m convert`: the command line in a process of its own."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import NoReturn

_FEW_COLLECTIONS = 100_000
"""Objects more before Python looks for unused ones that refer to one another: modules and documents have hardly any."""


def command() -> NoReturn:
    """Runs the command line, and ends without taking memory apart piece by piece, which the system does at once."""
    code = 1

    def leave() -> None:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)

    atexit.register(leave)  # what is registered first is called last, when whatever else has to end has ended
    gc.set_threshold(_FEW_COLLECTIONS)
    from .cli import main

    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
        raise


if __name__ == "__main__":
    command()
