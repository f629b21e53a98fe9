"""What came of a plan, on the card of its claim, in the list of plans, in the queue and in the log."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from twosource import deciding
from twosource.closed_sets import Status
from twosource.gathering import gather
from twosource.records import Claim
from twosource.store import Project
from twosource.views.decisions import list_decisions
from twosource.views.events import event_of_claim
from web.at_desk import FROM_HERE, at_desk
from web.desk_reports import due_reading, keep_readings, make_project

TODAY = datetime.date(2019, 5, 1)


def fill(project: Project) -> None:
    keep_readings(project, [due_reading()])


@pytest.fixture
def client(own: Project) -> Iterator[TestClient]:
    with at_desk(own, today=lambda: TODAY) as made:
        made.headers.update(FROM_HERE)
        yield made


def plan(project: Project) -> Claim:
    return due_reading().claims[0]


def sent(client: TestClient, path: str, **typed: str) -> str:
    """Sends the first form of an outcome on the page as filled in; returns where it leads."""
    page = client.get(path).text
    form = re.search(r'action="/outcomes">.*?</form>', page, re.DOTALL)
    assert form is not None
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form.group()))
    answer = client.post("/outcomes", data={**hidden, **typed})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_what_came_is_recorded_on_the_card_and_shown_on_every_page(client: TestClient, own: Project) -> None:
    gather(own)
    claim = plan(own)
    event = event_of_claim(own, claim.id)
    other = due_reading().claims[1].id
    assert "say what came of it" in client.get(f"/events/{event}").text
    to = sent(client, "/reports/due", verdict="happened", reason="the mayor told it", named=other)
    assert to == f"/reports/due#{claim.id}"
    [row] = list_decisions(own)
    assert row.decision.subjects == ("due", claim.id)
    assert row.decision.value["claim"] == other
    for path in ("/reports/due", f"/events/{event}", "/questions/plans"):
        page = client.get(path).text
        assert "It happened</strong>" in page, path
        assert "the mayor told it" in page, path
    log = client.get("/decisions?kind=outcome").text
    assert "Plan: it happened" in log
    assert other in log
    assert "the mayor told it" not in client.get("/decisions?kind=claim").text


def test_it_is_taken_back_on_the_card(client: TestClient, own: Project) -> None:
    sent(client, "/reports/due", verdict="not-known")
    assert "nothing tells yet" in client.get("/reports/due").text
    sent(client, "/reports/due", verdict="undo", reason="told twice")
    assert "nothing tells yet" not in client.get("/reports/due").text
    assert [row.decision.verdict for row in list_decisions(own)] == ["undo", "not-known"]


def test_an_entry_on_something_else_is_not_taken_back_by_its_form(client: TestClient, own: Project) -> None:
    kept = deciding.accept(own, "due", plan(own).id, who="Ana")
    sent(client, "/reports/due", verdict="not-known")
    page = client.get("/reports/due").text
    token = re.findall(r'name="csrf" value="([^"]+)"', page)[0]
    typed = {"csrf": token, "report": "due", "claim": plan(own).id, "verdict": "undo"}
    for number in (str(kept.number), "99", ""):
        answer = client.post("/outcomes", data={**typed, "undoes": number})
        assert answer.status_code == 400
        assert "is no decision on what came of a plan" in answer.text
    assert [row.decision.verdict for row in list_decisions(own)] == ["not-known", "accept"]


def test_the_list_of_plans_is_narrowed_to_what_was_recorded(client: TestClient) -> None:
    assert sent(client, "/questions/plans", verdict="not-happened", reason="no army came") == "/questions/plans"
    assert "1 plan," in client.get("/questions/plans?outcome=not-happened").text
    assert "1 plan," in client.get("/questions/plans?outcome=unrecorded").text
    assert "Nothing is like that" in client.get("/questions/plans?outcome=happened").text


def test_a_card_whose_claim_was_decided_on_still_says_what_came(client: TestClient) -> None:
    sent(client, "/reports/due", verdict="not-happened", reason="no army came")
    page = client.get("/reports/due").text
    form = re.search(r'action="/claims/decide".*?</form>', page, re.DOTALL)
    assert form is not None
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form.group()))
    card = client.post("/claims/decide", data={**hidden, "verdict": "accept"}, headers={"HX-Request": "true"}).text
    assert "It did not happen</strong>" in card
    seen = re.findall(r'"seen" value="(\d+)"', card)[1]
    rejected = {**hidden, "verdict": "reject", "reason": "no plan", "seen": seen}
    card = client.post("/claims/decide", data=rejected, headers={"HX-Request": "true"}).text
    assert 'data-mark="rejected"' in card
    assert "/outcomes" not in card, "nothing came of what is no claim"
    assert "no longer applies" in client.get("/decisions?kind=outcome").text


def test_a_claim_that_tells_of_no_plan_has_no_such_form(tmp_path: Path) -> None:
    reading = due_reading()
    happened = tuple(msgspec.structs.replace(one, status=Status.HAPPENED) for one in reading.claims)
    with (
        make_project(tmp_path / "q.db", [msgspec.structs.replace(reading, claims=happened)]) as project,
        at_desk(project) as client,
    ):
        assert "/outcomes" not in client.get("/reports/due").text


def test_after_a_word_was_taken_back_another_is_recorded_from_the_list_of_plans(
    client: TestClient, own: Project
) -> None:
    for typed in (
        {"verdict": "not-known"},
        {"verdict": "not-happened", "reason": "no army came"},
        {"verdict": "undo"},
        {"verdict": "happened", "reason": "the mayor told it"},
    ):
        assert sent(client, "/questions/plans", **typed) == "/questions/plans"
    assert [row.decision.verdict for row in list_decisions(own)] == ["happened", "undo", "not-happened", "not-known"]
