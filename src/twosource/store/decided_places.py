"""What people said of the names of places: which words count for each report, and its places with them laid over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from twosource.corpus.decided_places import lay_places, name_of, place_key
from twosource.corpus_records import Decision, DecisionKind
from twosource.records import Claim, Place, Report
from twosource.store import tables
from twosource.store.decided_claims import overlay_on
from twosource.store.decisions import decisions_in_force, in_force, last_numbers
from twosource.store.fold import padded
from twosource.store.log_pages import entries_on_reports
from twosource.store.query import claims_at_places
from twosource.store.some import some

__all__ = [
    "any_place_decisions",
    "laid_places",
    "place_decisions",
    "place_subjects",
    "reports_naming",
    "reports_naming_each",
]

_FEW = 400  # reports whose claims are gone through; of more, the index of names is


def any_place_decisions(connection: Connection) -> bool:
    """Whether anybody ever decided on a place; a look at the index, so that projects without pay nothing."""
    column = tables.decision.c.kind
    return connection.execute(select(column).where(column == DecisionKind.PLACE.value).limit(1)).first() is not None


def place_decisions(connection: Connection, reports: Collection[str] | None = None) -> dict[str, list[Decision]]:
    """The decisions in force on names of places, by the reports (ids) in which they count; of some reports, or of all.

    One on a name in all reports counts in those whose claims name the place so.
    """
    found: dict[str, list[Decision]] = {}
    if not any_place_decisions(connection):
        return found
    among = None if reports is None else frozenset(reports)
    decisions = decisions_in_force(connection, DecisionKind.PLACE)
    in_all = [name_of(one) for one in decisions if len(one.subjects) < 2]
    naming = reports_naming_each(connection, in_all, among)
    for one in decisions:
        where = one.subjects[:1] if len(one.subjects) > 1 else sorted(naming[place_key(name_of(one))])
        for report in where:
            if among is None or report in among:
                found.setdefault(report, []).append(one)
    return found


def place_subjects(connection: Connection, name: str, report: str | None) -> tuple[str, ...]:
    """The subjects of an entry on a name, in one report or in all (None): those of entries on any spelling of it.

    Of several, those of the decision that counts, else of the last entry; a name that has none stands as it is.
    """
    scope = (report,) if report is not None else ()
    key = place_key(name)

    def is_same(subjects: Sequence[str]) -> bool:
        return tuple(subjects[:-1]) == scope and place_key(subjects[-1]) == key

    if not any_place_decisions(connection):
        return (*scope, name)
    counting = decisions_in_force(connection, DecisionKind.PLACE, about=report)
    known = {one.subjects: one.number for one in counting if is_same(one.subjects)}
    if not known:
        last = last_numbers(connection, DecisionKind.PLACE, report)
        known = {subjects: number for subjects, number in last.items() if is_same(subjects)}
    return max(known, key=lambda subjects: known[subjects], default=(*scope, name))


def reports_naming(connection: Connection, name: str) -> list[str]:
    """The reports (ids, sorted) with a claim at a place of this name, as it was read or as a person fixed it."""
    return sorted(reports_naming_each(connection, [name])[place_key(name)])


def reports_naming_each(
    connection: Connection, names: Collection[str], reports: Collection[str] | None = None
) -> Mapping[str, set[str]]:
    """As ``reports_naming`` for each of some names, by its ``place_key``; of these reports (ids) alone, or of all."""
    found: dict[str, set[str]] = {place_key(name): set() for name in names}
    if not found or (reports is not None and not reports):
        return found
    few = sorted(reports) if reports is not None and len(reports) <= _FEW else None
    read = _read_at(connection, names) if few is None else _read_in(connection, few)
    for report, name in (*read, *_fixed_to(connection, few)):
        if (reports is None or report in reports) and place_key(name) in found:
            found[place_key(name)].add(report)
    return found


def _read_in(connection: Connection, reports: Sequence[str]) -> list[tuple[str, str]]:
    """The names of places at which claims of these reports were read, each with its report."""
    return [(report, name) for report, name, _ in claims_at_places(connection, reports)]


def _read_at(connection: Connection, names: Iterable[str]) -> list[tuple[str, str]]:
    """As ``_read_in``, of all reports and of these names alone, whatever their spelling."""
    claim, value = tables.claim.c, tables.claim_value.c
    joined = tables.claim.join(
        tables.claim_value, (value.reading == claim.reading) & (value.rank == claim.rank) & claim.current
    )
    query = select(claim.report, value.name).select_from(joined).where(value.field == "place").distinct()
    return [
        (report, name)
        for few in some(sorted({padded(name) for name in names}))
        for report, name in connection.execute(query.where(value.folded.in_(few)))
    ]


def _fixed_to(connection: Connection, reports: Sequence[str] | None) -> list[tuple[str, str]]:
    """The names of places that people fixed claims to, each with its report; of these reports, or of all."""
    fixed = tables.decision.c
    known = select(fixed.number).where(fixed.kind == DecisionKind.CLAIM.value, fixed.value.contains('"places"'))
    if connection.execute(known.limit(1)).first() is None:
        return []
    if reports is None:
        decisions = decisions_in_force(connection, DecisionKind.CLAIM)
    else:
        decisions = in_force(entries_on_reports(connection, DecisionKind.CLAIM, reports))
    return [(one.subjects[0], name) for one in decisions for name in one.value.get("places") or ()]


def laid_places(
    connection: Connection,
    report: Report,
    places: Sequence[Place],
    claims: Sequence[Claim],
    decisions: Sequence[Decision] | None = None,
) -> tuple[Place, ...]:
    """The places of a report's current reading as people left them; ``claims`` are those of the reading.

    ``decisions`` are those of ``place_decisions`` that count in the report; None looks for them.
    """
    if decisions is None:
        decisions = place_decisions(connection, {report.id}).get(report.id, ())
    if not decisions:
        return tuple(places)
    standing = (one.claim for one in overlay_on(connection, report, claims).claims)
    return lay_places(places, standing, decisions)
