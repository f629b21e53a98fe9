from __future__ import annotations

import itertools

import pytest

from twosource.reading import longer_names
from twosource.reading.longer_names import LongerNames, words_of
from twosource.spans import Span


def names_of(*names: str) -> tuple[LongerNames, dict[Span, str]]:
    """The names as they would stand one after the other, and which of them stands where."""
    ends = itertools.accumulate(len(name) + 1 for name in names)
    held = {Span(end - len(name) - 1, end - 1): name for name, end in zip(names, ends, strict=True)}
    return LongerNames((span, words_of(name)) for span, name in held.items()), held


@pytest.mark.parametrize(
    ("short", "names", "longest"),
    [
        ("Moro", ["Ilan Moro"], "Ilan Moro"),
        ("Moro", ["Ilan Moro", "Dan Ilan Moro", "Dov Ilan Moro"], "Dan Ilan Moro"),
        ("Ilan", ["Ilan Moro"], None),
        ("Ilan Moro", ["Ilan Moro"], None),
        ("Moro", ["A B C D Moro"], None),
        ("Observatory", ["Border Observatory for Peace"], "Border Observatory for Peace"),
        ("Peace", ["Border Observatory for Peace"], None),
        ("Peace Observatory", ["Border Observatory for Peace"], "Border Observatory for Peace"),
        ("Front", ["Popular Front", "Popular Front of Darrem"], "Popular Front of Darrem"),
        ("BOP", ["Border Observatory for Peace"], "Border Observatory for Peace"),
        ("NDAO", ["National Dan Offices Authority"], "National Dan Offices Authority"),
        ("BO", ["Old Border"], None),
        ("bop", ["Border Observatory for Peace"], None),
        ("of", ["Bank of Darrem"], None),
        ("...", ["Bank of Darrem"], None),
    ],
)
def test_the_longest_name_for_which_another_is_short(short: str, names: list[str], longest: str | None) -> None:
    longer, held = names_of(*names)
    found = longer.longest_for(short)
    assert (held[found] if found else None) == longest


def test_the_order_of_other_names_and_names_told_twice_change_nothing() -> None:
    names = ["Dan Moro", "Bank of Moro", "Ilan Dan Moro", "Dan Moro", "Moro Front for Dan", "Dov Dan Moro"]
    for order in itertools.permutations(names):
        longer, held = names_of(*order)
        first = next(name for name in order if name in ("Ilan Dan Moro", "Dov Dan Moro"))
        found = longer.longest_for("Dan Moro")
        assert found is not None
        assert held[found] == first
        assert found == min(span for span, name in held.items() if name == first)


def test_of_many_names_few_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    longer, held = names_of(*(f"{first}{last} Moro{last}" for first in "BCDFG" for last in range(400)))
    tried = list[tuple[str, ...]]()
    is_short_for = longer_names._is_short_for
    monkeypatch.setattr(longer_names, "_is_short_for", lambda *asked: tried.append(asked[1]) or is_short_for(*asked))
    for last in range(400):
        found = longer.longest_for(f"Moro{last}")
        assert found is not None
        assert held[found] == f"B{last} Moro{last}"
    assert len(tried) == 400
