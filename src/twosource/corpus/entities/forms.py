"""The shape of a name: what tells it apart from others, what only says what kind of body it is, its numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from twosource.knowledge.name_forms import ANY_FORM, NameForms
from twosource.knowledge.name_index import fold_actor

__all__ = ["FormReader", "NameForm", "initials", "is_acronym"]

_SMALL = frozenset(
    """
    of the for and in on at to a an ul ut ud us el al de la le les du des et wa wal fi bi y e i
    """.split()  # noqa: SIM905
)
_TENS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_ORDINALS = {word: str(number) for number, word in enumerate(_TENS.split(), 1)}
_ROMAN = {"II": "2", "III": "3", "IV": "4", "VI": "6", "VII": "7", "VIII": "8", "IX": "9"}
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|er|e|eme)$")
_NUMBER = re.compile(r"\d+")


class NameForm(NamedTuple):
    """A name taken apart. ``words`` are folded; ``core`` are the sounds of those that tell the name apart.

    ``bodies`` are its words for what kind of body it is, ``classes`` their classes, ``numbers`` its numbers, in order.
    ``acronym`` is the name in capitals where it is one, else ''.
    """

    name: str
    words: tuple[str, ...]
    core: tuple[str, ...]
    classes: frozenset[str]
    numbers: tuple[str, ...]
    acronym: str
    bodies: tuple[str, ...]

    @property
    def sound(self) -> str:
        """The core in one run, for names that part their words otherwise: 'Abdel Rahman', 'Abdelrahman'."""
        return "".join(self.core)


class FormReader:
    """Takes names apart; keeps what it has seen."""

    def __init__(self, forms: NameForms) -> None:
        self._forms = forms
        self.read = lru_cache(200_000)(self._read)

    def _read(self, name: str) -> NameForm:
        words = _numbered(name)
        telling = [word for word in words if word not in _SMALL and self._forms.form_of(word) is None]
        core = tuple(self._forms.sound(word) for word in telling) or tuple(self._forms.sound(word) for word in words)
        classes = {self._forms.form_of(word) for word in words} - {None, ANY_FORM}
        return NameForm(
            name=name,
            words=words,
            core=tuple(word for word in core if word) or words,
            classes=frozenset(one for one in classes if one is not None),
            numbers=tuple(_NUMBER.findall(" ".join(words))),
            acronym=name.replace(".", "") if is_acronym(name) else "",
            bodies=tuple(word for word in words if self._forms.form_of(word) is not None),
        )


def is_acronym(name: str) -> bool:
    """Whether the name is one word of few letters, most of them capitals: 'HTS', 'SPLA-IO', 'LeT', 'M23'."""
    bare = name.replace(".", "")
    if " " in bare or not 2 <= len(bare) <= 9:
        return False
    capitals = sum(sign.isupper() or sign.isdigit() for sign in bare)
    return bare[0].isupper() and capitals >= 2 and capitals * 2 > len(bare)


def initials(words: Sequence[str], *, small: bool) -> str:
    """The first letters of the words in small letters, with or without those of 'of', 'the' and their like."""
    return "".join(word[0] for word in words if small or word not in _SMALL)


def _numbered(name: str) -> tuple[str, ...]:
    """The folded words of the name, ordinals and Roman numbers as digits."""
    roman = {word for word in name.replace("-", " ").split() if word in _ROMAN}
    told: list[str] = []
    for word in fold_actor(name).split():
        found = _ORDINAL.match(word)
        if found:
            told.append(found[1])
        elif word.upper() in roman:
            told.append(_ROMAN[word.upper()])
        else:
            told.append(_ORDINALS.get(word, word))
    return tuple(told)
