from __future__ import annotations

import msgspec
import pytest

from twosource.records import Reading, Sentence
from twosource.spans import Span
from twosource.web.reading_page import PART_LENGTH
from twosource.web.text_beside import TextBeside, text_beside
from web.desk_reports import example_readings, foreign_reading, hostile_reading, make_report

READINGS = [*example_readings(), hostile_reading(), foreign_reading()]
BODY = "The mill burned. Two men fled. A child hid. The guard came. Night fell."


def sentenced(text: str) -> Reading:
    """A report of these sentences, which end in full stops."""
    ends = [at + 1 for at, character in enumerate(text) if character == "."]
    starts = [0, *(end + 1 for end in ends[:-1])]
    spans = [Span(start, end) for start, end in zip(starts, ends, strict=True)]
    told = tuple(Sentence(span=span, paragraph=0, tokens=Span(0, 0)) for span in spans)
    return msgspec.structs.replace(Reading(report=make_report("mill", text)), sentences=told)


def at(words: str) -> Span:
    return Span(BODY.index(words), BODY.index(words) + len(words))


def words_of(beside: TextBeside, kind: str) -> str:
    return "".join(piece.text for run in beside.runs for piece in run.pieces if getattr(piece, kind))


@pytest.mark.parametrize("reading", READINGS, ids=lambda one: one.report.id)
def test_the_pieces_are_the_text_and_each_run_begins_where_it_says(reading: Reading) -> None:
    text = reading.report.text
    for claim in reading.claims:
        beside = text_beside(reading, claim.evidence)
        assert "".join(piece.text for run in beside.runs for piece in run.pieces) == text
        assert all(text.startswith(run.pieces[0].text, run.start) for run in beside.runs)
        assert words_of(beside, "evidence") == "".join(span.of(text) for span in claim.evidence)
        assert sum(piece.first for run in beside.runs for piece in run.pieces) == 1


def test_the_sentence_before_the_evidence_and_the_one_after_are_near() -> None:
    beside = text_beside(sentenced(BODY), [at("child")])
    assert words_of(beside, "evidence") == "child"
    assert words_of(beside, "near") == "Two men fled. A child hid. The guard came."


def test_at_the_ends_of_the_text_there_is_one_neighbour() -> None:
    assert words_of(text_beside(sentenced(BODY), [at("mill")]), "near") == "The mill burned. Two men fled."
    assert words_of(text_beside(sentenced(BODY), [at("Night")]), "near") == "The guard came. Night fell."


def test_each_run_of_the_evidence_has_its_own_neighbours() -> None:
    reading = sentenced(BODY + " Day came. Rain fell. Snow fell.")
    beside = text_beside(reading, [at("mill"), Span(len(BODY) + 12, len(BODY) + 16)])
    assert "Night fell." not in words_of(beside, "near")
    assert "Snow fell." in words_of(beside, "near")


def test_without_evidence_nothing_is_marked() -> None:
    beside = text_beside(sentenced(BODY), [])
    assert (beside.marked, words_of(beside, "near"), words_of(beside, "evidence")) == (False, "", "")


def test_of_a_long_text_the_part_that_holds_the_evidence_is_shown() -> None:
    text = "word " * (PART_LENGTH // 4) + "the mill burned"
    reading = Reading(report=make_report("long", text))
    beside = text_beside(reading, [Span(len(text) - 6, len(text))])
    assert beside.partly
    assert words_of(beside, "evidence") == "burned"
    assert beside.runs[0].start > 0
    assert not text_beside(sentenced(BODY), []).partly
