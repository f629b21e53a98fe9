"""Scores who is taken to say each hand-coded claim: the innermost attribution that covers half of its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twosource.errors import UsageError
from twosource.records import Attribution, Reading
from twosource.score.agreement import place_runs, same_name
from twosource.score.coded import CodedClaim

__all__ = ["innermost", "score_sources", "told_sources"]

_COVERED = 0.5


def score_sources(gold: Sequence[CodedClaim], readings: Mapping[str, Reading]) -> dict[str, float]:
    """sourced_accuracy: of the claims coded with a source, the share given one of theirs, by name.

    unsourced_false: of those in the report's own voice, the share given any source; sourced_missed: of the sourced
    ones, the share given none. Claims whose evidence does not stand in their report are left out and counted as
    evidence_not_in_text. Raises UsageError where the gold holds no claim with a source or none without.
    """
    told = [(claim, told_sources(claim, readings[claim.report])) for claim in gold]
    placed = [(claim, names) for claim, names in told if names is not None]
    sourced = [(claim.sources, names) for claim, names in placed if claim.sources]
    unsourced = [names for claim, names in placed if not claim.sources]
    if not sourced or not unsourced:
        raise UsageError("the gold needs claims with a source and claims without one")
    right = sum(any(same_name(a, b) for a in coded for b in names) for coded, names in sourced)
    return {
        "sourced": len(sourced),
        "unsourced": len(unsourced),
        "evidence_not_in_text": len(told) - len(placed),
        "sourced_accuracy": right / len(sourced),
        "sourced_missed": sum(not names for _, names in sourced) / len(sourced),
        "unsourced_false": sum(bool(names) for names in unsourced) / len(unsourced),
    }


def told_sources(claim: CodedClaim, reading: Reading) -> tuple[str, ...] | None:
    """The names of the sources of the claim's innermost attribution; None where its evidence isn't in the report."""
    runs = place_runs(claim, reading.report.text)
    if not runs:
        return None
    found = innermost(runs, reading.attributions)
    return tuple(voice.name for voice in found.sources) if found else ()


def innermost(runs: set[int], attributions: Sequence[Attribution]) -> Attribution | None:
    """The attribution with the shortest content among those that count and cover half of the offsets in ``runs``."""
    best: tuple[int, Attribution] | None = None
    for one in attributions:
        covered = sum(len(runs.intersection(range(span.start, span.end))) for span in one.content)
        size = sum(len(span) for span in one.content)
        if one.counts and covered >= _COVERED * len(runs) and (best is None or size < best[0]):
            best = (size, one)
    return best[1] if best else None
