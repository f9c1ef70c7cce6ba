"""`verify` on finished folders: whatever is changed, missing or extra is found, and nothing in a folder is trusted."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ACCEPT, SAMPLE, Wenban

import convert
from convert import publish
from convert.publish import Finding

FORMATS = ("docx", "pdf", "epub", "html", "json")
CASES = 1000 if ACCEPT else 250


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents in five formats, and a file in a folder of its own as a catalogue has them."""
    folder = tmp_path_factory.mktemp("made")
    other = folder / "other.txt"
    other.write_text("关于开展检查的通知\n\n各村\uff1a\n\n现将有关事项通知如下\u3002\n", encoding="utf-8")
    list(convert.batch([SAMPLE, other], folder / "dist", FORMATS))
    (folder / "dist" / "previews").mkdir()
    (folder / "dist" / "previews" / "one.png").write_bytes(bytes(range(256)))
    rewrite(folder / "dist", lambda manifest: manifest["extras"].append({"name": "previews/one.png"}))
    return folder / "dist"


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "dist"))


def rewrite(folder: Path, change: Callable[[dict[str, Any]], object] = lambda manifest: None) -> None:
    """Changes the manifest, then makes its sums and sizes and SHA256SUMS agree with the files: the careful forger."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    change(manifest)
    files = [*(one for entry in manifest["documents"] for one in entry["editions"]), *manifest["extras"]]
    for one in files:
        if (folder / one["name"]).is_file():
            data = (folder / one["name"]).read_bytes()
            one.update(size=len(data), sha256=hashlib.sha256(data).hexdigest())
    text = json.dumps(manifest, ensure_ascii=False).encode()
    (folder / "manifest.json").write_bytes(text)
    sums = {one["name"]: one["sha256"] for one in files} | {"manifest.json": hashlib.sha256(text).hexdigest()}
    (folder / "SHA256SUMS").write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)), encoding="utf-8")


def found(folder: Path, **how: Any) -> list[tuple[str, str]]:
    return [(finding.name, finding.what) for finding in publish.examine(folder, **how).findings]


# --- Whatever happens to a folder -------------------------------------------------------------------------------


def flip(path: Path, draw: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    path.write_bytes(data)


def truncate(path: Path, draw: random.Random) -> None:
    os.truncate(path, draw.randrange(path.stat().st_size))


def append(path: Path, draw: random.Random) -> None:
    path.write_bytes(path.read_bytes() + draw.randbytes(draw.randint(1, 9)))


def cut(path: Path, draw: random.Random) -> None:
    data = path.read_bytes()
    at = draw.randrange(len(data))
    path.write_bytes(data[:at] + data[at + draw.randint(1, 9) :])


def exchange(path: Path, draw: random.Random) -> None:
    """Two neighbouring bytes that differ change places."""
    data = bytearray(path.read_bytes())
    at = next(at for at in iter(lambda: draw.randrange(len(data) - 1), None) if data[at] != data[at + 1])
    data[at], data[at + 1] = data[at + 1], data[at]
    path.write_bytes(data)


def swap(path: Path, draw: random.Random) -> None:
    top = path.parent.parent if path.parent.name == "previews" else path.parent
    other = draw.choice([one for one in files_of(top) if one != path])
    one, two = path.read_bytes(), other.read_bytes()
    path.write_bytes(two)
    other.write_bytes(one)


def delete(path: Path, draw: random.Random) -> None:
    path.unlink()


def copy(path: Path, draw: random.Random) -> None:
    shutil.copy(path, path.with_name(f"{draw.randrange(10**6)}{path.name}"))


def rename(path: Path, draw: random.Random) -> None:
    path.rename(path.with_name(f"{draw.randrange(10**6)}{path.name}"))


def link(path: Path, draw: random.Random) -> None:
    """A link to the same bytes elsewhere: they may change without a change here."""
    elsewhere = path.parents[1] / f"elsewhere-{draw.randrange(10**6)}"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def become_a_folder(path: Path, draw: random.Random) -> None:
    path.unlink()
    path.mkdir()


WAYS = (flip, flip, flip, truncate, append, cut, exchange, swap, delete, copy, rename, link, become_a_folder)


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def restore(whole: dict[Path, bytes], folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir() and path in whole:
            path.rmdir()
        elif path.is_symlink() or (path.is_file() and path not in whole):
            path.unlink()
    for path, data in whole.items():
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def test_each_accident_is_found(folder: Path) -> None:
    """Seeded cases, and the clean folder in between."""
    whole = {path: path.read_bytes() for path in files_of(folder)}
    assert len(whole) == 13
    for case in range(CASES):
        draw = random.Random(case)
        way, path = draw.choice(WAYS), draw.choice(list(whole))
        way(path, draw)
        report = publish.examine(folder, deep=case % 100 == 0)
        assert report.findings, f"case {case}: {way.__name__} of {path.name}"
        restore(whole, folder)
        if case % 25 == 0:
            assert publish.examine(folder, deep=case % 100 == 0).findings == []


def test_a_clean_folder(made: Path) -> None:
    report = publish.examine(made)
    assert report.findings == []
    assert (report.documents, report.files) == (2, 13)
    assert list(report.formats) == sorted(FORMATS)
    for name, tally in report.formats.items():
        assert (tally.files, tally.unchanged, tally.built) == (2, 2, 2)
        assert (tally.equal, tally.unread) == ((0, 2) if name == "json" else (2, 0))


def test_the_manifest_is_as_its_schema_says(made: Path) -> None:
    schema, manifest = publish.manifest_schema(), json.loads((made / "manifest.json").read_bytes())
    jsonschema.validate(manifest, schema)
    edition = manifest["documents"][0]["editions"][0]
    for broken in ({**edition, "fidelity": "perhaps"}, {**edition, "size": "1"}, {}):
        manifest["documents"][0]["editions"][0] = broken
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(manifest, schema)


def test_a_readme_is_the_users_own(folder: Path) -> None:
    (folder / "README.md").write_text("mine")
    assert found(folder) == []


# --- The careful forger: manifest and sums are written anew -----------------------------------------------------


def test_another_text_is_found(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(SAMPLE.read_text(encoding="utf-8").replace("洪山", "红山"), encoding="utf-8")
    convert.convert(page, tmp_path / "forged", ("docx",))
    shutil.copy(tmp_path / "forged" / "page.docx", folder / "hongshan-2021.docx")
    rewrite(folder)
    report = publish.examine(folder)
    assert [(finding.name, finding.what) for finding in report.findings] == [("hongshan-2021.docx", "text")]
    assert "'洪山" in report.findings[0].detail
    assert "'红山" in report.findings[0].detail


def test_editions_of_two_documents_changed_about(folder: Path) -> None:
    for name in FORMATS:
        one, other = folder / f"hongshan-2021.{name}", folder / f"other.{name}"
        one.rename(folder / "third")
        other.rename(one)
        (folder / "third").rename(other)
    rewrite(folder)
    names = {"docx", "epub", "html", "pdf"}
    assert {(name, what) for name, what in found(folder) if what == "text"} == {
        (f"{stem}.{name}", "text") for stem in ("hongshan-2021", "other") for name in names - {"pdf", "epub"}
    }
    assert {(name, what) for name, what in found(folder) if what == "broken"} == {
        # Of these the manifest has the extent too.
        (f"{stem}.{name}", "broken") for stem in ("hongshan-2021", "other") for name in ("pdf", "epub")
    }  # fmt: skip


def test_a_broken_edition_is_found(folder: Path) -> None:
    data = (folder / "other.epub").read_bytes()
    (folder / "other.epub").write_bytes(data[: len(data) // 2])
    rewrite(folder)
    assert set(found(folder)) == {("other.epub", "broken")}
    assert found(folder, deep=False) == []


# --- A hostile folder -------------------------------------------------------------------------------------------


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_bytes(b"secret")
    return path


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/hostname", "a/../../secret", "..", "", "\u202egnp", "a\x1b[31m", "x\n"]
)
def test_a_name_that_leads_elsewhere(folder: Path, secret: Path, name: str) -> None:
    rewrite(folder, lambda manifest: manifest["extras"].append({"name": name, "size": 6, "sha256": "0" * 64}))
    assert ("manifest.json", "broken") in found(folder)
    assert ("secret", "changed") not in found(folder)
    rewrite(folder, lambda manifest: manifest["extras"].pop())
    rewrite(folder, lambda manifest: manifest["documents"][0].update(stem=name))
    assert ("manifest.json", "broken") in found(folder)


def test_a_name_of_another_document(folder: Path) -> None:
    def rename(manifest: dict[str, Any]) -> None:
        entry = next(entry for entry in manifest["documents"] if entry["stem"] != "other")
        entry["editions"][0].update(name="other.docx")

    rewrite(folder, rename)
    assert ("other.docx", "broken") in found(folder)


def test_sums_that_name_files_elsewhere(folder: Path, secret: Path) -> None:
    (folder / "manifest.json").unlink()
    with open(folder / "SHA256SUMS", "a", encoding="utf-8") as stream:
        stream.write(f"{'0' * 64}  ../secret\n")
    assert ("SHA256SUMS", "changed") in found(folder)


def test_links_and_pipes(folder: Path, secret: Path, tmp_path: Path) -> None:
    (folder / "link").symlink_to(secret)
    (folder / "away").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    (folder / "previews").rename(tmp_path / "previews")
    (folder / "previews").symlink_to(tmp_path / "previews")
    (folder / "other.docx").unlink()
    os.mkfifo(folder / "other.docx")
    assert set(found(folder)) == {
        (name, "link") for name in ("link", "away", "pipe", "previews", "previews/one.png", "other.docx")
    }


def test_a_file_without_end(folder: Path) -> None:
    """A sparse file of a terabyte, which the manifest says it is: nothing reads it."""
    os.truncate(folder / "other.docx", 2**40)
    assert found(folder) == [("other.docx", "changed")]
    manifest = json.loads((folder / "manifest.json").read_bytes())
    edition = next(one for entry in manifest["documents"] for one in entry["editions"] if one["name"] == "other.docx")
    edition["size"] = 2**40
    (folder / "manifest.json").write_bytes(json.dumps(manifest).encode())
    assert ("other.docx", "broken") in found(folder)


def test_a_manifest_without_end(folder: Path) -> None:
    os.truncate(folder / "manifest.json", 2**40)
    assert {what for name, what in found(folder) if name == "manifest.json"} == {"broken"}


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"schema": "wenban-manifest/9", "generator": "x"}',
        b'{"schema": "wenban-manifest/1", "generator": "x", "documents": [{"stem": 1}]}',
        b'{"schema": "wenban-manifest/1", "generator": "x", "documents": [], "extras": ' + b"[" * 100_000,
    ],
)
def test_a_manifest_that_is_none(folder: Path, text: bytes) -> None:
    (folder / "manifest.json").write_bytes(text)
    assert {what for name, what in found(folder) if name == "manifest.json"} == {"broken", "changed"}
    flip(folder / "other.docx", random.Random(1))
    assert ("other.docx", "changed") in found(folder), "the sums are there still"


def test_without_manifest_or_sums(folder: Path) -> None:
    (folder / "SHA256SUMS").unlink()
    assert found(folder) == [("SHA256SUMS", "missing")]
    (folder / "manifest.json").unlink()
    with pytest.raises(convert.ConvertError, match="no manifest"):
        publish.examine(folder)


def test_without_a_manifest_the_sums_still_speak(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    assert found(folder) == [("manifest.json", "missing")]
    flip(folder / "other.docx", random.Random(1))
    assert found(folder) == [("manifest.json", "missing"), ("other.docx", "changed")]


def test_a_name_twice(folder: Path) -> None:
    rewrite(folder, lambda manifest: manifest["extras"].append(manifest["extras"][0]))
    assert ("manifest.json", "broken") in found(folder)


# --- Workers and the command line -------------------------------------------------------------------------------


@pytest.fixture
def many(folder: Path) -> Iterator[Path]:
    """Twelve copies of a document, three of them damaged."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    entry = next(entry for entry in manifest["documents"] if entry["stem"] == "other")
    for number in range(12):
        for edition in entry["editions"]:
            shutil.copy(folder / edition["name"], folder / f"copy{number:02}.{edition['format']}")
        editions = [{**one, "name": f"copy{number:02}.{one['format']}"} for one in entry["editions"]]
        copy = {**entry, "stem": f"copy{number:02}", "editions": editions}
        copy["source"] = {**entry["source"], "path": f"z{number:02}.txt"}
        manifest["documents"].append(copy)
    (folder / "manifest.json").write_bytes(json.dumps(manifest).encode())
    rewrite(folder)
    flip(folder / "copy02.pdf", random.Random(1))
    (folder / "copy05.docx").unlink()
    (folder / "copy11.epub").write_bytes((folder / "copy11.docx").read_bytes())
    return folder


