"""The page of an event as a program asks for it: accounts, ranges, why; and the decisions made on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from fake_reading import make_report
from twosource.corpus_records import Event
from twosource.pipeline import store_reports
from twosource.store import Project
from twosource.views.claims import ClaimFilter, find_claims
from twosource.views.decisions import count_decisions
from twosource.views.events import EventFilter, find_events, near_events
from twosource.views.figures import figure_history
from twosource.views.reports import list_reports
from web.at_desk import at_desk
from web.event_reports import EVENT_REPORTS, event_of, event_project, event_reader, keep_events

fill = keep_events


def event_with(project: Project, report: str) -> Event:
    return find_events(project, EventFilter(report=report))[0]


@contextmanager
def deciding(project: Project) -> Iterator[Callable[..., str]]:
    """Sends the form of a decision; gives the address that the browser goes on to."""
    with at_desk(project) as client:

        def send(**typed: str) -> str:
            answer = client.post("/events/decide", data={**typed, "csrf": client.app.state.desk.csrf})
            assert answer.status_code == 303, answer.text
            return answer.headers["location"]

        yield send


def test_the_page_of_an_event_shows_accounts_ranges_denials_disagreements_and_why(
    client: TestClient, own: Project
) -> None:
    page = client.get(f"/events/{event_of(own, 'wire')}").text
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


def test_the_best_number_is_chosen_by_the_rule_asked_for(client: TestClient, own: Project) -> None:
    path = f"/events/{event_of(own, 'wire')}"
    best = {
        query: re.findall(r'<p class="best-number">([^<]+)</p>', client.get(f"{path}?{query}").text)
        for query in ("best=conservative", "best=latest", "best=hierarchy&trust=nobody,Gazette", "best=zzz")
    }
    assert list(best.values()) == [["14"], ["14"], ["14"], ["14 – 41"]]


def test_reprints_are_folded_into_their_account_and_their_words_into_one_quotation(
    client: TestClient, own: Project
) -> None:
    reprint = make_report("reprint", EVENT_REPORTS[0].text, title="Shells", outlet="Echo", published="2024-03-06")
    store_reports([reprint], own, event_reader())
    page = client.get(f"/events/{event_of(own, 'wire')}").text
    [matrix] = re.findall(r'<table class="rows-table matrix">.*?</table>', page, re.DOTALL)
    assert matrix.count('rowspan="2"') == 3
    assert "and 1 of the same text" in matrix
    assert matrix.count("killing 41") == 1
    assert "in the same words in" in matrix


def test_words_that_one_account_alone_tells_are_marked(client: TestClient, own: Project) -> None:
    page = client.get(f"/events/{event_of(own, 'wire')}").text
    assert set(re.findall(r'<bdi class="alone-value">([^<]+)</bdi>', page)) >= {"14 killed", "41 killed"}
    alone = client.get(f"/events/{event_of(own, 'nowhere')}").text
    assert 'class="alone-value"' not in alone


def test_the_page_of_an_event_escapes_names(client: TestClient, own: Project) -> None:
    page = client.get(f"/events/{event_of(own, 'hostile/<i>&?#')}").text
    assert "<script>document" not in page
    assert "<img" not in page


def test_a_claim_leads_to_its_event_and_an_unknown_one_to_none(client: TestClient, own: Project) -> None:
    event = find_events(own, EventFilter(report="own"))[0]
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


def test_the_address_of_an_event_that_was_merged_leads_to_the_one_it_is_part_of(
    client: TestClient, own: Project
) -> None:
    ids = {event_of(own, "nowhere"), event_of(own, "wire")}
    with deciding(own) as send:
        send(event=event_of(own, "nowhere"), verdict="merge", other=event_of(own, "wire"), reason="one siege")
    [gone] = ids - {event_of(own, "wire")}
    answer = client.get(f"/events/{gone}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/events/{event_of(own, 'wire')}")
    page = client.get("/events/event-none")
    assert page.status_code == 404
    assert 'href="/events">To the list of events' in page.text


def test_a_word_that_comes_too_late_is_not_lost(client: TestClient, own: Project) -> None:
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
def test_a_decision_that_can_not_be_meant_keeps_nothing(
    client: TestClient, own: Project, typed: dict[str, str]
) -> None:
    form = {**typed, "event": event_of(own, "wire"), "csrf": client.app.state.desk.csrf}
    assert client.post("/events/decide", data=form).status_code == 400
    assert client.post("/events/decide", data={**form, "csrf": "x"}).status_code == 403
    assert count_decisions(own) == 0


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
        with at_desk(project) as client:
            pages = [client.get(f"/dossier?event={event.id}{more}").text for more in ("", f"&published_until={first}")]
    quoted = [page.count("<blockquote") for page in pages]
    assert 0 < quoted[1] < quoted[0]
