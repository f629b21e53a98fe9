from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from twosource.errors import InputError
from twosource.records import Reading, Report, Time, TimeKind
from twosource.score.time import GoldTime, compare_times, load_time_gold, score_time
from twosource.spans import Span


def time(start: int, end: int, value: str) -> Time:
    return Time(span=Span(start, end), text="x" * (end - start), kind=TimeKind.DATE, value=value, rule="r")


def test_strict_relaxed_and_value_are_told_apart() -> None:
    gold = [GoldTime(0, 5, "2016"), GoldTime(10, 15, "2017"), GoldTime(20, 25, "2018")]
    read = [time(0, 5, "2016"), time(11, 18, "2017"), time(20, 25, "1999"), time(30, 31, "P1D")]
    counts = compare_times(gold, read)
    assert (counts.gold, counts.read, counts.strict, counts.relaxed, counts.value) == (3, 4, 2, 3, 2)


def test_one_read_time_serves_one_gold_time() -> None:
    counts = compare_times([GoldTime(0, 4, "a"), GoldTime(5, 9, "b")], [time(0, 9, "a")])
    assert (counts.relaxed, counts.value) == (1, 1)


def test_the_same_span_is_paired_before_the_one_that_only_overlaps() -> None:
    counts = compare_times([GoldTime(0, 9, "a"), GoldTime(4, 9, "b")], [time(4, 9, "b")])
    assert (counts.strict, counts.value) == (1, 1)


def write(path: Path, *rows: object) -> Path:
    path.write_bytes(b"\n".join(msgspec.json.encode(row) for row in rows))
    return path


def test_measures_are_taken_over_all_files_together(tmp_path: Path) -> None:
    one = {"text": "In 2016.", "dct": "2017-01-01", "timex3": [{"start": 3, "end": 7, "value": "2016"}]}
    two = {"text": "In May.", "dct": "", "timex3": [{"start": 3, "end": 6, "value": "2016-05"}]}
    paths = [write(tmp_path / "a.jsonl", one), write(tmp_path / "b.jsonl", two)]

    def read(reports: list[Report]) -> list[Reading]:
        return [Reading(report=report, times=(time(3, 7, "2016"),)) for report in reports]

    measures = score_time(paths, read)
    assert (measures["strict_f1"], measures["relaxed_f1"], measures["value_f1"]) == (0.5, 1.0, 0.5)


def test_the_engine_itself_reads_where_no_reader_is_given(tmp_path: Path) -> None:
    row = {
        "text": "It fell yesterday.",
        "dct": "2017-01-02T10:00",
        "timex3": [{"start": 8, "end": 17, "value": "2017-01-01"}],
    }
    assert score_time([write(tmp_path / "a.jsonl", row)])["value_f1"] == 1.0


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "x", "timex3": []}\n{"text": 3}\n')
    with pytest.raises(InputError, match="line 2"):
        load_time_gold(path)
    with pytest.raises(InputError, match=r"nothing\.jsonl"):
        load_time_gold(tmp_path / "nothing.jsonl")
