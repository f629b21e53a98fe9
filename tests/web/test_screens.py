"""Pages as a program asks for them: what each shows of the project, and how the screens are listed."""

from __future__ import annotations

import datetime
import re

import msgspec
import pytest
from starlette.testclient import TestClient

from twosource.corpus_records import Dependence, Relation
from twosource.deciding import decided_claims
from twosource.records import Origin, Reading
from twosource.store import Project
from twosource.store.lineage import keep_dependences, keep_prints, reports_with
from twosource.web.navigation import NAVIGATION
from twosource.web.routing import Ask
from twosource.web.screens import WAYS
from twosource.web.wording import compare_path
from web.desk_reports import HOSTILE, OVERRIDE, at, example_readings, keep_readings, make_report

DAY = datetime.date(2019, 4, 10)


def fill(project: Project) -> None:
    """Two reports of one text, one of them hostile, and a coded one."""
    origin = Origin(path=f"in/{OVERRIDE}.txt", line=7, sha256="ab" * 32, encoding="utf-8")
    bodies = {"first": "The bridge at Kerat was closed.", f"second {HOSTILE}": "The bridge at Kerat was closed today."}
    readings = [
        Reading(
            report=msgspec.structs.replace(
                make_report(name, body, title=name, published=DAY, outlet=outlet), origin=origin
            ),
            fingerprint="tests",
        )
        for (name, body), outlet in zip(bodies.items(), ("Darm Post", HOSTILE), strict=True)
    ]
    keep_readings(project, [*readings, example_readings()[0]])
    with project.writing() as connection:
        reports = list(reports_with(connection, bodies).values())
        keep_prints(connection, "x", reports, {one.id: frozenset() for one in reports})
        earlier, later = bodies
        found = Dependence(earlier=earlier, later=later, relation=Relation.REPRINT, reason=HOSTILE, likelihood=1.0)
        keep_dependences(connection, list(bodies), [found])


def test_every_entry_of_the_bar_has_its_page(client: TestClient) -> None:
    assert {f"/{entry.name}" for entry in NAVIGATION} <= {way.path for way in WAYS if isinstance(way, Ask)}
    for entry in NAVIGATION:
        page = client.get(f"/{entry.name}").text
        assert re.findall(r'<a href="/(\w+)" aria-current="page">', page) == [entry.name]


def test_a_banner_says_what_a_report_is_a_reprint_of_and_the_other_who_reprints_it(client: TestClient) -> None:
    earlier = client.get("/reports/first").text
    assert "Reprinted by" in earlier
    later = client.get(re.findall(r'<span class="relation">Reprinted by</span>\s*<a href="([^"]+)"', earlier)[0]).text
    assert "Reprint of" in later
    assert 'href="/reports/first"' in later


def test_two_reports_side_by_side_show_the_words_that_differ(client: TestClient) -> None:
    page = client.get(compare_path("first", f"second {HOSTILE}")).text
    assert re.findall(r"<(?:ins|del)>([^<]*)</", page)[-1] == " today"
    assert "<script>document" not in page
    assert client.get(compare_path("first", "first")).status_code == 404
    assert client.get(compare_path("first", "none")).status_code == 404


def test_a_word_on_two_reports_is_kept_from_where_they_stand_side_by_side(client: TestClient) -> None:
    path = compare_path("first", f"second {HOSTILE}")
    form = {"csrf": client.app.state.desk.csrf, "about": "lineage", "back": "compare", "seen": "0"}  # type: ignore[attr-defined]
    sent = {**form, "subject": ["first", f"second {HOSTILE}"], "verdict": "different", "reason": "own reporter"}
    answer = client.post("/review", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert "by a person’s decision" in client.get(path).text
    again = client.post("/review", data={**sent, "verdict": "same"})
    assert again.status_code == 409
    assert "own reporter" in again.text


@pytest.mark.parametrize(
    ("about", "verdict"), [("lineage", "maybe"), ("claim", "same"), ("nothing", "same"), ("entity", "merge")]
)
def test_a_decision_that_cannot_be_meant_is_refused(client: TestClient, about: str, verdict: str) -> None:
    form = {"csrf": client.app.state.desk.csrf, "about": about, "verdict": verdict}  # type: ignore[attr-defined]
    answer = client.post("/review", data={**form, "subject": ["first", "second"], "reason": "x"})
    assert answer.status_code == 400


def test_a_report_tells_where_its_bytes_came_from(client: TestClient) -> None:
    page = client.get("/reports/first").text
    assert "ab" * 32 in page
    assert "line 7" in page
    assert OVERRIDE not in page


@pytest.mark.parametrize(
    ("sort", "first"), [("newest", "first"), ("oldest", "first"), ("outlet", "second"), ("none such", "first")]
)
def test_reports_are_listed_in_the_order_asked_for(client: TestClient, sort: str, first: str) -> None:
    page = client.get("/reports", params={"sort": sort, "q": "bridge"}).text
    assert re.findall(r'<a href="/reports/(\w+)', page)[0] == first


def test_reports_of_one_outlet_or_agency_are_listed(client: TestClient) -> None:
    page = client.get("/reports", params={"outlet": "Darm Post"}).text
    assert re.findall(r'<th scope="row">\s*<a href="([^"]+)"', page) == ["/reports/first"]
    assert "of <bdi>Darm Post</bdi>" in page
    assert "No report is like that" in client.get("/reports", params={"agency": "AP"}).text


@pytest.mark.parametrize("path", ["/sources", "/sources/families", "/sources/agencies", "/reports", "/review"])
def test_hostile_names_stay_words_on_every_list(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert "<script>document" not in page
    assert "<img" not in page
    assert OVERRIDE not in page


def test_an_older_version_takes_no_decisions(client: TestClient, own: Project) -> None:
    claim = decided_claims(own, example_readings()[0].report.id)[0]
    assert claim.seen == 0
    page = client.get(f"/reports/{example_readings()[0].report.id}").text
    assert page.count('data-act="accept"') == len(decided_claims(own, example_readings()[0].report.id))


def test_the_name_beside_decisions_is_kept_in_the_browser(client: TestClient) -> None:
    csrf = client.app.state.desk.csrf  # type: ignore[attr-defined]
    answer = client.post("/name", data={"csrf": csrf, "name": " ليلى \n<b> ", "report": "first"})
    assert answer.headers["location"] == "/reports/first#claims"
    assert "You decide as <bdi>ليلى &lt;b&gt;</bdi>" in client.get("/reports/first").text
    client.post("/name", data={"csrf": csrf, "name": ""})
    assert "ليلى" not in client.get("/reports/first").text


def test_a_claim_form_for_what_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/claims/form?report=none").status_code == 404
    assert client.get("/claims/form?report=first&claim=none").status_code == 404


def test_offsets_beyond_the_text_leave_the_form_empty(client: TestClient) -> None:
    page = client.get("/claims/form?report=first&start=900&end=950").text
    assert re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page) == [""]


def test_words_at_offsets_stand_in_the_form(client: TestClient) -> None:
    text = make_report("first", "The bridge at Kerat was closed.", title="first").text
    span = at(text, "bridge at Kerat")
    page = client.get(f"/claims/form?report=first&start={span.start}&end={span.end}").text
    assert re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page) == ["bridge at Kerat"]
