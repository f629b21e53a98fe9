"""Decisions that no longer apply, since what they are about is read no more. None of them is ever dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select

from twosource.corpus.decided_claims import Lapsed
from twosource.corpus.events.deciding import names_in, words_of
from twosource.corpus.looked_at import lay_looks
from twosource.corpus_records import Decision, DecisionKind
from twosource.store import Project, events, tables
from twosource.store.decided_claims import any_decisions, overlay_of, overlays
from twosource.store.decisions import decisions_in_force
from twosource.store.lineage import reports_with

__all__ = ["no_longer_apply"]

_AT_ONCE = 400  # values in one IN (...): every database takes so many


def no_longer_apply(project: Project, report: str | None = None) -> tuple[Lapsed, ...]:
    """The decisions in force that no longer apply, and why, the oldest first; those on one report's claims, or all.

    Decisions on names and on events are told once those of the project have been gathered.
    """
    with project.looking() as connection:
        if report is not None:
            every = list(overlay_of(connection, report).lapsed)
        else:
            every = [
                *_on_claims(connection),
                *_on_names(connection),
                *_on_events(connection),
                *_on_sentences(connection),
            ]
    return tuple(sorted(every, key=lambda one: one.decision.number))


def _on_claims(connection: Connection) -> Iterator[Lapsed]:
    if any_decisions(connection):
        for overlay in overlays(connection).values():
            yield from overlay.lapsed


def _on_names(connection: Connection) -> Iterator[Lapsed]:
    decisions = decisions_in_force(connection, DecisionKind.ENTITY)
    if not decisions or connection.execute(select(tables.entity_name.c.name).limit(1)).first() is None:
        return
    known = _known_names(connection, sorted({subject for one in decisions for subject in one.subjects}))
    for one in decisions:
        gone = [subject for subject in one.subjects if subject not in known]
        if gone:
            yield Lapsed(one, f"no claim names {' or '.join(map(repr, gone))} any more")


def _known_names(connection: Connection, subjects: Sequence[str]) -> set[str]:
    """Those that are names in a report, or ids of entities."""
    found: set[str] = set()
    for at in range(0, len(subjects), _AT_ONCE):
        some = subjects[at : at + _AT_ONCE]
        for column in (tables.entity_name.c.name, tables.entity_name.c.entity, tables.entity.c.id):
            found.update(connection.execute(select(column).where(column.in_(some)).distinct()).scalars())
    return found


def _on_events(connection: Connection) -> Iterator[Lapsed]:
    decisions = decisions_in_force(connection, DecisionKind.EVENT)
    reports = _named_reports(decisions)
    members = list(events.members_of(connection, events.claims_of_reports(connection, reports)).values())
    if not members:
        return
    for one in decisions:
        if any(True for _ in names_in(one)) and not words_of([one], members):
            yield Lapsed(one, "fewer than two of the claims that it names are read now")


def _on_sentences(connection: Connection) -> Iterator[Lapsed]:
    ticks: dict[str, list[Decision]] = {}
    for one in decisions_in_force(connection, DecisionKind.SENTENCE):
        ticks.setdefault(one.subjects[0], []).append(one)
    for id_, theirs in ticks.items():  # one text at a time: there may be thousands
        source = reports_with(connection, [id_]).get(id_)
        if source is not None:
            yield from lay_looks(source, theirs).lapsed
        else:
            yield from (Lapsed(one, "the project holds no such report any more") for one in theirs)


def _named_reports(decisions: Iterable[Decision]) -> list[str]:
    return sorted({name.report for one in decisions for name in names_in(one)})
