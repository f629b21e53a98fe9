"""Paragraphs, sentences and words, with a parser that cuts at blanks."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from twosource.reading.parse import READ_AT_MOST, Word, paragraphs, parse_batch
from twosource.reading.scan import Scan
from twosource.records import Origin, Reading, Report


def cut_at_blanks(reports: Iterable[Sequence[str]]) -> Iterator[list[list[Word]]]:
    """A word for every run without a blank; a sentence opens after a full stop."""
    for texts in reports:
        yield [_cut(text) for text in texts]


def _cut(text: str) -> list[Word]:
    words: list[Word] = []
    at = 0
    for part in text.split():
        start = text.index(part, at)
        at = start + len(part)
        opens = not words or words[-1].text.endswith(".")
        words.append(Word(start, at, part, part.lower(), "NOUN", "NN", "dep", len(words), opens))
    return words


def _read(text: str, body: int = 0) -> Reading:
    [reading] = parse_batch([Reading(report=Report(id="r", text=text, body=body))], cut_at_blanks)
    return reading


def test_sentences_and_tokens_stand_at_their_places_in_the_report() -> None:
    text = "A title\n\nOne two. Three.\nFour"
    reading = _read(text, body=9)
    assert [reading.words(s.span) for s in reading.sentences] == ["A title", "One two.", "Three.", "Four"]
    assert [s.paragraph for s in reading.sentences] == [0, 1, 1, 2]
    assert [s.headline for s in reading.sentences] == [True, False, False, False]
    assert all(text[t.start : t.end] == t.text for t in reading.tokens)


def test_a_text_over_the_limit_is_read_up_to_it_and_the_rest_is_told() -> None:
    text = "word " * (READ_AT_MOST // 5 + 3)
    origin = Origin(path="big.txt", sha256="", encoding="utf-8")
    [reading] = parse_batch([Reading(report=Report(id="r", text=text, origin=origin))], cut_at_blanks)
    [issue] = reading.issues
    assert (issue.code, issue.path) == ("text-too-long", "big.txt")
    assert issue.span is not None
    assert issue.span.start == READ_AT_MOST
    assert reading.tokens[-1].end <= READ_AT_MOST


def test_a_very_long_line_is_handed_over_in_parts_that_lose_no_word() -> None:
    text = "Some words of one line. " * 2_000
    runs = paragraphs(text)
    assert len(runs) > 1
    assert [word for run in runs for word in run.of(text).split()] == text.split()


@given(st.text(max_size=300))
def test_paragraphs_lie_in_order_and_hold_no_line_break(text: str) -> None:
    runs = paragraphs(text)
    assert all(run.of(text).strip() and "\n" not in run.of(text) for run in runs)
    assert all(a.end <= b.start for a, b in pairwise(runs))


def test_passages_that_the_scan_passes_over_have_no_words() -> None:
    weights = array("f", bytes(4 * 16))
    scan = Scan(weights=weights, bias=-1.0, of_report=0.0, least=0.0, digest="")
    [reading] = parse_batch([Reading(report=Report(id="r", text="Nothing here. Nor there. " * 4))], cut_at_blanks, scan)
    assert (reading.sentences, reading.tokens) == ((), ())


def test_the_parser_is_told_which_texts_are_of_one_report() -> None:
    asked: list[list[str]] = []

    def remembering(reports: Iterable[Sequence[str]]) -> Iterator[list[list[Word]]]:
        asked.extend(list(texts) for texts in reports)
        return cut_at_blanks(asked)

    reports = [Report(id="a", text="Troops left. Rain came."), Report(id="b", text="Others stayed there.")]
    read = parse_batch([Reading(report=report) for report in reports], remembering)
    assert asked == [["Troops left.", "Rain came."], ["Others stayed there."]]
    assert [[token.text for token in one.tokens] for one in read] == [
        ["Troops", "left.", "Rain", "came."], ["Others", "stayed", "there."],
    ]  # fmt: skip
