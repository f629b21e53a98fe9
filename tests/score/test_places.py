"""The measures of places, on gold and places made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from twosource.errors import InputError
from twosource.records import Place
from twosource.score.places import GoldPlace, GoldPlaceReport, compare_places, load_place_gold, near_gold, score_places
from twosource.spans import Span


def at(start: int, lat: float | None, lon: float | None, **more: str) -> Place:
    return Place(span=Span(start, start + 5), name="Idlib", rule="only-one", place="p", lat=lat, lon=lon, **more)


GOLD = [GoldPlace(0, 5, 35.93, 36.63), GoldPlace(10, 15), GoldPlace(20, 25, 36.2, 37.16)]
NOWHERE = Place(span=Span(20, 25), name="Idlib", rule="unresolved")


def test_an_unresolved_place_is_wrong_and_counted() -> None:
    counts = compare_places(GOLD, [at(0, 35.9, 36.6), at(10, 1.0, 1.0), NOWHERE], [])
    assert (counts.given, counts.near, counts.unresolved) == (2, 1, 1)


def test_a_place_on_a_name_without_coordinates_is_not_counted() -> None:
    counts = compare_places(GOLD, [NOWHERE] * 3, [at(10, 1.0, 1.0), at(0, 35.9, 36.6), at(40, 0.0, 0.0)])
    assert (counts.found, counts.right, counts.hit, counts.overlapping) == (2, 1, 1, 1)


def test_f1_is_that_of_precision_and_recall() -> None:
    counts = compare_places(GOLD, [NOWHERE] * 3, [at(0, 35.9, 36.6), at(40, 0.0, 0.0)])
    assert counts.measures()["end_to_end_f1"] == pytest.approx(0.5)


def test_nearness_is_a_hundred_miles_across_the_date_line_too() -> None:
    assert near_gold(0.0, 179.5, GoldPlace(0, 1, 0.0, -179.5))
    assert near_gold(36.0, 37.0, GoldPlace(0, 1, 37.4, 37.0))
    assert not near_gold(36.0, 37.0, GoldPlace(0, 1, 37.5, 37.0))


def test_rows_that_mark_no_names_are_left_out() -> None:
    rows = [GoldPlace(5, 9, type="Literal_Expression"), GoldPlace(0, 4, 1.0, 1.0, "Literal"), GoldPlace(3, 3)]
    assert [one.start for one in GoldPlaceReport(text="", toponyms=rows).names()] == [0]


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"text": "a", "toponyms": []}\n{"text": 1}\n')
    with pytest.raises(InputError, match="line 2"):
        load_place_gold(tmp_path / "gold.jsonl")


def test_reports_are_read_and_scored(tmp_path: Path) -> None:
    gold = '{"text": "Shells fell near Idlib.", "toponyms": [{"start": 17, "end": 22, "lat": 35.93, "lon": 36.63}]}'
    (tmp_path / "gold.jsonl").write_text(gold)
    measures = score_places([tmp_path / "gold.jsonl"])
    assert (measures["acc161"], measures["end_to_end_f1"]) == (1.0, 1.0)
