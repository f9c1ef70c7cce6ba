"""`wenban verify --rebuild`: the editions of a folder made again from their sources and compared byte by byte.

In: a finished folder and the sources, wherever they lie now.  Out: what differs, and as far as can be told why.  A
source is found by the path the manifest has for it, else by its bytes; a style by its values.  Time, language and rules
are those of the manifest, so editions made by this version with the same fonts have to come out the same
(convert/README.md, invariant 3).  What the manifest says of a document - its metadata, warnings and repairs - is
compared too.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from .. import publish, source, style
from ..errors import ConvertError, Said, UsageError
from ..publish import Edition, Entry, Finding, Making
from ..publish.look import Wrong, contents
from ..publish.pool import spread
from . import pipeline
from .options import Options, check_rules, language_tag


class Rebuilt(NamedTuple):
    """documents: how many were made again."""

    documents: int
    findings: list[Finding]


def rebuild(
    folder: Path,
    sources: Sequence[str],
    *,
    look: str | None = None,
    fetch: bool = False,
    jobs: int = 1,
    corrections: str = "",
    reference_doc: str = "",
    show_repairs: bool = False,
) -> Rebuilt:
    """Makes the documents of a folder again that were made from the sources given.

    look: a style's name or file beside those that are shipped.  fetch: get pictures from the network again where that
    was done.  jobs: worker processes.  corrections: the folder of the sidecars, reference_doc: the
    template of the DOCX editions, show_repairs: whether they show repairs, as `Options` has them.
    Raises SourceError: a source is not there; UsageError: none of the documents was made from them, or no such style;
    OutputError: the manifest cannot be read.
    """
    names = (style.formed(name, form) for name in (*style.names(), *([look] if look else [])) for form in style.FORMS)
    styles = {style.load(name).sha256: name for name in names}
    found = {publish.address(path, publish.base(one)): str(path) for one in sources for path in source.find([one])}
    pairs, strange = _matched(folder, found)
    if not pairs:
        raise UsageError(Said("rebuild-none"), where=str(folder))
    findings = [Finding(path, "differs", Said("rebuild-unknown-source")) for path in strange]
    beside: dict[str, str | bool] = {
        "corrections": corrections,
        "reference": reference_doc,
        "show_repairs": show_repairs,
    }
    tasks = ((str(folder), entry, paths, styles, fetch, beside) for entry, paths in pairs)
    preload = ("convert.run.pipeline", "convert.clean", "lxml.etree")
    for (_, entry, *_), result in spread(_remade, tasks, min(jobs, len(pairs)), preload):
        if isinstance(result, Exception):
            said = Said("rebuild-failed", kind=type(result).__name__, error=result)
            findings += [Finding(one.name, "differs", said) for one in entry.editions]
        else:
            findings += result
    return Rebuilt(len(pairs), findings)


# --- Which source is whose --------------------------------------------------------------------------------------

EntryPaths = tuple[Entry, tuple[str, ...]]


def _matched(folder: Path, found: dict[str, str]) -> tuple[list[EntryPaths], list[str]]:
    """Documents with the paths of their sources, and the sources that belong to no document."""
    pairs: list[EntryPaths] = []
    others: list[Entry] = []
    free = dict(found)
    named: dict[str, list[str]] = {}
    for one in found:
        named.setdefault(one.rpartition("/")[2], []).append(one)
    for entry in publish.scan(folder):
        if not isinstance(entry, Entry) or entry.state != "done":
            continue
        addresses = [_address(one, found, named) for one in (entry.source.path, *entry.source.pages)]
        if all(addresses):
            pairs.append((entry, tuple(found[one] for one in addresses)))
            for one in addresses:
                free.pop(one, None)
        else:
            others.append(entry)
    if others and free:
        sums: dict[str, list[str]] = {}
        for path in free.values():
            sums.setdefault(hashlib.sha256(source.load(path).data).hexdigest(), []).append(path)
        for entry in others:
            if paths := _elsewhere(entry, sums, list(free.values())):
                pairs.append((entry, paths))
                free = {address: path for address, path in free.items() if path not in paths}
    return pairs, sorted(free.values())


def _address(known: str, found: dict[str, str], named: dict[str, list[str]]) -> str:
    """The address at which a source of the manifest was found, empty where it was not.  named: those found, by the last
    part.  A manifest may name it from another folder than the one that is given now."""
    if known in found:
        return known
    same = named.get(known.rpartition("/")[2], ())
    return next((one for one in same if known in publish.ends(found[one], 1)), "")


def _elsewhere(entry: Entry, sums: dict[str, list[str]], paths: Iterable[str]) -> tuple[str, ...]:
    """The paths of a document's sources in another folder than before; none where they are not there."""
    if not entry.source.pages:
        same = sums.get(entry.source.sha256 or "", [])
        return (_likest(entry.source.path, same),) if same else ()
    named = {os.path.basename(path): path for path in paths}
    pages = tuple(named.get(os.path.basename(one), "") for one in (entry.source.path, *entry.source.pages))
    return pages if all(pages) else ()


