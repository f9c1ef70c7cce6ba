"""Both OPDS catalogues walked over HTTP by the library of a reading program, every edition fetched."""

from __future__ import annotations

import functools
import http.server
import itertools
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import catalogue_help
import pytest
import tools

from convert import catalogue, publish
from convert.catalogue.items import MEDIA_TYPES

COUNT = 230


class Server(http.server.SimpleHTTPRequestHandler):
    """Files with the media types a web server that knows them gives."""

    def guess_type(self, path: Any) -> str:
        return {**MEDIA_TYPES, "png": "image/png"}.get(str(path).rpartition(".")[2], "application/octet-stream")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = catalogue_help.finished(tmp_path_factory.mktemp("library") / "dist", "docx", "html")
    catalogue_help.many(folder, COUNT, catalogue_help.HOSTILE)
    catalogue.build(folder, title="红山文库")
    return folder


@pytest.fixture(scope="module")
def address(library: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Server, directory=str(library)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _name(address: str) -> str:
    return unquote(address.rpartition("/")[2])


@pytest.mark.parametrize("root", ["opds.xml", "opds.json"])
def test_a_client_walks_all_and_fetches_every_edition(library: Path, address: str, root: str) -> None:
    feeds: dict[str, dict[str, Any]] = {feed["url"]: feed for feed in tools.opds_walk(f"{address}/{root}")}
    start = feeds[f"{address}/{root}"]
    assert start["title"] == "红山文库"
    assert [link["title"] for link in start["navigation"]] == ["全部文档", "按年份", "按来源"]

    entries = {entry.stem: entry for entry in publish.read_manifest(library).documents}
    expected = {one.name: one for entry in entries.values() for one in entry.editions}
    for feed in feeds.values():
        for publication in feed["publications"]:
            assert publication["title"]
            assert publication["language"] == ["zh-Hans"]
            assert publication["editions"]
            for edition in publication["editions"]:
                known = expected[_name(edition["href"])]
                assert edition["sha256"] == known.sha256
                assert edition["type"] == edition["served"] == MEDIA_TYPES[known.format]
                assert edition["rel"] == ["http://opds-spec.org/acquisition/open-access"]
            assert {picture["type"] for picture in publication["pictures"]} == {"image/png"}
            assert {picture["served"] for picture in publication["pictures"]} == {"image/png"}

    pages = [f"{address}/catalogue/opds/all-{number}{Path(root).suffix}" for number in (1, 2, 3)]
    assert [len(feeds[page]["publications"]) for page in pages] == [100, 100, 30]
    for page, following in itertools.pairwise(pages):
        assert [link["href"] for link in feeds[page]["around"] if "next" in link["rel"]] == [following]
    books = [book for page in pages for book in feeds[page]["publications"]]
    fetched = [_name(one["href"]) for book in books for one in book["editions"]]
    assert sorted(fetched) == sorted(expected), "each edition once"
    ids = {book["id"] for book in books}
    assert len(ids) == COUNT
    assert all(one.startswith("urn:uuid:") for one in ids)
    years = [feed for url, feed in feeds.items() if "/year-" in url]
    assert sum(len(feed["publications"]) for feed in years) == COUNT
