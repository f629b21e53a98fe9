from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine
from starlette.testclient import TestClient

from twosource.errors import ProjectError
from twosource.records import Reading
from twosource.store import Project, open_project
from twosource.store.write import Batch, keep_batch, start_run
from twosource.web.app import make_app
from twosource.web.paging import PAGE_SIZE
from twosource.web.wording import report_path
from web.desk_reports import (
    FINGERPRINT,
    OVERRIDE,
    changed_readings,
    example_readings,
    hostile_reading,
    make_project,
    make_report,
)

HTMX = {"HX-Request": "true"}


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    return open_project(tmp_path / "empty.db", create=True)


def desk(project: Project) -> TestClient:
    return TestClient(make_app(project), base_url="http://localhost:8311", follow_redirects=False)


def test_the_first_page_is_the_list_of_reports(client: TestClient) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/reports")


def test_the_list_shows_title_outlet_date_claims_and_issues(client: TestClient) -> None:
    page = client.get("/reports").text
    row = next(row for row in page.split("<tr>") if 'href="/reports/nevrin-wire"' in row)
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split())
    assert words == "Air strike on Nevrin market kills at least 12 Quillon Press 10 Apr 2019 – 16 claims 0"


def test_words_filter_the_list_and_htmx_gets_the_list_alone(client: TestClient) -> None:
    asked = {"q": "صوت دارم"}
    whole, part = client.get("/reports", params=asked), client.get("/reports", params=asked, headers=HTMX)
    assert "<html" in whole.text
    assert "<html" not in part.text
    assert part.text.strip() in whole.text
    assert 'value="صوت دارم"' in whole.text
    assert re.findall(r'<a href="(/reports/[^"#]+)"', part.text) == ["/reports/foreign"]


def test_going_back_in_history_gets_the_whole_page(client: TestClient) -> None:
    assert "<html" in client.get("/reports", headers={**HTMX, "HX-History-Restore-Request": "true"}).text


def test_a_filter_that_finds_nothing_says_so_and_leads_back(client: TestClient) -> None:
    page = client.get("/reports", params={"q": "<b>zzz"}).text
    assert "No report holds “&lt;b&gt;zzz”" in page
    assert '<a href="/reports">' in page


@pytest.mark.parametrize("path", ["/reports", "/claims", "/issues"])
def test_an_empty_project_says_what_to_do(empty: Project, path: str) -> None:
    with empty, desk(empty) as client:
        answer = client.get(path)
    assert answer.status_code == 200
    assert "twosource read PATH... --into project.db" in answer.text


def test_long_lists_are_paged(tmp_path: Path) -> None:
    readings = [Reading(report=make_report(f"r{n:03}", "Kerat."), fingerprint="tests") for n in range(PAGE_SIZE + 1)]
    with make_project(tmp_path / "p.db", readings) as project, desk(project) as client:
        first, last = client.get("/reports").text, client.get("/reports?page=2").text
        beyond, wrong = client.get("/reports?page=99").text, client.get("/reports?page=-1%20x").text
    assert (first.count("<tr>"), last.count("<tr>")) == (PAGE_SIZE + 1, 2)
    assert 'href="/reports?page=2"' in first
    assert "Page 2 of 2" in beyond
    assert "Page 1 of 2" in wrong


def test_the_reading_view_shows_each_claim_on_both_sides(client: TestClient) -> None:
    page = client.get("/reports/nevrin-wire").text
    cards = re.findall(r'<article class="card [^"]*" id="([^"]+)" data-claim="(\d+)"', page)
    assert len(cards) == 16
    for claim, number in cards:
        assert f'href="#{claim}" data-claim="{number}" aria-controls="{claim}"' in page
        assert f'href="#in-text-{number}-1"' in page
        assert f'id="in-text-{number}-1"' in page


def test_every_report_has_its_page(client: TestClient, project: Project) -> None:
    listed = re.findall(r'<th scope="row">\s*<a href="([^"]+)"', client.get("/reports").text)
    assert len(listed) == 17
    assert {client.get(path).status_code for path in listed} == {200}


