"""Gathers reports: takes out what was kept of them, puts in what is read in them now, and forms the events around."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection

from twosource.closed_sets import Status
from twosource.corpus.entities.scene import Naming, Sort
from twosource.corpus.events.keys import blocking_keys
from twosource.corpus.events.traits import (
    EntityOf,
    Equipment,
    Traits,
    claim_traits,
    report_traits,
)
from twosource.gathering.blocks import Blocks
from twosource.gathering.deciding import apply_decisions
from twosource.gathering.forming import regroup
from twosource.gathering.gatherer import Gatherer, default_gatherer
from twosource.gathering.linking import compare, joined_by, link_fresh, parted_by
from twosource.store import Project, event_links, event_reports
from twosource.store import events as stored
from twosource.store.due import Across, due, mark, tick_off
from twosource.store.events import Gathered

__all__ = ["gather"]

_AT_ONCE = 100  # reports that are gathered in one transaction


def gather(project: Project, gatherer: Gatherer | None = None, *, progress: Callable[[int], None] | None = None) -> int:
    """Gathers the claims of every report that is new, changed, or of other lineages than before; returns how many.

    ``progress`` is told how many more reports are done, after they are on the disk. A run that is cut off is gone on
    with by the next one. People's decisions on events are laid over in the end.
    """
    by, done = gatherer or default_gatherer(), 0
    with project.writing() as connection:
        stored.start_anew(connection, by.fingerprint)
        mark(connection, event_reports.decided_otherwise(connection), Across.EVENTS)
    while True:
        with project.writing() as connection:
            waiting = due(connection, Across.EVENTS, _AT_ONCE)
            reports = event_reports.outdated(connection, waiting, by.fingerprint)
            if reports:
                _gather_some(connection, reports, by)
            tick_off(connection, Across.EVENTS, waiting)
        if not waiting:
            break
        done += len(reports)
        if progress is not None and reports:
            progress(len(reports))
    with project.writing() as connection:
        apply_decisions(connection, by)
    return done


def _gather_some(connection: Connection, reports: Sequence[str], by: Gatherer) -> None:
    old = stored.claims_of_reports(connection, reports)
    before = _blocks(connection, by)
    around = (before.around(old) | before.neighbours(old)) - set(old)
    fresh = _fresh_traits(connection, reports, by)
    new = {claim for one in fresh for claim in one.claims}
    closed, opened = _replace(connection, reports, old, fresh, by)
    parted, joined = parted_by(connection, closed, new, by), joined_by(connection, opened, new)
    ends = {claim for pair in parted | joined for claim in pair}
    around |= _blocks(connection, by).around(ends)
    event_links.drop_pairs(connection, parted)
    compare(connection, joined, by)
    link_fresh(connection, new, by)
    now = _blocks(connection, by)
    around |= now.without(new).around(now.neighbours(new))
    regroup(connection, now, around | ends | new, ends | new, by)


def _blocks(connection: Connection, by: Gatherer) -> Blocks:
    return Blocks(connection, by.rules.join, by.most_together)


def _replace(
    connection: Connection, reports: Sequence[str], old: Sequence[str], fresh: Sequence[Gathered], by: Gatherer
) -> tuple[set[int], set[int]]:
    """Puts what is kept of reports in the place of what was; returns the keys that are crowded since, and no more."""
    keys = {key for held in stored.keys_of(connection, old).values() for key in held}
    keys |= {key for one in fresh for _, held in one.claims.values() for key in held}
    before = stored.crowded(connection, keys, by.most_holders)
    stored.forget_reports(connection, reports, old)
    stored.keep_reports(connection, fresh, by.fingerprint)
    now = stored.crowded(connection, keys, by.most_holders)
    return now - before, before - now


def _fresh_traits(connection: Connection, reports: Sequence[str], by: Gatherer) -> list[Gathered]:
    """The reports with what they and their claims are compared by, and the claims' blocking keys."""
    lineages, namings = stored.lineages_of(connection, reports), stored.namings_in(connection, reports)
    equipment = Equipment(_in_reports(namings, by.entity_of), by.rules, by.corrections, by.counted)
    found = []
    for one in event_reports.unread(connection, reports):
        of_report = report_traits(one.report, one.places, lineages.get(one.report.id, frozenset()), equipment)
        claims = {}
        for standing in one.claims:
            claim = standing.claim
            if by.rules.is_occurrence(claim.type) and claim.status is not Status.HYPOTHETICAL:
                traits = claim_traits(claim, standing.rank, one.report, one.places, equipment)
                claims[claim.id] = (traits, blocking_keys(Traits(traits, of_report)))
        found.append(Gathered(one, of_report, claims))
    return found


def _in_reports(namings: Mapping[tuple[str, str], Naming], otherwise: EntityOf) -> EntityOf:
    """Who names mean, by what each report tells of them; who nobody asked about yet, ``otherwise`` knows."""

    def entity_of(name: str, report: str) -> str | None:
        naming = namings.get((report, name))
        if naming is None:
            return otherwise(name, report)
        return naming.owner if naming.sort is Sort.GENERIC else naming.entity

    return entity_of
