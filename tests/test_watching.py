from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_run import Shell
from fake_reading import fake_reader
from made_files import feed
from twosource.pipeline import RunSummary
from twosource.store import Project, open_project
from twosource.views.issues import list_issues
from twosource.views.reading import report_view
from twosource.views.reports import list_reports
from twosource.watching import watch_once
from web_host import Answer, Host, serving

SEIZED, SHELLED = "Smith said Norland seized Vale.", "Norland shelled Vale on 2024-03-01, killing 3."
FEED_TYPE = {"Content-Type": "application/rss+xml"}


@pytest.fixture
def host() -> Iterator[Host]:
    with serving() as made:
        yield made


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "a.db", create=True) as made:
        yield made


def watch(project: Project, *addresses: str) -> RunSummary:
    return watch_once(project, addresses, fake_reader(), clock=lambda: 0.0, wait=lambda seconds: None)


def test_the_entries_of_a_feed_are_read_and_no_link_is_followed(host: Host, project: Project) -> None:
    host.answers["/feed"] = Answer(feed([("One", SEIZED), ("Two", SHELLED)]), headers=FEED_TYPE)
    summary = watch(project, f"{host.address}/feed")
    assert (summary.reports_new, summary.claims) == (2, 2)
    assert host.paths == ["/robots.txt", "/feed"]
    assert {one.outlet for one in list_reports(project)} == {"The River Post"}


def test_a_feed_that_has_not_changed_is_not_read_again(host: Host, project: Project) -> None:
    host.answers["/feed"] = Answer(feed([("One", SEIZED)]), headers={**FEED_TYPE, "ETag": '"7"'})
    watch(project, f"{host.address}/feed")
    assert watch(project, f"{host.address}/feed").reports == 0
    assert host.asked[-1][1]["if-none-match"] == '"7"'


def test_an_entry_that_moves_down_the_feed_stays_the_same_report(host: Host, project: Project) -> None:
    host.answers["/feed"] = Answer(feed([("One", SEIZED)]), headers=FEED_TYPE)
    watch(project, f"{host.address}/feed")
    (before,) = list_reports(project)
    host.answers["/feed"] = Answer(feed([("One", SEIZED), ("Two", SHELLED)]), headers=FEED_TYPE)
    summary = watch(project, f"{host.address}/feed")
    assert (summary.reports_new, summary.reports_unchanged) == (1, 1)
    assert before.id in {one.id for one in list_reports(project)}


def test_a_text_that_changed_under_its_address_is_another_version(host: Host, project: Project) -> None:
    host.answers["/feed"] = Answer(feed([("One", SEIZED)]), headers=FEED_TYPE)
    watch(project, f"{host.address}/feed")
    host.answers["/feed"] = Answer(feed([("One", SHELLED)]), headers=FEED_TYPE)
    assert watch(project, f"{host.address}/feed").reports_changed == 1
    (report,) = list_reports(project)
    view = report_view(project, report.id)
    assert view is not None
    assert len(view.versions) == 2


def test_a_page_that_fails_is_an_issue_and_the_rest_is_read(host: Host, project: Project) -> None:
    host.answers["/a.txt"] = Answer(SEIZED.encode(), headers={"Content-Type": "text/plain"})
    host.answers["/b"] = Answer(b"\x00", headers={"Content-Type": "video/mp4"})
    summary = watch(project, f"{host.address}/gone", f"{host.address}/b", f"{host.address}/a.txt")
    assert (summary.reports_new, summary.errors) == (1, 2)
    assert {(one.code, one.path) for one in list_issues(project)} == {
        ("not-fetched", f"{host.address}/gone"),
        ("not-fetched", f"{host.address}/b"),
    }
    host.answers["/gone"] = Answer(SHELLED.encode(), headers={"Content-Type": "text/plain"})
    watch(project, f"{host.address}/gone")
    assert [one.path for one in list_issues(project)] == [f"{host.address}/b"]


def test_the_command_refuses_to_look_too_often(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Shell(tmp_path, capsys).run("watch", "https://riverpost.example/feed", "--into", "a.db", "--every", "1")
    assert ran.code != 0
    assert "5 minutes or more" in ran.err
