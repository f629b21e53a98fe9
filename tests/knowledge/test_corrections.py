"""Every way to take something back, on its own examples."""

from __future__ import annotations

import pytest

from twosource.knowledge.corrections import load_correction_words

WORDS = load_correction_words()


@pytest.mark.parametrize(("rule", "text"), [(one.id, text) for one in WORDS.rules for text in one.matches])
def test_a_rule_finds_its_examples(rule: str, text: str) -> None:
    assert WORDS.rule_in(text) == rule


@pytest.mark.parametrize("text", [text for one in WORDS.rules for text in one.leaves])
def test_no_rule_finds_what_it_must_leave(text: str) -> None:
    assert WORDS.rule_in(text) is None
