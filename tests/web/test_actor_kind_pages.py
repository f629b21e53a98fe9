"""The kind of an actor on its page: changed, told, listed in the log, and taken back."""

from __future__ import annotations

import html
import re

from starlette.testclient import TestClient

from fake_reading import fake_reader, make_report
from twosource.closed_sets import ActorKind
from twosource.pipeline import store_reports
from twosource.store import Project
from twosource.views.actors import actor_page
from twosource.views.decisions import list_decisions
from twosource.web.pages.actor_kind import KINDS

ODREL = "/actors/name:odrel"


def fill(project: Project) -> None:
    store_reports([make_report("first", "Odrel shelled Vale. Sudria shelled Vale.")], project, fake_reader())


def send(client: TestClient, **fields: str) -> int:
    token = re.findall(r'name="csrf" value="([^"]+)"', client.get(ODREL).text)[0]
    form = {"csrf": token, "actor": "name:odrel", "seen": "", "verdict": "classify", **fields}
    return client.post("/actors/kind", data=form).status_code


def kind(project: Project) -> ActorKind:
    return actor_page(project, "Odrel").listing.entity.kind


def test_every_kind_has_words() -> None:
    assert set(KINDS) == set(ActorKind)


def test_a_kind_is_changed_with_a_reason_and_told_beside_what_was_read(client: TestClient, own: Project) -> None:
    read = kind(own)
    assert "as the engine reads it" in client.get(ODREL).text
    assert send(client, kind="armed_group", reason="its own channel") == 303
    assert kind(own) is ActorKind.ARMED_GROUP
    page = html.unescape(client.get(ODREL).text)
    assert f"the engine takes it for {KINDS[read]}" in page
    assert "its own channel" in page
    assert '<option value="armed_group" selected>' in page
    log = html.unescape(client.get("/decisions?kind=actor").text)
    assert "Kind of actor" in log
    assert "armed group" in log


def test_it_is_taken_back_on_the_page_and_in_the_log(client: TestClient, own: Project) -> None:
    read = kind(own)
    for _ in range(2):
        send(client, kind="state", reason="x")
        [number, *_] = [row.decision.number for row in list_decisions(own)]
        assert f'<label for="undo-{number}">Why take it back</label>' in client.get(ODREL).text
        assert send(client, verdict="undo", undoes=str(number), reason="the wrong one") == 303
        assert next(row.decision.reason for row in list_decisions(own)) == "the wrong one"
        assert kind(own) is read
    send(client, kind="state", reason="x")
    token = re.findall(r'name="csrf" value="([^"]+)"', client.get("/decisions").text)[0]
    [row, *_] = list_decisions(own)
    form = {"csrf": token, "undoes": str(row.decision.number), "seen": str(row.seen), "back": "", "reason": ""}
    assert client.post("/decisions/undo", data=form).status_code == 303
    assert kind(own) is read


def test_what_can_t_be_meant_is_refused(client: TestClient, own: Project) -> None:
    assert send(client, kind="wizard", reason="x") == 400
    assert send(client, kind="state", reason=" ") == 400
    assert send(client, kind="state", reason="x", actor="name:nobody") == 400
    assert send(client, verdict="undo", undoes="7") == 400
    assert list_decisions(own) == ()
    send(client, kind="state", reason="x")
    assert send(client, kind="person", reason="x", seen="0") == 409
