"""The pages of events as a program asks for them: list, map and timeline on one filter, one event, decisions on it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from copies import Copies
from fake_reading import make_report
from twosource.corpus_records import Event
from twosource.pipeline import store_reports
from twosource.store import Project
from twosource.views.claims import ClaimFilter, find_claims
from twosource.views.decisions import count_decisions
from twosource.views.events import EventFilter, find_events, near_events
from twosource.views.figures import figure_history
from twosource.views.reports import list_reports
from twosource.web.app import make_app
from twosource.web.event_asking import FIELDS
from twosource.web.world import Borders
from web.desk_reports import HOSTILE
from web.event_reports import EVENT_REPORTS, event_project, event_reader, keep_events

VIEWS = ("/events", "/events/map", "/events/timeline")


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
def own(tmp_path: Path, copies: Copies) -> Iterator[Project]:
    """A project of a test's own, to decide in."""
    with copies.open(tmp_path / "p.db", keep_events) as project:
        yield project


def event_with(project: Project, report: str) -> Event:
    return find_events(project, EventFilter(report=report))[0]


def event_of(project: Project, report: str) -> str:
    return find_events(project, EventFilter(report=report))[0].id


@contextmanager
def deciding(project: Project) -> Iterator[Callable[..., str]]:
    """Sends the form of a decision; gives the address that the browser goes on to."""
    with TestClient(make_app(project), base_url="http://127.0.0.1:8311", follow_redirects=False) as client:

        def send(**typed: str) -> str:
            answer = client.post("/events/decide", data={**typed, "csrf": client.app.state.desk.csrf})
            assert answer.status_code == 303, answer.text
            return answer.headers["location"]

        yield send


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


def test_the_page_of_an_event_shows_accounts_ranges_denials_disagreements_and_why(
    client: TestClient, shared: Project
) -> None:
    page = client.get(f"/events/{event_of(shared, 'wire')}").text
    accounts = re.findall(r'rowspan="2"><a href="/reports/(\w+)"', page)
    assert sorted(accounts) == ["denial", "own", "wire"]
    assert re.findall(r'<p class="best-number">([^<]+)</p>', page) == ["14 – 41"]
    assert re.findall(r'<span class="figure">(\d+)</span>', page) == ["14", "41"]
    [denials] = re.findall(r'id="denials-head".*?</section>', page, re.DOTALL)
    assert "Norland shelled Aleppo on 2024-03-05”" in denials
    [clashes] = re.findall(r'id="disagreements-head".*?</section>', page, re.DOTALL)
    assert "killing 41" in clashes
    assert "killing 14" in clashes
    [why] = re.findall(r'id="why-head".*?</section>', page, re.DOTALL)
    assert "both in Aleppo" in why


def test_the_best_number_is_chosen_by_the_rule_asked_for(client: TestClient, shared: Project) -> None:
    path = f"/events/{event_of(shared, 'wire')}"
    best = {
        query: re.findall(r'<p class="best-number">([^<]+)</p>', client.get(f"{path}?{query}").text)
        for query in ("best=conservative", "best=latest", "best=hierarchy&trust=nobody,Gazette", "best=zzz")
    }
    assert list(best.values()) == [["14"], ["14"], ["14"], ["14 – 41"]]


def test_reprints_are_folded_into_their_account_and_their_words_into_one_quotation(own: Project) -> None:
    reprint = make_report("reprint", EVENT_REPORTS[0].text, title="Shells", outlet="Echo", published="2024-03-06")
    store_reports([reprint], own, event_reader())
    with TestClient(make_app(own), base_url="http://127.0.0.1:8311") as client:
        page = client.get(f"/events/{event_of(own, 'wire')}").text
    [matrix] = re.findall(r'<table class="rows-table matrix">.*?</table>', page, re.DOTALL)
    assert matrix.count('rowspan="2"') == 3
    assert "and 1 of the same text" in matrix
    assert matrix.count("killing 41") == 1
    assert "in the same words in" in matrix


