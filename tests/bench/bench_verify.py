"""`wenban verify` over folders of 100 and 1,000 documents: `python -m tests.bench.bench_verify`.

In one run and one process: processor time of checking a document against that of making it, and how the memory grows
with the number of documents.  The documents are copies of the sample's editions.  Ends with 1 where checking takes more
than three quarters of making, or each document more than 4 KB.
"""

from __future__ import annotations

import hashlib
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import msgspec

import convert
from convert import publish
from convert.publish.manifest import lines

from .bench_chain import SAMPLE

SIZES = (100, 1000)
SHARE = 0.75
KILOBYTES = 4.0


def fill(made: Path, folder: Path, count: int) -> None:
    """A folder of copies of one document (links to the same bytes)."""
    folder.mkdir()
    (entry,) = publish.read_manifest(made).documents
    entries, sums = [], {}
    for number in range(count):
        stem = f"copy-{number:06}"
        editions = tuple(msgspec.structs.replace(one, name=f"{stem}.{one.format}") for one in entry.editions)
        for one in editions:
            os.link(made / f"{entry.stem}.{one.format}", folder / one.name)
            sums[one.name] = one.sha256
        source = msgspec.structs.replace(entry.source, path=f"{stem}.txt")
        entries.append(msgspec.structs.replace(entry, stem=stem, editions=editions, source=source))
    text = b"".join(lines(map(msgspec.json.encode, entries), ()))
    (folder / publish.MANIFEST).write_bytes(text)
    sums[publish.MANIFEST] = hashlib.sha256(text).hexdigest()
    (folder / publish.SUMS).write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)), encoding="utf-8")


def measured(folder: Path) -> tuple[float, float]:
    """Processor seconds and peak megabytes of a check, in a process of its own."""
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        begun = time.process_time()
        findings = publish.examine(folder).findings
        spent = time.process_time() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        os.write(write, msgspec.json.encode((spent, peak, len(findings))))
        os._exit(0)
    os.close(write)
    with open(read, "rb") as stream:
        spent, peak, findings = msgspec.json.decode(stream.read())
    os.waitpid(child, 0)
    assert findings == 0, "the folder is clean"
    return spent, peak


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        convert.convert(SAMPLE, folder / "made")
        making = min(_making(folder / f"again-{number}") for number in range(3))
        shares, peaks = [], []
        for count in SIZES:
            fill(folder / "made", folder / str(count), count)
            spent, peak = measured(folder / str(count))
            shares.append(spent / count / making)
            peaks.append(peak)
            each = spent / count * 1000
            print(f"{count:5} documents: {each:5.1f} ms each, {shares[-1]:.2f} of making it; {peak:.0f} MB")
    grown = (peaks[1] - peaks[0]) * 1024 / (SIZES[1] - SIZES[0])
    print(f"each document more: {grown:.1f} KB")
    return int(grown > KILOBYTES or shares[1] > SHARE)


def _making(folder: Path) -> float:
    begun = time.process_time()
    convert.convert(SAMPLE, folder)
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
