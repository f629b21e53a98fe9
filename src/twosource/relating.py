"""Relates the reports of a project to each other: which come from one text. New ones meet their candidates alone.

What is kept afterwards depends on the reports that the project holds and on nothing else: neither on the order in which
they came, nor on how many came at once.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Sequence

import msgspec
from sqlalchemy import Connection

from twosource.corpus.families import families, with_decisions
from twosource.corpus.judging import judge, may_depend
from twosource.corpus_records import Decision, DecisionKind, Dependence, Judgement, Relation
from twosource.errors import UsageError
from twosource.ids import digest_of
from twosource.knowledge.lineage_model import LineageModel, load_lineage_model
from twosource.knowledge.lineage_rules import LineageRules, load_lineage_rules
from twosource.records import Report
from twosource.reuse_index import Pair, index_reports, pairs_of, parted_pairs, profiles_of, remasked
from twosource.store import Project
from twosource.store import lineage as stored
from twosource.store.decisions import append, decisions_in_force
from twosource.store.due import Across, due, tick_off
from twosource.store.takings import keep_takings

__all__ = ["Judge", "default_judge", "judge_pair", "keep_decision", "relate", "renew_families"]

_VERSION = 2  # goes up when the same rules and weights give other answers
_AT_ONCE = 200  # reports that are put into the index in one transaction


class Judge(msgspec.Struct, frozen=True, kw_only=True):
    """What compares: the rules, the weights, and the fingerprint of both."""

    rules: LineageRules
    model: LineageModel
    fingerprint: str


@functools.cache  # what it is made of lies in the package and never changes; reading it takes as long as ten reports
def default_judge() -> Judge:
    """The judge that twosource comes with."""
    rules, model = load_lineage_rules(), load_lineage_model()
    return Judge(rules=rules, model=model, fingerprint=digest_of(_VERSION, rules.digest, model.digest))


def relate(project: Project, judge: Judge | None = None, *, progress: Callable[[int], None] | None = None) -> int:
    """Compares every report that is new or changed; returns how many those were.

    ``progress`` is told how many more are done, after they are on the disk. A run that is cut off is gone on with by
    the next one.
    """
    by, done = judge or default_judge(), 0
    with project.writing() as connection:
        stored.start_anew(connection, by.fingerprint)
    while True:
        with project.writing() as connection:
            waiting = due(connection, Across.LINEAGE, _AT_ONCE)
            reports = stored.outdated(connection, waiting)
            if reports:
                renew_families(connection, _relate_some(connection, reports, by))
            tick_off(connection, Across.LINEAGE, waiting)
        if not waiting:
            return done
        done += len(reports)
        if progress is not None and reports:
            progress(len(reports))


def keep_decision(
    project: Project, pair: tuple[str, str], judgement: Judgement, *, reason: str, who: str, expected: int | None = None
) -> Decision:
    """Keeps a person's word on two reports (ids) in the log, and renews the families by it; returns the entry.

    ``expected`` is the number of the last entry on the two that the person has seen, 0 for none; None doesn't ask.
    Raises UsageError for an unknown report, ConflictError where somebody else has decided meanwhile.
    """
    with project.writing() as connection:
        known = stored.reports_with(connection, pair)
        for name in pair:
            if name not in known:
                raise UsageError(f"there is no report {name!r}: see them with 'twosource serve' or 'twosource claims'")
        if pair[0] == pair[1]:
            raise UsageError(f"{pair[0]} was named twice: name two reports")
        found = next((one for one in stored.dependences(connection, pair[0]) if set(one.pair) == set(pair)), None)
        entry = Decision(
            kind=DecisionKind.LINEAGE,
            subjects=pair,
            verdict=judgement.value,
            reason=reason,
            who=who,
            before={"relation": found.relation, "reason": found.reason} if found else {"relation": Relation.NONE},
        )
        kept = append(connection, entry, expected=expected)
        renew_families(connection, pair)
    return kept


def judge_pair(connection: Connection, first: str, second: str, by: Judge) -> Dependence | None:
    """How two reports of the project are judged here and now, people's decisions left out; None for an unknown one."""
    reports = stored.reports_with(connection, [first, second])
    if {first, second} - reports.keys():
        return None
    profiles = profiles_of(connection, reports.values(), by.rules)
    return judge(profiles[first], profiles[second], by.model, by.rules)


def _relate_some(connection: Connection, reports: Sequence[Report], by: Judge) -> set[str]:
    """Compares the reports, and others anew for which they make a difference; returns all whose bonds may be others."""
    made = index_reports(connection, reports, by.fingerprint)
    opened = {report for held in made.opened.values() for report in held}
    touched = {report.id for report in reports} | opened | remasked(connection, made, by.rules)
    parted = parted_pairs(connection, made, touched)
    stored.drop_pairs(connection, parted)
    before = stored.dependences_around(connection, touched)
    found = _judged(connection, pairs_of(connection, touched, made), by)
    stored.keep_dependences(connection, touched, found)
    pairs = [*parted, *(one.pair for one in (*before, *found))]
    return touched | {report for pair in pairs for report in pair}


def _judged(connection: Connection, pairs: Sequence[Pair], by: Judge) -> list[Dependence]:
    """The dependences among the pairs; pairs without a sign of it are left out."""
    reports = stored.reports_with(connection, (report for pair in pairs for report in pair))
    profiles = profiles_of(connection, reports.values(), by.rules)
    both = ((profiles[first], profiles[second]) for first, second in pairs)
    found = (judge(one, other, by.model, by.rules) for one, other in both if may_depend(one, other, by.model))
    return [one for one in found if one.relation is not Relation.NONE]


def renew_families(connection: Connection, around: Collection[str] | None = None) -> None:
    """Forms the families of these reports anew, and those that hang together with them, from bonds and decisions.

    All families where None. Families elsewhere in the project stay as they are. So it is with whose words they take.
    """
    decided = decisions_in_force(connection, DecisionKind.LINEAGE)
    if around is None:
        every = with_decisions(stored.dependences(connection), decided)
        stored.keep_lineages(connection, families(every))
        keep_takings(connection, every)
        return
    part, gone = _hanging_together(connection, around, decided)
    theirs = [one for one in decided if part.issuperset(one.subjects)]
    found = with_decisions(stored.dependences_around(connection, part), theirs)
    stored.keep_lineages(connection, families(found), gone)
    keep_takings(connection, found, part)


def _hanging_together(
    connection: Connection, reports: Collection[str], decided: Sequence[Decision]
) -> tuple[set[str], set[str]]:
    """All that hangs together with these reports by bonds, decisions and families as they are, and those families."""
    part: set[str] = set()
    gone: set[str] = set()
    edge = set(reports)
    while edge:
        part |= edge
        held = stored.families_around(connection, edge)
        gone |= held.keys()
        near = [*held.values(), *(set(one.pair) for one in stored.dependences_around(connection, edge))]
        near += [set(one.subjects) for one in decided if edge.intersection(one.subjects)]
        edge = set().union(*near) - part
    return part, gone
