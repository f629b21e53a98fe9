from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twosource.intake.wrapped import unwrap

LINES = """The ferry at Lodeva sails again after two weeks of repairs, the
port authority said on Wednesday. Two workers were hurt when a
crane fell.

The owner denied it."""


def test_lines_that_were_broken_to_fit_are_joined_and_paragraphs_stay() -> None:
    first, second = unwrap(LINES).split("\n\n")
    assert first.startswith("The ferry at Lodeva") and first.endswith("when a crane fell.")
    assert "\n" not in first
    assert second == "The owner denied it."


def test_short_lines_and_long_ones_stay_as_they_are() -> None:
    for text in ("Lodeva\nBrenna\nTarsk", "word " * 60 + "\n" + "word " * 60):
        assert unwrap(text) == text.strip()


def test_items_of_a_list_stay_apart() -> None:
    text = (
        "- the ferry at Lodeva sails again after two weeks of long repairs\n- the crane on the quay has been taken away"
    )
    assert unwrap(text).count("\n") == 2


def test_a_parted_word_is_made_whole_unless_the_text_has_it_with_its_hyphen() -> None:
    assert "the harbour master" in unwrap("The crane fell on the quay in May, according to the har-\nbour master.")
    text = "A well-known crane fell on the quay of Lodeva in May, so a well-\nknown master of the harbour said."
    assert "so a well-known master" in unwrap(text)


@given(st.text(alphabet="ab-. \n", max_size=400))
def test_no_letter_is_lost_or_added(text: str) -> None:
    assert "".join(c for c in unwrap(text) if c.isalpha()) == "".join(c for c in text if c.isalpha())