def test_words_that_one_account_alone_tells_are_marked(client: TestClient, shared: Project) -> None:
    page = client.get(f"/events/{event_of(shared, 'wire')}").text
    assert set(re.findall(r'<bdi class="alone-value">([^<]+)</bdi>', page)) >= {"14 killed", "41 killed"}
    alone = client.get(f"/events/{event_of(shared, 'nowhere')}").text
    assert 'class="alone-value"' not in alone


def test_the_page_of_an_event_escapes_names(client: TestClient, shared: Project) -> None:
    page = client.get(f"/events/{event_of(shared, 'hostile/<i>&?#')}").text
    assert "<script>document" not in page
    assert "<img" not in page


def test_a_claim_leads_to_its_event_and_an_unknown_one_to_none(client: TestClient, shared: Project) -> None:
    event = find_events(shared, EventFilter(report="own"))[0]
    answer = client.get(f"/events/{event.claims[0]}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/events/{event.id}")
    assert client.get("/events/event-none").status_code == 404


def test_claims_are_split_off_and_the_decision_is_taken_back(own: Project) -> None:
    before = find_events(own, EventFilter(report="wire"))[0]
    [claim] = [one.claim.id for one in find_claims(own, ClaimFilter(report="own"))]
    with deciding(own) as send:
        kept = send(event=before.id, verdict="split", claim=claim, reason="another shelling")
        assert event_of(own, "own") != event_of(own, "wire")
        assert kept == f"/events/{event_of(own, 'wire')}#decisions"
        assert [one.event.id for one in near_events(own, event_with(own, "wire"))][:1] == [event_of(own, "own")]
        send(event=event_of(own, "own"), verdict="undo", undoes="1", seen="1")
        assert find_events(own, EventFilter(report="wire")) == (before,)


def test_two_events_are_merged_by_choice_or_by_the_address_of_a_page(own: Project) -> None:
    with deciding(own) as send:
        send(event=event_of(own, "nowhere"), verdict="merge", other=event_of(own, "wire"), reason="one siege")
        assert event_of(own, "nowhere") == event_of(own, "wire")
        address = f"http://127.0.0.1:8311/events/{event_of(own, 'province')}"
        send(event=event_of(own, "wire"), verdict="merge", named=address, reason="one campaign")
        assert event_of(own, "province") == event_of(own, "wire")


def test_the_address_of_an_event_that_was_merged_leads_to_the_one_it_is_part_of(own: Project) -> None:
    ids = {event_of(own, "nowhere"), event_of(own, "wire")}
    with deciding(own) as send:
        send(event=event_of(own, "nowhere"), verdict="merge", other=event_of(own, "wire"), reason="one siege")
    [gone] = ids - {event_of(own, "wire")}
    with TestClient(make_app(own), base_url="http://127.0.0.1:8311", follow_redirects=False) as client:
        answer = client.get(f"/events/{gone}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/events/{event_of(own, 'wire')}")
        page = client.get("/events/event-none")
        assert page.status_code == 404
        assert 'href="/events">To the list of events' in page.text


