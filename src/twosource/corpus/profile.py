"""What one report is compared by: its words, sentences, quotations, prints, names, figures, days and credits."""

from __future__ import annotations

import bisect
import datetime
import functools
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from twosource.corpus.credits import credited_agencies
from twosource.corpus.prints import GRAM, fingerprints, sampled
from twosource.corpus.words import Words, fold_words, quoted_runs, sentence_runs, word_keys
from twosource.knowledge.lineage_rules import LineageRules
from twosource.records import Report
from twosource.spans import Span

__all__ = ["LEAD", "QUOTED_GRAM", "Profile", "indexed_prints", "is_set_aside", "keys_of_prints", "sentences_holding"]

LEAD = 80
"""Words that count as the lead, from the beginning of the body: two or three sentences."""

QUOTED_GRAM = 4
"""Words in a row by which quotations are compared."""

_TOLL_BEFORE, _TOLL_AFTER = 8, 10  # words before and after a number in which a word may make it a toll
_TOLL_LEAD = 60  # words of the body in which the tolls of the lead are looked for
_LARGEST_TOLL = 5000  # a larger number in a lead is the whole war's
_YEARS = range(1900, 2101)
_LONGEST_NUMBER = 10  # digits
_STOCK_SHARE = 0.6  # of a sentence's sampled prints that must be stock, if it has three at least
_LEAST_SAMPLED = 3
_LONGEST_REPEATED = 2000  # code points of a line that is kept in memory because others may have it too
_BARE = str.maketrans({**dict.fromkeys("'’‘`´.,"), **dict.fromkeys("“”„«»–—…", " ")})  # what folding drops, and marks


class Profile:
    """One report, ready to be compared. All runs and masks are over its words.

    ``quoted`` masks quotations, ``stock`` the sentences that are set aside. ``free`` are the prints of neither.
    ``content`` holds each sentence's words that say something, none for one that is set aside. ``top_toll`` is the
    largest number of dead in the lead, ``tolls`` those of dead and hurt there, ``days`` the weekdays named there.
    """

    def __init__(self, report: Report, rules: LineageRules, stock: frozenset[int] = frozenset()) -> None:
        """``stock`` are the sampled prints of the whole corpus that are boilerplate."""
        self.report = report.id
        self.day: datetime.date | None = report.published
        self.outlet = report.outlet
        self.agency = report.agency
        self.text = report.text
        self.words: Words = fold_words(report.text)
        self.keys = self.words.keys
        self.body = bisect.bisect_left(self.words.starts, report.body)
        self.sentences = sentence_runs(report.text, self.words, rules.abbreviations)
        self.quotations = quoted_runs(report.text, self.words)
        self.quoted = mask(len(self.words), self.quotations)
        self.all_prints = fingerprints(self.keys)
        self.agencies = credited_agencies(report, self.words, rules)
        self._count_words(rules)
        self._read_numbers(rules)
        self._take_prints()
        self._leave_out([])
        if stock:
            self.set_aside(stock)

    def sampled(self) -> frozenset[int]:
        """The sampled prints under which the index keeps the report."""
        return sampled(self.all_prints)

    def set_aside(self, stock: Container[int]) -> None:
        """Sets the sentences aside that are boilerplate where these sampled prints are."""
        runs = [run for run in self.sentences if self._is_stock(run, stock)]
        if runs:
            self._leave_out(runs)

    def _leave_out(self, runs: Sequence[Span]) -> None:
        self.stock = mask(len(self.words), runs)
        self.prints = frozenset(kept(self.all_prints, self.stock, GRAM))
        masked = self.quoted | self.stock
        self.free = frozenset(kept(self.all_prints, masked, GRAM))
        self.trigrams = frozenset(kept(self.all_trigrams, self.stock, 3))
        out = set(runs)
        self.content = tuple(
            frozenset() if run in out else words for run, words in zip(self.sentences, self._contents, strict=True)
        )

    def _take_prints(self) -> None:
        """What no sentence that is set aside changes."""
        self.all_trigrams = fingerprints(self.keys, 3)
        self.lead_prints = frozenset(self.all_prints[self.body : self.body + LEAD - GRAM + 1])
        self.quoted_grams = tuple(
            frozenset(fingerprints(self.keys[run.start : run.end], QUOTED_GRAM)) for run in self.quotations
        )
        self._contents = tuple(self._content(run) for run in self.sentences)

    def _is_stock(self, run: Span, stock: Container[int]) -> bool:
        return is_set_aside(_sampled_in(self.all_prints, run), stock)

    def _content(self, run: Span) -> frozenset[str]:
        return frozenset(self.keys[run.start : run.end]) & self.counts.keys()

    def _count_words(self, rules: LineageRules) -> None:
        self.counts = Counter(key for key in self.keys if len(key) > 1 and key not in rules.small)
        self.lead = frozenset(self.keys[self.body : self.body + LEAD]) - rules.small
        openings = {run.start for run in self.sentences}
        self.names = frozenset(
            key
            for at, key in enumerate(self.keys)
            if at not in openings and self.text[self.words.starts[at]].isupper() and key not in rules.small
        )
        self.days = frozenset(self.keys[: self.body + LEAD]) & rules.weekdays
        self.rising = bool(frozenset(self.keys[: self.body + _TOLL_LEAD]) & rules.rising)

    def _read_numbers(self, rules: LineageRules) -> None:
        self.values = tuple(_value(key, rules) for key in self.keys)
        self.numbers = frozenset(value for value in self.values if value is not None and value > 2)
        lead = range(self.body + _TOLL_LEAD)
        near = [self._tolls_at(at, rules) for at in lead if at < len(self.keys) and self.keys[at] in rules.toll]
        self.tolls = frozenset(value for values in near for value in values)
        self.tolls_told = tuple(self._tolls_told(rules))
        self.top_toll = max((value for at, value in self.tolls_told if at < self.body + _TOLL_LEAD), default=None)

    def _may_be_toll(self, at: int, rules: LineageRules) -> bool:
        """Whether the word is a number of a likely size, and no day of a month."""
        value = self.values[at]
        sized = value is not None and 0 < value < _LARGEST_TOLL
        return sized and rules.months.isdisjoint(self.keys[max(0, at - 1) : at + 2])

    def _tolls_at(self, at: int, rules: LineageRules) -> list[int]:
        """The numbers around a word for dead or hurt."""
        around = range(max(0, at - _TOLL_AFTER), min(len(self.keys), at + _TOLL_BEFORE))
        return [value for one in around if (value := self.values[one]) is not None and self._may_be_toll(one, rules)]

    def _tolls_told(self, rules: LineageRules) -> Iterator[tuple[int, int]]:
        """The numbers near a word for the dead, each with its place."""
        for at, value in enumerate(self.values):
            if value is not None and self._may_be_toll(at, rules):
                around = self.keys[max(0, at - _TOLL_BEFORE) : at + _TOLL_AFTER]
                if not rules.deaths.isdisjoint(around):
                    yield at, value

    def names_outlet(self, outlet: str) -> bool:
        """Whether the text names this outlet, in these words."""
        name = f" {' '.join(fold_words(outlet).keys)} "
        return len(name) > 2 and name in f" {' '.join(self.keys)} "

    def toll_in(self, run: Span) -> int | None:
        """The first number of dead in a run of words; None for none."""
        return next((value for at, value in self.tolls_told if run.start <= at < run.end), None)


