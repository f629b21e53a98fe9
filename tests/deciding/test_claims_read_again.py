"""Decisions on claims when reports are read again, by a newer engine or in another version."""

from __future__ import annotations

from typing import Any

import msgspec

from deciding.two_reports import REPORT, STRUCK, TEXT, add, claims, fix, id_of, keep_two_reports, lapsed, marks, read_by
from fake_reading import fake_reader, make_report
from twosource import deciding
from twosource.closed_sets import ClaimType, Status
from twosource.deciding import Mark
from twosource.pipeline import store_reports
from twosource.store import Project

fill = keep_two_reports


def test_reading_again_keeps_decisions_under_new_ids(project: Project) -> None:
    fix(project, "Sud seized Vale", {"actors": ["Norland"]})
    deciding.reject(project, "b", id_of(project, "Norland shelled Vale-Port"), who="coder-1", reason="no such thing")
    add(project)
    before = marks(project)
    store_reports([REPORT], project, read_by(lambda c: msgspec.structs.replace(c, id=f"{c.id}-anew"), 2))
    assert (
        marks(project)
        == before
        == {"Norland shelled Vale-Port": "rejected", "Sud seized Vale": "fixed", STRUCK: "added"}
    )
    assert lapsed(project) == []
    fix(project, "Sud seized Vale", {"status": "ongoing"})
    assert claims(project)["Sud seized Vale"].claim.actors[0].name == "Norland"


def test_a_decision_whose_claim_is_read_otherwise_is_told(project: Project) -> None:
    fix(project, "Sud seized Vale", {"actors": ["Norland"]})
    deciding.reject(project, "b", id_of(project, "Norland shelled Vale-Port"), who="coder-1", reason="no such thing")

    def change(claim: Any) -> Any:
        if claim.type is ClaimType.SHELLING:
            return None
        return msgspec.structs.replace(claim, id=f"{claim.id}-anew", type=ClaimType.HOLDS)

    store_reports([REPORT], project, read_by(change, 2))
    assert marks(project) == {}
    assert lapsed(project) == [
        (1, "'Sud seized Vale' is read as holds now, no longer as takes_control"),
        (2, "no shelling is read in 'Norland shelled Vale-Port on 2024-03-01, killing 2' any more"),
    ]


def test_what_was_accepted_is_accepted_only_as_it_was(project: Project) -> None:
    deciding.accept(project, "b", id_of(project, "Sud seized Vale"), who="coder-1")
    store_reports([REPORT], project, read_by(lambda c: msgspec.structs.replace(c, status=Status.ONGOING), 2))
    assert marks(project) == {}
    assert lapsed(project) == [(1, "what was accepted is read otherwise now: status")]


def test_a_missed_claim_that_a_newer_engine_reads_is_not_shown_twice(project: Project) -> None:
    deciding.reject(project, "b", id_of(project, "Sud seized Vale"), who="coder-1", reason="no such thing")
    read = claims(project)["Sud seized Vale"].claim
    store_reports([REPORT], project, read_by(lambda c: None if c.type == read.type else c, 2))
    deciding.add(
        project, "b", {"type": "takes_control", "evidence": ["Sud seized Vale"]}, who="coder-2", reason="it was"
    )
    store_reports([REPORT], project, fake_reader(3))
    assert [one.mark for one in deciding.decided_claims(project, "b")] == [Mark.READ, Mark.ADDED]
    assert [number for number, _ in lapsed(project)] == [1]


def test_decisions_move_with_their_words_into_another_version(project: Project) -> None:
    fix(project, "Sud seized Vale", {"actors": ["Norland"], "evidence": ["Sud seized Vale"]})
    add(project)
    deciding.accept(project, "b", id_of(project, "Norland shelled Vale-Port"), who="coder-1")
    store_reports([make_report("b", f"An editor's note. {TEXT}")], project, fake_reader())
    assert set(marks(project).values()) == {"fixed", "added", "accepted"}
    for one in deciding.decided_claims(project, "b"):
        assert one.evidence == tuple(span.of(f"An editor's note. {TEXT}") for span in one.claim.evidence)


def test_decisions_on_words_that_are_gone_are_told(project: Project) -> None:
    fix(project, "Norland shelled Vale-Port", {"actors": ["Red Guard"]})
    add(project)
    store_reports([make_report("b", TEXT.split(" Later")[0])], project, fake_reader())
    assert marks(project) == {}
    assert [number for number, _ in lapsed(project)] == [1, 2]
    assert lapsed(project)[1][1] == f"evidence: {STRUCK!r} does not stand in the report"
