"""The measures of lineage, on pairs made up for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus import another_war as war
from twosource.corpus_records import Relation
from twosource.errors import InputError
from twosource.score.lineage import GoldPair, is_hard, lineage_measures, read_pairs, score_lineage, stories


def pair(a: str, b: str, label: str, corpus: str = "x", note: str | None = None) -> GoldPair:
    return GoldPair(a=a, b=b, label=label, corpus=corpus, note=note)


PAIRS = [
    pair("a", "b", "reprint"),
    pair("c", "d", "rewrite", note="HARD: a digest"),
    pair("e", "f", "update", corpus="y"),
    pair("g", "h", "independent", corpus="y"),
    pair("i", "j", "different"),
]
RIGHT = [Relation.REPRINT, Relation.REWRITE, Relation.UPDATE, Relation.NONE, Relation.NONE]


def test_all_right_is_one() -> None:
    found = lineage_measures(PAIRS, RIGHT)
    assert {found["reprint_f1"], found["dependent_f1"], found["macro4_f1"]} == {1.0}
    assert found["pairs"] == 5


def test_a_wrong_kind_of_dependence_still_counts_as_dependence() -> None:
    found = lineage_measures(PAIRS, [Relation.UPDATE, *RIGHT[1:]])
    assert found["dependent_f1"] == 1.0
    assert found["reprint_f1"] == 0.0
    assert found["macro4_f1"] == pytest.approx((0 + 1 + 2 / 3 + 1) / 4)


def test_a_dependence_too_many_costs_precision() -> None:
    found = lineage_measures(PAIRS, [*RIGHT[:4], Relation.REPRINT])
    assert found["reprint_f1"] == pytest.approx(2 / 3)
    assert found["dependent_f1"] == pytest.approx(6 / 7)


def test_each_corpus_and_the_pairs_that_are_not_hard_have_their_own() -> None:
    found = lineage_measures(PAIRS, [Relation.REPRINT, Relation.NONE, *RIGHT[2:]])
    assert found["x_dependent_f1"] == pytest.approx(2 / 3)
    assert found["y_dependent_f1"] == found["without_hard_dependent_f1"] == 1.0
    assert found["without_hard_pairs"] == 4
    assert "y_reprint_f1" not in found


def test_an_interval_holds_its_figure_and_is_the_same_each_time() -> None:
    told = [Relation.REPRINT, Relation.NONE, *RIGHT[2:]]
    found = lineage_measures(PAIRS, told)
    assert found == lineage_measures(PAIRS, told)
    assert found["macro4_f1_low"] <= found["macro4_f1"] <= found["macro4_f1_high"]


def test_pairs_that_share_a_report_or_a_topic_are_of_one_story() -> None:
    found = stories([pair("a", "b", "reprint"), pair("b", "c", "update"), pair("12_1ecb", "12_2ecb", "reprint")])
    found += stories([pair("12_1ecb", "12_2ecb", "reprint"), pair("12_7ecbplus", "12_9ecb", "rewrite")])
    assert found[0] == found[1] != found[2]
    assert found[3] == found[4]


def test_a_hard_pair_is_one_whose_note_says_so() -> None:
    assert [is_hard(one) for one in PAIRS] == [False, True, False, False, False]


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_pairs_are_read_under_either_key(tmp_path: Path) -> None:
    path = write(tmp_path / "pairs.jsonl", {"a": "1", "b": "2", "relation": "different"})
    assert read_pairs(path)[0].gold is Relation.NONE


def test_another_label_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="1 and 2 have no label among reprint"):
        read_pairs(write(tmp_path / "pairs.jsonl", {"a": "1", "b": "2", "label": "copy"}))


def test_a_report_in_no_file_is_told(tmp_path: Path) -> None:
    pairs = write(tmp_path / "pairs.jsonl", {"a": "wire", "b": "gone", "label": "reprint"})
    reports = write(tmp_path / "reports.jsonl", {"id": "wire", "text": war.WIRE.text})
    with pytest.raises(InputError, match="no report 'gone'"):
        score_lineage(pairs, [reports])


def test_reports_of_several_files_are_judged(tmp_path: Path) -> None:
    pairs = write(
        tmp_path / "pairs.jsonl",
        {"a": "wire", "b": "reprint", "label": "reprint"},
        {"a": "wire", "b": "statement", "label": "independent"},
    )
    first = write(tmp_path / "first.jsonl", {"id": "wire", "text": war.WIRE.text})
    others = [{"id": one.id, "text": one.text} for one in (war.REPRINT, war.STATEMENT)]
    found = score_lineage(pairs, [first, write(tmp_path / "second.jsonl", *others)])
    assert found["reprint_f1"] == found["dependent_f1"] == 1.0
