"""The command itself: what holds for every call, and how each ends."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from .. import __version__, messages
from ..errors import INTERRUPTED, ConvertError
from ..messages import tr
from .say import complain, say

_FEW_COLLECTIONS = 100_000
"""Objects more before Python looks for circles no one refers to: modules and documents hold none to speak of."""


def command() -> NoReturn:
    """The program: `main` in a process of its own, which ends without taking its memory apart piece by piece: that
    takes a twentieth of a short run, and the system does it at once."""
    code = 1

    def leave() -> None:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)

    atexit.register(leave)  # what is registered first is called last, when whatever else has to end has ended
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
        raise


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and exits."""
    gc.set_threshold(_FEW_COLLECTIONS)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a console may lack Chinese
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to end: as Ctrl-C
    messages.for_click()
    messages.in_help(app)
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code: int | None = app.main(arguments, prog_name="wenban", standalone_mode=False)
        sys.stdout.flush()
        return code or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ConvertError as error:
        from ..errors import Failure

        complain(Failure.of(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        say(tr("Interrupted; what was finished is in place."))
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone: nobody is left to be told
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if "-v" in (arguments or sys.argv):
            raise
        say(tr("error: something unforeseen happened: {error}", error=f"{type(error).__name__}: {error}"))
        say(tr("Run it again with -v and report what it prints."))
        return 1


@click.group(
    help="Turns scraped Chinese web pages into publication-grade DOCX, PDF and EPUB editions.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def app() -> None:
    pass
