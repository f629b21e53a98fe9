from __future__ import annotations

import pytest

from twosource.corpus.looked_at import Look, looks_at
from twosource.corpus_records import Decision, DecisionKind
from twosource.spans import Span

TEXT = "Rain came. Talks went on."
ENTRY = Decision(kind=DecisionKind.SENTENCE, subjects=("a", "0-10"), verdict="looked", reason="r", who="Ana")


@pytest.mark.parametrize(
    ("ticked", "sentence", "is_looked_at"),
    [
        ([Span(0, 10)], Span(0, 10), True),
        ([Span(0, 10)], Span(0, 25), False),  # two sentences that are read as one now: half of it was seen
        ([Span(0, 10), Span(11, 25)], Span(0, 25), True),
        ([Span(0, 25)], Span(11, 25), True),  # one that is read as two now
        ([Span(0, 10)], Span(11, 25), False),
        ([], Span(0, 10), False),
    ],
)
def test_a_sentence_is_looked_at_when_every_word_of_it_was(
    ticked: list[Span], sentence: Span, is_looked_at: bool
) -> None:
    found = looks_at(sentence, TEXT, [Look(span, ENTRY) for span in ticked])
    assert bool(found) is is_looked_at
