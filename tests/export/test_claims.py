from __future__ import annotations

import json
from pathlib import Path

import pytest

from fake_reading import fake_reader, make_report
from twosource.export.claims import codebook_lines
from twosource.pipeline import store_reports
from twosource.store import open_project

CODEBOOK_KEYS = [
    *("report", "type", "evidence", "actors", "targets", "places", "when", "figures", "sources", "via"),
    *("stance", "certainty", "status", "negated"),
]
REPORT = make_report("r1", "Émir said Norland shelled Vale on 2024-03-01, killing 2.\n\nSud backs Norland.")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    with open_project(tmp_path_factory.mktemp("p") / "a.db", create=True) as project:
        store_reports([REPORT], project, fake_reader())
        return list(codebook_lines(project))


def test_a_line_has_the_codebook_s_keys_in_its_order_then_confidence_id_and_spans(lines: list[bytes]) -> None:
    for line in lines:
        assert list(json.loads(line)) == [*CODEBOOK_KEYS, "confidence", "id", "spans"]
        assert line.endswith(b"}\n")


def test_a_line_is_the_claim_in_the_codebook_s_form(lines: list[bytes]) -> None:
    claim = json.loads(lines[0])
    assert {key: claim[key] for key in CODEBOOK_KEYS} == {
        "report": "r1",
        "type": "shelling",
        "evidence": ["Norland shelled Vale on 2024-03-01, killing 2"],
        "actors": ["Norland"],
        "targets": [],
        "places": ["Vale"],
        "when": {"phrase": "2024-03-01", "start": "2024-03-01", "end": "2024-03-01"},
        "figures": [{"phrase": "2", "kind": "killed", "low": 2, "high": 2}],
        "sources": ["Émir"],
        "via": [],
        "stance": "asserts",
        "certainty": "certain",
        "status": "happened",
        "negated": False,
    }
    assert json.loads(lines[1])["when"] is None


def test_every_span_slices_back_to_its_value(lines: list[bytes]) -> None:
    def words(span: list[int]) -> str:
        return REPORT.text[span[0] : span[1]]

    for claim in map(json.loads, lines):
        spans = claim["spans"]
        assert [words(span) for span in spans["evidence"]] == claim["evidence"]
        assert [words(span) for span in spans["figures"]] == [figure["phrase"] for figure in claim["figures"]]
        for field in ("actors", "targets", "places", "sources", "via"):
            assert [words(span["name"]) for span in spans[field]] == claim[field]
        if claim["when"]:
            assert words(spans["when"]) == claim["when"]["phrase"]


def test_nothing_of_the_export_depends_on_how_the_reports_came(tmp_path: Path) -> None:
    reports = [make_report(id_, "Sud backs Norland. Sud seized Vale.") for id_ in ("10", "9", "a", "Z", "é")]
    exports = []
    for number, order in enumerate((reports, reports[::-1])):
        with open_project(tmp_path / f"{number}.db", create=True) as project:
            for report in order:
                store_reports([report], project, fake_reader())
            exports.append([json.loads(line)["report"] for line in codebook_lines(project)])
    assert exports == [[id_ for id_ in ("10", "9", "Z", "a", "é") for _ in range(2)]] * 2
