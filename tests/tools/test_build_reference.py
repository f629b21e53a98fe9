from __future__ import annotations

import runpy
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "build_reference.py"


@pytest.fixture(autouse=True)
def _beside_the_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(TOOL.parent)


def test_the_pages_are_what_the_code_says() -> None:
    main = runpy.run_path(str(TOOL))["main"]
    assert main(["--check"]) == 0, "run 'python tools/build_reference.py'"


def test_the_check_tells_of_an_outdated_page(tmp_path: Path) -> None:
    tool = runpy.run_path(str(TOOL))
    tool["main"].__globals__["PAGE"] = tmp_path / "reference" / "commands.md"
    tool["main"].__globals__["EXPORTS"] = tmp_path / "reference" / "exports.md"
    tool["main"].__globals__["API"] = tmp_path / "reference" / "api.md"
    assert tool["main"](["--check"]) == 1
    assert tool["main"]([]) == 0
    assert tool["main"](["--check"]) == 0
