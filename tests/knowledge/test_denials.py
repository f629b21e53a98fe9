import pytest

from twosource.knowledge.denials import FORMS, load_denials

WORDS = load_denials()
CASES = [
    (rule, text, wanted)
    for rule in WORDS.rules
    for texts, wanted in ((rule.matches, True), (rule.leaves, False))
    for text in texts
]


def forms(word):
    stem = word.removesuffix("y") + "i" if word.endswith("y") else word.removesuffix("e")
    return {word, f"{word}s", f"{word}ed", f"{stem}ed", f"{word}d", f"{word}ing"}


@pytest.mark.parametrize(("rule", "text", "wanted"), CASES, ids=[f"{c[0].id}-{n}" for n, c in enumerate(CASES)])
def test_a_rule_knows_its_examples_alone(rule, text, wanted):
    said = f" {text.lower().rstrip('.')} "
    assert any(f" {form} " in said for word in rule.words for form in forms(word)) is wanted


def test_every_rule_has_a_form_that_is_looked_up():
    assert {rule.form for rule in WORDS.rules} == set(FORMS)
