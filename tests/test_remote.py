"""Inputs and outputs at addresses: a real S3 server on this machine, and a store in memory."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Wenban, needs
from test_source_warc import picture, record

import convert
from convert import source, warc
from convert.errors import OutputError, SourceError, UsageError
from convert.store import places

pytestmark = needs("s3fs", "moto")

PROSE = "这是文章的正文\uff0c有足够的长度\uff0c可以看出是一句完整的话\u3002"
PAGE = f"<html><body><h1>题目在此</h1><p>{PROSE}</p><p><img src='pic/a.png'></p><p>{PROSE}</p></body></html>"
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def store() -> Iterator[tuple[Any, dict[str, str]]]:
    """A file system of S3 with the buckets `given` and `made`, and the environment for it."""
    import s3fs
    from moto import server

    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    _, port = running.get_host_and_port()
    url = f"http://127.0.0.1:{port}"
    fs = s3fs.S3FileSystem(key="test", secret="test", endpoint_url=url)
    for bucket in ("given", "made"):
        fs.mkdir(bucket)
    yield fs, {**KEYS, "AWS_ENDPOINT_URL": url}
    running.stop()


def inputs(folder: Path) -> None:
    """A page with a picture, one in a folder, one in an archive, and files that are none."""
    for name, data in {
        "page.html": PAGE.encode(),
        "pic/a.png": picture(),
        "deep/er/text.txt": f"题目\n\n{PROSE}\n".encode(),
        ".hidden.txt": b"hidden",
        "data.csv": b"1,2",
        "crawl.warc.gz": b"".join(
            gzip.compress(record(f"https://a.example/{n}.html", "text/html", PAGE.replace("题目", f"第{n}题").encode()))
            for n in range(3)
        ),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_a_bucket_holds_inputs_and_outputs(store: tuple[Any, dict[str, str]], wenban: Wenban, tmp_path: Path) -> None:
    fs, environment = store
    inputs(tmp_path / "in")
    fs.put(str(tmp_path / "in"), "given/pages", recursive=True)
    environment = {**environment, "XDG_STATE_HOME": str(tmp_path / "state")}
    arguments = ("-t", "html", "-t", "docx", "-j", "2", "-q")
    away = wenban("convert", "s3://given/pages", "-o", "s3://made/made/here", *arguments, **environment)
    assert (away.returncode, away.stderr) == (0, "")
    assert wenban("convert", "in", *arguments).returncode == 0
    here = {path.name: path.read_bytes() for path in (tmp_path / "dist").iterdir()}
    there = {one.rpartition("/")[2]: fs.cat_file(one) for one in fs.find("made/made/here")}
    listed = json.loads(there.pop("manifest.json"))
    assert len(there) == 5 * 2 + 1
    sums = [line for line in there.pop("SHA256SUMS").splitlines() if not line.endswith(b"manifest.json")]
    assert sums == [line for line in here["SHA256SUMS"].splitlines() if not line.endswith(b"manifest.json")]
    assert there == {name: here[name] for name in there}
    assert [one["source"]["path"] for one in listed["documents"]] == [
        one["source"]["path"].replace("in/", "s3://given/pages/", 1)
        for one in json.loads(here["manifest.json"])["documents"]
    ]
    assert not any((tmp_path / "state").rglob("*.*"))

    fs.pipe("given/pages/page.html", PAGE.replace("题目", "新题目").encode())
    again = wenban("convert", "s3://given/pages/page.html", "-o", "s3://made/made/here/", *arguments, **environment)
    assert again.returncode == 0
    assert len(json.loads(fs.cat("made/made/here/manifest.json"))["documents"]) == 5
    assert fs.cat("made/made/here/page.docx") != here["page.docx"]
    assert fs.cat("made/made/here/text.docx") == here["text.docx"]


def test_what_is_wrong_with_an_address_is_said(store: tuple[Any, dict[str, str]], wenban: Wenban) -> None:
    _, environment = store
    no_bucket = wenban("convert", "x.txt", "-o", "s3://none/out", **environment)
    assert no_bucket.returncode == 7
    assert "s3://none/out" in no_bucket.stderr
    assert "bucket does not exist" in no_bucket.stderr
    no_source = wenban("convert", "s3://given/none.html", "-o", "s3://made/x", "-t", "html", **environment)
    assert no_source.returncode == 3
    assert "s3://given/none.html: no such file or folder" in no_source.stderr
    for address in ("gs://bucket/out", "nothing://out"):
        assert wenban("convert", "x.txt", "-o", address).returncode == 2


def test_a_store_in_memory(tmp_path: Path) -> None:
    places.put("memory://in/a.txt", f"题目\n\n{PROSE}\n".encode())
    results = list(convert.batch("memory://in", "memory://out/x", ["html"]))
    assert [(one.state, one.path) for one in results] == [("done", "memory://in/a.txt")]
    assert [name for name, _ in places.listing("memory://out/x") or ()] == ["SHA256SUMS", "a.html", "manifest.json"]
    assert places.read("memory://out/x/a.html", 10)[:9] == b"<!DOCTYPE"
    (tmp_path / "a b.txt").write_text(f"题目\n\n{PROSE}\n", encoding="utf-8")
    (result,) = convert.batch((tmp_path / "a b.txt").as_uri(), f"file://{tmp_path}/out", ["html"])
    assert (result.state, result.error) == ("done", None)
    assert (tmp_path / "out" / "a b.html").exists()


def test_reading_from_afar() -> None:
    places.put("memory://read/empty.html", b"")
    places.put("memory://read/page.html", PAGE.encode())
    places.put("memory://read/pic/a.png", picture())
    page = source.load("memory://read/page.html")
    assert source.beside(page, "pic/a.png") == picture()
    assert source.beside(page, "../read/page.html") is None
    assert source.beside(page, "none.png") is None
    assert places.read("memory://read/empty.html", 10) == b""
    with pytest.raises(SourceError, match="no such file"):
        source.load("memory://read/none.html")
    with pytest.raises(UsageError, match="pip install gcsfs"):
        places.read("gs://bucket/x", 1)
    assert list(source.find(["memory://read"])) == ["memory://read/empty.html", "memory://read/page.html"]


def test_an_archive_is_read_from_afar() -> None:
    data = b"".join(gzip.compress(record(f"https://a.example/{n}", "text/html", PAGE.encode())) for n in range(2))
    places.put("memory://archives/crawl.warc.gz", data)
    found = list(source.find(["memory://archives"]))
    assert len(found) == 2
    assert source.load(found[1]).url == "https://a.example/1"
    places.put("memory://archives/crawl.warc.gz", data[:-40])
    with pytest.raises(SourceError, match="damaged"):
        source.load(found[1])
    assert warc.is_page(found[0])


def test_files_that_are_renamed_where_objects_are_not_put_whole(tmp_path: Path) -> None:
    """fsspec's own file system of this machine stands for those of HDFS and SFTP."""
    places.check(f"file://{tmp_path}/deep/out")
    places.put(f"file://{tmp_path}/deep/out/a", b"1")
    (tmp_path / "b").write_bytes(b"2")
    places.put_file(f"file://{tmp_path}/deep/out/a", tmp_path / "b")
    assert {path.name: path.read_bytes() for path in (tmp_path / "deep" / "out").iterdir()} == {"a": b"2"}
    places.delete(f"file://{tmp_path}/deep/out", ["a", "none"])
    assert not list((tmp_path / "deep" / "out").iterdir())
    if os.getuid():
        (tmp_path / "deep").chmod(0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        places.put(f"file://{tmp_path}/none/a", b"1")
