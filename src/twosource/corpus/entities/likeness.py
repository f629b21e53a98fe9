"""Whether two names have the form of one name, and why. Form alone: what is known of actors is asked elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from twosource.corpus.entities.forms import NameForm, initials
from twosource.corpus_records import Judgement

__all__ = ["Likeness", "bones", "compare_forms"]

_LEAST_SOUND = 4  # letters: a shorter core ('Amal', 'Nur') says too little where anything else differs
_LEAST_SKELETON = 5  # consonants that must agree where vowels do not
_VOWELS = frozenset("aiu")
_EDIT_LENGTH = 8  # letters of a word in which one may differ


class Likeness(NamedTuple):
    """What two forms tell, which rule told it, and the sentence."""

    judgement: Judgement
    rule: str
    reason: str


def compare_forms(first: NameForm, second: NameForm) -> Likeness:
    """What the forms of two names tell. The order of the two does not matter."""
    if second.name < first.name:
        first, second = second, first
    for compare in (_alike, _numbers, _acronyms, _spellings, _persons, _letters, _part):
        found = compare(first, second)
        if found is not None:
            return found
    return Likeness(
        Judgement.DIFFERENT, "form.other", f"Nothing in the form of '{first.name}' and '{second.name}' binds them."
    )


def _alike(first: NameForm, second: NameForm) -> Likeness | None:
    if first.words != second.words:
        return None
    return _same("form.alike", f"'{first.name}' and '{second.name}' are one name but for case, accents and articles.")


def _numbers(first: NameForm, second: NameForm) -> Likeness | None:
    if first.numbers == second.numbers:
        return None
    told = f"'{first.name}' and '{second.name}' have different numbers."
    if first.numbers and second.numbers:
        return Likeness(Judgement.DIFFERENT, "form.numbers", told)
    return None if _digitless(first) != _digitless(second) else _unsure("form.number", f"Only one has a number: {told}")


def _acronyms(first: NameForm, second: NameForm) -> Likeness | None:
    if first.acronym and second.acronym:
        if first.acronym.casefold().replace("-", "") == second.acronym.casefold().replace("-", ""):
            return _same("form.alike", f"'{first.name}' and '{second.name}' are the same letters.")
        return Likeness(
            Judgement.DIFFERENT, "form.acronyms", f"'{first.name}' and '{second.name}' are different letters."
        )
    if not (first.acronym or second.acronym):
        return None
    short, long = (first, second) if first.acronym else (second, first)
    letters = short.acronym.casefold().replace("-", "")
    if len(long.words) > 1 and letters in {initials(long.words, small=True), initials(long.words, small=False)}:
        return _unsure(
            "form.initials", f"'{short.name}' are the first letters of '{long.name}', and of other names too."
        )
    return None


def _spellings(first: NameForm, second: NameForm) -> Likeness | None:
    if first.sound != second.sound or (first.acronym and second.acronym):
        return None
    apart = first.classes ^ second.classes
    if first.classes and second.classes and apart and not first.classes & second.classes:
        return _classes_apart(first, second)
    if len(first.sound) < _LEAST_SOUND and len(first.words) != len(second.words):
        return _unsure("form.short", f"'{first.name}' and '{second.name}' share one short word, which says little.")
    if not apart and len(first.bodies) == len(second.bodies):
        return _same("form.spelling", f"'{first.name}' and '{second.name}' are two spellings of one name.")
    if first.classes and second.classes and apart:
        return _unsure("form.class", f"'{first.name}' and '{second.name}' are like each other but for one word.")
    return _same("form.body", f"'{first.name}' and '{second.name}' differ only in words for what kind of body it is.")


def _classes_apart(first: NameForm, second: NameForm) -> Likeness:
    kinds = f"{'/'.join(sorted(first.classes))} and {'/'.join(sorted(second.classes))}"
    told = f"'{first.name}' and '{second.name}' share a name, but are called different kinds of bodies: {kinds}."
    return Likeness(Judgement.UNSURE, "form.class", told)


def _persons(first: NameForm, second: NameForm) -> Likeness | None:
    """Names of persons, or what looks like them: the last words agree."""
    if first.classes or second.classes or not (_may_be_person(first) and _may_be_person(second)):
        return None
    if not _near(first.core[-1], second.core[-1]):
        return None
    short, long = sorted((first, second), key=lambda form: (len(form.core), form.name))
    if len(short.core) == 1:
        if len(long.core) == 1:
            return None
        return _unsure("form.surname", f"'{short.name}' may be short for '{long.name}', or another of that name.")
    if not (_near(short.core[0], long.core[0]) or _initial(short.words[0], long.words[0])):
        return None
    between = set(long.core[1:-1])
    if set(short.core[1:-1]) <= between or not between:
        told = f"'{short.name}' and '{long.name}' have the first and the last name in common"
        exact = short.core[0] == long.core[0] and short.core[-1] == long.core[-1]
        return _same("form.person", f"{told}.") if exact else _unsure("form.person", f"{told}, in another spelling.")
    return None


def _letters(first: NameForm, second: NameForm) -> Likeness | None:
    """Names whose words differ in vowels, or in one letter of a long word."""
    if first.acronym or second.acronym or (first.classes ^ second.classes and first.classes and second.classes):
        return None
    skeleton, other = bones(first.sound), bones(second.sound)
    told = f"'{first.name}' and '{second.name}' have the same consonants"
    if skeleton == other and [bones(word) for word in first.core] == [bones(word) for word in second.core]:
        near = _within(first.sound, second.sound, max(1, len(first.sound) // 5))
        if len(skeleton) >= _LEAST_SKELETON and near:
            return _same("form.consonants", f"{told} and are spellings of one name.")
        close = len(skeleton) >= 3 and _within(first.sound, second.sound, len(first.sound) // 3)
        return _unsure("form.consonants", f"{told}, which is not enough.") if close else None
    if len(first.core) != len(second.core):
        return None
    apart = [(one, other) for one, other in zip(first.core, second.core, strict=True) if one != other]
    if len(apart) == 1 and min(map(len, apart[0])) >= _EDIT_LENGTH and _within(*apart[0], 1):
        return _unsure("form.letter", f"'{first.name}' and '{second.name}' differ in one letter of a long word.")
    if all(_near(one, other) for one, other in apart) and len(first.core) > 1:
        return _unsure("form.near", f"'{first.name}' and '{second.name}' are spelt nearly alike.")
    return None


def _part(first: NameForm, second: NameForm) -> Likeness | None:
    """Names of which one has all the telling words of the other, and more."""
    short, long = sorted((first, second), key=lambda form: (len(form.core), form.name))
    numbered = bool(short.numbers) and short.numbers == long.numbers
    if short.acronym or (len(short.sound) < _LEAST_SOUND and not numbered) or not set(short.core) < set(long.core):
        return None
    if short.classes and long.classes and not short.classes & long.classes:
        return None
    return _unsure(
        "form.part", f"'{long.name}' has the words of '{short.name}' and more: it may be the full name, or another."
    )


def _may_be_person(form: NameForm) -> bool:
    return not form.acronym and not form.numbers and 1 <= len(form.core) <= 5


def _initial(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and long.startswith(short)


def _near(one: str, other: str) -> bool:
    """Whether two sounds are equal, or of one skeleton, or a letter apart where they are long."""
    if one == other or (bones(one) == bones(other) and len(bones(one)) >= 3 and one[:1] == other[:1]):
        return True
    return min(len(one), len(other)) >= 6 and _within(one, other, 1)


@lru_cache(200_000)
def bones(sound: str) -> str:
    """The consonants of a sound, and the mark of a vowel in front."""
    front = "a" if sound[:1] in _VOWELS and sound else ""
    return front + "".join(sign for sign in sound if sign not in _VOWELS)


def _digitless(form: NameForm) -> tuple[str, ...]:
    return tuple(word for word in form.core if not any(sign.isdigit() for sign in word))


def _within(one: str, other: str, most: int) -> bool:
    """Whether at most so many letters must be put in, left out or changed to make one word of the other."""
    if abs(len(one) - len(other)) > most:
        return False
    start = _shared(one, other)
    one, other = one[start:], other[start:]
    end = _shared(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    if not one or not other:
        return max(len(one), len(other)) <= most
    row: Sequence[int] = range(len(other) + 1)
    for at, sign in enumerate(one, 1):
        following = [at]
        for to, against in enumerate(other, 1):
            following.append(min(row[to] + 1, following[-1] + 1, row[to - 1] + (sign != against)))
        if min(following) > most:
            return False
        row = following
    return row[-1] <= most


def _shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    return next(
        (at for at, (sign, against) in enumerate(zip(one, other, strict=False)) if sign != against),
        min(len(one), len(other)),
    )


def _same(rule: str, reason: str) -> Likeness:
    return Likeness(Judgement.SAME, rule, reason)


def _unsure(rule: str, reason: str) -> Likeness:
    return Likeness(Judgement.UNSURE, rule, reason)
