"""The words for whom a figure counts and for a person's role, each on its own examples."""

from __future__ import annotations

import pytest

from twosource.knowledge.counted import CountedRule, CountedUse, load_counted
from twosource.knowledge.person_roles import RoleRule, load_person_roles

COUNTED, ROLES = load_counted(), load_person_roles()


def counted_tells(rule: CountedRule, text: str) -> bool:
    """Whether the rule's use is told by the words; of a part, by the words before its number."""
    if rule.use is CountedUse.WHOM:
        return rule.id in COUNTED.whom_of(text)
    if rule.use is CountedUse.EVERYONE:
        return not COUNTED.whom_of(text)
    if rule.use is CountedUse.ADDITION:
        return COUNTED.adds(text)
    if rule.use is CountedUse.RUNNING:
        return COUNTED.runs(text) and bool(COUNTED.runs_over(text))
    if rule.use is CountedUse.TALLY:
        return COUNTED.tallies(text)
    if rule.use in (CountedUse.RISING, CountedUse.REACHED):
        return any(COUNTED.raises(text[:place]) for place in range(len(text)) if text[place - 1 : place] == " ")
    if rule.use is CountedUse.CAMPAIGN:
        return bool(COUNTED.runs_over(text) - {"since"})
    return any(COUNTED.opens_part(text[:place]) for place in range(len(text)) if text[place - 1 : place] == " ")


@pytest.mark.parametrize("rule", COUNTED.rules, ids=lambda rule: rule.id)
def test_words_of_a_count_tell_on_their_examples_alone(rule: CountedRule) -> None:
    assert [text for text in rule.matches if not counted_tells(rule, text)] == []
    assert [text for text in rule.leaves if counted_tells(rule, text)] == []


@pytest.mark.parametrize("rule", ROLES.rules, ids=lambda rule: rule.id)
def test_words_of_a_role_tell_on_their_examples_alone(rule: RoleRule) -> None:
    assert [text for text in rule.matches if not ROLES.tells(text, rule.use)] == []
    assert [text for text in rule.leaves if ROLES.tells(text, rule.use)] == []


@pytest.mark.parametrize(
    ("role", "status"),
    [("a rebel commander and former teacher", "combatant"), ("a teacher", "civilian"), ("a woman of the town", None)],
)
def test_the_first_telling_word_of_a_role_decides_the_status(role: str, status: str | None) -> None:
    assert ROLES.status_of(role) == status