def test_workers_find_the_same(many: Path) -> None:
    alone, together = publish.examine(many), publish.examine(many, jobs=2)
    assert together == alone
    assert [finding.name for finding in together.findings] == ["copy02.pdf", "copy05.docx", "copy11.epub"]


def test_the_command(wenban: Wenban, folder: Path) -> None:
    clean = wenban("verify", folder)
    assert (clean.returncode, clean.stderr) == (0, "")
    rows = [line.split() for line in clean.stdout.splitlines()]
    assert ["docx", "2", "2", "2", "2"] in rows
    assert ["json", "2", "2", "2", "0", "(+2)"] in rows
    assert clean.stdout.endswith("13 files, 0 with faults\n")
    flip(folder / "other.pdf", random.Random(1))
    (folder / "\x1b[31mred").write_bytes(b"")
    wrong = wenban("verify", folder)
    assert wrong.returncode == 6
    assert "changed: other.pdf\n" in wrong.stdout
    assert "\x1b" not in wrong.stdout
    report = wenban("verify", folder, "--json")
    assert report.returncode == 6
    said = json.loads(report.stdout)
    assert said["schema"] == "wenban-verify/1"
    assert said["formats"]["pdf"] == {"files": 2, "unchanged": 1, "built": 1, "equal": 1, "unread": 0}
    assert {"name": "other.pdf", "what": "changed"} in said["findings"]
    assert "已改动\uff1aother.pdf" in wenban("verify", folder, LC_ALL="zh_CN.UTF-8").stdout.replace(": ", "\uff1a")


def test_finding_order() -> None:
    assert sorted([Finding("b", "extra"), Finding("a", "text"), Finding("a", "broken")])[0] == Finding("a", "broken")
