"""People's decisions on names, laid over what the engine found: two names are one actor, or are two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from twosource.corpus.entities.bonds import Parting
from twosource.corpus.entities.index import id_of_name
from twosource.corpus.entities.knowing import EntityKnowledge
from twosource.corpus.entities.scene import Sort, Used
from twosource.corpus_records import Decision, Judgement
from twosource.knowledge.name_index import fold_actor

__all__ = ["laid_over", "partings"]


def laid_over(used: Sequence[Used], decisions: Iterable[Decision], knowledge: EntityKnowledge) -> list[Used]:
    """The same, with names taken out of an entity where a person has parted them from another name of it.

    Of two names that one entity has, the one that is not its chief name leaves, else the one in fewer reports.
    """
    result = list(used)
    for decision in decisions:
        if decision.verdict != Judgement.DIFFERENT.value:
            continue
        for first, second in combinations(decision.subjects, 2):
            leaving = _leaving(first, second, result, knowledge)
            if leaving is not None:
                told = f"{decision.who} decided that '{first}' and '{second}' are two actors: {decision.reason}"
                result = [_taken_out(one, told) if _alike(leaving, one.naming.name) else one for one in result]
    return result


def partings(used: Sequence[Used], decisions: Iterable[Decision]) -> tuple[Parting, ...]:
    """What people said of ids, from what they said of names or ids. Names that no report uses are left out."""
    ids = _ids_by_name(used)
    found: list[Parting] = []
    for decision in decisions:
        same = decision.verdict == Judgement.SAME.value
        number = "one actor" if same else "two actors"
        if not same and decision.verdict != Judgement.DIFFERENT.value:
            continue
        for first, second in combinations(decision.subjects, 2):
            pair = ids.get(first), ids.get(second)
            if pair[0] is not None and pair[1] is not None and pair[0] != pair[1]:
                told = f"{decision.who} decided that '{first}' and '{second}' are {number}"
                found.append(Parting(pair[0], pair[1], same, f"{told}: {decision.reason}"))
    return tuple(found)


def _ids_by_name(used: Sequence[Used]) -> Mapping[str, str]:
    """The id that each name has in most reports; an id stands for itself."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in used:
        counts[one.naming.name][one.naming.entity] += 1
        counts[one.naming.entity][one.naming.entity] += 1
    return {name: min(ids, key=lambda id_: (-ids[id_], id_)) for name, ids in counts.items()}


def _leaving(first: str, second: str, used: Sequence[Used], knowledge: EntityKnowledge) -> str | None:
    ids = _ids_by_name(used)
    entity = ids.get(first)
    if entity is None or entity != ids.get(second) or first == second:
        return None
    row = knowledge.known.get(entity)
    reports = Counter(one.naming.name for one in used if one.naming.name in (first, second))
    chief = row.name if row is not None else None
    return min((first, second), key=lambda name: (name in (chief, entity), reports[name], name))


def _alike(first: str, second: str) -> bool:
    """Whether two names are one but for case, accents and articles."""
    return fold_actor(first) == fold_actor(second)


def _taken_out(one: Used, reason: str) -> Used:
    naming = msgspec.structs.replace(
        one.naming,
        full=one.naming.name,
        sort=Sort.NAMED,
        entity=id_of_name(one.naming.name),
        judgement=Judgement.DIFFERENT,
        rule="decision",
        reason=reason,
    )
    return msgspec.structs.replace(one, naming=naming)
