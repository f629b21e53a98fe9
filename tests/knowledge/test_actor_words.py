"""The words for actors without a name, for their titles and for what contains them, used as their rules say."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest

from twosource.closed_sets import ActorKind
from twosource.knowledge.actors import (
    ActorWords,
    WordRule,
    WordUse,
    load_actor_words,
)


@pytest.fixture(scope="module")
def words() -> ActorWords:
    return load_actor_words()


def covers(words: ActorWords, rule: WordRule, text: str) -> bool:
    """Whether the rule has a word of the text, used as the rule says."""
    pieces = text.rstrip(".").split()
    for start in range(len(pieces)):
        for end in range(start + 1, len(pieces) + 1):
            word = " ".join(pieces[start:end])
            if rule not in words.rules_of(word):
                continue
            if rule.use is WordUse.GROUP_FORM and not words.is_group_form(word):
                continue
            following = pieces[end] if end < len(pieces) else ""
            if rule.use is not WordUse.CONTAINER or following in rule.preps:
                return True
    return False


RULES = load_actor_words().rules


class TestWords:
    @pytest.mark.parametrize(
        ("rule", "text"), [(rule, text) for rule in RULES for text in rule.matches], ids=lambda value: str(value)[:30]
    )
    def test_examples_that_must_match(self, words: ActorWords, rule: WordRule, text: str) -> None:
        assert covers(words, words.rules[RULES.index(rule)], text)

    @pytest.mark.parametrize(
        ("rule", "text"), [(rule, text) for rule in RULES for text in rule.leaves], ids=lambda value: str(value)[:30]
    )
    def test_examples_that_must_not(self, words: ActorWords, rule: WordRule, text: str) -> None:
        assert not covers(words, words.rules[RULES.index(rule)], text)

    def test_no_word_stands_twice_in_a_rule(self) -> None:
        for rule in RULES:
            twice = [word for word, count in Counter(rule.lemmas).items() if count > 1]
            assert not twice, (rule.id, twice)

    def test_every_use_has_words_and_containers_their_prepositions(self) -> None:
        assert {rule.use for rule in RULES} == set(WordUse)
        assert all(bool(rule.preps) == (rule.use is WordUse.CONTAINER) for rule in RULES)

    def test_an_unknown_key_is_refused(self) -> None:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({"id": "x", "matches": ["y"], "use": "armed", "lemmas": ["z"], "lemma": "z"}, WordRule)

    @pytest.mark.parametrize(
        ("lemma", "kind"),
        [
            ("gunman", ActorKind.GENERIC),
            ("gunmen", ActorKind.GENERIC),
            ("Rebels", ActorKind.GENERIC),
            ("civilian", ActorKind.CIVILIANS),
            ("ministry", ActorKind.OFFICIAL),
            ("spokeswoman", ActorKind.OFFICIAL),
            ("witness", ActorKind.ANONYMOUS),
            ("security source", ActorKind.ANONYMOUS),
            ("state media", ActorKind.OUTLET),
            ("news agency", ActorKind.AGENCY),
            ("statement", ActorKind.DOCUMENT),
            ("rights group", ActorKind.MONITOR),
            ("table", None),
        ],
    )
    def test_kinds_of_unnamed_actors(self, words: ActorWords, lemma: str, kind: ActorKind | None) -> None:
        assert words.kind_of(lemma) is kind

    def test_titles_are_measured_with_what_qualifies_them(self, words: ActorWords) -> None:
        assert words.title_length(["former", "Lt.", "Gen.", "Someone"], 0) == 3
        assert words.title_length(["Foreign", "Minister", "Someone"], 0) == 2
        assert words.title_length(["former", "rebels"], 0) == 0
        assert words.is_title(["acting", "Foreign", "Minister"])
        assert not words.is_title(["Foreign", "Minister", "Someone"])
        assert not words.is_title([])

    @pytest.mark.parametrize(
        "text",
        [
            "former Lt. Gen. Someone",
            "Foreign Minister Someone of Foreign Affairs Minister",
            "former rebels",
            "acting Mr. former",
            "Mr. Mr. Mr.",
            "",
        ],
    )
    def test_where_titles_end_is_known_of_each_word(self, words: ActorWords, text: str) -> None:
        parts = text.split()
        each = [at + words.title_length(parts, at) for at in range(len(parts))]
        assert words.title_ends(parts) == each

    def test_each_word_of_many_titles_is_looked_at_once(
        self, words: ActorWords, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        looked = list[int]()
        step = ActorWords._step
        monkeypatch.setattr(ActorWords, "_step", lambda self, *asked: looked.append(asked[1]) or step(self, *asked))
        assert words.title_ends(["Mr."] * 500) == [500] * 500
        assert len(looked) == 500

    def test_a_container_needs_its_preposition(self, words: ActorWords) -> None:
        assert words.is_container("member", "of")
        assert words.is_container("hundreds")
        assert not words.is_container("hundreds", "against")
        assert not words.is_container("bridge", "of")

    def test_the_words_of_each_question(self, words: ActorWords) -> None:
        assert words.is_equipment("warplane")
        assert words.is_anonymous("official")
        assert words.is_armed("gendarme")
        assert not words.is_armed("farmer")
        assert words.is_group_form("Liwa")
        assert not words.is_group_form("front")
