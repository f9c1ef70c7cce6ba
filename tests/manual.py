"""The manual made of the commands: `python -m tests.manual` writes the man page and the reference of the docs anew, in
English and, below `zh/`, in Chinese."""

from __future__ import annotations

import contextlib
import inspect
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

import convert
from convert.cli import app
from convert.cli.project import text as init_text
from convert.model import REMOVAL_REASONS, Kind, Metadata
from convert.version import VERSION
from convert.words import messages
from tests import style_reference
from tests.docs_words import Say, chinese, english
from tests.messages import CHINESE, LOCALE, entries

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "convert" / "docs" / "pages"
PAGE = ROOT / "convert" / "words" / "man" / "wenban.1"
CHANGES = ROOT / "CHANGELOG.md"
EXIT_CODES = (
    (0, "all well"),
    (1, "some documents failed, the rest are done"),
    (2, "the call is wrong"),
    (3, "a source, or a folder to look at, cannot be read or is not there"),
    (4, "no content was found"),
    (5, "the fonts cannot draw the text"),
    (6, "an edition failed its check"),
    (7, "output could not be written"),
    (8, "with --strict: all is done, and some line was read with doubt"),
    (130, "interrupted"),
)
FIELDS = {
    "title": "The title.",
    "subtitle": "A second title line.",
    "source": "Who published the page first, as the page says it.",
    "editor": "Who edited the page.",
    "author": "Who wrote the text.",
    "published": "The day the page was published, as an ISO date.",
    "url": "The address of the page.",
    "retrieved": "The day the page was fetched or saved.",
    "document_number": "The number of an official document.",
    "issuing_body": "The body that issues it.",
    "index_number": "Its number in the index of what a government publishes.",
    "copy_number": "The number of the copy (GB/T 9704-2012, 7.2.1).",
    "security": "Security class and term (7.2.2).",
    "urgency": "Urgency (7.2.3).",
    "issuing_mark": "The mark of the body that issues (7.2.4).",
    "signer": "Who signs; several are parted by U+3001 (7.2.6).",
    "recipients": "The bodies it goes to (7.3.2).",
    "public_note": "The note on publication (7.3.6).",
    "copy_to": "Whom copies go to (7.4.2).",
    "printing_body": "Who printed it (7.4.3).",
    "printing_date": "When it was printed (7.4.3).",
    "form": "How a document with a letterhead is set, where the page had one.",
    "language": "The language, a BCP 47 tag with script such as `zh-Hans`.",
    "modified": "The time the editions carry: SOURCE_DATE_EPOCH, ISO 8601 in UTC.",
    "source_language": "The language of the page, where the text was put into another script.",
    "extra": "Further pairs of label and value, from a table of the page.",
}
"""Field of the metadata -> what it is."""
KINDS = {
    "title": "The title, or a line of it.",
    "subtitle": "A second title line.",
    "meta": "A line that is metadata: date, source, number.",
    "byline": "Who speaks or writes.",
    "salutation": "Whom the text is addressed to.",
    "heading": "A heading, with its level.",
    "paragraph": "A paragraph of text, perhaps with a run-in heading.",
    "list_item": "An item of a list.",
    "note": "A note in brackets, or a footnote.",
    "quote": "A quotation.",
    "table": "A table.",
    "figure": "A picture.",
    "caption": "Caption of a table or a picture.",
    "signature": "Who signs.",
    "date": "The date of a signature, or below a title.",
    "attachment": "A line that names attachments, or the head of one.",
    "removed": "No part of the text; the reason says why.",
}
"""Kind of a line in the ledger -> what it is."""


def commands() -> Iterator[tuple[str, click.Command]]:
    """The commands by name."""
    yield from sorted(app.commands.items())


def options(command: click.Command, say: Say = english) -> Iterator[tuple[str, str]]:
    """The options of a command as they are typed, and what each does."""
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            typed = ", ".join((*parameter.opts, *parameter.secondary_opts))
            if not parameter.is_flag:
                typed += f" {parameter.metavar or parameter.type.name.upper()}"
            said = say(parameter.help or "")
            if parameter.show_default and parameter.default not in (None, False):
                said = say("{said} Default: {value}.").format(said=said, value=parameter.default)
            yield typed, said


