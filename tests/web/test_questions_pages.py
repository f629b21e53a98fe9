"""The pages of further questions: the named killed, plans, and silence."""

from __future__ import annotations

import re

import msgspec
import pytest
from starlette.testclient import TestClient

from twosource.closed_sets import ClaimType
from twosource.records import Claim, Named, Reading
from twosource.store import Project
from twosource.views.planned import plans
from twosource.views.silence import silences
from web.desk_reports import OVERRIDE, at, example_readings, keep_readings, make_report


def death() -> Reading:
    """A private person who is killed."""
    body = "Lemma Orvid, 34, a baker, was killed in Kerat on Monday."
    report = make_report("death", body, title="A baker", outlet="Darm Post")
    span = at(report.text, "Lemma Orvid")
    claim = Claim(
        id="claim-death",
        report="death",
        type=ClaimType.KILLS,
        evidence=(at(report.text, body[:-1]),),
        trigger=at(report.text, "killed"),
        targets=(Named(name="Lemma Orvid", span=span, said_at=span),),
    )
    return Reading(report=msgspec.structs.replace(report), claims=(claim,), fingerprint="tests")


def fill(project: Project) -> None:
    keep_readings(project, [*example_readings(), death()])


def test_names_of_private_persons_are_withheld_unless_asked_for(client: TestClient) -> None:
    page = client.get("/questions/killed").text
    assert "[name withheld]" in page
    assert "Orvid" not in page
    assert "Lemma Orvid" in client.get("/questions/killed?names=1").text


def test_every_plan_stands_with_what_came_of_it(client: TestClient, own: Project) -> None:
    every = plans(own)
    page = client.get("/questions/plans").text
    assert page.count('<li class="disagreement">') == len(every[:30]) > 0
    still_open = [plan for plan in every if not plan.came and not plan.denied]
    page = client.get("/questions/plans?outcome=open").text
    assert page.count('<li class="disagreement">') == len(still_open[:30])


def test_silence_is_told_of_a_place_by_outlet(client: TestClient, own: Project) -> None:
    assert "Name a place" in client.get("/questions/silence").text
    page = client.get("/questions/silence?place=Nevrin&days=3").text
    found = silences(own, "Nevrin", days=3)
    assert re.findall(r'<th scope="row"><bdi>([^<]+)', page) == [row.outlet for row in found][:30]
    assert found


@pytest.mark.parametrize(
    "path", ["killed?since=x", "plans?until=x", "silence?place=a&days=0", "silence?place=a&since=x"]
)
def test_what_cannot_be_asked_is_told(client: TestClient, path: str) -> None:
    assert client.get(f"/questions/{path}").status_code == 400


@pytest.mark.parametrize("path", ["killed", "plans", "silence"])
def test_only_the_list_is_answered_to_htmx_and_hostile_words_stay_words(client: TestClient, path: str) -> None:
    part = client.get(f"/questions/{path}", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    page = client.get(f"/questions/{path}", params={"place": f"<script>document {OVERRIDE}"}).text
    assert "<script>document" not in page
    assert OVERRIDE not in page
