import pytest

from twosource.knowledge.starred import starred_pattern
from twosource.knowledge.sub_events import load_sub_events
from twosource.knowledge.war_words import has_war_word, load_war_words

SIGNS, WORDS = load_sub_events(), load_war_words()


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.id)
def test_every_sign_shows_in_its_examples_and_not_in_the_others(sign):
    assert all(sign.shows_in(text) for text in sign.matches)
    assert not any(sign.shows_in(text) for text in sign.leaves)


@pytest.mark.parametrize("row", WORDS, ids=lambda row: row.id)
def test_every_row_of_war_words_finds_its_examples_and_leaves_the_others(row):
    own = starred_pattern(row.words)
    assert all(own.search(text) and has_war_word(text) for text in row.matches)
    assert not any(has_war_word(text) for text in row.leaves)


@pytest.mark.parametrize(
    ("phrase", "text", "is_there"),
    [
        ("shell*", "Shelling went on", True),
        ("shell*", "a bombshell", False),
        ("mine", "mines", False),
        ("set fire", "They set, fire and all", True),
        ("seiz* .. guns", "seized seven old guns", True),
        ("seiz* .. guns", "seized one two three four five six seven guns", False),
    ],
)
def test_a_star_is_the_rest_of_a_word_and_dots_are_up_to_six_words(phrase, text, is_there):
    assert bool(starred_pattern([phrase]).search(text)) is is_there
