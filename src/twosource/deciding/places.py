"""Decisions on names of places: where one is, or that it can't be placed; in a report, or in all that use the name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from twosource.corpus.decided_claims import Lapsed
from twosource.corpus.decided_places import (
    LOCATE,
    UNPLACED,
    chosen_place,
    lay_places,
    name_of,
    place_key,
    places_meant,
    words_on,
)
from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding.claims import held_report
from twosource.errors import UsageError
from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.records import Claim, Place
from twosource.store import Project
from twosource.store.decided_claims import overlay_of, overlays_among
from twosource.store.decided_places import place_decisions, place_subjects, reports_naming, reports_naming_each
from twosource.store.decisions import append, lock_log
from twosource.store.lineage import reports_with
from twosource.store.query import located_reports

__all__ = ["lapsed_places", "locate", "unplaced"]

_LOCATED = "after looking at the gazetteer"
_UNPLACED = "no place of the gazetteer is meant"
_MOST_LOOKED_AT = 2000  # reports whose places are looked through while the log waits
_TOLD = ("id", "name", "admin1", "country")


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
            subjects=place_subjects(connection, words, report),
            verdict=verdict,
            value=dict(value),
            before=before,
            reason=reason,
            who=who,
        )
        return append(connection, entry, expected=expected)


def _before(connection: Connection, name: str, report: str | None) -> dict[str, Any] | None:
    """Where the name led before; None where it isn't named.

    In one report ``place`` and ``rule`` are as it was read. ``places`` are those that it led to as people had left it,
    each once, the most frequent first, and ``not_placed`` counts the reports in which it led to none.
    """
    if report is None:
        reports = reports_naming(connection, name)
        return _led_to(connection, name, reports) if reports else None
    read = _read_places(connection, report, name)
    if not read and not _is_at_claim(connection, report, name):
        return None
    as_read = {"place": read[0].place, "rule": read[0].rule} if read else {"place": None}
    led_to = _led_to(connection, name, [report])
    return {**as_read, **led_to} if led_to["places"] else as_read


def _led_to(connection: Connection, name: str, reports: Sequence[str]) -> dict[str, Any]:
    """The places that the name led to in these reports; ``looked_at`` where they are too many to look at each."""
    looked_at = reports[:_MOST_LOOKED_AT]
    decided, key = place_decisions(connection, set(looked_at)), place_key(name)
    read = {one.report.id: one.places for one in located_reports(connection, looked_at)}
    called = {id_: [one for one in places if place_key(one.name) == key] for id_, places in read.items()}
    otherwise = [one for one in looked_at if not called.get(one) and key not in words_on(decided.get(one, ()))]
    overlays = overlays_among(connection, otherwise)
    found: Counter[tuple[str, str, str | None, str | None]] = Counter()
    not_placed = 0
    for report in looked_at:
        word = words_on(decided.get(report, ())).get(key)
        named = called.get(report, [])
        if report in overlays:  # the claims' words for it may stand at a place that is called otherwise
            claims = [one.claim for one in overlays[report].claims]
            named = places_meant(lay_places(read.get(report, ()), claims, decided.get(report, ())), claims, name)
        places = set(_decided(word) if word else _read_as(named))
        found.update(places)
        not_placed += not places
    places_told = [dict(zip(_TOLD, place, strict=True)) for place, _ in found.most_common()]
    cut = {"looked_at": len(looked_at)} if len(looked_at) < len(reports) else {}
    return {"places": places_told, "not_placed": not_placed, **cut}


def _decided(word: Decision) -> list[tuple[str, str, str | None, str | None]]:
    place = chosen_place(word)
    return [(place.id, place.name, place.admin1, place.country)] if place else []


def _read_as(named: Iterable[Place]) -> list[tuple[str, str, str | None, str | None]]:
    return [(one.place, one.name, one.admin1, one.country) for one in named if one.place]


def _read_places(connection: Connection, report: str, name: str) -> list[Place]:
    claims = _claims_of(connection, report)
    return [place for one in located_reports(connection, [report]) for place in places_meant(one.places, claims, name)]


def _is_at_claim(connection: Connection, report: str, name: str) -> bool:
    key = place_key(name)
    return any(place_key(named.name) == key for one in _claims_of(connection, report) for named in one.places)


def _claims_of(connection: Connection, report: str) -> list[Claim]:
    return [one.claim for one in overlay_of(connection, report).claims]


def lapsed_places(connection: Connection, decisions: Iterable[Decision]) -> list[Lapsed]:
    """Those of some decisions in force on names of places that no longer apply, since nothing names the place so."""
    found, every = [], list(decisions)
    naming = reports_naming_each(connection, [name_of(one) for one in every if len(one.subjects) < 2])
    for one in every:
        why = _why_lapsed(connection, one, naming)
        if why:
            found.append(Lapsed(one, why))
    return found


def _why_lapsed(connection: Connection, decision: Decision, naming: Mapping[str, set[str]]) -> str:
    name = name_of(decision)
    if len(decision.subjects) < 2:
        return "" if naming[place_key(name)] else f"no claim is at a place named {name!r} any more"
    report = decision.subjects[0]
    if not reports_with(connection, [report]):
        return "the project holds no such report any more"
    if _read_places(connection, report, name) or _is_at_claim(connection, report, name):
        return ""
    return f"the report names no place {name!r} any more"
