"""The dossier for print, and the same choice as one file."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from twosource.store import Project
from twosource.views.claims import ClaimFilter, find_claims
from web.desk_reports import OVERRIDE


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<li id="q(\d+)">', page)]


def test_every_quotation_is_numbered_and_opens_its_sentence(client: TestClient, project: Project) -> None:
    page = client.get("/dossier?place=Nevrin").text
    found = find_claims(project, ClaimFilter(place="Nevrin"), limit=None)
    assert numbers(page) == list(range(1, len(found) + 1))
    links = re.findall(r'<blockquote dir="auto"><a href="([^"]+)"', page)
    assert {link.partition("#")[2] for link in links} == {row.claim.id for row in found}


def test_every_report_quoted_is_among_the_references_with_its_archived_original(client: TestClient) -> None:
    page = client.get("/dossier").text
    cited = set(re.findall(r'href="#(r\d+)"', page))
    assert cited == set(re.findall(r'<li id="(r\d+)">', page))
    assert page.count('href="/originals/') == len(cited)


def test_a_dossier_of_one_kind_of_figure_holds_no_other_claims(client: TestClient, project: Project) -> None:
    page = client.get("/dossier?kind=killed").text
    with_dead = [
        row for row in find_claims(project, limit=None) if any(figure.kind == "killed" for figure in row.claim.figures)
    ]
    assert len(numbers(page)) == len(with_dead) > 0
    assert "/dossier/file" not in page


def test_the_file_holds_the_same_choice_and_is_for_keeping(client: TestClient) -> None:
    answer = client.get("/dossier/file?place=Nevrin")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "Nevrin" in answer.text
    assert "<h1>Nevrin</h1>" in answer.text


@pytest.mark.parametrize("path", ["/claims?place=Nevrin", "/figures?place=Nevrin"])
def test_lists_lead_to_the_dossier_of_the_same_filter(client: TestClient, path: str) -> None:
    link = re.findall(r'class="onwards" href="([^"]+)"', client.get(path).text)[0]
    assert "place=Nevrin" in link
    assert numbers(client.get(link).text)


@pytest.mark.parametrize("query", ["kind=cows", "type=cows", "since=x", "event=none", "family=cows"])
@pytest.mark.parametrize("path", ["/dossier", "/dossier/file"])
def test_what_cannot_be_asked_is_told(client: TestClient, path: str, query: str) -> None:
    assert client.get(f"{path}?{query}").status_code == 400


def test_hostile_words_stay_words(client: TestClient) -> None:
    page = client.get("/dossier").text
    assert "<script>document" not in page
    assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', page))
    assert OVERRIDE not in page
