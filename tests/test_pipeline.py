from __future__ import annotations

import datetime
import hashlib
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from fake_reading import fake_reader, make_report
from twosource.closed_sets import Severity
from twosource.errors import InputError
from twosource.export.claims import codebook_lines
from twosource.pipeline import batches, read_into, store_reports
from twosource.records import Issue, Report
from twosource.store import Project, open_project, tables
from twosource.views.claims import find_claims
from twosource.views.issues import issue_counts, list_issues
from twosource.views.project import Counts, counts
from twosource.views.reading import report_view
from twosource.views.reports import list_reports

SHELLED = make_report("a", "Norland shelled Vale on 2024-03-01, killing 3.")
SEIZED = make_report("b", "Smith said Norland seized Vale. Smith said Sud backs Norland. ???")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(tmp_path / "a.db", create=True)


def exported(project: Project) -> bytes:
    return b"".join(codebook_lines(project))


def rows(project: Project) -> dict[str, int]:
    """How many rows each table has whose rows are only added."""
    with project.looking() as connection:
        made_anew = ("lineage", "event")
        names = [name for name in tables.metadata.tables if name != "run" and not name.startswith(made_anew)]
        return {
            name: connection.execute(select(func.count()).select_from(tables.metadata.tables[name])).scalar_one()
            for name in names
        }


def test_reports_are_stored_with_their_claims_and_issues(project: Project) -> None:
    summary = store_reports([SHELLED, SEIZED], project, fake_reader())
    assert (summary.reports_new, summary.claims, summary.issues) == (2, 3, 1)
    assert counts(project) == Counts(reports=2, claims=3, issues=1)


def test_reading_the_same_reports_again_changes_nothing(project: Project) -> None:
    store_reports([SHELLED, SEIZED], project, fake_reader())
    before, export = rows(project), exported(project)
    summary = store_reports([SHELLED, SEIZED], project, fake_reader())
    assert (summary.reports_new, summary.reports_unchanged, summary.reports_changed, summary.claims) == (0, 2, 0, 0)
    assert rows(project) == before
    assert exported(project) == export


def test_a_changed_report_is_current_and_its_older_version_can_still_be_read(project: Project) -> None:
    store_reports([SHELLED], project, fake_reader())
    changed = make_report("a", "Norland shelled Vale on 2024-03-01, killing 40.", title="Toll rises")
    summary = store_reports([changed], project, fake_reader())
    assert (summary.reports_new, summary.reports_changed) == (0, 1)
    assert [row.claim.figures[0].low for row in find_claims(project)] == [40]
    assert [(row.title, row.versions) for row in list_reports(project)] == [("Toll rises", 2)]
    view = report_view(project, "a")
    assert view is not None
    assert [(version.number, version.current) for version in view.versions] == [(1, False), (2, True)]
    older = report_view(project, "a", version=view.versions[0].digest)
    assert older is not None
    assert older.reading.report == SHELLED
    assert older.reading.claims[0].figures[0].low == 3


def test_a_report_that_changes_back_is_current_again_without_being_read_again(project: Project) -> None:
    changed = make_report("a", "Norland seized Vale.")
    for report in (SHELLED, changed):
        store_reports([report], project, fake_reader())
    stored = rows(project)
    summary = store_reports([SHELLED], project, fake_reader())
    assert (summary.reports_changed, summary.claims) == (1, 0)
    assert rows(project) == stored
    assert [row.evidence for row in find_claims(project)] == [("Norland shelled Vale on 2024-03-01, killing 3",)]


def test_another_engine_s_reading_is_kept_beside_the_first_and_is_current(project: Project) -> None:
    store_reports([SHELLED, SEIZED], project, fake_reader(version=1))
    summary = store_reports([SHELLED, SEIZED], project, fake_reader(version=2))
    assert (summary.reports_reread, summary.claims) == (2, 3)
    assert counts(project) == Counts(reports=2, claims=3, issues=1)
    assert rows(project)["reading"] == 4
    view = report_view(project, "a")
    assert view is not None
    assert view.reading.fingerprint == fake_reader(version=2).fingerprint


def test_a_report_that_a_stage_fails_on_is_an_issue_and_the_others_are_read(project: Project) -> None:
    broken = make_report("broken", "!crash", path="in/broken.txt")
    summary = store_reports([SHELLED, broken, SEIZED], project, fake_reader())
    assert (summary.reports_new, summary.claims, summary.errors) == (3, 3, 1)
    [issue] = list_issues(project, code="stage-failed")
    assert (issue.report, issue.stage, issue.path) == ("broken", "fake", "in/broken.txt")
    assert "ValueError: no such luck" in issue.reason


