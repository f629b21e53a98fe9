"""The page of the log: what was decided, what of it counts, taking it back, and the check of its chain."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from twosource import deciding
from twosource.corpus_records import VERDICTS, Decision, DecisionKind
from twosource.spans import Span
from twosource.store import Project
from twosource.store.decisions import append
from twosource.views.decisions import DecisionState, decision_rows, list_decisions, list_lapsed
from twosource.web import decision_words
from web.desk_reports import OVERRIDE, example_readings, keep_readings

REPORT = "nevrin-wire"


def fill(project: Project) -> None:
    keep_readings(project, example_readings())


def ids(own: Project) -> list[str]:
    return [one.claim.id for one in deciding.decided_claims(own, REPORT)]


def reject(own: Project, which: int = 0, who: str = "Ana", reason: str = "not in the report") -> int:
    return deciding.reject(own, REPORT, ids(own)[which], who=who, reason=reason).number


def shown(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<li class="log-entry" id="entry-(\d+)"', page)]


def undo(client: TestClient, number: int, seen: int, **more: str) -> int:
    csrf = client.app.state.desk.csrf  # type: ignore[attr-defined]
    sent = {"csrf": csrf, "undoes": str(number), "seen": str(seen), **more}
    return client.post("/decisions/undo", data=sent).status_code


def test_each_entry_says_who_why_on_what_and_whether_it_applies(client: TestClient, own: Project) -> None:
    assert "The log is empty" in client.get("/decisions").text
    claim = ids(own)[0]
    reject(own)
    page = client.get("/decisions").text
    for words in ("Claim rejected", "not in the report", "Ana", ">applies<", f"/reports/{REPORT}#{claim}"):
        assert words in page
    [row] = list_decisions(own)
    assert row.decision.hash in page
    assert shown(page) == [1]


def test_what_was_fixed_is_shown_as_it_was_and_as_it_is(client: TestClient, own: Project) -> None:
    one = deciding.decided_claims(own, REPORT)[0]
    was = one.claim.negated
    deciding.fix(own, REPORT, one.claim.id, {"negated": not was}, who="Ana", reason="read it again")
    page = client.get("/decisions").text
    words = ["yes" if value else "no" for value in (was, not was)]
    assert f"<del><bdi>{words[0]}</bdi></del> <ins><bdi>{words[1]}</bdi></ins>" in page


def test_the_log_is_narrowed_by_kind_person_and_thing(client: TestClient, own: Project) -> None:
    claim = ids(own)[1]
    reject(own), reject(own, 1, who="Béla")
    deciding.look(own, REPORT, Span(0, 9), who="Ana")
    assert shown(client.get("/decisions").text) == [3, 2, 1]
    assert shown(client.get("/decisions?kind=sentence").text) == [3]
    assert shown(client.get("/decisions?who=Ana").text) == [3, 1]
    assert shown(client.get("/decisions", params={"who": "Béla", "kind": "sentence"}).text) == []
    assert shown(client.get(f"/decisions?about={claim}").text) == [2]
    part = client.get(f"/decisions?about={REPORT}", headers={"HX-Request": "true"}).text
    assert shown(part) == [3, 2, 1]
    assert "<html" not in part


def test_long_logs_are_paged_by_the_database(client: TestClient, own: Project) -> None:
    for number in range(65):
        deciding.keep(own, DecisionKind.TRUST, (f"outlet-{number}",), "doubt", who="Ana", reason="once wrong")
    assert shown(client.get("/decisions").text) == list(range(65, 35, -1))
    assert shown(client.get("/decisions?page=3&who=Ana").text) == [5, 4, 3, 2, 1]


def test_an_entry_is_taken_back_with_a_reason_and_its_history_is_shown(client: TestClient, own: Project) -> None:
    number = reject(own)
    assert undo(client, number, number, reason="it is there", back="who=Ana") == 303
    page = client.get("/decisions").text
    assert 'taken back by <a href="/decisions?number=2">entry 2</a>' in page
    assert "it is there" in page
    assert shown(client.get("/decisions?number=1").text) == [2, 1]
    assert shown(client.get("/decisions?number=7").text) == []


def test_nobody_takes_back_what_they_have_not_seen(client: TestClient, own: Project) -> None:
    number = reject(own)
    deciding.undo(own, number, who="Béla", reason="it is there")
    csrf = client.app.state.desk.csrf  # type: ignore[attr-defined]
    sent = {"csrf": csrf, "undoes": "1", "seen": "1", "reason": "a long reason", "back": "kind=claim"}
    answer = client.post("/decisions/undo", data=sent)
    assert answer.status_code == 409
    assert "a long reason" in answer.text
    assert "Béla" in answer.text
    assert shown(answer.text) == [2, 1]
    assert len(list_decisions(own)) == 2
    assert undo(client, 99, 0) == 400


@pytest.mark.file  # it takes the file's guards away
def test_the_chain_is_checked_when_asked_and_never_before(client: TestClient, own: Project) -> None:
    reject(own)
    assert "has not been checked" in client.get("/decisions").text
    csrf = {"csrf": client.app.state.desk.csrf}  # type: ignore[attr-defined]
    assert client.post("/decisions/check", data=csrf).status_code == 303
    assert "up to entry 1: nothing was changed" in client.get("/decisions").text
    with own.writing() as connection:
        for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        connection.execute(text("UPDATE decision SET reason = 'another'"))
    client.post("/decisions/check", data=csrf)
    assert "its content is not what was written" in client.get("/decisions").text


def test_only_those_that_no_longer_apply_are_listed(client: TestClient, own: Project) -> None:
    reject(own)
    before = {"read": {"id": "gone", "type": "attack", "evidence": [{"start": 0, "end": 4, "words": "gone"}]}}
    gone = Decision(
        kind=DecisionKind.CLAIM,
        subjects=(REPORT, "gone"),
        verdict="reject",
        reason="never said",
        who="Ana",
        before={**before, "digest": "another"},
    )
    with own.writing() as connection:
        append(connection, gone)
    assert [one.number for one in list_lapsed(own)] == [2]
    page = client.get("/decisions?state=lapsed").text
    assert shown(page) == [2]
    assert "no longer applies: no attack is read in" in page
    assert shown(client.get("/decisions?state=lapsed&who=Béla").text) == []
    assert undo(client, 2, 2) == 303
    assert "Every decision asked for applies" in client.get("/decisions?state=lapsed").text


def test_rows_stand_as_they_do_in_the_whole_log(own: Project) -> None:
    reject(own), reject(own, 0, who="Béla"), reject(own, 1)
    deciding.undo(own, 2, who="Ana", reason="taken back")
    every = list_decisions(own, limit=None)
    assert [row.state for row in every] == [
        DecisionState.IN_FORCE,
        DecisionState.IN_FORCE,
        DecisionState.TAKEN_BACK,
        DecisionState.IN_FORCE,
    ]
    for row in every:
        assert decision_rows(own, [row.decision]) == (row,)
    assert list_decisions(own, limit=1, offset=2) == (every[2],)


def test_hostile_words_stay_words(client: TestClient, own: Project) -> None:
    reject(own, who="<b>Ana</b>", reason=f"<script>x</script>{OVERRIDE}")
    page = client.get("/decisions").text
    assert "<script>x" not in page
    assert "<b>Ana" not in page
    assert OVERRIDE not in page


def test_a_second_persons_word_leads_to_the_entry_that_it_is_about(client: TestClient, own: Project) -> None:
    deciding.second(own, reject(own), "disagree", who="Béla", reason="it is there")
    page = client.get("/decisions?kind=second").text
    assert shown(page) == [2]
    assert 'Disagrees</strong>\n    <span><a href="/decisions?number=1"><bdi>entry 1' in page


def test_every_verdict_has_words() -> None:
    for kind in decision_words.KIND_WORDS:
        for verdict in VERDICTS[kind]:
            one = Decision(kind=kind, subjects=("a", "b"), verdict=verdict, reason="r", who="w")
            assert (kind, verdict) in decision_words.VERDICT_WORDS or kind is DecisionKind.TRUST
            assert decision_words.about(one, {})
            decision_words.changes(one)
