"""A form that came after somebody else's decision on the same thing, as a browser without scripts is answered."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from twosource import coding, deciding
from twosource.coding import Start
from twosource.deciding import DecidedClaim, Mark
from twosource.store import Project
from twosource.views.decisions import count_decisions
from web.at_desk import FROM_HERE, HOME
from web.desk_reports import HOSTILE, foreign_reading, keep_readings


def fill(project: Project) -> None:
    keep_readings(project, [foreign_reading()])


def claim(project: Project) -> DecidedClaim:
    return deciding.decided_claims(project, "foreign")[0]


def reject(project: Project, who: str = "Ana", reason: str = "a drill") -> int:
    return deciding.reject(project, "foreign", claim(project).claim.id, who=who, reason=reason).number


def send(client: TestClient, path: str = "/claims/decide", referer: str = "", **typed: str) -> tuple[int, str]:
    """Sends a form of the claim as a browser does that stands at ``referer``; the page's words and links."""
    form = {"csrf": client.app.state.desk.csrf, "report": "foreign", **typed}  # type: ignore[attr-defined]
    answer = client.post(path, data=form, headers=FROM_HERE | ({"Referer": referer} if referer else {}))
    return answer.status_code, answer.text


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.split("<main")[1])).split())


def under(page: str, heading: str) -> str:
    """The words of the page's section below a heading."""
    return words_of(page).split(heading)[1].split("Every entry on it")[0]


def way_back(page: str) -> str:
    [path] = re.findall(r'<a href="([^"]+)">Load the page again</a>', page)
    return html.unescape(path)


def test_the_page_tells_what_was_decided_what_was_sent_and_leads_back(client: TestClient, own: Project) -> None:
    id_ = claim(own).claim.id
    number = reject(own)
    shown = f"/reports/foreign?at=0#{id_}"
    status, page = send(client, referer=HOME + shown, claim=id_, verdict="accept", reason="seen by two", seen="0")
    assert status == 409
    assert "Somebody else decided meanwhile What you sent was not kept" in words_of(page)
    assert "did not show yet what Ana decided" in words_of(page)
    assert all(words in under(page, "What happened") for words in ("Claim rejected", "a drill", "Ana", "applies"))
    assert under(page, "What stands now").strip() == "That decision."
    assert "seen by two" in words_of(page).split("What you sent")[-1]
    assert f'href="/decisions?number={number}"' in page
    assert "Take back" not in page
    assert way_back(page) == f"/reports/foreign?at=0#{id_}"
    assert client.get(way_back(page)).status_code == 200
    assert (claim(own).mark, count_decisions(own)) == (Mark.REJECTED, 1)


def test_where_the_entry_takes_another_back_the_one_that_counts_again_is_shown(
    client: TestClient, own: Project
) -> None:
    id_ = claim(own).claim.id
    first = reject(own, reason="a drill")
    deciding.accept(own, "foreign", id_, who="Ana", reason="not a drill")
    deciding.undo(own, 2, who="Basil", reason="it was one")
    _, page = send(client, claim=id_, verdict="undo", undoes="2", seen="2")
    assert "did not show yet what Basil took back" in words_of(page)
    assert "Entry 2 taken back" in under(page, "What happened")
    assert "a drill" in under(page, "What stands now")
    deciding.undo(own, first, who="Basil", reason="neither")
    _, page = send(client, claim=id_, verdict="accept", seen="1")
    assert under(page, "What stands now").strip() == "No decision: it is as the engine read it."


@pytest.mark.parametrize("referer", ["", f"{HOME}/claims/decide", "https://evil.example/reports/foreign"])
def test_without_a_page_to_go_back_to_it_leads_to_the_thing(client: TestClient, own: Project, referer: str) -> None:
    id_ = claim(own).claim.id
    reject(own)
    _, page = send(client, referer=referer, claim=id_, verdict="accept", seen="0")
    assert way_back(page) == f"/reports/foreign#{id_}"
    assert "evil" not in page


def test_another_page_is_led_back_to_as_it_is(client: TestClient, own: Project) -> None:
    reject(own)
    _, page = send(client, referer=f"{HOME}/review?about=claims", claim=claim(own).claim.id, verdict="accept", seen="0")
    assert way_back(page) == "/review?about=claims"


def test_what_was_decided_under_the_same_name_is_no_other_s(client: TestClient, own: Project) -> None:
    reject(own, who="Ana  Moro")
    client.cookies.set("twosource-name", "ana%20moro")
    _, page = send(client, claim=claim(own).claim.id, verdict="accept", seen="0")
    assert "Decided meanwhile under your name" in words_of(page)
    assert "did not show yet what was decided under your name, as in another window." in words_of(page)
    assert "Somebody else" not in page


def test_words_of_others_stay_words(client: TestClient, own: Project) -> None:
    reject(own, who=HOSTILE, reason=HOSTILE)
    _, page = send(client, claim=claim(own).claim.id, verdict="accept", reason=HOSTILE, seen="0")
    assert "<script>document" not in page
    assert "<img" not in page


def test_what_is_coded_blind_tells_no_more_than_that_it_was_overtaken(client: TestClient, own: Project) -> None:
    id_ = claim(own).claim.id
    coding.set_task(own, "pilot", reports=["foreign"], coders=("Ana", "Ben"), start=Start.CLAIMS, who="Lead")
    coding.reject(own, "pilot", "Ana", "foreign", id_, reason="in another window")
    client.cookies.set("twosource-name", "Ana")
    back = "/coding/report?task=pilot&report=foreign"
    typed = {"task": "pilot", "claim": id_, "verdict": "accept", "seen": "0"}
    status, page = send(client, "/coding/claims", referer=HOME + back, **typed)
    assert status == 409
    assert "in another window" in words_of(page)
    assert "What stands now" not in page
    assert "/decisions?number" not in page
    assert way_back(page) == back
