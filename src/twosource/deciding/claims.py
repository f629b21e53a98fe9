"""Decisions on claims: to accept one, to reject or fix it, to add one that was missed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from twosource.corpus.decided_claims import DecidedClaim, Mark, subjects_of
from twosource.corpus.given_claims import added_id, as_given, checked_fields, claim_of, with_fields
from twosource.corpus.held_fixes import value_now
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.records import Claim, Report
from twosource.store import Project, tables
from twosource.store.decided_claims import overlay_of
from twosource.store.decisions import append, decisions_in_force, entries_from, lock_log
from twosource.store.lineage import reports_with

__all__ = [
    "accept",
    "add",
    "addition",
    "decided_claims",
    "decision_on",
    "decisions_since",
    "fix",
    "held_report",
    "reject",
    "report_of",
]

_AS_IT_STANDS = "as it stands"


def decided_claims(project: Project, report: str) -> tuple[DecidedClaim, ...]:
    """The claims of a report by their place in the text, each with its mark; rejected ones too.

    Raises UsageError for a report that the project doesn't hold.
    """
    with project.looking() as connection:
        held_report(connection, report)
        return overlay_of(connection, report).claims


def report_of(project: Project, claim: str) -> str:
    """The id of the report that a claim (its id) is of, read now or decided on once. Raises UsageError for no such."""
    with project.looking() as connection:
        decided = decisions_in_force(connection, DecisionKind.CLAIM, about=claim)
        if decided:
            return decided[-1].subjects[0]
        columns = tables.claim.c
        found = connection.execute(select(columns.report).where(columns.id == claim).limit(1)).scalar()
    if found is None:
        raise UsageError(f"there is no claim {claim!r}: 'twosource claims --json' prints the ids")
    return str(found)


def decisions_since(project: Project, report: str, claims: Collection[str], number: int) -> tuple[Decision, ...]:
    """The entries of the log after entry ``number`` on a claim of a report, by any of its ids; the oldest first."""
    with project.looking() as connection:
        entries = entries_from(connection, DecisionKind.CLAIM, number + 1)
    return tuple(one for one in entries if one.subjects[0] == report and one.subjects[1] in claims)


def accept(
    project: Project, report: str, claim: str, *, who: str, reason: str = _AS_IT_STANDS, expected: int | None = None
) -> Decision:
    """Keeps that the claim is right as it stands, with what was fixed in it before; returns the entry.

    ``claim`` is its id. ``expected`` is ``DecidedClaim.seen`` as the person saw it; None doesn't ask. Raises UsageError
    for a report or a claim that isn't there, ConflictError where somebody else has decided on it meanwhile.
    """
    return _decide(project, report, claim, "accept", {}, who=who, reason=reason, expected=expected)


def reject(
    project: Project, report: str, claim: str, *, who: str, reason: str, expected: int | None = None
) -> Decision:
    """Keeps that the report makes no such claim; raises as ``accept`` does. What was fixed before stays in the log."""
    return _decide(project, report, claim, "reject", {}, who=who, reason=reason, expected=expected)


def fix(
    project: Project,
    report: str,
    claim: str,
    fields: Mapping[str, Any],
    *,
    who: str,
    reason: str,
    expected: int | None = None,
) -> Decision:
    """Keeps other values for some fields of a claim, over those fixed before; raises as ``accept`` does.

    ``fields`` are the codebook's: {'type': 'airstrike', 'actors': ['Badr'], 'when': {'phrase', 'start', 'end'} or None,
    'figures': [{'phrase', 'kind', 'low', 'high', 'scope', 'part_of'}], 'evidence': [[start, end]], 'negated': False,
    ...}. Each value must be in its closed set and stand in the report; UsageError names the first that doesn't. A
    figure's scope is 'event', 'total', 'part' or None, and ``part_of`` the phrase of another figure of the claim;
    where they are left out, what was read stays.
    """
    if not fields:
        raise UsageError(f"nothing is fixed in {claim}: give at least one field")
    return _decide(project, report, claim, "fix", fields, who=who, reason=reason, expected=expected)


def add(
    project: Project, report: str, fields: Mapping[str, Any], *, who: str, reason: str, expected: int | None = None
) -> Decision:
    """Keeps a claim that was missed: its type, its evidence and any other field, in the form of ``fix``.

    The second of its subjects is the new claim's id. Raises UsageError for values that can't be meant, and for a claim
    that stands already.
    """
    with project.writing() as connection:
        lock_log(connection)
        source = held_report(connection, report)
        entry = addition(overlay_of(connection, report).claims, source, fields, who=who, reason=reason)
        return append(connection, entry, expected=expected)


def _decide(
    project: Project,
    report: str,
    claim: str,
    verdict: str,
    fields: Mapping[str, Any],
    *,
    who: str,
    reason: str,
    expected: int | None,
) -> Decision:
    with project.writing() as connection:
        lock_log(connection)
        source = held_report(connection, report)
        claims = overlay_of(connection, report).claims
        entry = decision_on(claims, source, claim, verdict, fields, who=who, reason=reason)
        return append(connection, entry, expected=expected)


def decision_on(
    claims: Sequence[DecidedClaim],
    report: Report,
    claim: str,
    verdict: str,
    fields: Mapping[str, Any],
    *,
    who: str,
    reason: str,
) -> Decision:
    """The entry that accepts, rejects or fixes a claim (its id) of those that stand in the report; not yet kept.

    Raises UsageError for a claim that isn't among them and for fields that can't be meant.
    """
    one = _claim(claims, report.id, claim)
    given = checked_fields(fields, report.text)
    with_fields(one.claim, given, report.text)
    value = {**(one.decision.value if one.decision else {}), **given}
    if "figures" in value and "figures" not in given:
        value["figures"] = _figures_as_they_stand(one, value["figures"], report)
    return Decision(
        kind=DecisionKind.CLAIM,
        subjects=subjects_of(one),
        verdict=verdict,
        value=value,
        before=_before(one, report),
        reason=reason,
        who=who,
    )


def _figures_as_they_stand(one: DecidedClaim, own: Any, report: Report) -> Any:
    """The figures that a claim's ``own`` decision gave, or all as they stand where others changed some."""
    if one.as_read is None or one.decision is None:
        return own
    laid = with_fields(one.as_read, value_now(one.decision, one.as_read, report), report.text)
    return own if laid.figures == one.claim.figures else as_given(one.claim, report.text)["figures"]


