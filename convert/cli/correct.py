"""`wenban correct`: what a person says of a document, written beside its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors import Said, UsageError
from ..run.batch.given import FORM_HELP, FORMS
from ..words import messages
from ..words.messages import tr
from .app import app
from .say import json, say, table

if TYPE_CHECKING:
    from ..run.errata import ErrataReport

FIELDS = (
    "title", "subtitle", "source", "editor", "author", "published", "url", "retrieved", "document_number",
    "issuing_body", "index_number", "copy_number", "security", "urgency", "issuing_mark", "signer", "recipients",
    "public_note", "copy_to", "printing_body", "printing_date",
)  # fmt: skip


def _fields(command: Any) -> Any:
    """An option for each field of the metadata."""
    for name in reversed(FIELDS):
        option = f"--{name.replace('_', '-')}"
        command = click.option(option, f"meta_{name}", metavar="TEXT", help="Set this field; empty text clears it.")(
            command
        )
    return command


@app.command(help="Say once and for good what a line, a field or a repair of a source should be.")
@click.argument("source", metavar="SOURCE", type=click.Path())
@_fields
@click.option("--extra", nargs=2, multiple=True, metavar="LABEL TEXT", help="Set a further pair of the page.")
@click.option(
    "--line", "lines", nargs=2, type=(int, str), multiple=True, metavar="N WORD",
    help="What line N is, as `inspect --unsure` prints it: heading:2, title, removed ...; keep, join, split; forget.",
)  # fmt: skip
@click.option(
    "--run-in", nargs=2, type=(int, str), multiple=True, metavar="N TEXT", help="The run-in heading of line N."
)
@click.option(
    "--repair", nargs=3, type=(int, str, str), multiple=True, metavar="N OLD NEW", help="Change the text of line N."
)
@click.option(
    "--undo", multiple=True, metavar="N:COLUMN", help="Take back the repair that `inspect --repairs` shows there."
)
@click.option("--lang", metavar="TAG", help="The document's language, such as zh-Hans.")
@click.option("--style", metavar="NAME", help="The document's style.")
@click.option("--form", type=click.Choice(FORMS), metavar="FORM", help=FORM_HELP)
@click.option("--who", metavar="NAME", help="Who says so, for the record.")
@click.option("--corrections", default="", metavar="DIR", help="Where the files NAME.wenban.toml are, if not beside.")
@click.option("--from", "edited", metavar="FILE", help="A DOCX edition that was changed: take up styles and metadata.")
@click.option("--report", is_flag=True, help="SOURCE is a folder: count its corrections by rule and evidence.")
@click.option("--json", "as_json", is_flag=True, help="With --report: as JSON.")
def correct(source: str, report: bool, as_json: bool, corrections: str, edited: str | None, **given: Any) -> None:
    """Writes a sidecar and says where; or prints the report."""
    if report:
        from ..run.errata import errata

        _show_errata(errata([source], corrections), as_json)
        return
    from datetime import date

    from ..corrections import Corrections, DocumentCorrection, MetadataCorrection
    from ..run import correcting

    fields = {name: value for name in FIELDS if (value := given[f"meta_{name}"]) is not None}
    when = date.today().isoformat() if given["who"] else None
    spoken = correcting.Spoken(
        MetadataCorrection(**fields, extra=dict(given["extra"])),
        DocumentCorrection(given["lang"], given["style"], given["who"], when, given["form"]),
        given["lines"],
        given["run_in"],
        given["repair"],
        given["undo"],
    )
    if edited is not None:
        from ..run.edited import taken_up

        page = correcting.opened(source, corrections)
        taken = taken_up(page, edited)
        for sentence in taken.listed:
            say(tr("not taken: ") + messages.translated(sentence))
        if page.sidecar is None and taken.corrections == Corrections() and spoken == correcting.Spoken():
            click.echo(tr("{path}: nothing to take up", path=edited))
            return
        _, sidecar = correcting.tried(page, taken.corrections)
        correcting.save(page, sidecar)
    elif spoken == correcting.Spoken():
        raise UsageError(Said("correct-nothing"))
    if edited is None or spoken != correcting.Spoken():
        sidecar = correcting.correct(source, spoken, corrections)
    click.echo(tr("{path}: corrections: {count}", path=sidecar.path, count=correcting.count(sidecar.corrections)))


def _show_errata(found: ErrataReport, as_json: bool) -> None:
    if as_json:
        click.echo(json(found))
        return
    head = (tr("what"), tr("read as"), tr("said to be"), tr("evidence"), tr("how sure"), tr("count"))
    rows = [
        (one.what, one.read, one.said, one.why, "" if one.sure is None else f"{one.sure:.2f}", str(one.times))
        for one in found.rows
    ]
    table(head, rows)
    said = tr(
        "documents with corrections: {count}; cannot be read: {unread}", count=found.documents, unread=found.unread
    )
    click.echo(said)