def test_two_texts_with_one_id_in_one_run_are_two_versions(project: Project) -> None:
    summary = store_reports([SHELLED, make_report("a", "Norland seized Vale.")], project, fake_reader())
    assert (summary.reports_new, summary.reports_changed) == (1, 1)
    assert [row.versions for row in list_reports(project)] == [2]


def test_one_text_twice_in_one_run_is_stored_once(project: Project) -> None:
    summary = store_reports([SHELLED, SHELLED], project, fake_reader())
    assert (summary.reports_new, summary.reports_unchanged, summary.issues) == (1, 1, 0)


def test_an_issue_of_the_input_stands_once_however_often_it_is_met(project: Project) -> None:
    issue = Issue(code="not_text", stage="intake", reason="no", severity=Severity.ERROR, path="in/x.txt")
    for _ in range(2):
        assert store_reports([issue, SHELLED], project, fake_reader()).errors == 1
    assert list_issues(project) == (issue,)


def test_an_issue_of_the_input_no_longer_stands_once_its_file_is_read_without_it(project: Project) -> None:
    issue = Issue(code="broken_line", stage="intake", reason="no", path="in/x.jsonl", line=3)
    other = Issue(code="broken_line", stage="intake", reason="no", path="in/y.jsonl", line=3)
    store_reports([issue, other], project, fake_reader())
    store_reports([make_report("x-3", "Norland seized Vale.", path="in/x.jsonl")], project, fake_reader())
    assert list_issues(project) == (other,)
    assert [count.count for count in issue_counts(project)] == [1]


def test_an_issue_about_an_input_path_no_longer_stands_once_that_path_gives_none(project: Project) -> None:
    issue = Issue(code="no_reports", stage="intake", reason="an empty folder", path="in")
    store_reports([issue], project, fake_reader(), paths=[Path("in")])
    store_reports([make_report("x", "Quiet.", path="in/x.txt")], project, fake_reader(), paths=[Path("in")])
    assert list_issues(project) == ()


def test_the_files_bytes_are_kept_once_by_their_digest(project: Project, tmp_path: Path) -> None:
    texts = {"a.txt": b"Norland seized Vale.", "b.txt": "Émir seized Vale.".encode("cp1252")}
    for name, content in texts.items():
        (tmp_path / name).write_bytes(content)
    for _ in range(2):
        read_into([tmp_path / name for name in texts], project, reader=fake_reader())
    with project.looking() as connection:
        found = connection.execute(select(tables.original.c.content, tables.original.c.sha256)).all()
    assert sorted(found) == sorted((content, hashlib.sha256(content).hexdigest()) for content in texts.values())


def test_a_path_that_is_not_there_is_refused_before_anything_is_written(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norland seized Vale.")
    with pytest.raises(InputError, match="is not there"):
        read_into([tmp_path / "a.txt", tmp_path / "none"], project, reader=fake_reader())
    assert counts(project).reports == 0


def test_progress_is_told_of_every_input_after_it_is_kept(project: Project) -> None:
    lost = Issue(code="empty", stage="intake", reason="empty", severity=Severity.ERROR, path="in/e.txt")
    doubt = Issue(code="dates_differ", stage="intake", reason="two dates", report="r1")
    reports = [make_report(f"r{number}", "Norland seized Vale.") for number in range(40)]
    told = []
    store_reports(
        [lost, doubt, *reports], project, fake_reader(), progress=lambda n: told.append((n, counts(project).reports))
    )
    assert told == [(33, 32), (8, 40)]


def test_a_batch_has_few_reports_few_characters_and_no_id_twice() -> None:
    small = [make_report(f"r{number}", "x") for number in range(70)]
    assert [len(batch.reports) for batch in batches(small)] == [32, 32, 6]
    large = [make_report(f"r{number}", "x" * 90_000) for number in range(5)]
    assert [len(batch.reports) for batch in batches(large)] == [2, 2, 1]
    huge = [make_report("huge", "x" * 900_000), *small[:2]]
    assert [len(batch.reports) for batch in batches(huge)] == [1, 2]
    assert [len(batch.reports) for batch in batches([SHELLED, SEIZED, SHELLED])] == [2, 1]
    issue = Issue(code="c", stage="intake", reason="r")
    assert [len(batch.issues) for batch in batches([issue] * 450)] == [200, 200, 50]


names = st.sampled_from(["Norland", "Sud", "Émir", "Al-Vale"])
sentences = st.builds("{} {} {}.".format, names, st.sampled_from(["shelled", "seized", "backs", "met"]), names)
texts = st.lists(sentences, max_size=4).map(" ".join)


@st.composite
def report_sets(draw: st.DrawFn) -> list[Report]:
    ids = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6))
    days = st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2024, 1, 1))
    return [make_report(id_, draw(texts), published=draw(days)) for id_ in ids]


