"""People and things without a name of their own: 'rebels', 'two houses', 'Kurdish fighters', 'Interior Ministry'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twosource.closed_sets import ActorKind
from twosource.corpus.entities.knowing import EntityKnowledge
from twosource.knowledge.actor_heads import HeadUse
from twosource.knowledge.actors import WordUse
from twosource.knowledge.name_index import fold_actor

__all__ = ["generic_kind", "head_of", "is_generic", "kind_of_name"]

_PREPOSITIONS = frozenset(
    """
    of in from at for to with on who against loyal backed held under near by inside across among that speaking fighting
    """.split()  # noqa: SIM905
)
_LEAST_NAME = 2  # letters
_USES = tuple(use for use in WordUse if use is not WordUse.GROUP_FORM)
_WORDS = re.compile(r"[^\W_][\w'’.&-]*")


def is_generic(name: str, knowledge: EntityKnowledge) -> bool:
    """Whether the name is no name: nothing in it tells one actor from another of the kind, in any report."""
    words = _up_to_head(_WORDS.findall(name), knowledge)
    if len(fold_actor(name)) < _LEAST_NAME or _is_joint(name) or _is_office(words, knowledge):
        return True
    if not any(_telling(word, at, knowledge) for at, word in enumerate(words)):
        return True
    head = words[-1] if words else ""
    if not head or any(sign.isupper() or sign.isdigit() for sign in head):
        return _all_institutional(words, knowledge)
    form = knowledge.forms.form_of(fold_actor(head))
    return form is None


def _is_joint(name: str) -> bool:
    """Whether several are named in one breath: 'Badr and Nujabaa groups'."""
    words = name.split()
    return "and" in words[1:-1] and words[-1][:1].islower()


def _is_office(words: Sequence[str], knowledge: EntityKnowledge) -> bool:
    """Whether it is a title without its bearer: 'Syrian President'."""
    bare = [fold_actor(word) for word in words]
    bare = [word for word in bare if not knowledge.is_adjective(word) and not knowledge.is_adjective(word.rstrip("s"))]
    return bool(bare) and knowledge.words.is_title(bare)


def head_of(words: Sequence[str]) -> str:
    """The last word before the first preposition: 'members' of 'members of the council'."""
    return _up_to_head(words)[-1] if words else ""


def generic_kind(name: str, knowledge: EntityKnowledge) -> ActorKind:
    """The kind of people or things that the head of the name tells of."""
    words = [word.removesuffix("'s").removesuffix("’s") for word in _WORDS.findall(name)]
    head = head_of(words)
    at = words.index(head) if head in words else 0
    pair = " ".join(words[max(0, at - 1) : at + 1])
    return knowledge.words.kind_of(pair) or knowledge.words.kind_of(head) or ActorKind.GENERIC


def kind_of_name(name: str, knowledge: EntityKnowledge) -> ActorKind:
    """What a name that no table has seems to stand for, by its form: a group, a person, an outlet, an organisation."""
    words = _WORDS.findall(name)
    form = knowledge.form(name)
    if knowledge.words.has_use(" ".join(words[-2:]), WordUse.OUTLET) or (
        words and knowledge.words.has_use(words[-1], WordUse.OUTLET)
    ):
        return ActorKind.OUTLET
    if form.classes or form.acronym or any(knowledge.forms.form_of(word) for word in form.words):
        soft = {"council", "alliance", "party"}
        return ActorKind.ORGANISATION if form.acronym or form.classes & soft else ActorKind.ARMED_GROUP
    capitals = [word for word in words if word[:1].isupper()]
    lower = [word for word in words if word[:1].islower()]
    small = {"al", "bin", "ibn", "van", "de", "von", "el", "abu", "der", "da", "di", "bint"}
    if 2 <= len(words) <= 5 and capitals and all(word.lower().split("-")[0] in small for word in lower):
        return ActorKind.PERSON
    return ActorKind.ORGANISATION


def _up_to_head(words: Sequence[str], knowledge: EntityKnowledge | None = None) -> Sequence[str]:
    """The words before the first preposition that does not stand inside a name ('Army of Islam')."""
    for at, word in enumerate(words):
        if not at or word not in _PREPOSITIONS:
            continue
        opening = at == 1 and knowledge is not None and not _telling(words[0], 0, knowledge)
        if opening or words[at - 1][:1].islower():
            return words[:at]
    return words


def _telling(word: str, at: int, knowledge: EntityKnowledge) -> bool:
    """Whether the word tells a name apart: it has a capital, and is no adjective of a people nor an opening word."""
    if not any(sign.isupper() or sign.isdigit() for sign in word):
        return False
    bare = fold_actor(word)
    if word.isdigit() or knowledge.is_adjective(bare) or ("-" in word and _compound(word, knowledge)):
        return False
    opening = at == 0 and not word.isupper()
    return not (opening and (knowledge.words.has_use(bare, *_USES) or knowledge.heads.has_use(bare, HeadUse.PLAIN)))


def _compound(word: str, knowledge: EntityKnowledge) -> bool:
    return knowledge.words.has_use(word.rpartition("-")[2].lower(), WordUse.COMPOUND)


def _all_institutional(words: Sequence[str], knowledge: EntityKnowledge) -> bool:
    """Whether the name is of what many states have: 'Interior Ministry', 'State TV', 'Syrian Opposition'."""
    bare = fold_actor(" ".join(words)).split()
    last = bare[-1] if bare else ""
    if knowledge.heads.has_use(last, HeadUse.DEFINITE) and knowledge.forms.form_of(last) is None:
        bare = [word for word in bare if not knowledge.is_adjective(word)]
    return knowledge.heads.all_have_use(bare, HeadUse.INSTITUTION)
