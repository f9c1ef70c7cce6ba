"""`wenban convert` with one page or one file: `-` is the page on standard input, `-o FILE.docx` the one edition that
is asked for, `-o -` the same on standard output."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ..errors import OutputError, Said, UsageError
from ..run.batch.loop import Run
from ..run.pipeline import Result

PAGE = "-"
"""Standard input as a source, and standard output as the place of an edition."""
_ENDINGS = (".html", ".htm", ".txt", ".mhtml", ".mht")


def format_of(out: str, formats: Sequence[str], sources: Sequence[str]) -> str | None:
    """The format of the one file that `out` asks for, by its ending or, on standard output, as `formats` say; None
    where `out` is a folder.  Raises UsageError: the formats say another, or not which; OutputError: it is a source."""
    from ..writers import WRITERS, elsewhere

    if out == PAGE:
        if len(formats) != 1:
            raise UsageError(Said("which-format"))
        return formats[0]
    ending = Path(out).suffix.lower()[1:]
    if os.path.isdir(out):
        return None
    if ending not in WRITERS:
        if error := elsewhere(ending):
            raise error
        return None
    if any(one != ending for one in formats):
        raise UsageError(Said("ending-is-another", out=out, format=next(one for one in formats if one != ending)))
    if os.path.exists(out) and any(os.path.exists(one) and os.path.samefile(one, out) for one in sources):
        raise OutputError(Said("over-source"), where=out)
    return ending


@contextlib.contextmanager
def page_given(sources: tuple[str, ...], name: str) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    """The sources, with a file for the page on standard input, and by its path what that is to be called.

    name: its file's name; without an ending its first characters tell what it is.  Raises UsageError: it is no name.
    """
    if PAGE not in sources:
        yield sources, {}
        return
    if not name or name in (".", "..") or Path(name).name != name or "\0" in name:
        raise UsageError(Said("not-a-name", said=name))
    with tempfile.TemporaryDirectory() as folder:
        data = sys.stdin.buffer.read()
        path = Path(folder, "stdin", name if name.lower().endswith(_ENDINGS) else name + _kind(data))
        path.parent.mkdir()  # manifests call a source by its folder and name: the same each time
        path.write_bytes(data)
        yield tuple(str(path) if source == PAGE else source for source in sources), {str(path): path.name}


def _kind(data: bytes) -> str:
    """`.html`, `.mhtml` or `.txt`, by how the page begins."""
    head = data[:400].decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")
    head = head.removeprefix("\xef\xbb\xbf").lstrip()
    if head.startswith("<"):
        return ".html"
    return ".mhtml" if head.lower().startswith(("mime-version:", "from: <")) else ".txt"


@contextlib.contextmanager
def folder_for(out: str) -> Iterator[str]:
    """A folder of its own for the run that makes one file: beside it, so that it takes its name at once."""
    home = None if out == PAGE else os.path.dirname(os.path.abspath(out))
    try:
        if home:
            os.makedirs(home, exist_ok=True)
        folder = tempfile.mkdtemp(prefix=".wenban-", dir=home)
    except OSError as error:
        raise OutputError(Said("unwritable", error=error.strerror), where=out) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put(folder: str, format: str, out: str) -> None:
    """Gives the edition of a format that a run has left in its folder the name that was asked for."""
    for path in Path(folder).glob(f"*.{format}"):
        try:
            if out == PAGE:
                sys.stdout.buffer.write(path.read_bytes())
                sys.stdout.buffer.flush()
            else:
                os.replace(path, out)
        except OSError as error:
            raise OutputError(Said("unwritable", error=error.strerror), where=out) from None


class NamedRun(Run):
    """A run whose results say the names a user gave: of the page on standard input, and of the one file.

    names: those of sources by their path.  file: the name of the one edition, empty where there may be several;
    entering then, or where options say metadata, raises UsageError where there is more than one document.
    """

    def __init__(self, *given: Any, names: dict[str, str], file: str = "") -> None:
        super().__init__(*given)
        self._names = names
        self._file = file

    def __enter__(self) -> Run:
        super().__enter__()
        if self.total > 1 and (self._file or self.options.metadata):
            self.__exit__(None, None, None)
            raise UsageError(Said("one-file", count=self.total) if self._file else Said("one-page", count=self.total))
        return self

    def results(self) -> Iterator[Result]:
        """The results under their names."""
        for result in super().results():
            yield self._named(result)

    def _named(self, result: Result) -> Result:
        error = result.error
        if error is not None and error.where in self._names:
            error = msgspec.structs.replace(error, where=self._names[error.where])
        editions = result.editions
        if self._file:
            editions = tuple(msgspec.structs.replace(one, name=self._file) for one in editions)
        path = self._names.get(result.path, result.path)
        return msgspec.structs.replace(result, path=path, error=error, editions=editions)
