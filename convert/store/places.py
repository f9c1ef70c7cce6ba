"""Addresses that fsspec reaches (`s3://`, `gs://`, `hdfs://`, `memory://` ...): read, listed and written.

In: addresses.  Out: bytes, names, and objects that are put whole.  Files of this machine are not read here.  Needs the
extra `wenban[remote]` and the package that fsspec has for the kind of address, such as s3fs.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, cast
from urllib.parse import unquote, urlsplit

from ..errors import ConvertError, OutputError, Said, SourceError, UsageError

_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "oci", "r2", "memory"})
"""Kinds of address at which an object appears whole or not at all; elsewhere it is written beside and renamed."""

_PART = ".wenban-"
_PACKAGES = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "abfs": "adlfs",
    "az": "adlfs",
    "hdfs": "pyarrow",
}


def is_remote(address: str | os.PathLike[str]) -> bool:
    """Whether an address is one for fsspec, and not a file of this machine."""
    return "://" in os.fspath(address)


def local(address: str) -> str:
    """The path of an address of this machine written `file:///...`; others as they are."""
    if not address.lower().startswith(("file://", "local://")):
        return address
    from urllib.request import url2pathname

    return url2pathname(unquote(urlsplit(address).path))


def name(address: str) -> str:
    """The last part of an address."""
    return address.rstrip("/").rpartition("/")[2]


def join(folder: str, name: str) -> str:
    """The address of what is in a folder."""
    return f"{folder.rstrip('/')}/{name}"


def listing(folder: str) -> list[tuple[str, bool]] | None:
    """What is in a folder, by name, each with whether it is a folder; None where the address is no folder.

    Raises SourceError where it cannot be asked.
    """
    with _reading(folder):
        fs, path = _place(folder)
        if not fs.isdir(path):
            return None
        found = ((name(one["name"]), one["type"] == "directory") for one in fs.ls(path, detail=True))
        return sorted(one for one in found if one[0] != name(path))  # stores may list a folder's own mark


def exists(address: str) -> bool:
    """Whether there is a file.  Raises SourceError where it cannot be asked."""
    with _reading(address):
        fs, path = _place(address)
        return bool(fs.isfile(path))


def read(address: str, limit: int) -> bytes:
    """The bytes of a file, at most one more than the limit.  Raises SourceError."""
    with _reading(address):
        fs, path = _place(address)
        try:
            return cast(
                bytes, fs.cat_file(path, start=0, end=limit + 1)
            )  # one request, where asking for the size is two
        except Exception:
            if fs.size(path) == 0:  # of nothing no range can be given
                return b""
            raise


def fetch(address: str, file: str | os.PathLike[str]) -> bool:
    """Brings a file to this machine; False where there is none.  Raises SourceError."""
    with _reading(address):
        fs, path = _place(address)
        try:
            fs.get_file(path, os.fspath(file))
        except FileNotFoundError:
            return False
        return True


def opened(address: str, ahead: int) -> BinaryIO:
    """A file to read from at any place.  ahead: bytes fetched beyond what is asked for.  Raises SourceError."""
    with _reading(address):
        fs, path = _place(address)
        if "memory" in _protocols(fs):  # it gives all who open a file one and the same place in it
            return io.BytesIO(fs.cat_file(path))
        return cast(BinaryIO, fs.open(path, "rb", block_size=ahead))


def state(address: str) -> tuple[int, str]:
    """Size, and a text that changes when the file does.  Raises SourceError."""
    with _reading(address):
        fs, path = _place(address)
        found = fs.info(path)
        marks = (
            str(found[key]) for key in ("ETag", "etag", "md5Hash", "LastModified", "mtime", "created") if key in found
        )
        return int(found["size"]), " ".join(marks)


# --- Writing ----------------------------------------------------------------------------------------------------


def put(address: str, data: bytes) -> None:
    """Writes a file: it is there whole, or as it was.  Raises OutputError."""
    with _writing(address) as (fs, path):
        _put(fs, path, lambda to: fs.pipe_file(to, data))


def put_file(address: str, file: str | os.PathLike[str]) -> None:
    """Writes a file from one of this machine, as `put`."""
    with _writing(address) as (fs, path):
        _put(fs, path, lambda to: fs.put_file(os.fspath(file), to))


def delete(folder: str, names: Iterable[str]) -> None:
    """Deletes files that may be there.  Raises OutputError."""
    for one in names:
        with _writing(join(folder, one)) as (fs, path), contextlib.suppress(FileNotFoundError):
            fs.rm_file(path)


def check(folder: str) -> None:
    """Raises OutputError where nothing can be written into a folder, and UsageError where a package is missing."""
    probe = join(folder, f"{_PART}probe")
    with _writing(folder) as (fs, path):
        if not _protocols(fs) & _WHOLE:
            fs.makedirs(path, exist_ok=True)
    put(probe, b"")
    delete(folder, [name(probe)])


def _put(fs: Any, path: str, write: Any) -> None:
    if _protocols(fs) & _WHOLE:
        write(path)
        return
    folder, _, last = path.rpartition("/")
    part = f"{folder}/{_PART}{os.getpid()}-{last}"
    write(part)
    fs.mv(part, path)


def _protocols(fs: Any) -> frozenset[str]:
    return frozenset([fs.protocol] if isinstance(fs.protocol, str) else fs.protocol)


def _place(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    kind = urlsplit(address).scheme.lower()
    if kind in ("http", "https"):
        raise UsageError(Said("web-address"), where=address)
    try:
        import fsspec.core
    except ImportError:
        raise UsageError(Said("needs-fsspec"), where=address) from None
    try:
        # Without a memory of its own of what is where: other machines write there too.
        return cast(tuple[Any, str], fsspec.core.url_to_fs(address, use_listings_cache=False))
    except ImportError:
        package = _PACKAGES.get(kind, f"the fsspec package for {kind}")
        raise UsageError(Said("needs-package", kind=kind, package=package), where=address) from None
    except ValueError as error:
        raise UsageError(Said("unknown-address", error=error), where=address) from None


@contextlib.contextmanager
def _reading(address: str) -> Iterator[None]:
    try:
        yield
    except ConvertError:
        raise
    except FileNotFoundError:
        raise SourceError(Said("no-such-file"), where=address) from None
    except Exception as error:  # what stands behind an address has kinds of errors of its own
        raise SourceError(Said("address-unreadable", error=_said(error)), where=address) from None


@contextlib.contextmanager
def _writing(address: str) -> Iterator[tuple[Any, str]]:
    try:
        yield _place(address)
    except ConvertError:
        raise
    except Exception as error:
        raise OutputError(Said("address-unwritable", error=_said(error)), where=address) from None


def _said(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).strip().rstrip(".")
