from __future__ import annotations

import pytest

from twosource.errors import UsageError
from twosource.spans import Span
from twosource.web.claim_form import ClaimForm, FigureForm, changed_fields, form_of, form_typed, given_fields
from web.desk_reports import example_readings, foreign_reading, hostile_reading

READINGS = [*example_readings(), hostile_reading(), foreign_reading()]


def test_a_form_that_nobody_touched_changes_nothing() -> None:
    claims = [(reading.report.text, claim) for reading in READINGS for claim in reading.claims]
    assert len(claims) > 50
    for text, claim in claims:
        assert changed_fields(form_of(claim, text), claim, text) == {}


def test_what_was_changed_is_all_that_is_given() -> None:
    reading = next(one for one in READINGS if one.report.id == "nevrin-wire")
    claim, text = reading.claims[0], reading.report.text
    form = form_of(claim, text)
    typed = {"certainty": "possible", "negated": "1"}
    fields = {name: getattr(form, name) for name in ("type", "stance", "status", "evidence", "phrase", "start", "end")}
    figures = {
        f"figure-{at}-{part}": getattr(one, part)
        for at, one in enumerate(form.figures)
        for part in ("phrase", "kind", "low", "high", "scope", "part_of")
    }
    sent = form_typed({**fields, **form.names, **figures, **typed})
    assert changed_fields(sent, claim, text) == {"certainty": "possible", "negated": True}


def test_words_that_stand_twice_are_taken_nearest_to_the_claim() -> None:
    text = "Kerat fell. Then Kerat burned."
    form = ClaimForm(evidence="Kerat", type="damages")
    assert given_fields(form, text, Span(0, 0))["evidence"] == [[0, 5]]
    assert given_fields(form, text, Span(17, 20))["evidence"] == [[17, 22]]


def test_offsets_are_code_points() -> None:
    text = "👩🏽‍🚒😀 قصف الجيش بلدة نفرين."
    [[start, end]] = given_fields(ClaimForm(evidence="بلدة نفرين"), text, Span(0, 0))["evidence"]
    assert text[start:end] == "بلدة نفرين"


def test_a_number_may_have_commas_and_must_be_one() -> None:
    figure = FigureForm(phrase="1,200 people", kind="displaced", low="1,200", high="")
    [given] = given_fields(ClaimForm(figures=(figure,)), "", Span(0, 0))["figures"]
    assert (given["low"], given["high"]) == (1200, None)
    with pytest.raises(UsageError, match="no whole number"):
        given_fields(ClaimForm(figures=(FigureForm(phrase="x", low="dozens"),)), "", Span(0, 0))


def test_controls_shown_as_words_become_themselves_again() -> None:
    assert form_typed({"evidence": "a ⟨U+202E⟩ b ⟨U+0041⟩ ⟨U+FFFFFF⟩"}).evidence == "a ‮ b ⟨U+0041⟩ ⟨U+FFFFFF⟩"


def test_rows_that_were_added_and_taken_away_leave_gaps() -> None:
    form = form_typed(
        {"figure-0-phrase": "12", "figure-11-phrase": "300", "figure-2-phrase": "", "figure-11-scope": "total"}
    )
    assert [(one.phrase, one.scope) for one in form.figures] == [("12", ""), ("", ""), ("300", "total")]


def test_the_whole_counts_only_for_a_part() -> None:
    rows = [FigureForm(phrase="5", low="5", scope=scope, part_of="12") for scope in ("part", "event", "")]
    given = given_fields(ClaimForm(figures=tuple(rows)), "", Span(0, 0))["figures"]
    assert [(one["scope"], one["part_of"]) for one in given] == [("part", "12"), ("event", None), (None, None)]


def test_words_are_taken_where_they_were_chosen() -> None:
    text = "Kerat fell. Then Kerat burned."
    form = ClaimForm(evidence="Kerat", runs=(Span(16, 23),), type="damages")
    assert given_fields(form, text, Span(0, 0))["evidence"] == [[17, 22]]


def test_other_words_than_those_chosen_are_looked_for() -> None:
    text = "Kerat fell. Then Kerat burned."
    form = ClaimForm(evidence="burned", runs=(Span(17, 22), Span(900, 901)), type="damages")
    assert given_fields(form, text, Span(0, 0))["evidence"] == [[23, 29]]


def test_runs_are_given_in_the_order_of_the_text() -> None:
    text = "Kerat fell. Then Kerat burned."
    form = ClaimForm(evidence="burned\nnowhere\nfell", type="damages")
    assert given_fields(form, text, Span(0, 0))["evidence"] == [[6, 10], [23, 29], "nowhere"]
