from __future__ import annotations

from typing import Any

import pytest

from twosource.closed_sets import ClaimType
from twosource.corpus.coding.agreement import agreement_on
from twosource.corpus.coding.coded import CodedClaim, coded_claim
from twosource.corpus.coding.matching import Unit, match

FIELDS: dict[str, Any] = {
    "type": "shelling",
    "actors": ["Norland"],
    "targets": [],
    "places": ["Vale"],
    "when": {"phrase": "Monday", "start": "2031-03-03", "end": "2031-03-03"},
    "figures": [{"phrase": "ten", "kind": "killed", "low": 10, "high": 10}],
    "sources": [],
    "via": [],
    "stance": "asserts",
    "certainty": "certain",
    "status": "happened",
    "negated": False,
}


def claim(id_: str, start: int = 0, end: int = 20, **fields: Any) -> CodedClaim:
    run = {"start": start, "end": end, "words": "x" * (end - start)}
    return coded_claim(id_, None, {**FIELDS, "evidence": [run], **fields})


def ids(units: tuple[Unit, ...]) -> list[tuple[str | None, ...]]:
    return [tuple(one.id if one else None for one in unit.claims) for unit in units]


def test_claims_of_the_same_words_are_one_unit_and_others_are_missing() -> None:
    units = match("r", [[claim("a1"), claim("a2", 50, 70)], [claim("b1", 2, 20), claim("b2", 90, 99)]])
    assert ids(units) == [("a1", "b1"), ("a2", None), (None, "b2")]


def test_of_claims_of_the_same_words_those_of_one_type_match() -> None:
    units = match("r", [[claim("a1"), claim("a2", type="kills")], [claim("b1", type="kills"), claim("b2")]])
    assert sorted(ids(units), key=str) == [("a1", "b2"), ("a2", "b1")]


def test_another_type_of_the_same_words_is_the_same_unit_and_differs() -> None:
    [unit] = match("r", [[claim("a1")], [claim("b1", type="agrees")]])
    assert unit.differs == ("type",)
    assert not unit.is_agreed


@pytest.mark.parametrize(
    ("end", "is_one"), [(20, True), (80, True), (81, False)], ids=["the same", "four times as long", "longer still"]
)
def test_words_inside_longer_ones_match_up_to_four_times_as_long(end: int, is_one: bool) -> None:
    assert (len(match("r", [[claim("a")], [claim("b", 0, end)]])) == 1) is is_one


def test_a_third_coder_is_matched_to_what_two_found() -> None:
    coded = [[claim("a1")], [claim("b1"), claim("b2", 50, 70)], [claim("c1", 52, 70), claim("c2", 1, 20)]]
    assert ids(match("r", coded)) == [("a1", "b1", "c2"), (None, "b2", "c1")]


def test_units_keep_their_ids() -> None:
    coded = [[claim("a1"), claim("a2", 50, 70)], [claim("b1")]]
    assert [one.id for one in match("r", coded)] == [one.id for one in match("r", [coded[0][::-1], coded[1]])]
    assert len({one.id for one in match("r", coded)}) == 2


@pytest.mark.parametrize(
    ("fields", "differs"),
    [
        ({"actors": ["The norland"]}, ()),
        ({"actors": ["Sud"]}, ("actors",)),
        ({"when": None}, ("when",)),
        ({"figures": []}, ("figures",)),
        ({"figures": [{"phrase": "ten", "kind": "killed", "low": 10, "high": None}]}, ("figures",)),
        ({"certainty": "probable", "status": "ongoing"}, ("certainty", "status")),
    ],
)
def test_a_unit_names_the_fields_in_which_its_claims_differ(fields: dict[str, Any], differs: tuple[str, ...]) -> None:
    [unit] = match("r", [[claim("a")], [claim("b", **fields)]])
    assert unit.differs == differs


def test_agreement_tells_what_was_found_and_each_field() -> None:
    figure = {"phrase": "twelve", "kind": "killed", "low": 12, "high": 12}
    coded = [
        [claim("a1"), claim("a2", 50, 70, type=ClaimType.KILLS), claim("a3", 80, 99)],
        [claim("b1", figures=[figure]), claim("b2", 50, 70, type=ClaimType.KILLS)],
    ]
    found = agreement_on(("Ana", "Ben"), match("r", coded))
    assert (found.units, found.alike) == (3, 1)
    [pair] = found.found
    assert (pair.claims, pair.both, pair.f1) == ((3, 2), 2, pytest.approx(0.8))
    assert found.fields["type"].alpha == 1.0
    assert found.fields["figures"].units == 2
    assert found.fields["status"].alpha is None  # one value throughout
    assert found.fields["status"].agreement == 1.0


def test_who_finds_nothing_agrees_in_nothing_that_can_be_told() -> None:
    found = agreement_on(("Ana", "Ben"), match("r", [[], []]))
    assert found.found[0].f1 is None
    assert found.fields["type"].units == 0
