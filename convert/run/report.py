"""What a run says of itself to people and machines: in, its results; out, text for whoever writes it somewhere.

`JsonLines` and `JUnit` are reports, one after each result; `annotation` is a line that GitHub shows beside the file;
`Tally` counts for the total.  None of them keeps results: a run may have millions.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, TextIO

import msgspec

from ..words import messages
from .pipeline import Result

_CONTROLS = {code: "\ufffd" for code in (*range(32), 0xFFFE, 0xFFFF) if code not in (9, 10, 13)}
"""What XML 1.0 cannot hold (2.2)."""


_REASONS = 1000
"""Different reasons of failures that are counted."""


class JsonLines:
    """One result a line, as JSON."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def add(self, result: Result) -> None:
        """Writes the line of a result."""
        self._stream.write(msgspec.json.encode(result).decode() + "\n")
        self._stream.flush()

    def close(self) -> None:
        """Ends the report."""
        self._stream.close()


def json_schema() -> dict[str, Any]:
    """JSON Schema of a line of `JsonLines`."""
    return {"$id": "wenban-report/1", **msgspec.json.schema(Result)}


class JUnit:
    """JUnit's XML, as CI systems read it: a test case for each document.  The numbers in its head are written last,
    into room that is left for them."""

    _HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name="wenban" '
    _ROOM = 80

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._states: Counter[str] = Counter()
        self._seconds = 0.0
        stream.write(self._HEAD + " " * self._ROOM + ">\n")

    def add(self, result: Result) -> None:
        """Writes the test case of a result."""
        from xml.sax.saxutils import escape  # imports Python's network clients, for a report few ask for

        self._states[result.state] += 1
        seconds = sum(result.timings.values())
        self._seconds += seconds
        case = f'<testcase classname="wenban" name={_attribute(result.path)} time="{seconds:.3f}"'
        inside = ""
        if result.error is not None:
            place = ":".join(str(part) for part in (result.error.where, result.error.line) if part is not None)
            said = "\n".join(filter(None, (place, result.error.remedy, result.error.detail)))
            message, kind = _attribute(result.error.message), _attribute(result.error.kind)
            inside = f"<failure message={message} type={kind}>{escape(said.translate(_CONTROLS))}</failure>"
        elif result.state == "skipped":
            inside = "<skipped/>"
        elif result.notices:
            said = "\n".join(f"{notice.line or ''}: {notice.message} [{notice.code}]" for notice in result.notices)
            inside = f"<system-out>{escape(said.translate(_CONTROLS))}</system-out>"
        if result.left_out:
            rows = (
                f'<property name={_attribute(f"left out: {why}")} value="{n}"/>' for why, n in result.left_out.items()
            )
            inside = f"<properties>{''.join(rows)}</properties>{inside}"
        self._stream.write(f"{case}>{inside}</testcase>\n" if inside else f"{case}/>\n")

    def close(self) -> None:
        """Ends the report and writes the numbers in its head."""
        states = self._states
        self._stream.write("</testsuite>\n</testsuites>\n")
        self._stream.seek(len(self._HEAD))
        failed = states["failed"] + states["partial"]
        counts = f'tests="{states.total()}" failures="{failed}" skipped="{states["skipped"]}"'
        self._stream.write(f'{counts} time="{self._seconds:.3f}"')
        self._stream.close()


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(text.translate(_CONTROLS))


def annotation(result: Result) -> str | None:
    """A workflow command for GitHub (`::error file=...::`) where a document failed."""
    if result.error is None:
        return None
    where, line = result.error.where or result.path, result.error.line
    place = f"file={_property(where)}" + (f",line={line}" if line is not None else "")
    said = f"{result.error.message}. {result.error.remedy}".replace("%", "%25")
    return f"::error {place},title=wenban::" + said.replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(char, code)
    return text


_WITHOUT_FACES = frozenset({"json", "md", "txt"})
"""Formats that name no face and draw nothing."""


class Tally:
    """Counts over the results of a run.  codes: exit codes of the failures; faces: those that stand in for others;
    unsure: documents with lines that are read with doubt; left_out: sentences of the pages in no edition, by
    the reason."""

    def __init__(self) -> None:
        self.states: Counter[str] = Counter()
        self.codes: set[int] = set()
        self.faces: dict[str, str] = {}
        self.reasons: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        self.size = 0
        self.unsure = 0

    def add(self, result: Result) -> None:
        """Counts a result."""
        self.states[result.state] += 1
        self.unsure += any(notice.code == "unsure" for notice in result.notices)
        if result.error is not None:
            self.codes.add(result.error.code)
            said = messages.of_failure(result.error)[0]
            if said in self.reasons or len(self.reasons) < _REASONS:
                self.reasons[said] += 1
        for stage, spent in result.timings.items():
            self.seconds[stage] += spent  # type: ignore[assignment]
        self.left_out.update(result.left_out)
        if result.state != "unchanged":
            self.size += sum(edition.size for edition in result.editions)
        if {edition.format for edition in result.editions} <= _WITHOUT_FACES:
            return
        self.faces.update({face.role: f"{face.role}: {face.used}" for face in result.fonts if face.substituted})

    @property
    def failed(self) -> int:
        """How many documents have an error."""
        return self.states["failed"] + self.states["partial"]
