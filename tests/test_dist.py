"""The output folder: names, whole files only, a manifest that grows, checksums that `sha256sum -c` accepts."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import msgspec
import pytest
from conftest import Wenban, environment
from hypothesis import given
from hypothesis import strategies as st

from convert import publish
from convert.errors import Failure, OutputError, SourceError
from convert.publish import Edition, Entry, Finding, Making, SourceRecord, names
from convert.run.batch.plan import Plan
from convert.warc import PAGES


def edition(stem: str, form: str, data: bytes) -> Edition:
    return Edition(form, f"{stem}.{form}", len(data), hashlib.sha256(data).hexdigest(), "equal")


def put(folder: Path, stem: str, *forms: str, source: str = "a", state: str = "done") -> Entry:
    """Publishes editions of one document and returns its entry."""
    files = {f"{stem}.{form}": f"{stem} {form} {source}".encode() for form in forms}
    publish.publish(folder, files)
    editions = tuple(edition(stem, form, files[f"{stem}.{form}"]) for form in forms)
    return Entry(stem, SourceRecord(f"source/{stem}.txt", source), state, "gongwen", editions=editions)  # type: ignore[arg-type]


# --- Names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("report.txt", "report"),
        ("2021\u5e74\u62a5\u544a.html", "2021\u5e74\u62a5\u544a"),
        ("a.b.txt", "a.b"),
        ("5%.txt", "5_"),
        ("no-ending", "no-ending"),
        ('a<b>:"c|d?*e\\f.txt', "a_b___c_d__e_f"),
        ("line\nend\t.txt", "line_end_"),
        ("  spaces . .txt", "spaces"),
        ("con.txt", "_con"),
        ("LPT1.x.txt", "_LPT1.x"),
        ("-rf.txt", "_rf"),
        (".txt", "txt"),
        ("\u202egnp.txt", "_gnp"),
        (os.fsdecode(b"caf\xe9.txt"), "caf_E9"),
        ("e\u0301.txt", "\u00e9"),
    ],
)
def test_safe_stem(name: str, stem: str) -> None:
    assert publish.safe_stem(name) == stem


@given(st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=300))
def test_any_name_becomes_one_every_file_system_takes(name: str) -> None:
    stem = publish.safe_stem(name)
    assert 0 < len(f"{stem}-12345678.docx".encode()) <= 255
    assert not set('<>:"/\\|?*\n\r\0') & set(stem)
    assert stem == stem.strip(" .")
    assert not stem.startswith("-")
    assert publish.safe_stem(f"{stem}.x") == stem


@given(
    st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=300).flatmap(
        lambda name: st.sampled_from([name, unicodedata.normalize("NFD", name), (name * 85)[:85], (name * 255)[:255]])
    )
)
def test_every_reader_of_the_folder_takes_the_name_of_any_source(name: str) -> None:
    stem = names.stem(f"a/{name}", lambda _: False, ("docx",))
    taken = names.stem(f"a/{name}", {names.key(stem)}.__contains__, ("docx",))
    for one in (stem, taken):
        assert names.is_safe(f"{one}.docx"), ascii(one)
        assert names.is_safe(f"catalogue/{one}.html"), ascii(one)
    assert not names.is_safe("x" * 256)


@pytest.mark.parametrize("count", [72, 80])
def test_a_long_name_leaves_a_folder_that_can_be_read(wenban: Wenban, tmp_path: Path, count: int) -> None:
    (tmp_path / ("\u6d2a" * count + ".txt")).write_text("关于检查的通知\n\n各村开展检查\u3002\n", encoding="utf-8")
    convert = ("convert", ".", "-o", "dist", "-t", "html", "-t", "pdf")
    for call in (
        convert,
        ("verify", "dist"),
        (*convert, "--force"),
        ("catalogue", "dist"),
        ("pack", "dist"),
        ("verify", "dist"),
    ):
        done = wenban(*call, cwd=tmp_path)
        assert done.returncode == 0, done.stderr


def test_long_names_stay_apart() -> None:
    one, other = (publish.safe_stem("\u6d2a" * 83 + mark + ".txt") for mark in "ab")
    assert one != other
    assert len(one.encode()) <= 220


def stems(folder: Path, *ids: str, formats: tuple[str, ...] = ("docx",)) -> dict[str, str | None]:
    """The names a run over some sources would give."""
    with publish.Journal(folder, draft=True) as journal:
        journal.plan((one, [one]) for one in ids)
        journal.name(formats)
        return {row.id: row.stem for row in journal.planned()}


def test_a_name_taken_twice_gets_a_suffix_from_its_path(tmp_path: Path) -> None:
    ids = ["b/report.txt", "a/report.txt", "c/REPORT.html", "other.txt"]
    found = stems(tmp_path, *ids)
    assert list(found) == ids
    assert found["a/report.txt"] == "report"
    assert found["b/report.txt"] == "report-" + hashlib.sha256(b"b/report.txt").hexdigest()[:8]
    assert found["c/REPORT.html"] == "REPORT-" + hashlib.sha256(b"c/REPORT.html").hexdigest()[:8]
    assert found["other.txt"] == "other"
    assert found == stems(tmp_path, *sorted(ids)), "the order of the call does not matter"
    assert list(tmp_path.iterdir()) == []


def test_a_source_keeps_the_name_the_manifest_has(tmp_path: Path) -> None:
    record(tmp_path, Entry("report", SourceRecord("z/report.txt"), "done"))
    found = stems(tmp_path, "a/report.txt", "z/report.txt")
    assert found["z/report.txt"] == "report"
    assert found["a/report.txt"] == "report-" + hashlib.sha256(b"a/report.txt").hexdigest()[:8]


def test_no_edition_takes_the_name_of_a_file_of_ours(tmp_path: Path) -> None:
    found = stems(tmp_path, "index.html", "manifest.txt", formats=("html", "json"))
    assert str(found["index.html"]).startswith("index-")
    assert str(found["manifest.txt"]).startswith("manifest-")
    assert stems(tmp_path, "index.html") == {"index.html": "index"}


def test_two_names_that_differ_in_a_byte_stay_two(tmp_path: Path) -> None:
    one, other = (os.fsdecode(b"caf" + byte + b".txt") for byte in (b"\xe9", b"\xe8"))
    assert publish.address(one) != publish.address(other)
    assert stems(tmp_path, publish.address(one), publish.address(other)) == {
        publish.address(one): "caf_E9", publish.address(other): "caf_E8",
    }  # fmt: skip


def test_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "source/b").mkdir(parents=True)
    for here, source in ((tmp_path, "source"), (tmp_path / "source", "."), (tmp_path / "source/b", "..")):
        monkeypatch.chdir(here)
        for one in (source, source + "/", tmp_path / "source", f"{tmp_path}/source/**/*.txt"):
            assert publish.address(Path(source, "b/a.txt"), publish.base(one)) == "source/b/a.txt"
        assert publish.address(tmp_path / "source/a.txt") == "source/a.txt"
    monkeypatch.chdir(tmp_path)
    assert publish.address("a.txt") == publish.address("a.txt", publish.base("*.txt")) == "a.txt"
    assert publish.address("./source/../source/a.txt") == "source/a.txt"
    assert publish.address("../elsewhere/a.txt") == "elsewhere/a.txt"
    assert publish.address("/elsewhere//a.txt") == "elsewhere/a.txt"
    assert publish.address("s3://bucket/a.txt", publish.base("s3://bucket")) == "s3://bucket/a.txt"


def test_ids_of_manifests_of_before_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They had whole paths, and paths from the working folder; two folders of one name are two."""
    for name in ("x/pages/a.txt", "x/pages/b.txt", "x/pages/b/b.txt", "y/pages/a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "dist").mkdir()
    known = ["x/pages/a.txt", "../../pages/b/b.txt", f"{tmp_path}/x/pages/b.txt", "pages/gone.txt"]
    record(tmp_path / "dist", *(Entry(f"s{at}", SourceRecord(one, "0" * 64), "failed") for at, one in enumerate(known)))
    for here, pages in ((tmp_path, "x/pages"), (tmp_path / "y", "../x/pages")):
        monkeypatch.chdir(here)
        with publish.Journal(tmp_path / "dist", draft=True) as journal:
            plan = Plan(journal, [pages, tmp_path / "y/pages", tmp_path / "x"], ["pdf"], join=False, wanted=PAGES)
            assert [(one.id, one.stem) for one in journal.planned()] == [
                (known[0], "s0"), (known[1], "s1"), (known[2], "s2"), ("pages/a.txt", "a"),
            ]  # fmt: skip
            assert [entry.stem for entry in plan.gone()] == ["s3"]


# --- Writing ----------------------------------------------------------------------------------------------------


def record(folder: Path, *entries: Entry) -> None:
    """Takes entries in as a run does."""
    with publish.Journal(folder) as journal:
        journal.record(entries)
        journal.finish()
        journal.remove()


def test_record_and_sha256sum(tmp_path: Path) -> None:
    record(tmp_path, put(tmp_path, "\u62a5\u544a (1)", "docx", "pdf"), put(tmp_path, "b", "docx"))
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == 4
    assert publish.audit(tmp_path) == (5, [])
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    assert manifest["schema"] == "wenban-manifest/1"
    assert [document["source"]["path"] for document in manifest["documents"]] == [
        "source/b.txt",
        "source/\u62a5\u544a (1).txt",
    ]


def test_each_document_has_a_line_of_its_own(tmp_path: Path) -> None:
    record(tmp_path, put(tmp_path, "a", "docx"), put(tmp_path, "b", "docx"))
    lines = (tmp_path / "manifest.json").read_text().splitlines()
    assert [json.loads(line.removesuffix(","))["stem"] for line in lines[1:3]] == ["a", "b"]
    assert lines[3:] == ['],"extras":[', "]}"]
    assert publish.read_manifest(tmp_path).documents == tuple(publish.scan(tmp_path))


def test_a_manifest_laid_out_by_others_is_read(tmp_path: Path) -> None:
    record(tmp_path, put(tmp_path, "a", "docx"))
    path = tmp_path / "manifest.json"
    whole = {**json.loads(path.read_bytes()), "extras": [{"name": "previews/a.png", "size": 1, "sha256": "0" * 64}]}
    path.write_text(json.dumps(whole, indent=4))
    read = publish.read_manifest(tmp_path)
    assert [one.name for one in read.extras] == ["previews/a.png"]
    record(tmp_path, put(tmp_path, "b", "docx"))
    assert json.loads(path.read_bytes())["extras"] == whole["extras"], "a run keeps what it does not make"
    assert publish.read_manifest(tmp_path).extras == read.extras
    assert len(path.read_bytes().splitlines()) == 6


def test_entries_of_other_runs_stay(tmp_path: Path) -> None:
    record(tmp_path, put(tmp_path, "a", "docx"), put(tmp_path, "b", "docx"))
    record(tmp_path, put(tmp_path, "b", "pdf"))
    documents = publish.read_manifest(tmp_path).documents
    assert [[one.name for one in entry.editions] for entry in documents] == [["a.docx"], ["b.docx", "b.pdf"]]
    assert publish.audit(tmp_path)[1] == []


def test_editions_of_an_older_text_go(tmp_path: Path) -> None:
    record(tmp_path, put(tmp_path, "a", "docx", "pdf", source="old"))
    record(tmp_path, put(tmp_path, "a", "docx", source="new"))
    assert [one.name for one in publish.read_manifest(tmp_path).documents[0].editions] == ["a.docx"]
    assert not (tmp_path / "a.pdf").exists()
    assert publish.audit(tmp_path)[1] == []


def test_an_edition_of_an_earlier_run_says_how_it_was_made(tmp_path: Path) -> None:
    one, other = Making("0.1.0", "gongwen's", "2021-12-31T00:00:00Z", "x"), Making("0.1.0", "book's", "2022", "y")
    before = msgspec.structs.replace(put(tmp_path, "a", "docx", "pdf"), made=one)
    after = msgspec.structs.replace(put(tmp_path, "a", "epub"), made=other)
    record(tmp_path, before)
    record(tmp_path, after)
    (second,) = publish.read_manifest(tmp_path).documents
    assert [(edition.format, edition.made) for edition in second.editions] == [
        ("docx", one), ("epub", None), ("pdf", one),
    ]  # fmt: skip
    assert second.made == other
    record(tmp_path, before)
    (third,) = publish.read_manifest(tmp_path).documents
    assert [edition.made for edition in third.editions] == [None, other, None]


def test_a_failure_keeps_what_was_good(tmp_path: Path) -> None:
    record(tmp_path, put(tmp_path, "a", "docx"))
    before = (tmp_path / "manifest.json").read_bytes()
    error = Failure(3, "SourceError", "no text")
    record(tmp_path, Entry("a", SourceRecord("source/a.txt"), "failed", error=error))
    assert (tmp_path / "manifest.json").read_bytes() == before
    record(tmp_path, Entry("n", SourceRecord("source/n.txt"), "failed", error=error))
    assert [entry.state for entry in publish.read_manifest(tmp_path).documents] == ["done", "failed"]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"schema": "other/1"}',
        '{"schema": "wenban-manifest/2", "generator": "x", "documents": []}',
        '{"schema": "wenban-manifest/1", "generator": "x", "documents": '
        '[{"stem": "../evil", "source": {"path": "x"}, "state": "done"}]}',
    ],
)
def test_a_strange_manifest_is_not_trusted(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(OutputError, match="Move it away") as caught:
        publish.read_manifest(tmp_path)
    assert caught.value.where == str(tmp_path / "manifest.json")


def test_a_folder_in_the_way_of_an_edition(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    with pytest.raises(OutputError) as caught:
        publish.publish(tmp_path, {"a.docx": b"x", "a.pdf": b"y"})
    assert caught.value.exit_code == 7
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


def test_where_one_edition_cannot_be_replaced_none_is(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"old")
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(OutputError):
        publish.publish(tmp_path, {"a.docx": b"new", "a.epub": b"new", "a.pdf": b"new"})
    assert (tmp_path / "a.docx").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "a.pdf"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError) as caught, publish.opened(tmp_path / "file" / "dist"):
        raise AssertionError("not reached")
    assert "choose another -o" in str(caught.value)


def test_a_disk_that_takes_no_more(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        with pytest.raises(OutputError, match="File too large"):
            publish.publish(tmp_path, {"a.docx": b"small", "a.pdf": bytes(2_000_000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with publish.opened(tmp_path), pytest.raises(OutputError, match="another run"), publish.opened(tmp_path):
        raise AssertionError("not reached")
    with publish.opened(tmp_path):
        pass


def test_a_run_clears_what_a_killed_one_left(tmp_path: Path) -> None:
    (tmp_path / ".wenban-1-abc").write_bytes(b"half")
    (tmp_path / ".wenban-room").mkdir()
    (tmp_path / ".wenban-room" / "a.docx").write_bytes(b"half")
    (tmp_path / "mine.txt").write_bytes(b"whole")
    with publish.opened(tmp_path) as parts:
        assert {path.name for path in tmp_path.iterdir()} == {"mine.txt", parts.name}
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_killed_at_any_moment_names_hold_whole_files(tmp_path: Path) -> None:
    """A process publishes without end and is killed; what has a final name is one of the versions it wrote."""
    script = (
        "import itertools, sys; from pathlib import Path; from convert import publish\n"
        "for n in itertools.count():\n"
        "    data = bytes([n % 251]) * 3_000_000\n"
        "    publish.publish(Path(sys.argv[1]), {'a.docx': data, 'a.pdf': data})\n"
        "    if n == 0: print('going', flush=True)\n"
    )
    for delay in (0.0, 0.003, 0.007, 0.012, 0.02, 0.031):
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)], env=environment(), stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for name in ("a.docx", "a.pdf"):
            data = (tmp_path / name).read_bytes()
            assert len(data) == 3_000_000
            assert len(set(data)) == 1
    with publish.opened(tmp_path):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "a.pdf"]


# --- Reading back -----------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record(tmp_path, put(tmp_path, "a", "docx", "pdf"), put(tmp_path, "b", "docx"))
    return tmp_path


def test_audit_finds_what_is_wrong(folder: Path) -> None:
    (folder / "a.docx").write_bytes(b"changed")
    (folder / "a.pdf").unlink()
    (folder / "new.txt").write_bytes(b"")
    assert publish.audit(folder)[1] == [
        Finding("a.docx", "changed", "it has 7 bytes, the manifest says 8"),
        Finding("a.pdf", "missing"),
        Finding("new.txt", "extra"),
    ]


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "b.docx", "manifest.json", "SHA256SUMS"])
def test_audit_finds_any_flipped_bit(folder: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        (folder / name).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            findings = publish.audit(folder)[1]
        except OutputError:  # a manifest that can no longer be understood
            continue
        assert findings, f"bit flipped in byte {at}"


def test_audit_wants_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file or folder"):
        publish.audit(tmp_path / "nosuch")
    (tmp_path / "page.txt").touch()
    for path in (tmp_path, tmp_path / "page.txt"):
        with pytest.raises(SourceError, match="no manifest"):
            publish.audit(path)
