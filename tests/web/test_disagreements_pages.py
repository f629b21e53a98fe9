"""The page of disagreements: both sides, each opening its sentence."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from twosource.gathering import gather
from twosource.identifying import identify
from twosource.store import Project
from twosource.views.disagreements import disagreements
from web.desk_reports import example_readings, keep_readings


def fill(project: Project) -> None:
    keep_readings(project, example_readings())
    identify(project)
    gather(project)


def test_each_disagreement_shows_both_sides_and_opens_their_sentences(client: TestClient, own: Project) -> None:
    page = client.get("/disagreements").text
    shown = re.findall(r'<li class="disagreement" id="([^"]+)"', page)
    assert shown == [row.disagreement.id for row in disagreements(own)][:25]
    links = re.findall(r'<blockquote dir="auto"><a href="([^"]+)"', page)
    assert len(links) == 2 * len(shown) > 0
    for link in links[:6]:
        path, _, claim = link.partition("#")
        assert f'id="{claim}"' in client.get(path).text


def test_disagreements_are_narrowed_by_field_and_by_where_they_are(client: TestClient, own: Project) -> None:
    every = disagreements(own)
    inside = [row for row in every if row.disagreement.inside]
    assert client.get("/disagreements?where=inside").text.count('<li class="disagreement"') == len(inside[:25])
    field = every[0].disagreement.field
    found = [row for row in every if row.disagreement.field == field]
    assert client.get(f"/disagreements?field={field}").text.count('<li class="disagreement"') == len(found[:25])
    assert "Nothing is like that" in client.get("/disagreements?field=cows").text


def test_they_are_worked_out_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/disagreements")

    def again(*args: object, **fields: object) -> None:
        raise AssertionError("worked out again")

    monkeypatch.setattr("twosource.web.pages.disagreements.disagreements", again)
    assert client.get("/disagreements?where=between").status_code == 200


def test_a_day_that_cannot_be_is_told(client: TestClient) -> None:
    assert client.get("/disagreements?until=32").status_code == 400
