"""Two texts laid side by side: sentences that tell the same in one row, the words that differ marked in both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from twosource.records import Reading
from twosource.spans import Span
from twosource.web.highlight import paragraphs

__all__ = ["Row", "Run", "shared_share", "side_by_side"]

_ALIKE = 0.4
"""Share of common words from which two sentences stand in one row; the bound of the lineage's own passages."""
_MOST_SENTENCES = 600
"""Of each text: the table of likeness is their product. What comes after stands in rows of its own."""
_WORD = re.compile(r"\w+", re.UNICODE)
_TOKEN = re.compile(r"\w+|\W+", re.UNICODE)


class Run(msgspec.Struct, frozen=True):
    """A run of words, and whether the other side of its row has it too, in the same order."""

    text: str
    shared: bool


class Row(msgspec.Struct, frozen=True):
    """What stands side by side: a sentence of each text, or of one alone (then the other is empty)."""

    left: tuple[Run, ...] = ()
    right: tuple[Run, ...] = ()

    @property
    def is_shared(self) -> bool:
        """Whether both sides say it."""
        return bool(self.left and self.right)


def side_by_side(left: Reading, right: Reading) -> tuple[Row, ...]:
    """The rows in order of both texts; each sentence of each text stands in exactly one of them.

    Sentences that changed places stand apart: an order of both can hold only one of the two ways.
    """
    lefts, rights = _sentences(left), _sentences(right)
    rows: list[Row] = []
    at_left = at_right = 0
    for pair in [*_pairs(lefts[:_MOST_SENTENCES], rights[:_MOST_SENTENCES]), (len(lefts), len(rights))]:
        rows += [Row(left=(Run(words, False),)) for words in lefts[at_left : pair[0]]]
        rows += [Row(right=(Run(words, False),)) for words in rights[at_right : pair[1]]]
        at_left, at_right = pair
        if at_left < len(lefts) and at_right < len(rights):
            rows.append(_row(lefts[at_left], rights[at_right]))
            at_left, at_right = at_left + 1, at_right + 1
    return tuple(rows)


def shared_share(rows: Sequence[Row]) -> tuple[int, int]:
    """The percentage of each side's words that the other side has in the same row and order."""
    return _percentage(run for row in rows for run in row.left), _percentage(run for row in rows for run in row.right)


def _percentage(runs: Iterator[Run]) -> int:
    counts = [(len(_WORD.findall(run.text)), run.shared) for run in runs]
    whole = sum(words for words, _ in counts)
    return round(100 * sum(words for words, shared in counts if shared) / whole) if whole else 0


def _sentences(reading: Reading) -> list[str]:
    """The words of each sentence; of each paragraph where the report was not read."""
    text = reading.report.text
    spans: Sequence[Span] = [one.span for one in reading.sentences] or paragraphs(text)
    return [words for words in (span.of(text).strip() for span in spans) if words]


def _pairs(lefts: Sequence[str], rights: Sequence[str]) -> list[tuple[int, int]]:
    """Indexes of sentences that tell the same, rising on both sides, so that their likeness together is greatest."""
    left_words, right_words = [_words(one) for one in lefts], [_words(one) for one in rights]
    best = [[0.0] * (len(rights) + 1) for _ in range(len(lefts) + 1)]
    alike = [[_likeness(mine, theirs) for theirs in right_words] for mine in left_words]
    for i in range(len(lefts) - 1, -1, -1):
        for j in range(len(rights) - 1, -1, -1):
            together = best[i + 1][j + 1] + alike[i][j] if alike[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    return list(_followed(best, alike))


def _followed(best: Sequence[Sequence[float]], alike: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _words(sentence: str) -> frozenset[str]:
    return frozenset(_WORD.findall(sentence.casefold()))


def _likeness(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """The share of common words, 0 where it is too small to show the two in one row; longer sentences count more."""
    shorter = min(len(mine), len(theirs))
    if shorter == 0:
        return 0.0
    shared = len(mine & theirs) / (len(mine) * len(theirs)) ** 0.5
    return shared if shared >= _ALIKE else 0.0


def _row(left: str, right: str) -> Row:
    """The two sentences with the words that both have, in the same order, told from the others."""
    mine, theirs = _TOKEN.findall(left), _TOKEN.findall(right)
    folded = [one.casefold() for one in mine], [one.casefold() for one in theirs]
    blocks = SequenceMatcher(None, *folded, autojunk=False).get_matching_blocks()
    return Row(
        tuple(_runs(mine, [(block.a, block.a + block.size) for block in blocks])),
        tuple(_runs(theirs, [(block.b, block.b + block.size) for block in blocks])),
    )


def _runs(tokens: Sequence[str], shared: Sequence[tuple[int, int]]) -> Iterator[Run]:
    """The tokens as runs; blanks between two changed words are changed with them, or each word would stand alone."""
    ends = (0, len(tokens))
    kept = [run for run in shared if run[0] in ends or run[1] in ends or _WORD.search("".join(tokens[slice(*run)]))]
    at = 0
    for start, end in kept:
        if at < start:
            yield Run("".join(tokens[at:start]), False)
        if start < end:
            yield Run("".join(tokens[start:end]), True)
        at = end
