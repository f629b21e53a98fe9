"""Runs over several workers: what is kept, what is tried again, and what an end in the middle leaves."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from fake_reading import fake_reader, make_report
from troubled_reading import troubled_reader
from twosource.engines.pool import Pool
from twosource.pipeline import engine, store_reports
from twosource.records import Report
from twosource.store import Project, open_project
from twosource.store.reading_digest import reading_digest
from twosource.views.claims import find_claims
from twosource.views.issues import list_issues
from twosource.views.project import counts


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(tmp_path / "project.db", create=True)


def many(count: int) -> list[Report]:
    return [make_report(f"r{number:03}", f"Norland seized Vale{number}.") for number in range(count)]


def test_a_report_that_comes_twice_is_read_once_though_batches_are_taken_ahead(project: Project) -> None:
    with Pool(fake_reader, workers=2) as pool:
        summary = store_reports([*many(3), *many(40)], project, pool)
    assert (summary.reports_new, summary.reports_unchanged, summary.claims) == (40, 3, 40)


def test_a_report_that_was_given_up_is_passed_over_until_it_is_asked_for_again(project: Project) -> None:
    deadly = [*many(1), make_report("hard", "Norland shelled Vale. !die")]
    with Pool(troubled_reader, workers=1) as pool:
        first = store_reports(deadly, project, pool)
        second = store_reports(deadly, project, pool)
        third = store_reports(deadly, project, pool, again=True)
    assert (first.reports_new, first.errors) == (2, 1)
    assert (second.reports_unchanged, second.errors) == (2, 0)
    assert (third.reports_unchanged, third.reports_reread, third.errors) == (1, 1, 1)
    assert [issue.code for issue in list_issues(project)] == ["reading-crashed"]
    assert [row.report.id for row in find_claims(project)] == ["r000"]


def test_once_it_can_be_read_its_reading_is_as_if_it_had_never_been_given_up(project: Project, tmp_path: Path) -> None:
    reports = [*many(1), make_report("hard", "Norland shelled Vale. !die")]
    with Pool(troubled_reader, workers=1) as pool:
        store_reports(reports, project, pool)
    store_reports(reports, project, fake_reader(), again=True)
    with open_project(tmp_path / "other.db", create=True) as other:
        store_reports(reports, other, fake_reader())
        with project.looking() as one, other.looking() as two:
            assert reading_digest(one) == reading_digest(two)
    assert not list_issues(project)
    assert store_reports(reports, project, fake_reader(), again=True).reports_unchanged == 2


def test_without_workers_the_run_reads_in_its_own_process() -> None:
    with engine(fake_reader, workers=0) as own:
        assert own == fake_reader()


ENDED_RUN = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from fake_reading import make_report
from troubled_reading import troubled_reader
from twosource.engines.pool import Pool
from twosource.pipeline import store_reports
from twosource.store import open_project

acknowledged = 0
def progress(done):
    global acknowledged
    acknowledged += done
    print(acknowledged, *(process.number for process in pool.processes), flush=True)
    if acknowledged >= 64:
        os.kill(os.getpid(), getattr(signal, sys.argv[3]))

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background runs begin with it ignored
reports = [make_report(f"r{number:03}", f"Norland seized Vale{number}.") for number in range(200)]
with open_project(sys.argv[2], create=True) as project, Pool(troubled_reader, workers=2) as pool:
    try:
        store_reports(reports, project, pool, progress=progress)
    except KeyboardInterrupt:
        print("stopped")
        sys.exit(130)
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="no way here to wait for the end of another's process")
@pytest.mark.parametrize(("ending", "code"), [("SIGKILL", -9), ("SIGINT", 130)])
def test_a_run_that_is_ended_keeps_what_it_acknowledged_and_its_workers_end(
    tmp_path: Path, ending: str, code: int
) -> None:
    path = tmp_path / "ended.db"
    command = [sys.executable, "-c", ENDED_RUN, str(Path(__file__).parent), str(path), ending]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert ended.returncode == code, ended.stderr
    told = [line.split() for line in ended.stdout.splitlines() if line != "stopped"]
    with open_project(path) as project:
        assert counts(project).reports == int(told[-1][0]) == 64
        summary = store_reports(many(200), project, fake_reader())
    assert (summary.reports_unchanged, summary.reports_new) == (64, 136)
    for worker in told[-1][1:]:
        _await_end(int(worker))


def _await_end(process: int) -> None:
    """Waits until there is no such process; a worker ends by itself when the end of its run closes its stdin."""
    try:
        waiting = os.pidfd_open(process)
    except ProcessLookupError:
        return
    try:
        assert select.select([waiting], [], [], 30)[0], f"worker {process} goes on"
    finally:
        os.close(waiting)
