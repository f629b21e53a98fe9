"""Coding on the desk: a task is set, two people code blind, what they made is compared and settled."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from located_reading import REPORTS, located_reader
from twosource import coding, deciding
from twosource.coding import Start
from twosource.deciding import Mark, decided_claims
from twosource.pipeline import store_reports
from twosource.store import Project
from twosource.web.coding_words import blind_path, compare_path, task_path
from web.desk_reports import HOSTILE, foreign_reading, hostile_reading, keep_readings

TASK = "pilot <1>"
CODE, COMPARE = blind_path(TASK, "foreign"), compare_path(TASK, "foreign")


def fill(project: Project) -> None:
    keep_readings(project, [foreign_reading(), hostile_reading()])


def be(client: TestClient, name: str) -> None:
    client.cookies.set("twosource-name", name)


def send(client: TestClient, path: str, **fields: object) -> tuple[int, str]:
    token = re.findall(r'name="csrf" value="([^"]+)"', client.get("/coding").text)[0]
    answer = client.post(path, data={"csrf": token, "task": TASK, "report": "foreign", **fields})
    return answer.status_code, answer.headers.get("location", answer.text)


def set_task(project: Project, start: Start = Start.CLAIMS, reports: tuple[str, ...] = ("foreign",)) -> list[str]:
    coding.set_task(project, TASK, reports=reports, coders=("Ana", "Ben"), start=start, who="Lead")
    return [one.claim.id for one in decided_claims(project, "foreign")]


def test_a_task_is_set_by_a_form(client: TestClient, own: Project) -> None:
    form = {"name": TASK, "coders": "Ana\nBen", "start": "empty", "which": "drawn", "count": "1"}
    assert send(client, "/coding", **form) == (303, task_path(TASK))
    [task] = coding.list_tasks(own)
    assert (task.coders, task.start, len(task.reports)) == (("Ana", "Ben"), Start.EMPTY, 1)
    assert "pilot &lt;1&gt;" in client.get("/coding").text


def test_reports_are_chosen_by_a_tick(client: TestClient, own: Project) -> None:
    form = {"name": TASK, "coders": "Ana; Ben", "which": "chosen", "report": ["foreign"]}
    assert send(client, "/coding", **form)[0] == 303
    assert coding.list_tasks(own)[0].reports == ("foreign",)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"coders": "Ana"}, "two people"),
        ({"which": "chosen", "report": []}, "choose at least one"),
        ({"count": "x"}, "can’t be drawn|can&#39;t be drawn"),
    ],
)
def test_a_task_that_cannot_be_meant_comes_back(client: TestClient, fields: dict[str, object], why: str) -> None:
    form = {"name": TASK, "coders": "Ana\nBen", "which": "drawn", "count": "1", **fields}
    status, page = send(client, "/coding", **form)
    assert status == 400
    assert re.search(why, page)
    assert 'value="pilot &lt;1&gt;"' in page


def test_each_coder_sees_own_work_alone_until_both_have_finished(client: TestClient, own: Project) -> None:
    first, _ = set_task(own)
    be(client, "ana")
    assert send(client, "/coding/claims", verdict="reject", claim=first, reason="not in the report", seen="0")[0] == 303
    assert 'data-mark="rejected"' in client.get(CODE).text
    be(client, "Ben")
    assert 'data-mark="rejected"' not in client.get(CODE).text
    assert client.get(COMPARE).status_code == 400
    assert client.get("/reports/foreign").text.count('data-mark="as read"') > 0
    for name in ("Ana", "Ben"):
        be(client, name)
        assert send(client, "/coding/report", verdict="finish") == (303, task_path(TASK))
    assert client.get(CODE).headers["location"] == COMPARE
    assert "no such claim" in client.get(COMPARE).text
    assert "F1 0.67" in client.get(task_path(TASK)).text


def test_coders_see_nobodys_word_on_places(client: TestClient, own: Project) -> None:
    store_reports(REPORTS, own, located_reader())
    coding.set_task(own, TASK, reports=("herald-1",), coders=("Ana", "Ben"), start=Start.CLAIMS, who="Lead")
    path = blind_path(TASK, "herald-1")
    be(client, "Ana")
    before = html.unescape(client.get(path).text)
    deciding.unplaced(own, "Vale", report="herald-1", who="Eve")
    assert "can’t be placed" in html.unescape(client.get("/reports/herald-1").text)
    assert "Vale" in before
    assert html.unescape(client.get(path).text) == before


def test_somebody_else_codes_nothing(client: TestClient, own: Project) -> None:
    set_task(own)
    be(client, "Eve")
    assert client.get(CODE).status_code == 400
    assert "no coder of this task" in client.get(task_path(TASK)).text


def test_a_claim_is_added_and_fixed_by_the_form(client: TestClient, own: Project) -> None:
    set_task(own, Start.EMPTY)
    be(client, "Ana")
    form = {"evidence": "Kerat was shelled", "type": "shelling", "stance": "asserts", "certainty": "certain"}
    status, where = send(client, "/coding/form", **form, status="happened", reason="")
    assert status == 303
    claim = where.partition("#")[2]
    assert claim in client.get(CODE).text
    page = client.get(f"/coding/form?task={TASK}&report=foreign&claim={claim}").text
    assert 'action="/coding/form"' in page
    form["certainty"] = "probable"
    assert send(client, "/coding/form", **form, status="happened", claim=claim, seen="2", reason="hedged")[0] == 303
    [one] = coding.blind_coding(own, TASK, "Ana", "foreign").claims
    assert (one.claim.certainty, one.why) == ("probable", "hedged")
    assert send(client, "/coding/form", **form, status="happened", claim=claim, actors="Nobody here")[0] == 400


def test_a_difference_is_settled_and_taken_back(client: TestClient, own: Project) -> None:
    first, _ = set_task(own)
    coding.fix(own, TASK, "Ben", "foreign", first, {"certainty": "probable"}, reason=HOSTILE)
    for coder in ("Ana", "Ben"):
        coding.finish(own, TASK, coder, "foreign")
    page = client.get(COMPARE).text
    assert HOSTILE not in page
    assert "Differ in certainty" in page
    unit = re.findall(r'<li class="item" id="([^"]+)"', page)[0]
    assert send(client, "/coding/compare", verdict="coder:Ben", unit=unit)[0] == 303
    assert decided_claims(own, "foreign")[0].claim.certainty == "probable"
    page = client.get(COMPARE).text
    assert "Settled with <bdi>Ben</bdi>’s claim" in page
    number = re.findall(r'name="undoes" value="(\d+)"', page)[0]
    assert send(client, "/coding/compare", verdict="undo", unit=unit, undoes=number)[0] == 303
    assert decided_claims(own, "foreign")[0].mark is Mark.READ
    assert send(client, "/coding/compare", verdict="none", unit=unit)[0] == 303
    assert decided_claims(own, "foreign")[0].mark is Mark.REJECTED


def test_another_claim_is_settled_by_the_form(client: TestClient, own: Project) -> None:
    set_task(own)
    for coder in ("Ana", "Ben"):
        coding.finish(own, TASK, coder, "foreign")
    unit = re.findall(r'<li class="item" id="([^"]+)"', client.get(COMPARE).text)[1]
    page = client.get(f"/coding/settle?task={TASK}&report=foreign&unit={unit}").text
    assert "Settle with this claim" in page
    assert "Kerat was shelled" in page
    form = {"evidence": "Kerat was shelled", "type": "airstrike", "stance": "asserts", "certainty": "certain"}
    assert send(client, "/coding/settle", **form, status="happened", unit=unit, reason="aircraft")[0] == 303
    assert decided_claims(own, "foreign")[1].claim.type == "airstrike"


def test_what_all_agree_on_is_kept_at_once(client: TestClient, own: Project) -> None:
    set_task(own)
    for coder in ("Ana", "Ben"):
        coding.finish(own, TASK, coder, "foreign")
    assert send(client, "/coding/compare", verdict="agreed") == (303, COMPARE)
    assert {one.mark for one in decided_claims(own, "foreign")} == {Mark.ACCEPTED}


@pytest.mark.parametrize("fields", [{}, {"verdict": "coder:Eve"}, {"verdict": "none", "unit": "x"}])
def test_what_settles_nothing_is_refused(client: TestClient, own: Project, fields: dict[str, str]) -> None:
    set_task(own)
    for coder in ("Ana", "Ben"):
        coding.finish(own, TASK, coder, "foreign")
    unit = re.findall(r'<li class="item" id="([^"]+)"', client.get(COMPARE).text)[0]
    assert send(client, "/coding/compare", **{"unit": unit, **fields})[0] == 400


@pytest.mark.parametrize("path", ["/coding/task?task=x", "/coding/report?task=x&report=y", "/coding/compare?task=x"])
def test_an_unknown_task_is_told(client: TestClient, path: str) -> None:
    assert "there is no coding task" in client.get(path).text


def test_a_hostile_report_is_shown_as_its_characters(client: TestClient, own: Project) -> None:
    hostile = hostile_reading().report.id
    set_task(own, reports=(hostile,))
    be(client, "Ana")
    for path in (blind_path(TASK, hostile), task_path(TASK), "/coding"):
        page = client.get(path).text
        assert "<h1" in page
        assert HOSTILE not in page
