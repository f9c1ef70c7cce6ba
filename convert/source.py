"""Inputs: the only file that reads what the user names.

In: paths of files and folders.  Out: `Source`, the bytes of one page with what is known of it from outside its text
(name, address, charset, where its pictures may be read), and `Decoded`, its text.  Kinds: plain text, HTML, MHTML
(RFC 2557; the root part becomes the source, the others its `parts`), and pages in web archives (`warc`).  Charsets
are decided in `charset`.
"""

from __future__ import annotations

import glob
import hashlib
import os
import posixpath
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from . import charset as charsets
from . import places
from .errors import NoContentError, Notice, SourceError
from .warc import PAGES, Wanted

MAX_BYTES = 256 * 2**20
"""A larger file is refused: no page of text is as large, and the parsed tree of one would not fit in memory."""

MAX_MEDIA_BYTES = 64 * 2**20
"""A larger picture beside a page is not read."""

PLAIN, HTML, MHTML = "text/plain", "text/html", "multipart/related"

_BY_SUFFIX = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".shtml": HTML,
    ".shtm": HTML,
    ".mhtml": MHTML,
    ".mht": MHTML,
}

_BINARY = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"OTTO", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"wOF", "a font"),
)
_HTML_START = re.compile(
    rb"(?:\s|<!--.*?-->|<\?.*?>)*<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|table|div|p|h[1-6])\b",
    re.I | re.S,
)
_TAG = re.compile(rb"<[a-z/!]", re.I)
_MHTML_START = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?(?:mime-version|content-type):", re.I)


class Source(msgspec.Struct, frozen=True):
    """One page as it was given.

    path: as given.  url, fetched (ISO 8601), charset: what its carrier (MHTML, a response header) says of it.
    folder: where its pictures may be read, None where nowhere.  parts: what came in the same file, by address.
    sha256: of the file, or of the page's record in an archive.  asked: the files beside it that were asked for
    (`beside`), with their SHA-256, None where there is none.
    """

    data: bytes
    name: str
    path: str
    media_type: str
    url: str | None = None
    charset: str | None = None
    fetched: str | None = None
    folder: Path | str | None = None
    parts: Mapping[str, bytes] = {}
    sha256: str = ""
    asked: dict[str, str | None] = {}


class Decoded(msgspec.Struct, frozen=True):
    """A source's text without its byte order mark; charset: the name of the codec that read it."""

    text: str
    charset: str
    notices: tuple[Notice, ...] = ()


# --- Finding ----------------------------------------------------------------------------------------------------


def listed(given: str | os.PathLike[str]) -> Iterator[str | os.PathLike[str]]:
    """The names behind one that is given: `@FILE` is a list of names, one a line, `-` one on standard input; else it is
    the name itself.  Names in a list may also end in NUL.  A file whose name begins with `@` is given as `./@...`.

    Raises SourceError: the list cannot be read.
    """
    if given != "-" and not (isinstance(given, str) and given.startswith("@")):
        yield given
        return
    try:
        with open(sys.stdin.fileno() if given == "-" else given[1:], "rb", closefd=given != "-") as stream:
            for line in stream:
                names = line.removesuffix(b"\n").removesuffix(b"\r").removeprefix(b"\xef\xbb\xbf").split(b"\0")
                yield from (os.fsdecode(name) for name in names if name)
    except OSError as error:
        raise SourceError(
            f"the list cannot be read: {error.strerror}", where=given[1:] or given, remedy="Check its path"
        ) from None


def is_pattern(name: str | os.PathLike[str]) -> bool:
    """Whether a name is a pattern (`*`, `?`, `[...]`, `**` for any folders) and no file of this machine."""
    return isinstance(name, str) and glob.has_magic(name) and not places.is_remote(name) and not os.path.lexists(name)


def find(
    paths: Iterable[str | os.PathLike[str]], failed: Failed | None = None, wanted: Wanted = PAGES
) -> Iterator[Path | str]:
    """The files named, one after the other: a file as it is, a folder as every page below it in path order, a pattern
    as what it finds.

    What lies on this machine is given as a Path, what fsspec reaches (`places`) as its address.

    A WARC file counts as a folder of its pages.  In folders hidden files, files of no kind we read, links that lead
    out of the folder, and the folders in which browsers keep the parts of a saved page are passed over.
    wanted: which records of archives are pages.
    failed: told of a path that does not exist and of a folder that cannot be read; without it they raise SourceError.
    """
    from . import warc

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
            failed(SourceError("no such file or folder", where=name, remedy="Check the path"))


