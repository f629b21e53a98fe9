"""What is counted by indexes alone is as many as are found, whatever was read anew, decided or left out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection

from fake_reading import fake_reader, make_report
from store.test_claim_plans import plan_of
from test_bench_made import made_project
from twosource import deciding
from twosource.closed_sets import ClaimType, Status
from twosource.pipeline import store_reports
from twosource.store import Project, claim_query, entities, event_query, open_project, report_words
from twosource.store.claim_filter import Among, ClaimFilter
from twosource.store.event_query import EventFilter
from twosource.store.source_query import days_of_publication, outlets_with_days, reports_within
from twosource.store.write import Batch, keep_batch, start_run
from twosource.views.claims import count_claims, find_claims
from twosource.views.events import count_events, find_events
from twosource.views.reports import ReportOrder, count_reports, list_reports
from web.desk_reports import example_readings, make_project

DAY = datetime.date(2024, 5, 20)
FILTERS = [
    ClaimFilter(text="killed"),
    ClaimFilter(text="k"),
    ClaimFilter(text="killed and"),
    ClaimFilter(actor="a"),
    ClaimFilter(place="a"),
    ClaimFilter(source="p"),
    ClaimFilter(type=ClaimType.SHELLING),
    ClaimFilter(family="force", text="k"),
    ClaimFilter(since=DAY, until=DAY),
]
EVENTS = [
    EventFilter(text="killed"),
    EventFilter(text="killed in"),
    EventFilter(text="!"),
    EventFilter(actor="a"),
    EventFilter(actor="a", text="k"),
    EventFilter(place="a"),
    EventFilter(family="force", min_origins=2),
    EventFilter(source="p"),
    EventFilter(since=DAY, until=DAY),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with made_project(tmp_path_factory.mktemp("counts") / "made.db", 60) as opened:
        yield opened


def check_claims(opened: Project) -> list[int]:
    found = [len(find_claims(opened, chosen, limit=None)) for chosen in FILTERS]
    assert [count_claims(opened, chosen) for chosen in FILTERS] == found
    assert [count_claims(opened, chosen, most=3) for chosen in FILTERS] == [min(4, each) for each in found]
    return found


def test_claims_are_counted_by_their_keys(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sum(map(bool, check_claims(project))) > 5
    monkeypatch.setattr("twosource.store.claim_narrowing.MOST_COUNTED", 2)
    monkeypatch.setattr("twosource.store.claim_narrowing._MOST_WORDED", 2)
    check_claims(project)


@pytest.mark.file
def test_to_count_claims_with_a_word_no_claim_is_looked_up(project: Project) -> None:
    chosen = ClaimFilter(text="killed")
    plan = plan_of(project, lambda connection: claim_query.count_claims(connection, chosen, 10_000))
    assert any("ix_reading_outdated" in row for row in plan)
    assert not any("claim USING" in row for row in plan)


def test_claims_that_were_read_anew_rejected_or_fixed_are_counted_as_they_stand(tmp_path: Path) -> None:
    with make_project(tmp_path / "a.db", example_readings()) as opened:
        before = check_claims(opened)
        [first, *_, last] = example_readings()
        bare = msgspec.structs.replace(first, claims=first.claims[:1], fingerprint="others")
        other = msgspec.structs.replace(last.report, digest="f" * 64)
        newer = msgspec.structs.replace(last, report=other, claims=last.claims[:2])
        for reading in (bare, newer):
            run = start_run(opened, reading.fingerprint)
            keep_batch(opened, run, reading.fingerprint, Batch(reports=(reading.report,), readings=(reading,)))
        after = check_claims(opened)
        assert sum(after) < sum(before)
        [one, another, *_] = find_claims(opened, ClaimFilter(text="killed"))
        for claim, changed in ((one.claim, None), (another.claim, {"type": "airstrike"})):
            if changed is None:
                deciding.reject(opened, claim.report, claim.id, who="coder", reason="not told")
            else:
                deciding.fix(opened, claim.report, claim.id, changed, who="coder", reason="read it again")
        decided = check_claims(opened)
        assert decided[0] == after[0] - 1


def test_events_are_counted_by_their_numbers(project: Project) -> None:
    found = [len(find_events(project, chosen, limit=None)) for chosen in EVENTS]
    assert [count_events(project, chosen) for chosen in EVENTS] == found
    assert [count_events(project, chosen, most=3) for chosen in EVENTS] == [min(4, each) for each in found]
    assert sum(map(bool, found)) > 5


@pytest.mark.file
def test_to_count_events_of_one_field_no_event_is_looked_up(project: Project) -> None:
    for chosen in (EventFilter(text="killed"), EventFilter(place="a")):
        plan = plan_of(project, lambda connection, chosen=chosen: event_query.count_events(connection, chosen, 10_000))
        assert not any("event USING" in row for row in plan)


@pytest.mark.parametrize("order", ReportOrder)
@pytest.mark.parametrize("words", ["killed", "said killed", "of", "zzz", "?"])
def test_reports_with_words_are_listed_the_same_once_they_were_counted(
    project: Project, words: str, order: ReportOrder
) -> None:
    every = list_reports(project, text=words, order=order, limit=None)
    assert count_reports(project, text=words) == len(every)
    with project.looking_once():
        assert count_reports(project, text=words, most=1000) == len(every)
        for limit, offset in ((None, 0), (5, 0), (5, 3), (5, 1000)):
            listed = list_reports(project, text=words, order=order, limit=limit, offset=offset)
            assert listed == every[offset : None if limit is None else offset + limit]


@pytest.mark.parametrize("order", ReportOrder)
def test_reports_without_a_day_or_an_outlet_stand_last_once_they_were_counted(
    tmp_path: Path, order: ReportOrder
) -> None:
    days = {"c": None, "b": None, "old": "2020-01-01", "new": "2024-01-01", "also new": "2024-01-01"}
    outlets = {"c": "Post", "b": None, "old": "Herald", "new": None, "also new": "Post"}
    with open_project(tmp_path / "a.db", create=True) as opened:
        made = [make_report(id_, "x here", published=day, outlet=outlets[id_]) for id_, day in days.items()]
        store_reports(made, opened, fake_reader())
        every = list_reports(opened, text="here", order=order)
        with opened.looking_once():
            assert count_reports(opened, text="here", most=10) == 5
            assert list_reports(opened, text="here", order=order) == every
            assert count_reports(opened, text="here", outlet="Post", most=10) == 2
            assert {row.id for row in list_reports(opened, text="here", outlet="Post")} == {"c", "also new"}
            assert {row.id for row in list_reports(opened, text="here", agency="AG")} == set()


def test_that_many_reports_have_a_word_is_told_by_their_claims(project: Project) -> None:
    told = len({row.claim.report for row in find_claims(project, ClaimFilter(text="killed"), limit=None)})
    every = count_reports(project, text="killed")
    assert 3 < told < every
    with project.looking() as connection:
        assert report_words.many_have(connection, "killed", told - 1)
        assert not report_words.many_have(connection, "killed", told)
        assert not report_words.many_have(connection, "said killed", 0)
    assert count_reports(project, text="killed", most=told - 1) == told
    assert count_reports(project, text="killed", most=told) == told + 1
    assert count_reports(project, text="killed", most=every) == every


def test_reports_of_an_outlet_are_counted_by_days(tmp_path: Path) -> None:
    days = ["2024-01-01", "2024-01-02", "2024-01-02", "2024-01-09", None]
    with open_project(tmp_path / "a.db", create=True) as opened:
        with opened.looking() as connection:
            assert days_of_publication(connection) is None
            assert outlets_with_days(connection) == []
        made = [
            make_report(f"{outlet}{at}", f"x {at}", published=day, outlet=outlet)
            for outlet in ("Post", "Herald", None)
            for at, day in enumerate(days)
        ]
        undated = make_report("none", "x", outlet="Undated")
        store_reports([*made, undated], opened, fake_reader())
        with opened.looking() as connection:
            first, last = datetime.date(2024, 1, 1), datetime.date(2024, 1, 9)
            assert days_of_publication(connection) == (first, last)
            assert outlets_with_days(connection) == ["Herald", "Post", None]
            for outlet in ("Herald", None):
                assert reports_within(connection, outlet, first, first) == 1
                assert reports_within(connection, outlet, first, last) == 4
                assert reports_within(connection, outlet, datetime.date(2024, 1, 3), datetime.date(2024, 1, 8)) == 0


@pytest.mark.file
def test_claims_found_by_their_keys_are_not_held_against_all_with_figures(project: Project) -> None:
    among = Among(types=(ClaimType.SHELLING,), counted=True)
    for most in (4, None):
        plan = plan_of(project, lambda connection, most=most: asked(connection, ClaimFilter(place="a"), among, most))
        assert any("sqlite_autoindex_claim_1 (reading=? AND rank=?)" in row for row in plan)
        assert not any("ix_claim_type" in row or "ix_claim_counted" in row for row in plan)


def test_claims_found_by_their_keys_are_those_that_a_question_is_about(project: Project) -> None:
    every = find_claims(project, ClaimFilter(place="a"), limit=None)
    for among in (
        Among(counted=True),
        Among(types=(ClaimType.SHELLING, ClaimType.KILLS)),
        Among(statuses=(Status.PLANNED,), counted=True),
        Among(types=(ClaimType.SHELLING,), statuses=(Status.ONGOING,)),
    ):
        with project.looking() as connection:
            found = asked(connection, ClaimFilter(place="a"), among, 10_000)
            whole = asked(connection, ClaimFilter(place="a"), among, None)
        wanted = {row.claim.id for row in every if among.holds(row.claim)}
        assert 0 < len(wanted) < len(every)
        assert {ids(row) for row in found} == {ids(row) for row in whole} == wanted


def asked(connection: Connection, chosen: ClaimFilter, among: Among, most: int | None) -> list[Any]:
    if most is None:
        return [row for rows in claim_query.every_claim_row(connection, chosen, among) for row in rows]
    return claim_query.newest_claim_rows(connection, chosen, among, most)[0]


def ids(row: Any) -> str:
    return str(msgspec.json.decode(row["record"])["id"])


@pytest.mark.parametrize("walked", [0, 200, 10**9])
def test_events_are_in_one_order_whether_looked_up_or_met_in_it(
    project: Project, monkeypatch: pytest.MonkeyPatch, walked: int
) -> None:
    wanted = [find_events(project, chosen, limit=None) for chosen in EVENTS]
    monkeypatch.setattr(event_query, "_FEW", 1)
    monkeypatch.setattr(event_query, "_WALKED", walked)
    for chosen, every in zip(EVENTS, wanted, strict=True):
        assert find_events(project, chosen, limit=7) == every[:7]
        assert find_events(project, chosen, limit=3, offset=2) == every[2:5]


def test_names_by_outlet_are_counted_as_reports_have_them(project: Project) -> None:
    with project.looking() as connection:
        every = [one.entity.id for one in entities.listed(connection, generic=True)]
        counted = {id_: sorted(entities.names_by_outlet(connection, id_), key=str) for id_ in every}
        looked = {id_: sorted(entities._names_in_reports(connection, id_), key=str) for id_ in every}
    assert counted == looked
    assert max(map(len, counted.values())) > 5
