from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_reading import fake_reader, make_report
from twosource.closed_sets import ClaimType
from twosource.errors import UsageError
from twosource.pipeline import store_reports
from twosource.store import Project, open_project
from twosource.views import claims as claim_views
from twosource.views.claims import ClaimFilter, claim_type, count_claims, every_claim, find_claims

REPORTS = [
    make_report("b", "Quiet. Émir said Norland shelled Vale-Port on 2024-03-01, killing 2. Sud seized Vale."),
    make_report("a", "Sud backs Norland. Norland seized Al-Vale on 2024-04-01."),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_project(tmp_path_factory.mktemp("p") / "a.db", create=True) as opened:
        store_reports(REPORTS, opened, fake_reader())
        yield opened


def found(project: Project, chosen: ClaimFilter) -> list[str]:
    return [row.evidence[0].split(" on ")[0] for row in find_claims(project, chosen)]


def test_claims_come_by_report_and_place_in_the_text(project: Project) -> None:
    rows = find_claims(project)
    assert [row.claim.report for row in rows] == ["a", "a", "b", "b"]
    assert [row.report.id for row in rows] == ["a", "a", "b", "b"]
    offsets = [row.claim.evidence[0].start for row in rows]
    assert offsets[:2] == sorted(offsets[:2])
    assert offsets[2:] == sorted(offsets[2:])
    assert find_claims(project, limit=2, offset=1) == rows[1:3]


def test_every_claim_is_the_same_in_chunks(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twosource.store.claim_query._CHUNK", 3)
    assert tuple(every_claim(project)) == find_claims(project, limit=None)


def test_evidence_is_verbatim(project: Project) -> None:
    texts = {report.id: report.text for report in REPORTS}
    for row in find_claims(project):
        assert row.evidence == tuple(span.of(texts[row.claim.report]) for span in row.claim.evidence)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (ClaimFilter(type=ClaimType.BACKS), ["Sud backs Norland"]),
        (ClaimFilter(family="control"), ["Norland seized Al-Vale", "Sud seized Vale"]),
        (ClaimFilter(actor="sud"), ["Sud backs Norland", "Sud seized Vale"]),
        (ClaimFilter(actor="ud"), []),
        (ClaimFilter(place="al vale"), ["Norland seized Al-Vale"]),
        (ClaimFilter(place="PORT"), ["Norland shelled Vale-Port"]),
        (ClaimFilter(place="Norland", actor="Sud"), ["Sud backs Norland"]),
        (ClaimFilter(place="Norland", actor="Norland"), []),
        (ClaimFilter(source="emir"), ["Norland shelled Vale-Port"]),
        (ClaimFilter(text="killing 2"), ["Norland shelled Vale-Port"]),
        (ClaimFilter(text=""), []),
        (ClaimFilter(report="a", type=ClaimType.TAKES_CONTROL), ["Norland seized Al-Vale"]),
        (ClaimFilter(since=datetime.date(2024, 3, 2)), ["Norland seized Al-Vale"]),
        (ClaimFilter(until=datetime.date(2024, 3, 1)), ["Norland shelled Vale-Port"]),
        (ClaimFilter(since=datetime.date(2024, 3, 1), until=datetime.date(2024, 3, 31)), ["Norland shelled Vale-Port"]),
    ],
)
def test_a_filter_chooses_claims(project: Project, chosen: ClaimFilter, expected: list[str]) -> None:
    assert found(project, chosen) == expected
    assert count_claims(project, chosen) == len(expected)


def test_an_unknown_family_is_refused() -> None:
    with pytest.raises(UsageError, match="it is one of force, control"):
        ClaimFilter(family="farce")


@pytest.mark.parametrize("words", ["takes_control", "takes-control", "Takes control"])
def test_a_type_is_known_in_each_way_of_writing_it(words: str) -> None:
    assert claim_type(words) is ClaimType.TAKES_CONTROL


@pytest.mark.parametrize(("words", "advice"), [("airstrikes", "mean airstrike"), ("xyz", "one of armed_clash")])
def test_an_unknown_type_is_refused_with_the_nearest_ones(words: str, advice: str) -> None:
    with pytest.raises(UsageError, match=advice):
        claim_type(words)


def test_claims_of_older_versions_and_readings_are_not_found(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        for version, text in ((1, "Sud seized Vale."), (1, "Sud shelled Vale."), (2, "Sud shelled Vale.")):
            store_reports([make_report("a", text)], project, fake_reader(version=version))
        assert [row.evidence for row in claim_views.find_claims(project)] == [("Sud shelled Vale",)]
        assert count_claims(project) == 1
