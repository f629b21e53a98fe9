"""The pages of events as a program asks for them: list, map and timeline on one filter, one event, decisions on it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from twosource.store import Project
from twosource.views.events import EventFilter, find_events
from twosource.web.app import make_app
from twosource.web.event_asking import FIELDS
from web.desk_reports import HOSTILE
from web.event_reports import event_project

VIEWS = ("/events",)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project that tests only look at."""
    with event_project(tmp_path_factory.mktemp("events") / "p.db") as project:
        yield project


@pytest.fixture
def client(shared: Project) -> Iterator[TestClient]:
    with TestClient(make_app(shared), base_url="http://127.0.0.1:8311", follow_redirects=False) as made:
        yield made


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    """A project of a test's own, to decide in."""
    with event_project(tmp_path / "p.db") as project:
        yield project


def event_of(project: Project, report: str) -> str:
    return find_events(project, EventFilter(report=report))[0].id


def listed(page: str) -> list[str]:
    return re.findall(r'<p class="event-head"><a href="/events/([^"]+)"', page)


FILTERS = {
    "text": "killing 14",
    "actor": "sudria",
    "place": "idlib",
    "source": "sudden",
    "type": "shelling",
    "family": "control",
    "since": "2024-03-09",
    "until": "2024-03-05",
    "grade": "fair",
    "origins": "2",
    "key": "geonames:170063",
    "report": "nowhere",
}


def test_every_field_of_the_filter_is_tried_here() -> None:
    assert set(FILTERS) == set(FIELDS)


@pytest.mark.parametrize(("name", "value"), FILTERS.items(), ids=FILTERS)
def test_a_filter_narrows_the_list_and_the_export_alike(client: TestClient, name: str, value: str) -> None:
    every = set(listed(client.get("/events").text))
    some = set(listed(client.get("/events", params={name: value}).text))
    assert some < every
    sent = client.get("/events/export", params={name: value, "format": "events-csv"})
    assert {row["id"] for row in csv.DictReader(io.StringIO(sent.text.removeprefix("\ufeff")))} == some
    assert sent.headers["content-disposition"] == 'attachment; filename="events-csv.csv"'


@pytest.mark.parametrize("path", VIEWS)
@pytest.mark.parametrize(
    "query", ["type=zzz", "family=zzz", "since=then", "grade=zzz", "origins=many", "origins=-1", "key=%00&since=1"]
)
def test_what_can_not_be_meant_is_told(client: TestClient, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert 'class="trouble"' in answer.text


def test_an_export_of_what_can_not_be_meant_is_refused(client: TestClient) -> None:
    assert client.get("/events/export?format=zzz").status_code == 400
    assert client.get("/events/export?format=events-csv&grade=zzz").status_code == 400


@pytest.mark.parametrize("path", VIEWS)
def test_every_view_keeps_the_filter_and_escapes_it(client: TestClient, path: str) -> None:
    page = client.get(path, params={"actor": HOSTILE, "place": "Homs"}).text
    assert "<script>document" not in page
    assert "<img" not in page
    links = re.findall(r'<li><a href="(/events[^"]*)"', page.split('class="events-bar"')[1])
    assert links
    assert all("place=Homs" in link for link in links)


@pytest.mark.parametrize("path", VIEWS)
def test_names_are_escaped_in_every_view(client: TestClient, path: str) -> None:
    page = client.get(path, params={"place": "homs"}).text
    assert "<script>document" not in page
    assert "<img" not in page


@pytest.mark.parametrize("path", VIEWS)
def test_a_part_is_sent_where_a_part_is_asked_for(client: TestClient, path: str) -> None:
    part = client.get(path, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "events-bar" in part
