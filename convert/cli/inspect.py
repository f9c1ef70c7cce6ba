"""`wenban inspect`: what a source is read as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors import Said, UsageError
from ..words.messages import tr
from .app import app
from .say import json, say, warning

if TYPE_CHECKING:
    from ..model import Document


@app.command(help="Show what a source is read as: its metadata, outline, repairs and what was removed.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path())
@click.option(
    "--json",
    "view",
    flag_value="json",
    help="The whole document as JSON of ours (`wenban schema`); pandoc's: `convert -t json`.",
)
@click.option("--outline", "view", flag_value="outline", help="Headings and run-in headings.")
@click.option("--repairs", "view", flag_value="repairs", help="Each change to the text.")
@click.option("--removed", "view", flag_value="removed", help="Each line that is no part of the text, and why.")
@click.option("--unsure", "view", flag_value="unsure", help="Each line that is read with doubt, and what it may be.")
@click.option("--lang", default="auto", show_default=True, metavar="TAG", help="Language, such as zh-Hans.")
@click.option("--no-repair", "skip", multiple=True, metavar="RULE", help="Leave out a repair rule; may be repeated.")
@click.option("--repair", "also", multiple=True, metavar="RULE", help="Make an optional repair too: close-quotes.")
@click.option("--corrections", default="", metavar="DIR", help="Where the files NAME.wenban.toml are, if not beside.")
@click.option("--join", is_flag=True, help="The sources are pages of one article: make one document of them.")
@click.option("--fetch", is_flag=True, help="Get pictures that are not beside a page from the network.")
def inspect(sources: tuple[str, ...], view: str | None, lang: str, join: bool, **given: Any) -> None:
    """Prints what was understood of a page."""
    from .. import model
    from ..run.options import check_rules, language_tag
    from ..run.reading import read

    path, *pages = sources
    if pages and not join:
        raise UsageError(Said("several-sources", sources=len(sources)))
    check_rules(given["skip"], given["also"])
    rules, more = (given["skip"], given["also"]), {name: given[name] for name in ("fetch", "corrections")}
    document = read(path, language_tag(lang), *rules, pages=pages, **more)
    match view:
        case "json":
            click.echo(model.to_json(document))
        case "outline":
            for entry in model.outline(document, run_in=True):
                click.echo(f"{'  ' * (entry.level - 1)}{entry.text}")
        case "repairs":
            for repair in document.repairs:
                click.echo(
                    f"{repair.line}:{repair.column} {repair.rule}: {json(repair.before)} -> {json(repair.after)}"
                )
        case "removed":
            for removed in (entry for entry in model.ledger(document) if entry.kind == "removed"):
                first, last = removed.lines
                lines = str(first) if first == last else f"{first}-{last}"
                click.echo(f"{lines} {tr(removed.reason or '')}: {removed.text.strip()}")
        case "unsure":
            _unsure(document)
        case _:
            _summary(document)


def _unsure(document: Document) -> None:
    """`--line 12 heading:2  # 0.61, else paragraph 0.30: text`: the line, its kind and level, as `wenban correct` takes
    it and a shell too; how sure, the next kind, the text."""
    from .. import model

    for entry in model.ledger(document):
        if entry.sure is None or entry.sure >= model.SURE or not entry.text:
            continue
        level = f":{entry.level}" if entry.level is not None and entry.kind == "heading" else ""
        other = entry.why[-1] if entry.why else ""
        text = entry.text.replace("\n", " / ")
        click.echo(f"--line {entry.lines[0]} {entry.kind}{level}  # {entry.sure:.2f}, {other}: {text}")


def _summary(document: Document) -> None:
    from collections import Counter

    from .. import model

    source = document.source
    rows = [(tr("source"), f"{source.name}, {source.media_type}, {source.charset}, {source.lines}")]
    known = {name: getattr(document.metadata, name) for name in document.metadata.__struct_fields__ if name != "extra"}
    rows += [(name, str(value)) for name, value in known.items() if value]
    rows += list(document.metadata.extra)
    counts = Counter(entry.kind for entry in model.ledger(document))
    rows += [(tr("lines as"), ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())))]
    if by_hand := [*document.metadata_by_hand, *(str(one.lines[0]) for one in model.ledger(document) if one.by_hand)]:
        rows += [(tr("by hand"), ", ".join(by_hand))]
    rules = Counter(repair.rule for repair in document.repairs)
    rows += [(tr("repairs"), ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items())) or "0")]
    for name, value in rows:
        click.echo(f"{name}: {value}")
    for notice in document.notices:
        say(warning(notice, source.name))
