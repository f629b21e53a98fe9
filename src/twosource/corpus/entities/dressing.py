"""Names that hold a known one: 'ISIS fighters', 'Assad regime', 'Iran-backed Hezbollah militias', 'SANA reporter'.

What the words around the known name do to it is in data/en/actor_heads.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from twosource.closed_sets import ActorKind
from twosource.corpus.entities.knowing import EntityKnowledge, Known
from twosource.knowledge.actor_heads import HeadUse
from twosource.knowledge.actors import WordUse
from twosource.knowledge.name_index import fold_actor

__all__ = ["Dressed", "undress"]

_FORCES = frozenset([ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE, ActorKind.ORGANISATION])
_PRESS = frozenset([ActorKind.AGENCY, ActorKind.OUTLET, ActorKind.MONITOR])
_OWN_RULES = frozenset(["armed.regular", "anonymous.source"])  # 'residents' and 'rebels' are no state's own
_TURNING = frozenset(
    ["against", "by", "to", "from", "in", "who", "near", "at", "with", "for", "on", "into", "fighting", "under", "and"]
)
Find = Callable[[str], Known | None]


class Dressed(NamedTuple):
    """The known actor in a name, whether the name means that actor or only its people and things, and the rule."""

    row: Known
    same: bool
    rule: str
    reason: str


def undress(name: str, find: Find, knowledge: EntityKnowledge) -> Dressed | None:
    """The known actor that a longer name holds, and what the other words make of it; None where there is none.

    ``find`` gives the one row that a name means in this report.
    """
    words = _words(name)
    starts = [start for start, word in enumerate(words) if knowledge.may_open(word)]
    for size in range(len(words) - 1 if starts else 0, 0, -1):
        for start in (start for start in starts if start + size <= len(words)):
            row = _found(words[start : start + size], find, knowledge)
            if row is None:
                continue
            before, after = words[:start], words[start + size :]
            return _judged(name, row, before, after, knowledge)
    return None


def _words(name: str) -> list[str]:
    return name.replace("’", "'").split()


def _found(words: Sequence[str], find: Find, knowledge: EntityKnowledge) -> Known | None:
    """The row for a run of words; 'Assads' and "Assad's" are tried as 'Assad', 'Russian' as Russia."""
    joined = " ".join(words)
    if not any(sign.isupper() for sign in words[0] + words[-1]) or words[0] in ("The", "A"):
        return None
    plain = joined.removesuffix("'s").removesuffix("'")
    row = find(plain)
    if row is None and len(words) == 1:
        row = knowledge.state_of_adjective(plain) or (_leader(plain[:-1], find) if plain.endswith("s") else None)
    return row


def _leader(name: str, find: Find) -> Known | None:
    row = find(name)
    return row if row is not None and row.kind in (ActorKind.PERSON, ActorKind.STATE) else None


def _judged(
    name: str, row: Known, before: Sequence[str], after: Sequence[str], knowledge: EntityKnowledge
) -> Dressed | None:
    front, back = [_folded(words) for words in (before, after)]
    if "and" in front or "and" in back:
        return None
    if row.kind in (ActorKind.STATE, ActorKind.PERSON):
        return _of_state(name, row, front, back, knowledge)
    heads = knowledge.heads
    if any(heads.has_use(word, HeadUse.SPLITTING) for word in front) or _TURNING & {*back, *front}:
        return _owned(name, row, "dressing.around")
    if not _all_plain(front, knowledge):
        return _owned(name, row, "dressing.around")
    if heads.all_have_use(back, HeadUse.MEMBERS) and row.kind in _FORCES | _PRESS:
        told = " ".join(dict.fromkeys((*before, *after)))
        return Dressed(row, True, "dressing.members", f"'{name}' is {row.name} with the words '{told}'.")
    if heads.all_have_use(back, HeadUse.EQUIPMENT) and row.kind in _FORCES:
        return Dressed(row, True, "dressing.equipment", _equipment(name, row))
    return _owned(name, row, "dressing.around")


def _of_state(
    name: str, row: Known, front: Sequence[str], back: Sequence[str], knowledge: EntityKnowledge
) -> Dressed | None:
    """What a state's or a leader's name makes with the words around it."""
    heads = knowledge.heads
    state = row if row.kind is ActorKind.STATE else knowledge.known.get(row.state or "")
    if state is None:
        return None
    told = f"{row.name} led {state.name}, so" if row is not state else "In"
    plain, opening = _all_plain(front, knowledge), [word for word in front if word not in ("the", "president")]
    turned = bool(_TURNING & {*front, *back})
    if back and plain and not turned:
        rest = _without_adjectives(back, knowledge)
        if heads.all_have_use(rest, HeadUse.GOVERNMENT):
            return Dressed(state, True, "dressing.government", _government(name, row, state))
        if heads.all_have_use(rest, HeadUse.EQUIPMENT):
            return Dressed(
                state, True, "dressing.equipment", f"In '{name}', equipment stands for its owner, {state.name}."
            )
        if heads.has_use(" ".join(rest), HeadUse.REGULAR):
            forces = knowledge.forces_of(state)
            if forces is not None:
                reason = f"{told} '{name}' is the armed forces of {state.name}."
                return Dressed(forces, True, "dressing.forces", reason.replace("In '", "'"))
    if not back and len(opening) >= 2 and opening[1] == "of" and heads.has_use(opening[0], HeadUse.GOVERNMENT):
        return Dressed(state, True, "dressing.government", _government(name, row, state))
    if row is not state and not back and _titled(front, knowledge):
        return Dressed(row, True, "dressing.title", f"'{name}' is {row.name} with a title.")
    return _owned(name, state, "dressing.around") if _has_regular_head(back or front, knowledge) else None


def _equipment(name: str, row: Known) -> str:
    return f"In '{name}', equipment stands for its owner, {row.name}."


def _government(name: str, row: Known, state: Known) -> str:
    if row is state:
        return f"'{name}' is the government of {state.name}."
    first, last = row.years or (None, None)
    return f"'{name}' is the government of {state.name}, which {row.name} led ({first} to {last or 'this day'})."


def _owned(name: str, row: Known, rule: str) -> Dressed:
    return Dressed(row, False, rule, f"'{name}' tells of people or things of {row.name}, not of {row.name} as such.")


def _folded(words: Sequence[str]) -> list[str]:
    return [part for word in words for part in fold_actor(word).split() if part]


def _all_plain(words: Sequence[str], knowledge: EntityKnowledge) -> bool:
    """Whether no word before the name makes another actor of it: adjectives, 'X-backed', 'terrorist organization'."""
    return all(
        knowledge.is_adjective(word)
        or knowledge.heads.has_use(word, HeadUse.PLAIN)
        or knowledge.words.has_use(word, WordUse.COMPOUND)
        or bool(knowledge.meanings(word.capitalize()) or knowledge.meanings(word.upper()))
        for word in words
    )


def _titled(words: Sequence[str], knowledge: EntityKnowledge) -> bool:
    bare = [word for word in words if not knowledge.is_adjective(word)]
    return bool(bare) and knowledge.words.is_title(bare)


def _without_adjectives(words: Sequence[str], knowledge: EntityKnowledge) -> list[str]:
    return [word for word in words if not knowledge.is_adjective(word)] or list(words)


def _has_regular_head(words: Sequence[str], knowledge: EntityKnowledge) -> bool:
    """Whether the words tell of a state's own people or things: forces, officials, sources, media, equipment."""
    uses = (WordUse.OFFICIALS, WordUse.OUTLET, WordUse.EQUIPMENT)
    regular = any(rule.id in _OWN_RULES for word in words for rule in knowledge.words.rules_of(word))
    return regular or any(knowledge.words.has_use(word, *uses) for word in words)
