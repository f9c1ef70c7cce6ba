"""What cleaning makes of small pages: the cases are in `fixtures/clean`, `fixtures/cjk` and `fixtures/kept`, as title,
input and expected lines.

An expected line is: source lines, kind and level, for removed lines the reason in brackets, then the text as repaired;
a run-in heading stands between bars.  Below them, notices and the metadata that were found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from convert.clean import clean
from convert.errors import NoContentError
from convert.model import LedgerEntry, ledger, replay
from convert.readers.text import parse

FOLDER = Path(__file__).parent / "fixtures"


def cases() -> Iterator[tuple[str, str, str]]:
    for path in sorted((*FOLDER.glob("clean/*.txt"), *FOLDER.glob("cjk/*.txt"), *FOLDER.glob("kept/texts.txt"))):
        for case in re.split(r"(?m)^#### ", path.read_text("utf-8"))[1:]:
            title, _, rest = case.partition("\n")
            text, _, wanted = rest.partition("\n----\n")
            yield f"{path.stem}: {title}", text, wanted.strip("\n")


@pytest.mark.parametrize(("text", "wanted"), [pytest.param(*case[1:], id=case[0]) for case in cases()])
def test_case(text: str, wanted: str) -> None:
    assert render(text) == wanted


def render(text: str) -> str:
    try:
        document = clean(parse(text))
    except NoContentError as error:
        return f"NoContentError: {error.message}"
    entries = ledger(document)
    assert replay(document.source, entries, document.repairs) == text
    lines = [_line(entry) for entry in entries if entry.text]
    told = [notice for notice in document.notices if notice.code != "unsure"]
    lines += [f"! {notice.code} {notice.line}:{notice.column}" for notice in told]
    known = msgspec.structs.asdict(document.metadata)
    lines += [f"= {name}: {value}" for name, value in known.items() if value and value != "zh-Hans"]
    return "\n".join(lines)


def _line(entry: LedgerEntry) -> str:
    first, last = entry.lines
    where = str(first) if first == last else f"{first}-{last}"
    kind = entry.kind if entry.level is None else f"{entry.kind} {entry.level}"
    reason = f" ({entry.reason})" if entry.reason else ""
    text = entry.text.replace("\n", " / ")
    if entry.run_in:
        text = f"|{entry.run_in}|{text[len(entry.run_in) :]}"
    return f"{where} {kind}{reason}: {text}"
