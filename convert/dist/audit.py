"""The output folder looked at again: every file is there, unchanged, and nothing else is."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import OutputError
from .manifest import read_manifest, sums_of
from .names import MANIFEST, SUMS


class Finding(msgspec.Struct, frozen=True):
    """What is wrong with a file of the folder: it is `missing`, `changed`, or `extra` (in no manifest)."""

    name: str
    what: Literal["missing", "changed", "extra"]


def audit(folder: Path) -> tuple[int, list[Finding]]:
    """How many files were looked at, and each that is not as manifest and checksums say.

    Raises OutputError: there is no manifest, or it cannot be read.
    """
    if not (folder / MANIFEST).is_file():
        raise OutputError("there is no manifest here", where=str(folder), remedy="Give the folder `convert` wrote to")
    wanted = sums_of(read_manifest(folder))
    listed = _read_sums(folder)
    findings: list[Finding] = []
    if listed is None:
        findings.append(Finding(SUMS, "missing"))
        listed = {}
    elif set(listed) != {*wanted, MANIFEST}:
        findings.append(Finding(SUMS, "changed"))
    for name in sorted({*wanted, *listed}):
        claims = {sums[name] for sums in (wanted, listed) if name in sums}
        found = _sha256(folder / name)
        if found is None:
            findings.append(Finding(name, "missing"))
        elif claims != {found}:
            findings.append(Finding(name, "changed"))
    here = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    own = {*wanted, *listed, MANIFEST, SUMS, "README.md"}
    findings.extend(Finding(name, "extra") for name in here if name not in own)
    return len(here), findings


def _read_sums(folder: Path) -> dict[str, str] | None:
    """The checksums by name; none where a line is not as we write it; None where there is no such file."""
    try:
        lines = (folder / SUMS).read_bytes().decode("utf-8", "replace").split("\n")
    except OSError:
        return None
    if lines.pop() or not all(re.fullmatch("[0-9a-f]{64}  [^\r]+", line) for line in lines):
        return {}
    return {line[66:]: line[:64] for line in lines}


def _sha256(path: Path) -> str | None:
    try:
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
