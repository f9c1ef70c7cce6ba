"""`wenban completion`: what a shell needs to complete the command line, printed or put where the shell looks for it."""

from __future__ import annotations

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from ..errors import OutputError, Said
from ..words.messages import tr
from .app import app
from .say import say

SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_WENBAN_COMPLETE"
"""What Click asks for; the script calls the program with it."""


@app.command(help="Print what a shell completes the command line with, or put it where the shell looks for it.")
@click.argument("shell", type=click.Choice(SHELLS), metavar="bash|zsh|fish")
@click.option("--install", is_flag=True, help="Put it into your home folder, for shells that are started from now on.")
def completion(shell: str, install: bool) -> None:
    """Prints or installs the script.  Raises OutputError: it cannot be written."""
    text = script(shell)
    if not install:
        click.echo(text)
        return
    path = place(shell)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(Said("unwritable", error=error.strerror), where=str(path)) from None
    click.echo(str(path))
    if shell == "zsh":
        line = f"fpath+=({path.parent}); autoload -U compinit; compinit"
        say(tr("Add this line to .zshrc, if it has none like it: {line}", line=line))


def script(shell: str) -> str:
    """The script of a shell, which asks the program itself."""
    kind = get_completion_class(shell)
    assert kind is not None
    return kind(app, {}, "wenban", _VARIABLE).source().strip()


def place(shell: str) -> Path:
    """Where a shell looks for what a user has installed for a command."""
    home = Path.home()
    if shell == "bash":
        data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
        return data / "bash-completion" / "completions" / "wenban"
    if shell == "fish":
        return Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "fish" / "completions" / "wenban.fish"
    return Path(os.environ.get("ZDOTDIR") or home) / ".zfunc" / "_wenban"
