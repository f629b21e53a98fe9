"""Spans: half-open runs of code points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.spans import Span, SpanIndex, cover, merge_touching

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))


@given(spans, spans)
def test_meeting_is_mutual_and_means_a_shared_point(a: Span, b: Span) -> None:
    assert a.meets(b) == b.meets(a) == (a.shared(b) > 0)


@given(st.lists(spans, max_size=8))
def test_merging_keeps_every_point_and_adds_none(runs: list[Span]) -> None:
    before = {at for run in runs for at in range(run.start, run.end)}
    after = [at for run in merge_touching(runs) for at in range(run.start, run.end)]
    assert set(after) == before
    assert len(after) == len(before)


@given(st.lists(spans, max_size=8), spans)
def test_an_index_tells_of_all_spans_that_touch_one_and_of_no_other(known: list[Span], asked: Span) -> None:
    touching = [at for at, span in enumerate(known) if span.start <= asked.end and asked.start <= span.end]
    assert SpanIndex(known).near(asked) == touching


def test_trimming_stops_at_words() -> None:
    text = '  "a b", '
    assert Span(0, len(text)).trimmed(text, ' ",').of(text) == "a b"
    assert len(Span(0, 2).trimmed(text)) == 0


def test_offsets_are_code_points() -> None:
    text = "🕊️ حلب fell"
    at = text.index("fell")
    assert Span(at, at + 4).of(text) == "fell"


def test_covering_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        cover([])
