import pytest

from twosource.knowledge.acts import load_acts

CASES = [
    (rule, text, wanted)
    for rule in load_acts().rules
    for texts, wanted in ((rule.matches, True), (rule.leaves, False))
    for text in texts
]


def forms(verb):
    stem = verb.removesuffix("e")
    return {verb, f"{verb}s", f"{verb}ed", f"{stem}ed", f"{stem}es", f"{verb}ing"}


@pytest.mark.parametrize(("rule", "text", "wanted"), CASES, ids=[f"{c[0].id}-{n}" for n, c in enumerate(CASES)])
def test_an_act_knows_its_examples_alone(rule, text, wanted):
    words = set(text.rstrip(".").lower().split())
    assert any(words & forms(verb) for verb in rule.verbs) is wanted


def test_no_verb_stands_in_two_rows():
    verbs = [verb for rule in load_acts().rules for verb in rule.verbs]
    assert len(verbs) == len(set(verbs))
