from __future__ import annotations

import datetime

import pytest

from twosource.errors import UsageError
from twosource.export.masking import Masks, shortened
from twosource.export.material import Choice, Material, Publication
from twosource.records import Named, When
from twosource.spans import Span
from twosource.store import Project


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Lisk Darune fled", "[withheld 1] fled"),
        ("LISK  DARUNE fled", "[withheld 1] fled"),
        ("name:lisk-darune", "name:[withheld 1]"),
        ("Darune's house", "[withheld 1]'s house"),
        ("Daruneville", "Daruneville"),
        ("Lisk the other", "Lisk the other"),
        ("two officials in Vale", "[withheld 2]"),
        ("Vale", "Vale"),
    ],
)
def test_a_marked_name_is_found_however_it_is_written(text: str, masked: str) -> None:
    assert Masks(["Lisk Darune", "two officials in Vale"]).words(text) == masked


def test_a_record_is_masked_in_every_string_and_stays_a_record() -> None:
    masks = Masks(["Darune"])
    named = Named(name="Darune", span=Span(0, 6), said_at=Span(0, 6))
    assert masks.record(named) == Named(name="[withheld 1]", span=Span(0, 6), said_at=Span(0, 6))
    when = When(phrase="before Darune", span=Span(0, 1), start=datetime.date(2024, 1, 1))
    assert masks.record(when).phrase == "before [withheld 1]"
    assert masks.record(when).start == when.start


def test_no_marks_change_nothing() -> None:
    assert not Masks()
    assert Masks().words("Darune") == "Darune"


@pytest.mark.parametrize(
    ("words", "limit", "short"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two …"),
        ("one two three", 7, "one two …"),
        ("one, two", 5, "one …"),
        ("unbroken", 3, "unb …"),
    ],
)
def test_words_are_cut_after_a_whole_one(words: str, limit: int, short: str) -> None:
    assert shortened(words, limit) == short


def test_an_export_for_publication_holds_no_text_and_only_short_quotations(exported: Project) -> None:
    material = Material(exported, Choice(publication=Publication(quotation=20)))
    for item in material.claims():
        assert item.text is None
        assert all(len(run) <= 22 for run in item.evidence)
        assert item.whole == tuple(not run.endswith(" …") for run in item.evidence)
    assert {item.report.text for item in material.reports()} == {""}


def test_a_quotation_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="at least 1"):
        Publication(quotation=0)
