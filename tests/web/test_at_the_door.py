"""A form that is sent after the desk's token was changed: nothing is done, and nothing that was written is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from twosource.deciding import Mark, decided_claims
from twosource.store import Project
from twosource.web.security import LARGEST_FORM
from web.at_desk import FROM_HERE, at_desk
from web.desk_reports import foreign_reading, make_project

TOKEN = "correct horse battery"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path / "p.db", [foreign_reading()]) as opened:
        yield opened


@pytest.fixture
def client(project: Project) -> Iterator[TestClient]:
    with at_desk(project, token=TOKEN) as made:
        yield made


def rejection(project: Project) -> dict[str, str]:
    claim = decided_claims(project, "foreign")[0].claim.id
    old = {"csrf": "x" * 43, "report": "foreign", "claim": claim, "seen": "0"}
    return {**old, "verdict": "reject", "reason": 'قيل مرتين "&<b>'}


def marks(project: Project) -> list[Mark]:
    return [one.mark for one in decided_claims(project, "foreign")]


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {html.unescape(name): html.unescape(value) for name, value in found}


def test_what_was_written_is_kept_until_the_token_is_given_and_it_is_sent_again(
    client: TestClient, project: Project
) -> None:
    asked = client.post("/claims/decide", data=rejection(project), headers=FROM_HERE)
    assert asked.status_code == 401
    assert "Not kept yet" in asked.text
    assert "قيل مرتين &#34;&amp;&lt;b&gt;</dd>" in asked.text
    wrong = client.post("/enter", data={**hidden_fields(asked.text), "token": "not the token"}, headers=FROM_HERE)
    assert wrong.status_code == 403
    assert "That is not the token" in wrong.text
    assert "set-cookie" not in wrong.headers
    told = client.post("/enter", data={**hidden_fields(wrong.text), "token": TOKEN}, headers=FROM_HERE)
    assert told.status_code == 200
    assert 'action="/claims/decide"' in told.text
    assert set(marks(project)) == {Mark.READ}, "nothing is sent without a click"
    fields = hidden_fields(told.text)
    assert {name: fields[name] for name in ("reason", "claim", "verdict")} == {
        name: rejection(project)[name] for name in ("reason", "claim", "verdict")
    }
    assert client.post("/claims/decide", data=fields, headers=FROM_HERE).status_code == 303
    assert marks(project)[0] is Mark.REJECTED


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {**FROM_HERE, "HX-Request": "true"},
    ],
)
def test_what_no_form_of_this_desk_sent_gets_a_word_alone(
    client: TestClient, project: Project, headers: dict[str, str]
) -> None:
    answer = client.post("/claims/decide", data=rejection(project), headers=headers)
    assert (answer.status_code, answer.text) == (401, "This desk needs its token.\n")


def test_programs_get_a_word_alone(client: TestClient) -> None:
    assert client.post("/api/claims", data={"a": "b"}, headers=FROM_HERE).text == "This desk needs its token.\n"


def test_a_form_that_is_too_large_is_not_read(client: TestClient) -> None:
    answer = client.post("/claims/decide", data={"reason": "x" * LARGEST_FORM}, headers=FROM_HERE)
    assert (answer.status_code, answer.text) == (401, "This desk needs its token.\n")


@pytest.mark.parametrize(("fields", "carried"), [(1989, True), (1991, False), (2500, False)])
def test_a_form_with_more_fields_than_can_be_carried_gets_the_page_alone(
    client: TestClient, fields: int, carried: bool
) -> None:
    typed = {f"field-{number}": "kept words" for number in range(fields)}
    asked = client.post("/claims/decide", data=typed, headers=FROM_HERE)
    assert asked.status_code == 401
    assert ("kept words" in asked.text) is carried
    told = client.post("/enter", data={**hidden_fields(asked.text), "token": TOKEN}, headers=FROM_HERE)
    assert (told.status_code, "kept words" in told.text) == ((200, True) if carried else (303, False))


def test_files_are_not_read_and_the_page_says_so(client: TestClient) -> None:
    answer = client.post("/imports", files={"file": ("a.txt", b"secret words")}, headers=FROM_HERE)
    assert answer.status_code == 401
    assert "files must be chosen anew" in answer.text
    assert "secret words" not in answer.text
    entered = client.post("/enter", data={**hidden_fields(answer.text), "token": TOKEN}, headers=FROM_HERE)
    assert entered.headers["location"] == "/reports"


@pytest.mark.parametrize(
    "path",
    [
        *("//evil.example/x", "/\\evil.example", "https://evil.example/", "javascript:alert(1)"),
        *("/\t/evil.example", "/\n/evil.example", "/ /evil.example", "/x\\y", "/\x00/evil.example"),
    ],
)
def test_what_was_sent_elsewhere_is_never_offered_to_be_sent_again(client: TestClient, path: str) -> None:
    csrf = hidden_fields(client.get("/enter").text)["csrf"]
    form = {"csrf": csrf, "token": TOKEN, "sent-to": path, "sent:reason": "x"}
    assert client.post("/enter", data=form, headers=FROM_HERE).headers["location"] == "/reports"


def test_nothing_of_the_project_stands_on_the_page(client: TestClient, project: Project) -> None:
    page = client.post("/claims/decide", data={"claim": "x"}, headers=FROM_HERE).text
    outlet = foreign_reading().report.outlet
    assert outlet
    assert outlet not in page
