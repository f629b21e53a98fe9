"""What one report is compared by: its words, sentences, quotations, prints, names, figures, days and credits."""

from __future__ import annotations

import bisect
import datetime
import functools
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence

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

    What few comparisons ask for is worked out when it is first asked for: most pairs are unlike by their prints alone.
    """

    def __init__(self, report: Report, rules: LineageRules, stock: frozenset[int] = frozenset()) -> None:
        """``stock`` are the sampled prints of the whole corpus that are boilerplate."""
        self._told, self._rules = report, rules
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
        self._aside: Sequence[Span] = ()
        if stock:
            self.set_aside(stock)

    def sampled(self) -> frozenset[int]:
        """The sampled prints under which the index keeps the report."""
        return sampled(self.all_prints)

    def set_aside(self, stock: Container[int]) -> None:
        """Sets the sentences aside that are boilerplate where these sampled prints are."""
        runs = [run for run in self.sentences if self._is_stock(run, stock)]
        if runs:
            self._aside = runs
            for name in ("stock", "prints", "free", "trigrams", "content"):
                self.__dict__.pop(name, None)

    @functools.cached_property
    def stock(self) -> NDArray[np.bool_]:
        """Masks the sentences that are set aside."""
        return mask(len(self.words), self._aside)

    @functools.cached_property
    def prints(self) -> frozenset[int]:
        """The prints outside sentences that are set aside."""
        return frozenset(kept(self.all_prints, self.stock, GRAM))

    @functools.cached_property
    def free(self) -> frozenset[int]:
        """The prints outside quotations and sentences that are set aside."""
        return frozenset(kept(self.all_prints, self.quoted | self.stock, GRAM))

    @functools.cached_property
    def all_trigrams(self) -> list[int]:
        """A number for each three words in a row."""
        return fingerprints(self.keys, 3)

    @functools.cached_property
    def trigrams(self) -> frozenset[int]:
        """Those of ``all_trigrams`` outside sentences that are set aside."""
        return frozenset(kept(self.all_trigrams, self.stock, 3))

    @functools.cached_property
    def content(self) -> tuple[frozenset[str], ...]:
        """Each sentence's words that say something, none for one that is set aside."""
        out = set(self._aside)
        return tuple(
            frozenset() if run in out else frozenset(self.keys[run.start : run.end]) & self.said
            for run in self.sentences
        )

    @functools.cached_property
    def lead_prints(self) -> frozenset[int]:
        """The prints of the lead."""
        return frozenset(self.all_prints[self.body : self.body + LEAD - GRAM + 1])

    @functools.cached_property
    def quoted_grams(self) -> tuple[frozenset[int], ...]:
        """The runs of four words of each quotation, as prints."""
        return tuple(frozenset(fingerprints(self.keys[run.start : run.end], QUOTED_GRAM)) for run in self.quotations)

    @functools.cached_property
    def agencies(self) -> frozenset[str]:
        """The agencies that the report credits."""
        return credited_agencies(self._told, self.words, self._rules)

    def _is_stock(self, run: Span, stock: Container[int]) -> bool:
        return is_set_aside(_sampled_in(self.all_prints, run), stock)

    def _says(self, key: str) -> bool:
        return len(key) > 1 and key not in self._rules.small

    @functools.cached_property
    def said(self) -> frozenset[str]:
        """The words that say something."""
        return frozenset(filter(self._says, frozenset(self.keys)))

    @functools.cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands there that says something, in order of the first time."""
        return Counter(filter(self.said.__contains__, self.keys))

    @functools.cached_property
    def lead(self) -> frozenset[str]:
        """The words of the lead but for the small ones."""
        return frozenset(self.keys[self.body : self.body + LEAD]) - self._rules.small

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """The words with a capital that open no sentence."""
        openings = {run.start for run in self.sentences}
        return frozenset(
            key
            for at, (key, start) in enumerate(zip(self.keys, self.words.starts, strict=True))
            if self.text[start].isupper() and at not in openings and key not in self._rules.small
        )

    @functools.cached_property
    def days(self) -> frozenset[str]:
        """The weekdays named down to the end of the lead."""
        return frozenset(self.keys[: self.body + LEAD]) & self._rules.weekdays

    @functools.cached_property
    def rising(self) -> bool:
        """Whether the lead says that a toll has risen."""
        return bool(frozenset(self.keys[: self.body + _TOLL_LEAD]) & self._rules.rising)

    @functools.cached_property
    def _value_of(self) -> Mapping[str, int | None]:
        return {key: _value(key, self._rules) for key in frozenset(self.keys)}

    @functools.cached_property
    def values(self) -> tuple[int | None, ...]:
        """What each word counts; None for a year and for a word that is no number."""
        return tuple(map(self._value_of.__getitem__, self.keys))

    @functools.cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers above two."""
        return frozenset(value for value in self._value_of.values() if value is not None and value > 2)

    @functools.cached_property
    def tolls(self) -> frozenset[int]:
        """The numbers of dead and hurt in the lead."""
        lead = range(min(len(self.keys), self.body + _TOLL_LEAD))
        return frozenset(value for at in lead if self.keys[at] in self._rules.toll for value in self._tolls_at(at))

    @functools.cached_property
    def tolls_told(self) -> tuple[tuple[int, int], ...]:
        """The numbers near a word for the dead, each with its place."""
        return tuple(self._tolls_near_deaths())

    @functools.cached_property
    def top_toll(self) -> int | None:
        """The largest number of dead in the lead; None for none."""
        return max((value for at, value in self.tolls_told if at < self.body + _TOLL_LEAD), default=None)

    def _may_be_toll(self, at: int) -> bool:
        """Whether the word is a number of a likely size, and no day of a month."""
        value = self.values[at]
        sized = value is not None and 0 < value < _LARGEST_TOLL
        return sized and self._rules.months.isdisjoint(self.keys[max(0, at - 1) : at + 2])

    def _tolls_at(self, at: int) -> list[int]:
        """The numbers around a word for dead or hurt."""
        around = range(max(0, at - _TOLL_AFTER), min(len(self.keys), at + _TOLL_BEFORE))
        return [value for one in around if (value := self.values[one]) is not None and self._may_be_toll(one)]

    def _tolls_near_deaths(self) -> Iterator[tuple[int, int]]:
        for at, value in enumerate(self.values):
            if value is not None and self._may_be_toll(at):
                around = self.keys[max(0, at - _TOLL_BEFORE) : at + _TOLL_AFTER]
                if not self._rules.deaths.isdisjoint(around):
                    yield at, value

    def names_outlet(self, outlet: str) -> bool:
        """Whether the text names this outlet, in these words."""
        name = f" {' '.join(word_keys(outlet))} "
        return len(name) > 2 and name in self._line

    @functools.cached_property
    def _line(self) -> str:
        return f" {' '.join(self.keys)} "

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
