"""Names as runs of tokens, on parses written by hand."""

from __future__ import annotations

import pytest
from tests.tokens import parsed

from twosource.knowledge.speakers import load_speakers
from twosource.reading.proper_names import ProperNames
from twosource.reading.tree import Tree

SPEAKERS = load_speakers()


def tree_of(words: str) -> Tree:
    return Tree(parsed(*(f"{word} {word} PROPN NNP compound {at}" for at, word in enumerate(words.split()))))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Ilan Moro Secretary General Dan", ["Ilan Moro", "Dan"]),
        ("Ilan Dov Dan Moro Secretary Lev", ["Ilan Dov Dan Moro", "Lev"]),
        ("Ilan bin Dov al Dan Moro Secretary Lev", ["Ilan bin Dov al Dan Moro", "Lev"]),
        ("Ilan Dov Dan Lev Moro Secretary Dan", ["Dan"]),
    ],
)
def test_a_title_behind_a_persons_name_parts_it_from_the_next(words: str, names: list[str]) -> None:
    tree = tree_of(words)
    found = ProperNames(tree, SPEAKERS)
    assert [span.of(tree.text) for span in found.spans] == names


def test_a_run_of_titles_is_not_looked_through_for_a_name_from_each_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()
    is_whole_person = ProperNames.is_whole_person
    monkeypatch.setattr(
        ProperNames, "is_whole_person", lambda self, run: asked.append(len(run)) or is_whole_person(self, run)
    )
    ProperNames(tree_of("Mr. " * 400), SPEAKERS)
    assert sum(asked) < 4 * 400
