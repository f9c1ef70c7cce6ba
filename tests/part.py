"""What a plain `make test` leaves out, and the lines at its end that say so.

The tests of `fixtures/thorough.txt` take long: processes that are killed, other programs, whole folders.  Of random
documents few are drawn (`examples`).  All run in CI, with `make test FULL=1` (WENBAN_FULL), and wherever a test is
named: by its file, by -k or by -m.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import settings

THOROUGH = frozenset((Path(__file__).parent / "fixtures" / "thorough.txt").read_text("utf-8").split())
ABSENT = "the package {} is not here: make test FULL=1 installs it"
_MISSING = re.compile(r"ModuleNotFoundError: No module named '([\w-]+)")
_NO_PROGRAM = re.compile(r"FileNotFoundError: \[Errno 2\] No such file or directory: '(mutool|qpdf|pdf\w+|java|node)'")
_CHOSEN = "WENBAN_PART"
"""Set for the workers of a run that leaves them out: these do not see how it was called."""


_SHARE, _LEAST = 15, 4
"""Of so many random documents such a run draws one, and at least so many."""


def is_part(config: pytest.Config) -> bool:
    """Whether this run leaves the thorough tests out."""
    if hasattr(config, "workerinput"):
        return bool(os.environ.get(_CHOSEN))
    named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    chosen = named or config.option.keyword or config.option.markexpr
    part = not (chosen or os.environ.get("CI") or os.environ.get("WENBAN_FULL"))
    os.environ[_CHOSEN] = "1" if part else ""
    return part


def prepare(config: pytest.Config) -> None:
    """In such a run random documents are the same every time, and few: what was green stays so."""
    if is_part(config):
        settings.register_profile("part", derandomize=True, max_examples=20)
        settings.load_profile("part")


def examples(most: int) -> int:
    """How many documents a test draws that draws so many where all is checked; CI, which has 15 minutes, a third."""
    if os.environ.get(_CHOSEN):
        return max(_LEAST, most // _SHARE)
    return most if not os.environ.get("CI") or os.environ.get("WENBAN_FULL") else -(-most // 3)


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes the thorough tests out of what was found."""
    if is_part(config):
        items[:] = [item for item in items if name_of(item.nodeid) not in THOROUGH]


def name_of(nodeid: str) -> str:
    """File and function of a test.

    >>> name_of("tests/test_pdf.py::test_it[a::b]")
    'test_pdf.py::test_it'
    """
    return nodeid.partition("[")[0].rpartition("/")[2]


def without_package(report: pytest.TestReport | pytest.CollectReport) -> None:
    """A test that wants a package of the extra `test`, or a program that `.ci/run` installs, is skipped where that is
    not there; in CI it fails."""
    if not report.failed or os.environ.get("CI"):
        return
    said = str(report.longrepr)
    if (missing := _MISSING.search(said)) is not None and missing[1] not in ("convert", *sys.stdlib_module_names):
        reason = ABSENT.format(missing[1])
    elif (missing := _NO_PROGRAM.search(said)) is not None:
        reason = f"{missing[1]} is not here: see .ci/run"
    else:
        return
    report.outcome = "skipped"
    report.longrepr = (report.nodeid.partition("::")[0], 0, f"Skipped: {reason}")


def not_checked(part: bool, reasons: Iterable[str]) -> list[str]:
    """The lines at the end of a run.  reasons: why tests were skipped, one for each."""
    lines = []
    skipped = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    if skipped:
        lines.append(f"Not checked: {skipped.total()} skipped, for want of what `.ci/run` installs (Debian):")
        lines += [f"  {count} x {reason}" for reason, count in sorted(skipped.items())]
    if part:
        lines.append(
            f"Not checked: {len(THOROUGH)} thorough tests (killed processes, other programs, whole folders), and most "
            "random documents. `make test FULL=1` checks them: about 12 processor minutes."
        )
    return lines
