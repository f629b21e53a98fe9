"""Whatever text comes, each layer points into it, says the same again, and takes work in step with its length."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given

from fuzz.hostile import BOUNDED, pathological, texts
from twosource.intake import report_from_text
from twosource.reading.read import STAGES
from twosource.records import Reading, Sentence
from twosource.spans import Span
from twosource.stage import run_stages

if TYPE_CHECKING:
    from collections.abc import Callable

    from twosource.reading.equipment import Equipment


def spans_in(value: Any) -> list[Span]:
    """Every span over the text in a record; a sentence's tokens are counted in tokens, and left out."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, Sentence):
        return [value.span]
    if isinstance(value, msgspec.Struct):
        return [span for name in value.__struct_fields__ for span in spans_in(getattr(value, name))]
    return [span for one in value for span in spans_in(one)] if isinstance(value, tuple) else []


def check_reading(reading: Reading) -> None:
    text = reading.report.text
    assert all(0 <= span.start <= span.end <= len(text) for span in spans_in(reading))
    assert all(text[token.start : token.end] == token.text for token in reading.tokens)
    assert all(time.span.of(text) == time.text for time in reading.times)
    assert all(figure.span.of(text) == figure.phrase for figure in reading.figures)
    for claim in reading.claims:
        assert all(named.span.of(text) == named.name for named in (*claim.actors, *claim.targets, *claim.places))
        assert claim.when is None or claim.when.span.of(text) == claim.when.phrase
        assert claim.evidence and all(len(span) for span in claim.evidence)
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


def test_any_text_is_read_with_every_word_where_it_stands(equipment: Equipment) -> None:
    @BOUNDED
    @given(texts())
    def check(text: str) -> None:
        report, _ = report_from_text(text, id="r", published="2017-05-06")
        [reading] = run_stages([Reading(report=report)], STAGES, equipment)
        check_reading(reading)
        assert run_stages([Reading(report=report)], STAGES, equipment) == [reading]

    check()


@pytest.mark.parametrize("text", ["", " ", "\n", ".", "“", "(" * 300, "1" * 5_000, "a" * 20_000, "\u202e" * 50])
def test_a_text_without_a_sentence_is_read(equipment: Equipment, text: str) -> None:
    report, _ = report_from_text(text, id="r")
    [reading] = run_stages([Reading(report=report)], STAGES, equipment)
    check_reading(reading)


def steps_of(work: Callable[[], object]) -> int:
    """How many lines and calls of Python the work takes: a measure of its length that no other process can change."""
    count = 0

    def step(*_: object) -> Any:
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", ["quotation marks", "brackets", "dates", "one sentence of claims"])
def test_a_text_twice_as_long_takes_not_much_more_than_twice_the_steps(equipment: Equipment, name: str) -> None:
    def steps(length: int) -> int:
        report, _ = report_from_text(pathological(length)[name], id="r")
        return steps_of(lambda: run_stages([Reading(report=report)], STAGES, equipment))

    steps(300)  # what is read for the first time fills the caches
    assert steps(3_000) < 3 * steps(1_500)
