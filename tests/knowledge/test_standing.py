import pytest

from twosource.knowledge.standing import load_standing

WORDS = load_standing()
CASES = [
    (rule, text, wanted)
    for rule in WORDS.rules
    for texts, wanted in ((rule.matches, True), (rule.leaves, False))
    for text in texts
]


@pytest.mark.parametrize(("rule", "text", "wanted"), CASES, ids=[f"{c[0].id}-{n}" for n, c in enumerate(CASES)])
def test_a_rule_knows_its_examples_alone(rule, text, wanted):
    assert bool(set(text.lower().rstrip(".").split()) & set(rule.words)) is wanted


def test_every_word_leads_to_one_rule():
    words = [word for rule in WORDS.rules for word in rule.words]
    assert len(words) == len(set(words)) == len(WORDS.by_word)