def addition(
    claims: Sequence[DecidedClaim],
    report: Report,
    fields: Mapping[str, Any],
    *,
    who: str,
    reason: str,
    verdict: str = "add",
) -> Decision:
    """The entry that adds a claim to those that stand in the report; not yet kept.

    Another ``verdict`` says of a claim that no reader found and nobody added what is said of those that are there.
    Raises UsageError for values that can't be meant, and for a claim that stands already.
    """
    value = checked_fields(fields, report.text)
    id_ = added_id(report.id, value)
    _refuse_known(claims, claim_of(id_, report.id, value, report.text))
    return Decision(
        kind=DecisionKind.CLAIM,
        subjects=(report.id, id_),
        verdict=verdict,
        value=value,
        before={"read": None, "claim": None, "digest": report.digest},
        reason=reason,
        who=who,
    )


def _before(one: DecidedClaim, report: Report) -> dict[str, Any]:
    """What stood there, and by what the claim is found again when the report is read anew."""
    read = one.as_read
    told = as_given(read, report.text) if read else None
    return {
        "read": {"id": read.id, **told} if read and told else None,
        "claim": as_given(one.claim, report.text),
        "digest": report.digest,
    }


def held_report(connection: Connection, report: str) -> Report:
    """The current version of a report. Raises UsageError for one that the project doesn't hold."""
    found = reports_with(connection, [report])
    if report not in found:
        raise UsageError(f"there is no report {report!r}: see them with 'twosource serve' or 'twosource claims'")
    return found[report]


def _claim(claims: Sequence[DecidedClaim], report: str, claim: str) -> DecidedClaim:
    for one in claims:
        if claim in (one.claim.id, subjects_of(one)[1]):
            return one
    raise UsageError(f"{report} has no claim {claim!r}: it may have been read again; look at the report anew")


def _refuse_known(claims: Sequence[DecidedClaim], claim: Claim) -> None:
    for one in claims:
        known, same_source = one.claim, [v.name for v in one.claim.sources] == [v.name for v in claim.sources]
        if (
            one.mark is not Mark.REJECTED
            and same_source
            and (known.type, known.evidence) == (claim.type, claim.evidence)
        ):
            raise UsageError(f"that claim stands already, as {known.id}: accept or fix it")
