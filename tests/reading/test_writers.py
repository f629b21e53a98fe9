import pytest

from twosource.closed_sets import Stance
from twosource.knowledge.bylines import load_bylines
from twosource.reading.own_voice import own_voice
from twosource.reading.signals import Signals
from twosource.reading.tree import Tree
from twosource.reading.writers import find_writers, signed_parts, with_writers
from twosource.records import Attribution, AttributionKind, Reading, Report
from twosource.spans import Span

BYLINES = load_bylines()
CASES = [(row, text, wanted) for row in BYLINES.rows for texts, wanted in ((row.rule.matches, True), (row.rule.leaves, False)) for text in texts]  # noqa: E501  # fmt: skip


@pytest.mark.parametrize(("row", "text", "wanted"), CASES, ids=[f"{c[0].rule.id}-{n}" for n, c in enumerate(CASES)])
def test_a_byline_is_found_in_its_examples_alone(row, text, wanted):
    assert bool(list(signed_parts(text, [row]))) is wanted


def test_each_letter_has_its_own_writer():
    text = "The bridge fell. Ilan Moro Karesh • It was old. Dana Feld Ardan • Write to letters@example.com"
    found = find_writers(Report(id="r", text=text), BYLINES)
    assert [one.sources[0].name for one in found] == ["Ilan Moro", "Dana Feld"]
    assert [one.content[0].of(text) for one in found] == ["The bridge fell.", "It was old."]


def test_a_column_is_its_writers_word_from_the_first_to_the_last():
    text = "The bridge fell. It was old.\n\nIlan Moro is a columnist"
    (found,) = find_writers(Report(id="r", text=text), BYLINES)
    assert found.content[0].of(text) == "The bridge fell. It was old."


def test_a_plain_report_has_no_writer():
    assert find_writers(Report(id="r", text="The bridge fell. Ilan Moro saw it."), BYLINES) == []


def said_inside(text, kind):
    return Attribution(
        id="a", cue=Span(0, 3), sources=(), content=(Span(4, 8),), kind=kind, stance=Stance.ASSERTS, rule="reader"
    )


@pytest.mark.parametrize(
    ("kind", "counts"),
    [(AttributionKind.INDIRECT, False), (AttributionKind.MIXED, False), (AttributionKind.DIRECT, True)],
)
def test_in_signed_words_only_those_who_are_quoted_whole_speak_beside_the_writer(kind, counts):
    text = "The bridge fell. It was old.\n\nIlan Moro is a columnist"
    writers = find_writers(Report(id="r", text=text), BYLINES)
    found = with_writers([said_inside(text, kind)], writers)
    assert [one.counts for one in found] == [counts, True]


def test_signed_words_hold_no_voice_of_the_reports_own():
    text = "The bridge fell. It was old.\n\nIlan Moro is a columnist"
    report = Report(id="r", text=text)
    quiet = Signals(starts=(0, 17), ends=(16, 28), voiced=(0.01, 0.9))
    reading = Reading(report=report)
    assert own_voice(reading, Tree(reading), quiet, find_writers(report, BYLINES)) == []