def _likest(address: str, paths: Sequence[str]) -> str:
    """Of files with the same bytes the one whose path ends most like an address."""

    def alike(path: str) -> int:
        pairs = zip(reversed(address.split("/")), reversed(Path(path).parts), strict=False)
        return next((at for at, (one, other) in enumerate(pairs) if one != other), len(address))

    return max(paths, key=alike)


# --- One document -----------------------------------------------------------------------------------------------


def _remade(
    folder: str,
    entry: Entry,
    paths: tuple[str, ...],
    styles: dict[str, str],
    fetch: bool,
    beside: dict[str, str | bool],
) -> list[Finding]:
    """What differs when a document is made again.  beside: options that the manifest does not name."""
    ways: dict[Making | None, list[Edition]] = {}
    for edition in entry.editions:
        ways.setdefault(edition.made or entry.made, []).append(edition)
    findings: list[Finding] = []
    for made, editions in ways.items():
        try:
            options = msgspec.structs.replace(_options(made, editions, styles, fetch), **beside)
            job = pipeline.Job(entry.source.path, paths[0], entry.stem, folder, options, paths[1:])
            result, files = pipeline.make(job)
        except ConvertError as error:
            findings += [Finding(one.name, "differs", error.message) for one in editions]
            continue
        if result.sha256 != entry.source.sha256:
            findings.append(Finding(paths[0], "differs", Said("rebuild-other-source")))
            continue
        reasons = "".join(_reasons(made, entry, result))
        for edition in editions:
            findings.extend(_compared(Path(folder), edition, files[edition.name], reasons))
        if made == entry.made:
            findings.extend(_said(entry, result))
    return findings


def _options(made: Making | None, editions: Sequence[Edition], styles: dict[str, str], fetch: bool) -> Options:
    """How to make editions again.  Raises UsageError: the manifest does not say it, or it cannot be done here."""
    if made is None:
        raise UsageError(Said("rebuild-unsaid"))
    if made.style not in styles:
        raise UsageError(Said("rebuild-no-style"))
    if made.fetch and not fetch:
        raise UsageError(Said("rebuild-needs-fetch"))
    check_rules(made.skip, made.also)
    language = language_tag(made.language or "auto")
    formats = tuple(edition.format for edition in editions)
    how = made.skip, made.also, False, made.fetch
    return Options(made.modified, formats, styles[made.style], language, *how, metadata=made.given)


def _reasons(made: Making | None, entry: Entry, result: pipeline.Result) -> Iterator[str]:
    here = result.made
    if made is not None and here is not None and made.version != here.version:
        yield f"; it was made by version {made.version}, this is {here.version}"
    if made is not None and here is not None and made.corrections != here.corrections:
        yield "; the corrections beside the source are not those it was made with"
    for before, now in zip(entry.fonts, result.fonts, strict=False):
        if before.used != now.used:
            yield f"; {before.role} was drawn with {before.used}, here with {now.used}"


def _compared(folder: Path, edition: Edition, data: bytes, reasons: str) -> Iterator[Finding]:
    old = contents(folder, edition, keep=True)
    if isinstance(old, Wrong):
        yield Finding(edition.name, *old)
    elif old != data:
        pairs = enumerate(zip(old, data, strict=False))
        at = next((at for at, (one, other) in pairs if one != other), min(len(old), len(data)))
        yield Finding(edition.name, "differs", Said("rebuild-differs", at=at + 1, reasons=reasons))


def _said(entry: Entry, result: pipeline.Result) -> Iterator[Finding]:
    """What the manifest says of a document otherwise than a new result does."""

    def sorted_(notices: Iterable[msgspec.Struct]) -> list[bytes]:
        return sorted(map(msgspec.json.encode, notices))

    pairs = {
        "metadata": entry.metadata == result.metadata,
        "repairs": entry.repairs == result.repairs,
        "warnings": sorted_(entry.warnings) == sorted_(result.notices),
        "text": (entry.made and entry.made.text) == (result.made and result.made.text),
    }
    for what, same in pairs.items():
        if not same:
            yield Finding(publish.MANIFEST, "differs", Said("rebuild-other-record", stem=entry.stem, what=what))
