"""The pages of actors: their list, one actor, the network of relations, and decisions on names."""

from __future__ import annotations

import datetime
import itertools
import re

import msgspec
import pytest
from starlette.testclient import TestClient

from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.corpus_records import DecisionKind
from twosource.identifying import identify
from twosource.spans import Span
from twosource.store import Project
from twosource.store.decisions import decisions_in_force
from twosource.views import tellings
from twosource.views.actors import list_actors
from twosource.views.decisions import DecisionState, list_decisions
from twosource.views.relations import Relationship, relationships
from twosource.views.tellings import Basis, Saying
from twosource.web.network import MOST_EDGES, Edge, drawing_of
from twosource.web.pages.actors import actor_path
from web.desk_reports import HOSTILE, OVERRIDE, example_readings, hostile_reading, keep_readings

SHIELD, FRONT = "name:odrel-shield", "name:darrem-free-front"


def fill(project: Project) -> None:
    keep_readings(project, [*example_readings(), hostile_reading()])
    identify(project)


def edge(first: str, second: str, type_: ClaimType = ClaimType.BACKS, lineages: int = 1) -> Edge:
    said = Saying(
        claim=f"{first}{second}",
        report="r",
        outlet=None,
        published=None,
        type=type_,
        speakers=("r",),
        own_voice=True,
        via=(),
        stance=Stance.ASSERTS,
        certainty=Certainty.CERTAIN,
        status=Status.ONGOING,
        negated=False,
        words=("words",),
        spans=(Span(0, 5),),
    )
    told = Relationship(
        type=type_,
        first=first.partition(":")[2],
        second=second.partition(":")[2],
        since=None,
        first_told=None,
        last_told=None,
        ended=0,
        denied=0,
        sayings=(said,),
        basis=Basis(claims=lineages, reports=lineages, lineages=lineages),
    )
    return Edge(first=first, second=second, told=told)


def test_the_same_relations_are_drawn_in_the_same_places() -> None:
    edges = [edge(f"name:{one}", f"name:{one + 1}") for one in range(9)]
    assert drawing_of(edges) == drawing_of(list(edges))


def test_names_in_the_drawing_never_cover_each_other() -> None:
    drawn = drawing_of([edge(f"name:{one}", f"name:{(one * 7) % 23}") for one in range(1, 23)])
    assert drawn is not None
    for side in (True, False):
        heights = sorted(node.y for node in drawn.nodes if node.left is side)
        assert all(later - earlier >= 29 for earlier, later in itertools.pairwise(heights))


def test_only_so_many_of_the_strongest_relations_are_drawn() -> None:
    edges = [edge("name:hub", f"name:{one}") for one in range(60)]
    drawn = drawing_of(edges)
    assert drawn is not None
    assert len(drawn.nodes) <= 26
    assert len(drawn.curves) <= MOST_EDGES
    assert [curve.edge for curve in drawn.curves] == edges[: len(drawn.curves)]
    assert drawn.left_out == 60 - len(drawn.curves)


def test_people_without_a_name_of_their_own_are_drawn_last_and_never_alone() -> None:
    assert drawing_of([edge("generic:r:army", "generic:r:rebels"), edge("name:a", "name:a")]) is None
    drawn = drawing_of([edge("name:a", "generic:r:rebels"), edge("name:a", "name:b")])
    assert drawn is not None
    assert [curve.edge.second for curve in drawn.curves] == ["name:b", "generic:r:rebels"]


def test_a_relation_that_holds_both_ways_has_no_arrow() -> None:
    drawn = drawing_of([edge("name:a", "name:b", ClaimType.ALLIED_WITH), edge("name:a", "name:b", ClaimType.LEADS)])
    assert drawn is not None
    assert [bool(curve.head) for curve in drawn.curves] == [False, True]
    assert drawn.curves[0].path != drawn.curves[1].path


def test_the_list_leads_to_every_actor(client: TestClient, own: Project) -> None:
    page = client.get("/actors").text
    links = re.findall(r'class="name"><a href="([^"]+)"', page)
    assert links == [actor_path(row.entity.id) for row in list_actors(own, limit=30)]
    for link in links[:5]:
        assert client.get(link).status_code == 200


