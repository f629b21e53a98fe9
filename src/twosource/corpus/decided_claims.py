"""Lays people's decisions over the claims of one report as they were read. Nothing that was read is changed.

A decision finds its claim by its id, else by its type and its evidence: the same words at the same place, or, in
another version of the report, wherever they stand; a fix also where other words of the claim were changed since. One
that finds none is told with the reason, and never dropped.
What was accepted stands as accepted only while it is read as it was.
A figure that was corrected in one claim is corrected in the others that hold it, where nobody decided on it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from twosource.corpus.corrected_figures import CorrectedFigure, FigureKey, corrected_figures, with_corrected
from twosource.corpus.given_claims import as_given, claim_of, with_fields
from twosource.corpus.held_fixes import is_still_fixed, value_now
from twosource.corpus_records import Decision
from twosource.errors import UsageError
from twosource.records import Claim, Report

__all__ = ["DecidedClaim", "Lapsed", "Mark", "Overlay", "lay_over", "subjects_of"]


class Mark(StrEnum):
    """How a claim stands: as the engine read it, or as a person left it."""

    READ = "as read"
    ACCEPTED = "accepted"
    FIXED = "fixed"
    REJECTED = "rejected"
    ADDED = "added"


_MARKS = {"accept": Mark.ACCEPTED, "reject": Mark.REJECTED, "fix": Mark.FIXED, "add": Mark.ADDED}


class DecidedClaim(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A claim as it stands, the words of its evidence, and the decision that made it so.

    ``as_read`` is what the engine read, None for a claim that only a person found. ``rank`` is the claim's place in the
    reading (added ones come after). ``seen`` is the number of the last entry in the log on this claim, 0 for none:
    whoever decides on it hands that on.
    """

    claim: Claim
    evidence: tuple[str, ...]
    mark: Mark = Mark.READ
    decision: Decision | None = None
    as_read: Claim | None = None
    rank: int = 0
    seen: int = 0

    @property
    def who(self) -> str | None:
        """Who decided, None where nobody did."""
        return self.decision.who if self.decision else None

    @property
    def why(self) -> str | None:
        """The reason that was given, None where nobody decided."""
        return self.decision.reason if self.decision else None


class Lapsed(msgspec.Struct, frozen=True):
    """A decision that no longer applies, and why."""

    decision: Decision
    reason: str


class Overlay(msgspec.Struct, frozen=True):
    """The claims of a report, rejected ones too, by their place in the text, and the decisions that no longer apply."""

    claims: tuple[DecidedClaim, ...]
    lapsed: tuple[Lapsed, ...] = ()


def subjects_of(one: DecidedClaim) -> tuple[str, str]:
    """The subjects of a decision on the claim: those of the decision that stands on it, so that one log tells both."""
    if one.decision is not None:
        report, claim = one.decision.subjects
        return report, claim
    return one.claim.report, one.claim.id


def lay_over(
    report: Report, claims: Sequence[Claim], decisions: Iterable[Decision], seen: Mapping[tuple[str, ...], int]
) -> Overlay:
    """The claims with the decisions in force on them; a later decision on a claim counts before an earlier one.

    ``seen`` holds the number of the last entry in the log on each pair of subjects.
    """
    lapsed: list[Lapsed] = []
    lost: list[Lapsed] = []
    on: dict[int, Decision] = {}
    added: list[DecidedClaim] = []
    for decision in sorted(decisions, key=lambda one: one.number):
        try:
            rank = _rank_of(decision, report, claims)
            if rank is None:
                added.append(_added(decision, report, len(claims) + len(added), seen))
                continue
        except UsageError as fault:
            lost.append(Lapsed(decision, str(fault)))
            continue
        if rank in on:
            lapsed.append(Lapsed(on[rank], f"entry {decision.number} is a later decision on the same claim"))
        on[rank] = decision
    for one in lost:
        reworded = [rank for rank in _reworded(one.decision, report, claims) if rank not in on]
        if len(reworded) == 1:
            on[reworded[0]] = one.decision
        else:
            lapsed.append(one)
    told = _Told(report, seen, _corrected(claims, on, report), lapsed)
    found = [_decided(rank, claim, on.get(rank), told) for rank, claim in enumerate(claims)]
    return Overlay(tuple(sorted([*found, *added], key=_place)), tuple(sorted(lapsed, key=lambda one: _number(one))))


def _place(one: DecidedClaim) -> tuple[int, int]:
    return (one.claim.evidence[0].start if one.claim.evidence else one.claim.trigger.start, one.rank)


def _number(one: Lapsed) -> int:
    return one.decision.number


class _Told(msgspec.Struct, frozen=True):
    """What decisions on a report's claims tell beside the one on each; ``lapsed`` takes those that no longer apply."""

    report: Report
    seen: Mapping[tuple[str, ...], int]
    corrected: Mapping[FigureKey, CorrectedFigure]
    lapsed: list[Lapsed]


def _corrected(claims: Sequence[Claim], on: Mapping[int, Decision], report: Report) -> dict[FigureKey, CorrectedFigure]:
    """The figures that decisions in force correct; what a later one says of a figure counts."""
    found: dict[FigureKey, CorrectedFigure] = {}
    for rank, decision in sorted(on.items(), key=lambda one: one[1].number):
        if "figures" in decision.value:
            try:
                laid = with_fields(claims[rank], value_now(decision, claims[rank], report), report.text)
            except UsageError:  # it is told as lapsed where it is laid over its claim
                continue
            found |= corrected_figures(claims[rank], laid, decision.number)
    return found


