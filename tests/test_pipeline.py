"""One document through the house: whole or not at all, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import re
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest
from conftest import EPOCH, SAMPLE
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from part import examples

import convert
from convert import publish, style, verify, writers
from convert.errors import FidelityError, NoContentError, SourceError, UsageError
from convert.publish import Making
from convert.publish.manifest import DrawnFace
from convert.run import pipeline, reading
from convert.run.batch.worker import attempt_here
from convert.run.options import Options, check_rules, moment
from convert.run.pipeline import Job
from convert.run.report import Tally

MODIFIED = "2021-12-31T00:00:00Z"
FORMATS = ("docx", "pdf", "epub", "odt", "html")
OPTIONS = Options(MODIFIED, FORMATS, "gongwen")


def job(out: Path, path: Path = SAMPLE, options: Options = OPTIONS) -> Job:
    return Job("source/page.txt", str(path), "page", str(out), options)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_document_is_published_whole(tmp_path: Path) -> None:
    result = pipeline.run(job(tmp_path))
    assert result.state == "done"
    assert result.error is None
    assert result.sha256 == hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    assert result.metadata.modified == MODIFIED
    assert result.repairs > 100
    assert {"read", *FORMATS, "check", "publish"} <= set(result.timings)
    assert {face.role for face in result.fonts} >= {"fangsong", "hei", "kai"}
    found = files(tmp_path)
    assert [edition.name for edition in result.editions] == [f"page.{name}" for name in FORMATS]
    for edition in result.editions:
        assert edition.fidelity == "equal"
        assert edition.size == len(found[edition.name])
        assert edition.sha256 == hashlib.sha256(found[edition.name]).hexdigest()
    assert len(found) == len(FORMATS)
    extents = {edition.format: (edition.pages, edition.chapters) for edition in result.editions}
    assert {name: found for name, found in extents.items() if found != (None, None)} == {
        "pdf": (7, None),
        "epub": (None, 3),
    }
    assert result.made == Making(
        convert.__version__,
        style.load("gongwen").sha256,
        MODIFIED,
        verify.digest(verify.read("docx", found["page.docx"])),
        fingerprint=result.made.fingerprint if result.made else "",
    )
    assert re.fullmatch("[0-9a-f]{64}", result.made.fingerprint)


@pytest.mark.parametrize("look", ["gongwen", "report"])
def test_the_same_bytes_every_time(tmp_path: Path, look: str) -> None:
    """convert/README.md, invariant 3; caches are warm the second time."""
    options = msgspec.structs.replace(OPTIONS, style=look)
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        pipeline.run(job(tmp_path / name, options=options))
    assert files(tmp_path / "one") == files(tmp_path / "other")


LOSSY = """
from convert.model import block_text
from convert.writers.html import write as whole
import msgspec

def write(document, style, stream):
    return whole(msgspec.structs.replace(document, blocks=document.blocks[:-1]), style, stream)
"""


def test_an_edition_that_loses_text_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lossy_writer.py").write_text(LOSSY)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(writers.WRITERS, "html", "lossy_writer:write")
    out = tmp_path / "out"
    out.mkdir()
    result = pipeline.run(job(out))
    assert result.state == "partial"
    assert result.error is not None
    assert result.error.code == 6
    assert result.error.where == str(SAMPLE)
    assert "the html edition does not hold the document's text: body" in result.error.message
    assert set(files(out)) == {f"page.{name}" for name in OPTIONS.formats if name != "html"}, "the others are good"
    (out / "page.docx").unlink()
    with pytest.raises(FidelityError, match="the html edition does not hold the document's text: body") as caught:
        pipeline.run(job(out, options=msgspec.structs.replace(OPTIONS, formats=("html",))))
    assert caught.value.exit_code == 6
    unchecked = pipeline.run(job(out, options=msgspec.structs.replace(OPTIONS, check=False)))
    assert {edition.fidelity for edition in unchecked.editions} == {"unchecked"}
    sys.modules.pop("lossy_writer")


def test_the_time_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    assert moment() == MODIFIED
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert moment() == "1970-01-01T00:00:00Z"
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert moment() == "1970-01-01T00:00:00Z"
    for wrong in ("yesterday", "9" * 30, "1.5"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
            moment()
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert moment() > "2024"


def test_rules_can_be_left_out() -> None:
    assert {repair.rule for repair in reading.read(SAMPLE).repairs} >= {"punctuation", "brackets"}
    left = reading.read(SAMPLE, skip=("punctuation",))
    assert "punctuation" not in {repair.rule for repair in left.repairs}
    with pytest.raises(UsageError, match="no repair rule is called 'nothing'"):
        check_rules(["nothing"])


def test_a_language_that_is_said() -> None:
    assert reading.read(SAMPLE).metadata.language == "zh-Hans"
    assert reading.read(SAMPLE, "zh-Hant").metadata.language == "zh-Hant"


# --- Anything in ------------------------------------------------------------------------------------------------

CHARACTERS = st.characters(codec="utf-8") | st.sampled_from("\u7684\u4e00\uff0c\u3002\n\n\n\t \u3000\u201c<>&1(")
ANYTHING = settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@ANYTHING
@given(st.text(CHARACTERS, max_size=200).map(str.encode) | st.binary(max_size=200), st.sampled_from(["txt", "html"]))
@example(b"\x01\x02text\x00", "txt")
@example("\u6587\u4ef6\u0008\ufffe\u2028\u85cf".encode(), "txt")
@example(b"<p>" * 3000 + b"x", "html")
def test_whatever_comes_in_is_converted_or_refused(data: bytes, ending: str) -> None:
    """Isolation and fidelity over any bytes: an error of ours, or editions that hold the text."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / f"page.{ending}"
        page.write_bytes(data)
        out = Path(folder) / "out"
        out.mkdir()
        options = msgspec.structs.replace(OPTIONS, formats=("docx", "epub", "html"))
        result = attempt_here(job(out, page, options), out).result
        if result.error is None:
            assert {edition.fidelity for edition in result.editions} == {"equal"}
        else:
            assert result.error.code in (SourceError.exit_code, NoContentError.exit_code), result.error.detail
            assert result.error.where == str(page)
            assert result.error.remedy
            assert files(out) == {}


