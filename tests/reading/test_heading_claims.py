"""A headline and the body: what is told in both is one claim, what differs is two."""

from __future__ import annotations

import pytest
from tests.signalled import Make, event

from twosource.closed_sets import ClaimType


def _told(make: Make, head: str, body: str, **parts: object) -> list[tuple[int, list[str]]]:
    """The runs and targets of the claims of a headline and a body that both tell of shelling."""
    text = f"{head}\n\n{body}"
    first = event(text, "Shells", ClaimType.SHELLING, evidence=head, **parts)
    second = event(text, "fire", ClaimType.SHELLING, evidence=body.rstrip("."), targets="a market", sourced=0.0)
    return [(len(claim.evidence), [n.name for n in claim.targets]) for claim in make(text, first, second)]


def test_a_headline_that_the_body_tells_again_is_one_claim(make: Make) -> None:
    told = _told(make, "Shells on Goma market kill nine", "Artillery fire hit a market in Goma, killing nine people.")
    assert [runs for runs, _ in told] == [2]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Shells on Goma market kill nine", "Artillery fire hit a market in Goma, killing eleven people."),
        ("Shells on Goma school kill nine pupils", "Artillery fire hit a market, killing nine people."),
    ],
    ids=["figure", "target"],
)
def test_a_headline_that_differs_is_a_claim_of_its_own(make: Make, head: str, body: str) -> None:
    parts = {"targets": "Goma school"} if "school" in head else {}
    assert [runs for runs, _ in _told(make, head, body, **parts)] == [1, 1]


def test_the_first_line_of_a_text_without_more_is_no_headline(make: Make) -> None:
    text = "Shells hit Goma."
    assert [
        len(c.evidence) for c in make(text, event(text, "hit", ClaimType.SHELLING, evidence=text[:-1], places="Goma"))
    ] == [1]