def _decided(rank: int, claim: Claim, decision: Decision | None, told: _Told) -> DecidedClaim:
    """The claim with the decision and what was corrected elsewhere; what no longer applies goes among the lapsed."""
    laid, mark = claim, Mark.READ
    if decision is not None:
        try:
            laid = with_fields(claim, value_now(decision, claim, told.report), told.report.text)
            mark = _MARKS[decision.verdict]
        except UsageError as fault:
            told.lapsed.append(Lapsed(decision, str(fault)))
            decision = None
    own = decision.number if decision is not None and "figures" in decision.value else None
    shared = laid if mark is Mark.REJECTED else with_corrected(laid, claim, told.corrected, own)
    if decision is not None and mark is Mark.ACCEPTED:
        if not _read_otherwise(laid, decision, told.report):
            shared = laid
        elif changed := _read_otherwise(shared, decision, told.report):
            told.lapsed.append(Lapsed(decision, f"what was accepted is read otherwise now: {', '.join(changed)}"))
            mark, decision = (Mark.FIXED, decision) if decision.value else (Mark.READ, None)
    return DecidedClaim(
        claim=shared,
        evidence=_words(shared, told.report),
        mark=mark,
        decision=decision,
        as_read=claim,
        rank=rank,
        seen=told.seen.get(decision.subjects if decision else (told.report.id, claim.id), 0),
    )


def _read_otherwise(claim: Claim, decision: Decision, report: Report) -> list[str]:
    """The fields of an accepted claim that are not what they were when it was accepted."""
    accepted, now = decision.before["claim"], as_given(claim, report.text)
    known = {name for figure in accepted["figures"] for name in figure}  # older entries say nothing of scopes
    now["figures"] = [{name: one[name] for name in one if name in known} for one in now["figures"]]
    if decision.before["digest"] != report.digest:  # places in another version say nothing
        accepted, now = ({**one, "evidence": [run["words"] for run in one["evidence"]]} for one in (accepted, now))
    return [name for name in now if now[name] != accepted[name]]


def _added(decision: Decision, report: Report, rank: int, seen: Mapping[tuple[str, ...], int]) -> DecidedClaim:
    claim = claim_of(decision.subjects[1], report.id, decision.value, report.text)
    return DecidedClaim(
        claim=claim,
        evidence=_words(claim, report),
        mark=_MARKS[decision.verdict],
        decision=decision,
        rank=rank,
        seen=seen.get(decision.subjects, 0),
    )


def _words(claim: Claim, report: Report) -> tuple[str, ...]:
    return tuple(span.of(report.text) for span in claim.evidence)


def _rank_of(decision: Decision, report: Report, claims: Sequence[Claim]) -> int | None:
    """The place of the claim that is decided on; None for one that no reader found.

    Raises UsageError, which says why, where the claim was read once and is no more.
    """
    read = decision.before.get("read")
    if read is None:
        return _rank_of_same(decision, report, claims)
    known = [rank for rank, claim in enumerate(claims) if claim.id in (decision.subjects[1], read["id"])]
    if known:
        return known[0]
    moved = decision.before["digest"] != report.digest
    alike = [rank for rank, claim in enumerate(claims) if _is_evidence_of(claim, read["evidence"], report, moved)]
    same = [rank for rank in alike if claims[rank].type == read["type"]]
    if len(same) > 1:
        same = [rank for rank in same if _names(claims[rank]) == (read["sources"], read["actors"])]
    if len(same) == 1:
        return same[0]
    raise UsageError(_why_none(read, [claims[rank] for rank in alike], several=len(same) > 1))


def _reworded(decision: Decision, report: Report, claims: Sequence[Claim]) -> list[int]:
    """The places of claims that may be the one that was fixed, in other words, where its own stand nowhere now."""
    read = decision.before.get("read")
    if read is None or decision.before["digest"] == report.digest:
        return []
    if any(_is_evidence_of(claim, read["evidence"], report, True) for claim in claims):
        return []
    return [rank for rank, claim in enumerate(claims) if is_still_fixed(decision, claim, report)]


def _rank_of_same(decision: Decision, report: Report, claims: Sequence[Claim]) -> int | None:
    """The place of a claim that a person had to add once, and that is read now."""
    value = decision.value
    same = [
        rank
        for rank, claim in enumerate(claims)
        if claim.type == value.get("type")
        and _is_evidence_of(claim, value.get("evidence", []), report, moved=True)
        and [one.name for one in claim.sources] == value.get("sources", [])
    ]
    return same[0] if len(same) == 1 else None


def _is_evidence_of(claim: Claim, runs: Sequence[Mapping[str, Any]], report: Report, moved: bool) -> bool:
    if [span.of(report.text) for span in claim.evidence] != [run["words"] for run in runs]:
        return False
    return moved or [(span.start, span.end) for span in claim.evidence] == [(run["start"], run["end"]) for run in runs]


def _names(claim: Claim) -> tuple[list[str], list[str]]:
    return [one.name for one in claim.sources], [one.name for one in claim.actors]


def _why_none(read: Mapping[str, Any], alike: Sequence[Claim], *, several: bool) -> str:
    words = " … ".join(run["words"] for run in read["evidence"])
    if several:
        return f"several claims rest on {words!r} now, and none is plainly the one decided on"
    if alike:
        return f"{words!r} is read as {' and '.join(one.type for one in alike)} now, no longer as {read['type']}"
    return f"no {read['type']} is read in {words!r} any more"
