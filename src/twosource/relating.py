"""Relates the reports of a project to each other: which come from one text. New ones meet their candidates alone.

What is kept afterwards depends on the reports that the project holds and on nothing else: neither on the order in which
they came, nor on how many came at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from twosource.corpus.candidates import MOST_HOLDERS, Holder, candidate_pairs, is_stock
from twosource.corpus.families import families, with_decisions
from twosource.corpus.judging import judge
from twosource.corpus.profile import Profile, indexed_prints
from twosource.corpus_records import Decision, DecisionKind, Dependence, Judgement, Relation
from twosource.errors import UsageError
from twosource.ids import digest_of
from twosource.knowledge.lineage_model import LineageModel, load_lineage_model
from twosource.knowledge.lineage_rules import LineageRules, load_lineage_rules
from twosource.records import Report
from twosource.store import Project
from twosource.store import lineage as stored
from twosource.store.decisions import append, decisions_in_force

__all__ = ["Judge", "default_judge", "judge_pair", "keep_decision", "relate", "renew_families"]

_VERSION = 1  # goes up when the same rules and weights give other answers
_AT_ONCE = 200  # reports that are put into the index in one transaction

Holders = Mapping[int, Sequence[Holder]]


class Judge(msgspec.Struct, frozen=True, kw_only=True):
    """What compares: the rules, the weights, and the fingerprint of both."""

    rules: LineageRules
    model: LineageModel
    fingerprint: str


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
    while True:
        with project.writing() as connection:
            reports = stored.outdated(connection, by.fingerprint, _AT_ONCE)
            if reports:
                _relate_some(connection, reports, by)
        if not reports:
            break
        done += len(reports)
        if progress is not None:
            progress(len(reports))
    if done:
        with project.writing() as connection:
            renew_families(connection)
    return done


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
        renew_families(connection)
    return kept


def judge_pair(connection: Connection, first: str, second: str, by: Judge) -> Dependence | None:
    """How two reports of the project are judged here and now, people's decisions left out; None for an unknown one."""
    reports = stored.reports_with(connection, [first, second])
    if {first, second} - reports.keys():
        return None
    profiles = _profiles(reports.values(), stored.holders_around(connection, [first, second]), by.rules)
    return judge(profiles[first], profiles[second], by.model, by.rules)


def _relate_some(connection: Connection, reports: Sequence[Report], by: Judge) -> None:
    touched = {report.id for report in reports} | _index(connection, reports, by)
    holders = stored.holders_around(connection, touched)
    pairs = [pair for pair in candidate_pairs(holders, _stock(holders)) if not touched.isdisjoint(pair)]
    partners = {report for pair in pairs for report in pair} - touched
    holders.update(stored.holders_around(connection, partners))
    stored.keep_dependences(connection, touched, _judged(connection, pairs, holders, by))


def _index(connection: Connection, reports: Sequence[Report], by: Judge) -> set[str]:
    """Puts the reports into the index; returns the others for which it made a difference.

    That is so where a print that they hold became boilerplate, or very common, or no longer is.
    """
    ids = [report.id for report in reports]
    replaced = stored.holders_around(connection, ids)
    stored.forget_reports(connection, ids)
    stored.keep_prints(connection, by.fingerprint, reports, {one.id: indexed_prints(one.text) for one in reports})
    now, own = stored.holders_around(connection, ids), set(ids)
    affected: set[str] = set()
    for number in replaced.keys() | now.keys():
        others = [one for one in now.get(number) or replaced[number] if one.report not in own]
        before, after = replaced.get(number, others), now.get(number, others)
        if others and _standing(before) != _standing(after):
            affected.update(one.report for one in others)
    return affected


def _standing(holders: Sequence[Holder]) -> tuple[bool, bool]:
    return is_stock(holders), len(holders) > MOST_HOLDERS


def _judged(connection: Connection, pairs: Sequence[tuple[str, str]], holders: Holders, by: Judge) -> list[Dependence]:
    """The dependences among the pairs; pairs without a sign of it are left out."""
    reports = stored.reports_with(connection, (report for pair in pairs for report in pair))
    profiles = _profiles(reports.values(), holders, by.rules)
    found = (judge(profiles[first], profiles[second], by.model, by.rules) for first, second in pairs)
    return [one for one in found if one.relation is not Relation.NONE]


def _profiles(reports: Iterable[Report], holders: Holders, rules: LineageRules) -> dict[str, Profile]:
    stock = _stock(holders)
    return {report.id: Profile(report, rules, stock) for report in reports}


def _stock(holders: Holders) -> frozenset[int]:
    return frozenset(number for number, held in holders.items() if is_stock(held))


def renew_families(connection: Connection) -> None:
    """Forms the families anew, from the dependences found and people's decisions."""
    decided = decisions_in_force(connection, DecisionKind.LINEAGE)
    found = with_decisions(stored.dependences(connection), decided)
    stored.keep_lineages(connection, families(found))
