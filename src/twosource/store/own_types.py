"""A project's own types of events: those that its log defines, and which claims are of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, or_, select

from twosource.corpus_records import DecisionKind, OwnRule, OwnType
from twosource.records import Claim, Named
from twosource.store import tables
from twosource.store.decisions import decisions_in_force
from twosource.store.fold import fold, padded
from twosource.store.query import contains_words

__all__ = ["defined_types", "is_of", "of_type"]


def defined_types(connection: Connection) -> tuple[OwnType, ...]:
    """The own types of a project, by their names."""
    entries = decisions_in_force(connection, DecisionKind.TYPE)
    found = [msgspec.convert({**one.value, "name": one.subjects[0]}, OwnType) for one in entries]
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def is_of(own: OwnType, claim: Claim, evidence: Sequence[str]) -> bool:
    """Whether the claim is of the own type, by what it says alone: just as ``of_type`` chooses it."""
    return any(_meets(rule, claim, evidence) for rule in own.rules)


def of_type(own: OwnType) -> ColumnElement[bool]:
    """The condition on table claim that its claims are of the own type."""
    return or_(*(and_(*_conditions(rule)) for rule in own.rules))


def _meets(rule: OwnRule, claim: Claim, evidence: Sequence[str]) -> bool:
    closed = (
        (rule.types, claim.type),
        (rule.status, claim.status),
        (rule.stance, claim.stance),
        (rule.certainty, claim.certainty),
    )
    if any(asked and value not in asked for asked, value in closed) or rule.negated not in (None, claim.negated):
        return False
    named = (
        (rule.words, [" … ".join(evidence)]),
        (rule.actors, _names(claim.actors)),
        (rule.targets, _names(claim.targets)),
        (rule.places, _names(claim.places)),
    )
    return all(any(_holds(name, one) for name in names for one in asked) for asked, names in named if asked)


def _conditions(rule: OwnRule) -> Iterator[ColumnElement[bool]]:
    claim = tables.claim.c
    closed: tuple[tuple[ColumnElement[str], Iterable[str]], ...] = (
        (claim.type, rule.types),
        (claim.status, rule.status),
        (claim.stance, rule.stance),
        (claim.certainty, rule.certainty),
    )
    yield from (column.in_([str(one) for one in asked]) for column, asked in closed if asked)
    if rule.negated is not None:
        yield claim.negated == rule.negated
    if rule.words:
        yield or_(*(contains_words(claim.folded, words) for words in rule.words))
    for field in ("actors", "targets", "places"):
        if getattr(rule, field):
            yield _named(field.removesuffix("s"), getattr(rule, field))


def _named(field: str, asked: Iterable[str]) -> ColumnElement[bool]:
    claim, value = tables.claim.c, tables.claim_value.c
    same = and_(value.reading == claim.reading, value.rank == claim.rank, value.field == field)
    return select(value.rank).where(same, or_(*(contains_words(value.folded, words) for words in asked))).exists()


def _names(values: Sequence[Named]) -> list[str]:
    return [one.name for one in values]


def _holds(name: str, words: str) -> bool:
    folded = fold(words)
    return bool(folded) and f" {folded}" in padded(name)
