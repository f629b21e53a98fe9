"""Which claims of a report are one claim, on claims made by hand."""

from __future__ import annotations

import msgspec
import pytest

from twosource.closed_sets import ClaimType, FigureKind, Stance
from twosource.reading.merging import Apart, merge_claims
from twosource.records import Claim, Figure, Named
from twosource.spans import Span

APART = Apart(frozenset({ClaimType.DEMANDS}), frozenset({"the"}))


def _named(name: str) -> Named:
    return Named(name=name, span=Span(0, 1), said_at=Span(0, 1))


def _figure(low: int) -> Figure:
    return Figure(
        span=Span(0, 1), phrase=str(low), number=Span(0, 1), kind=FigureKind.KILLED, rule="x", low=low, high=low
    )


LEAD = Claim(
    id="",
    report="r",
    type=ClaimType.SHELLING,
    evidence=(Span(0, 20),),
    trigger=Span(5, 9),
    actors=(_named("army"),),
    targets=(_named("Karesh"),),
)
BODY = msgspec.structs.replace(LEAD, evidence=(Span(50, 80),), trigger=Span(60, 64), places=(_named("Vale"),))


def test_a_lead_and_the_sentence_that_spells_it_out_are_one_claim_with_two_runs() -> None:
    [claim] = merge_claims([BODY, LEAD], "digest", APART)
    assert claim.evidence == (Span(0, 20), Span(50, 80))
    assert [n.name for n in claim.places] == ["Vale"]


@pytest.mark.parametrize(
    "other",
    [
        msgspec.structs.replace(BODY, type=ClaimType.AIRSTRIKE),
        msgspec.structs.replace(BODY, stance=Stance.DENIES),
        msgspec.structs.replace(BODY, negated=True),
        msgspec.structs.replace(BODY, sources=(_named("police"),)),
        msgspec.structs.replace(BODY, actors=(_named("rebels"),)),
        msgspec.structs.replace(BODY, figures=(_figure(12),)),
    ],
    ids=["type", "stance", "negated", "voice", "actor", "figure"],
)
def test_claims_that_differ_stay_apart(other: Claim) -> None:
    first = msgspec.structs.replace(LEAD, figures=(_figure(9),))
    assert len(merge_claims([first, other], "digest", APART)) == 2


def test_the_order_of_claims_changes_nothing() -> None:
    other = msgspec.structs.replace(BODY, type=ClaimType.AIRSTRIKE)
    assert merge_claims([LEAD, BODY, other], "d", APART) == merge_claims([other, BODY, LEAD], "d", APART)


def test_ids_tell_reports_and_claims_apart() -> None:
    other = msgspec.structs.replace(BODY, type=ClaimType.AIRSTRIKE)
    ids = {claim.id for digest in "ab" for claim in merge_claims([LEAD, other], digest, APART)}
    assert len(ids) == 4
