"""What the program says about itself and its machine: `fonts`, `styles`, `schema`, `doctor`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ..words import messages
from ..words.messages import tr
from .app import app
from .fields import style_option
from .say import table

if TYPE_CHECKING:
    pass


@app.command(help="Show which face draws each role of a style.")
@style_option("gongwen")
@click.option("--lang", default="zh-Hans", show_default=True, metavar="TAG", help="Language, such as zh-Hans.")
def fonts(style: str, lang: str) -> None:
    """Prints a row for each typeface role."""
    from .. import style as styles
    from ..run.options import language_tag
    from ..typography import fonts
    from ..typography.system_faces import COMMANDS, unread

    found = fonts.resolve(styles.load(style), language_tag(lang)).faces
    head = (tr("role"), tr("drawn with"), tr("weight"), tr("asked for"), tr("file"))
    rows = [
        (
            role + ("" if not face.substituted else " *"),
            face.family,
            str(face.weight) + (f" +{face.embolden:g} em" if face.embolden else ""),
            ", ".join(dict.fromkeys(face.requested)),
            face.path + (f" ({face.index})" if face.index else ""),
        )
        for role, face in found.items()
    ]
    table(head, rows)
    if any(face.substituted for face in found.values()):
        click.echo(
            tr("* no face asked for is installed; put one into a font folder, or name its folder in WENBAN_FONTS")
        )
        if command := COMMANDS.get(sys.platform):
            click.echo(tr("Fangsong and Kai: {command}", command=command))
    if passed_over := unread():
        remedy = "pip install 'wenban[woff2]'"
        click.echo(tr("{count} WOFF2 files are passed over: {command}", count=len(passed_over), command=remedy))


@app.command(help="List the styles.")
def styles() -> None:
    """Prints a row for each style."""
    from .. import style

    table((tr("name"), tr("description")), [(name, tr(style.load(name).description)) for name in style.names()])


@app.command(help="Print the JSON Schema of `inspect --json`.")
@click.option("--manifest", is_flag=True, help="That of manifest.json instead.")
@click.option("--corrections", is_flag=True, help="That of NAME.wenban.toml instead.")
@click.option("--report", is_flag=True, help="That of a line of `convert --report FILE.jsonl` instead.")
@click.option("--verify", is_flag=True, help="That of `verify --json` instead.")
def schema(manifest: bool, corrections: bool, report: bool, verify: bool) -> None:
    """Prints a schema as JSON."""
    import json

    if corrections:
        from ..corrections import json_schema
    elif report:
        from ..run.report import json_schema
    elif verify:
        from ..publish import report_schema as json_schema
    elif manifest:
        from ..publish import manifest_schema as json_schema
    else:
        from ..model import json_schema
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@app.command(help="Check this machine: Python, packages, fonts, folders, optional programs.")
def doctor() -> int:
    """Prints what was found on this machine.  Returns 1 where something is missing that is needed."""
    from ..run import doctor

    words = {"ok": tr("ok"), "note": tr("note"), "bad": tr("bad")}
    findings = list(doctor.examine())
    for finding in findings:
        remedy = f"  {messages.translated(finding.remedy)}" if finding.remedy else ""
        what, found = map(messages.translated, (finding.what, finding.found))
        click.echo(f"{words[finding.state]}: {what}: {found}{remedy}")
    bad = any(finding.state == "bad" for finding in findings)
    click.echo(tr("This machine cannot convert; see above.") if bad else tr("This machine can convert."))
    return 1 if bad else 0
