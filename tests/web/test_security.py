from __future__ import annotations

import pytest
from starlette.testclient import TestClient


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


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_the_desk_only_answers_questions(client: TestClient, method: str) -> None:
    answer = client.request(method, "/reports")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://127.0.0.1.evil.example"]
)
def test_another_origin_may_send_nothing(client: TestClient, origin: str) -> None:
    assert client.post("/reports", headers={"Origin": origin}).status_code == 403
    assert client.post("/reports", headers={"Origin": "http://127.0.0.1:8311"}).status_code == 405


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
    assert found["referrer-policy"] == "no-referrer"
    assert found["cross-origin-opener-policy"] == "same-origin"
    assert found["cross-origin-resource-policy"] == "same-origin"
