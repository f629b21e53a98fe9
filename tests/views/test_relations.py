"""How actors stand to each other, in a project with more claims than are looked at and with copies of one text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from coded_claims import keep_coded
from fake_reading import make_report
from twosource.closed_sets import ClaimType
from twosource.corpus_records import Judgement
from twosource.identifying import identify
from twosource.records import Report
from twosource.relating import keep_decision
from twosource.store import Project, open_project
from twosource.store.claim_filter import ClaimFilter
from twosource.views.relations import Relationship, relationships

FIRST = datetime.date(2020, 1, 1)
ROW = {
    "stance": "asserts",
    "certainty": "certain",
    "status": "ongoing",
    "negated": False,
    "places": [],
    "sources": [],
    "via": [],
    "figures": [],
    "when": None,
}


def told(number: int, who: str, whom: str, type_: ClaimType = ClaimType.BACKS) -> tuple[Report, dict[str, object]]:
    """A report of one claim, published so many days after the first."""
    words = f"{who} stands by {whom}."
    published = FIRST + datetime.timedelta(days=number)
    report = make_report(f"r{number}", words, published=published, outlet=f"Outlet {number}")
    row = {**ROW, "report": report.id, "type": type_, "evidence": [words], "actors": [who], "targets": [whom]}
    return report, row


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "p.db", create=True) as opened:
        yield opened


def keep(project: Project, *every: tuple[Report, dict[str, object]]) -> None:
    keep_coded(project, [report for report, _ in every], [row for _, row in every])


def pairs(found: tuple[Relationship, ...]) -> set[tuple[str, str]]:
    return {(one.first, one.second) for one in found}


def test_the_claims_looked_at_are_those_of_the_name_and_the_relation(project: Project) -> None:
    newer = [told(number, "Ostrell", f"Group {number}", ClaimType.LEADS) for number in range(2, 9)]
    keep(project, told(0, "Kornavel", "Odrel Shield"), told(1, "Ostrell", "Odrel Shield"), *newer)
    of_name = relationships(project, ClaimFilter(actor="kornavel"), whom="kornavel", most=2)
    assert (pairs(of_name), of_name.left_out) == ({("Kornavel", "Odrel Shield")}, None)
    backing = relationships(project, relation=ClaimType.BACKS, most=2)
    assert len(backing) == 2
    assert backing.left_out is None


def test_those_of_an_actor_come_window_by_window(project: Project) -> None:
    keep(project, *(told(number, "Kornavel", f"Group {number}") for number in range(5)))
    met: set[tuple[str, str]] = set()
    until: datetime.date | None = None
    for _ in range(3):
        found = relationships(project, ClaimFilter(actor="Kornavel", published_until=until), whom="Kornavel", most=3)
        met |= pairs(found)
        until = found.left_out.since if found.left_out else None
        if until is None:
            break
    assert met == {("Kornavel", f"Group {number}") for number in range(5)}


def test_a_name_is_found_without_its_accents(project: Project) -> None:
    keep(project, told(0, "Érdan Front", "Odrel Shield"))
    assert len(relationships(project, ClaimFilter(actor="erdan"), whom="erdan")) == 1
    assert relationships(project, whom="…") == ()


def test_the_nameless_of_copies_are_one_and_those_of_other_reports_are_others(project: Project) -> None:
    keep(project, *(told(number, "army", "militia") for number in range(3)))
    identify(project)
    assert [row.basis.lineages for row in relationships(project)] == [1, 1, 1]
    keep_decision(project, ("r0", "r1"), Judgement.SAME, reason="one text", who="a")
    copied, other = relationships(project)
    assert {saying.report for saying in copied.sayings} == {"r0", "r1"}
    assert (copied.basis.claims, copied.basis.lineages) == (2, 1)
    assert [saying.report for saying in other.sayings] == ["r2"]
