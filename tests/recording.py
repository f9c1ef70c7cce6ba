"""The README's terminal recording: `python -m tests.recording` in a fresh clone makes editions, looks at the outline
and verifies, and draws what the commands print as an SVG that plays in half a minute, without scripts; where motion is
not wanted it is complete at once.
"""

from __future__ import annotations

import itertools
import subprocess
import time
import unicodedata
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "tests" / "fixtures" / "readme" / "recording.svg"
COMMANDS = ("wenban convert source -o dist", "wenban inspect source/hongshan-2021.txt --outline", "wenban verify dist")
SECONDS = 30
"""How long it plays, then begins again; the last part of it stands still to be read."""
_STILL = 5
_LEAST, _MOST = 0.15, 1.0
"""Seconds between two lines, before all is stretched: what comes at once can be followed, a long wait is cut short."""
_COLUMNS, _ROWS = 96, 24
_LINE, _CHAR, _EDGE = 18, 7.8, 14

Line = tuple[float, str]
"""When a line came, seconds from the beginning, and what it says; a command begins with `$ `."""


def recorded(commands: tuple[str, ...], folder: Path) -> list[Line]:
    """What commands print in a folder, line by line.  Raises CalledProcessError where one fails."""
    begun = time.monotonic()
    lines: list[Line] = []
    for command in commands:
        lines.append((time.monotonic() - begun, f"$ {command}"))
        running = subprocess.Popen(
            command.split(), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )
        assert running.stdout is not None
        lines += [(time.monotonic() - begun, part) for line in running.stdout for part in wrapped(line.rstrip())]
        if running.wait():
            raise subprocess.CalledProcessError(running.returncode, command)
    return lines


def wrapped(line: str) -> list[str]:
    """A line as a terminal shows it, in pieces of its width; what is wide takes two columns."""
    pieces, room = [""], _COLUMNS
    for char in line:
        width = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if room < width:
            pieces, room = [*pieces, ""], _COLUMNS
        pieces[-1] += char
        room -= width
    return pieces


def drawn(lines: list[Line]) -> str:
    """An SVG in which each line comes at its time, the whole made to last `SECONDS`; the terminal rolls up."""
    waits = [min(max(late - at, _LEAST), _MOST) for (at, _), (late, _) in itertools.pairwise(lines)]
    paced = list(itertools.accumulate(waits, initial=0.0))
    times = [(SECONDS - _STILL) * at / paced[-1] for at in paced]
    height = _ROWS * _LINE + 2 * _EDGE
    width = round(_COLUMNS * _CHAR) + 2 * _EDGE
    rolled = max(0, len(lines) - _ROWS)
    styles, texts = [], []
    for number, (at, (_, text)) in enumerate(zip(times, lines, strict=True)):
        share = f"{100 * at / SECONDS:.2f}%"
        styles.append(f"@keyframes l{number} {{ 0%, {share} {{ opacity: 0 }} {share}, 100% {{ opacity: 1 }} }}")
        kind = "command" if text.startswith("$ ") else "said"
        place = f'x="{_EDGE}" y="{(number + 0.75) * _LINE:g}"'
        texts.append(f'<text class="{kind}" style="animation-name: l{number}" {place}>{escape(text)}</text>')
    steps = [(100 * times[_ROWS + step] / SECONDS, -(step + 1) * _LINE) for step in range(rolled)]
    frames = "0% { transform: translateY(0) } " + " ".join(
        f"{share:.2f}% {{ transform: translateY({y}px) }}" for share, y in steps
    )
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
<title>{escape(" and ".join(text[2:] for _, text in lines if text.startswith("$ ")))}, as a terminal shows them</title>
<style>
rect {{ fill: #1b1f24 }}
text {{ font: 13px ui-monospace, Menlo, Consolas, monospace; white-space: pre; fill: #d0d7de;
  animation: {SECONDS}s step-end infinite }}
text.command {{ fill: #7ee787; font-weight: bold }}
g {{ animation: roll {SECONDS}s step-end infinite; transform: translateY({-rolled * _LINE}px) }}
@keyframes roll {{ {frames} 100% {{ transform: translateY({-rolled * _LINE}px) }} }}
{chr(10).join(styles)}
@media (prefers-reduced-motion: reduce) {{ text, g {{ animation: none }} }}
</style>
<rect width="100%" height="100%" rx="8"/>
<svg y="{_EDGE}" height="{_ROWS * _LINE}" width="100%"><g>
{chr(10).join(texts)}
</g></svg>
</svg>
"""


if __name__ == "__main__":
    PICTURE.write_text(drawn(recorded(COMMANDS, ROOT)), encoding="utf-8")