def is_set_aside(sentence: frozenset[int], stock: Container[int]) -> bool:
    """Whether a sentence that holds these sampled prints is boilerplate, where ``stock`` is."""
    held = sum(one in stock for one in sentence)
    return len(sentence) >= _LEAST_SAMPLED and held >= _STOCK_SHARE * len(sentence)


def sentences_holding(
    text: str, asked: Container[int], rules: LineageRules, keys: Collection[str] | None = None
) -> list[frozenset[int]]:
    """The sampled prints of each sentence of a text that holds one of those asked for, in order.

    ``keys`` holds for each print asked for one of its words, folded: lines without any of them are passed over.
    """
    lines = text.split("\n")  # no sentence goes over the end of a line
    return [
        sentence for line in lines if keys is None or _may_have(line, keys) for sentence in _holding(line, asked, rules)
    ]


def _may_have(line: str, keys: Iterable[str]) -> bool:
    """Whether a line may have one of these folded words; a quick look, which is sure only of lines of plain letters."""
    plain = line.translate(_BARE)
    if not plain.isascii():
        return True
    lowered = plain.lower()
    return any(key in lowered for key in keys)


def _holding(line: str, asked: Container[int], rules: LineageRules) -> list[frozenset[int]]:
    prints, runs = (_of_line if len(line) < _LONGEST_REPEATED else _of_line.__wrapped__)(line, rules.abbreviations)
    places = [at for at, one in enumerate(prints) if one in asked]
    if not places:
        return []
    ends = [run.end for run in runs]
    near = [runs[number] for number in sorted({bisect.bisect_right(ends, at) for at in places})]
    found = (_sampled_in(prints, run) for run in near)
    return [held for held in found if any(one in asked for one in held)]


@functools.lru_cache(1024)  # what is asked for is mostly boilerplate: the same line in one report after another
def _of_line(line: str, abbreviations: frozenset[str]) -> tuple[Sequence[int], Sequence[Span]]:
    """The prints of a line, and its sentences."""
    words = fold_words(line)
    return fingerprints(words.keys), sentence_runs(line, words, abbreviations)


def keys_of_prints(text: str, asked: Container[int]) -> dict[int, str]:
    """For each of these prints that the text has the longest of its words, folded."""
    keys = word_keys(text)
    return {one: max(keys[at : at + GRAM], key=len) for at, one in enumerate(fingerprints(keys)) if one in asked}


def _sampled_in(prints: Sequence[int], run: Span) -> frozenset[int]:
    return sampled(prints[run.start : max(run.start, run.end - GRAM + 1)])


def indexed_prints(text: str) -> frozenset[int]:
    """The sampled prints under which the index keeps a text."""
    return sampled(fingerprints(word_keys(text)))


def mask(length: int, runs: Sequence[Span]) -> NDArray[np.bool_]:
    """True for each word of the runs."""
    covered = np.zeros(length, dtype=bool)
    for run in runs:
        covered[run.start : run.end] = True
    return covered


def kept(prints: Sequence[int], masked: NDArray[np.bool_], gram: int) -> list[int]:
    """The prints none of whose words is masked."""
    if not masked.any():
        return list(prints)
    sums = np.concatenate([[0], np.cumsum(masked)])
    return [one for at, one in enumerate(prints) if sums[at + gram] == sums[at]]


def _value(key: str, rules: LineageRules) -> int | None:
    """What the word counts; None for a year and for a word that is no number."""
    value = int(key) if key.isdecimal() and len(key) < _LONGEST_NUMBER else rules.numbers.get(key)
    return None if value is None or value in _YEARS else value