def test_the_list_is_found_by_name(client: TestClient) -> None:
    page = client.get("/actors?name=shield", headers={"HX-Request": "true"}).text
    assert "<html" not in page
    assert set(re.findall(r'class="name"><a href="([^"]+)"', page)) >= {f"/actors/{SHIELD}"}
    assert "No actor has such a name" in client.get("/actors?name=zzz").text


def test_an_actor_is_shown_with_its_names_and_who_uses_them(client: TestClient) -> None:
    page = client.get(f"/actors/{SHIELD}").text
    assert "Odrel Shield" in page
    assert "Quillon Press" in page
    assert "Why it is this actor’s" in page


def test_an_actor_that_is_not_there_is_told(client: TestClient) -> None:
    assert client.get("/actors/name:none").status_code == 404


def test_every_edge_opens_its_evidence(client: TestClient) -> None:
    page = client.get("/actors/network").text
    rows = set(re.findall(r'<li class="relation [^"]*" id="([^"]+)"', page))
    assert rows
    assert set(re.findall(r'<a class="edge [^"]*" href="#([^"]+)"', page)) <= rows
    quotes = re.findall(r'<blockquote dir="auto"><a href="([^"]+)"', page)
    path, _, claim = quotes[0].partition("#")
    assert f'id="{claim}"' in client.get(path).text


def test_the_network_is_narrowed_by_relation_and_name(client: TestClient) -> None:
    page = client.get("/actors/network?relation=leads").text
    assert set(re.findall(r'<li class="relation r-(\w+)"', page)) <= {"leads"}
    assert "No relation is like that" in client.get("/actors/network?name=zzz").text


