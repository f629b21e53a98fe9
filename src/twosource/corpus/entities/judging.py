"""Whether two names mean one actor, as far as tables and form tell: same, different or unsure, with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from twosource.closed_sets import ActorKind
from twosource.corpus.entities.knowing import EntityKnowledge, Known
from twosource.corpus.entities.likeness import Likeness, compare_forms
from twosource.corpus.entities.naming import read_names
from twosource.corpus.entities.scene import Naming, Parties, Scene, Sort
from twosource.corpus_records import Judgement, NameJudgement

__all__ = ["judge_names", "judge_namings"]

_ORDER = (Judgement.SAME, Judgement.UNSURE, Judgement.DIFFERENT)
_UNARMED = frozenset([ActorKind.CIVILIANS, ActorKind.DOCUMENT, ActorKind.OUTLET, ActorKind.MONITOR, ActorKind.AGENCY])
_MAYBE_ARMED = frozenset([ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE, ActorKind.STATE])


def judge_names(first: str, second: str, knowledge: EntityKnowledge) -> NameJudgement:
    """What tables and form tell of two names without any report."""
    namings = []
    for name in (first, second):
        [naming] = read_names(Scene(report="-", claims=(Parties(actors=(name,)),)), knowledge)
        namings.append(naming)
    return judge_namings(namings[0], namings[1], knowledge)


def judge_namings(first: Naming, second: Naming, knowledge: EntityKnowledge) -> NameJudgement:
    """The same for two names as two reports mean them; or as one report does."""
    found = _judged(first, second, knowledge)
    return NameJudgement(
        first=first.name,
        second=second.name,
        judgement=found.judgement,
        rule=found.rule,
        reason=found.reason,
        entities=(first.entity, second.entity),
    )


def _judged(first: Naming, second: Naming, knowledge: EntityKnowledge) -> Likeness:
    sorts = {first.sort, second.sort}
    if first.entity == second.entity:
        return Likeness(Judgement.SAME, _rule(first, second), _both(first, second))
    if Sort.GENERIC in sorts:
        return _generic(first, second)
    if first.maybe or second.maybe:
        return _ambiguous(first, second, knowledge)
    if sorts == {Sort.KNOWN}:
        return _rows(knowledge.known[first.entity], knowledge.known[second.entity], knowledge)
    if sorts == {Sort.NAMED}:
        return compare_forms(knowledge.form(first.full), knowledge.form(second.full))
    named, known = (first, second) if first.sort is Sort.NAMED else (second, first)
    return _against_row(named, knowledge.known[known.entity], knowledge)


def _rows(first: Known, second: Known, knowledge: EntityKnowledge) -> Likeness:
    """Two rows of the tables: two actors, whatever binds them."""
    for one, other in ((first, second), (second, first)):
        if other.id in _ancestors(one, knowledge, succession=True):
            told = f"{one.name} was renamed from {other.name} or grew out of it: succession, not identity."
            return Likeness(Judgement.DIFFERENT, "table.succession", told)
        if other.id in _ancestors(one, knowledge, succession=False):
            told = f"{one.name} belongs to {other.name} and is an actor of its own."
            if one.kind is ActorKind.PERSON:
                told = f"{one.name} led {other.name} and is an actor of his or her own."
            return Likeness(Judgement.DIFFERENT, "table.parent", told)
    told = f"The tables have {first.name} and {second.name} as two actors."
    return Likeness(Judgement.DIFFERENT, "table.rows", told)


def _ancestors(row: Known, knowledge: EntityKnowledge, *, succession: bool) -> set[str]:
    seen: set[str] = set()
    waiting = [row]
    while waiting:
        one = waiting.pop()
        above = one.succeeds if succession else tuple(filter(None, [one.state]))
        for id_ in above:
            if id_ not in seen and id_ in knowledge.known:
                seen.add(id_)
                waiting.append(knowledge.known[id_])
    return seen


def _generic(first: Naming, second: Naming) -> Likeness:
    if first.owner and second.owner and first.owner != second.owner:
        told = f"{first.reason} {second.reason}"
        return Likeness(Judgement.DIFFERENT, "generic.owner", told)
    for one, other in ((first, second), (second, first)):
        if one.sort is Sort.GENERIC and one.owner == other.entity:
            return Likeness(Judgement.DIFFERENT, "generic.part", one.reason)
        apart = one.kind in _UNARMED and one.kind is not other.kind and other.kind in _MAYBE_ARMED | _UNARMED
        if one.sort is Sort.GENERIC and apart:
            told = f"'{one.name}' and '{other.name}' are of different kinds: {one.kind.value}, {other.kind.value}."
            return Likeness(Judgement.DIFFERENT, "generic.kind", told)
    told = next(one.name for one in (first, second) if one.sort is Sort.GENERIC)
    reason = f"'{told}' names no actor that could be told from others: only its report, or a person, can say who it is."
    return Likeness(Judgement.UNSURE, "generic", reason)


def _ambiguous(first: Naming, second: Naming, knowledge: EntityKnowledge) -> Likeness:
    meant = [set(one.maybe) or {one.entity} for one in (first, second)]
    doubtful = first if first.maybe else second
    if meant[0] & meant[1]:
        return Likeness(Judgement.UNSURE, "table.ambiguous", doubtful.reason)
    likeness = compare_forms(knowledge.form(first.name), knowledge.form(second.name))
    if likeness.judgement is not Judgement.DIFFERENT:
        return Likeness(Judgement.UNSURE, likeness.rule, likeness.reason)
    told = f"{doubtful.reason} None of that is what the other name means."
    return Likeness(Judgement.DIFFERENT, "table.ambiguous", told)


def _against_row(named: Naming, row: Known, knowledge: EntityKnowledge) -> Likeness:
    """The closest that the form of a name comes to any name of a row."""
    form = knowledge.form(named.full)
    person = row.kind is ActorKind.PERSON and len(form.words) > 1  # 'Tareq Saleh' is no spelling of 'Saleh'
    names = [name for name in row.names if not person or " " in name]
    found = [compare_forms(form, knowledge.form(name)) for name in names]
    best = _closest(found)
    if best.judgement is Judgement.DIFFERENT:
        told = f"'{named.name}' has no likeness to any name of {row.name}."
        return Likeness(Judgement.DIFFERENT, "form.other", told)
    return Likeness(Judgement.UNSURE, best.rule, f"{best.reason} A likeness to a row of the table is a suggestion.")


def _closest(found: Iterable[Likeness]) -> Likeness:
    return min(found, key=lambda one: (_ORDER.index(one.judgement), one.rule, one.reason))


def _rule(first: Naming, second: Naming) -> str:
    rules = sorted({one.rule for one in (first, second)} - {"table.name", "name"})
    return rules[0] if rules else first.rule


def _both(first: Naming, second: Naming) -> str:
    if first.reason == second.reason:
        return first.reason
    return f"{first.reason} {second.reason}"
