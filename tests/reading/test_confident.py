"""Claims of which the reader is too little sure are left out, and told."""

from __future__ import annotations

import pytest

from twosource.closed_sets import ClaimType, Severity
from twosource.reading.confident import LEFT_OUT, confident
from twosource.records import Claim, Reading, Report
from twosource.spans import Span


def claim(id_: str, confidence: float | None, denies: str | None = None) -> Claim:
    return Claim(
        id=id_,
        report="r",
        type=ClaimType.SHELLING,
        evidence=(Span(0, 7),),
        trigger=Span(0, 7),
        confidence=confidence,
        denies=denies,
    )


def kept(least: float, *claims: Claim) -> Reading:
    reading = Reading(report=Report(id="r", text="Shelled it was."), claims=claims)
    return confident(least).run([reading], None)[0]


@pytest.mark.parametrize(
    ("confidence", "stays"), [(0.29, False), (0.3, True), (None, True)], ids=["below", "at", "told by rules"]
)
def test_claims_below_the_confidence_are_left_out(confidence: float | None, stays: bool) -> None:
    assert bool(kept(0.3, claim("a", confidence)).claims) is stays


def test_each_claim_left_out_leaves_a_note_at_its_words() -> None:
    reading = kept(0.3, claim("a", 0.1), claim("b", 0.2), claim("c", 0.9))
    assert [(i.code, i.severity, i.span) for i in reading.issues] == [(LEFT_OUT, Severity.NOTE, Span(0, 7))] * 2
    assert "0.10" in reading.issues[0].reason


def test_a_denial_of_what_was_left_out_stays_without_its_link() -> None:
    (denial,) = kept(0.3, claim("a", 0.1), claim("b", 0.9, denies="a")).claims
    assert denial.denies is None


def test_stages_of_other_confidences_have_other_names() -> None:
    assert confident(0.3).name != confident(0.31).name
