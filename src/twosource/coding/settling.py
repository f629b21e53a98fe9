"""Settling where coders differ: one coder's claim, another one, or none becomes the decision in the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from twosource.coding.compared import Comparison, compare
from twosource.coding.tasks import task_named
from twosource.corpus.coding.coded import coded_claim
from twosource.corpus.coding.matching import Unit, match
from twosource.corpus.decided_claims import DecidedClaim, Mark, subjects_of
from twosource.corpus.given_claims import as_given, checked_fields
from twosource.corpus_records import Decision
from twosource.deciding.claims import addition, decision_on, held_report
from twosource.errors import UsageError
from twosource.records import Report
from twosource.store import Project
from twosource.store.decided_claims import overlay_of
from twosource.store.decisions import append, lock_log

__all__ = ["settle", "settle_agreed"]


def settle(
    project: Project,
    task: str,
    report: str,
    unit: str,
    *,
    who: str,
    reason: str,
    choose: str | None = None,
    fields: Mapping[str, Any] | None = None,
) -> tuple[Decision, ...]:
    """Makes one claim of a unit the decision of the project; returns the entries, that on the claim first.

    ``choose`` names the coder whose claim it is; ``fields`` is another claim, in the form of ``deciding.fix``; neither
    says that there is no claim. A claim of the engine that was in the unit too, and is not the one chosen, is rejected.
    Raises UsageError for a unit that isn't there or is settled: take that entry back first.
    """
    with project.writing() as connection:
        lock_log(connection)
        found = _comparison(connection, task, report)
        one = next((known for known in found.units if known.id == unit), None)
        if one is None:
            raise UsageError("there is no such claim to settle: load the page again")
        if unit in found.settled:
            number = found.settled[unit].decision.number
            raise UsageError(f"that is settled already, by entry {number}: take it back first")
        return _settle(connection, found, one, choose, fields, who=who, reason=reason)


def settle_agreed(project: Project, task: str, report: str, *, who: str) -> tuple[Decision, ...]:
    """Makes decisions of all units of a report that every coder has alike, and of the claims that every coder rejected.

    Returns the entries. What was settled or decided on already is left as it is.
    """
    with project.writing() as connection:
        lock_log(connection)
        found = _comparison(connection, task, report)
        coders = found.task.coders
        reason = f"coded alike by {' and '.join(coders)} in {task}"
        kept: list[Decision] = []
        for unit in found.open_units:
            if unit.is_agreed and not _is_decided(connection, report, unit):
                kept += _settle(connection, found, unit, coders[0], None, who=who, reason=reason)
        for id_ in found.rejected:
            source, claims = held_report(connection, report), overlay_of(connection, report).claims
            one = _standing(claims, id_)
            if one is not None and one.mark is Mark.READ:
                made = decision_on(claims, source, id_, "reject", {}, who=who, reason=reason)
                kept.append(append(connection, made))
    return tuple(kept)


def _is_decided(connection: Connection, report: str, unit: Unit) -> bool:
    claims = overlay_of(connection, report).claims
    known = (_standing(claims, claim.read or claim.id) for claim in unit.present)
    return any(one is not None and one.mark is not Mark.READ for one in known)


def _comparison(connection: Connection, task: str, report: str) -> Comparison:
    found = compare(connection, task_named(connection, task), report)
    if found is None:
        raise UsageError(f"not all coders have finished {report!r} in {task!r}")
    return found


def _settle(
    connection: Connection,
    found: Comparison,
    unit: Unit,
    choose: str | None,
    fields: Mapping[str, Any] | None,
    *,
    who: str,
    reason: str,
) -> tuple[Decision, ...]:
    source = held_report(connection, found.report)
    chosen = _chosen(found, unit, choose, fields, source)
    claims = overlay_of(connection, source.id).claims
    targets = _targets(claims, source, found, unit, choose, chosen)
    made = [_entry(claims, source, next(iter(targets), None), unit, chosen, who=who, reason=reason)]
    rejected = f"another claim of the same words was chosen: {reason}" if chosen is not None else reason
    made += [decision_on(claims, source, id_, "reject", {}, who=who, reason=rejected) for id_ in targets[1:]]
    mark = {"task": found.task.name, "unit": unit.id, "chose": choose}
    made[0] = msgspec.structs.replace(made[0], before={**made[0].before, "settles": mark})
    return tuple(append(connection, one) for one in made)


def _chosen(
    found: Comparison, unit: Unit, choose: str | None, fields: Mapping[str, Any] | None, source: Report
) -> dict[str, Any] | None:
    """What the project is to say, in the form that the report as it stands takes; None: that there is no claim."""
    if fields is not None:
        return checked_fields(fields, source.text)
    if choose is None:
        return None
    if choose not in found.task.coders:
        raise UsageError(
            f"{choose!r} is no coder of {found.task.name!r}: it is coded by {', '.join(found.task.coders)}"
        )
    claim = unit.claims[found.task.coders.index(choose)]
    if claim is None:
        return None
    told = dict(claim.fields)
    if source.digest != found.digest:  # places in another version say nothing; the words must stand there once
        told["evidence"] = [run["words"] for run in told["evidence"]]
    return checked_fields(told, source.text)


def _targets(
    claims: Sequence[DecidedClaim],
    source: Report,
    found: Comparison,
    unit: Unit,
    choose: str | None,
    chosen: Mapping[str, Any] | None,
) -> list[str]:
    """The claims of the project (ids) that the unit is about, the one of the coder chosen first.

    Where nobody coded one of the engine's, that of the chosen type which the engine read in the same words.
    """
    at = found.task.coders.index(choose) if choose is not None else 0
    ordered = [one for one in (unit.claims[at], *unit.present) if one is not None]
    ids = list(dict.fromkeys(one.read or one.id for one in ordered))
    known = [id_ for id_ in ids if _standing(claims, id_) is not None]
    if known or chosen is None:
        return known
    standing = [one for one in claims if one.mark is not Mark.REJECTED and one.claim.type.value == chosen["type"]]
    theirs = [coded_claim(one.claim.id, None, as_given(one.claim, source.text)) for one in standing]
    units = match(source.id, [[coded_claim("chosen", None, chosen)], theirs])
    return [unit.claims[1].id for unit in units if unit.claims[0] is not None and unit.claims[1] is not None]


def _entry(
    claims: Sequence[DecidedClaim],
    source: Report,
    target: str | None,
    unit: Unit,
    chosen: Mapping[str, Any] | None,
    *,
    who: str,
    reason: str,
) -> Decision:
    """The entry that makes the project say what was chosen; not yet kept."""
    one = _standing(claims, target) if target is not None else None
    if one is None or target is None:
        if chosen is not None:
            return addition(claims, source, chosen, who=who, reason=reason)
        return addition(claims, source, unit.present[0].fields, who=who, reason=reason, verdict="reject")
    if chosen is None:
        return decision_on(claims, source, target, "reject", {}, who=who, reason=reason)
    told = as_given(one.claim, source.text)
    changed = {name: value for name, value in chosen.items() if value != told[name]}
    return decision_on(claims, source, target, "fix" if changed else "accept", changed, who=who, reason=reason)


def _standing(claims: Sequence[DecidedClaim], id_: str) -> DecidedClaim | None:
    """The claim of the project with this id."""
    return next((one for one in claims if id_ in (one.claim.id, subjects_of(one)[1])), None)
