"""Writes the software bill of materials (CycloneDX 1.6, JSON) of everything that the lock files name.

python tools/build_sbom.py FILE      writes it; exit code 1 where a package has no version or no licence
python tools/build_sbom.py --check   writes nothing

Packages of Python are those of requirements.lock, their licences those that the installed packages state; a package
that is not for this platform is not installed, and its licence is then that of tools/licences.toml. Packages of the
desk are those of web-src/package-lock.json. The same locks give the same bytes: no time and no serial number is in it.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

__all__ = ["Component", "components", "faults", "sbom"]

ROOT = Path(__file__).parents[1]
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==(?P<version>[^\s;]+)")
_CLASSIFIER = "License :: "


@dataclass(frozen=True)
class Component:
    """A locked package. ``licence`` is '' where none is stated; ``digest`` is its SHA-512 in hex, '' for none."""

    kind: str
    name: str
    version: str
    licence: str
    digest: str = ""

    @property
    def purl(self) -> str:
        """The package URL: its name for every other tool."""
        name = re.sub(r"[-_.]+", "-", self.name).lower() if self.kind == "pypi" else self.name.replace("@", "%40")
        return f"pkg:{self.kind}/{name}@{self.version}"


def components(root: Path = ROOT) -> list[Component]:
    """Every package of both lock files, by kind and name."""
    given = tomllib.loads((root / "tools" / "licences.toml").read_text("utf-8"))["stated"]
    lock = (root / "requirements.lock").read_text("utf-8")
    packages = json.loads((root / "web-src" / "package-lock.json").read_text("utf-8"))["packages"]
    return sorted({*_of_python(lock, given), *_of_desk(packages)}, key=lambda one: (one.kind, one.name, one.version))


def _of_python(lock: str, given: dict[str, str]) -> Iterator[Component]:
    for line in lock.splitlines():
        found = _PINNED.match(line)
        if found:
            name = found["name"]
            yield Component("pypi", name, found["version"], given.get(name) or _stated(name))


def _stated(name: str) -> str:
    """The licence that an installed package states, as an expression where it has one; '' for none."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    if told["License-Expression"]:
        return str(told["License-Expression"])
    classes = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or () if one.startswith(_CLASSIFIER)]
    named = [one for one in classes if one != "OSI Approved"]
    return " AND ".join(sorted(set(named))) or str(told["License"] or "").strip().partition("\n")[0][:80]


def _of_desk(packages: dict[str, dict[str, Any]]) -> Iterator[Component]:
    for path, told in packages.items():
        if path:
            _, _, encoded = told.get("integrity", "").partition("sha512-")
            digest = base64.b64decode(encoded).hex() if encoded else ""
            name = path.rpartition("node_modules/")[2]
            yield Component("npm", name, told.get("version", ""), told.get("license", ""), digest)


def faults(found: list[Component]) -> list[str]:
    """A line for each package that lacks its version or its licence."""
    return [
        f"{one.kind} {one.name}: no {what} is stated" + (": add it to tools/licences.toml" if what == "licence" else "")
        for one in found
        for what in ("version", "licence")
        if not getattr(one, what)
    ]


def sbom(found: list[Component]) -> dict[str, Any]:
    """The bill as CycloneDX words it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    root = {"type": "application", "name": project["name"], "version": project["version"], "bom-ref": project["name"]}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**root, "licenses": [{"license": {"id": project["license"]}}]}},
        "components": [_written(one) for one in found],
        "dependencies": [{"ref": project["name"], "dependsOn": sorted(one.purl for one in found)}],
    }


def _written(one: Component) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "library",
        "name": one.name,
        "version": one.version,
        "bom-ref": one.purl,
        "purl": one.purl,
        "licenses": [{"license": {"name": one.licence}}],
    }
    return {**made, "hashes": [{"alg": "SHA-512", "content": one.digest}]} if one.digest else made


def main() -> int:
    """Writes the bill and tells what it lacks."""
    if len(sys.argv) != 2:
        print("say where to write: python tools/build_sbom.py FILE, or --check", file=sys.stderr)
        return 2
    found = components()
    lines = faults(found)
    for line in lines:
        print(line)
    if sys.argv[1] != "--check":
        path = Path(sys.argv[1])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(sbom(found), indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(found)} packages, {len(lines)} without a version or a licence")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
