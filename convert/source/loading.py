"""Pages as they are given -> `Source` and `Decoded`: files, addresses, parts of MHTML, records of archives."""

from __future__ import annotations

import hashlib
import io
import os
import posixpath
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from ..errors import NoContentError, Notice, Said, SourceError
from ..store import places
from . import charset as charsets

MAX_BYTES = 256 * 2**20
"""A larger file is refused: no page of text is as large, and the parsed tree of one would not fit in memory."""

MAX_MEDIA_BYTES = 64 * 2**20
"""A larger picture beside a page is not read."""

PLAIN, HTML, MHTML, DOCUMENT = "text/plain", "text/html", "multipart/related", "application/json"
MARKDOWN = "text/markdown"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

BY_SUFFIX = {
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
NAMED = {**BY_SUFFIX, ".md": MARKDOWN, ".markdown": MARKDOWN, ".docx": DOCX, ".docm": DOCX, ".dotx": DOCX}
"""Also what is a source only where it is named, for in a folder it may be an edition or speak of the folder."""
DOCUMENT_ENDING = ".wenban.json"
"""How the name of a document in JSON ends that is taken from a folder: any `.json` may be one that is given by name."""

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
_OF_WORD = ("an old Office document", "an RTF document")
_HTML_START = re.compile(
    rb"(?:\s|<!--.*?-->|<\?.*?>)*<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|table|div|p|h[1-6])\b",
    re.I | re.S,
)
_DOCUMENT_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"schema"\s*:\s*"wenban-document/')
_TAG = re.compile(rb"<[a-z/!]", re.I)
_MHTML_START = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?(?:mime-version|content-type):", re.I)


class Source(msgspec.Struct, frozen=True):
    """One page as it was given.

    path: as given.  url, fetched (ISO 8601), charset: what its carrier (MHTML, a response header) says of it.
    folder: where its pictures may be read, None where nowhere.  parts: what came in the same file, by address.
    sha256: of the file, or of the page's record in an archive.  inner: the data is a part of that file, not all of it.
    asked: the files beside it that were asked for (`beside`), with their SHA-256, None where there is none.
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
    inner: bool = False
    asked: dict[str, str | None] = {}

    def digest(self) -> str:
        """SHA-256 of the data."""
        return self.sha256 if self.sha256 and not self.inner else hashlib.sha256(self.data).hexdigest()


class Decoded(msgspec.Struct, frozen=True):
    """A source's text without its byte order mark; charset: the name of the codec that read it; utf8: the text in
    UTF-8, where that is what the source has."""

    text: str
    charset: str
    notices: tuple[Notice, ...] = ()
    utf8: bytes | None = None


# --- Loading ----------------------------------------------------------------------------------------------------


def load(path: str | Path, *, charset: str | None = None) -> Source:
    """The source in a file.  charset: what the user says it is in; overrules what the file says.

    Raises SourceError: missing, unreadable, too large, binary.  Raises NoContentError: an empty file.
    """
    from .. import warc

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
        raise SourceError(Said("archive-of-pages"), where=where)
    away = places.is_remote(given)
    data = _read_away(given) if away else _read(place)
    if charset is not None and charsets.codec_of(charset) is None:
        raise SourceError(Said("unknown-charset", charset=charset), where=where)
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
        raise NoContentError(Said("file-empty"), where=where)
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
    from .. import warc

    given = places.local(os.fspath(path))
    if warc.is_page(given):
        return load(given)
    away, place = places.is_remote(given), Path(given)
    digest = hashlib.sha256(_read_away(given) if away else _read(place)).hexdigest()
    folder = given.rpartition("/")[0] if away else place.parent
    return Source(b"", place.name, str(path), PLAIN, folder=folder, sha256=digest)


def _read(path: Path) -> bytes:
    try:
        found = path.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):  # a pipe may never end, nor a device
            raise SourceError(Said("no-plain-file"), where=str(path))
        if stat.S_ISDIR(found.st_mode):
            raise SourceError(Said("is-folder"), where=str(path))
        if found.st_size > MAX_BYTES:
            raise _too_large(str(path))
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError(Said("no-such-file"), where=str(path)) from None
    except OSError as error:
        said = error.strerror or str(error)
        raise SourceError(Said("file-unreadable", error=said), where=str(path)) from None


def _read_away(address: str) -> bytes:
    data = places.read(address, MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise _too_large(address)
    return data


def _too_large(path: str) -> SourceError:
    limit = MAX_BYTES // 2**20
    return SourceError(Said("file-too-large", limit=limit), where=path)


def _kind(data: bytes, suffix: str) -> str:
    """The kind by name, where the content does not say otherwise."""
    if suffix == ".json" or _DOCUMENT_START.match(data[:256]):
        return DOCUMENT
    named = NAMED.get(suffix)
    if named == MARKDOWN and b"\x00" not in data[:64]:  # it may begin with a tag
        return MARKDOWN
    if data.startswith(b"PK\x03\x04") and _is_docx(data):
        return DOCX
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


def _is_docx(data: bytes) -> bool:
    """A package of Word has its main part in a folder of that name (ISO/IEC 29500-2), whatever it is called itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return "[Content_Types].xml" in names and any(re.fullmatch(r"word/document\d*\.xml", name) for name in names)


def _refuse_binary(data: bytes, kind: str, where: str) -> None:
    if kind == DOCX:
        return
    what = next((name for magic, name in _BINARY if data.startswith(magic)), None)
    if what is None and data[4:8] == b"ftyp":
        what = "a video or a HEIF/AVIF picture"
    if what is None and b"\x00" in data and charsets.utf16_without_mark(data) is None:
        # HTML parsers pass over a stray NUL; a file with many is no page.
        few = kind == HTML and data.count(b"\x00") * 1000 < len(data)
        if not few and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            what = "a binary file"
    if what in _OF_WORD:
        raise SourceError(Said("old-word", what=what), where=where)
    if what:
        raise SourceError(Said("not-text", what=what), where=where)


# --- MHTML ------------------------------------------------------------------------------------------------------------


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
        raise SourceError(Said("mhtml-unreadable", error=error), where=where) from None
    pages = [part for part in parts if part.get_content_type() in (HTML, "application/xhtml+xml")]
    start = whole.get_param("start")
    roots = [part for part in pages if start and part.get("Content-ID") == start] or pages
    root = roots[0] if roots else None
    content = _payload(root) if root is not None else b""
    if root is None or not content.strip():
        raise NoContentError(Said("mhtml-empty"), where=where)
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
    return Source(content, name, where, HTML, url, declared, fetched, folder, found, digest, inner=True)


def _payload(part: object) -> bytes:
    data = part.get_payload(decode=True)  # type: ignore[attr-defined]
    return data if isinstance(data, bytes) else b""


# --- Pictures ---------------------------------------------------------------------------------------------------------


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


# --- Decoding ---------------------------------------------------------------------------------------------------------


def decode(source: Source) -> Decoded:
    """A source's text.  A notice says so where the declared charset was not the real one.

    Raises SourceError: the bytes are text in no charset we can tell; the message has the place of the first bad byte.
    """
    found = charsets.decide(source.data, declared=source.charset, html=source.media_type == HTML)
    if found.text is None:
        raise SourceError(Said("undecodable", bad_byte=found.bad_byte, codec=found.codec), where=source.path)
    same = found.codec == "utf-8" and not found.replaced and not source.data.startswith(b"\xef\xbb\xbf")
    return Decoded(found.text, found.codec, tuple(_notices(found)), source.data if same else None)


def _notices(found: charsets.DecodedText) -> Iterator[Notice]:
    if found.declared is not None and found.declared != found.codec:
        yield Notice.of(Said("wrong-charset", declared=found.declared, codec=found.codec))
    if found.replaced:
        yield Notice.of(Said("bad-bytes", replaced=found.replaced, codec=found.codec, bad_byte=found.bad_byte))
