"""What is written about the house is true: the table of rooms, the examples, citations, workflow."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from test_ci_files import check_schema
from test_house import NEIGHBOURS

from convert.version import VERSION

HOUSE = ROOT / "convert" / "README.md"
PAPERS = [HOUSE, ROOT / "CHANGELOG.md", ROOT / ".github" / "CONTRIBUTING.md", ROOT / "tests" / "README.md",
          ROOT / "styles" / "README.md"]  # fmt: skip
SOURCES = sorted(
    [*(ROOT / "convert").rglob("*.py"), *(ROOT / "styles").glob("*.toml"), *(ROOT / "tests").rglob("*.py")]
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_table_of_rooms_is_the_houses() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \|([^|]*)\|$", HOUSE.read_text("utf-8"), re.MULTILINE)
    told = {room: {one for one in neighbours.strip().split(", ") if one} for room, neighbours in rows}
    assert told == NEIGHBOURS, "convert/README.md, The rooms, says otherwise than tests/test_house.py"


EXAMPLES = re.findall(r"^```python\n(.*?)^```$", HOUSE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_there_are_five_examples_of_three_lines() -> None:
    assert len(EXAMPLES) == 5
    for text in EXAMPLES:
        assert len([line for line in text.splitlines() if not re.match(r"import|from", line)]) <= 3


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_runs(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "source").symlink_to(ROOT / "source")
    monkeypatch.chdir(tmp_path)
    held: dict[str, object] = {}
    exec(text, held)
    assert "document" in held or (tmp_path / "report.docx").read_bytes().startswith(b"PK")


PARTS = re.findall(r"^#{2,3} (?:(\d) )?(.+)$", HOUSE.read_text("utf-8"), re.MULTILINE)
NUMBERED = [f"line composition {number}" for number, _ in PARTS if number]
INVARIANTS = [f"invariant {number}" for number in re.findall(r"^(\d)\. \*\*", HOUSE.read_text("utf-8"), re.MULTILINE)]
CITABLE = (*NUMBERED, *INVARIANTS, *(part.lower() for number, part in PARTS if not number))
CITED = re.compile(r"convert/README\.md, (?=(.{1,40}))")


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_what_is_cited_is_there(path: Path) -> None:
    """`convert/README.md, Line composition 4` names a part of it, `convert/README.md, invariant 1` one of its list."""
    text = " ".join(path.read_text("utf-8").replace("\n# ", "\n").split())
    cited = [part.lower() for part in CITED.findall(text)]
    strange = [part for part in cited if not part.startswith(CITABLE)]
    strange += [
        part for part in cited if re.match(r"line composition \d", part) and not part.startswith(tuple(NUMBERED))
    ]
    assert path == Path(__file__) or not strange
    if path.parent != Path(__file__).parent:
        assert not re.search(r"\b(?:DESIGN|TYPOGRAPHY|GONGWEN)\b", text), "these papers are not in the repository"


@pytest.mark.parametrize("path", PAPERS, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
        assert target.startswith("https://") or (path.parent / target).exists(), target


@pytest.mark.parametrize("path", PAPERS, ids=name)
def test_files_that_are_named_exist(path: Path) -> None:
    for named in re.findall(r"`((?:convert|tests|styles|\.ci|\.github)/[\w./-]+)`", path.read_text("utf-8")):
        assert (ROOT / named).exists(), named
    if path.parent.name == "tests":
        for named in re.findall(r"`([\w*]+\.py)`", path.read_text("utf-8")):
            assert list(path.parent.glob(named)), named


def test_the_changelog_has_the_version() -> None:
    found = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert found[0] == "Unreleased"
    assert found[1] == VERSION


def test_the_workflow_runs_what_ci_runs() -> None:
    path = ROOT / ".github" / "workflows" / "ci.yml"
    for one in sorted(path.parent.glob("*.yml")):
        check_schema("github-workflows", one)
    (job,) = yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == ["bash .ci/run"]
    assert all(re.fullmatch(r"[\w/-]+@v\d+", step["uses"]) for step in job["steps"] if "uses" in step)
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    python = next(step["with"]["python-version"] for step in job["steps"] if "setup-python" in step.get("uses", ""))
    assert wanted == f">={python}"
