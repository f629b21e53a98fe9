"""Every rule about names of actors on its own examples: those it must match, and those it must leave alone."""

from __future__ import annotations

from collections import Counter

import pytest

from twosource.knowledge.actor_heads import HeadUse, load_actor_heads
from twosource.knowledge.actors import load_actor_table
from twosource.knowledge.leaders import load_leaders
from twosource.knowledge.loaded_names import load_loaded_names
from twosource.knowledge.name_forms import load_name_forms
from twosource.knowledge.name_index import fold_actor

HEADS, FORMS, LOADED = load_actor_heads(), load_name_forms(), load_loaded_names()


def cases(rules: object) -> list[object]:
    return [
        pytest.param(rule, text, wanted, id=f"{rule.id}{'+' if wanted else '-'}{number}")
        for rule in rules  # type: ignore[attr-defined]
        for wanted, texts in ((True, rule.matches), (False, rule.leaves))
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize(("rule", "pair", "wanted"), cases(FORMS.spellings))
def test_two_spellings_sound_alike_or_do_not(rule: object, pair: str, wanted: bool) -> None:
    first, second = (" ".join(map(FORMS.sound, fold_actor(name).split())) for name in pair.split(" = "))
    assert (first == second) is wanted


@pytest.mark.parametrize(("rule", "name", "wanted"), cases(FORMS.forms))
def test_a_name_has_a_word_for_its_kind_of_body_or_has_not(rule: object, name: str, wanted: bool) -> None:
    assert (rule.form in {FORMS.form_of(word) for word in fold_actor(name).split()}) is wanted  # type: ignore[attr-defined]


@pytest.mark.parametrize(("rule", "name", "wanted"), cases(LOADED.rules))
def test_a_loaded_word_is_found_or_is_not(rule: object, name: str, wanted: bool) -> None:
    assert (rule in {found for _, found in LOADED.found(name)}) is wanted


@pytest.mark.parametrize(("rule", "name", "wanted"), cases(HEADS.rules))
def test_words_around_a_name_do_what_their_rule_says(rule: object, name: str, wanted: bool) -> None:
    use: HeadUse = rule.use  # type: ignore[attr-defined]
    words = fold_actor(name).split()
    if use in (HeadUse.PLAIN, HeadUse.SPLITTING, HeadUse.ADJECTIVE):
        assert HEADS.has_use(words[0], use) is wanted
    else:
        whole = use in (HeadUse.DEFINITE, HeadUse.INSTITUTION)
        assert HEADS.all_have_use(words if whole else words[1:], use) is wanted


def test_a_class_of_bodies_has_each_word_once() -> None:
    assert max(Counter(word for rule in FORMS.forms for word in rule.words).values()) == 1


def test_leaders_lead_states_of_the_table_and_share_no_sure_name() -> None:
    table, leaders = load_actor_table(), load_leaders()
    sure: Counter[str] = Counter()
    for row in leaders.rows:
        assert table.get(row.state) is not None, row.id
        assert all(table.get(one) is not None for one in row.governments), row.id
        assert set(row.ambiguous) <= {row.name, *row.aliases}, row.id
        first, last = row.years
        assert first is not None and (last is None or first <= last), row.id
        marked = set(map(fold_actor, row.ambiguous))
        sure.update({fold_actor(name) for name in (row.name, *row.aliases)} - marked)
    assert not [name for name, count in sure.items() if count > 1]
    assert not [name for name in sure for other in table.find(name) if not table.ambiguous(name) and other]
