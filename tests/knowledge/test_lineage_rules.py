"""The rules of lineage on their own examples, and the weights' measures."""

from __future__ import annotations

import pytest

from twosource.corpus.resemblance import Resemblance
from twosource.corpus.words import fold_words
from twosource.knowledge.datelines import compiled
from twosource.knowledge.lineage_model import load_lineage_model
from twosource.knowledge.lineage_rules import Citation, UseWords, load_lineage_rules

RULES = load_lineage_rules()


@pytest.mark.parametrize("row", RULES.rows, ids=lambda row: row.id)
def test_words_of_a_use_stand_in_its_examples_alone(row: UseWords) -> None:
    for text in row.matches:
        assert set(row.words) & set(fold_words(text).keys)
    for text in row.leaves:
        assert not set(row.words) & set(fold_words(text).keys)


@pytest.mark.parametrize("row", RULES.rows, ids=lambda row: row.id)
def test_words_are_folded_and_stand_once(row: UseWords) -> None:
    assert list(row.words) == [fold_words(word).keys[0] for word in row.words]
    assert len(set(row.words)) == len(row.words)


@pytest.mark.parametrize("rule", RULES.citations, ids=lambda rule: rule.id)
def test_a_citation_is_found_in_its_examples_alone(rule: Citation) -> None:
    pattern = compiled(rule.pattern)
    for text in rule.matches:
        match = pattern.search(text)
        assert match
        assert RULES.agencies.filed_as(match["agency"])
    assert not any(pattern.search(text) for text in rule.leaves)


def test_every_weight_is_of_a_measure_that_there_is() -> None:
    model = load_lineage_model()
    for weights in (model.dependent, model.reprint, model.rewrite, model.update):
        assert set(weights.of) <= set(Resemblance.__struct_fields__)
    assert 0 < model.threshold < 1
