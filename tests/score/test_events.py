"""B-cubed over listed reports, and the lead claim by which a report is grouped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fake_reading import fake_reader
from twosource.errors import InputError
from twosource.score.events import b_cubed, score_events

TEXTS = {
    "a": "Sudria backs Norland. Norland shelled Vale on 2024-03-05, killing 14",
    "b": "Norland shelled Vale on 2024-03-05, killing 14. Sudria shelled Orrin on 2024-03-05",
    "c": "Sudria seized Tarn on 2024-03-09",
    "d": "Nothing happened.",
}


def test_groups_like_the_gold_score_one() -> None:
    found = b_cubed({"a": "x", "b": "x", "c": "y"}, [("a", "b"), ("c",)])
    assert found == {"b3_precision": 1.0, "b3_recall": 1.0, "b3_f1": 1.0}


def test_singletons_are_right_and_find_little() -> None:
    found = b_cubed({"a": "x", "b": "y", "c": "z", "d": "w"}, [("a", "b"), ("c", "d")])
    assert (found["b3_precision"], found["b3_recall"]) == (1.0, 0.5)


def test_one_group_of_all_finds_all_and_is_half_right() -> None:
    found = b_cubed(dict.fromkeys("abcd", "x"), [("a", "b"), ("c", "d")])
    assert (found["b3_precision"], found["b3_recall"]) == (0.5, 1.0)


def test_a_report_of_two_clusters_may_go_with_either() -> None:
    gold = [("a", "b"), ("b", "c")]
    assert b_cubed({"a": "x", "b": "x", "c": "y"}, gold)["b3_precision"] == 1.0


def files(folder: Path, listed: list[list[str]]) -> tuple[Path, Path]:
    clusters, reports = folder / "clusters.jsonl", folder / "reports.jsonl"
    rows = [{"event": f"event {number}", "reports": names, "figures": {}} for number, names in enumerate(listed)]
    clusters.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    given = [{"id": name, "title": name, "text": text, "date": "2024-03-05"} for name, text in TEXTS.items()]
    reports.write_text("\n".join(json.dumps(row) for row in given), encoding="utf-8")
    return clusters, reports


def test_reports_are_grouped_by_their_lead_claim_standing_states_apart(tmp_path: Path) -> None:
    clusters, reports = files(tmp_path, [["a", "b"], ["c"], ["d"]])
    found = score_events(clusters, [reports], fake_reader())
    assert found["b3_f1"] == 1.0
    assert (found["reports"], found["clusters"]) == (4, 3)


def test_a_listed_report_that_no_file_has_is_refused(tmp_path: Path) -> None:
    clusters, reports = files(tmp_path, [["a", "elsewhere"]])
    with pytest.raises(InputError, match="elsewhere"):
        score_events(clusters, [reports], fake_reader())
