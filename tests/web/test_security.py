from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from twosource.web.security import LARGEST_UPLOAD


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9000", "localhost:8311", "LOCALHOST", "[::1]:8311"])
def test_the_loopback_names_are_answered_under_any_port(client: TestClient, host: str) -> None:
    assert client.get("/reports", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8311", "127.0.0.1.evil.example", "localhost@evil.example", "10.0.0.1", "", "["],
)
def test_any_other_host_is_refused(client: TestClient, host: str) -> None:
    for path in ("/reports", "/static/none"):
        assert client.get(path, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_the_desk_is_asked_and_told_in_no_other_way(client: TestClient, method: str) -> None:
    answer = client.request(method, "/reports")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")


def test_a_page_that_only_shows_takes_no_form(client: TestClient) -> None:
    assert client.post("/reports", data={"a": "b"}).status_code == 405


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://127.0.0.1.evil.example"]
)
def test_another_origin_may_send_nothing(client: TestClient, origin: str) -> None:
    form = {"csrf": client.app.state.desk.csrf}  # type: ignore[attr-defined]
    assert client.post("/imports", data=form, headers={"Origin": origin}).status_code == 403
    assert client.post("/imports", data=form, headers={"Origin": "http://127.0.0.1:8311"}).status_code == 400


@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 400)])
def test_what_the_browser_says_of_its_site_counts(client: TestClient, site: str, status: int) -> None:
    form = {"csrf": client.app.state.desk.csrf}  # type: ignore[attr-defined]
    assert client.post("/imports", data=form, headers={"Sec-Fetch-Site": site}).status_code == status


@pytest.mark.parametrize("form", [{}, {"csrf": ""}, {"csrf": "x" * 43}, {"csrf": "ñ"}])
def test_a_form_without_the_desks_own_token_does_nothing(client: TestClient, form: dict[str, str]) -> None:
    answer = client.post("/imports", data=form)
    assert answer.status_code == 403
    assert "older than the desk" in answer.text


def test_a_form_that_is_too_long_is_refused_before_it_is_read(client: TestClient) -> None:
    headers = {"Content-Length": str(LARGEST_UPLOAD + 1)}
    assert client.post("/imports", headers=headers).status_code == 413


def test_a_form_of_unknown_length_is_refused(client: TestClient) -> None:
    assert client.post("/imports", content=iter([b"a"])).status_code == 411


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/reports", {}), ("/nowhere", {}), ("/", {}), ("/reports", {"Host": "evil.example"}), ("/static/none", {})],
)
def test_every_answer_carries_the_headers(client: TestClient, path: str, headers: dict[str, str]) -> None:
    found = client.get(path, headers=headers).headers
    policy = dict(part.split(" ", 1) for part in found["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "img-src", "connect-src", "form-action")} == {"'self'"}
    assert {policy[name] for name in ("base-uri", "frame-ancestors")} == {"'none'"}
    assert found["x-content-type-options"] == "nosniff"
    assert found["referrer-policy"] == "same-origin"
    assert found["cross-origin-opener-policy"] == "same-origin"
    assert found["cross-origin-resource-policy"] == "same-origin"
