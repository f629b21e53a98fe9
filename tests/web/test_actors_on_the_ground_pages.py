"""The pages of the order of battle, and of who held which place."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from twosource.store import Project
from twosource.views import tellings
from twosource.views.holdings import holdings
from twosource.views.order_of_battle import order_of_battle
from web.at_desk import at_desk
from web.desk_reports import OVERRIDE


def test_every_force_is_listed_with_what_is_said_of_it(client: TestClient, project: Project) -> None:
    page = client.get("/actors/order-of-battle").text
    shown = re.findall(r'<li class="force">\s*<h2><a [^>]*><bdi>([^<]*)', page)
    assert shown == [row.name for row in order_of_battle(project)][: len(shown)]
    assert shown
    path, _, claim = re.findall(r'<blockquote dir="auto"><a href="([^"]+)"', page)[0].partition("#")
    assert f'id="{claim}"' in client.get(path).text


def test_a_place_is_listed_once_with_all_who_held_it(client: TestClient, project: Project) -> None:
    page = client.get("/actors/holdings").text
    places = re.findall(r'<div class="part">\s*<h2><bdi>([^<]*)', page)
    assert len(places) == len({row.place.casefold() for row in holdings(project).rows})
    assert len(places) == len({place.casefold() for place in places})
    assert page.count('<tr class="h-') == len(holdings(project).rows)


@pytest.mark.parametrize("path", ["/actors/order-of-battle", "/actors/holdings"])
def test_a_filter_narrows_the_list_and_wrong_days_are_told(client: TestClient, path: str) -> None:
    assert "Nothing is like that" in client.get(f"{path}?place=Nowhere").text
    assert client.get(f"{path}?since=yesterday").status_code == 400
    part = client.get(f"{path}?place=Vorrim", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "Vorrim" in part


@pytest.mark.parametrize(
    ("path", "of"),
    [
        ("/actors/order-of-battle", lambda project: {row.name for row in order_of_battle(project)}),
        ("/actors/holdings", lambda project: {row.place for row in holdings(project).rows}),
    ],
)
def test_claims_published_before_those_looked_at_are_a_link_away(
    project: Project,
    path: str,
    of: Callable[[Project], set[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def names(page: str) -> set[str]:
        return set(re.findall(r"<h2>(?:<a [^>]*>)?<bdi>([^<]*)", page))

    monkeypatch.setattr(tellings, "_FEW", 0)
    monkeypatch.setattr(tellings, "_MOST_ON_A_PAGE", 12)
    found, asked = set[str](), path
    with at_desk(project) as client:
        for _ in range(30):
            page = client.get(asked).text
            found |= names(page)
            [*links] = re.findall(r'<a href="([^"]+)" rel="prev">', page)
            if not links:
                break
            asked = html.unescape(links[0])
    assert {name.casefold() for name in found} >= {name.casefold() for name in of(project)}
    assert "Published until" in page


@pytest.mark.parametrize("path", ["/actors/order-of-battle", "/actors/holdings", "/disagreements"])
def test_hostile_words_stay_words(client: TestClient, path: str) -> None:
    page = client.get(f"{path}?place=%3Cscript%3Edocument&actor={OVERRIDE}").text
    assert "<script>document" not in page
    assert OVERRIDE not in page
