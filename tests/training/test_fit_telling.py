"""What a claim is expected to be worth, fitted on made reports."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from training.fit_telling import Suspected, claim_f1, crosswise, fit, fitted, kept_of, worths_of

from twosource.knowledge.telling import SIGNS, Telling
from twosource.score.coded import CodedClaim

TEXT = "Raiders burnt the mill. The mill was old."


def claim(report: str, evidence: str, type_: str = "attack") -> CodedClaim:
    """A claim that names nobody."""
    told = {name: [] for name in ("actors", "targets", "places", "figures", "sources", "via")}
    row = {"report": report, "type": type_, "evidence": [evidence], "when": None, "negated": False, **told}
    colour = {"stance": "asserts", "certainty": "certain", "status": "happened"}
    return msgspec.convert({**row, **colour}, CodedClaim, strict=False)


def signs(sure: float) -> tuple[float, ...]:
    """Signs of which only the first says anything."""
    return (sure, *[0.0] * (len(SIGNS) - 1))


def report(number: int) -> Suspected:
    """A report with one coded claim, which the reader is sure of, beside one that nobody coded."""
    name = f"r{number}"
    found = [claim(name, "Raiders burnt the mill"), claim(name, "The mill was old", "other")]
    return Suspected(name, TEXT, [claim(name, "Raiders burnt the mill")], found, [signs(2.0), signs(-2.0)])


def test_a_claim_is_worth_its_fields_where_it_is_coded_and_else_nothing() -> None:
    assert worths_of(report(0)) == [1.0, 0.0]
    of_another_type = report(0)._replace(gold=[claim("r0", "Raiders burnt the mill", "bombing")])
    assert worths_of(of_another_type) == [pytest.approx(0.5), 0.0]


def test_the_fit_finds_what_tells_a_coded_claim() -> None:
    weights = fitted([report(number) for number in range(20)])
    assert weights["anchor"] > 0.1
    assert weights["bias"] == pytest.approx(0.5, abs=0.01)


def test_a_line_is_found_again() -> None:
    dice = np.random.default_rng(1)
    rows = dice.normal(size=(4000, len(SIGNS)))
    weights = fit(rows, 0.3 + rows @ np.linspace(-0.2, 0.4, len(SIGNS)))
    assert [weights[name] for name in SIGNS] == pytest.approx(np.linspace(-0.2, 0.4, len(SIGNS)), abs=0.01)
    assert weights["bias"] == pytest.approx(0.3, abs=0.01)


def test_what_is_not_worth_telling_costs_nothing_any_more() -> None:
    reports = [report(number) for number in range(12)]
    everything = Telling(weights={**dict.fromkeys(SIGNS, 0.0), "bias": 1.0}, least=0.0)
    assert claim_f1(reports, [everything] * len(reports)) == pytest.approx(2 / 3)
    assert claim_f1(reports, crosswise(reports, 0.3, seed=0)) == 1.0


def test_a_claim_of_a_rule_is_told_in_any_case() -> None:
    nothing = Telling(weights={**dict.fromkeys(SIGNS, 0.0), "bias": 0.0}, least=1.0)
    assert kept_of(report(0)._replace(signs=[None, signs(1.0)]), nothing) == report(0).found[:1]
