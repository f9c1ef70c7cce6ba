"""The server for assistants, asked by the protocol's own client; and the file that tells an agent how to use us."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, environment, needs

from convert.cli import app
from convert.cli.serve import server

pytestmark = needs("mcp")

PAGE = "关于开展检查的通知\n\n各镇人民政府\uff1a\n\n现将有关事项通知如下\u3002\n\n洪山镇人民政府\n\n2021年3月4日\n"


def asked(target: Any, *calls: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """What a server answers to some calls, in one session."""
    from mcp import Client

    async def talk() -> list[dict[str, Any]]:
        async with Client(target) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            assert names == {"convert", "inspect", "correct", "verify"}
            return [(await client.call_tool(name, given)).structured_content or {} for name, given in calls]

    return asyncio.run(talk())


def test_an_assistant_looks_corrects_converts_and_verifies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    seen, corrected, outline, made, checked, away, nothing, unsure = asked(
        server("."),
        ("inspect", {"source": "a.txt"}),
        ("correct", {"source": "a.txt", "metadata": {"author": "张三"}, "lines": {"5": "heading:1"}}),
        ("inspect", {"source": "a.txt", "view": "outline"}),
        ("convert", {"sources": ["a.txt"], "formats": ["txt"]}),
        ("verify", {}),
        ("inspect", {"source": "../../etc/hostname"}),
        ("correct", {"source": "a.txt"}),
        ("inspect", {"source": "a.txt", "view": "unsure"}),
    )
    assert seen["metadata"]["title"] == "关于开展检查的通知"
    assert corrected == {"file": "a.wenban.toml", "corrections": 2}
    assert outline["outline"] == [[1, "现将有关事项通知如下\u3002"]]
    (document,) = made["documents"]
    assert (document["state"], document["editions"], document["error"]) == ("done", ["a.txt"], None)
    assert (checked["documents"], checked["findings"]) == (1, [])
    assert "below" in away["error"]
    assert "error" in nothing
    assert isinstance(unsure["unsure"], list)


def test_it_is_served_over_standard_input_and_output(tmp_path: Path) -> None:
    from mcp import StdioServerParameters

    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "convert", "mcp"], cwd=tmp_path, env=environment()
    )
    (found,) = asked(command, ("inspect", {"source": "a.txt", "view": "removed"}))
    assert found == {"removed": []}


def test_the_skill_names_what_is_there() -> None:
    text = (ROOT / "convert" / "words" / "skill" / "SKILL.md").read_text("utf-8")
    for command, rest in re.findall(r"`wenban (\w+)([^`]*)`", text):
        known = {name for option in app.commands[command].params for name in option.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known
