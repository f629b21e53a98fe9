"""What one figure of a claim counts: whom, of which kind, alone, as a part, as an addition, or as a running total.

Two figures are values of one thing only where their counts agree; a part is never weighed against a whole.
"""

from __future__ import annotations

import math
import re
from enum import StrEnum

import msgspec

from twosource.closed_sets import FigureKind
from twosource.corpus.given_claims import SCOPED
from twosource.corpus.tellings import Telling
from twosource.knowledge.counted import CountedWords
from twosource.records import Figure
from twosource.spans import Span

__all__ = [
    "EVERYONE",
    "Count",
    "Counted",
    "Extent",
    "Reach",
    "count_of",
    "counts_in",
    "gap",
    "names_in",
    "reach_of",
    "said_number",
]

EVERYONE = frozenset(["civilians"])
"""Words for those counted that leave a toll a whole one: an attack's 'twelve civilians' is all that is told of it."""

_BEFORE = 30  # code points before a number in which 'including' makes it a part
_LONG_BEFORE = 150  # code points before a toll in which 'separate' makes it one of several attacks
_LONG = 10  # days from which on a toll's own time makes it one that runs over many attacks
_OF_A_WHOLE = re.compile(
    r"^(?!.*\b(?:dozens|scores|hundreds|thousands|millions)\b).*\bof (?:them|whom|those|the|its|his|these)\b",
    re.IGNORECASE | re.DOTALL,
)
_WITHIN = re.compile(
    r"\s(?:including|includes|mostly|most|among|with)\b", re.IGNORECASE
)  # '18 including five children'
_ALONE = re.compile(r"\balone\b", re.IGNORECASE)  # 'on Wednesday alone killed 21'
_ANOTHER = re.compile(
    r"\b(?:another|a second|a third|a further|a separate)\s+(?:\w+\s+){0,2}"
    r"(?:shells?|rockets?|missiles?|strikes?|raids?|attacks?|blasts?|bombs?|bombings?|explosions?|airstrikes?)\b[^.]{0,400}$",
    re.IGNORECASE,
)
"""'Another shell left five dead': one attack beside others of which a report may give the sum."""
_MORE = re.compile(r"\s+(?:more|others?)\b(?:\s+than\b)?", re.IGNORECASE)
_SEPARATE = re.compile(r"\bseparate\b", re.IGNORECASE)
_PART_AFTER = re.compile(
    r"\s+(?:of|among) (?:them|whom|those|the (?:dead|killed|victims|wounded))\b"
    r"(?!,?\s+(?:\d|(?:a|an|at|some|many|several|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b))",
    re.IGNORECASE,
)
"""'Nine of those killed', but not the fifteen of 'fifteen civilians among them 11 children'."""
_TOLLS = frozenset(
    {
        FigureKind.KILLED, FigureKind.INJURED, FigureKind.CAPTURED, FigureKind.MISSING, FigureKind.DISPLACED,
        FigureKind.CIVILIANS, FigureKind.STRIKES,
    }
)  # fmt: skip
"""Kinds that add up over time; of the others, such as fighters, one number is true at one time."""
_PERSONS = _TOLLS - {FigureKind.STRIKES}
_SINCE = frozenset(["since"])
_PROPER = re.compile(r"\b[A-Z][\w’'-]+")
_OPENERS = frozenset(["At", "About", "Some", "More", "Over", "Nearly", "Around", "Up", "A", "An", "The", "Hundreds"])
_OPENERS_MORE = frozenset(["Dozens", "Scores", "Thousands", "Tens", "Almost", "Least", "Another", "Several", "No"])
_NUMBERS = re.compile(
    r"^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)",
    re.IGNORECASE,
)

Extent = str
"""How far a count reaches: 'event' (one attack), 'total' (one that runs on), 'part' or 'addition' of another."""


class Counted(msgspec.Struct, frozen=True):
    """What is counted: the kind, whom (ids of data/en/counted.toml; empty for everyone), and how far it reaches."""

    kind: FigureKind
    whom: frozenset[str]
    extent: Extent


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of one telling, what it counts, and the proper names in its phrase ('20 Iranians')."""

    telling: Telling
    figure: Figure
    counted: Counted
    names: frozenset[str] = frozenset()

    @property
    def in_headline(self) -> bool:
        """Whether the figure stands in the report's title."""
        return self.telling.headlined(self.figure.span)


