import json

import pytest
from training.coded import FOLDS, coded_reports, fold_of, places_of

from twosource.records import Report

CLAIM = {"report": "", "type": "shelling", "evidence": ["Shells fell on Karesh"]}


@pytest.fixture
def coded(tmp_path):
    def write(name):
        (tmp_path / f"{name}.txt").write_text(f"title: {name}\noutlet: O\n\nShells fell on Karesh.", "utf-8")
        return json.dumps({**CLAIM, "report": name})

    (tmp_path / "claims.jsonl").write_text("\n".join(map(write, ["a", "b", "seed-001"])), "utf-8")
    return tmp_path / "claims.jsonl", tmp_path


def test_barred_reports_and_seeds_are_left_out(coded):
    assert [one.report.id for one in coded_reports([coded], {"b"})] == ["a"]


def test_a_barred_report_is_left_out_wherever_it_comes_from(coded):
    more = [(Report(id="b", text="Shells fell on Karesh."), [CLAIM]), (Report(id="c", text="x"), [CLAIM])]
    assert [one.report.id for one in coded_reports([coded], {"b"}, more)] == ["a", "c"]


def test_an_outlet_lies_in_one_fold_whatever_else_is_read(coded):
    alone, *_ = coded_reports([coded], {"b"})
    assert {one.fold for one in coded_reports([coded], set())} == {alone.fold} == {fold_of("O")}
    assert {fold_of(str(number)) for number in range(50)} == set(range(FOLDS))


def test_words_are_found_as_words_and_not_inside_longer_ones():
    assert list(places_of("Tor", "Torran men left Tor.")) == [(16, 19)]
    assert list(places_of("(Tor)", "a(Tor)b")) == [(1, 6)]
    assert list(places_of("", "Tor")) == []