def _find_away(address: str, failed: Failed, wanted: Wanted) -> Iterator[Path | str]:
    from . import warc

    try:
        if warc.is_page(address) or places.exists(address):
            yield from _unpacked(address, wanted)
        elif (inside := places.listing(address)) is not None:
            for path in _pages_away(address, inside, failed):
                yield from _unpacked(path, wanted)
        else:
            failed(SourceError("no such file or folder", where=address, remedy="Check the path"))
    except SourceError as error:
        failed(error)


Failed = Callable[[SourceError], None]


def _like(pattern: str, failed: Failed, wanted: Wanted) -> Iterator[Path | str]:
    """What a pattern finds, in path order."""
    names = sorted(map(Path, glob.iglob(pattern, recursive=True)))
    if not names:
        failed(SourceError("nothing is found for this pattern", where=pattern, remedy="Check it, and quote it"))
    for name in names:
        yield from find([name], failed, wanted)


def _raise(error: SourceError) -> None:
    raise error


def _unpacked(path: Path | str, wanted: Wanted) -> Iterator[Path | str]:
    from . import warc

    if not warc.is_archive(path):
        yield path
        return
    try:
        yield from map(type(path), warc.pages(path, wanted))
    except SourceError:
        yield path  # `load` says what is wrong with it, and the other files of a folder go on


