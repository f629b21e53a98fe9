"""What is told in passing within another's words, and what leads up to them, is the report's own voice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.closed_sets import CueKind, Stance
from twosource.reading.carrying import before_others
from twosource.reading.colour import is_beyond_doubt
from twosource.reading.own_voice import is_told_in_passing
from twosource.reading.tree import Tree
from twosource.records import Attribution, AttributionKind, Cue, Reading
from twosource.spans import Span

Read = Callable[[str], Reading]


def at(text: str, words: str) -> Span:
    return Span(start := text.index(words), start + len(words))


def in_passing(read: Read, text: str, word: str) -> bool:
    reading = read(text)
    tree = Tree(reading)
    token = tree.at(at(text, word).start)
    assert token is not None
    return is_told_in_passing(reading, tree, token)


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Officials said the brigades, which are stationed near Bakhmut, had left.", "stationed", True),
        ("Medics said fighters who back the council burned El Geneina.", "back", True),
        ("Officials said the brigades, which were stationed near Bakhmut, had left.", "stationed", False),
        ("Officials said the brigades are stationed near Bakhmut.", "stationed", False),
        ('Moro said: "The rebels, who hold Goma, burned it."', "hold", False),
    ],
)
def test_what_goes_on_is_told_in_passing_by_a_clause_of_who_or_which(
    read: Read, text: str, word: str, *, wanted: bool
) -> None:
    assert in_passing(read, text, word) is wanted


def test_the_words_of_a_claim_end_where_those_of_a_source_begin() -> None:
    text = "Shells fall on Sloviansk daily, including one that killed a nurse, medics say."
    own = at(text, "Shells fall on Sloviansk daily, including")
    whole = at(text, "Shells fall on Sloviansk daily, including one that killed a nurse")
    for rule, wanted in (("own-clause", own), ("own-relation", whole)):
        one = Attribution(
            id="a", cue=at(text, "say"), sources=(), content=(own,), kind=AttributionKind.OWN, stance=Stance.ASSERTS,
            rule=rule,
        )  # fmt: skip
        assert before_others(whole, at(text, "fall"), (one,)) == wanted
        assert before_others(whole, at(text, "killed"), (one,)) == whole


@pytest.mark.parametrize(
    ("text", "doubt", "word", "wanted"),
    [
        ("Armed men, possibly militia fighters, burned the market in Nyala.", "possibly", "burned", True),
        ("Armed men, possibly fighters trained in Tver, burned the market.", "possibly", "trained", False),
        ("Armed men possibly burned the market in Nyala.", "possibly", "burned", False),
    ],
)
def test_a_doubt_of_who_they_are_is_none_of_what_they_did(
    read: Read, text: str, doubt: str, word: str, *, wanted: bool
) -> None:
    tree = Tree(read(text))
    span = at(text, doubt)
    cue = Cue(span=span, kind=CueKind.HEDGE, scope=Span(0, len(text)), rule="doubt:probable")
    token = tree.at(at(text, word).start)
    assert token is not None
    assert is_beyond_doubt(tree, (cue,), token) is wanted
