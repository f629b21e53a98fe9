"""Decisions on a report's claims that no longer apply stand on its page, with the nearest claim and a way back."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from twosource import deciding
from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding import DecidedClaim
from twosource.store import Project
from twosource.store.decisions import append
from twosource.views.decisions import list_decisions
from twosource.web.lapsed import nearest_claim
from web.desk_reports import example_readings, keep_readings

REPORT = "nevrin-wire"


def fill(project: Project) -> None:
    keep_readings(project, example_readings())


def lapsed_on(own: Project, one: DecidedClaim) -> Decision:
    """An entry on the claim as another version of the report had it, with a word more."""
    words = f"{one.evidence[0]} reportedly"
    evidence = [{"start": 0, "end": len(words), "words": words}]
    claim = {"type": one.claim.type.value, "evidence": evidence}
    told = Decision(
        kind=DecisionKind.CLAIM,
        subjects=(REPORT, "claim-of-then"),
        verdict="reject",
        reason="said of another town",
        who="Ana",
        before={"read": {"id": "claim-of-then", **claim}, "claim": claim, "digest": "of-then"},
    )
    with own.writing() as connection:
        return append(connection, told)


def test_a_decision_that_lost_its_claim_stands_beside_the_claims(client: TestClient, own: Project) -> None:
    one = deciding.decided_claims(own, REPORT)[0]
    assert 'id="lapsed"' not in client.get(f"/reports/{REPORT}").text
    kept = lapsed_on(own, one)
    page = client.get(f"/reports/{REPORT}").text
    box = page[page.index('id="lapsed"') : page.index('class="card-list"')]
    assert "1 decision on claims and places of this report no longer applies" in box
    for words in ("Claim rejected", "said of another town", "Ana", f"no {one.claim.type.value} is read in"):
        assert words in box
    assert f'#{one.claim.id}"' in box[box.index("Nearest now") :]
    csrf = client.app.state.desk.csrf  # type: ignore[attr-defined]
    sent = {name: re.findall(f'name="{name}" value="([^"]*)"', box)[0] for name in ("undoes", "seen", "report")}
    assert sent == {"undoes": str(kept.number), "seen": str(kept.number), "report": REPORT}
    answer = client.post("/decisions/undo", data={**sent, "csrf": csrf, "reason": "read again"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/reports/{REPORT}#lapsed")
    assert 'id="lapsed"' not in client.get(f"/reports/{REPORT}").text
    assert list_decisions(own)[0].decision.reason == "read again"


def test_a_claim_that_shares_few_words_is_not_near(own: Project) -> None:
    every = [one.claim for one in deciding.decided_claims(own, REPORT)]
    assert nearest_claim("quite other words", None, every, "") is None
    assert nearest_claim("", None, [], "") is None
