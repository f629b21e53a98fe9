"""Decisions that no longer apply, since what they are about is read no more. None of them is ever dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select

from twosource.corpus.decided_claims import Lapsed
from twosource.corpus.events.deciding import names_in, words_of
from twosource.corpus.looked_at import lay_looks
from twosource.corpus_records import Decision, DecisionKind, Judgement
from twosource.deciding.places import lapsed_places
from twosource.store import Project, events, tables
from twosource.store.decided_claims import any_decisions, overlay_of, overlays, overlays_among
from twosource.store.decisions import decisions_in_force
from twosource.store.lineage import reports_with
from twosource.store.outcomes import lapsed_outcomes, outcomes_of
from twosource.store.some import some

__all__ = ["lapsed_among", "no_longer_apply"]


def no_longer_apply(project: Project, report: str | None = None) -> tuple[Lapsed, ...]:
    """The decisions in force that no longer apply, and why, the oldest first; those on one report's claims and places,
    or all.

    Decisions on names and on events are told once those of the project have been gathered.
    """
    with project.looking() as connection:
        if report is not None:
            every = [
                *overlay_of(connection, report).lapsed,
                *outcomes_of(connection, report).lapsed,
                *lapsed_places(connection, _on_places_of(connection, report)),
            ]
        else:
            every = [
                *_on_claims(connection),
                *_on_names(connection, decisions_in_force(connection, DecisionKind.ENTITY)),
                *_on_events(connection, decisions_in_force(connection, DecisionKind.EVENT)),
                *_on_sentences(connection, decisions_in_force(connection, DecisionKind.SENTENCE)),
                *lapsed_outcomes(connection, decisions_in_force(connection, DecisionKind.OUTCOME)),
                *lapsed_places(connection, decisions_in_force(connection, DecisionKind.PLACE)),
                *_on_names(connection, decisions_in_force(connection, DecisionKind.ACTOR)),
            ]
    return tuple(sorted(every, key=lambda one: one.decision.number))


def lapsed_among(connection: Connection, decisions: Iterable[Decision]) -> tuple[Lapsed, ...]:
    """Those of some decisions in force that no longer apply, the oldest first; it looks at what these are about."""
    by_kind: dict[DecisionKind, list[Decision]] = {}
    for one in decisions:
        by_kind.setdefault(one.kind, []).append(one)
    on_claims = {one.number for one in by_kind.get(DecisionKind.CLAIM, ())}
    reports = sorted({one.subjects[0] for one in by_kind.get(DecisionKind.CLAIM, ())})
    every = [
        *(one for overlay in overlays_among(connection, reports).values() for one in overlay.lapsed),
        *_on_names(connection, by_kind.get(DecisionKind.ENTITY, ())),
        *_on_events(connection, by_kind.get(DecisionKind.EVENT, ())),
        *_on_sentences(connection, by_kind.get(DecisionKind.SENTENCE, ())),
        *lapsed_outcomes(connection, by_kind.get(DecisionKind.OUTCOME, ())),
        *lapsed_places(connection, by_kind.get(DecisionKind.PLACE, ())),
        *_on_names(connection, by_kind.get(DecisionKind.ACTOR, ())),
    ]
    asked = [one for one in every if one.decision.kind is not DecisionKind.CLAIM or one.decision.number in on_claims]
    return tuple(sorted(asked, key=lambda one: one.decision.number))


def _on_claims(connection: Connection) -> Iterator[Lapsed]:
    if any_decisions(connection):
        for overlay in overlays(connection).values():
            yield from overlay.lapsed


def _on_places_of(connection: Connection, report: str) -> list[Decision]:
    """The decisions in force on names of places in this report alone."""
    every = decisions_in_force(connection, DecisionKind.PLACE, about=report)
    return [one for one in every if len(one.subjects) > 1 and one.subjects[0] == report]


def _on_names(connection: Connection, decisions: Sequence[Decision]) -> Iterator[Lapsed]:
    if not decisions or connection.execute(select(tables.entity_name.c.name).limit(1)).first() is None:
        return
    known = _known_names(connection, sorted({subject for one in decisions for subject in one.subjects}))
    for one in decisions:
        gone = [subject for subject in one.subjects if subject not in known]
        if gone:
            yield Lapsed(one, f"no claim names {' or '.join(map(repr, gone))} any more")


def _known_names(connection: Connection, subjects: Sequence[str]) -> set[str]:
    """Those that are names in a report, or ids of entities.

    An id that was merged away counts: claims still have its names, and it is what they alone would mean.
    """
    found: set[str] = set()
    name = tables.entity_name.c
    for few in some(subjects):
        for column in (name.name, name.entity, name.alone, tables.entity.c.id):
            found.update(connection.execute(select(column).where(column.in_(few)).distinct()).scalars())
    return found


def _on_events(connection: Connection, decisions: Sequence[Decision]) -> Iterator[Lapsed]:
    if not decisions or connection.execute(select(tables.event_claim.c.traits).limit(1)).first() is None:
        return
    reports = _named_reports(decisions)
    members = list(events.members_of(connection, events.claims_of_reports(connection, reports)).values())
    for one in decisions:
        decides = one.verdict != Judgement.UNSURE and any(True for _ in names_in(one))
        if decides and not words_of([one], members):
            yield Lapsed(one, "fewer than two of the claims that it names are read now")


def _on_sentences(connection: Connection, decisions: Sequence[Decision]) -> Iterator[Lapsed]:
    ticks: dict[str, list[Decision]] = {}
    for one in decisions:
        ticks.setdefault(one.subjects[0], []).append(one)
    for id_, theirs in ticks.items():  # one text at a time: there may be thousands
        source = reports_with(connection, [id_]).get(id_)
        if source is not None:
            yield from lay_looks(source, theirs).lapsed
        else:
            yield from (Lapsed(one, "the project holds no such report any more") for one in theirs)


def _named_reports(decisions: Iterable[Decision]) -> list[str]:
    return sorted({name.report for one in decisions for name in names_in(one)})
