"""What an export for publication leaves out: names that the user marks, full texts, and quotations beyond a length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

__all__ = ["Masks", "shortened"]

_MANY_WORDS = 4  # longer names are descriptions ('two officials in the city of Vale'): their last word names nobody
RecordT = TypeVar("RecordT", bound=msgspec.Struct)


class Masks:
    """Names that are to be told from each other, and from nothing else: '[withheld 1]' stands for the first of them.

    A name is found in any string, whatever its case and whatever stands between its words, ids that are made of it
    included. Of a name of two to four capitalised words the last is found alone too, as a report says 'Darune' after
    'Lisk Darune'.
    """

    def __init__(self, names: Sequence[str] = ()) -> None:
        self._stand_ins = {name: f"[withheld {number}]" for number, name in enumerate(names, 1)}
        forms = {form: name for name in names for form in _forms(name)}
        self._name_of = {_key(form): name for form, name in forms.items()}
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        self._pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(_pattern, longest_first)) + r")(?!\w)", re.IGNORECASE)

    def __bool__(self) -> bool:
        return bool(self._stand_ins)

    def words(self, text: str) -> str:
        """The text with each marked name replaced by what stands for it."""
        if not self._stand_ins:
            return text
        return self._pattern.sub(lambda found: self._stand_ins[self._name_of[_key(found[0])]], text)

    def record(self, record: RecordT) -> RecordT:
        """The record with the marked names replaced in every string that it holds, ids included."""
        if not self._stand_ins:
            return record
        return msgspec.convert(self._within(msgspec.to_builtins(record)), type(record))

    def _within(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.words(value)
        if isinstance(value, dict):
            return {key: self._within(inner) for key, inner in value.items()}
        return [self._within(inner) for inner in value] if isinstance(value, list | tuple) else value


def shortened(words: str, limit: int) -> str:
    """The words, cut after the last whole word within ``limit`` code points and ended by ' …' where they are longer."""
    if len(words) <= limit:
        return words
    kept = words[: limit + 1].rpartition(" ")[0] or words[:limit]
    return f"{kept.rstrip(' ,;:–—-')} …"


def _forms(name: str) -> list[str]:
    words = name.split()
    is_person_shaped = 1 < len(words) <= _MANY_WORDS and all(word[0].isupper() for word in words)
    return [name, words[-1]] if is_person_shaped else [name]


def _pattern(form: str) -> str:
    return r"[\W_]+".join(map(re.escape, re.findall(r"\w+", form))) or re.escape(form)


def _key(form: str) -> str:
    return " ".join(re.findall(r"\w+", form.casefold().replace("_", " ")))
