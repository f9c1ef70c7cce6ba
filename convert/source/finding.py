"""Which pages a user means: files, folders, patterns, lists, archives and addresses -> paths, one by one."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..errors import Said, SourceError
from ..store import places
from ..warc import PAGES, Wanted
from .loading import BY_SUFFIX, DOCUMENT_ENDING, HTML

Failed = Callable[[SourceError], None]
"""What is told of a name that cannot be looked into."""


def listed(given: str | os.PathLike[str]) -> Iterator[str | os.PathLike[str]]:
    """The names behind one that is given: `@FILE` is a list of names, one a line, `@-` one on standard input; else it
    is the name itself.  Names in a list may also end in NUL.  A file whose name begins with `@` is given as `./@...`.

    Raises SourceError: the list cannot be read.
    """
    if not (isinstance(given, str) and given.startswith("@")):
        yield given
        return
    try:
        with open(sys.stdin.fileno() if given == "@-" else given[1:], "rb", closefd=given != "@-") as stream:
            for line in stream:
                names = line.removesuffix(b"\n").removesuffix(b"\r").removeprefix(b"\xef\xbb\xbf").split(b"\0")
                yield from (os.fsdecode(name) for name in names if name)
    except OSError as error:
        raise SourceError(Said("list-unreadable", error=error.strerror), where=given[1:] or given) from None


def is_pattern(name: str | os.PathLike[str]) -> bool:
    """Whether a name is a pattern (`*`, `?`, `[...]`, `**` for any folders) and no file of this machine."""
    return isinstance(name, str) and glob.has_magic(name) and not places.is_remote(name) and not os.path.lexists(name)


def find(
    paths: Iterable[str | os.PathLike[str]], failed: Failed | None = None, wanted: Wanted = PAGES
) -> Iterator[Path | str]:
    """The files named, one after the other: a file as it is, a folder as every page below it in path order, a pattern
    as what it finds.

    What lies on this machine is given as a Path, what fsspec reaches (`places`) as its address.

    A WARC file counts as a folder of its pages.  In folders hidden files, files of a kind we do not read, links that
    lead out of the folder, and the folders in which browsers keep the parts of a saved page are passed over.
    wanted: which records of archives are pages.
    failed: told of a path that does not exist and of a folder that cannot be read; without it they raise SourceError.
    """
    from .. import warc

    failed = failed or _raise
    for one in paths:
        name = places.local(os.fspath(one))
        if places.is_remote(name):
            yield from _find_away(name, failed, wanted)
        elif os.path.isdir(name):
            for path in _pages_in(Path(name), failed):
                yield from _unpacked(path, wanted)
        elif os.path.exists(name) or warc.is_page(name):
            yield from _unpacked(Path(name), wanted)
        elif is_pattern(name):
            yield from _like(name, failed, wanted)
        else:
            failed(SourceError(Said("no-such-path"), where=name))


def _find_away(address: str, failed: Failed, wanted: Wanted) -> Iterator[Path | str]:
    from .. import warc

    try:
        if warc.is_page(address) or places.exists(address):
            yield from _unpacked(address, wanted)
        elif (inside := places.listing(address)) is not None:
            for path in _pages_away(address, inside, failed):
                yield from _unpacked(path, wanted)
        else:
            failed(SourceError(Said("no-such-path"), where=address))
    except SourceError as error:
        failed(error)


def _like(pattern: str, failed: Failed, wanted: Wanted) -> Iterator[Path | str]:
    """What a pattern finds, in path order."""
    names = sorted(map(Path, glob.iglob(pattern, recursive=True)))
    if not names:
        failed(SourceError(Said("pattern-empty"), where=pattern))
    for name in names:
        yield from find([name], failed, wanted)


def _raise(error: SourceError) -> None:
    raise error


def _unpacked(path: Path | str, wanted: Wanted) -> Iterator[Path | str]:
    from .. import warc

    if not warc.is_archive(path):
        yield path
        return
    try:
        yield from map(type(path), warc.pages(path, wanted))
    except SourceError:
        yield path  # `load` says what is wrong with it, and the other files of a folder go on


def _pages_in(folder: Path, failed: Failed) -> Iterator[Path]:
    """The pages below a folder.  Of each folder on the way no more is held than its names."""
    from .. import warc

    root = folder.resolve()
    todo = [(folder, True)]
    while todo:
        path, is_folder = todo.pop()
        if is_folder:
            todo += reversed(list(_inside(path, failed)))
        elif (
            (_is_kind(path.name) or warc.is_archive(path))
            and path.is_file()
            and (not path.is_symlink() or path.resolve().is_relative_to(root))
        ):
            yield path


def _inside(folder: Path, failed: Failed) -> Iterator[tuple[Path, bool]]:
    """What is in a folder that may hold pages, by name, each with whether it is a folder."""
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError as error:
        failed(SourceError(Said("folder-unreadable", error=error.strerror), where=str(folder)))
        return
    for name, is_folder in _shown(found):
        yield folder / name, is_folder


def _pages_away(folder: str, inside: list[tuple[str, bool]], failed: Failed) -> Iterator[str]:
    """The pages below a folder that fsspec reaches."""
    from .. import warc

    for name, is_folder in _shown(inside):
        path = places.join(folder, name)
        if is_folder:
            try:
                below = places.listing(path) or []
            except SourceError as error:
                failed(error)
                continue
            yield from _pages_away(path, below, failed)
        elif _is_kind(name) or warc.is_archive(name):
            yield path


def _shown(found: list[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """What may be or hold a page, of the names in a folder."""
    stems = {os.path.splitext(name)[0] for name, _ in found if BY_SUFFIX.get(_suffix(name)) == HTML}
    for name, is_folder in found:
        if name[0] != "." and not (is_folder and _parts_of_page(name, stems)):
            yield name, is_folder


def _is_kind(name: str) -> bool:
    return _suffix(name) in BY_SUFFIX or name.lower().endswith(DOCUMENT_ENDING)


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _parts_of_page(folder: str, stems: set[str]) -> bool:
    """Browsers save the parts of `NAME.html` in `NAME_files` or `NAME.files`."""
    return any(folder.endswith(mark) and folder[: -len(mark)] in stems for mark in ("_files", ".files"))
