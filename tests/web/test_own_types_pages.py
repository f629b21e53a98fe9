"""Own types on the desk: defined by a file, shown with their claims, a filter and a label of the list of claims."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from twosource.closed_sets import ClaimType
from twosource.corpus_records import OwnRule, OwnType
from twosource.deciding.own_types import define_types, own_rule, own_types
from twosource.store import Project
from twosource.views.events import find_events
from twosource.web.pages.own_types import rule_words
from web.at_desk import at_desk
from web.desk_reports import HOSTILE, foreign_reading, keep_readings
from web.event_reports import event_project

TOML = f"""
[[type]]
name = "Town <shelled>"
definition = '{HOSTILE.replace("'", '"')}'
[[type.is]]
types = ["shelling"]
words = ["Kerat"]
"""


def fill(project: Project) -> None:
    keep_readings(project, [foreign_reading()])


def send(client: TestClient, content: str | None = None, **fields: str) -> tuple[int, str]:
    token = re.findall(r'name="csrf" value="([^"]+)"', client.get("/types").text)[0]
    files = {"file": ("own.toml", content.encode())} if content is not None else None
    answer = client.post("/types", data={"csrf": token, **fields}, files=files)
    return answer.status_code, answer.text


def test_a_file_defines_types_that_label_and_filter_claims(client: TestClient, own: Project) -> None:
    assert "Own type</label>" not in client.get("/claims").text
    assert send(client, TOML)[0] == 303
    page = client.get("/types").text
    assert "1 claim<" in page
    assert HOSTILE not in page
    listed = client.get("/claims").text
    assert listed.count('class="own-type"') == 1
    assert "Town &lt;shelled&gt;" in listed
    filtered = client.get("/claims", params={"own": "town <shelled>"}).text
    assert filtered.count('<li class="claim ') == 1
    assert client.get("/claims", params={"own": "other"}).status_code == 400


def test_a_type_is_taken_out_by_a_button(client: TestClient, own: Project) -> None:
    send(client, TOML)
    assert send(client, forget="Town <shelled>")[0] == 303
    assert own_types(own) == ()


@pytest.mark.parametrize(
    ("content", "fields", "why"),
    [
        ("x", {}, "no TOML"),
        (None, {}, "choose a TOML or CSV file first"),
        (None, {"forget": "none such"}, "there is no own type"),
    ],
)
def test_what_is_wrong_is_told(client: TestClient, content: str | None, fields: dict[str, str], why: str) -> None:
    status, page = send(client, content, **fields)
    assert status == 400
    assert why in page


def test_a_rule_is_told_in_words() -> None:
    rule: OwnRule = own_rule({"types": ["shelling", "attack"], "words": ["market"], "negated": False})
    assert rule_words(rule) == "Shelling or Attack; words “market”; not negated"


def test_events_are_labelled_and_filtered_by_own_types(tmp_path: Path) -> None:
    shelled = OwnType(name="Shelled", definition="d", rules=(own_rule({"types": ["shelling"]}),))
    with event_project(tmp_path / "e.db") as project:
        with at_desk(project) as client:
            before = client.get("/events").text
            define_types(project, [shelled], who="Ana", reason="r")
            listed = client.get("/events").text
            filtered = client.get("/events?own=shelled").text
            assert client.get("/events?own=other").status_code == 400
        expected = [one for one in find_events(project) if ClaimType.SHELLING in one.types]
    assert expected
    assert 'class="own-type"' not in before
    assert listed.count('class="own-type"') == filtered.count('class="own-type"') == len(expected)
    assert filtered.count('<li class="event ') == len(expected) < listed.count('<li class="event ')
