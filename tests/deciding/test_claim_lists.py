"""Lists of claims, their filters and pages, as claims stand after decisions."""

from __future__ import annotations

import datetime

import msgspec
import pytest
from sqlalchemy import select

from deciding.two_reports import REPORT, TEXT, add, claims, fix, id_of, keep_two_reports, read_by
from fake_reading import fake_reader
from twosource import deciding
from twosource.closed_sets import ClaimType
from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding import Mark
from twosource.pipeline import store_reports
from twosource.store import Project, tables
from twosource.store.claim_query import ClaimFilter, chooses
from twosource.store.decided_query import count_decided
from twosource.store.decisions import append
from twosource.views.claims import claim_rows_of, count_claims, every_claim, find_claims

fill = keep_two_reports


def test_lists_show_claims_as_they_stand(project: Project) -> None:
    deciding.reject(project, "b", id_of(project, "Sud seized Vale"), who="coder-1", reason="no such thing")
    fix(project, "Norland shelled Vale-Port", {"type": "airstrike"})
    add(project)
    rows = find_claims(project)
    assert [(row.claim.type.value, row.mark.value) for row in rows] == [
        ("backs", "as read"),
        ("takes_control", "as read"),
        ("airstrike", "fixed"),
        ("attack", "added"),
    ]
    assert count_claims(project) == 4
    assert tuple(every_claim(project)) == rows
    asked = find_claims(project, ClaimFilter(rejected=True))
    assert [row.mark.value for row in asked if row.claim.report == "b"] == ["fixed", "rejected", "added"]


def test_filters_look_at_what_stands(project: Project) -> None:
    fix(project, "Norland shelled Vale-Port", {"type": "airstrike"})
    assert find_claims(project, ClaimFilter(type=ClaimType.SHELLING)) == ()
    [row] = find_claims(project, ClaimFilter(type=ClaimType.AIRSTRIKE))
    assert row.mark is Mark.FIXED
    assert count_claims(project, ClaimFilter(type=ClaimType.SHELLING)) == 0


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_of_a_list_put_together_are_the_list(project: Project, limit: int) -> None:
    add(project)
    add(project, type="shooting")
    fix(project, "Norland shelled Vale-Port", {"evidence": [[len(TEXT) - 30, len(TEXT)]]})
    deciding.fix(
        project, "a", claims(project, "a")["Sud backs Norland"].claim.id, {"type": "arms"}, who="c", reason="r"
    )
    every = find_claims(project, limit=None)
    assert len(every) == 6
    pages = [find_claims(project, limit=limit, offset=at) for at in range(0, len(every), limit)]
    assert [row for page in pages for row in page] == list(every)


def test_claims_chosen_by_their_rows_are_marked(project: Project) -> None:
    deciding.reject(project, "b", id_of(project, "Sud seized Vale"), who="coder-1", reason="no such thing")
    with project.looking() as connection:
        columns = tables.claim.c
        query = select(columns.record, columns.evidence, columns.report).order_by(columns.report, columns.offset)
        rows = claim_rows_of(connection, connection.execute(query).mappings().all())
    assert [row.mark.value for row in rows] == ["as read", "as read", "as read", "rejected"]


@pytest.mark.parametrize(
    "chosen",
    [
        ClaimFilter(type=ClaimType.BACKS),
        ClaimFilter(family="control"),
        ClaimFilter(actor="sud"),
        ClaimFilter(actor="ud"),
        ClaimFilter(place="al vale"),
        ClaimFilter(place="Norland", actor="Norland"),
        ClaimFilter(source="emir"),
        ClaimFilter(text="killing 2"),
        ClaimFilter(text=""),
        ClaimFilter(report="a"),
        ClaimFilter(since=datetime.date(2024, 3, 2)),
        ClaimFilter(until=datetime.date(2024, 3, 1)),
        ClaimFilter(since=datetime.date(2024, 3, 1), until=datetime.date(2024, 3, 31)),
    ],
)
def test_a_filter_chooses_alike_in_the_database_and_out_of_it(project: Project, chosen: ClaimFilter) -> None:
    every = find_claims(project)
    assert [row for row in every if chooses(chosen, row.claim, row.evidence)] == list(find_claims(project, chosen))


def test_lists_asked_again_follow_every_change(project: Project) -> None:
    def listed() -> list[str]:
        return [row.mark.value for row in find_claims(project, ClaimFilter(family="control", rejected=True))]

    assert listed() == ["as read", "as read"]
    fix(project, "Sud seized Vale", {"actors": ["Norland"]})
    assert listed() == ["as read", "fixed"]
    deciding.undo(project, 1, who="coder-1", reason="a slip")
    assert listed() == ["as read", "as read"]
    deciding.undo(project, 2, who="coder-1", reason="none")
    store_reports([REPORT], project, read_by(lambda c: msgspec.structs.replace(c, id=f"{c.id}-anew"), 2))
    assert listed() == ["as read", "fixed"]
    store_reports([REPORT], project, read_by(lambda c: None, 3))
    assert listed() == ["as read"]
    store_reports([REPORT], project, fake_reader())
    assert listed() == ["as read", "fixed"]


def test_a_decision_that_was_not_kept_after_all_is_not_shown(project: Project) -> None:
    fix(project, "Sud seized Vale", {"actors": ["Norland"]})
    find_claims(project)
    claim = claims(project)["Sud seized Vale"]
    entry = Decision(kind=DecisionKind.CLAIM, subjects=("b", claim.claim.id), verdict="reject", reason="r", who="w")
    with pytest.raises(ZeroDivisionError), project.writing() as connection:
        append(connection, entry)
        count_decided(connection, ClaimFilter())
        raise ZeroDivisionError
    deciding.undo(project, 1, who="coder-1", reason="a slip")
    assert [row.mark.value for row in find_claims(project, ClaimFilter(report="b"))] == ["as read", "as read"]
    assert [row.mark.value for row in find_claims(project)] == ["as read"] * 4
