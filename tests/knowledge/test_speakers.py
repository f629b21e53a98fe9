import pytest

from twosource.closed_sets import ActorKind
from twosource.knowledge.speakers import load_speakers

WORDS = load_speakers()
CASES = [
    (rule, text, wanted)
    for rule in WORDS.rules
    for texts, wanted in ((rule.matches, True), (rule.leaves, False))
    for text in texts
]


@pytest.mark.parametrize(("rule", "text", "wanted"), CASES, ids=[f"{c[0].id}-{n}" for n, c in enumerate(CASES)])
def test_a_rule_knows_its_examples_alone(rule, text, wanted):
    words = {form for word in text.lower().split() for form in (word, word.rstrip("."), word.rstrip("s."))}
    assert bool(words & set(rule.words)) is wanted


def test_kinds_are_found_in_any_case():
    assert WORDS.kind_of("Official") is ActorKind.OFFICIAL
    assert WORDS.kind_of("bridge") is None


def test_a_statement_is_issued_and_a_report_is_not():
    assert WORDS.is_issued("statement")
    assert not WORDS.is_issued("report")


def test_a_governor_is_a_title_and_a_resident_is_not():
    assert WORDS.is_title("Governor")
    assert not WORDS.is_title("resident")
