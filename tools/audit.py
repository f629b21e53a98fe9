"""Audits what twosource depends on: by the lock files alone, and by the services that know weaknesses.

python tools/audit.py            what can be told without a network; exit code 1 where there is a fault
python tools/audit.py --online   the same, then pip-audit (PIP_AUDIT names the program) and npm audit; what could not
                                 be looked up is said, and is no fault

Without a network it is checked that every dependency of pyproject.toml and package.json is locked, every version
pinned, every file of npm known by its digest, no registry named, every licence allowed, and machine code expected;
that what is installed is what is locked; and that no locked version is older than one that mends a weakness which
tools/weaknesses.toml lists. Newer weaknesses are known to the services alone: a release asks them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.version import Version as _Version

from build_sbom import Component, components, faults

__all__ = ["allowed", "installed_faults", "lock_faults", "package_faults", "weak_faults"]

ROOT = Path(__file__).parents[1]
_NATIVE = (".so", ".pyd", ".dll", ".dylib")
_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")
_LOCKED = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*(?:\[[^\]]*\])?==[^\s;*]+(?:\s*;.*)?$")
_SECONDS = 300


def lock_faults(lock: str, needed: Sequence[str], packages: dict[str, dict[str, Any]]) -> Iterator[str]:
    """A line for each thing that the lock files lack. ``needed`` are requirements as pyproject.toml words them."""
    lines = [line for line in lock.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    names = {_plain(line) for line in lines}
    for line in lines:
        if not _LOCKED.match(line):
            yield f"requirements.lock: {line.strip()!r} pins no version"
    for one in needed:
        if _plain(one) not in names:
            yield f"requirements.lock: {one!r} of pyproject.toml is not locked: run 'make lock'"
    for path, told in packages.items():
        if path and not told.get("integrity") and not told.get("link"):
            yield f"web-src/package-lock.json: {path} has no digest"
        if "resolved" in told:
            yield f"web-src/package-lock.json: {path} names a host: npm has 'omit-lockfile-registry-resolved'"
    own = packages.get("", {})
    for name in (*own.get("dependencies", {}), *own.get("devDependencies", {})):
        if f"node_modules/{name}" not in packages:
            yield f"web-src/package-lock.json: {name} of package.json is not locked"
    if "://" in lock:
        yield "requirements.lock: it names a host"


def package_faults(found: Sequence[Component], rules: dict[str, Any]) -> Iterator[str]:
    """A line for each package whose licence is not allowed, and for each with machine code that nobody expects."""
    names = frozenset(rules["allowed"]["licences"])
    for one in found:
        if one.licence and not allowed(one.licence, names):
            yield f"{one.kind} {one.name}: the licence {one.licence!r} is not allowed by tools/licences.toml"
        if one.kind == "pypi" and _plain(one.name) not in rules["native"]["packages"] and _native(one.name):
            yield f"pypi {one.name}: it brings machine code, which tools/licences.toml doesn't expect"


def weak_faults(found: Sequence[Component], known: Sequence[dict[str, str]]) -> Iterator[str]:
    """A line for each locked version that is older than the one that mends a weakness of the list."""
    for one in found:
        for weakness in known:
            same = (one.kind, _plain(one.name)) == (weakness["kind"], _plain(weakness["name"]))
            if same and _Version(one.version) < _Version(weakness["mended"]):
                yield f"{one.kind} {one.name} {one.version}: {weakness['id']}, mended in {weakness['mended']}"


def installed_faults(found: Sequence[Component], installed: dict[str, str]) -> Iterator[str]:
    """A line for each package of Python that is installed in a version that no line of the lock names."""
    locked: dict[str, list[str]] = {}
    for one in found:
        if one.kind == "pypi":
            locked.setdefault(_plain(one.name), []).append(one.version)
    for name, versions in locked.items():
        there = installed.get(name)
        if there is not None and not any(_Version(there) == _Version(version) for version in versions):
            yield f"pypi {name}: {there} is installed, and {' or '.join(versions)} is locked"


def allowed(licence: str, names: frozenset[str]) -> bool:
    """Whether all the licences that hold together are allowed, of alternatives one."""
    words = licence.strip()
    if words in names:
        return True
    for joint, every in ((" AND ", all), (" OR ", any)):
        parts = _parted(words, joint)
        if len(parts) > 1:
            return every(allowed(part, names) for part in parts)
    return words.startswith("(") and words.endswith(")") and allowed(words[1:-1], names)


def _parted(words: str, joint: str) -> list[str]:
    """The words between the joints that stand outside all brackets."""
    parts, depth, start = [], 0, 0
    for at, character in enumerate(words):
        depth += (character == "(") - (character == ")")
        if depth == 0 and words.startswith(joint, at):
            parts.append(words[start:at])
            start = at + len(joint)
    return [*parts, words[start:]]


def _plain(requirement: str) -> str:
    found = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else requirement


def _native(name: str) -> bool:
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return False
    return any(file.suffix in _NATIVE or ".so." in file.name for file in files)


def _offline() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    packages = json.loads((ROOT / "web-src" / "package-lock.json").read_text("utf-8"))["packages"]
    rules = tomllib.loads((ROOT / "tools" / "licences.toml").read_text("utf-8"))
    found = components()
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    known = tomllib.loads((ROOT / "tools" / "weaknesses.toml").read_text("utf-8"))["weakness"]
    installed = {_plain(one.metadata["Name"]): one.version for one in metadata.distributions()}
    return [
        *lock_faults(lock, needed, packages),
        *faults(found),
        *package_faults(found, rules),
        *weak_faults(found, known),
        *installed_faults(found, installed),
    ]


def _asked(command: Sequence[str], folder: Path) -> Any:
    """What a program tells in JSON; None where it is not there, takes too long or tells nothing."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False)
        return json.loads(done.stdout)
    except (OSError, subprocess.TimeoutExpired, json.JSONDecodeError):
        return None


def _online() -> Iterator[tuple[bool, str]]:
    """Lines, each with whether it is a fault."""
    program = os.environ.get("PIP_AUDIT", "pip-audit")
    told = _asked([program, "--no-deps", "--disable-pip", "--format=json", "-r", "requirements.lock"], ROOT)
    packages = told.get("dependencies", []) if isinstance(told, dict) else []
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    for one in packages:
        for weakness in one.get("vulns", []):
            yield True, f"pypi {one['name']} {one['version']}: {weakness['id']}"
    if not packages or unknown:
        yield False, f"NOT CHECKED by pip-audit: {len(unknown) or 'all'} packages, since its service did not know them"
    report = _asked(["npm", "audit", "--json"], ROOT / "web-src")
    if not isinstance(report, dict) or "vulnerabilities" not in report:
        yield False, "NOT CHECKED by npm audit: no package, since its service did not answer"
        return
    for name, one in report["vulnerabilities"].items():
        yield True, f"npm {name}: {one.get('severity', 'a')} weakness"


def main() -> int:
    """Tells every fault, and what was not looked up; 1 where there is a fault."""
    told = [(True, line) for line in _offline()]
    if "--online" in sys.argv[1:]:
        told += _online()
    else:
        told.append((False, "no service was asked for weaknesses newer than tools/weaknesses.toml ('make audit' asks)"))
    for _, line in told:
        print(line)
    return 1 if any(fault for fault, _ in told) else 0


if __name__ == "__main__":
    raise SystemExit(main())
