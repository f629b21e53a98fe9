from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from twosource.corpus_records import Dependence, Judgement, Relation
from twosource.records import Origin, Reading, Report
from twosource.relating import keep_decision, renew_families
from twosource.store import Project, open_project
from twosource.store.lineage import keep_dependences, keep_prints, reports_with
from twosource.store.write import Batch, keep_batch, start_run
from twosource.views.sources import AgencyRow, Share, list_agencies, list_outlets, original_of

DATA = b"The bridge was closed.\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    reports = [
        _report("a", "Darm Post", 1),
        _report("b", "Darm Post", 3, agency="AP"),
        _report("c", "Lake Times", 2, agency="AP"),
        _report("d", None, 4),
    ]
    with open_project(tmp_path / "p.db", create=True) as opened:
        run = start_run(opened, "tests")
        readings = tuple(Reading(report=one, fingerprint="tests") for one in reports)
        keep_batch(opened, run, "tests", Batch(reports=tuple(reports), readings=readings, originals=(DATA,)))
        yield opened


def _report(id_: str, outlet: str | None, day: int, agency: str | None = None) -> Report:
    origin = Origin(path=f"in/{id_}.txt", sha256=hashlib.sha256(DATA).hexdigest(), encoding="utf-8")
    return Report(
        id=id_,
        text="The bridge was closed.",
        outlet=outlet,
        agency=agency,
        published=datetime.date(2019, 4, day),
        origin=origin,
        digest=f"digest-{id_}",
    )


def depend(project: Project, *found: Dependence) -> None:
    with project.writing() as connection:
        reports = list(reports_with(connection, ["a", "b", "c", "d"]).values())
        keep_prints(connection, "x", reports, {one.id: frozenset() for one in reports})
        keep_dependences(connection, ["a", "b", "c", "d"], found)
        renew_families(connection, ["a", "b", "c", "d"])


def reprint(earlier: str, later: str, origin: str | None = None, *, directed: bool = True) -> Dependence:
    return Dependence(
        earlier=earlier,
        later=later,
        relation=Relation.REPRINT,
        reason="The same words.",
        origin=origin,
        directed=directed,
        likelihood=1.0,
    )


def test_outlets_come_with_their_days_and_credits_the_largest_first(project: Project) -> None:
    rows = list_outlets(project)
    assert [(row.name, row.reports) for row in rows] == [("Darm Post", 2), ("Lake Times", 1), (None, 1)]
    assert (rows[0].first, rows[0].last) == (datetime.date(2019, 4, 1), datetime.date(2019, 4, 3))
    assert rows[0].credits == (Share("AP", 1),)


def test_an_outlet_takes_from_the_outlet_or_agency_that_its_reports_depend_on(project: Project) -> None:
    depend(project, reprint("a", "c"), reprint("b", "c", "AP"), reprint("a", "d"))
    takes = {row.name: row.takes for row in list_outlets(project)}
    assert takes["Lake Times"] == (Share("AP", 1), Share("Darm Post", 1))
    assert takes[None] == (Share("Darm Post", 1),)
    assert takes["Darm Post"] == ()


def test_what_goes_no_certain_way_or_stays_in_the_house_is_no_taking(project: Project) -> None:
    depend(project, reprint("a", "b"), reprint("a", "c", directed=False))
    assert [row.takes for row in list_outlets(project)] == [(), (), ()]


def test_a_persons_word_counts(project: Project) -> None:
    depend(project, reprint("a", "c"))
    keep_decision(project, ("a", "c"), Judgement.DIFFERENT, reason="own reporter", who="a")
    assert [row.takes for row in list_outlets(project)] == [(), (), ()]


def test_agencies_come_with_the_outlets_that_credit_them(project: Project) -> None:
    assert list_agencies(project) == (
        AgencyRow(name="AP", reports=2, outlets=(Share("Darm Post", 1), Share("Lake Times", 1))),
    )


def test_the_original_bytes_come_back_under_their_name(project: Project) -> None:
    found = original_of(project, "digest-a")
    assert found
    assert (found.name, found.content) == ("a.txt", DATA)
    assert original_of(project, "none") is None
