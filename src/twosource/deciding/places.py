"""Decisions on names of places: where one is, or that it can't be placed; in a report, or in all that use the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection

from twosource.corpus.decided_claims import Lapsed
from twosource.corpus.decided_places import LOCATE, UNPLACED, name_of, place_key
from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding.claims import held_report
from twosource.errors import UsageError
from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.records import Place
from twosource.store import Project
from twosource.store.decided_claims import overlay_of
from twosource.store.decided_places import reports_naming
from twosource.store.decisions import append, lock_log
from twosource.store.lineage import reports_with
from twosource.store.query import located_reports

__all__ = ["lapsed_places", "locate", "unplaced"]

_LOCATED = "after looking at the gazetteer"
_UNPLACED = "no place of the gazetteer is meant"


def locate(
    project: Project,
    name: str,
    place: GazetteerPlace,
    *,
    who: str,
    report: str | None = None,
    reason: str = "",
    expected: int | None = None,
) -> Decision:
    """Keeps that a name means a place of the gazetteer; returns the entry.

    It counts in ``report`` (its id), or where that is None in every report with a claim at a place so named; wherever
    the name stands there, whatever its case. The place is kept as the gazetteer has it, with its id. ``expected`` is
    the number of the last entry on the same that the person has seen, 0 for none; None doesn't ask. Raises UsageError
    for a report that isn't there or that doesn't name the place, ConflictError where somebody else has decided on it.
    """
    value = {"place": msgspec.to_builtins(place)}
    return _keep(project, name, report, LOCATE, value, who=who, reason=reason or _LOCATED, expected=expected)


def unplaced(
    project: Project,
    name: str,
    *,
    who: str,
    report: str | None = None,
    reason: str = "",
    expected: int | None = None,
) -> Decision:
    """Keeps that a name means none of the gazetteer's places, or can't be placed; otherwise as ``locate``."""
    return _keep(project, name, report, UNPLACED, {}, who=who, reason=reason or _UNPLACED, expected=expected)


def _keep(
    project: Project,
    name: str,
    report: str | None,
    verdict: str,
    value: Mapping[str, Any],
    *,
    who: str,
    reason: str,
    expected: int | None,
) -> Decision:
    words = " ".join(name.split())
    if not place_key(words):
        raise UsageError(f"{name!r} is no name of a place: give it as the report writes it")
    with project.writing() as connection:
        lock_log(connection)
        if report is not None:
            held_report(connection, report)
        before = _before(connection, words, report)
        if before is None:
            where = f"{report} names no place" if report else "no claim is at a place named"
            raise UsageError(f"{where} {words!r}: give the name as the report writes it")
        entry = Decision(
            kind=DecisionKind.PLACE,
            subjects=(report, words) if report else (words,),
            verdict=verdict,
            value=dict(value),
            before=before,
            reason=reason,
            who=who,
        )
        return append(connection, entry, expected=expected)


def _before(connection: Connection, name: str, report: str | None) -> dict[str, Any] | None:
    """Where the name led as it was read; None where it isn't named."""
    if report is None:
        return {} if reports_naming(connection, name) else None
    read = _read_places(connection, report, name)
    if read:
        return {"place": read[0].place, "rule": read[0].rule}
    return {"place": None} if _is_at_claim(connection, report, name) else None


def _read_places(connection: Connection, report: str, name: str) -> list[Place]:
    key = place_key(name)
    return [
        place for one in located_reports(connection, [report]) for place in one.places if place_key(place.name) == key
    ]


def _is_at_claim(connection: Connection, report: str, name: str) -> bool:
    key = place_key(name)
    every = overlay_of(connection, report).claims
    return any(place_key(named.name) == key for one in every for named in one.claim.places)


def lapsed_places(connection: Connection, decisions: Iterable[Decision]) -> list[Lapsed]:
    """Those of some decisions in force on names of places that no longer apply, since nothing names the place so."""
    found = []
    for one in decisions:
        why = _why_lapsed(connection, one)
        if why:
            found.append(Lapsed(one, why))
    return found


def _why_lapsed(connection: Connection, decision: Decision) -> str:
    name = name_of(decision)
    if len(decision.subjects) < 2:
        return "" if reports_naming(connection, name) else f"no claim is at a place named {name!r} any more"
    report = decision.subjects[0]
    if not reports_with(connection, [report]):
        return "the project holds no such report any more"
    if _read_places(connection, report, name) or _is_at_claim(connection, report, name):
        return ""
    return f"the report names no place {name!r} any more"
