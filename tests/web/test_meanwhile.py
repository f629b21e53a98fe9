"""Two people at the form of one claim: the second sees what the first set, and puts nothing back unseen."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from twosource import deciding
from twosource.deciding import DecidedClaim, Mark
from twosource.spans import Span
from twosource.store import Project
from twosource.web.claim_form import ClaimForm, FigureForm, form_of
from twosource.web.meanwhile import form_kept, form_read, meanwhile
from web.at_desk import FROM_HERE, at_desk
from web.browser.serving import NO_MODEL, TODAY
from web.desk_reports import coded_reading, make_project, make_report

TEXT = "The army shelled Kerat on Monday, doctors said. Rebels left Orm, and 12 people died there."
ROW: dict[str, Any] = {
    "report": "kerat",
    "type": "shelling",
    "evidence": ["The army shelled Kerat"],
    "actors": ["army"],
    "targets": [],
    "places": ["Kerat"],
    "when": None,
    "figures": [],
    "sources": ["doctors"],
    "via": [],
    "stance": "asserts",
    "certainty": "certain",
    "status": "happened",
    "negated": False,
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path / "p.db", [coded_reading(make_report("kerat", TEXT), [ROW])]) as opened:
        yield opened


@pytest.fixture
def client(project: Project) -> Iterator[TestClient]:
    with at_desk(project, reader=lambda: NO_MODEL, today=lambda: TODAY) as opened:
        yield opened


def claim(project: Project) -> DecidedClaim:
    [one] = deciding.decided_claims(project, "kerat")
    return one


def first(project: Project, fields: dict[str, Any], who: str = "Amal", reason: str = "see line 1") -> None:
    deciding.fix(project, "kerat", claim(project).claim.id, fields, who=who, reason=reason)


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the form on the page, untouched; of radios none."""
    form = re.search(r'<form class="claim-form".*?</form>', page, re.DOTALL)
    assert form is not None
    body = re.sub(r"<template.*?</template>", "", form[0], flags=re.DOTALL)
    sent = {}
    for tag in re.findall(r"<input[^>]*>", body):
        told = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if told.get("type") not in ("checkbox", "radio") or " checked" in tag:
            sent[told["name"]] = told.get("value", "")
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside) or re.search(r'value="([^"]*)"', inside)
        sent[name] = html.unescape(chosen[1]) if chosen else ""
    for name, inside in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', body, re.DOTALL):
        sent[name] = html.unescape(inside)
    return sent


def opened(client: TestClient, project: Project) -> dict[str, str]:
    return fields_of(client.get(f"/claims/form?report=kerat&claim={claim(project).claim.id}").text)


def send(client: TestClient, sent: dict[str, str], **typed: str) -> tuple[int, str]:
    answer = client.post("/claims/form", data={**sent, "reason": "as I read it", **typed}, headers=FROM_HERE)
    return answer.status_code, answer.text


def names(project: Project, field: str) -> list[str]:
    return [one.name for one in getattr(claim(project).claim, field)]


def test_a_form_that_nobody_overtook_is_kept_at_once(client: TestClient, project: Project) -> None:
    status, _ = send(client, opened(client, project), certainty="possible")
    assert status == 303
    assert claim(project).claim.certainty == "possible"


def test_what_the_first_took_out_is_not_put_back_by_the_second(client: TestClient, project: Project) -> None:
    form = opened(client, project)
    first(project, {"actors": []}, reason="the doctors name nobody")
    status, page = send(client, form, certainty="possible")
    assert status == 400
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert "Now nothing; it was army. You left it as it was" in told
    assert "Amal" in told
    assert "the doctors name nobody" in told
    again = fields_of(page)
    assert (again["actors"], again["certainty"], again["reason"]) == ("", "possible", "as I read it")
    assert send(client, again)[0] == 303
    assert (names(project, "actors"), claim(project).claim.certainty) == ([], "possible")


@pytest.mark.parametrize(("take", "kept"), [("theirs", ["Rebels"]), ("yours", ["doctors"])])
def test_where_both_set_a_field_the_second_chooses(
    client: TestClient, project: Project, take: str, kept: list[str]
) -> None:
    form = opened(client, project)
    first(project, {"actors": ["Rebels"]})
    status, page = send(client, form, actors="doctors")
    assert (status, names(project, "actors")) == (400, ["Rebels"])
    again = fields_of(page)
    assert again["actors"] == "doctors", "what was typed comes back"
    assert "Who: whose?" in page
    status, asked = send(client, again)
    assert (status, names(project, "actors")) == (400, ["Rebels"]), "nothing is kept until the person chose"
    assert "Who: whose?" in asked
    status, _ = send(client, fields_of(asked), **{"take-actors": take}, certainty="possible")
    assert status == 303
    assert (names(project, "actors"), claim(project).claim.certainty) == (kept, "possible")


def test_who_takes_all_of_theirs_adds_nothing_to_the_log(client: TestClient, project: Project) -> None:
    form = opened(client, project)
    first(project, {"actors": ["Rebels"]})
    _, page = send(client, form, actors="doctors")
    before = claim(project)
    assert send(client, fields_of(page), **{"take-actors": "theirs"})[0] == 303
    assert claim(project) == before


