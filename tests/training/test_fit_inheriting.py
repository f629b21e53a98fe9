"""The fit of what a claim takes from others of its report, on made cases."""

from __future__ import annotations

import pytest
from training.coded import fold_of
from training.fit_inheriting import Case, fit, fitted

from twosource.reading.inheriting import PLACE_MEASURES, TIME_MEASURES

LEAST = {"places": 0.4, "times": 0.3}


def made(report: str, right: bool, **measures: float) -> list[Case]:
    return [Case(report, right, measures)] * 40


def test_what_stands_by_right_offers_speaks_for_one() -> None:
    cases = [
        *made("a", True, back=1.0, often=1.0),
        *made("b", False, back=0.0, often=1.0),
        *made("c", False, back=0.2, often=0.0),
    ]
    model = fit(cases, ("back", "often"), 0.4)
    assert model.least == 0.4
    assert model.of({"back": 1.0, "often": 1.0}) > 0.8
    assert model.of({"back": 0.0, "often": 1.0}) < 0.2


def test_a_fold_is_judged_by_the_others() -> None:
    names = {fold_of(name): name for name in "abcdefghijklmnop"}
    one, other = names[0], names[1]
    cases = [*made(one, True, back=1.0), *made(one, False, back=0.0)]
    cases += [*made(other, False, back=1.0), *made(other, True, back=0.0)]
    kinds = {"places": cases, "times": cases}
    without_other, without_one = fitted(kinds, LEAST, 1), fitted(kinds, LEAST, 0)
    assert without_other.places.of({"back": 1.0}) > 0.8
    assert without_one.places.of({"back": 1.0}) < 0.2
    assert set(without_one.times.weights) == set(TIME_MEASURES)
    assert set(without_one.places.weights) == set(PLACE_MEASURES)
    assert fitted(kinds, LEAST).times.of({"back": 1.0}) == pytest.approx(0.5, abs=0.01)
