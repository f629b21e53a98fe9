"""Decisions on claims of a report that no longer apply, as since it was read again, and the claim nearest to each."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.corpus.words import fold_words
from twosource.deciding import no_longer_apply
from twosource.records import Claim
from twosource.store import Project
from twosource.views.decisions import DecisionState, decision_rows
from twosource.views.reading import ReportView
from twosource.web.decision_words import Link, Told, told
from twosource.web.laying import LaidReading
from twosource.web.wording import report_path

__all__ = ["LapsedDecision", "lapsed_in", "nearest_claim"]

_LIKE = 0.3  # of the words of two runs of evidence that are the same: with fewer, nothing is near


class LapsedDecision(msgspec.Struct, frozen=True):
    """A decision that no longer applies, in words, and the claim nearest to what it was about; None for none near."""

    told: Told
    nearest: Link | None


def lapsed_in(project: Project, view: ReportView, found: LaidReading) -> tuple[LapsedDecision, ...]:
    """Those on claims of the view's report, the newest first; none for an older version, which takes no decisions."""
    if not view.version.current:
        return ()
    report = found.reading.report
    decisions = [one.decision for one in no_longer_apply(project, report.id)][::-1]
    rows = [row for row in decision_rows(project, decisions) if row.state is DecisionState.NO_LONGER_APPLIES]
    return tuple(LapsedDecision(one, _nearest(one, found)) for one in told(project, rows))


def nearest_claim(words: str, type_: str | None, claims: Sequence[Claim], text: str) -> Claim | None:
    """The claim that shares most words with these, of this type before others; None where all share few."""
    near = [(like, claim) for claim in claims if (like := _likeness(words, _words(claim, text))) >= _LIKE]
    return max(near, key=lambda one: (one[1].type == type_, one[0]), default=(0.0, None))[1]


def _nearest(one: Told, found: LaidReading) -> Link | None:
    decision, report = one.row.decision, found.reading.report
    type_ = (decision.before.get("claim") or decision.value).get("type")
    claim = nearest_claim(one.quote, type_, found.standing, report.text)
    if claim is None:
        return None
    start = claim.evidence[0].start if claim.evidence else 0
    return Link(_words(claim, report.text), f"{report_path(report.id, at=start)}#{claim.id}")


def _words(claim: Claim, text: str) -> str:
    return " … ".join(span.of(text) for span in claim.evidence)


def _likeness(one: str, other: str) -> float:
    mine, theirs = set(fold_words(one).keys), set(fold_words(other).keys)
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
