"""The claims of a project as people left them: what was read, with the decisions in force laid over it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Connection, Engine, select

from twosource.corpus.decided_claims import Lapsed, Overlay, lay_over
from twosource.corpus_records import Decision, DecisionKind
from twosource.records import Claim, Report
from twosource.store import tables
from twosource.store.decisions import decisions_in_force, in_force, last_numbers
from twosource.store.entry_heads import EntryHead, entries_numbered, heads_from
from twosource.store.lineage import reports_with
from twosource.store.log_pages import entries_on_reports
from twosource.store.some import some

__all__ = ["any_decisions", "claims_read", "overlay_of", "overlay_on", "overlays", "overlays_among"]

_claim_decoder = msgspec.json.Decoder(Claim)


def any_decisions(connection: Connection) -> bool:
    """Whether anybody ever decided on a claim; a look at the index, so that projects without pay nothing."""
    column = tables.decision.c.kind
    return connection.execute(select(column).where(column == DecisionKind.CLAIM.value).limit(1)).first() is not None


def overlay_of(connection: Connection, report: str) -> Overlay:
    """The claims of a report as they stand, decided or not; empty for one that the project doesn't hold."""
    return overlays_among(connection, [report])[report]


def overlay_on(connection: Connection, report: Report, claims: Sequence[Claim]) -> Overlay:
    """The claims of a report's current reading as they stand."""
    seen = last_numbers(connection, DecisionKind.CLAIM, report.id)
    decisions = decisions_in_force(connection, DecisionKind.CLAIM, about=report.id) if seen else []
    return _overlay(report, claims, [one for one in decisions if one.subjects[0] == report.id], seen)


def overlays(connection: Connection) -> dict[str, Overlay]:
    """The claims that anybody decided on or corrected, by their reports' ids; their other claims are left out.

    What was laid over is kept in memory, and only those reports are laid over anew that were read again or decided on.
    """
    with _lock:
        memory = _memories.setdefault(connection.engine, _Memory())
        memory.refresh(connection)
        decisions, seen = memory.by_report()
        keys = {
            id_: (place, tuple(one.hash for one in decisions.get(id_, ())), tuple(sorted(seen[id_].items())))
            for id_, place in _places(connection, sorted(seen)).items()
        }
        stale = [id_ for id_, key in keys.items() if memory.laid.get(id_, (None,))[0] != key]
        every = {subjects: number for theirs in seen.values() for subjects, number in theirs.items()}
        told = [one for id_ in stale for one in decisions.get(id_, ())]
        for id_, found in _laid_over(connection, stale, told, every).items():
            touched = tuple(one for one in found.claims if one.decision or one.seen or one.claim != one.as_read)
            memory.laid[id_] = (keys[id_], Overlay(touched, found.lapsed))
        return {id_: memory.laid[id_][1] for id_ in sorted(keys)}


def overlays_among(connection: Connection, reports: Sequence[str]) -> dict[str, Overlay]:
    """The claims of these reports (ids) as they stand; a look at these alone, however long the log is."""
    entries = entries_on_reports(connection, DecisionKind.CLAIM, sorted(set(reports)))
    seen = {one.subjects: one.number for one in entries}
    return _laid_over(connection, reports, in_force(entries), seen)


class _Memory:
    """The entries on claims of one database's log, and what was made of them; each overlay with what it rests on.

    Those that don't count, most of a long log, are held in short.
    """

    def __init__(self) -> None:
        self.heads: list[EntryHead] = []
        self.counting: dict[int, Decision] = {}
        self.laid: dict[str, tuple[object, Overlay]] = {}

    def refresh(self, connection: Connection) -> None:
        """Adds what was decided since; begins anew where the log is another one, as after a write that was undone."""
        last = self.heads[-1] if self.heads else None
        fresh = heads_from(connection, DecisionKind.CLAIM, last.number if last else 1)
        if last is not None and (not fresh or fresh[0].hash != last.hash):
            self.heads, self.counting, self.laid = heads_from(connection, DecisionKind.CLAIM, 1), {}, {}
        else:
            self.heads += fresh[1:] if last is not None else fresh
        numbers = [one.number for one in in_force(self.heads)]
        new = entries_numbered(connection, [one for one in numbers if one not in self.counting])
        held = self.counting | {one.number: one for one in new}
        self.counting = {number: held[number] for number in numbers}

    def by_report(self) -> tuple[dict[str, list[Decision]], dict[str, dict[tuple[str, ...], int]]]:
        """The decisions in force, and the last entry on each claim, of every report that has an entry."""
        decisions: dict[str, list[Decision]] = {}
        seen: dict[str, dict[tuple[str, ...], int]] = {}
        for one in self.counting.values():
            decisions.setdefault(one.subjects[0], []).append(one)
        for head in self.heads:
            seen.setdefault(head.subjects[0], {})[head.subjects] = head.number
        return decisions, seen


_lock = threading.Lock()
_memories: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()


def _places(connection: Connection, reports: Sequence[str]) -> dict[str, tuple[str, int] | None]:
    """The digest of the current version of each report and the number of its current reading; None for one without."""
    reading, report = tables.reading.c, tables.report.c
    joined = tables.report.join(tables.reading, reading.report == report.digest)
    query = select(report.id, report.digest, reading.number).select_from(joined).where(report.current, reading.current)
    found: dict[str, tuple[str, int] | None] = dict.fromkeys(reports)
    for few in some(reports):
        for id_, digest, number in connection.execute(query.where(report.id.in_(few))):
            found[id_] = (digest, number)
    return found


def _laid_over(
    connection: Connection, ids: Iterable[str], decisions: Sequence[Decision], seen: Mapping[tuple[str, ...], int]
) -> dict[str, Overlay]:
    by_report: dict[str, list[Decision]] = {id_: [] for id_ in sorted(ids)}
    for one in decisions:
        if one.subjects[0] in by_report:
            by_report[one.subjects[0]].append(one)
    reports = reports_with(connection, by_report)
    claims = claims_read(connection, sorted(reports))
    return {id_: _overlay(reports.get(id_), claims[id_], theirs, seen) for id_, theirs in by_report.items()}


def _overlay(
    report: Report | None, claims: Sequence[Claim], decisions: Sequence[Decision], seen: Mapping[tuple[str, ...], int]
) -> Overlay:
    if report is None:
        return Overlay((), tuple(Lapsed(one, "the project holds no such report any more") for one in decisions))
    return lay_over(report, claims, decisions, seen)


def claims_read(connection: Connection, reports: Sequence[str]) -> defaultdict[str, list[Claim]]:
    """The claims as read, in the current readings of these reports, in the order of each reading."""
    claim, reading, report = tables.claim.c, tables.reading.c, tables.report.c
    joined = tables.report.join(tables.reading, reading.report == report.digest).join(
        tables.claim, claim.reading == reading.number
    )
    query = select(report.id, claim.record).select_from(joined).where(report.current, reading.current)
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for few in some(reports):
        chosen = query.where(report.id.in_(few)).order_by(report.id, claim.rank)
        for id_, record in connection.execute(chosen):
            found[id_].append(_claim_decoder.decode(record))
    return found
