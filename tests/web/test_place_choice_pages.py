"""Choosing where a place is: from the queue, from a claim's card and from an event, with and without scripts."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from located_reading import REPORTS, located_reader
from twosource import deciding
from twosource.errors import ProjectError
from twosource.pipeline import store_reports
from twosource.store import Project
from twosource.views.decisions import list_decisions
from twosource.views.events import find_events
from twosource.views.place_candidates import gazetteer_place
from twosource.web.place_words import place_before

IDLIB = "geonames:169389"
HERE = {"report": "herald-1", "name": "Vale"}
HTMX = {"HX-Request": "true"}


def fill(project: Project) -> None:
    store_reports(REPORTS, project, located_reader())


def csrf(client: TestClient) -> str:
    return re.findall(r'name="csrf" value="([^"]+)"', client.get("/places/choose", params=HERE).text)[0]


def send(client: TestClient, verdict: str, headers: dict[str, str] | None = None, **fields: str) -> tuple[int, str]:
    form = {**HERE, "csrf": csrf(client), "verdict": verdict, "seen": "", "seen_in_all": "", **fields}
    answer = client.post("/places/decide", data=form, headers=headers)
    return answer.status_code, answer.headers.get("location", "") or html.unescape(answer.text)


def test_the_page_offers_what_the_name_may_mean_with_where_that_is(client: TestClient) -> None:
    page = html.unescape(client.get("/places/choose", params={"report": "herald-1", "name": "Aleppo"}).text)
    assert 'value="geonames:170063"' in page
    assert re.search(r"town or village, <bdi>Aleppo</bdi>|town or village, <bdi>Syria</bdi>", page)
    assert "in this report" in page
    assert "2 now, and any to come" in page
    assert "in all reports with a claim at a place of this name" in page


def test_a_search_finds_places_by_the_beginning_of_a_name_and_says_how_far_they_are(client: TestClient) -> None:
    page = html.unescape(client.get("/places/choose", params={**HERE, "search": "Idli"}).text)
    assert f'value="{IDLIB}"' in page
    assert re.search(r"5\d km from <bdi>Aleppo</bdi>", page)
    part = client.get("/places/choose", params={**HERE, "search": "Idli", "part": "list"}, headers=HTMX).text
    assert IDLIB in part
    assert "<form" not in part
    assert "no place that is called so" in client.get("/places/choose", params={**HERE, "search": "Qqzzx"}).text


def test_a_choice_is_kept_and_the_event_is_there(client: TestClient, own: Project) -> None:
    event = next(one.id for one in find_events(own) if any(value.name == "Vale" for value in one.places))
    page = html.unescape(client.get(f"/events/{event}").text)
    assert "“<bdi>Vale</bdi>” is at no place of the map" in page
    status, where = send(client, "locate", place=IDLIB, scope="report", back="event", at=event, why="by its river")
    assert status == 303
    page = client.get(where).text
    assert "is at no place of the map" not in page
    [kept] = [row.decision for row in list_decisions(own)]
    assert (kept.subjects, kept.verdict, kept.reason) == (("herald-1", "Vale"), "locate", "by its river")
    assert kept.value["place"]["id"] == IDLIB


def test_a_choice_that_is_kept_is_told_so_though_events_cannot_be_formed_anew(
    client: TestClient, own: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(project: Project) -> None:
        raise ProjectError("the disk is full")

    event = next(one.id for one in find_events(own) if any(value.name == "Vale" for value in one.places))
    monkeypatch.setattr("twosource.web.pages.place_choice.gather", full)
    _, page = send(client, "locate", place=IDLIB, scope="report", back="event", at=event)
    assert "entry 1 is kept: don't decide it again" in page
    assert "the disk is full" in page
    assert [row.decision.verdict for row in list_decisions(own)] == ["locate"]


def test_none_of_these_needs_no_reason_and_leaves_the_queue(client: TestClient, own: Project) -> None:
    status, told = send(client, "unplaced", HTMX, back="review", at="place", scope="all")
    assert (status, "Not to be placed" in told) == (200, True)
    [kept] = [row.decision for row in list_decisions(own)]
    assert (kept.subjects, kept.reason) == (("Vale",), "no place of the gazetteer is meant")


def test_what_stands_is_told_and_can_be_taken_back(client: TestClient, own: Project) -> None:
    kept = deciding.locate(own, "Vale", gazetteer_place(IDLIB), report="herald-1", who="Ana", reason="by its river")
    page = html.unescape(client.get("/places/choose", params=HERE).text)
    assert "Placed by <bdi>Ana</bdi>" in page
    status, where = send(client, "undo", undoes=str(kept.number), back="reading", at="c1")
    assert (status, where) == (303, "/reports/herald-1#c1")
    assert "Placed by" not in client.get("/places/choose", params=HERE).text


def test_a_card_has_the_way_to_the_choice_and_says_where_a_person_put_it(client: TestClient, own: Project) -> None:
    page = html.unescape(client.get("/reports/herald-1").text)
    assert "not placed: choose" in page
    assert "/places/choose?report=herald-1&name=Vale&back=reading" in page
    deciding.locate(own, "Vale", gazetteer_place(IDLIB), report="herald-1", who="Ana")
    assert "placed in Idlib, SY" in html.unescape(client.get("/reports/herald-1").text)
    deciding.unplaced(own, "Vale", report="herald-1", who="Ana")
    assert "can’t be placed" in html.unescape(client.get("/reports/herald-1").text)


def test_every_place_on_a_card_has_the_way_to_the_choice(client: TestClient) -> None:
    page = html.unescape(client.get("/reports/herald-1").text)
    way = 'href="/places/choose?report=herald-1&name=Aleppo&back=reading'
    assert re.search(re.escape(way) + r'[^>]*aria-label="Where is Aleppo\? in Aleppo, SY"', page)


def test_what_can_t_be_meant_is_told(client: TestClient) -> None:
    assert "no place was chosen" in send(client, "locate", HTMX, back="review")[1]
    assert send(client, "locate", place="geonames:0")[0] == 400
    assert send(client, "guess", place=IDLIB)[0] == 400
    assert send(client, "unplaced", name="Nowhere")[0] == 400
    assert client.get("/places/choose", params={"report": "none", "name": "Vale"}).status_code == 400
    assert client.get("/places/choose", params={"report": "herald-1", "name": "Nowhere"}).status_code == 400


def test_where_nothing_is_marked_the_form_comes_again_with_what_was_typed(client: TestClient, own: Project) -> None:
    status, page = send(client, "locate", search="Idli", why="by <its> river", scope="all", back="event", at="e")
    assert status == 400
    assert '<p class="trouble" role="alert">no place was chosen: mark one' in page
    assert re.search(r'name="why"[^>]*value="by <its> river"', page)
    assert re.search(r'name="search"[^>]*value="Idli"', page)
    assert 'value="all" checked' in page
    assert f'value="{IDLIB}"' in page
    assert '<form class="verdict-form" method="post" action="/places/decide"' in page
    assert list_decisions(own) == ()


def test_what_was_marked_stays_listed_when_another_name_is_searched(client: TestClient, own: Project) -> None:
    marked = f'value="{IDLIB}" autocomplete="off" checked'
    status, page = send(client, "search", search="Tartus", place=IDLIB, why="by its river")
    assert (status, marked in page, "Tartus" in page, 'value="by its river"' in page) == (200, True, True, True)
    asked = {**HERE, "search": "Tartus", "place": IDLIB, "part": "list"}
    part = client.get("/places/choose", params=asked, headers=HTMX).text
    assert marked in part
    assert part.index(IDLIB) < part.index("Tartus")
    none = client.get("/places/choose", params={**asked, "search": "Qqzzx"}, headers=HTMX).text
    assert marked in none
    assert "no other place that is called so" in none
    assert list_decisions(own) == ()


def test_the_place_that_is_taken_comes_first_and_is_marked_so(client: TestClient, own: Project) -> None:
    deciding.locate(own, "Aleppo", gazetteer_place(IDLIB), report="herald-1", who="Ana")
    page = html.unescape(client.get("/places/choose", params={"report": "herald-1", "name": "Aleppo"}).text)
    first, second = re.findall(r'name="place" value="[^"]*"[^>]*>.*?</label>', page, re.DOTALL)[:2]
    assert IDLIB in first
    assert " checked>" in first
    assert "taken now" in first
    assert "geonames:170063" in second
    assert "taken now" not in second


def test_a_choice_that_somebody_else_made_meanwhile_is_told(client: TestClient, own: Project) -> None:
    deciding.unplaced(own, "Vale", report="herald-1", who="Ana")
    assert send(client, "locate", place=IDLIB, seen="0")[0] == 409


def test_the_log_tells_the_place_and_the_report(client: TestClient, own: Project) -> None:
    deciding.locate(own, "Vale", gazetteer_place(IDLIB), report="herald-1", who="Ana")
    deciding.unplaced(own, "Vale", who="Ben")
    page = html.unescape(client.get("/decisions?kind=place").text)
    assert "Place chosen" in page
    assert f"Idlib, Idlib District, SY ({IDLIB})" in page or f"({IDLIB})" in page
    assert "“Vale” in herald-1" in page
    assert "“Vale” in all reports" in page
    assert "not to be placed" in page


def test_the_log_tells_where_the_name_led_before(client: TestClient, own: Project) -> None:
    deciding.locate(own, "Aleppo", gazetteer_place(IDLIB), who="Ana")
    page = html.unescape(client.get("/decisions?kind=place").text)
    assert "<del><bdi>Aleppo in Aleppo, SY</bdi></del> <ins><bdi>Idlib" in page
    deciding.unplaced(own, "Aleppo", report="herald-1", who="Ben")
    page = html.unescape(client.get("/decisions?kind=place").text)
    assert "<del><bdi>Idlib in Idlib, SY</bdi></del> <ins><bdi>not to be placed" in page
    assert "not found" not in page
    deciding.locate(own, "Vale", gazetteer_place(IDLIB), who="Ana")
    assert "<del><bdi>not found</bdi></del>" in html.unescape(client.get("/decisions?kind=place").text)


def test_what_an_entry_keeps_of_before_is_put_into_words() -> None:
    places = [{"id": str(n), "name": "San José", "admin1": f"Part {n}", "country": "US"} for n in range(5)]
    assert place_before({"places": places[:1], "not_placed": 0}) == "San José in Part 0, US"
    assert place_before({"places": places[:2], "not_placed": 1}) == (
        "San José in Part 0, US; San José in Part 1, US, by report; not found in 1 report"
    )
    assert place_before({"places": places, "not_placed": 0, "looked_at": 2000}) == (
        "San José in Part 0, US; San José in Part 1, US; San José in Part 2, US and 2 more, by report"
        " (in the first 2,000 reports)"
    )
    assert place_before({"place": "geonames:170063", "rule": "test"}) == "Aleppo in Aleppo, SY"
    assert place_before({"place": None}) == "not found"
    assert place_before({}) == "", "entries of before this was kept say nothing of it"


def test_a_second_person_can_look_at_it(client: TestClient, own: Project) -> None:
    deciding.locate(own, "Vale", gazetteer_place(IDLIB), report="herald-1", who="Ana")
    page = html.unescape(client.get("/review/second").text)
    assert "A place" in page
    assert IDLIB in page


@pytest.mark.parametrize(("report", "field"), [("herald-1", "seen"), (None, "seen_in_all")])
def test_a_page_that_did_not_show_the_last_word_takes_nothing_back(
    client: TestClient, own: Project, report: str | None, field: str
) -> None:
    first = deciding.locate(own, "Vale", gazetteer_place(IDLIB), report=report, who="Ana")
    page = client.get("/places/choose", params=HERE).text
    shown = dict(re.findall(r'name="(seen|seen_in_all|undoes)" value="([^"]*)"', page))
    assert (shown["undoes"], shown[field]) == (str(first.number), str(first.number))
    last = deciding.unplaced(own, "Vale", report=report, who="Ben")
    status, told = send(client, "undo", back="reading", **shown)
    assert (status, "what <bdi>Ben</bdi> decided" in told) == (409, True)
    assert len(list_decisions(own)) == 2
    status, _ = send(client, "undo", back="reading", **{**shown, "undoes": str(last.number), field: str(last.number)})
    assert status == 303


def test_the_form_takes_back_nothing_but_words_on_places(client: TestClient, own: Project) -> None:
    claim = deciding.decided_claims(own, "herald-1")[0].claim.id
    kept = deciding.reject(own, "herald-1", claim, who="Ana", reason="no claim")
    status, told = send(client, "undo", undoes=str(kept.number), back="reading")
    assert (status, f"entry {kept.number} of the log is no decision on a place" in told) == (400, True)
    assert [row.decision.number for row in list_decisions(own)] == [kept.number]
