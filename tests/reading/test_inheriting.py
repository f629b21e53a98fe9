"""What a claim takes from others of its report: by models made by hand, so that no fitted weight is asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

import msgspec
import pytest

from twosource.closed_sets import ClaimType
from twosource.knowledge.inheriting import Inheriting, Likelihood, load_inheriting
from twosource.knowledge.word_sets import load_word_sets
from twosource.reading.inheriting import PLACE_MEASURES, TIME_MEASURES, Tellings, inherited
from twosource.reading.merging import Apart
from twosource.reading.signals import Part
from twosource.reading.tree import Tree
from twosource.records import Claim, Named, Reading, When
from twosource.spans import Span

TEXT = "Rebels shelled Lyon on Monday. They also shot a nurse in Nice. The shelling of the town killed two. It rained."
NEVER = Likelihood(bias=0.0, weights={}, least=2.0)
DAY = datetime.date(2020, 5, 4)
Told = Callable[..., Tellings]


def claim(word: str, type_: ClaimType, *places: str, when: str | None = None) -> Claim:
    """A claim of the text, with the event word and the places by their words."""

    def span(words: str) -> Span:
        return Span(at := TEXT.index(words), at + len(words))

    return Claim(
        id="",
        report="r",
        type=type_,
        evidence=(span(word),),
        trigger=span(word),
        places=tuple(Named(name=p, span=span(p), said_at=span(p)) for p in places),
        when=When(phrase=when, span=span(when), start=DAY, end=DAY) if when else None,
    )


SHELLED = claim("shelled", ClaimType.SHELLING, "Lyon", when="Monday")
SHOT = claim("shot", ClaimType.SHOOTING, "Nice")
SHELLING = claim("shelling", ClaimType.SHELLING)
RAINED = claim("rained", ClaimType.OTHER)


@pytest.fixture
def told(read: Callable[[str], Reading]) -> Told:
    def tellings(*claims: Claim, pointed: Mapping[Span, float] | None = None) -> Tellings:
        parts = {
            one.trigger: tuple(
                Part(span=named.said_at, score=(pointed or {}).get(one.trigger, 0.0)) for named in one.places
            )
            for one in claims
        }
        apart = Apart(types=frozenset(), small=frozenset())
        return Tellings(claims, Tree(read(TEXT)), apart, load_word_sets(), parts)

    return tellings


def places_by(name: str, weight: float = 10.0) -> Inheriting:
    """A model that takes the place with the highest of one measure, where that is above a half."""
    return Inheriting(places=Likelihood(bias=-weight / 2, weights={name: weight}, least=0.6), times=NEVER)


def named(one: Claim) -> list[str]:
    return [place.name for place in one.places]


def test_the_likeliest_place_is_taken(told: Told) -> None:
    tellings = told(SHELLED, SHOT, SHELLING)
    assert named(inherited(tellings, places_by("kin"))[2]) == ["Lyon"]
    assert named(inherited(tellings, places_by("last"))[2]) == ["Nice"]
    assert named(inherited(tellings, places_by("lead", -10.0))[2]) == []


def test_a_place_of_its_own_counts_as_much_as_the_reader_is_sure_of_it(told: Told) -> None:
    own = claim("shelling", ClaimType.SHELLING, "town")
    model = Inheriting(places=Likelihood(bias=1.0, weights={"own": -3.0}, least=0.5), times=NEVER)
    unsure, sure = (told(SHELLED, own, pointed={own.trigger: score}) for score in (0.1, 0.9))
    assert named(inherited(unsure, model)[1]) == ["Lyon"]
    assert named(inherited(sure, model)[1]) == ["town"]


def test_what_is_counted_since_a_day_takes_no_place_but_a_country(read: Callable[[str], Reading]) -> None:
    always = Inheriting(places=Likelihood(bias=1.0, weights={}, least=0.5), times=NEVER)
    killed = claim("killed", ClaimType.KILLS)
    since = msgspec.structs.replace(killed, when=When(phrase="since 2011", span=killed.trigger, start=DAY))
    apart = Apart(types=frozenset(), small=frozenset())

    def taken(toll: Claim, countries: tuple[str, ...]) -> list[str]:
        tellings = Tellings((SHELLED, toll), Tree(read(TEXT)), apart, load_word_sets(), {}, countries)
        return named(inherited(tellings, always)[1])

    assert taken(killed, ()) == ["Lyon"]
    assert taken(since, ()) == []
    assert taken(since, ("Lyon",)) == ["Lyon"]


def test_a_time_is_taken_by_claims_without_one(told: Told) -> None:
    always = Inheriting(places=NEVER, times=Likelihood(bias=1.0, weights={}, least=0.5))
    first, shot, later = inherited(told(SHELLED, SHOT, SHELLING), always)
    assert [one.when and one.when.phrase for one in (first, shot, later)] == ["Monday"] * 3
    assert first == SHELLED


def test_measures_say_what_the_claims_have_to_do_with_each_other(told: Told) -> None:
    tellings = told(SHELLED, SHOT, SHELLING, RAINED)
    lyon, nice = (offer.measures for offer in tellings.places(2))
    assert (lyon["kin"], nice["kin"]) == (1.0, 0.0)
    assert (lyon["back"], nice["back"]) == (pytest.approx(1 / 3), 0.5)
    assert (lyon["last"], nice["last"]) == (0.0, 1.0)
    assert lyon["whereabouts"] == 1.0
    assert tellings.places(3)[0].measures["whereabouts"] == 0.0
    (monday,) = (offer.measures for offer in tellings.times(2))
    assert (monday["pointed_at"], monday["short"], monday["one_event"]) == (1.0, 1.0, 1.0)
    assert set(PLACE_MEASURES) <= set(lyon)
    assert set(TIME_MEASURES) <= set(monday)


def test_the_packaged_model_weighs_the_measures_that_are_taken() -> None:
    model = load_inheriting()
    assert set(model.places.weights) == set(PLACE_MEASURES)
    assert set(model.times.weights) == set(TIME_MEASURES)
    assert 0 < model.places.least < 1
    assert 0 < model.times.least < 1


def test_what_is_taken_is_what_another_claim_tells(told: Told) -> None:
    always = Inheriting(
        places=Likelihood(bias=1.0, weights={"own": -9.0}, least=0.5), times=Likelihood(bias=1.0, weights={}, least=0.5)
    )
    taken = inherited(told(SHELLED, SHELLING, pointed={SHELLED.trigger: 1.0}), always)[1]
    assert msgspec.structs.replace(SHELLING, places=SHELLED.places, when=SHELLED.when) == taken