quick = settings(max_examples=12, deadline=None)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project to copy, which is quicker than to make one."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    open_project(path, create=True).close()
    return path


def state(empty: Path, runs: list[list[Report]]) -> tuple[object, ...]:
    """All that can be asked of a project into which the lists were read one after another."""
    path = Path(shutil.copy(empty, empty.with_name("filled.db")))
    with open_project(path) as project:
        for run in runs:
            store_reports(run, project, fake_reader())
        return exported(project), list_reports(project), list_issues(project), counts(project)


@quick
@given(reports=report_sets(), cut=st.integers(0, 6))
def test_reading_one_part_then_the_other_equals_reading_both_at_once(
    empty: Path, reports: list[Report], cut: int
) -> None:
    assert state(empty, [reports[:cut], reports[cut:]]) == state(empty, [reports])


@quick
@given(data=st.data(), reports=report_sets())
def test_the_order_of_the_input_changes_no_export(empty: Path, data: st.DataObject, reports: list[Report]) -> None:
    assert state(empty, [data.draw(st.permutations(reports))]) == state(empty, [reports])


def test_two_runs_at_once_over_the_same_reports_leave_what_one_run_leaves(tmp_path: Path) -> None:
    reports = [make_report(f"r{number:03}", f"Norland seized Vale{number}. ???") for number in range(100)]
    open_project(tmp_path / "both.db", create=True).close()

    def run(order: list[Report]) -> None:
        with open_project(tmp_path / "both.db") as project:
            store_reports(order, project, fake_reader())

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(run, reports), pool.submit(run, reports[::-1])]:
            done.result()
    with open_project(tmp_path / "both.db") as both, open_project(tmp_path / "one.db", create=True) as one:
        store_reports(reports, one, fake_reader())
        assert rows(both) == rows(one)
        assert exported(both) == exported(one)


KILLED_RUN = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from fake_reading import fake_reader, make_report
from twosource.pipeline import store_reports
from twosource.store import open_project

acknowledged = 0
def progress(done):
    global acknowledged
    acknowledged += done
    print(acknowledged, flush=True)
    if acknowledged >= 64:
        os.kill(os.getpid(), signal.SIGKILL)

reports = [make_report(f"r{number:03}", f"Norland seized Vale{number}.") for number in range(100)]
store_reports(reports, open_project(sys.argv[2], create=True), fake_reader(), progress=progress)
"""


def test_a_killed_run_keeps_what_it_acknowledged_and_goes_on_to_the_same_export(tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    command = [sys.executable, "-c", KILLED_RUN, str(Path(__file__).parent), str(path)]
    killed = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    acknowledged = int(killed.stdout.split()[-1])
    reports = [make_report(f"r{number:03}", f"Norland seized Vale{number}.") for number in range(100)]
    with open_project(path) as resumed, open_project(tmp_path / "whole.db", create=True) as whole:
        assert counts(resumed).reports == acknowledged == 64
        summary = store_reports(reports, resumed, fake_reader())
        store_reports(reports, whole, fake_reader())
        assert (summary.reports_unchanged, summary.reports_new) == (64, 36)
        assert exported(resumed) == exported(whole)


def test_a_report_that_is_not_english_is_stored_listed_and_never_read(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    french = "Deux ouvriers ont été blessés à Lodeva lorsqu'une grue est tombée sur le quai : « Delta shelled Lodeva »."
    (folder / "a.txt").write_text(french, "utf-8")
    (folder / "b.txt").write_text("The officials of the port said that Delta shelled Lodeva.", "utf-8")
    summary = read_into([folder], project, reader=fake_reader())
    assert (summary.reports_new, summary.errors) == (2, 0)
    assert [issue.code for issue in list_issues(project)] == ["not-read"]
    assert exported(project).count(b"Delta shelled Lodeva") == 1
    again = read_into([folder], project, reader=fake_reader())
    assert (again.reports_new, again.reports_unchanged) == (0, 2)