def usage(name: str, command: click.Command) -> str:
    """How a command is called."""
    pieces = command.collect_usage_pieces(click.Context(command, info_name=name))
    return " ".join(("wenban", name, *pieces))


def page() -> str:
    """The man page, in the macros of man(7)."""
    out = [
        f'.TH WENBAN 1 "" "wenban {VERSION}" "User commands"',
        ".SH NAME",
        "wenban \\- turns scraped Chinese web pages into publication-grade DOCX, PDF and EPUB editions",
        ".SH SYNOPSIS",
        ".B wenban",
        "COMMAND [OPTIONS] ...",
        ".SH COMMANDS",
    ]
    for name, command in commands():
        out += [f".SS {_plain(usage(name, command))}", _plain(command.help or "")]
        for typed, said in options(command):
            out += [".TP", f".B {_plain(typed)}", _plain(said)]
    out.append(".SH EXIT STATUS")
    for code, said in EXIT_CODES:
        out += [".TP", f".B {code}", _plain(said)]
    out += [
        ".SH ENVIRONMENT",
        ".TP",
        ".B SOURCE_DATE_EPOCH",
        "The time that editions carry, in seconds since 1970.",
        ".TP",
        ".B WENBAN_FONTS",
        "Folders with further fonts.",
        ".TP",
        ".B NO_COLOR",
        "No colours, where it is set.",
    ]
    return "\n".join(out) + "\n"