def test_a_word_that_comes_too_late_is_not_lost(own: Project) -> None:
    first, second, third = (event_of(own, report) for report in ("wire", "nowhere", "province"))
    [claim] = [one.claim.id for one in find_claims(own, ClaimFilter(report="own"))]
    with deciding(own) as send:
        send(event=second, verdict="merge", other=first, reason="one siege")
    [gone] = {first, second} - {event_of(own, "wire")}
    typed: list[dict[str, str]] = [
        {"event": gone, "verdict": "merge", "other": third},
        {"event": third, "verdict": "merge", "other": gone},
        {"event": gone, "verdict": "split", "claim": claim},
        {"event": third, "verdict": "split", "claim": claim},
    ]
    with TestClient(make_app(own), base_url="http://127.0.0.1:8311", follow_redirects=False) as client:
        for form in typed:
            sent = {**form, "reason": "a long reason", "csrf": client.app.state.desk.csrf}  # type: ignore[attr-defined]
            answer = client.post("/events/decide", data=sent)
            assert answer.status_code == 409
            assert "a long reason" in answer.text
            assert "twosource event" not in answer.text
            assert re.search(r'href="/events/event-\w+">Look at the event as it is now', answer.text)
    assert count_decisions(own) == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"verdict": "split", "reason": "why"},
        {"verdict": "merge", "reason": "why"},
        {"verdict": "merge", "reason": "why", "named": "event-none"},
        {"verdict": "merge", "other": "event-none", "reason": " "},
        {"verdict": "undo", "undoes": "7"},
        {"verdict": "boil", "reason": "why"},
    ],
)
def test_a_decision_that_can_not_be_meant_keeps_nothing(own: Project, typed: dict[str, str]) -> None:
    with TestClient(make_app(own), base_url="http://127.0.0.1:8311", follow_redirects=False) as client:
        form = {**typed, "event": event_of(own, "wire"), "csrf": client.app.state.desk.csrf}
        assert client.post("/events/decide", data=form).status_code == 400
        assert client.post("/events/decide", data={**form, "csrf": "x"}).status_code == 403
    assert count_decisions(own) == 0


def test_a_mark_is_as_sharp_as_its_place_and_leads_to_its_events(client: TestClient, shared: Project) -> None:
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
    assert set(listed(client.get("/events?key=geonames%3A169387").text)) == {event_of(shared, "province")}


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


def test_the_timeline_leads_to_the_events_of_a_column_and_of_a_bar(client: TestClient, shared: Project) -> None:
    page = client.get("/events/timeline").text
    columns = dict(re.findall(r'<a class="bin" href="([^"]+)" aria-label="([^"]+)">', page))
    assert columns["/events?since=2024-03-09&amp;until=2024-03-09"] == "9 Mar 2024: 1 event begins"
    found = client.get("/events?since=2024-03-09&until=2024-03-09").text
    assert listed(found) == [event_of(shared, "nowhere")]
    bars = re.findall(r'<p class="span-name"><a href="/events/([^"]+)">', page)
    assert set(bars) == set(listed(client.get("/events").text))


def test_borders_are_chosen_for_a_project_and_another_browser_sees_them(own: Project) -> None:
    with TestClient(make_app(own), base_url="http://127.0.0.1:8311", follow_redirects=False) as client:
        csrf = client.app.state.desk.csrf
        answer = client.post("/events/borders", data={"csrf": csrf, "borders": "none", "actor": "sudria"})
        assert answer.headers["location"] == "/events/map?actor=sudria&borders=none"
        assert 'data-borders="none"' in client.get("/events/map").text
        assert "This project draws them so" in client.get("/events/map").text
        assert 'data-borders="held"' in client.get("/events/map?borders=held").text
        assert 'data-borders="held"' in client.get("/events/map").text  # as this browser asked for last
        assert client.post("/events/borders", data={"csrf": csrf, "borders": "zzz"}).status_code == 400


def test_an_event_s_figures_and_quotations_can_be_those_that_were_published_until_a_day(tmp_path: Path) -> None:
    with event_project(tmp_path / "p.db") as project:
        event = max(find_events(project), key=lambda one: len(one.claims))
        days = {row.published for row in list_reports(project) if row.id in event.reports and row.published}
        first = min(days)
        assert first < max(days)
        whole = figure_history(project, event=event.id)
        early = figure_history(project, ClaimFilter(published_until=first), event=event.id)
        assert {step.saying.published for step in early.steps} == {first}
        assert len(early.steps) < len(whole.steps)
        with TestClient(make_app(project), base_url="http://127.0.0.1:8311") as client:
            pages = [client.get(f"/dossier?event={event.id}{more}").text for more in ("", f"&published_until={first}")]
    quoted = [page.count("<blockquote") for page in pages]
    assert 0 < quoted[1] < quoted[0]
