"""Sources that the trained reader sees, as runs of one sentence parsed by hand."""

from tests.tokens import parsed

from twosource.reading.seen_voices import heads_alone
from twosource.reading.tree import Tree
from twosource.records import Named
from twosource.spans import Span


def names(rows, *seen):
    tree = Tree(parsed(*rows))
    spans = [Span(at := tree.text.index(words), at + len(words)) for words in seen]
    return [one.name for one in heads_alone(tree, [Named(name=s.of(tree.text), span=s, said_at=s) for s in spans])]


def test_what_describes_a_source_is_no_source_of_its_own():
    rows = (
        "members member NOUN NNS nsubj 4", "of of ADP IN prep 0", "the the DET DT det 3",
        "services service NOUN NNS pobj 1", "spoke speak VERB VBD ROOT 4",
    )  # fmt: skip
    assert names(rows, "members", "services") == ["members of the services"]


def test_sources_that_are_joined_stay_apart():
    rows = (
        "doctors doctor NOUN NNS nsubj 4", "and and CCONJ CC cc 0", "the the DET DT det 3",
        "residents resident NOUN NNS conj 0", "spoke speak VERB VBD ROOT 4",
    )  # fmt: skip
    assert names(rows, "residents", "doctors") == ["doctors", "residents"]


def test_whoever_is_blamed_is_not_part_of_whoever_blames():
    rows = ("residents resident NOUN NNS nsubj 1", "blamed blame VERB VBD ROOT 1", "Karesh Karesh PROPN NNP dobj 1")
    assert names(rows, "residents", "Karesh") == ["residents"]


def test_a_preposition_is_nobody():
    rows = ("office office NOUN NN nsubj 3", "for for ADP IN prep 0", "rights right NOUN NNS pobj 1", "spoke speak VERB VBD ROOT 3")  # fmt: skip  # noqa: E501
    assert names(rows, "office", "for") == ["office"]


def test_who_tells_who_the_first_is_is_no_source_of_its_own():
    rows = (
        "Orle Orle PROPN NNP nsubj 5", ", , PUNCT , punct 0", "Korshal Korshal PROPN NNP poss 3",
        "station station NOUN NN appos 0", ", , PUNCT , punct 0", "spoke speak VERB VBD ROOT 5",
    )  # fmt: skip
    assert names(rows, "Orle", "Korshal station") == ["Orle"]


def test_who_speaks_behind_a_semicolon_speaks_of_something_else():
    rows = (
        "Officers officer NOUN NNS nsubj 1", "counted count VERB VBD ROOT 1", "nine nine NUM CD dobj 1",
        "; ; PUNCT : punct 1", "drivers driver NOUN NNS nsubj 5", "counted count VERB VBD conj 1",
        "four four NUM CD dobj 5",
    )  # fmt: skip
    tree = Tree(parsed(*rows))
    spans = [Span(at := tree.text.index(words), at + len(words)) for words in ("Officers", "drivers")]
    seen = [Named(name=s.of(tree.text), span=s, said_at=s) for s in spans]
    at = {word: Span(start := tree.text.index(word), start + len(word)) for word in ("nine", "four")}
    assert [one.name for one in heads_alone(tree, seen, at["nine"])] == ["Officers"]
    assert [one.name for one in heads_alone(tree, seen, at["four"])] == ["drivers"]
    assert [one.name for one in heads_alone(tree, seen)] == ["Officers", "drivers"]
