"""The bill of materials of what a user installs, as CycloneDX 1.5 in JSON: `python -m tests.sbom > sbom.cdx.json`.

Read from the packages of this environment: those that wenban needs, and what these need in turn.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import Distribution, distribution
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def needed(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    """A package and all that it needs, by name; without what only extras or other systems need."""
    key = canonicalize_name(name)
    if key not in found:
        found[key] = distribution(name)
        for line in found[key].requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                needed(requirement.name, found)
    return found


def bill(name: str = "wenban") -> dict[str, Any]:
    """The bill of a package."""
    found = needed(name, {})
    whole = _component(name, found.pop(name))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {**whole, "type": "application"}},
        "components": [_component(key, one) for key, one in sorted(found.items())],
    }


def _component(name: str, found: Distribution) -> dict[str, Any]:
    said = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    purl = f"pkg:pypi/{name}@{found.version}"
    component: dict[str, Any] = {"type": "library", "name": name, "version": found.version}
    component |= {"purl": purl, "bom-ref": purl}
    if said and "\n" not in said:
        component["licenses"] = [{"license": {"name": said}}]
    return component


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1)
    print()
