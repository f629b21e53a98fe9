from __future__ import annotations

from twosource.intake.issues import SEVERITIES
from twosource.web.remedies import REMEDIES


def test_every_issue_of_the_intake_says_what_to_do() -> None:
    assert SEVERITIES.keys() <= REMEDIES.keys()


def test_each_is_a_sentence() -> None:
    assert [words for words in REMEDIES.values() if not words[0].isupper() or not words.endswith(".")] == []
