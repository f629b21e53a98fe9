from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from twosource.errors import UsageError
from twosource.store import Project
from twosource.web.access import Access
from twosource.web.app import make_app

TOKEN = "correct horse battery"


@pytest.fixture
def guarded(project: Project) -> Iterator[TestClient]:
    app = make_app(project, hosts={"desk.example"}, token=TOKEN)
    with TestClient(app, base_url="http://desk.example:8311", follow_redirects=False) as made:
        yield made


def form_token(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/enter").text)
    assert found
    return found[1]


def test_without_the_token_every_page_leads_to_the_door(guarded: TestClient) -> None:
    for path in ("/", "/reports", "/reports/nevrin-wire", "/originals/x", "/issues", "/nowhere"):
        answer = guarded.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/enter")
    assert guarded.post("/imports", data={"csrf": form_token(guarded)}).status_code == 401


def test_the_token_opens_the_desk_and_is_not_in_the_cookie(guarded: TestClient) -> None:
    answer = guarded.post("/enter", data={"token": f" {TOKEN} ", "csrf": form_token(guarded)})
    assert answer.status_code == 303
    assert {"HttpOnly", "SameSite=strict"} <= set(answer.headers["set-cookie"].split("; "))
    assert "horse" not in answer.headers["set-cookie"]
    assert guarded.get("/reports").status_code == 200


@pytest.mark.parametrize("given", ["", "wrong", TOKEN + "x", "مفتاح"])
def test_another_token_does_not(guarded: TestClient, given: str) -> None:
    answer = guarded.post("/enter", data={"token": given, "csrf": form_token(guarded)})
    assert answer.status_code == 403
    assert "That is not the token" in answer.text
    assert "set-cookie" not in answer.headers


def test_programs_send_the_token_in_a_header(guarded: TestClient) -> None:
    assert guarded.get("/reports", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert guarded.get("/reports", headers={"Authorization": "Bearer wrong"}).status_code == 303


@pytest.mark.parametrize(("host", "status"), [("192.0.2.7:80", 303), ("[2001:db8::1]", 303), ("evil.example", 421)])
def test_with_a_token_addresses_in_figures_are_answered_and_foreign_names_not(
    guarded: TestClient, host: str, status: int
) -> None:
    assert guarded.get("/reports", headers={"Host": host}).status_code == status


def test_a_token_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(UsageError, match="at least 16"):
        Access("short")


def test_a_desk_without_a_token_has_no_door(client: TestClient) -> None:
    assert client.get("/enter").headers["location"] == "/reports"