def _plain(text: str) -> str:
    """A text that troff prints as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text[:1] in (".", "'") else text


def reference(say: Say = english) -> str:
    """The reference of the docs, in Markdown."""
    made = say("Made by `python -m tests.manual` from the commands themselves.")
    out = [f"# {say('Commands')}", "", f"<!-- {made} -->"]
    for name, command in commands():
        out += ["", f"## wenban {name}", "", say(command.help or ""), "", "```text", usage(name, command), "```", ""]
        rows = [f"| `{typed}` | {said.replace('|', chr(92) + '|')} |" for typed, said in options(command, say)]
        out += [f"| {say('option')} | {say('what it does')} |", "|---|---|", *rows] if rows else []
    out += ["", f"## {say('Exit codes')} {{#exit-codes}}", "", f"| {say('code')} | {say('meaning')} |", "|---|---|"]
    out += [f"| {code} | {say(said)} |" for code, said in EXIT_CODES]
    return "\n".join(out) + "\n"


@contextlib.contextmanager
def _speaking(locale: str) -> Iterator[None]:
    """The program in the language of a locale."""
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = locale
    messages.current.cache_clear()
    try:
        yield
    finally:
        os.environ.pop("LANGUAGE")
        if before is not None:
            os.environ["LANGUAGE"] = before
        messages.current.cache_clear()


def folder(say: Say = english) -> str:
    """The reference of `wenban.toml`: what `wenban init` writes."""
    with _speaking("en" if say is english else "zh_CN"):
        written = init_text().rstrip()
    head, first = say("Options of a folder"), say("`wenban init` writes this; every key is in it.")
    return f"# {head}\n\n{first}\n\n```toml\n{written}\n```\n"


def kinds(say: Say = english) -> str:
    """The reference of closed sets: metadata, kinds of the ledger, reasons, notices, errors."""
    made = say("Made by `python -m tests.manual` from the code.")
    out = [f"# {say('What is said of a document')}", "", f"<!-- {made} -->"]
    what = say("what it is")
    head = [f"| {say('field')} | {what} |", "|---|---|"]
    several = say("A field that is not known is absent. Further ones of a page are in `extra`.")
    out += ["", f"## {say('Metadata')} {{#metadata}}", "", several, "", *head]
    out += [f"| `{name}` | {say(FIELDS[name])} |" for name in Metadata.__struct_fields__]
    out += ["", f"## {say('Kinds of the ledger')} {{#kinds}}", "", f"| {say('kind')} | {what} |", "|---|---|"]
    out += [f"| `{kind}` | {say(KINDS[kind])} |" for kind in get_args(Kind)]
    out += ["", f"## {say('Reasons why a line is removed')} {{#reasons}}", ""]
    for reason in sorted(REMOVAL_REASONS):
        said = say(reason)
        out.append(f"- {reason}" if said == reason else f"- `{reason}`{_COLON}{said}")
    told = say("Notices and errors by their code, with what to do next.")
    out += ["", f"## {say('Messages')} {{#messages}}", "", told, "", *_messages(say)]
    return "\n".join(out) + "\n"


_COLON = "\uff1a"


def _messages(say: Say) -> Iterator[str]:
    """A line for each message: its code, what it says, what to do next."""
    codes = entries(LOCALE / "en" / "LC_MESSAGES" / "wenban.po")
    if say is english:
        known, colon, stop, between = codes, ": ", ".", " "
    else:
        known, colon, stop, between = entries(CHINESE), _COLON, "\u3002", "\u3002"
    for code in sorted(codes):
        if code and not code.endswith(".remedy"):
            remedy = known.get(f"{code}.remedy")
            next_step = f"{between}*{_ended(_markdown(remedy), stop)}*" if remedy else ""
            yield f"- `{code}`{colon}{_markdown(known[code])}{next_step}"


def _ended(text: str, stop: str) -> str:
    return text if text.endswith(("?", "\uff1f")) else text + stop


def _markdown(text: str) -> str:
    """A text that Markdown shows as it is; what is code in it stays code."""
    return re.sub(r"(`[^`]*`)|([<>*_{}\[\]|])", lambda found: found[1] or f"\\{found[2]}", text)


def python(say: Say = english) -> str:
    """The reference of the public names, from their docstrings, which are English."""
    out = ["# Python", "", say("`import convert`, or installed also `import wenban`."), ""]
    for name in sorted(convert.__all__):
        thing = getattr(convert, name)
        signature = str(inspect.signature(thing)) if inspect.isfunction(thing) else ""
        said = inspect.cleandoc(thing.__doc__ or "")
        out += [f"## {name}", "", "```text", f"{name}{signature}" if signature else f"class {name}", "```", ""]
        out += [re.sub(r"(?m)^ +", "", _markdown(said)), ""]
    return "\n".join(out).rstrip() + "\n"


def schemas() -> dict[str, str]:
    """The published JSON Schemas by name."""
    from convert import corrections, model, publish
    from convert.run import report

    made = {
        "document": model.json_schema,
        "manifest": publish.manifest_schema,
        "corrections": corrections.json_schema,
        "report": report.json_schema,
        "verify": publish.report_schema,
    }
    return {name: json.dumps(make(), ensure_ascii=False, indent=1) + "\n" for name, make in made.items()}


def comparison(say: Say = english) -> str:
    """The page that compares programs, as it was measured: headings, paragraphs, cells of its table each by itself."""
    out = []
    for part in (DOCS / "comparison.md").read_text(encoding="utf-8").rstrip().split("\n\n"):
        if part.startswith("#"):
            mark, _, text = part.partition(" ")
            out.append(f"{mark} {say(text)}")
        elif part.startswith("|"):
            out.append("\n".join(_row(line, say) for line in part.splitlines()))
        else:
            out.append(part if re.match(r"\d+\. `", part) else say(part))
    return "\n\n".join(out) + "\n"


def _row(line: str, say: Say) -> str:
    """A row of that table: what a thing is called, and yes, no or not run, with the number of its command."""
    if line.startswith(("| |", "|-")):
        return line
    name, *cells = line.strip("| ").split(" | ")
    said = (re.sub("^(?:yes|not run|no)", lambda found: say(found[0]), cell) for cell in cells)
    if say is not english:
        said = (re.sub(r" \((\d+)\)", "\uff08\\1\uff09", cell) for cell in said)
    return f"| {' | '.join((say(name), *said))} |"


def files() -> dict[Path, str]:
    """Everything that is made, by its path."""
    made = {PAGE: page(), DOCS / "zh" / "comparison.md": comparison(chinese)}
    for home, say in ((DOCS, english), (DOCS / "zh", chinese)):
        made |= {
            home / "commands.md": reference(say),
            home / "folder.md": folder(say),
            home / "kinds.md": kinds(say),
            home / "styles.md": style_reference.reference(say),
            home / "python.md": python(say),
            home / "changelog.md": CHANGES.read_text(encoding="utf-8"),
            **{home / "schemas" / f"{name}.json": text for name, text in schemas().items()},
        }
    return made


if __name__ == "__main__":
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
