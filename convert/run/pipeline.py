"""One document through the house: a source in, finished and checked editions in the output folder out.

In: a `Job` (which source, under which name, with which options).  Out: a `Result`.  The editions of a document are
all made and checked in memory before the first is published; one that fails its check does not hold up the others.
"""

from __future__ import annotations

import functools
import hashlib
import io
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

from .. import publish, style, writers
from ..errors import ConvertError, Failure, FidelityError, FontError, Notice, OutputError, Said
from ..model import Attachment, Document, Metadata
from ..model.accounting import left_out
from ..publish import DrawnFace, Edition, Entry, Making
from . import corrected, fingerprint, reading
from .options import Options, language_tag, referenced

if TYPE_CHECKING:
    from ..corrections import Sidecar
    from ..source import Source
    from ..verify import EditionText

T = TypeVar("T")
State = Literal["done", "unchanged", "partial", "skipped", "failed"]


class Job(msgspec.Struct, frozen=True):
    """One document to do.

    id: the source's address in the manifest; stem: its editions' name without the ending.  pages: paths of the further
    pages of the same article, in order, for a document that is joined of several.
    """

    id: str
    path: str
    stem: str
    out: str
    options: Options
    pages: tuple[str, ...] = ()


class Result(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one document.

    id, path: the source, as in `Job`.  sha256: of the source's bytes.  timings: seconds by stage.  beside: files beside
    the page that it asks for.  state: `unchanged`, its editions are there and were made from the same; `partial`, some
    of them could not be made, and `error` says why; `skipped`, the run was stopped before it.  left_out: sentences of
    the page that are in no edition, by the reason.
    """

    state: State
    id: str
    path: str
    sha256: str | None = None
    metadata: Metadata = Metadata()
    style: str = ""
    made: Making | None = None
    editions: tuple[Edition, ...] = ()
    fonts: tuple[DrawnFace, ...] = ()
    notices: tuple[Notice, ...] = ()
    repairs: int = 0
    timings: dict[str, float] = {}
    error: Failure | None = None
    beside: tuple[str, ...] = ()
    left_out: dict[str, int] = {}


def run(job: Job) -> Result:
    """One document: made and published.  Raises ConvertError; then nothing was published."""
    result, files = make(job)
    _timed(result.timings, "publish", publish.publish, Path(job.out), files)
    return result


def make(job: Job) -> tuple[Result, dict[str, bytes]]:
    """One document: read, clean, write, check.  Returns its result and its editions by name.

    Raises ConvertError: the document cannot be read, or none of its editions could be made.  Each edition stands alone:
    where one cannot be drawn, or does not hold the text when it is read back, the others are made, and the document is
    `partial`; where a writer fails in a way that was not foreseen and there is no other edition, it is `failed`.
    """
    timings: dict[str, float] = {}
    timed = functools.partial(_timed, timings)
    _spare_sources(job)
    sidecar = timed("read", corrected.of, job.path, job.options.corrections, job.options.metadata)
    options = _options_of(job, sidecar)
    look = timed("style", style.load, options.style)

    sources = timed("read", reading.load, (job.path, *job.pages))
    document = timed(
        "read", reading.document_of, sources, options.language, options.skip, options.also, options.fetch, sidecar
    )
    document = _dated(document, options.modified)
    look = style.in_language(look, document.metadata.language)
    if look.pdf.attach_source and "pdf" in options.formats:
        document = _with_sources(document, (job.path, *job.pages))
    given = options.reference, options.show_repairs
    shown = referenced(look, *given) if any(given) else look
    composed = writers.compose(document, look)

    notices, files = list(document.notices), dict[str, bytes]()
    first: ConvertError | None = None
    error: Failure | None = None
    for name in options.formats:
        try:
            files[name], more = timed(name, _in_memory, writers.find(name), composed, shown)
            notices.extend(notice for notice in more if notice not in notices)
        except MemoryError:
            raise
        except ConvertError as refusal:
            first = first or refusal
            error = error or Failure.of(refusal)
        except Exception as fault:
            error = error or _fault_of_writer(name, fault, job.path)
    wanted = timed("check", _wanted, composed)
    checked, spoken = frozenset[str](), document.metadata.language
    if options.check:
        for name in tuple(files):
            try:
                checked |= timed("check", check, {name: files[name]}, wanted, job.path, spoken)
            except FidelityError as difference:
                del files[name]
                first = first or difference
                error = error or Failure.of(difference)
    if first is not None and not files:
        raise first

    beside = tuple(sorted({reference for one in sources for reference in one.asked}))
    language, choices = document.metadata.language, options.choices
    made_from = fingerprint.of(_state(sources, beside, sidecar), look, language, options.formats, choices)
    names = {name: f"{job.stem}.{name}" for name in files}
    result = Result(
        "done" if error is None else "partial" if files else "failed",
        job.id,
        job.path,
        document.source.sha256,
        document.metadata,
        look.name,
        _making(options, look, wanted, made_from, sidecar),
        tuple(_edition(name, names[name], data, name in checked) for name, data in files.items()),
        faces(look, document.metadata.language),
        tuple(notices),
        len(document.repairs),
        timings,
        error,
        beside,
        left_out(document),
    )
    return result, {names[name]: data for name, data in files.items()}


def _spare_sources(job: Job) -> None:
    """Raises OutputError where an edition would take the place of its own source."""
    sources = set(map(os.path.realpath, (job.path, *job.pages)))
    for name in job.options.formats:
        place = os.path.join(job.out, f"{job.stem}.{name}")
        if os.path.realpath(place) in sources:
            raise OutputError(Said("over-source"), where=place)


def is_current(entry: Entry, job: Job) -> bool:
    """Whether the editions of a document are what `make` would make again, but for the time they carry: source, style,
    fonts, options and program are the same, and the files are there.  Raises ConvertError where the source cannot be
    read."""
    from .. import source, verify

    sidecar = corrected.of(job.path, job.options.corrections, job.options.metadata)
    options = _options_of(job, sidecar)
    held = {edition.format: edition for edition in entry.editions}
    wanted = [held.get(name) for name in options.formats]
    fingerprints = set[str]()
    for name, edition in zip(options.formats, wanted, strict=True):
        made = (edition.made or entry.made) if edition is not None else None
        if edition is None or made is None or edition.name != f"{job.stem}.{name}":
            return False
        if options.check and edition.fidelity == "unchecked" and verify.can_read(name):
            return False
        if not publish.has(job.out, edition):
            return False
        fingerprints.add(made.fingerprint)
    if entry.state == "failed" or len(fingerprints) > 1:
        return False
    sources = [source.unread(path) for path in (job.path, *job.pages)]
    state = _state(sources, entry.source.beside, sidecar)
    look = style.in_language(style.load(options.style), entry.metadata.language)
    return fingerprints == {fingerprint.of(state, look, entry.metadata.language, options.formats, options.choices)}


def _options_of(job: Job, sidecar: Sidecar | None) -> Options:
    """The options for a document: its own language and style, where a person said them, before those of the run."""
    if sidecar is None:
        return job.options
    own = sidecar.corrections.document
    language = language_tag(own.language) if own.language is not None else job.options.language
    look = corrected.style_of(sidecar, job.options.style)
    return msgspec.structs.replace(job.options, language=language, style=look)


def _state(sources: Iterable[Source], beside: Iterable[str], sidecar: Sidecar | None) -> str:
    from .. import source

    said = (sidecar.sha256,) if sidecar is not None else ()
    return "".join((*(source.state_of(one, beside) for one in sources), *said))


def _fault_of_writer(name: str, error: Exception, where: str) -> Failure:
    import traceback

    said = Said("edition-not-made", name=name, kind=type(error).__name__, error=error)
    return Failure.of(ConvertError(said, where=where), traceback.format_exc())


def write(name: str, document: Document, look: style.Style) -> tuple[bytes, list[Notice]]:
    """One edition in memory, and what its writer has to say."""
    return _in_memory(functools.partial(writers.write, name), document, look)


def _in_memory(writer: writers.Writer, document: Document, look: style.Style) -> tuple[bytes, list[Notice]]:
    stream = io.BytesIO()
    notices = writer(document, look, stream)
    return stream.getvalue(), notices


def check(
    files: dict[str, bytes], composed: Document | EditionText, where: str, language: str | None = None
) -> frozenset[str]:
    """Reads each edition back (convert/README.md, invariant 2) and returns the formats that could be read.

    composed: the document as `writers.compose` left it, or what is expected of it.  language: the document's.
    Raises FidelityError at the first edition whose text is not the document's, or cannot be seen.
    """
    from .. import verify

    readable = frozenset(name for name in files if verify.can_read(name))
    for name in files:
        if name in readable and (differences := verify.check(name, files[name], composed, language)):
            raise FidelityError(Said("edition-differs", name=name, differences=differences[0]), where=where)
    return readable


def _wanted(composed: Document) -> EditionText:
    from .. import verify

    return verify.expected(composed)


def faces(look: style.Style, language: str | None) -> tuple[DrawnFace, ...]:
    """The faces a style is drawn with in a language, by role; none where there are no fonts at hand, which only the
    writers that draw with them need."""
    from ..typography import fonts

    try:
        found = fonts.resolve(look, language).faces
    except FontError:
        return ()
    return tuple(
        DrawnFace(role, face.requested[0], face.family, face.substituted)
        for role, face in found.items()
        if role in look.faces  # not their bold and Latin companions
    )


def _with_sources(document: Document, paths: Iterable[str]) -> Document:
    """The document with the pages it was read from, for editions that embed them."""
    from .. import source

    found = (source.load(path) for path in paths)
    attached = tuple(Attachment(one.name, one.media_type, one.data) for one in found)
    return msgspec.structs.replace(document, attachments=attached)


def _dated(document: Document, modified: str) -> Document:
    metadata = msgspec.structs.replace(document.metadata, modified=modified)
    return msgspec.structs.replace(document, metadata=metadata)


def _edition(name: str, file: str, data: bytes, checked: bool) -> Edition:
    from .. import verify

    fidelity: Literal["equal", "unchecked"] = "equal" if checked else "unchecked"
    return Edition(name, file, len(data), hashlib.sha256(data).hexdigest(), fidelity, *verify.extent(name, data))


def _making(options: Options, look: style.Style, held: EditionText, made_from: str, sidecar: Sidecar | None) -> Making:
    from .. import verify
    from ..version import VERSION

    return Making(
        VERSION,
        look.sha256,
        options.modified,
        verify.digest(held),
        options.language,
        options.skip,
        options.also,
        options.fetch,
        made_from,
        sidecar.sha256 if sidecar is not None else "",
        options.metadata,
    )


def _timed(timings: dict[str, float], stage: str, function: Callable[..., T], *given: object) -> T:
    start = time.perf_counter()
    try:
        return function(*given)
    finally:
        timings[stage] = timings.get(stage, 0.0) + time.perf_counter() - start
