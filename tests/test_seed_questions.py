"""Every question on the five seed reports, coded by hand: answers by report, value and offset, to check in the texts.

The reports are no part of the project; where they are not beside it, the tests are skipped and say so.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from coded_claims import keep_coded, reports_in
from twosource.closed_sets import ClaimType, FigureKind
from twosource.relating import relate
from twosource.store import Project, open_project
from twosource.views.claims import ClaimFilter
from twosource.views.disagreements import disagreements
from twosource.views.figures import figure_history, toll_history
from twosource.views.holdings import holdings
from twosource.views.killed import killed_persons
from twosource.views.order_of_battle import order_of_battle
from twosource.views.planned import plans
from twosource.views.relations import relationships
from twosource.views.silence import silences
from twosource.views.tellings import tellings
from twosource.views.wording import wordings

pytestmark = pytest.mark.gold


@pytest.fixture(scope="module")
def seeds(gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    lines = (gold / "claims" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["report"].startswith("seed-")]
    reports = reports_in((gold / "claims" / "texts").glob("seed-*.txt"))
    with open_project(tmp_path_factory.mktemp("seeds") / "p.db", create=True) as opened:
        keep_coded(opened, reports, rows)
        relate(opened)
        yield opened


def day(words: str) -> datetime.date:
    return datetime.date.fromisoformat(words)


def test_iranian_backed_fighters_in_syria_over_time(seeds: Project) -> None:
    found = figure_history(seeds, ClaimFilter(place="Syria"), kind=FigureKind.FIGHTERS)
    told = [(one.until, one.low, one.high, one.saying.report, one.saying.own_voice) for one in found.steps]
    assert told[:4] == [
        (day("2015-10-01"), 200, 999, "seed-000", False),
        (day("2015-10-01"), 200, 999, "seed-000", False),
        (day("2015-10-01"), 200, 999, "seed-000", False),
        (day("2015-10-01"), 2000, 9999, "seed-000", False),
    ]
    assert {(low, report) for _, low, _, report, _ in told} >= {
        (100_000, "seed-001"),
        (120_000, "seed-001"),
        (300, "seed-002"),
        (300, "seed-003"),
        (2000, "seed-004"),
    }
    assert [one for one, *_ in told] == sorted(one for one, *_ in told if one is not None)
    assert (found.basis.claims, found.basis.reports, found.basis.lineages) == (11, 5, 4)


def test_what_a_report_adds_to_a_toll(seeds: Project) -> None:
    found = toll_history(seeds, ClaimFilter(report="seed-002"))
    assert [(one.step.low, one.of, one.adds) for one in found.steps] == [(7, None, 7), (5, "7", 0)]


def test_who_backs_whom_according_to_whom_and_since_when(seeds: Project) -> None:
    rows = {(row.type, row.first, row.second): row for row in relationships(seeds)}
    hezbollah = rows[ClaimType.BACKS, "Hezbollah", "Bashar Assad regime"]
    assert (hezbollah.since, hezbollah.sayings[0].report) == (day("2012-10-01"), "seed-001")
    backed = rows[ClaimType.BACKS, "Iran", "Hezbollah"]
    assert {one.report for one in backed.sayings} == {"seed-000", "seed-001"}
    belongs = rows[ClaimType.PART_OF, "Hayat Tahrir al-Sham", "al-Qaeda"]
    assert (belongs.ended, belongs.basis.claims) == (2, 2)
    fights = rows[ClaimType.FIGHTS_AGAINST, "Hezbollah", "Israel"]
    assert {one.report for one in fights.sayings} == {"seed-002", "seed-004"}


def test_the_order_of_battle_around_idlib(seeds: Project) -> None:
    forces = {row.name: row for row in order_of_battle(seeds, ClaimFilter(place="Idlib", report="seed-001"))}
    shared = [row for row in forces.values() if any(one.shared and one.low == 12 for one in row.strengths)]
    assert len(shared) == 12
    assert {one.low for one in forces["Iran-backed foreign terrorist groups"].strengths} == {22}


def test_who_held_aleppo(seeds: Project) -> None:
    rows = [row for row in holdings(seeds, ClaimFilter(place="Aleppo")).rows if row.place == "Aleppo"]
    told = [(row.kind, row.holder, row.since, row.until, row.saying.report) for row in rows]
    assert told[:3] == [
        (ClaimType.HOLDS, "rebels", day("2012-01-01"), day("2016-12-31"), "seed-003"),
        (ClaimType.TAKES_CONTROL, "government forces", day("2016-01-01"), day("2016-12-31"), "seed-003"),
        (ClaimType.TAKES_CONTROL, "rebels", day("2024-11-25"), day("2024-12-01"), "seed-003"),
    ]
    assert rows[1].ended_by == rows[2].saying.claim


def test_who_was_killed_among_the_named(seeds: Project) -> None:
    found = killed_persons(seeds)
    assert [(row.status, row.private, row.places, row.sayings[0].report) for row in found] == [
        ("combatant", False, ("Aleppo",), "seed-001"),
        ("combatant", False, ("Aleppo",), "seed-004"),
    ]
    assert [row.since for row in found] == [day("2015-01-01"), day("2024-11-28")]


def test_what_was_planned_and_what_is_told_of_it(seeds: Project) -> None:
    found = plans(seeds)
    prepared = [row for row in found if row.type is ClaimType.PREPARES]
    assert {(row.plan.report, row.actors[-1]) for row in prepared} == {
        ("seed-000", "Hezbollah"),
        ("seed-004", "Syrian army"),
    }
    assert {row.plan.report for row in found if row.type is ClaimType.PLEDGES} == {"seed-001", "seed-002", "seed-003"}


def test_where_nothing_was_reported_of_aleppo(seeds: Project) -> None:
    stretches = [(row.since, row.until, row.reports) for row in silences(seeds, "Aleppo")]
    assert (day("2018-09-06"), day("2024-11-24"), 0) in stretches


def test_which_words_stand_for_russia(seeds: Project) -> None:
    words = {one.words for row in wordings(seeds) if row.key == "actor:russia" for one in row.words}
    assert {"Russia", "Kremlin", "Moscow"} <= words


def test_figures_that_can_t_both_be_right_inside_one_report(seeds: Project) -> None:
    found = [row.disagreement for row in disagreements(seeds, inside=True)]
    told = {(one.reports[0], one.field, one.values) for one in found}
    assert ("seed-001", "fighters", ("at least 100,000", "at least 120,000")) in told
    assert ("seed-000", "fighters", ("200 to 999", "2,000 to 9,999")) in told


def test_what_one_says_and_another_denies(seeds: Project) -> None:
    [found] = disagreements(seeds, inside=True, field="happened")
    denial, teller = sorted(found.sides, key=lambda side: side.stance != "denies")
    assert (denial.report, denial.speakers, teller.type) == ("seed-000", ("Iran", "Syria"), ClaimType.STATIONED)


def test_words_stand_where_the_spans_say(seeds: Project) -> None:
    texts = {one.report.id: one.report.text for one in tellings(seeds)}
    for row in disagreements(seeds):
        for side in row.sides:
            assert tuple(span.of(texts[side.report]) for span in side.spans) == side.words
