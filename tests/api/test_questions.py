"""The lists over all claims, asked of the example reports as people coded them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from coded_claims import keep_coded
from fake_reading import make_report
from twosource.api.app import make_api
from twosource.api.openapi import BASE
from twosource.store import Project, open_project

Item = dict[str, Any]


@pytest.fixture(scope="module")
def client(examples: Project) -> Iterator[TestClient]:
    with TestClient(make_api(examples)) as made:
        yield made


@pytest.fixture
def killings(tmp_path: Path) -> Iterator[TestClient]:
    """A private person and an officer, killed in one sentence."""
    report = make_report(
        "a", "Teya Orrel, a baker, and Colonel Brek Halvane were killed in Orm.", published="2031-03-05"
    )
    row = {"report": "a", "type": "kills", "evidence": [report.text[:-1]], "targets": ["Teya Orrel", "Brek Halvane"]}
    row |= {name: [] for name in ("actors", "places", "figures", "sources", "via")}
    row |= {"when": None, "stance": "asserts", "certainty": "certain", "status": "happened", "negated": False}
    with open_project(tmp_path / "k.db", create=True) as project:
        keep_coded(project, [report], [row])
        with TestClient(make_api(project)) as made:
            yield made


def asked(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("/actors?name=Darrem", lambda one: "Darrem" in one["entity"]["name"]),
        ("/agencies", lambda one: one["reports"] and one["outlets"]),
        ("/outlets", lambda one: one["name"] is None or one["last"] >= one["first"]),
        ("/dependences", lambda one: one["relation"] != "none" and one["reason"]),
        ("/disagreements?field=killed", lambda one: one["disagreement"]["field"] == "killed"),
        ("/disagreements?inside=true", lambda one: one["disagreement"]["inside"]),
        ("/figures?kind=killed&place=Nevrin", lambda one: one["kind"] == "killed" and one["saying"]["words"]),
        ("/toll?place=Nevrin&since=2019-04-10&until=2019-04-10", lambda one: one["step"]["kind"] == "killed"),
        ("/relations?relation=part_of", lambda one: one["type"] == "part_of"),
        ("/order-of-battle?place=Vorrim", lambda one: one["name"] and one["sayings"]),
        ("/holdings?place=Vorrim", lambda one: "Vorrim" in one["place"] and one["saying"]["words"]),
        ("/plans", lambda one: one["plan"]["words"]),
        ("/silences?place=Vorrim&days=3", lambda one: one["days"] >= 3),
        ("/wordings?outlets=2", lambda one: len({words["outlet"] for words in one["words"]}) >= 2),
    ],
)
def test_a_list_answers_with_what_was_asked_for(client: TestClient, path: str, holds: Callable[[Item], bool]) -> None:
    page = asked(client, path)
    assert page["items"]
    assert all(map(holds, page["items"]))
    assert page["total"] == len(page["items"])


def test_an_answer_that_is_worked_out_whole_is_given_page_by_page(client: TestClient) -> None:
    whole = asked(client, "/disagreements?inside=false")["items"]
    pages, path = [], "/disagreements?inside=false&limit=2"
    while path is not None:
        page = asked(client, path.removeprefix(BASE))
        assert page["total"] == len(whole)
        pages.append(page["items"])
        path = page["next"]
    assert all(len(items) <= 2 for items in pages)
    assert [item for items in pages for item in items] == whole


def test_what_is_kept_is_not_worked_out_for_each_page(examples: Project) -> None:
    kept: dict[Hashable, Sequence[Any]] = {}
    worked: list[Hashable] = []

    def keeper(key: Hashable, work: Callable[[], Sequence[Any]]) -> Sequence[Any]:
        if key not in kept:
            worked.append(key)
            kept[key] = work()
        return kept[key]

    with TestClient(make_api(examples, keeper)) as client:
        pages = [asked(client, f"/plans?limit=2&offset={offset}") for offset in (0, 2)]
        assert asked(client, "/plans?place=Vorrim") != asked(client, "/plans")
        asked(client, "/claims")
    assert pages[0]["items"] != pages[1]["items"]
    assert len(worked) == 2


def test_names_of_private_persons_are_withheld_unless_asked_for(killings: TestClient) -> None:
    everybody = asked(killings, "/killed?names=true")
    assert [one["name"] for one in everybody["items"]] == ["Teya Orrel", "Brek Halvane"]
    assert "Orrel" not in killings.get("/killed").text
    assert "Brek Halvane" in killings.get("/killed").text


def test_the_next_page_keeps_a_switch(killings: TestClient) -> None:
    assert asked(killings, "/killed?names=true&limit=1")["next"] == f"{BASE}/killed?names=true&limit=1&offset=1"


def test_an_actor_is_found_by_its_id(client: TestClient) -> None:
    [first] = asked(client, "/actors?limit=1")["items"]
    page = asked(client, f"/actors/{first['entity']['id']}")
    assert page["listing"] == first
    assert page["outlets"]


def test_an_event_that_is_not_there_has_no_figures(client: TestClient) -> None:
    for path in ("/figures?event=none", "/toll?event=none"):
        assert asked(client, path) == {"items": [], "total": 0, "next": None}


def test_what_must_be_given_is_asked_for(client: TestClient) -> None:
    answer = client.get("/silences")
    assert answer.status_code == 400
    assert "'place' must be given" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/relations?relation=shelling", "/killed?names=perhaps"])
def test_a_question_that_can_not_be_meant_is_told(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 400
