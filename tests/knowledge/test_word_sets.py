"""Every set of words on its own examples: sentences that hold a word of it, and sentences that hold none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.knowledge.speakers import load_speakers
from twosource.knowledge.word_sets import load_word_sets
from twosource.records import Reading

EXAMPLES = [
    pytest.param(row.words, text, wanted, id=f"{row.id}{'+' if wanted else '-'}{number}")
    for row in (*load_word_sets().rows, *load_speakers().wordings.rows)
    for wanted, texts in ((True, row.matches), (False, row.leaves))
    for number, text in enumerate(texts)
]


@pytest.mark.parametrize(("words", "text", "wanted"), EXAMPLES)
def test_a_word_of_the_set_stands_in_what_it_matches_alone(
    read: Callable[[str], Reading], words: tuple[str, ...], text: str, wanted: bool
) -> None:
    forms = {form.lower() for token in read(text).tokens for form in (token.text, token.lemma)}
    assert bool(forms.intersection(words)) is wanted
