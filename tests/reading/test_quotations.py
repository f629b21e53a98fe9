"""Quotations: marks of several kinds, scare quotes, and marks that nobody closes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from twosource.reading.quotations import find_quotations


def test_straight_and_curly_marks() -> None:
    text = 'He said "the road is shut, all of it" and “we will not wait for them now”.'
    found = find_quotations(text)
    assert [q.inner.of(text) for q in found] == ["the road is shut, all of it", "we will not wait for them now"]
    assert not any(q.scare for q in found)


def test_a_few_words_set_apart_are_nobodys_speech() -> None:
    text = "The “special operation” went on."
    [found] = find_quotations(text)
    assert found.scare


def test_a_quotation_that_is_not_closed_ends_with_its_paragraph() -> None:
    text = "“We stay, whatever comes of it.\n“We do not leave, ever,” he said."
    first, second = find_quotations(text)
    assert not first.closed
    assert first.inner.of(text) == "We stay, whatever comes of it."
    assert second.closed


@given(st.text(alphabet='ab "“”\n', max_size=60))
def test_quotations_never_overlap_and_lie_in_the_text(text: str) -> None:
    found = find_quotations(text)
    assert all(0 <= q.span.start <= q.inner.start <= q.inner.end <= q.span.end <= len(text) for q in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
