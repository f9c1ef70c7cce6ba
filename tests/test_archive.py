"""Archives of ours, read by Python's own reader."""

from __future__ import annotations

import io
import zipfile

from convert.writers.archive import Archive


def test_an_archive_is_read_back_whole() -> None:
    archive = Archive()
    files = {"mimetype": b"application/epub+zip", "EPUB/\u56fe\u8868.xml": b"<p>text</p>" * 1000, "empty.txt": b""}
    for name, data in files.items():
        archive.add(name, data, stored=name == "mimetype")
    with zipfile.ZipFile(io.BytesIO(archive.to_bytes())) as read:
        assert {name: read.read(name) for name in read.namelist()} == files
        first, second, _ = read.infolist()
    assert (first.compress_type, second.compress_type) == (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    assert second.compress_size < second.file_size // 10


def test_an_archive_of_nothing_is_one() -> None:
    with zipfile.ZipFile(io.BytesIO(Archive().to_bytes())) as read:
        assert read.namelist() == []
