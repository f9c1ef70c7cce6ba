"""A small writer package for tests: built as a wheel, installed by pip into a folder of its own.

Its writer `plain` gives the text; `fault` does what the document's title says: it loops, exits, raises, prints, takes
all memory or returns what cannot be sent between processes.  Its pass `stamp` names the editor.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

_CODE = """
import os, sys, time
from convert.errors import Notice
from convert.model import block_text


def write(document, style, stream):
    text = "\\n".join(block_text(block) for block in document.blocks)
    stream.write(f"{style.name}\\n{text}\\n".encode())
    return [Notice("plain", "written without layout")]


def fault(document, style, stream):
    title = document.metadata.title or ""
    if "loop" in title:
        while True:
            time.sleep(0.01)
    if "exit" in title:
        os._exit(9)
    if "raise" in title:
        raise ValueError("a fault in a plug-in")
    if "recurse" in title:
        fault(document, style, stream)
    if "grow" in title:
        kept = []
        while True:
            kept.append(bytearray(10_000_000))
    if "print" in title:
        print("garbage " * 1000)
        sys.stdout.flush()
    return write(document, style, stream)


def stamp(document):
    import convert

    return convert.with_metadata(document, editor="wenban-plain")


def spoilt(document):
    pass
"""
_FILES = {
    "wenban_plain.py": _CODE,
    "wenban_plain-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: wenban-plain\nVersion: 1.0\n",
    "wenban_plain-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "wenban_plain-1.0.dist-info/entry_points.txt": (
        "[wenban.writers]\nplain = wenban_plain:write\nfault = wenban_plain:fault\nbroken = wenban_plain:nothing\n"
        "[wenban.passes]\nstamp = wenban_plain:stamp\nspoilt = wenban_plain:spoilt\nmissing = wenban_plain:nothing\n"
    ),
}


def install(folder: Path) -> Path:
    """Installs the package and returns the folder to put on the path."""
    wheel = folder / "wenban_plain-1.0-py3-none-any.whl"
    record = "wenban_plain-1.0.dist-info/RECORD"
    with zipfile.ZipFile(wheel, "w") as package:
        for name, text in _FILES.items():
            package.writestr(name, text)
        package.writestr(record, "".join(f"{name},,\n" for name in (*_FILES, record)))
    site = folder / "site"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--target", str(site), str(wheel)], check=True, timeout=120)
    return site
