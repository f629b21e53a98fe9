"""The sentences of a report that claims stand in, told by full stops alone."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right

from twosource.corpus.tellings import Telling
from twosource.spans import Span

__all__ = ["sentence_at", "sentence_of"]

_END = re.compile(
    r"(?:(?<=[a-z0-9)\"”’'])|(?<=[A-Z]{2}))(?<!\bGen)(?<!\bLt)(?<!\bCol)(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)\.[\"”’]?\s+"
    r"|\n+"
)


def sentence_at(text: str, span: Span) -> Span:
    """The smallest run of whole sentences that holds a span, without the space around it."""
    starts, ends = _ends_in(text)
    before = bisect_right(ends, span.start)
    after = bisect_left(starts, span.end - 1, lo=before)
    start = ends[before - 1] if before else 0
    end = ends[after] if after < len(ends) else len(text)
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


@functools.lru_cache(maxsize=512)  # the texts of the reports that are asked about at a time
def _ends_in(text: str) -> tuple[list[int], list[int]]:
    """Where the ends of sentences begin, and where they end."""
    found = list(_END.finditer(text))
    return [match.start() for match in found], [match.end() for match in found]


def sentence_of(telling: Telling, within: re.Pattern[str] | None = None) -> Span:
    """The sentence of a claim's evidence; of several runs the last one whose sentence has a match, else the first."""
    sentences = [sentence_at(telling.report.text, run) for run in telling.claim.evidence]
    if within is not None:
        for sentence in reversed(sentences):
            if within.search(sentence.of(telling.report.text)):
                return sentence
    return sentences[0]
