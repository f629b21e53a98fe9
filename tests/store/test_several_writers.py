"""Several people on one project at once, each with a connection of their own, as on several machines."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from fake_reading import fake_reader, make_report
from twosource import deciding
from twosource.errors import ConflictError
from twosource.pipeline import store_reports
from twosource.store import Project, open_project
from twosource.store.decisions import every_decision, verify_chain
from twosource.views.claims import every_claim
from twosource.views.project import counts

REPORTS = [
    make_report(f"r-{number:02}", f"Smith said Norland shelled Vale-{number} on 2024-03-01, killing {number}.")
    for number in range(24)
]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[list[Project]]:
    """The same project, opened by four."""
    with ExitStack() as stack:
        yield [stack.enter_context(open_project(tmp_path / "a.db", create=True)) for _ in range(4)]


def claim_of(project: Project, report: str) -> str:
    [one] = deciding.decided_claims(project, report)
    return one.claim.id


def log(project: Project) -> list[tuple[str, str]]:
    with project.looking() as connection:
        assert verify_chain(connection) == []
        return [(one.who, one.verdict) for one in every_decision(connection)]


def test_the_second_of_two_on_one_claim_sees_what_the_first_changed(opened: list[Project]) -> None:
    first, second, *_ = opened
    store_reports(REPORTS[:1], first, fake_reader())
    claim = claim_of(second, "r-00")
    fields = {"figures": [{"phrase": "0", "kind": "killed", "low": 0, "high": 0}]}
    kept = deciding.fix(first, "r-00", claim, fields, who="Amal", reason="read it again", expected=0)
    with pytest.raises(ConflictError, match="Amal decided 'fix'") as refused:
        deciding.reject(second, "r-00", claim, who="Boris", reason="no such thing", expected=0)
    assert refused.value.number == kept.number
    [seen] = deciding.decided_claims(second, "r-00")
    assert seen.decision == kept
    deciding.reject(second, "r-00", claim, who="Boris", reason="no such thing", expected=kept.number)
    assert log(first) == log(second) == [("Amal", "fix"), ("Boris", "reject")]


def test_a_look_that_began_before_a_decision_does_not_see_it_and_the_next_does(opened: list[Project]) -> None:
    first, second, *_ = opened
    store_reports(REPORTS[:1], first, fake_reader())
    with second.looking() as connection:
        assert every_decision(connection) == []
        deciding.accept(first, "r-00", claim_of(first, "r-00"), who="Amal", reason="so it is")
        assert every_decision(connection) == []
    assert log(second) == [("Amal", "accept")]


def test_of_many_decisions_at_once_none_is_lost_and_those_who_come_late_are_told(opened: list[Project]) -> None:
    store_reports(REPORTS[:3], opened[0], fake_reader())
    claims = {report.id: claim_of(opened[0], report.id) for report in REPORTS[:3]}

    def decide(number: int) -> str | None:
        who, report = f"coder-{number}", REPORTS[number % 3].id
        try:
            deciding.accept(opened[number % 4], report, claims[report], who=who, reason="read it again", expected=0)
        except ConflictError:
            return None
        return who

    with ThreadPoolExecutor(4) as pool:
        kept = [who for who in pool.map(decide, range(24)) if who]
    assert len(kept) == 3
    assert sorted(who for who, _ in log(opened[0])) == sorted(kept)


def test_two_who_read_at_once_end_with_what_one_alone_would_have(opened: list[Project], tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        parts = [REPORTS[::2], REPORTS[1::2]]
        list(pool.map(lambda project, part: store_reports(part, project, fake_reader()), opened, parts))
    with open_project(tmp_path / "alone.db", create=True) as alone:
        store_reports(REPORTS, alone, fake_reader())
        assert counts(opened[2]) == counts(alone)
        assert list(every_claim(opened[2])) == list(every_claim(alone))


def test_two_who_read_the_same_reports_at_once_keep_each_once(opened: list[Project]) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda project: store_reports(REPORTS, project, fake_reader()), opened[:2]))
    assert counts(opened[2]).reports == len(REPORTS)
    assert counts(opened[2]).claims == len(REPORTS)


def test_two_who_open_a_new_project_at_once_make_it_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: open_project(tmp_path / "new.db", create=True), range(2)))
    for project in both:
        assert counts(project).reports == 0
        project.close()
