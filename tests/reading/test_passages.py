"""Passages end only where a sentence surely does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.reading.passages import paragraphs, passages


def cut(text: str) -> list[str]:
    return [span.of(text) for paragraph in paragraphs(text) for span in passages(text, paragraph)]


def test_plain_sentences_are_passages() -> None:
    assert cut("Troops left the town. Nobody was hurt.") == ["Troops left the town.", "Nobody was hurt."]


def test_a_closing_mark_belongs_to_the_passage_before_it() -> None:
    assert cut("\u201cWe will hold the town.\u201d He then left.") == [
        "\u201cWe will hold the town.\u201d",
        "He then left.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Gen. Smith spoke of the U.S. Army.",
        "The Capt. Jones affair.",
        "\u201cWhy?\u201d Smith asked.",
        "It costs No. 5 Group much.",
        "The govt. Of all people.",
    ],
)
def test_no_passage_ends_where_an_abbreviation_or_a_quoted_question_can_stand(text: str) -> None:
    assert cut(text) == [text]


@given(st.text(alphabet="abcdefgh ABC.!?\u201c\u201d\n12", max_size=120))
def test_passages_follow_each_other_and_leave_out_blanks_alone(text: str) -> None:
    for paragraph in paragraphs(text):
        found = list(passages(text, paragraph))
        assert found[0].start == paragraph.start
        assert found[-1].end == paragraph.end
        assert all(not text[a.end : b.start].strip() and a.end < b.start for a, b in pairwise(found))
