from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_reading import fake_reader, make_report
from twosource.pipeline import store_reports
from twosource.records import Issue
from twosource.store import Project, open_project
from twosource.views.issues import count_issues, issue_counts, list_issues
from twosource.views.project import Counts, counts
from twosource.views.reading import report_view
from twosource.views.reports import ReportRow, count_reports, list_reports


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "a.db", create=True) as opened:
        yield opened


def keep(project: Project, *found: object) -> None:
    store_reports(found, project, fake_reader())  # type: ignore[arg-type]


def test_an_empty_project_has_nothing(project: Project) -> None:
    assert list_reports(project) == ()
    assert counts(project) == Counts(reports=0, claims=0, issues=0)
    assert issue_counts(project) == ()


def test_a_row_has_the_report_s_values_and_its_counts(project: Project) -> None:
    doubt = Issue(code="dates-disagree", stage="intake", reason="two dates", report="a", path="in/a.txt")
    report = make_report(
        "a", "Sud seized Vale. ???", title="T", outlet="O", agency="AG", published="2024-03-01", path="in/a.txt"
    )
    keep(project, report, doubt)
    day = report.published
    row = ReportRow(id="a", title="T", outlet="O", published=day, agency="AG", claims=1, issues=2, versions=1)
    assert list_reports(project) == (row,)


def test_the_newest_report_comes_first_and_undated_ones_last_by_id(project: Project) -> None:
    days = {"c": None, "b": None, "old": "2020-01-01", "new": "2024-01-01", "also new": "2024-01-01"}
    keep(project, *(make_report(id_, "x", published=published) for id_, published in days.items()))
    assert [row.id for row in list_reports(project)] == ["also new", "new", "old", "b", "c"]
    assert [row.id for row in list_reports(project, limit=2, offset=1)] == ["new", "old"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("SÃO", ["a"]),
        ("sao to", ["a"]),
        ("tomé", ["a"]),
        ("ome", []),
        ("daily", ["b"]),
        ("b", ["b"]),
        ("  ", ["a", "b"]),
        ("_", []),
    ],
)
def test_reports_are_found_by_the_beginnings_of_words(project: Project, words: str, found: list[str]) -> None:
    keep(project, make_report("a", "Fire in São Tomé."), make_report("b", "Calm.", outlet="Vale Daily"))
    assert [row.id for row in list_reports(project, text=words)] == found
    assert count_reports(project, text=words) == len(found)


def test_a_view_is_the_reading_as_it_was_read_but_for_tokens(project: Project) -> None:
    report = make_report("a", "Smith said Sud seized Vale on 2024-03-01, killing 3. ???", outlet="O")
    keep(project, report)
    view = report_view(project, "a")
    assert view is not None
    [read] = fake_reader().stages[0].run([view.reading], None)
    assert view.reading.report == report
    assert view.reading.claims == read.claims
    assert view.issues == view.reading.issues
    assert [issue.code for issue in view.issues] == ["unclear"]


def test_the_issues_of_the_input_stand_with_the_current_version_alone(project: Project) -> None:
    doubt = Issue(code="dates-disagree", stage="intake", reason="two dates", report="a", path="in/a.txt")
    keep(project, make_report("a", "Calm.", path="in/a.txt"))
    keep(project, make_report("a", "Fire.", path="in/a.txt"), doubt)
    current = report_view(project, "a")
    assert current is not None
    assert current.issues == (doubt,)
    older = report_view(project, "a", version=current.versions[0].digest)
    assert older is not None
    assert (older.version.number, older.issues) == (1, ())


def test_there_is_no_view_of_what_is_not_there(project: Project) -> None:
    keep(project, make_report("a", "Calm."), make_report("b", "Fire."))
    assert report_view(project, "c") is None
    assert report_view(project, "a", version="0") is None
    assert report_view(project, "a", version=make_report("b", "Fire.").digest) is None


def test_issues_are_listed_and_counted_by_code(project: Project) -> None:
    lost = [Issue(code="broken-line", stage="intake", reason="r", path="in/x.jsonl", line=n) for n in (1, 2)]
    keep(project, *lost, make_report("a", "???"))
    assert [(one.code, one.count) for one in issue_counts(project)] == [("broken-line", 2), ("unclear", 1)]
    assert list_issues(project, code="broken-line", limit=1, offset=1) == (lost[1],)
    assert (count_issues(project), count_issues(project, code="unclear"), count_issues(project, code="x")) == (3, 1, 0)


def test_the_issues_of_an_older_version_or_reading_no_longer_stand(project: Project) -> None:
    keep(project, make_report("a", "??? ???"))
    keep(project, make_report("a", "Calm."))
    store_reports([make_report("a", "Calm.")], project, fake_reader(version=2))
    assert counts(project) == Counts(reports=1, claims=0, issues=0)