class Elements(HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


HOSTILE_PATH = report_path(hostile_reading().report.id)


@pytest.mark.parametrize("path", [HOSTILE_PATH, "/reports", "/claims?actor=script", "/issues", "/reports?q=%3Cscript"])
def test_hostile_words_stay_words(client: TestClient, path: str) -> None:
    page = client.get(path).text
    elements = Elements(page)
    assert "<script" in elements.words
    assert OVERRIDE not in page
    assert not {tag for tag, _ in elements.found} & {"img", "b", "i", "style"}
    assert not [name for _, attributes in elements.found for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("path", ["/reports", "/reports/nevrin-wire", HOSTILE_PATH, "/claims", "/issues", "/nowhere"])
def test_no_page_has_script_or_style_of_its_own_or_from_elsewhere(client: TestClient, path: str) -> None:
    for tag, attributes in Elements(client.get(path).text).found:
        assert "style" not in attributes
        assert tag != "style"
        if tag in ("script", "link"):
            assert (attributes.get("src") or attributes.get("href") or "").startswith("/static/")


def test_an_address_that_is_no_web_page_is_shown_and_not_linked(client: TestClient) -> None:
    page = client.get(HOSTILE_PATH).text
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_an_older_version_is_reachable_and_says_what_it_is(client: TestClient) -> None:
    older, newer = (reading.report for reading in changed_readings())
    current, past = client.get("/reports/changed").text, client.get(f"/reports/changed?version={older.digest}").text
    assert "Nineteen people" in current
    assert f"?version={older.digest}" in current
    assert "Twelve people" in past
    assert "This is an older version" in past
    assert "This is an older version" not in client.get(f"/reports/changed?version={newer.digest}").text


@pytest.mark.parametrize(
    "path", ["/reports/none", "/reports/changed?version=none", "/nowhere", "/static/none.js", "/static/../app.py"]
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_claims_are_filtered_by_their_values(client: TestClient) -> None:
    page = client.get("/claims", params={"type": "holds", "actor": "rebels"}).text
    assert page.count('<li class="claim ') == page.count('<span class="type">Holds</span>') > 0


def test_a_claim_in_the_list_leads_to_its_card(client: TestClient) -> None:
    page = client.get("/claims", params={"report": "nevrin-wire"}).text
    path, anchor = re.findall(r'href="(/reports/nevrin-wire)#([^"]+)"', page)[0]
    assert f'id="{anchor}"' in client.get(path).text


@pytest.mark.parametrize(
    ("query", "said"), [("since=soon", "no day"), ("type=airstrik", "airstrike"), ("family=x", "force")]
)
def test_a_filter_that_cannot_be_meant_says_what_to_do(client: TestClient, query: str, said: str) -> None:
    answer = client.get(f"/claims?{query}")
    assert answer.status_code == 400
    assert said in answer.text


def test_issues_are_listed_and_filtered_by_code(client: TestClient) -> None:
    every, one = client.get("/issues").text, client.get("/issues?code=broken-line").text
    assert every.count('<li class="issue ') == 2
    assert one.count('<li class="issue ') == 1
    assert "in/wires.jsonl" in one
    assert "line 3" in one


def test_bundles_are_kept_for_ever_and_pages_never(client: TestClient) -> None:
    page = client.get("/reports")
    assets = re.findall(r'"(/static/[^"]+)"', page.text)
    assert page.headers["cache-control"] == "no-store"
    assert {path.rsplit(".", 1)[1] for path in assets} == {"css", "js", "svg"}
    for path in assets:
        answer = client.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert client.head(path).content == b""


class Broken(Project):
    """A project that fails at every question."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(create_engine("sqlite://"), "p.db")
        self.fault = fault

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        raise self.fault
        yield


def test_a_project_that_cannot_be_read_is_told_in_words() -> None:
    with desk(Broken(ProjectError("p.db is being written by another program"))) as client:
        answer = client.get("/reports")
    assert answer.status_code == 503
    assert "p.db is being written by another program" in answer.text


def test_a_fault_of_ours_shows_nothing_of_the_inside_and_keeps_the_headers() -> None:
    app = make_app(Broken(ValueError("<inside>")))
    answer = TestClient(app, base_url="http://localhost", raise_server_exceptions=False).get("/reports")
    assert answer.status_code == 500
    assert "inside" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_bar_counts_what_is_stored_while_the_desk_is_open(tmp_path: Path) -> None:
    first, second, *_ = example_readings()
    with make_project(tmp_path / "a.db", [first]) as project:
        served = desk(project)
        for readings in ([first], [first, second]):
            keep_batch(
                project,
                start_run(project, FINGERPRINT),
                FINGERPRINT,
                Batch(readings=tuple(readings), reports=tuple(one.report for one in readings)),
            )
            claims = sum(len(one.claims) for one in readings)
            words = " ".join(re.sub(r"<[^>]+>", " ", served.get("/actors").text).split())
            assert re.search(rf"\bReports {len(readings)}\b.*\bClaims {claims}\b", words)
