"""Which regular expressions are told to be slow, and that none is missed. `make check` asks it of all of twosource."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def growth(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(TOOLS))
    return import_module("pattern_growth")


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+b", r"(a|a)*b", r"(\w+\s*)+:", r"(?:\w{1,40}\s{0,5}){1,7}:", r"(?:(?:a*)*)*b"],
)
def test_a_loop_that_can_be_gone_round_in_two_ways_is_exponential(growth: Any, pattern: str) -> None:
    assert "exponential" in growth.faults(pattern, 0, anchored=True)[0].growth


@pytest.mark.parametrize("pattern", [r"a*a*b", r".*\d.*x", r"\s*,?\s*$", r"(?:\d+,?)+\.", r".*y.*z$"])
def test_two_loops_that_share_characters_are_polynomial(growth: Any, pattern: str) -> None:
    assert growth.faults(pattern, 0, anchored=True)


@pytest.mark.parametrize("pattern", [r"\w+:", r"\s+$", r"a(?:.*b)?", r"a(?=.*b)", r"\b\w[\w-]*!"])
def test_a_search_that_begins_anew_in_a_run_is_polynomial(growth: Any, pattern: str) -> None:
    assert "polynomial" in growth.faults(pattern, 0, anchored=False)[0].growth


@pytest.mark.parametrize(
    "pattern",
    [r"\b\w+:", r"(?<!\s)\s+$", r"\s{1,9}$", r"(?:\w{1,40}\s{1,5}){1,7}:", r"\w+", r"^\s*x", r"a(?>.{0,40})b"],
)
def test_a_look_before_a_run_or_a_bound_makes_a_search_safe(growth: Any, pattern: str) -> None:
    assert growth.faults(pattern, 0, anchored=False) == []


@pytest.mark.parametrize("pattern", [r"a++a*b", r"(?>a+)a*b", r"(?:\w+\s+)+:", r"[^,]*,[^,]*,"])
def test_a_repeat_that_gives_nothing_back_is_safe_where_it_is_put(growth: Any, pattern: str) -> None:
    assert growth.faults(pattern, 0, anchored=True) == []


def test_the_text_that_slows_a_pattern_is_told(growth: Any) -> None:
    [fault] = growth.faults(r"(?:ab|a|b)*c", 0, anchored=True)
    assert set(fault.pump) == {"a", "b"}


def test_a_pattern_that_nobody_met_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))
    inventory = import_module("pattern_inventory")
    (tmp_path / "code.py").write_text(
        "import re\n_HERE = re.compile(r'a+')\n_HERE.match('a')\n"
        "re.search(f'x{1}+', 'x')\nre.compile(made())\nre.sub(given, '', '')\n",
        "utf-8",
    )
    monkeypatch.setattr(inventory, "SOURCE", tmp_path)
    calls = [(call.line, call.anchored, call.source) for call in inventory.calls_of_code()]
    assert calls == [(2, True, "a+"), (4, False, "xword+"), (5, False, "word"), (6, False, None)]