def _pages_in(folder: Path, failed: Failed) -> Iterator[Path]:
    """The pages below a folder.  Of each folder on the way no more is held than its names."""
    from . import warc

    root = folder.resolve()
    todo = [(folder, True)]
    while todo:
        path, is_folder = todo.pop()
        if is_folder:
            todo += reversed(list(_inside(path, failed)))
        elif (
            (_suffix(path.name) in _BY_SUFFIX or warc.is_archive(path))
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
        said = f"the folder cannot be read: {error.strerror}"
        failed(SourceError(said, where=str(folder), remedy="Check its permissions"))
        return
    for name, is_folder in _shown(found):
        yield folder / name, is_folder


def _pages_away(folder: str, inside: list[tuple[str, bool]], failed: Failed) -> Iterator[str]:
    """The pages below a folder that fsspec reaches."""
    from . import warc

    for name, is_folder in _shown(inside):
        path = places.join(folder, name)
        if is_folder:
            try:
                below = places.listing(path) or []
            except SourceError as error:
                failed(error)
                continue
            yield from _pages_away(path, below, failed)
        elif _suffix(name) in _BY_SUFFIX or warc.is_archive(name):
            yield path


def _shown(found: list[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """What may be or hold a page, of the names in a folder."""
    stems = {os.path.splitext(name)[0] for name, _ in found if _BY_SUFFIX.get(_suffix(name)) == HTML}
    for name, is_folder in found:
        if name[0] != "." and not (is_folder and _parts_of_page(name, stems)):
            yield name, is_folder


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _parts_of_page(folder: str, stems: set[str]) -> bool:
    """Browsers save the parts of `NAME.html` in `NAME_files` or `NAME.files`."""
    return any(folder.endswith(mark) and folder[: -len(mark)] in stems for mark in ("_files", ".files"))


# --- Loading ----------------------------------------------------------------------------------------------------


def load(path: str | Path, *, charset: str | None = None) -> Source:
    """The source in a file.  charset: what the user says it is in; overrules what the file says.

    Raises SourceError: missing, unreadable, too large, binary.  Raises NoContentError: an empty file.
    """
    from . import warc

    given = places.local(os.fspath(path))
    place, where = Path(given), str(path)
    if warc.is_page(given):
        found = warc.load(given, MAX_BYTES)
        said = charset or found.charset
        kind = _kind(found.data, place.suffix)
        digest = hashlib.sha256(found.data).hexdigest()
        return Source(
            found.data, place.name, where, kind, found.url, said, found.fetched, parts=found.parts, sha256=digest
        )
    if warc.is_archive(given):
        next(warc.pages(given), None)
        raise SourceError("this is an archive of pages", where=where, remedy="Give one of its pages")
    away = places.is_remote(given)
    data = _read_away(given) if away else _read(place)
    if charset is not None and charsets.codec_of(charset) is None:
        raise SourceError(f"{charset!r} is no charset we know", where=where, remedy="Write utf-8 or gb18030")
    folder = given.rpartition("/")[0] if away else place.parent
    return from_bytes(data, place.name, path=where, folder=folder, charset=charset)


def from_bytes(
    data: bytes,
    name: str,
    *,
    path: str | None = None,
    folder: Path | str | None = None,
    charset: str | None = None,
    url: str | None = None,
) -> Source:
    """A source from bytes that are at hand already; otherwise as `load`."""
    where = path or name
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise NoContentError("the file is empty", where=where, remedy="Save the page again, with its text")
    kind = _kind(data, Path(name).suffix.lower())
    _refuse_binary(data, kind, where)
    if kind == MHTML:
        return _mhtml(data, name, where, folder)
    digest = hashlib.sha256(data).hexdigest()
    return Source(data, name, where, kind, url=url, charset=charset, folder=folder, sha256=digest)


def state_of(source: Source, references: Iterable[str]) -> str:
    """SHA-256 of a source and of files beside it, which may be there or not.

    references: how the page names the files.  The parts of a file are the file's; the pictures of a web archive are
    taken to be as they were, for archives only grow.
    """
    digest = hashlib.sha256(source.sha256.encode())
    for reference in sorted(set(references)):
        if reference not in source.asked:
            beside(source, reference)
        digest.update(f"\n{source.asked.get(reference)} {reference}".encode())
    return digest.hexdigest()


def unread(path: str | Path) -> Source:
    """A source as far as `state_of` needs it: its text is not read.  Raises what `load` raises."""
    from . import warc

    given = places.local(os.fspath(path))
    if warc.is_page(given):
        return load(given)
    away, place = places.is_remote(given), Path(given)
    digest = hashlib.sha256(_read_away(given) if away else _read(place)).hexdigest()
    folder = given.rpartition("/")[0] if away else place.parent
    return Source(b"", place.name, str(path), PLAIN, folder=folder, sha256=digest)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(str(path))
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError("no such file", where=str(path), remedy="Check the path") from None
    except OSError as error:
        said = error.strerror or str(error)
        raise SourceError(f"the file cannot be read: {said}", where=str(path), remedy="Check its permissions") from None


def _read_away(address: str) -> bytes:
    data = places.read(address, MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise _too_large(address)
    return data


def _too_large(path: str) -> SourceError:
    limit = MAX_BYTES // 2**20
    return SourceError(f"the file is larger than {limit} MB", where=path, remedy="Split it into pages")


def _kind(data: bytes, suffix: str) -> str:
    """The kind by name, where the content does not say otherwise."""
    named = _BY_SUFFIX.get(suffix)
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:64]:
        head = head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if named in (None, HTML, MHTML) and _MHTML_START.match(head) and b"multipart/" in head.lower():
        return MHTML
    if _HTML_START.match(head):
        return HTML
    if named == HTML and _TAG.search(data.replace(b"\x00", b"") if b"\x00" in head else data):
        return HTML
    return PLAIN


def _refuse_binary(data: bytes, kind: str, where: str) -> None:
    what = next((name for magic, name in _BINARY if data.startswith(magic)), None)
    if what is None and data[4:8] == b"ftyp":
        what = "a video or a HEIF/AVIF picture"
    if what is None and b"\x00" in data and charsets.utf16_without_mark(data) is None:
        # HTML parsers pass over a stray NUL; a file with many is no page.
        few = kind == HTML and data.count(b"\x00") * 1000 < len(data)
        if not few and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            what = "a binary file"
    if what:
        raise SourceError(
            f"this is {what}, not text", where=where, remedy="Give a page saved as plain text, HTML or MHTML"
        )


# --- MHTML ------------------------------------------------------------------------------------------------------


def _mhtml(data: bytes, name: str, where: str, folder: Path | str | None) -> Source:
    """RFC 2557: the root is the part that `start` names, else the first HTML part."""
    import email
    import email.policy
    from email.message import Message
    from email.utils import parsedate_to_datetime

    try:
        whole: Message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [part for part in whole.walk() if not part.is_multipart()]
    except (RecursionError, ValueError, LookupError) as error:
        raise SourceError(f"the MHTML cannot be read: {error}", where=where, remedy="Save the page again") from None
    pages = [part for part in parts if part.get_content_type() in (HTML, "application/xhtml+xml")]
    start = whole.get_param("start")
    roots = [part for part in pages if start and part.get("Content-ID") == start] or pages
    root = roots[0] if roots else None
    content = _payload(root) if root is not None else b""
    if root is None or not content.strip():
        raise NoContentError("the MHTML holds no page", where=where, remedy="Save the page again")
    found: dict[str, bytes] = {}
    for part in parts:
        if part is root:
            continue
        if address := str(part.get("Content-Location") or "").strip():
            found.setdefault(address, _payload(part))
        if identity := str(part.get("Content-ID") or "").strip().strip("<>"):
            found.setdefault(f"cid:{identity}", _payload(part))
    address = str(root.get("Content-Location") or whole.get("Snapshot-Content-Location") or "").strip()
    try:
        fetched = parsedate_to_datetime(str(whole.get("Date"))).isoformat() if whole.get("Date") else None
    except ValueError:
        fetched = None
    declared = root.get_content_charset()
    url = address if address.startswith(("http://", "https://")) else None
    digest = hashlib.sha256(data).hexdigest()
    return Source(content, name, where, HTML, url, declared, fetched, folder, found, digest)


def _payload(part: object) -> bytes:
    data = part.get_payload(decode=True)  # type: ignore[attr-defined]
    return data if isinstance(data, bytes) else b""


# --- Pictures ---------------------------------------------------------------------------------------------------


def beside(source: Source, reference: str) -> bytes | None:
    """The bytes of a file that a page names by a relative path, or None where there is none to be had.

    Nothing outside the page's folder is read, neither by `..`, nor by an absolute path, nor through a link; and
    nothing larger than MAX_MEDIA_BYTES.
    """
    if source.folder is None or not reference or "\x00" in reference:
        return None
    data = _beside(source.folder, reference)
    source.asked[reference] = hashlib.sha256(data).hexdigest() if data is not None else None
    return data


def _beside(folder: Path | str, reference: str) -> bytes | None:
    if isinstance(folder, str):
        return _beside_away(folder, reference)
    try:
        root = folder.resolve()
        path = (root / reference.replace("\\", "/").lstrip("/")).resolve()
        if not path.is_relative_to(root) or not path.is_file() or path.stat().st_size > MAX_MEDIA_BYTES:
            return None
        return path.read_bytes()
    except (OSError, ValueError, RuntimeError):
        return None


def _beside_away(folder: str, reference: str) -> bytes | None:
    inside = posixpath.normpath(reference.replace("\\", "/").lstrip("/"))
    if inside.startswith("../"):
        return None
    try:
        data = places.read(places.join(folder, inside), MAX_MEDIA_BYTES)
    except SourceError:
        return None
    return data if len(data) <= MAX_MEDIA_BYTES else None


# --- Decoding ---------------------------------------------------------------------------------------------------


def decode(source: Source) -> Decoded:
    """A source's text.  A notice says so where the declared charset was not the real one.

    Raises SourceError: the bytes are text in no charset we can tell; the message has the place of the first bad byte.
    """
    found = charsets.decide(source.data, declared=source.charset, html=source.media_type == HTML)
    if found.text is None:
        raise SourceError(
            f"byte {found.bad_byte} is not valid {found.codec}, and the text makes sense in no other charset we know "
            "(UTF-16, GB18030, Big5, Shift_JIS, EUC-JP, EUC-KR)",
            where=source.path,
            remedy="Save the file as UTF-8",
        )
    return Decoded(found.text, found.codec, tuple(_notices(found)))


def _notices(found: charsets.Found) -> Iterator[Notice]:
    if found.declared is not None and found.declared != found.codec:
        yield Notice("wrong-charset", f"The page says it is in {found.declared}, but it is in {found.codec}.")
    if found.replaced:
        yield Notice(
            "bad-bytes", f"{found.replaced} bytes are not valid {found.codec} and are shown as U+FFFD; "
            f"the first is byte {found.bad_byte}."
        )  # fmt: skip
