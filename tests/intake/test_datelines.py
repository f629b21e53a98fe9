"""Every example of data/en/datelines.toml."""

from __future__ import annotations

import datetime

import pytest

from twosource.intake.credits import find_agency
from twosource.intake.report_dates import find_dates
from twosource.intake.titles import compose
from twosource.knowledge.datelines import Agency, Credit, Stamp, agency_rows, credit_rules, stamp_rules

TITLE = "Ferry resumes its crossings"
HEADER = (datetime.date(2019, 6, 20),)


def rules_seen(text: str) -> set[str]:
    """The rules that find a date; the examples' one title is given where they hold it."""
    composed = compose(TITLE if TITLE in text else None, text)
    seen = find_dates(composed.text, body=composed.body, title=composed.at, header=HEADER)
    return {sighting.rule for sighting in seen.found}


@pytest.mark.parametrize("rule", stamp_rules(), ids=lambda rule: rule.id)
def test_stamps_match_their_examples(rule: Stamp) -> None:
    assert [text for text in rule.matches if rule.id not in rules_seen(text)] == []
    assert [text for text in rule.leaves if rule.id in rules_seen(text)] == []


@pytest.mark.parametrize("rule", credit_rules(), ids=lambda rule: rule.id)
def test_credits_match_their_examples(rule: Credit) -> None:
    assert [text for text in rule.matches if find_agency(text) is None] == []
    assert [text for text in rule.leaves if find_agency(text) is not None] == []


@pytest.mark.parametrize("row", agency_rows(), ids=lambda row: row.id)
def test_agencies_are_filed_under_their_name(row: Agency) -> None:
    assert {find_agency(text) for text in row.matches} == {row.name}
