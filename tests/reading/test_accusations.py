from __future__ import annotations

import itertools

import msgspec
import pytest

from twosource.closed_sets import ClaimType, Stance, Status
from twosource.reading.accusations import Accusations
from twosource.records import Claim, Named
from twosource.spans import Span


def named(*names: str) -> tuple[Named, ...]:
    return tuple(Named(name=name, span=Span(0, 1), said_at=Span(0, 1)) for name in names)


def told(at: int, sources: str = "", *, actors: str = "army", type_: str = "shelling") -> Claim:
    return Claim(
        id=f"claim-{at}",
        report="r",
        type=ClaimType(type_),
        trigger=Span(at, at + 1),
        evidence=(Span(at, at + 1),),
        actors=named(*actors.split()),
        sources=named(*sources.split()),
    )


def denied(at: int, sources: str = "", *, actors: str = "army", type_: str = "shelling") -> Claim:
    return msgspec.structs.replace(told(at, sources, actors=actors, type_=type_), negated=True)


@pytest.mark.parametrize(
    ("claim", "others", "answered"),
    [
        (denied(9, "army"), [told(1, "rebels")], 1),
        (denied(0, "army"), [told(1, "rebels")], 1),
        (denied(9, "army"), [told(1, "rebels"), told(2, "mayor")], 1),
        (denied(9, "army"), [told(1, "army"), told(2, "army rebels"), told(3, "mayor")], 3),
        (denied(9), [told(1)], None),
        (denied(9), [told(1, "rebels")], 1),
        (denied(9, "army"), [told(1)], 1),
        (denied(0, "army"), [told(1)], None),
        (denied(5, "army"), [told(7), told(6), told(4), told(3), told(8, "rebels")], 4),
        (denied(9, "army"), [told(1, "rebels", actors="navy")], None),
        (denied(9, "army", actors="armyman"), [told(1, "rebels", actors="army")], 1),
        (denied(9, "army"), [told(1, "rebels", type_="airstrike")], 1),
        (denied(9, "army"), [told(1, "rebels", type_="kills")], None),
        (denied(9, "army", actors=""), [told(1, "rebels")], 1),
        (denied(9, "army"), [msgspec.structs.replace(told(1, "rebels"), stance=Stance.DENIES)], None),
        (denied(9, "army"), [msgspec.structs.replace(told(1, "rebels"), status=Status.PLANNED)], None),
        (denied(9, "army"), [denied(1, "rebels")], None),
    ],
)
def test_the_first_deed_that_a_negated_claim_answers(claim: Claim, others: list[Claim], answered: int | None) -> None:
    found = Accusations([*others, claim]).answered_by(claim)
    assert found is (next(one for one in others if one.trigger.start == answered) if answered is not None else None)


def test_of_all_that_could_be_meant_it_is_the_first_in_the_report() -> None:
    sources = ["", "army", "rebels", "mayor", "army rebels"]
    for order in itertools.permutations([(1, ""), (2, "rebels"), (3, "army"), (4, "army mayor"), (6, "")]):
        claims = [told(at, words) for at, words in order]
        for source in sources:
            claim, mine = denied(5, source), set(source.split())
            fitting = (
                one
                for one, (at, words) in zip(claims, order, strict=True)
                if (words and not mine & set(words.split())) or (not words and mine and at < 5)
            )
            assert Accusations([*claims, claim]).answered_by(claim) is next(fitting, None)