class Reach(StrEnum):
    """How much of the occurrence that its claim tells of a figure counts."""

    WHOLE = "whole"
    TOLL = "toll"
    """All so far of an attack that was told before ('raising the toll to 19 since Wednesday'), if of this one."""
    GROUP = "group"
    """Some of those whom it struck, by what they are: the children, the soldiers of one side."""
    BESIDE = "beside"
    """What stands beside another number: an addition, one of several attacks, or 'six of them' of whatever kind."""
    NONE = "none"
    """A part of another number, or a total over many attacks."""


def count_of(telling: Telling, figure: Figure, words: CountedWords) -> Count:
    """The figure with what it counts, told from its phrase, the words before it, its evidence and its time."""
    return Count(
        telling=telling,
        figure=figure,
        counted=Counted(figure.kind, words.whom_of(_WITHIN.split(figure.phrase)[0]), _extent(telling, figure, words)),
        names=names_in(figure.phrase),
    )


def counts_in(telling: Telling, words: CountedWords) -> tuple[Count, ...]:
    """All figures of a telling, each once."""
    seen: dict[tuple[Span, FigureKind], Figure] = {(one.span, one.kind): one for one in telling.claim.figures}
    return tuple(count_of(telling, figure, words) for figure in seen.values())


def reach_of(count: Count, words: CountedWords) -> Reach:
    """How much of its claim's occurrence the figure counts."""
    figure, extent = count.figure, count.counted.extent
    if extent == "total":
        return Reach.NONE if figure.rule == SCOPED else _reach_of_total(count, words)
    if figure.part_of is not None or figure.scope == "total":
        return Reach.NONE
    if extent != "event":
        within = figure.kind in _PERSONS and _within_another(count.telling, figure, words)
        return Reach.NONE if within else Reach.BESIDE
    return Reach.GROUP if figure.kind in _PERSONS and _counts_some(count, words) else Reach.WHOLE


def _counts_some(count: Count, words: CountedWords) -> bool:
    """Whether a toll is of some by what they are; of 'civilians' where the claim counts others beside them."""
    whom = count.counted.whom
    if not whom or whom - EVERYONE:
        return bool(whom)
    beside = [one for one in counts_in(count.telling, words) if one.counted.kind is count.counted.kind]
    return any(
        one.counted.whom - EVERYONE or (not one.counted.whom and _least(one) > _least(count))
        for one in beside
        if one.counted.extent in ("event", "total")
    )


def _least(count: Count) -> int:
    number = said_number(count.figure)
    return number if number is not None else count.figure.low or 0


def _reach_of_total(count: Count, words: CountedWords) -> Reach:
    """Of a total: of one attack where its sentence raises that attack's toll, and tells of no war or span of time."""
    figure, telling = count.figure, count.telling
    text = telling.report.text
    start = max(text.rfind(mark, 0, figure.span.start) for mark in (". ", "\n")) + 1
    end = min((at for mark in (". ", "\n") if (at := text.find(mark, figure.span.end)) >= 0), default=len(text))
    over = words.runs_over(text[start:end])
    raised = words.raises(text[start : figure.span.start])
    fits = not over or (over == _SINCE and _since(telling))
    if raised and fits and not _lasts(telling) and not _separately(text, figure):
        return Reach.GROUP if count.counted.whom - EVERYONE else Reach.TOLL
    return Reach.NONE if figure.scope == "total" else Reach.BESIDE


def said_number(figure: Figure) -> int | None:
    """The one number that a figure says ('at least 12', 'up to 12', '12'); None for a vague one such as 'dozens'."""
    low, high = figure.low, figure.high
    if low is None or high is None:
        return high if low is None else low
    return low if low == high else None


