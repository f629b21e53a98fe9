"""Judges a comparison: reprint, rewrite, update or no sign of dependence, which came first, and from where."""

from __future__ import annotations

import math

import msgspec

from twosource.corpus.explaining import explain
from twosource.corpus.profile import Profile
from twosource.corpus.resemblance import Comparison, Resemblance, compare, quick_measures_in_turn
from twosource.corpus_records import Dependence, Passage, Relation
from twosource.knowledge.lineage_model import LineageModel, Weights
from twosource.knowledge.lineage_rules import LineageRules

__all__ = ["Order", "common_origin", "judge", "likelihoods", "may_depend", "order_of", "relation_of"]

_AT_MOST = {"run": 2.0}  # of a measure; the others are shares, which are 1 at most
_ROUNDING = 1e-6
_KINDS = (Relation.REPRINT, Relation.REWRITE, Relation.UPDATE)


class Order(msgspec.Struct, frozen=True):
    """Which of two reports came first, and what shows it: 'date', 'credit', 'toll', or None for nothing."""

    turned: bool
    by: str | None


def judge(first: Profile, second: Profile, model: LineageModel, rules: LineageRules) -> Dependence:
    """How the two depend on each other; the same whichever is given first."""
    if second.report < first.report:
        first, second = second, first
    found = compare(first, second)
    chances = likelihoods(found.resemblance, model)
    relation = relation_of(chances, model)
    order = order_of(first, second, relation, rules)
    origin = common_origin(first, second, rules) if relation is not Relation.NONE else None
    earlier, later = (second, first) if order.turned else (first, second)
    return Dependence(
        earlier=earlier.report,
        later=later.report,
        relation=relation,
        reason=explain(earlier, later, found, relation, order.by, origin),
        directed=order.by is not None,
        likelihood=round(1 - chances[Relation.NONE], 4),
        origin=origin,
        passages=_passages(found, turned=order.turned) if relation is not Relation.NONE else (),
    )


def may_depend(first: Profile, second: Profile, model: LineageModel) -> bool:
    """Whether the judge can find a sign of dependence; where it can't, no sentence need be laid beside another.

    The measures that take long count with as much as they could be.
    """
    weights = model.dependent.of
    most = {name: max(0.0, weight * _AT_MOST.get(name, 1.0)) for name, weight in weights.items()}
    total = model.dependent.bias + math.fsum(most.values())
    for name, value in quick_measures_in_turn(first, second, weights):
        total += weights[name] * value - most[name]
        if 1 / (1 + math.exp(-total)) < model.threshold - _ROUNDING:
            return False
    return True


def likelihoods(found: Resemblance, model: LineageModel) -> dict[Relation, float]:
    """The likelihood of each relation; they sum up to 1."""
    values = msgspec.structs.asdict(found)
    dependent = 1 / (1 + math.exp(-_sum(model.dependent, values)))
    sums = [_sum(weights, values) for weights in (model.reprint, model.rewrite, model.update)]
    powers = [math.exp(one - max(sums)) for one in sums]
    kinds = {kind: dependent * power / sum(powers) for kind, power in zip(_KINDS, powers, strict=True)}
    return {**kinds, Relation.NONE: 1 - dependent}


def relation_of(chances: dict[Relation, float], model: LineageModel) -> Relation:
    """The relation that the model takes at these likelihoods."""
    if 1 - chances[Relation.NONE] < model.threshold:
        return Relation.NONE
    return max(_KINDS, key=lambda kind: chances[kind])


def _sum(weights: Weights, values: dict[str, float]) -> float:
    return weights.bias + math.fsum(weight * values[name] for name, weight in weights.of.items())


def order_of(first: Profile, second: Profile, relation: Relation, rules: LineageRules) -> Order:
    """Which came first: by date, else, of an update, by its toll, else by which one's outlet the other credits."""
    if first.day and second.day and first.day != second.day:
        return Order(second.day < first.day, "date")
    if relation is Relation.UPDATE:
        if first.top_toll and second.top_toll and first.top_toll != second.top_toll:
            return Order(second.top_toll < first.top_toll, "toll")
        if first.rising != second.rising:
            return Order(first.rising, "toll")
    forwards, backwards = credits_outlet(second, first, rules), credits_outlet(first, second, rules)
    if forwards != backwards:
        return Order(backwards, "credit")
    return Order(turned=False, by=None)


def common_origin(first: Profile, second: Profile, rules: LineageRules) -> str | None:
    """The agency or outlet that both go back to.

    It is one credited by both, else one's outlet that the other credits, else the only one that either credits. None
    where no credit tells, or where the two name different agencies.
    """
    both = first.agencies & second.agencies
    if both:
        filed = [one.agency for one in (first, second) if one.agency in both]
        return filed[0] if filed and filed[0] else min(both)
    for one, other in ((first, second), (second, first)):
        if other.outlet and credits_outlet(one, other, rules):
            return rules.agencies.filed_as(other.outlet) or other.outlet
    if first.agencies and second.agencies:
        return None
    either = first.agencies | second.agencies
    return next(iter(either)) if len(either) == 1 else None


def credits_outlet(one: Profile, other: Profile, rules: LineageRules) -> bool:
    """Whether one report credits the outlet of the other, which it is not itself."""
    if not other.outlet or one.outlet == other.outlet:
        return False
    return (rules.agencies.filed_as(other.outlet) or other.outlet) in one.agencies or one.names_outlet(other.outlet)


def _passages(found: Comparison, *, turned: bool) -> tuple[Passage, ...]:
    if not turned:
        return found.passages
    return tuple(sorted((Passage(one.second, one.first) for one in found.passages), key=lambda one: one.first))
