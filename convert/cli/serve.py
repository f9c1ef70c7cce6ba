"""`wenban mcp`: a server of the Model Context Protocol, through which an assistant converts, looks, corrects, verifies.

It speaks over standard input and output.  Sources and folders are below one folder, the working folder unless another
is given; nothing is fetched from the network, and nothing is deleted.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from ..errors import ConvertError, OutputError, Said, SourceError, UsageError
from ..run.batch.given import FORMATS
from ..version import VERSION
from .app import app

if TYPE_CHECKING:
    from mcp.server import MCPServer

View = Literal["summary", "outline", "unsure", "removed", "repairs", "json"]
_ABOUT = (
    "Turns saved Chinese web pages, texts, Markdown and DOCX into publication-grade DOCX, PDF, EPUB, HTML, Markdown. "
    "Order of work: `inspect` a source (view `unsure` lists lines read with doubt), `correct` what is wrong (kept in a "
    "file beside the source), `convert`, then `verify` the output folder. The text is the page's, never rewritten."
)


@app.command(help="Serve convert, inspect, correct and verify to an assistant (Model Context Protocol, stdio).")
@click.option(
    "--root", default=".", metavar="DIR", type=click.Path(), help="Only what is below DIR is read or written."
)
def mcp(root: str) -> None:
    """Runs until its input ends.  Raises UsageError: the extra is not installed; SourceError: no such folder."""
    if not os.path.isdir(root):
        raise SourceError(Said("no-such-path"), where=root)
    server(root).run("stdio")


def server(root: str) -> MCPServer:
    """The server with its tools.  root: the folder that everything lies below."""
    try:
        from mcp.server import MCPServer
    except ImportError as error:
        raise UsageError(Said("no-mcp", error=error)) from None
    made = MCPServer("wenban", instructions=_ABOUT, version=VERSION, log_level="ERROR")
    tools = ServedTools(Path(root).resolve())
    for tool in (tools.convert, tools.inspect, tools.correct, tools.verify):
        made.tool()(tool)
    return made


class ServedTools:
    """What an assistant can call; what goes wrong is said as an answer, with what to do next."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def convert(
        self, sources: list[str], out: str = "dist", formats: list[str] | None = None, style: str = "gongwen"
    ) -> dict[str, Any]:
        """Convert files or folders into editions. formats: docx, pdf, epub (the default), odt, html, md, txt, json.
        style: gongwen (official documents), report, book, or a TOML file. Returns a result for each document."""
        from ..run import batch

        def done() -> dict[str, Any]:
            given = [self._below(one) for one in sources]
            look = self._below(style) if style.endswith(".toml") else style
            results = batch.batch(given, self._below(out), tuple(formats or FORMATS), look)
            return {
                "documents": [
                    {
                        "source": one.path,
                        "state": one.state,
                        "title": one.metadata.title,
                        "editions": [edition.name for edition in one.editions],
                        "notices": [notice.message for notice in one.notices],
                        "error": _failure(one.error) if one.error is not None else None,
                    }
                    for one in results
                ]
            }

        return _answered(done)

    def inspect(self, source: str, view: View = "summary") -> dict[str, Any]:
        """What a source is read as. summary: metadata and counts; outline: headings; unsure: lines read with doubt, as
        `correct` takes them; removed: lines that are no part of the text, and why; repairs: changed punctuation; json:
        the whole document."""
        from collections import Counter

        import msgspec

        from .. import model
        from ..run.reading import read

        def done() -> dict[str, Any]:
            document = read(self._below(source))
            entries = model.ledger(document)
            if view == "json":
                return dict(msgspec.json.decode(model.to_json(document)))
            if view == "outline":
                return {"outline": [[one.level, one.text] for one in model.outline(document, run_in=True)]}
            if view == "repairs":
                return {"repairs": msgspec.to_builtins(document.repairs)}
            if view == "removed":
                found = [one for one in entries if one.kind == "removed" and one.text.strip()]
                return {"removed": [[one.lines[0], one.reason, one.text] for one in found]}
            if view == "unsure":
                doubted = [one for one in entries if one.sure is not None and one.sure < model.SURE and one.text]
                return {
                    "unsure": [
                        {"line": one.lines[0], "as": one.kind, "level": one.level, "sure": one.sure, "text": one.text}
                        for one in doubted
                    ]
                }
            known = msgspec.to_builtins(document.metadata)
            return {"metadata": known, "lines": dict(Counter(one.kind for one in entries))}

        return _answered(done)

    def correct(
        self, source: str, metadata: dict[str, str] | None = None, lines: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Say once and for good what a source is: metadata by field (title, author, published ...; empty clears it),
        lines by number (`inspect` shows them): heading:2, title, paragraph, signature, removed, keep, join ... It is
        kept in NAME.wenban.toml beside the source, and every later conversion goes by it."""
        import msgspec

        from ..corrections import MetadataCorrection
        from ..run import correcting
        from .correct import FIELDS

        def done() -> dict[str, Any]:
            for name in metadata or {}:
                if name not in FIELDS:
                    raise UsageError(Said("unknown-field", name=name, known=", ".join(FIELDS)))
            said = tuple((int(at), word) for at, word in (lines or {}).items() if at.isdecimal())
            known = msgspec.convert(metadata or {}, MetadataCorrection)
            spoken = correcting.Spoken(known, lines=said)
            if spoken == correcting.Spoken():
                raise UsageError(Said("correct-nothing"))
            sidecar = correcting.correct(self._below(source), spoken)
            return {"file": sidecar.path, "corrections": correcting.count(sidecar.corrections)}

        return _answered(done)

    def verify(self, folder: str = "dist") -> dict[str, Any]:
        """Check an output folder: every file is there, unchanged, well built, and holds its document's text."""
        from .. import publish

        def done() -> dict[str, Any]:
            report = publish.examine(Path(self._below(folder)))
            found = [{"file": one.name, "what": one.what, "detail": str(one.detail)} for one in report.findings]
            return {"documents": report.documents, "files": report.files, "findings": found}

        return _answered(done)

    def _below(self, name: str) -> str:
        """A path of the root.  Raises OutputError: it leads out of it, or is an address."""
        path = (self._root / name).resolve()
        if "://" in name or not path.is_relative_to(self._root):
            raise OutputError(Said("outside-root", root=self._root), where=name)
        return os.path.relpath(path)


def _answered(do: Any) -> dict[str, Any]:
    """What a tool gives, or the error as data."""
    try:
        found: dict[str, Any] = do()
    except ConvertError as error:
        from ..errors import Failure

        return {"error": _failure(Failure.of(error))}
    return found


def _failure(failure: Any) -> str:
    place = f"{failure.where}:{failure.line}: " if failure.where and failure.line else f"{failure.where or ''}: "
    return place.removeprefix(": ") + ". ".join(filter(None, (failure.message, failure.remedy)))
