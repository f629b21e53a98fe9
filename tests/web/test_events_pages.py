"""The pages of events as a program asks for them: list, map and timeline on one filter."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from starlette.testclient import TestClient

from twosource.store import Project
from twosource.web.event_asking import FIELDS
from twosource.web.world import Borders
from web.desk_reports import HOSTILE
from web.event_reports import event_of, keep_events

VIEWS = ("/events", "/events/map", "/events/timeline")
fill = keep_events


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
    assert {*FILTERS, "own"} == set(FIELDS)  # own types are tried where they are defined


@pytest.mark.parametrize(("name", "value"), FILTERS.items(), ids=FILTERS)
def test_a_filter_narrows_the_list_and_the_export_alike(client: TestClient, name: str, value: str) -> None:
    every = set(listed(client.get("/events").text))
    some = set(listed(client.get("/events", params={name: value}).text))
    assert some < every
    sent = client.get("/events/export", params={name: value, "format": "events-csv"})
    assert {row["id"] for row in csv.DictReader(io.StringIO(sent.text.removeprefix("\ufeff")))} == some
    assert sent.headers["content-disposition"] == 'attachment; filename="events-csv.csv"'


@pytest.mark.parametrize(("name", "value"), FILTERS.items(), ids=FILTERS)
def test_every_format_of_claims_holds_those_of_the_events_shown(client: TestClient, name: str, value: str) -> None:
    def ids(format_: str) -> set[str]:
        sent = client.get("/events/export", params={name: value, "format": format_}).text
        return {json.loads(line)["id"] for line in sent.splitlines()}

    assert ids("claims") == ids("claims-jsonl")


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


def test_a_mark_is_as_sharp_as_its_place_and_leads_to_its_events(client: TestClient, own: Project) -> None:
    page = client.get("/events/map").text
    marks = dict(re.findall(r'<a class="mark[^"]*" href="([^"]+)" aria-label="([^"]+)">', page))
    assert marks == {
        "/events?key=geonames%3A170063": "Aleppo, a town or village: 1 event",
        "/events?key=geonames%3A169387": "Idlib, a province: somewhere in it: 1 event",
        "/events?key=geonames%3A169577": "Homs, a town or village: 1 event",
    }
    drawing = page.split("</figure>")[0]
    assert drawing.count('class="around wide-area"') == 1 + 2  # Idlib's, and the legend's two
    assert drawing.count('class="sharp"') == 2 + 2  # Aleppo's and Homs's, and the legend's two
    assert set(listed(client.get("/events?key=geonames%3A169387").text)) == {event_of(own, "province")}


def test_what_has_no_place_is_in_the_tray(client: TestClient) -> None:
    page = client.get("/events/map").text
    tray = page.split('id="tray-head"')[1].split("</section>")[0]
    assert re.findall(r"<bdi>([^<]+)</bdi>", tray) == ["Vale"]


def test_the_map_is_moved_by_links_under_the_same_filter(client: TestClient) -> None:
    page = client.get("/events/map?place=homs").text
    moves = dict(re.findall(r'<li><a class="button" href="([^"]+)" data-move="\w+">(\w+)', page))
    assert list(moves.values()) == ["Closer", "Wider", "North", "South", "West", "East", "World", "Most"]
    for link in moves:
        assert link.startswith("/events/map?place=homs&amp;view=")
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    world = next(link for link, word in moves.items() if word == "World")
    assert "1 event, 0 of them not on it" in client.get(world.replace("&amp;", "&")).text
    far = client.get("/events/map?place=homs&view=-40,170,5").text
    assert "1 event, 1 of them not on it" in far


@pytest.mark.parametrize("view", ["zzz", "1,2", "nan,0,5", "1e999,0,5", "99,999,1e9", "0,0,-5"])
def test_a_view_that_can_not_be_meant_is_brought_into_the_world(client: TestClient, view: str) -> None:
    page = client.get("/events/map", params={"view": view})
    assert page.status_code == 200
    assert "nan" not in page.text.split("<svg")[1].split("</svg>")[0]


def test_borders_are_a_setting_that_this_browser_keeps(client: TestClient) -> None:
    drawn = {one: client.get(f"/events/map?borders={one}&view=33,36,10").text for one in (*Borders, "IL", "zzz")}
    assert ['class="border disputed"' in page for page in drawn.values()] == [True, False, False, True, True]
    lines = {name: re.findall(r'<path class="border" d="(\w?)', page)[0] for name, page in drawn.items()}
    assert lines == {"marked": "M", "held": "M", "none": "", "IL": "M", "zzz": "M"}
    assert 'data-solid="golan-held"' in drawn["IL"]
    assert "borders: as Israel draws them" in drawn["IL"]
    assert 'value="marked" selected' in drawn["zzz"]
    for kept in ("held", "IN"):
        assert client.get(f"/events/map?borders={kept}").status_code == 200
        assert f'value="{kept}" selected' in client.get("/events/map").text


def test_the_places_of_the_map_are_given_as_geojson_under_the_filter(client: TestClient) -> None:
    answer = client.get("/events/map.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    found = answer.json()
    assert found["type"] == "FeatureCollection"
    assert found["without_place"] == 1
    homs = next(one for one in found["features"] if one["properties"]["name"] == "Homs")
    assert homs["geometry"] == {"type": "Point", "coordinates": pytest.approx([36.72, 34.73], abs=0.02)}
    assert homs["properties"] == {
        "key": "geonames:169577",
        "name": "Homs",
        "precision": "town",
        "words": "a town or village",
        "events": 1,
        "family": "control",
        "link": "/events?key=geonames%3A169577",
    }


@pytest.mark.parametrize(("name", "value"), FILTERS.items(), ids=FILTERS)
def test_the_map_the_list_and_the_export_hold_the_same_events(client: TestClient, name: str, value: str) -> None:
    found = client.get("/events/map.geojson", params={name: value}).json()
    on_map = sum(one["properties"]["events"] for one in found["features"])
    assert on_map + found["without_place"] == len(listed(client.get("/events", params={name: value}).text))
    sent = client.get("/events/export", params={name: value, "format": "events-csv"}).text.removeprefix("\ufeff")
    assert on_map + found["without_place"] == len(list(csv.DictReader(io.StringIO(sent))))


def test_a_filter_that_can_not_be_meant_has_no_geojson(client: TestClient) -> None:
    assert client.get("/events/map.geojson?grade=zzz").status_code == 400


def test_the_timeline_leads_to_the_events_of_a_column_and_of_a_bar(client: TestClient, own: Project) -> None:
    page = client.get("/events/timeline").text
    columns = dict(re.findall(r'<a class="bin" href="([^"]+)" aria-label="([^"]+)">', page))
    assert columns["/events?since=2024-03-09&amp;until=2024-03-09"] == "9 Mar 2024: 1 event begins"
    found = client.get("/events?since=2024-03-09&until=2024-03-09").text
    assert listed(found) == [event_of(own, "nowhere")]
    bars = re.findall(r'<p class="span-name"><a href="/events/([^"]+)">', page)
    assert set(bars) == set(listed(client.get("/events").text))


def test_borders_are_chosen_for_a_project_and_another_browser_sees_them(client: TestClient, own: Project) -> None:
    csrf = client.app.state.desk.csrf
    answer = client.post("/events/borders", data={"csrf": csrf, "borders": "none", "actor": "sudria"})
    assert answer.headers["location"] == "/events/map?actor=sudria&borders=none"
    assert 'data-borders="none"' in client.get("/events/map").text
    assert "This project draws them so" in client.get("/events/map").text
    assert 'data-borders="held"' in client.get("/events/map?borders=held").text
    assert 'data-borders="held"' in client.get("/events/map").text  # as this browser asked for last
    assert client.post("/events/borders", data={"csrf": csrf, "borders": "zzz"}).status_code == 400
