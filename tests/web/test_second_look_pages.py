"""The page on which a second person looks at what others decided."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from twosource import deciding
from twosource.corpus_records import DecisionKind
from twosource.deciding import Seconded
from twosource.store import Project
from twosource.views.claims import find_claims
from twosource.views.second_looks import waiting_for
from web.desk_reports import HOSTILE, example_readings, keep_readings

PAGE = "/review/second"


def fill(project: Project) -> None:
    keep_readings(project, example_readings()[:2])


@pytest.fixture
def client(client: TestClient) -> TestClient:
    """The browser of somebody who is called Ben."""
    client.cookies.set("twosource-name", "Ben")
    return client


def accepted(project: Project, number: int = 0, *, who: str = "Ana", reason: str = "read it twice") -> str:
    claim = find_claims(project)[number].claim
    deciding.accept(project, claim.report, claim.id, who=who, reason=reason)
    return claim.id


def send(client: TestClient, **fields: str) -> str:
    token = re.findall(r'name="csrf" value="([^"]+)"', client.get("/types").text + client.get(PAGE).text)[0]
    answer = client.post(PAGE, data={"csrf": token, **fields}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.text


def waiting(project: Project, who: str = "Ben") -> tuple[Seconded, ...]:
    return waiting_for(project, who).decisions


def test_what_another_decided_stands_there_with_its_words_and_reason(client: TestClient, own: Project) -> None:
    accepted(own, reason=HOSTILE)
    accepted(own, 1, who="ben")
    page = client.get(PAGE).text
    assert page.count('class="item"') == 1
    assert "Accepted by <bdi>Ana</bdi>" in page
    assert HOSTILE not in page
    [words] = find_claims(own, limit=1)[0].evidence[:1]
    assert words.split()[0] in page


def test_a_word_is_kept_and_the_decision_waits_no_more(client: TestClient, own: Project) -> None:
    accepted(own)
    assert "You agree" in send(client, entry="1", verdict="agree", seen="0")
    assert waiting(own) == ()
    assert "No decision of others waits" in client.get(PAGE).text
    assert "Taken back" in send(client, undoes="2", verdict="undo", seen="2")
    assert len(waiting(own)) == 1


def test_a_dispute_stands_first_for_everybody_until_it_is_settled(client: TestClient, own: Project) -> None:
    accepted(own)
    accepted(own, 1)
    assert 'role="alert"' in send(client, entry="1", verdict="disagree", seen="0")  # without a reason
    send(client, entry="1", verdict="disagree", seen="0", reason="it says the contrary")
    assert [one.decision.number for one in waiting(own)] == [1, 2]
    client.cookies.set("twosource-name", "Ana")
    page = client.get(PAGE).text
    assert page.count('class="item"') == 1
    assert "In dispute" in page
    assert "it says the contrary" in page
    assert 'value="agree"' not in page
    send(client, undoes="1", verdict="undo", reason="Ben is right")
    assert [one.decision.number for one in waiting(own)] == [2]


def test_a_fix_shows_what_was_there_before(client: TestClient, own: Project) -> None:
    claim = next(row.claim for row in find_claims(own) if row.claim.actors)
    fields = {"negated": not claim.negated, "actors": []}
    deciding.fix(own, claim.report, claim.id, fields, who="Ana", reason="turned round")
    page = client.get(PAGE).text
    assert "Negated: <del><bdi>no</bdi></del> <ins><bdi>yes</bdi></ins>" in page
    assert f"Actors: <del><bdi>{claim.actors[0].name}</bdi></del> <ins><bdi>nothing</bdi></ins>" in page


def test_two_names_for_one_show_both(client: TestClient, own: Project) -> None:
    deciding.keep(
        own, DecisionKind.ENTITY, ["name:ardan", "name:ardans"], "same", who="Ana", reason="one spelling of it"
    )
    assert "<bdi>name:ardan</bdi>, <bdi>name:ardans</bdi>" in client.get(PAGE).text


def test_a_form_without_script_leads_back_to_the_page(client: TestClient, own: Project) -> None:
    accepted(own)
    token = re.findall(r'name="csrf" value="([^"]+)"', client.get(PAGE).text)[0]
    answer = client.post(PAGE, data={"csrf": token, "entry": "1", "verdict": "undecided", "seen": "0"})
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
