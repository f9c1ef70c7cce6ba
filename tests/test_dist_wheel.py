"""The wheel: built, installed into an environment of its own, used away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from conftest import EPOCH, ROOT, SAMPLE
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sbom import bill


def run(*command: object, cwd: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "LANGUAGE")}
    env = {**kept, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": EPOCH, **changes}
    return subprocess.run(
        list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with the back end at hand, so that no network is needed."""
    out = tmp_path_factory.mktemp("wheel")
    done = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """An environment with the wheel in it; its dependencies are those of this one, its code is not."""
    home = tmp_path_factory.mktemp("home")
    assert run(sys.executable, "-m", "venv", "--without-pip", home / "venv", cwd=home).returncode == 0
    site = next((home / "venv").glob("lib/python*/site-packages"))
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        home / "venv/bin/python",
        "install",
        "-q",
        "--no-index",
        "--no-deps",
    ]
    done = run(*pip, wheel, cwd=home)
    assert done.returncode == 0, done.stderr
    # A folder on the path only: .pth files in it, which would lead to the checkout, do not count there.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home


def test_the_wheel_holds_what_it_should(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {
        "convert/publish/RECEIVER.md",
        "convert/run/preview/page.js",
        "convert/run/preview/page.css",
        "convert/run/preview/review.js",
    } <= set(names)
    assert {"convert/writers/pdf/srgb.icc", "convert/py.typed"} <= set(names)
    assert {"convert/styles/gongwen.toml", "convert/styles/report.toml", "convert/cli/app.py"} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    strangers = [name for name in names if not name.startswith("convert/") and ".dist-info/" not in name]
    assert {name.rpartition("/")[2] for name in strangers} == {"wenban.py", "wenban.1"}
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]


def test_the_installed_tool_works_anywhere(home: Path) -> None:
    wenban = home / "venv/bin/wenban"
    where = run(home / "venv/bin/python", "-c", "import convert; print(convert.__file__)", cwd=home).stdout
    assert where.startswith(str(home)), "the code is the wheel's"
    styles = run(wenban, "styles", cwd=home)
    assert styles.returncode == 0, styles.stderr
    assert "gongwen" in styles.stdout
    for style in ("gongwen", "report"):
        done = run(wenban, "convert", SAMPLE, "--style", style, "-o", style, cwd=home)
        assert done.returncode == 0, done.stderr
        assert run(wenban, "verify", style, cwd=home).returncode == 0
    packed = run(wenban, "pack", "report", cwd=home)
    assert packed.returncode == 0, packed.stderr


def test_the_installed_tool_makes_the_same_bytes(home: Path, tmp_path: Path) -> None:
    run(home / "venv/bin/wenban", "convert", SAMPLE, "-o", tmp_path / "wheel", cwd=home)
    run(sys.executable, "-m", "convert", "convert", SAMPLE, "-o", tmp_path / "tree", cwd=home, PYTHONPATH=str(ROOT))
    wheel, tree = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("wheel", "tree"))
    assert len(wheel) == 5
    assert wheel == tree


def test_two_wheels_are_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    done = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=ROOT, TZ="Asia/Shanghai")
    assert done.returncode == 0, done.stderr
    (other,) = tmp_path.glob("*.whl")
    assert other.read_bytes() == wheel.read_bytes()


def test_the_bill_of_materials_names_what_is_needed() -> None:
    found = bill()
    names = {one["name"] for one in found["components"]}
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    here = [one for one in map(Requirement, wanted) if one.marker is None or one.marker.evaluate()]
    assert {canonicalize_name(one.name) for one in here} <= names
    assert found["metadata"]["component"]["name"] == "wenban"
    assert not {"pytest", "hypothesis"} & names


def test_the_lock_has_what_is_installed_in_ci() -> None:
    """`uv pip compile pyproject.toml --extra test --generate-hashes --universal --python-version 3.11 --no-header
    --no-annotate --no-emit-index-url -o .ci/lock.txt`"""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = (ROOT / ".ci/lock.txt").read_text().replace("\\\n", " ").splitlines()
    locked = {canonicalize_name(line.partition("==")[0].partition("[")[0]): line for line in lines}
    assert all("--hash=sha256:" in line for line in lines)
    for one in map(Requirement, [*project["dependencies"], *project["optional-dependencies"]["test"]]):
        version = locked[canonicalize_name(one.name)].partition("==")[2].split()[0]
        assert one.specifier.contains(version), one


def test_fonts_come_with_their_licences() -> None:
    for package in ("manimgx-fonts-cjk", "pylopdf-fonts-zh-cn"):
        assert any(file.name.startswith(("LICENSE", "OFL")) for file in distribution(package).files or ()), package