# --- The library ------------------------------------------------------------------------------------------------


def test_convert_one(tmp_path: Path) -> None:
    result = convert.convert(SAMPLE, tmp_path, ["docx"])
    assert result.state == "done"
    assert sorted(files(tmp_path)) == ["SHA256SUMS", "hongshan-2021.docx", "manifest.json"]
    other = msgspec.structs.replace(result, fonts=(DrawnFace("kai", "楷体", "Noto Serif SC", True),))
    for format, said in (("docx", {"kai": "kai: Noto Serif SC"}), ("txt", {})):
        (edition,) = other.editions
        tally = Tally()
        tally.add(msgspec.structs.replace(other, editions=(msgspec.structs.replace(edition, format=format),)))
        assert tally.faces == said, "other faces are said where an edition names any"


def test_convert_raises(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(NoContentError) as caught:
        convert.convert(tmp_path / "empty.txt", tmp_path / "out")
    assert isinstance(caught.value, convert.ConvertError)
    with pytest.raises(convert.ConvertError, match="no such file"):
        convert.convert(tmp_path / "nowhere.txt", tmp_path / "out")


def test_read() -> None:
    document = convert.read(SAMPLE)
    assert isinstance(document, convert.Document)
    assert document.metadata.title == "洪山镇政府工作报告\uff082021\uff09"


def test_batch_yields_results_in_order(tmp_path: Path) -> None:
    pages = []
    for name in "cab":
        pages.append(tmp_path / f"{name}.txt")
        pages[-1].write_text(f"关于{name}的报告\n\n现在报告工作\u3002\n", encoding="utf-8")
    results = list(convert.batch([*pages[:2], tmp_path / "none.txt", pages[2]], tmp_path / "out", ("docx",)))
    assert [(Path(one.path).name, one.state) for one in results] == [
        ("c.txt", "done"), ("a.txt", "done"), ("none.txt", "failed"), ("b.txt", "done"),
    ]  # fmt: skip
    assert [entry.stem for entry in publish.read_manifest(tmp_path / "out").documents] == ["a", "b", "c"]


def test_usage_errors_come_before_any_work(tmp_path: Path) -> None:
    for wrong in ({"style": "nothing"}, {"formats": ["nothing"]}, {"skip": ["nothing"]}):
        with pytest.raises(UsageError):
            convert.batch(SAMPLE, tmp_path / "out", **wrong)  # type: ignore[arg-type]
    assert os.listdir(tmp_path) == []


def test_a_run_that_is_given_up_is_recorded(tmp_path: Path) -> None:
    results = convert.batch([SAMPLE], tmp_path, ("docx",))
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert publish.audit(tmp_path) == (3, [])


def test_a_stream_is_written_once() -> None:
    """Writers get a plain stream: nothing they write depends on where it goes."""
    document = reading.read(SAMPLE)
    look = style.load("gongwen")
    for name in FORMATS:
        stream = io.BytesIO()
        writers.write(name, document, look, stream)
        assert stream.getvalue() == pipeline.write(name, document, look)[0]