def test_a_name_is_looked_for_before_the_claims_are_cut(
    client: TestClient, own: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = relationships(own)
    oldest = min(every, key=lambda one: one.last_told or datetime.date.max)
    monkeypatch.setattr(tellings, "_FEW", 0)
    monkeypatch.setattr(tellings, "_MOST_ON_A_PAGE", 2)
    page = client.get("/actors/network", params={"name": oldest.first, "relation": oldest.type.value}).text
    assert f'<li class="relation r-{oldest.type.value}"' in page
    page = client.get("/actors/network").text
    assert "Only the 2 claims published last are looked at" in page
    assert re.search(r'<a href="/actors/network\?published_until=[^"]+" rel="prev">', page)


def test_an_actor_leads_to_relations_that_were_not_looked_at(
    client: TestClient, own: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = next(one.entity for one in list_actors(own) if len(one.entity.names) > 1)
    monkeypatch.setattr(tellings, "_FEW", 0)
    monkeypatch.setattr(tellings, "_MOST_ON_A_PAGE", 1)
    page = client.get(actor_path(several.id)).text
    _, _, others = page.partition("Those told under another name")
    assert re.findall(r"<bdi>([^<]+)</bdi></a>", others)[0] == several.names[1]
    every = client.get("/actors/network").text
    assert "Only the 1 claims published last" in every


def test_the_page_of_an_actor_in_a_small_project_looks_at_all(client: TestClient) -> None:
    page = client.get(f"/actors/{SHIELD}").text
    assert "told under another name" not in page
    assert "published last are looked at" not in page


def test_the_network_is_narrowed_by_days_and_tells_of_a_day_that_can_t_be(client: TestClient) -> None:
    assert "No relation is like that" in client.get("/actors/network?since=1950-01-01&until=1950-02-01").text
    page = client.get("/actors/network?since=yesterday")
    assert page.status_code == 400
    assert "is no day" in page.text


def test_somebody_nameless_of_a_copy_has_the_relations_that_all_copies_tell() -> None:
    [said] = edge("generic:r:army", "name:a").told.sayings
    copies = (said, msgspec.structs.replace(said, report="copy"))
    found = edge("generic:r:army", "name:a")
    told = msgspec.structs.replace(found.told, sayings=copies)
    ends = msgspec.structs.replace(found, told=told).ends
    assert ends == {"generic:r:army", "generic:copy:army", "name:a"}


def decided(own: Project) -> list[str]:
    with own.looking() as connection:
        return [one.verdict for one in decisions_in_force(connection, DecisionKind.ENTITY)]


def test_two_are_said_to_be_different_and_that_is_taken_back(client: TestClient, own: Project) -> None:
    csrf = client.app.state.desk.csrf  # type: ignore[attr-defined]
    sent = {"csrf": csrf, "actor": SHIELD, "name": "Odrel Shield", "verdict": "different", "reason": "two groups"}
    answer = client.post("/actors/decide", data={**sent, "words": "Darrem Free Front"})
    assert answer.status_code == 303
    assert decided(own) == ["different"]
    page = client.get(answer.headers["location"]).text
    assert "two groups" in page
    number = re.findall(r'name="undoes" value="(\d+)"', page)[0]
    client.post("/actors/decide", data={**sent, "verdict": "undo", "undoes": number, "seen": number})
    assert decided(own) == []
    assert "taken back" in client.get(f"/actors/{SHIELD}").text


def test_two_that_are_said_to_be_one_are_found_by_either_name(client: TestClient) -> None:
    desk = client.app.state.desk  # type: ignore[attr-defined]
    sent = {"csrf": desk.csrf, "actor": SHIELD, "name": "Odrel Shield", "verdict": "same", "other": FRONT}
    answer = client.post("/actors/decide", data=sent)
    desk.imports.close()  # waits until names were brought together
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    assert "Darrem Free Front" in page.text


def test_a_merge_holds_leads_on_from_the_old_address_and_can_be_taken_back(client: TestClient, own: Project) -> None:
    sent = {"csrf": client.app.state.desk.csrf, "actor": SHIELD, "name": "Odrel Shield"}  # type: ignore[attr-defined]
    client.post("/actors/decide", data={**sent, "verdict": "same", "other": FRONT, "reason": "renamed"})
    identify(own)
    [row] = list_decisions(own, kind=DecisionKind.ENTITY)
    assert (row.state, row.why) == (DecisionState.IN_FORCE, "")
    answers = {path: client.get(path) for path in (actor_path(SHIELD), actor_path(FRONT))}
    gone, stays = sorted(answers, key=lambda path: answers[path].status_code == 200)
    assert (answers[gone].status_code, answers[gone].headers["location"]) == (303, stays)
    page = answers[stays].text
    assert re.search(r"<strong>Same</strong>: <bdi>[^<]*(Front|Shield)</bdi> and <bdi>", page)
    undo = {**sent, "verdict": "undo", "undoes": str(row.decision.number), "seen": str(row.seen)}
    assert f'name="undoes" value="{row.decision.number}"' in page
    client.post("/actors/decide", data=undo)
    identify(own)
    assert [client.get(path).status_code for path in answers] == [200, 200]


@pytest.mark.parametrize("verdict", ["same", "maybe", "undo"])
def test_a_decision_that_cannot_be_meant_is_refused(client: TestClient, own: Project, verdict: str) -> None:
    csrf = client.app.state.desk.csrf  # type: ignore[attr-defined]
    sent = {"csrf": csrf, "actor": SHIELD, "verdict": verdict, "words": "Odrel Shield", "undoes": "7"}
    assert client.post("/actors/decide", data=sent).status_code == 400
    assert decided(own) == []


@pytest.mark.parametrize("path", ["/actors?generic=1", "/actors/network", "/actors?name=%3Cscript%3E"])
def test_hostile_names_stay_words(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert "<script>document" not in page
    assert "<img" not in page
    assert OVERRIDE not in page


def test_the_page_of_a_hostile_actor_is_sound(client: TestClient, own: Project) -> None:
    found = [row.entity.id for row in list_actors(own, generic=True) if HOSTILE in row.entity.names]
    assert found
    for id_ in found:
        page = client.get(actor_path(id_))
        assert page.status_code == 200
        assert "<script>document" not in page.text