def gap(first: Figure, second: Figure) -> float:
    """How far two figures are apart: the base-2 logarithm of their ratio, each plus one so that none is no end of it.

    1.0 is about twice as many, 0.0 no gap. Vague figures count as a range; where the two ranges meet there is no gap.
    """
    (low, high), (other_low, other_high) = _bounds(first), _bounds(second)
    if low > other_high:
        return math.log2((low + 1) / (other_high + 1))
    if other_low > high:
        return math.log2((other_low + 1) / (high + 1))
    return 0.0


def _bounds(figure: Figure) -> tuple[int, int]:
    """The number said, twice, or the ends of a vague range; 0 where neither end is known."""
    number = said_number(figure)
    if number is not None:
        return number, number
    return figure.low or 0, figure.high or 0


def _extent(telling: Telling, figure: Figure, words: CountedWords) -> Extent:
    if figure.rule == SCOPED and figure.part_of is not None:
        return "part"
    if figure.rule == SCOPED and figure.scope is not None:
        return figure.scope
    text = telling.report.text
    phrase = figure.phrase
    if _adds(telling, figure, words):
        return "addition"
    if _one_of_several(telling, figure):
        return "part"
    after = text[figure.span.end : figure.span.end + _BEFORE]
    if _within_another(telling, figure, words) or _OF_A_WHOLE.search(phrase) or _PART_AFTER.match(after):
        return "part"
    if figure.kind not in _TOLLS:
        return "event"
    if (
        _separately(text, figure)
        or figure.scope == "total"
        or _lasts(telling)
        or words.runs(" ".join(telling.evidence))
    ):
        return "total"
    return "event"


def _adds(telling: Telling, figure: Figure, words: CountedWords) -> bool:
    """Whether a figure adds to another of its kind: in 'twelve died, 40 others were hurt' the 40 are all the hurt."""
    if not words.adds(figure.phrase) and not words.adds(" ".join(_next_words(telling.report.text, figure))):
        return False
    earlier = [one for one in telling.claim.figures if one.span.end <= figure.span.start and one.kind in _TOLLS]
    if figure.kind not in _TOLLS or not earlier or any(one.kind is figure.kind for one in earlier):
        return True
    return words.adds(max(earlier, key=lambda one: one.span.end).phrase)


def _next_words(text: str, figure: Figure) -> list[str]:
    """What follows a bare number up to its 'more': 'three more died', 'no more than' apart."""
    after = _MORE.match(text, figure.span.end)
    return after[0].split() if after and figure.kind in _TOLLS else []


def _one_of_several(telling: Telling, figure: Figure) -> bool:
    """Whether a toll is of one attack of which the report tells others: 'another shell', 'on Wednesday alone'."""
    text, start = telling.report.text, figure.span.start
    if figure.kind not in _TOLLS:
        return False
    another = _ANOTHER.search(text[max(0, start - _LONG_BEFORE) : start])
    return bool(another or _ALONE.search(text[max(0, start - _BEFORE) : start]))


def _within_another(telling: Telling, figure: Figure, words: CountedWords) -> bool:
    """Whether it is a part of a number told before it: '12 people, including three children'."""
    before = telling.report.text[max(0, figure.span.start - _BEFORE) : figure.span.start]
    return figure.part_of is not None or words.opens_part(before)


def _separately(text: str, figure: Figure) -> bool:
    return _SEPARATE.search(text, max(0, figure.span.start - _LONG_BEFORE), figure.span.start) is not None


def _since(telling: Telling) -> bool:
    """Whether the claim's time runs on from a day: that of the first attack that its total counts."""
    when = telling.claim.when
    return when is not None and when.start is not None and when.phrase.lower().startswith("since")


def _lasts(telling: Telling) -> bool:
    start, end = telling.days
    when = telling.claim.when
    if when is None or (start is None and end is None):
        return False
    if start is None or end is None:
        return when.phrase.lower().startswith("since")
    return (end - start).days >= _LONG


def names_in(phrase: str) -> frozenset[str]:
    """The proper names in a figure's phrase, folded: '20 Iranians' are no 20 of anybody else."""
    plain = _OPENERS | _OPENERS_MORE
    return frozenset(
        word.casefold().removesuffix("s")
        for word in _PROPER.findall(phrase)
        if word not in plain and not _NUMBERS.match(word)
    )
