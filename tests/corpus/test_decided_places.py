"""Words on names of places, laid over the places of a report."""

from __future__ import annotations

import msgspec
import pytest

from twosource.closed_sets import ClaimType
from twosource.corpus.decided_places import PERSON, lay_places, place_key, places_meant
from twosource.corpus_records import Decision, DecisionKind
from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.records import Claim, Named, Place
from twosource.spans import Span

TEXT = "Rebels hit Al-Vorrim. In al Vorrim nobody slept. Kerat is far."
HERE = GazetteerPlace(
    id="geonames:1", name="Vorrim", kind="city", country="SY", admin1="Nevrin", admin2=None, lat=36.5, lon=37.5,
    population=900, precision="town", basis="source",
)  # fmt: skip
FIRST = Place(span=Span(11, 20), name="Al-Vorrim", rule="unresolved")
SECOND = Place(span=Span(25, 34), name="al Vorrim", rule="only-one", place="geonames:7", country="TR", lat=1.0, lon=2.0)
OTHER = Place(span=Span(49, 54), name="Kerat", rule="unresolved")
PLACES = (FIRST, SECOND, OTHER)


def word(verdict: str, *subjects: str, number: int = 1, place: GazetteerPlace = HERE) -> Decision:
    value = {"place": msgspec.to_builtins(place)} if verdict == "locate" else {}
    return Decision(
        kind=DecisionKind.PLACE, subjects=subjects, verdict=verdict, value=value, reason="x", who="a", number=number
    )


def claim_at(name: str, span: Span) -> Claim:
    named = Named(name=name, span=span, said_at=span)
    return Claim(
        id="c", report="r", type=ClaimType.SHELLING, evidence=(Span(0, 20),), trigger=Span(7, 10), places=(named,)
    )


def test_without_a_word_the_places_are_as_read() -> None:
    assert lay_places(PLACES, (), ()) == PLACES


def test_a_name_is_laid_wherever_it_stands_whatever_its_case_and_signs() -> None:
    first, second, other = lay_places(PLACES, (), [word("locate", "r", "Al-Vorrim")])
    for one in (first, second):
        assert (one.place, one.country, one.admin1, one.lat, one.rule) == ("geonames:1", "SY", "Nevrin", 36.5, PERSON)
    assert other == OTHER


def test_what_is_said_of_one_report_counts_before_what_is_said_of_all() -> None:
    there = msgspec.structs.replace(HERE, id="geonames:2")
    words = [word("locate", "r", "al Vorrim", number=1), word("locate", "Al-Vorrim", number=2, place=there)]
    assert {one.place for one in lay_places(PLACES, (), words)[:2]} == {"geonames:1"}
    assert {one.place for one in lay_places(PLACES, (), words[1:])[:2]} == {"geonames:2"}


def test_what_cant_be_placed_is_nowhere_even_where_it_was_found() -> None:
    first, second, _ = lay_places(PLACES, (), [word("unplaced", "r", "al vorrim")])
    assert (first.place, first.rule) == (None, PERSON)
    assert (second.place, second.country, second.lat, second.rule) == (None, None, None, PERSON)


def test_what_cant_be_placed_stays_within_what_holds_it() -> None:
    within = msgspec.structs.replace(FIRST, within="geonames:9", country="SY", lat=3.0)
    [found] = lay_places([within], (), [word("unplaced", "r", "Al-Vorrim")])
    assert (found.within, found.country, found.lat, found.rule) == ("geonames:9", "SY", 3.0, PERSON)


def test_a_claims_place_that_was_never_found_in_the_text_becomes_one() -> None:
    found = lay_places([OTHER], [claim_at("Al-Vorrim", Span(11, 20))], [word("locate", "r", "Al-Vorrim")])
    assert [(one.span, one.place) for one in found] == [(Span(11, 20), "geonames:1"), (OTHER.span, None)]


def test_a_place_that_a_claim_calls_otherwise_is_meant_too() -> None:
    [found] = lay_places([OTHER], [claim_at("Kerat town", OTHER.span)], [word("locate", "r", "Kerat town")])
    assert (found.name, found.place) == ("Kerat", "geonames:1")


@pytest.mark.parametrize(
    ("one", "other"), [("al-Bab", "Al Bab"), ("Deir  ez-Zor", "deir ez zor"), ("Ma’arra", "Ma'arra")]
)
def test_spellings_of_case_and_signs_are_one_name(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


def test_other_letters_are_other_names() -> None:
    assert place_key("Kerat") != place_key("Kerrat")


def test_a_place_within_the_words_of_a_claim_is_meant_by_them() -> None:
    wide = claim_at("Kerat is far", Span(49, 61))
    assert places_meant(PLACES, [wide], "kerat is far") == [OTHER]
    assert places_meant(PLACES, [wide], "Vorrim") == []
    first, second, found = lay_places(PLACES, [wide], [word("locate", "r", "Kerat is far")])
    assert (first, second) == (FIRST, SECOND)
    assert (found.span, found.name, found.place, found.rule) == (OTHER.span, "Kerat", "geonames:1", PERSON)


def test_a_place_at_the_words_that_stand_for_a_claims_place_is_meant_too() -> None:
    named = Named(name="Nevrin town", span=Span(36, 42), said_at=OTHER.span)
    claim = msgspec.structs.replace(claim_at("Nevrin town", OTHER.span), places=(named,))
    found = {one.name: one.place for one in lay_places([OTHER], [claim], [word("locate", "r", "Nevrin town")])}
    assert found["Kerat"] == "geonames:1"


def test_the_words_that_are_a_places_own_count_before_wider_ones() -> None:
    there = msgspec.structs.replace(HERE, id="geonames:2")
    claims = [claim_at("Kerat is far", Span(49, 61)), claim_at("Kerat town", OTHER.span)]
    words = [word("locate", "r", "Kerat is far"), word("locate", "r", "Kerat town", number=2, place=there)]
    assert [one.place for one in lay_places([OTHER], claims, words)] == ["geonames:2"]
