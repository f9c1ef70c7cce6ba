"""What workers share is loaded before they are forked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conftest import environment

SCRIPT = """
import convert.run.warm
from convert.typography import fonts
print(fonts.outlines.cache_info().currsize, fonts.load.cache_info().currsize > 0)
"""


def warmed(folder: Path, said: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment(WENBAN_WARM=said),
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    assert not list(folder.iterdir())
    return done.stdout.strip()


def test_fonts_are_loaded_and_nothing_is_written(tmp_path: Path) -> None:
    count, faces = warmed(tmp_path, "gongwen\ndocx\npdf\nepub").split()
    assert int(count) >= 2  # the faces of headings and of the text, stripped for the PDF edition
    assert faces == "True"


def test_what_fails_is_left_to_the_documents(tmp_path: Path) -> None:
    assert warmed(tmp_path, "no-such-style\npdf") == "0 False"
    assert warmed(tmp_path, "") == "0 False"