def test_the_same_change_by_both_is_no_question(client: TestClient, project: Project) -> None:
    form = opened(client, project)
    first(project, {"places": ["Orm"]})
    status, page = send(client, form, places=" Orm ", negated="1")
    assert status == 400
    assert "whose?" not in page
    assert send(client, fields_of(page), negated="1")[0] == 303
    assert (names(project, "places"), claim(project).claim.negated) == (["Orm"], True)


def test_a_rejection_is_told_and_the_second_may_stand_by_theirs(client: TestClient, project: Project) -> None:
    form = opened(client, project)
    deciding.reject(project, "kerat", claim(project).claim.id, who="Amal", reason="a drill")
    status, page = send(client, form, places="Orm")
    assert status == 400
    assert "a drill" in page
    assert "Rejected" in page
    assert claim(project).mark is Mark.REJECTED
    assert send(client, fields_of(page))[0] == 303
    assert (claim(project).mark, names(project, "places")) == (Mark.FIXED, ["Orm"])


def test_a_third_person_is_seen_as_well(client: TestClient, project: Project) -> None:
    form = opened(client, project)
    first(project, {"actors": []})
    _, page = send(client, form, places="Orm")
    first(project, {"status": "ongoing"}, who="Basil", reason="it goes on")
    status, again = send(client, fields_of(page))
    assert status == 400
    assert "it goes on" in again
    assert send(client, fields_of(again))[0] == 303
    assert (names(project, "actors"), names(project, "places"), claim(project).claim.status) == ([], ["Orm"], "ongoing")


def test_a_decision_that_was_taken_back_is_told(client: TestClient, project: Project) -> None:
    first(project, {"actors": []})
    form = opened(client, project)
    deciding.undo(project, claim(project).seen, who="Basil", reason="the army it was")
    status, page = send(client, form, places="Orm")
    assert status == 400
    assert "the army it was" in page
    assert send(client, fields_of(page))[0] == 303
    assert (names(project, "actors"), names(project, "places")) == (["army"], ["Orm"])


def test_what_was_typed_for_a_claim_that_is_gone_can_be_added(client: TestClient, project: Project) -> None:
    fields = {"type": "withdraws", "evidence": ["Rebels left Orm"], "actors": ["Rebels"]}
    added = deciding.add(project, "kerat", fields, who="Basil", reason="missed")
    form = fields_of(client.get(f"/claims/form?report=kerat&claim={added.subjects[1]}").text)
    deciding.undo(project, added.number, who="Amal", reason="told below")
    status, page = send(client, form, places="Orm")
    assert status == 400
    assert "Amal took it back (told below)" in page
    again = fields_of(page)
    assert (again["places"], "claim" in again) == ("Orm", False)
    assert send(client, again)[0] == 303
    assert Mark.ADDED in [one.mark for one in deciding.decided_claims(project, "kerat")]


def test_a_value_that_can_not_be_meant_puts_nothing_back(client: TestClient, project: Project) -> None:
    form = opened(client, project)
    first(project, {"actors": []})
    _, page = send(client, form, places="Atlantis")
    _, wrong = send(client, fields_of(page))
    assert "does not stand in the report" in wrong
    assert send(client, fields_of(wrong), places="Orm")[0] == 303
    assert (names(project, "actors"), names(project, "places")) == ([], ["Orm"])


def test_without_the_form_as_it_was_opened_nothing_breaks(client: TestClient, project: Project) -> None:
    form = opened(client, project) | {"opened": '{"evidence": 3}'}
    assert send(client, form, places="Orm")[0] == 303
    assert form_read("[]") is None


def test_two_ways_of_writing_the_same_are_no_change() -> None:
    was = ClaimForm(names={"actors": "A; B"}, evidence="x\ny", figures=(FigureForm("1,200", "killed", "1200"),))
    typed = ClaimForm(
        names={"actors": "A ;B;"},
        evidence="x\r\ny ",
        figures=(FigureForm("1,200", "killed", "1,200", part_of="left over"), FigureForm()),
    )
    now = ClaimForm(names={"actors": "C"}, evidence="z", figures=())
    found = meanwhile(was, now, typed, (), "", Span(0, 0))
    assert (found.asked, [one.field for one in found.changes]) == ((), ["evidence", "actors", "figures"])
    assert (found.merged.names["actors"], found.merged.evidence, found.merged.figures) == ("C", "z", ())


def test_a_form_is_kept_whole(project: Project) -> None:
    form = form_of(claim(project).claim, TEXT)
    assert form_read(form_kept(form)) == form


@pytest.mark.parametrize(
    ("back", "path"),
    [("all", "/review"), ("doubt", "/review?kind=doubt"), ("//elsewhere", "/review?kind=%2F%2Felsewhere")],
)
def test_a_form_that_the_queue_opened_leads_back_to_it(
    client: TestClient, project: Project, back: str, path: str
) -> None:
    page = client.get(f"/claims/form?report=kerat&claim={claim(project).claim.id}&back={back}").text
    sent = fields_of(page) | {"places": "Orm", "reason": "see line 2"}
    answer = client.post("/claims/form", data=sent, headers=FROM_HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert f'href="{path}#' in page
