"""Sentences without a claim as the desk shows them: ticked off by a form, for everybody."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from twosource import deciding
from twosource.spans import Span
from twosource.store import Project
from twosource.web.looking import progress_in
from web.desk_reports import HOSTILE, changed_readings, foreign_reading, keep_readings

PAGE = "/reports/changed"
RUN = "15-45"  # the body of the version that stands, below its title


def fill(project: Project) -> None:
    keep_readings(project, [*changed_readings(), foreign_reading()])


def token(client: TestClient) -> str:
    return re.findall(r'name="csrf" value="([^"]+)"', client.get(PAGE).text)[0]


def send(client: TestClient, **fields: str) -> int:
    return client.post("/sentences", data={"csrf": token(client), "report": "changed", **fields}).status_code


def test_a_form_ticks_a_sentence_off_and_takes_it_back(client: TestClient, own: Project) -> None:
    assert "<strong>0 of 1</strong>" in client.get(PAGE).text
    assert send(client, look=RUN) == 303
    page = client.get(PAGE).text
    assert "<strong>1 of 1</strong>" in page
    assert 'aria-checked="true"' in page
    assert send(client, undo="1 ") == 303
    assert "<strong>0 of 1</strong>" in client.get(PAGE).text


def test_a_second_person_sees_who_looked(client: TestClient, own: Project) -> None:
    deciding.look(own, "changed", Span(15, 45), who=HOSTILE)
    page = client.get(PAGE).text
    assert "looked-by" in page
    assert HOSTILE not in page


def test_the_list_of_reports_tells_how_far_each_was_looked_through(client: TestClient, own: Project) -> None:
    assert "sentences looked at" not in client.get("/reports").text
    deciding.look(own, "changed", Span(15, 45), who="Ana")
    assert "1 of 1 sentences looked at" in client.get("/reports").text
    assert progress_in(own, ["changed", "foreign"]) == {"changed": (1, 1)}


def test_an_older_version_takes_no_ticks(client: TestClient, own: Project) -> None:
    older = re.findall(r'href="([^"]*version=[^"]*)"', client.get(PAGE).text)[0]
    page = client.get(older).text
    assert 'role="checkbox"' not in page
    assert 'id="missed"' in page


def test_a_tick_whose_words_are_gone_is_told(client: TestClient, own: Project) -> None:
    deciding.look(own, "changed", Span(15, 45), who="Ana")
    with own.writing() as connection:
        connection.exec_driver_sql("UPDATE report SET current = NOT current WHERE id = 'changed'")
    assert "1 tick no longer applies" in client.get(PAGE).text


@pytest.mark.parametrize("fields", [{}, {"look": "9000-9001"}, {"look": "x"}, {"undo": "7"}, {"undo": "x"}])
def test_what_names_no_sentence_is_refused(client: TestClient, fields: dict[str, str]) -> None:
    assert send(client, **fields) == 400


def test_a_form_without_the_token_of_the_desk_is_refused(client: TestClient) -> None:
    assert client.post("/sentences", data={"report": "changed", "look": RUN}).status_code == 403
