from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).parents[2] / "tools"
LOCK = "alpha==1.0\n    # via twosource\nbeta[x]==2.1 ; sys_platform == 'win32'\n"
PACKAGES: dict[str, dict[str, Any]] = {
    "": {"dependencies": {"one": "1.0.0"}},
    "node_modules/one": {"version": "1.0.0", "integrity": "sha512-AAAA", "license": "MIT"},
}


@pytest.fixture
def audit(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(TOOLS))
    return import_module("audit")


def test_locks_that_pin_everything_have_no_fault(audit: Any) -> None:
    assert list(audit.lock_faults(LOCK, ["Alpha>=0.9", "beta"], PACKAGES)) == []


@pytest.mark.parametrize(
    ("lock", "needed", "extra", "word"),
    [
        ("alpha>=1\n", [], {}, "pins no version"),
        (LOCK, ["gamma>=1"], {}, "'gamma>=1'"),
        (LOCK + "# --index-url https://example.org\n", [], {}, "host"),
        (LOCK, [], {"node_modules/two": {"version": "1"}}, "no digest"),
        (LOCK, [], {"node_modules/two": {"integrity": "sha512-AA", "resolved": "https://x"}}, "host"),
        (LOCK, [], {"": {"dependencies": {"three": "1"}}}, "three"),
    ],
)
def test_what_a_lock_lacks_is_told(audit: Any, lock: str, needed: list[str], extra: dict[str, Any], word: str) -> None:
    [line] = audit.lock_faults(lock, needed, {**PACKAGES, **extra})
    assert word in line


@pytest.mark.parametrize(
    ("licence", "fine"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("MIT AND (BSD OR GPL-3.0-only)", True),
        ("(MIT OR BSD)", True),
        ("(MIT) AND (GPL-3.0-only)", False),
    ],
)
def test_licences_that_hold_together_must_all_be_allowed(audit: Any, licence: str, fine: bool) -> None:
    assert audit.allowed(licence, frozenset({"MIT", "BSD"})) is fine


def test_every_locked_package_stands_in_the_bill_with_version_and_licence(audit: Any) -> None:
    bill = import_module("build_sbom")
    made = bill.sbom(bill.components())
    assert all(one["version"] and one["licenses"][0]["license"]["name"] for one in made["components"])
    names = {one["purl"] for one in made["components"]}
    assert any(name.startswith("pkg:pypi/msgspec@") for name in names)
    assert any(name.startswith("pkg:npm/htmx.org@") for name in names)
    assert bill.sbom(bill.components()) == made


def test_a_package_without_a_licence_is_told(audit: Any) -> None:
    bill = import_module("build_sbom")
    [line] = bill.faults([bill.Component("npm", "one", "1.0", "")])
    assert "one" in line and "licence" in line


@pytest.mark.parametrize(("version", "count"), [("1.9.9", 1), ("1.10.0", 0), ("2.0", 0)])
def test_a_version_older_than_one_that_mends_a_known_weakness_is_told(audit: Any, version: str, count: int) -> None:
    bill = import_module("build_sbom")
    known = [{"kind": "pypi", "name": "a-b", "mended": "1.10.0", "id": "CVE-0"}]
    lines = list(audit.weak_faults([bill.Component("pypi", "A_b", version, "MIT")], known))
    assert len(lines) == count
    assert all("CVE-0" in line for line in lines)
    assert list(audit.weak_faults([bill.Component("npm", "a-b", version, "MIT")], known)) == []


def test_what_is_installed_in_another_version_than_the_locked_one_is_told(audit: Any) -> None:
    bill = import_module("build_sbom")
    found = [bill.Component("pypi", name, "1.0", "MIT") for name in ("one", "two", "three", "four")]
    found.append(bill.Component("pypi", "four", "1.1", "MIT"))  # for an older Python
    [line] = audit.installed_faults(found, {"one": "1.0.0", "two": "1.1", "four": "1.1"})
    assert "two" in line


def test_the_checks_of_every_submission_write_the_bill_and_audit() -> None:
    recipe = (TOOLS.parent / "Makefile").read_text("utf-8").partition("\ncheck-data:")[2].partition("\n\n")[0]
    assert "tools/build_sbom.py build/sbom.cdx.json" in recipe
    assert "tools/audit.py" in recipe
