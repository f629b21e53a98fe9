"""Leaves out the claims of which the reader is less sure than asked, and says of each that it was left out."""

from __future__ import annotations

from functools import partial

import msgspec

from twosource.closed_sets import Severity
from twosource.records import Claim, Issue, Reading
from twosource.stage import Batch, Stage

__all__ = ["LEFT_OUT", "confident"]

LEFT_OUT = "claim-left-out"
"""The code of the issue that stands for a claim that was left out."""


def confident(least: float) -> Stage[object]:
    """The stage that keeps the claims of this confidence and above, and those that tell none, as rules make them."""
    return Stage(name=f"confidence-from-{least:g}", version=1, run=partial(_keep, least=least))


def _keep(batch: Batch, _equipment: object, *, least: float) -> list[Reading]:
    return [_kept(reading, least) for reading in batch]


def _kept(reading: Reading, least: float) -> Reading:
    unsure = {c.id: c for c in reading.claims if c.confidence is not None and c.confidence < least}
    if not unsure:
        return reading
    claims = tuple(_without_answer(c, unsure) for c in reading.claims if c.id not in unsure)
    issues = (*reading.issues, *(_issue(reading, claim, least) for claim in unsure.values()))
    return msgspec.structs.replace(reading, claims=claims, issues=issues)


def _without_answer(claim: Claim, gone: dict[str, Claim]) -> Claim:
    """The claim; one that denies a claim which is gone denies it no longer by its id."""
    return msgspec.structs.replace(claim, denies=None) if claim.denies in gone else claim


def _issue(reading: Reading, claim: Claim, least: float) -> Issue:
    return Issue(
        code=LEFT_OUT,
        stage="confidence",
        reason=f"a claim ({claim.type.value}) was left out: its confidence is {claim.confidence:.2f}, "
        f"below {least:g}; read with a lower --min-confidence to keep it",
        severity=Severity.NOTE,
        report=reading.report.id,
        span=claim.trigger,
    )
