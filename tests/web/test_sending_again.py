from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from twosource.deciding import Mark, decided_claims
from twosource.store import Project
from twosource.web.sending_again import TOKEN
from web.at_desk import FROM_HERE, HOME, at_desk
from web.desk_reports import foreign_reading, make_project

OLD = {"csrf": "x" * 43}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path / "p.db", [foreign_reading()]) as opened:
        yield opened


def rejection(project: Project) -> dict[str, str]:
    claim = decided_claims(project, "foreign")[0].claim.id
    return {**OLD, "report": "foreign", "claim": claim, "seen": "0", "verdict": "reject", "reason": 'قيل مرتين "&<b>'}


def marks(project: Project) -> list[Mark]:
    return [one.mark for one in decided_claims(project, "foreign")]


def hidden_fields(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return [(html.unescape(name), html.unescape(value)) for name, value in found]


def test_a_form_of_an_older_desk_comes_back_whole_and_is_kept_once_it_is_sent_again(
    client: TestClient, project: Project
) -> None:
    form = rejection(project)
    answer = client.post("/claims/decide", data=form, headers=FROM_HERE)
    assert answer.status_code == 403
    assert "Send it again" in answer.text
    assert marks(project)[0] is Mark.READ
    fields = dict(hidden_fields(answer.text))
    assert fields | OLD == form
    assert client.post("/claims/decide", data=fields, headers=FROM_HERE).status_code == 303
    assert marks(project)[0] is Mark.REJECTED


def test_fields_of_one_name_come_back_in_their_order(client: TestClient) -> None:
    form = {**OLD, "subject": ["first", "second"], "reason": "two\nlines"}
    page = client.post("/review", data=form, headers=FROM_HERE).text
    assert hidden_fields(page)[1:] == [("subject", "first"), ("subject", "second"), ("reason", "two\nlines")]


def test_the_page_shows_what_was_typed_and_leads_back(client: TestClient, project: Project) -> None:
    came_from = f"{HOME}/claims/form?report=foreign"
    page = client.post("/claims/form", data=rejection(project), headers={**FROM_HERE, "Referer": came_from}).text
    assert "قيل مرتين &#34;&amp;&lt;b&gt;</dd>" in page
    assert 'href="/claims/form?report=foreign"' in page


@pytest.mark.parametrize(
    "referer",
    [
        "https://evil.example/reports",
        "",
        "http://127.0.0.1:8311//evil.example/",
        r"http://127.0.0.1:8311/\evil.example/",
        "http://[",
    ],
)
def test_it_leads_back_to_no_other_site(client: TestClient, project: Project, referer: str) -> None:
    page = client.post("/claims/decide", data=rejection(project), headers={**FROM_HERE, "Referer": referer}).text
    assert "Send it again" in page
    assert "load the page again" not in page


def test_a_script_of_this_desk_gets_the_token_and_nothing_is_done(client: TestClient, project: Project) -> None:
    headers = {**FROM_HERE, "HX-Request": "true"}
    answer = client.post("/claims/decide", data=rejection(project), headers=headers)
    assert (answer.status_code, answer.headers[TOKEN]) == (403, client.app.state.desk.csrf)  # type: ignore[attr-defined]
    assert marks(project)[0] is Mark.READ
    again = client.post("/claims/decide", data={**rejection(project), "csrf": answer.headers[TOKEN]}, headers=headers)
    assert again.status_code == 200
    assert marks(project)[0] is Mark.REJECTED


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
)
@pytest.mark.parametrize("script", [{}, {"HX-Request": "true"}])
def test_whoever_the_browser_does_not_vouch_for_gets_neither_token_nor_button(
    client: TestClient, project: Project, headers: dict[str, str], script: dict[str, str]
) -> None:
    answer = client.post("/claims/decide", data=rejection(project), headers={**headers, **script})
    assert answer.status_code in (403, 421)
    assert TOKEN not in answer.headers
    assert client.app.state.desk.csrf not in answer.text  # type: ignore[attr-defined]
    assert "Send it again" not in answer.text


def test_files_are_to_be_chosen_once_more(client: TestClient) -> None:
    answer = client.post("/imports", data=OLD, files={"files": ("a.txt", b"Kerat was shelled.")}, headers=FROM_HERE)
    assert answer.status_code == 403
    assert "choose the files once more" in answer.text


def test_who_must_first_give_the_token_of_access_gets_none_of_the_forms(project: Project) -> None:
    with at_desk(project, token="a" * 20) as client:
        answer = client.post("/claims/decide", data=rejection(project), headers=FROM_HERE)
    assert (answer.status_code, TOKEN in answer.headers) == (401, False)
    assert marks(project)[0] is Mark.READ


def test_the_token_of_access_is_asked_for_anew_and_not_shown(client: TestClient) -> None:
    answer = client.post("/enter", data={**OLD, "token": "a" * 20}, headers=FROM_HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/enter")
