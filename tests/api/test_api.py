from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from twosource.api.app import make_api
from twosource.api.openapi import BASE, document
from twosource.api.resources import LISTS, SINGLES
from twosource.store import Project, open_project


@pytest.fixture(scope="module")
def client(project: Project) -> Iterator[TestClient]:
    with TestClient(make_api(project), raise_server_exceptions=True) as made:
        yield made


NEEDED = {"silences": "place=Vale"}
"""What must stand in the query of a list."""


def asked(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_list_answers_with_a_page(client: TestClient) -> None:
    for one in LISTS:
        page = asked(client, f"/{one.name}?{NEEDED.get(one.name, '')}")
        assert page["total"] >= len(page["items"])
        assert page["next"] is None


def test_claims_come_with_their_words_and_their_report(client: TestClient) -> None:
    page = asked(client, "/claims?type=shelling&since=2024-03-01&until=2024-03-01")
    (item,) = page["items"]
    assert item["evidence"] == ["Norland shelled Vale on 2024-03-01, killing 3"]
    assert item["report"]["outlet"] == "River Post"
    assert item["claim"]["figures"][0]["low"] == 3


def test_the_next_page_keeps_the_filter(client: TestClient) -> None:
    first = asked(client, "/claims?limit=1&actor=Norland&family=control")
    assert (first["total"], first["next"]) == (1, None)
    first = asked(client, "/claims?limit=2&text=Norland")
    assert first["next"] == f"{BASE}/claims?text=Norland&limit=2&offset=2"
    second = asked(client, first["next"].removeprefix(BASE))
    assert len(second["items"]) == 1
    assert second["items"][0] not in first["items"]


def test_a_report_whose_id_holds_a_slash_is_found(client: TestClient) -> None:
    view = asked(client, "/reports/b/1")
    assert view["reading"]["report"]["id"] == "b/1"
    assert len(view["reading"]["claims"]) == 2


@pytest.mark.parametrize("path", ["/reports/none", "/events/none", "/actors/none", "/nowhere"])
def test_what_is_not_there_is_told_as_a_problem(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("type=storm", "storm"),
        ("since=yesterday", "since"),
        ("limit=0", "from 1 to 500"),
        ("offset=-1", "from 0"),
        ("colour=red", "no parameter 'colour'"),
        ("type=shelling&type=attack", "twice"),
        ("text=%00", "NUL"),
        ("family=none", "family"),
    ],
)
def test_a_query_that_can_not_be_meant_is_told(client: TestClient, query: str, says: str) -> None:
    answer = client.get(f"/claims?{query}")
    assert answer.status_code == 400
    assert says in answer.json()["detail"]


def test_nothing_can_be_sent(client: TestClient) -> None:
    assert client.post("/claims").status_code == 405


def test_the_document_names_every_path_and_every_schema_that_it_uses(client: TestClient) -> None:
    served = asked(client, "/openapi.json")
    assert served == json.loads(json.dumps(document()))
    assert set(served["paths"]) == {f"/{one.name}" for one in LISTS} | {
        f"/{one.name}/{{id}}" if one.of_many else f"/{one.name}" for one in SINGLES
    }
    used = {part.split('"')[0] for part in json.dumps(served).split("#/components/schemas/")[1:]}
    assert used <= set(served["components"]["schemas"])
    assert "http" not in json.dumps(served["paths"])


def test_two_answers_to_one_question_are_the_same_bytes(client: TestClient) -> None:
    assert client.get("/claims").content == client.get("/claims").content


def test_an_empty_project_answers_too(tmp_path: Path) -> None:
    with open_project(tmp_path / "b.db", create=True) as project, TestClient(make_api(project)) as client:
        for one in LISTS:
            assert asked(client, f"/{one.name}?{NEEDED.get(one.name, '')}") == {"items": [], "total": 0, "next": None}
