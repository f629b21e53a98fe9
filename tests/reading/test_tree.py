"""Whose subject, which object, how far a phrase reaches: on parses written by hand."""

from __future__ import annotations

from tests.tokens import parsed

from twosource.reading.tree import Tree
from twosource.spans import Span

PASSIVE = Tree(
    parsed(
        "Troops troop NOUN NNS nsubjpass 2",
        "were be AUX VBD auxpass 2",
        "attacked attack VERB VBN ROOT 2",
        "by by ADP IN agent 2",
        "rebels rebel NOUN NNS pobj 3",
    )
)
SHARED = Tree(
    parsed(
        "Rebels rebel NOUN NNS nsubj 1",
        "entered enter VERB VBD ROOT 1",
        "Karesh Karesh PROPN NNP dobj 1",
        "and and CCONJ CC cc 1",
        "burned burn VERB VBD conj 1",
        "houses house NOUN NNS dobj 4",
    )
)
RELATIVE = Tree(
    parsed(
        "men man NOUN NNS ROOT 0",
        "who who PRON WP nsubj 2",
        "fled flee VERB VBD relcl 0",
    )
)


def test_a_passive_verb_has_its_agent_behind_by_and_its_patient_before_it() -> None:
    assert PASSIVE.is_passive(2)
    assert PASSIVE.agents(2) == [4]
    assert PASSIVE.patients(2) == [0]


def test_a_verb_joined_by_and_shares_the_subject() -> None:
    assert SHARED.subject(4) == 0
    assert SHARED.agents(4) == [0]
    assert SHARED.patients(4) == [5]


def test_who_stands_for_the_noun_before_it() -> None:
    assert RELATIVE.agents(2) == [0]


def test_a_subtree_is_in_the_order_of_the_text() -> None:
    assert SHARED.subtree(1) == [0, 1, 2, 3, 4, 5]
    assert SHARED.subtree(4) == [4, 5]


def test_what_stands_after_a_preposition() -> None:
    tree = Tree(
        parsed(
            "attack attack NOUN NN ROOT 0",
            "on on ADP IN prep 0",
            "Karesh Karesh PROPN NNP pobj 1",
        )
    )
    assert tree.after(0, "on") == [2]
    assert tree.after(0, "in") == []
    assert tree.prepositions(0) == {"on"}


def test_a_circle_of_heads_ends() -> None:
    tree = Tree(parsed("a a NOUN NN conj 1", "b b NOUN NN conj 0"))
    assert len(list(tree.ancestors(0))) < 100
    assert tree.subject(0) is None


def test_what_stands_under_a_word_is_below_it() -> None:
    for head in range(len(SHARED.tokens)):
        below = SHARED.subtree(head)
        assert [SHARED.is_below(index, head) for index in range(len(SHARED.tokens))] == [
            index in below for index in range(len(SHARED.tokens))
        ]


def test_what_is_known_to_stand_below_a_word_is_not_climbed_through() -> None:
    rows = (*(f"mr. mr. PROPN NNP compound {at + 1}" for at in range(4)), "moro moro PROPN NNP ROOT 4")
    tree = Tree(parsed(*rows, "fell fall VERB VBD ROOT 5"))
    assert tree.is_below(0, 4)
    assert tree.is_below(0, 4, since=1)
    assert not tree.is_below(0, 5, since=5)
    assert not tree.is_below(5, 4, since=0)


def test_what_stands_behind_but_is_the_next_verbs_subject_and_no_object() -> None:
    rows = (
        "Medics medic NOUN NNS nsubj 1", "denied deny VERB VBD ROOT 1", "it it PRON PRP dobj 1",
        "but but CCONJ CC cc 1", "guards guard NOUN NNS dobj 1", "again again ADV RB advmod 6",
        "confirmed confirm VERB VBD conj 1",
    )  # fmt: skip
    assert Tree(parsed(*rows)).subject(6) == Tree(parsed(*rows)).own_subject(6) == 4
    before = (*rows[:3], rows[4].replace("guards", "once"), rows[3], *rows[5:])
    tree = Tree(parsed(*before))
    assert tree.own_subject(6) is None
    assert tree.subject(6) == 0


def test_words_are_in_lower_case_and_those_with_a_capital_are_known() -> None:
    assert SHARED.words == ["rebels", "entered", "karesh", "and", "burned", "houses"]
    assert SHARED.lemmas == ["rebel", "enter", "karesh", "and", "burn", "house"]
    assert SHARED.capitalised == [0, 2]


def test_the_head_of_words_hangs_outside_them_and_their_top_is_over_the_last() -> None:
    burned_houses = SHARED.span([4, 5])
    assert SHARED.head_of(burned_houses) == 4
    assert SHARED.top_of(burned_houses) == 4
    assert SHARED.top_of(SHARED.span([5])) == 5
    assert SHARED.head_of(Span(0, 0)) is None
    assert SHARED.top_of(Span(0, 0)) is None


def test_an_answer_is_the_same_when_it_is_asked_for_again() -> None:
    tree = Tree(
        parsed(
            "Rebels rebel NOUN NNS nsubj 1",
            "fled flee VERB VBD ROOT 1",
            "to to ADP IN prep 1",
            "Oru Oru PROPN NNP pobj 2",
        )
    )
    for _ in range(2):
        assert tree.subject(1) == 0
        assert not tree.is_passive(1)
        assert tree.after(1, "to") == [3]
        assert tree.after(1, "from") == []
        assert tree.ancestors(3) == (2, 1)
        assert list(tree.between(tree.span([2, 3]))) == [2, 3]
        assert list(tree.sentences_of(tree.span([3]))) == [0]


def test_no_token_begins_within_a_word_and_trees_of_one_reading_are_two() -> None:
    reading = parsed("Rebels rebel NOUN NNS nsubj 1", "fled flee VERB VBD ROOT 1")
    tree = Tree(reading)
    assert (tree.at(tree[1].start), tree.at(tree[1].start + 1)) == (1, None)
    assert tree == tree
    assert tree != Tree(reading)
    assert list(tree) == list(reading.tokens)
