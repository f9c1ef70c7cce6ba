"""The command itself: what holds for every call, and how each ends."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from ..errors import INTERRUPTED, ConvertError, Said, UsageError
from ..version import VERSION
from ..words import messages
from ..words.messages import tr
from .say import complain, say


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and exits."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a console may lack Chinese
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to end: as Ctrl-C
    messages.for_click()
    messages.in_help(app)
    click.Context.formatter_class = _Help
    sys.exit(_run(arguments))


class _Help(click.HelpFormatter):
    """Help whose headings have the colon of the user's language."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{tr('{heading}:', heading=heading)}\n")


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code: int | None = app.main(arguments, prog_name="wenban", standalone_mode=False)
        sys.stdout.flush()
        return code or 0
    except click.ClickException as error:
        said = messages.stopped(error.format_message())
        error.format_message = lambda: said  # type: ignore[method-assign]
        error.show()
        return error.exit_code
    except ConvertError as error:
        from ..errors import Failure

        complain(Failure.of(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        say(tr("Interrupted; what was finished is in place."))
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone: no error can be shown
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if "-v" in (arguments or sys.argv):
            raise
        say(tr("error: something unforeseen happened: {error}", error=f"{type(error).__name__}: {error}"))
        say(tr("Run it again with -v and report what it prints."))
        return 1


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Prints the version and ends; with -v also what reads, draws and packs, and the faces of the default style."""
    if not wanted or context.resilient_parsing:
        return
    click.echo(f"wenban {VERSION}")
    if context.meta.get("verbose"):
        from ..run import doctor

        for name, found in doctor.engines():
            click.echo(f"{name} {found}")
    context.exit()


def _remember(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    context.meta["verbose"] = wanted


class _Commands(click.Group):
    """The commands; a page where one of them should stand is answered with the whole call."""

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As Click does it.  Raises UsageError: a file or folder stands where a command should."""
        first = arguments[0]
        if first not in self.commands and os.path.exists(first):
            import shlex

            raise UsageError(Said("command-missing", path=first, call=shlex.join(arguments)))
        return super().resolve_command(context, arguments)


@click.group(
    cls=_Commands,
    help="Turns scraped Chinese web pages into publication-grade DOCX, PDF and EPUB editions.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, expose_value=False, callback=_show_version, help="Show the version and exit.")
@click.option(
    "-v", "--verbose", is_flag=True, expose_value=False, is_eager=True, callback=_remember,
    help="With --version: fonts and engines too.",
)  # fmt: skip
def app() -> None:
    """The group that all commands belong to."""
    pass
