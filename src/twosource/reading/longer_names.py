"""Which name of a report is short for which: names are kept by what can be short for them, so that few are tried."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from twosource.spans import Span

__all__ = ["INNER", "LongerNames", "words_of"]

INNER = frozenset(
    {"of", "for", "the", "and", "al", "el", "ul", "bin", "ibn", "abu", "de", "la", "van", "von", "der", "-", "'s", "’s"}
)
"""Words that stand inside names and begin or end none."""

_ACRONYM = re.compile(r"^[A-Z][a-z]*[A-Z][A-Z0-9a-z]*$")
_WORD = re.compile(r"[\w’']+")
_LONGEST = 9  # words of a name that another can be short for
_PERSONS = 4  # words of one that is shortened to its last ones


class _Name(msgspec.Struct, frozen=True):
    span: Span
    words: tuple[str, ...]
    order: int

    @property
    def rank(self) -> tuple[int, int]:
        """The longest comes first, and of those as long the first."""
        return len(self.words), -self.order


class LongerNames:
    """The names of one report, asked for the longest of which another is short."""

    def __init__(self, names: Iterable[tuple[Span, tuple[str, ...]]]) -> None:
        """``names`` are where each stands and its words in lower case, in order."""
        self._by_end: dict[tuple[str, ...], _Name] = {}
        self._by_initials: defaultdict[str, list[_Name]] = defaultdict(list)
        self._by_word: defaultdict[tuple[str, str], list[_Name]] = defaultdict(list)
        seen = set[tuple[str, ...]]()
        for order, (span, words) in enumerate(names):
            if 1 < len(words) <= _LONGEST and words not in seen:
                seen.add(words)
                self._add(_Name(span, words, order))

    def _add(self, name: _Name) -> None:
        words = name.words
        self._by_initials["".join(sorted(_initials(words)))].append(name)
        at = _end_of_head(words)
        if at < len(words):
            for word in set(words) if at else ():
                self._by_word[words[at - 1], word].append(name)
        elif len(words) <= _PERSONS:
            for start in range(1, len(words)):
                held = self._by_end.get(words[start:])
                if held is None or held.rank < name.rank:
                    self._by_end[words[start:]] = name

    def longest_for(self, written: str) -> Span | None:
        """Where the longest name stands for which the one so written is short, the first of several; None for none."""
        short = words_of(written)
        if not short:
            return None
        if len(short) == 1 and _ACRONYM.match(written):
            tried: Sequence[_Name] = self._by_initials.get("".join(sorted(short[0])), ())
        else:
            tried = min((self._by_word.get((short[-1], word), ()) for word in short), key=len)
            shortened = self._by_end.get(short)
            tried = (*tried, shortened) if shortened is not None else tried
        found = max((n for n in tried if _is_short_for(short, n.words, written)), key=lambda n: n.rank, default=None)
        return found.span if found else None


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without its signs."""
    return tuple(word.lower() for word in _WORD.findall(name))


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word not in INNER)


def _end_of_head(words: Sequence[str]) -> int:
    """How many words stand before the first 'of' or 'for'; all where there is none."""
    return next((n for n, word in enumerate(words) if word in ("of", "for")), len(words))


def _is_short_for(short: tuple[str, ...], full: tuple[str, ...], written: str) -> bool:
    """'Moro' for 'Ilan Moro', 'Observatory' for 'Border Observatory for Peace', 'BOP' for the same."""
    if len(short) >= len(full):
        return False
    if len(short) == 1 and _ACRONYM.match(written):
        initials = _initials(full)
        mistyped = len(initials) > 3 and sorted(initials) == sorted(short[0])
        return initials == short[0] or mistyped
    if len(short) == 1 and len(short[0]) < 3:
        return False
    at = _end_of_head(full)
    if at == len(full):
        return len(full) <= _PERSONS and full[-len(short) :] == short
    return at > 0 and full[at - 1] == short[-1] and set(short) <= set(full)
