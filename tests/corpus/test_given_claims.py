"""Figures as a person gives them: how far they reach, and what they are a part of."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from twosource.closed_sets import ClaimType, FigureKind
from twosource.corpus.given_claims import SCOPED, as_given, checked_fields, claim_of, with_fields
from twosource.errors import UsageError
from twosource.records import Claim, Figure
from twosource.spans import Span

TEXT = "A raid killed 12\npeople, including five children. The war has killed 300 since May."


def figure(phrase: str, low: int, **fields: Any) -> Figure:
    span = Span(TEXT.index(phrase), TEXT.index(phrase) + len(phrase))
    return Figure(span=span, phrase=phrase, number=span, kind=FigureKind.KILLED, rule="r", low=low, high=low, **fields)


CLAIM = Claim(
    id="c",
    report="r",
    type=ClaimType.AIRSTRIKE,
    evidence=(Span(0, 47),),
    trigger=Span(2, 6),
    figures=(
        figure("12\npeople", 12, scope="event", unit="people"),
        figure("five children", 5, scope="event", part_of=7, unit="children"),
    ),
)


def forms() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = as_given(CLAIM, TEXT)["figures"]
    return told


def fixed(figures: list[dict[str, Any]], claim: Claim = CLAIM) -> Claim:
    return with_fields(claim, checked_fields({"figures": figures}, TEXT), TEXT)


def scopes(claim: Claim) -> list[tuple[str | None, str | None]]:
    return [(one["scope"], one["part_of"]) for one in as_given(claim, TEXT)["figures"]]


def test_a_figure_tells_its_scope_and_the_whole_that_it_is_a_part_of() -> None:
    assert scopes(CLAIM) == [("event", None), ("part", "12 people")]


def test_figures_that_are_given_as_they_are_stay_so() -> None:
    assert fixed(forms()).figures == CLAIM.figures


def test_a_figure_without_its_scope_keeps_the_one_that_was_read() -> None:
    given = [{"phrase": one["phrase"], "kind": one["kind"], "low": 6, "high": 6} for one in forms()]
    whole, part = fixed(given).figures
    assert (whole.scope, part.part_of, part.low, part.unit) == ("event", 7, 6, "children")


def test_a_total_that_runs_on_is_no_part_any_more() -> None:
    whole, part = forms()
    _, told = fixed([whole, part | {"scope": "total", "part_of": None}]).figures
    assert (told.scope, told.part_of, told.rule, told.unit) == ("total", None, SCOPED, "children")


def test_a_new_figure_is_a_part_of_one_that_is_given() -> None:
    total = {"phrase": "300", "kind": "killed", "low": 300, "high": 300, "scope": "total", "part_of": None}
    whole = forms()[0] | {"scope": "part", "part_of": "300"}
    laid = fixed([whole, total])
    assert [one.part_of for one in laid.figures] == [1, None]
    assert scopes(laid) == [("part", "300"), ("total", None)]
    assert laid.figures[0].scope == "event", "what was read of its own reach stays"


def test_the_whole_may_be_told_elsewhere() -> None:
    laid = fixed([forms()[1] | {"part_of": None}])
    assert (laid.figures[0].part_of, scopes(laid)) == (-1, [("part", None)])


def test_taking_one_figure_out_leaves_the_scope_of_the_others() -> None:
    total = {"phrase": "300", "kind": "killed", "low": 300, "high": 300, "scope": "total", "part_of": None}
    laid = fixed([*forms(), total])
    again = as_given(laid, TEXT)["figures"]
    assert scopes(fixed([again[0], again[2]], laid)) == [("event", None), ("total", None)]


def test_a_scope_that_was_given_stands_over_what_was_read_each_time() -> None:
    given = checked_fields({"figures": [forms()[0] | {"scope": "total"}, forms()[1] | {"part_of": None}]}, TEXT)
    laid = with_fields(CLAIM, given, TEXT)
    assert with_fields(CLAIM, given, TEXT) == laid
    assert fixed(as_given(laid, TEXT)["figures"], laid).figures == laid.figures


def test_an_added_claim_has_the_scopes_that_it_was_given() -> None:
    fields = checked_fields({"type": "airstrike", "evidence": ["A raid"], "figures": forms()}, TEXT)
    assert scopes(claim_of("new", "r", fields, TEXT)) == [("event", None), ("part", "12 people")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"scope": "whole"}, "figures: scope: there is no 'whole'"),
        ({"scope": "event", "part_of": "12 people"}, "unless its scope is 'part'"),
        ({"scope": "part", "part_of": "300"}, "is no other figure of this claim"),
        ({"scope": "part", "part_of": "five children"}, "is no other figure of this claim"),
    ],
)
def test_a_scope_that_can_not_be_meant_is_refused(change: dict[str, Any], reason: str) -> None:
    whole, part = forms()
    with pytest.raises(UsageError, match=reason):
        fixed([whole, part | change])


def test_a_figure_read_without_a_scope_has_none() -> None:
    bare = msgspec.structs.replace(CLAIM, figures=(figure("300", 300),))
    assert scopes(bare) == [(None, None)]
