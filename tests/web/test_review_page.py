"""The review queue without scripts: what it shows of a claim, and the ways there and back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from twosource.corpus.events.deciding import words_of as words_of_decisions
from twosource.corpus_records import DecisionKind
from twosource.deciding import no_longer_apply
from twosource.store import Project
from twosource.store.decisions import decisions_in_force
from twosource.store.events import members_of
from twosource.web.laying import card_in, cards_in
from twosource.web.wording import compare_path, queue_path
from web.at_desk import at_desk
from web.desk_reports import doubtful_reading, due_reading, review_project

TODAY = datetime.date(2019, 5, 1)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with review_project(tmp_path / "p.db", [doubtful_reading()]) as opened:
        yield opened


@pytest.fixture
def client(project: Project) -> Iterator[TestClient]:
    with at_desk(project, today=lambda: TODAY) as made:
        yield made


def words_of(page: str) -> str:
    """The page without its markup, each run of white space as one space."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_doubtful_claim_shows_every_field_that_would_be_accepted(client: TestClient) -> None:
    page = client.get("/review?kind=doubt").text
    words = words_of(page)
    assert "the army → the Free Front" in words
    assert (
        "Where Vorrim not placed: choose When “On Friday” 12 Apr 2019 Figures “at least 12” 12 or more killed" in words
    )
    assert "Said by the mayor Via Orrel Radio asserts probable happened negated" in words
    [choice] = re.findall(r'href="(/places/choose[^"]*)"', page)
    assert "Vorrim" in client.get(unescape(choice)).text, "the way to choose the place leads there"


def test_a_plan_that_is_due_shows_its_fields_too(client: TestClient) -> None:
    words = words_of(client.get("/review?kind=due").text)
    assert "actor not said" in words
    assert "Where not said When “by April 20”" in words
    assert "<script>document" not in client.get("/review?kind=due").text


def test_the_cards_of_claims_are_those_of_the_reading_view(project: Project) -> None:
    pairs = [(claim.report, claim.id) for reading in (doubtful_reading(), due_reading()) for claim in reading.claims]
    found = cards_in(project, [*pairs, ("doubtful", "none"), ("none", "none")])
    assert found == {pair: card_in(project, *pair) for pair in pairs}


def form_in(page: str, label: str) -> dict[str, str | list[str]]:
    """The hidden fields of the first form whose words hold the label."""
    form = next(one for one in re.findall(r"<form[^>]*>.*?</form>", page, re.S) if label in one)
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form):
        found.setdefault(unescape(name), []).append(unescape(value))
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def test_what_was_decided_on_a_plan_still_says_which_plan_it_was(client: TestClient) -> None:
    form = form_in(client.get("/review?kind=due").text, "It happened")
    form |= {"subject": ["due", due_reading().claims[0].id], "verdict": "happened", "reason": "seen there"}
    answer = client.post("/review", data=form, headers={"HX-Request": "true"}).text
    words = '<blockquote dir="auto">“The army will enter Kerat by April 20”</blockquote>'
    assert words in answer
    undo = {**form_in(answer, "Take back"), "verdict": "undo", "reason": ""}
    answer = client.post("/review", data=undo, headers={"HX-Request": "true"}).text
    assert "Taken back" in answer
    assert words in answer


def test_being_unsure_of_two_reports_is_shown_beside_them_and_taken_back(client: TestClient, project: Project) -> None:
    address = compare_path("nevrin-brief", "nevrin-kornapress")
    asked = form_in(client.get(address).text, "Are they one text?")
    answer = client.post("/review", data={**asked, "verdict": "unsure", "reason": "too little to go by"})
    assert answer.headers["location"] == address
    page = client.get(address).text
    assert "Unsure , by" in words_of(page)
    assert "too little to go by" in page
    taken = {**form_in(page, "Take back"), "verdict": "undo", "reason": "read again"}
    assert client.post("/review", data=taken).headers["location"] == address
    assert "Take back" not in client.get(address).text
    assert "One text?" in client.get("/review?kind=reports").text, "it waits for a person again"


def test_being_unsure_of_a_disagreement_takes_it_off_the_queue_and_changes_no_event(
    client: TestClient, project: Project
) -> None:
    asked = form_in(client.get("/review?kind=disagreement").text, "Two events")
    client.post("/review", data={**asked, "verdict": "unsure"})
    with project.looking() as connection:
        [kept] = decisions_in_force(connection, DecisionKind.EVENT)
        members = list(members_of(connection, kept.subjects).values())
    assert (kept.verdict, words_of_decisions([kept], members)) == ("unsure", [])
    assert "Nothing of this kind waits" in client.get("/review?kind=disagreement").text
    assert no_longer_apply(project) == ()


@pytest.mark.parametrize(("kind", "back"), [("doubt", "/review?kind=doubt"), ("", "/review")])
def test_a_claim_that_is_fixed_from_the_queue_leads_back_to_it(
    client: TestClient, project: Project, kind: str, back: str
) -> None:
    links = re.findall(r'href="(/claims/form[^"]*)"', client.get(f"/review?kind={kind}").text)
    address = next(one for one in map(unescape, links) if "report=doubtful" in one)
    page = client.get(address).text
    assert f'href="{back}#claim-' in page
    claim = doubtful_reading().claims[0]
    form = {
        **form_in(page, "Keep the changes"),
        "evidence": doubtful_reading().words(claim.evidence[0]),
        "type": "shelling",
        "stance": "asserts",
        "certainty": "possible",
        "status": "happened",
    }
    wrong = client.post("/claims/form", data={**form, "actors": "Nobody here", "reason": "r"})
    assert form_in(wrong.text, "Keep the changes")["back"] == (kind or "all")
    answer = client.post("/claims/form", data={**form, "reason": "the mayor hedges"})
    assert (answer.status_code, answer.headers["location"]) == (303, back)


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "doubt\r\nX: y"])
def test_a_form_leads_back_to_the_queue_alone(back: str) -> None:
    assert re.fullmatch(r"/review\?kind=[\w%.+]+", queue_path(back))


def test_a_claim_that_is_rejected_in_the_queue_is_brought_together_anew(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(
        "twosource.web.imports.Imports.bring_together", lambda _self, *, names=True: asked.append(names)
    )
    page = client.get("/review?kind=doubt").text
    form = page[page.index('class="verdict-form"') :]
    fields = [(name, unescape(value)) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)]
    sent = dict(fields[:1]) | {name: value for name, value in fields if name in ("about", "seen", "back")}
    subjects = [value for name, value in fields if name == "subject"][:2]
    answer = client.post("/review", data={**sent, "subject": subjects, "verdict": "reject", "reason": "no attack"})
    assert (answer.status_code, asked) == (303, [False])
