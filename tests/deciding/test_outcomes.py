"""What came of a plan: a note beside what the report says, kept when it is read anew, told where it lapses."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from twosource import deciding
from twosource.closed_sets import ClaimType, Status
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import ConflictError, UsageError
from twosource.records import Claim, Reading, Report
from twosource.spans import Span
from twosource.store import Project, open_project
from twosource.store.decisions import decisions_in_force
from twosource.store.write import Batch, keep_batch, start_run
from twosource.views.decisions import DecisionState, list_decisions
from twosource.views.outcomes import Outcome, plan_outcomes
from twosource.views.planned import plans

PLAN, DEED = "The army will take Kerat.", "The army took Kerat."


def reading(id_: str, words: str, status: Status, *, before: str = "", claim: str = "") -> Reading:
    text = before + words
    report = Report(id=id_, text=text, published=datetime.date(2019, 4, 10), digest=f"{id_}-{len(text)}")
    span = Span(len(before), len(text))
    told = Claim(
        id=claim or f"claim-{id_}",
        report=id_,
        type=ClaimType.TAKES_CONTROL,
        evidence=(span,),
        trigger=span,
        status=status,
    )
    return Reading(report=report, claims=(told,) if words in text and words else (), fingerprint="tests")


def keep(project: Project, *readings: Reading) -> None:
    run = start_run(project, "tests")
    keep_batch(project, run, "tests", Batch(reports=tuple(one.report for one in readings), readings=tuple(readings)))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "p.db", create=True) as opened:
        keep(opened, reading("plan", PLAN, Status.PLANNED), reading("deed", DEED, Status.HAPPENED))
        yield opened


def record(project: Project, word: str = "happened", **more: object) -> Decision:
    return deciding.record_outcome(project, "plan", "claim-plan", word, who="Ana", reason="seen there", **more)  # type: ignore[arg-type]


def outcome(project: Project) -> Outcome | None:
    claims = [one.claim for one in deciding.decided_claims(project, "plan")]
    return next((one.outcome for one in plan_outcomes(project, claims).values()), None)


def test_what_came_of_a_plan_is_told_with_it_and_the_plan_stays_as_it_was_told(project: Project) -> None:
    entry = record(project, told_by="http://127.0.0.1:8311/reports/deed#claim-deed")
    found = outcome(project)
    assert found is not None
    assert (found.word, found.who, found.claim, found.report, found.words) == (
        "happened",
        "Ana",
        "claim-deed",
        "deed",
        DEED,
    )
    [plan] = plans(project)
    assert plan.outcome == found
    assert plan.plan.status is Status.PLANNED
    assert entry.subjects == ("plan", "claim-plan")
    assert deciding.verify(project).faults == ()


def test_a_later_word_counts_and_taking_it_back_brings_the_earlier_one_back(project: Project) -> None:
    first = record(project, "not-known")
    second = record(project, "not-happened", expected=first.number)
    assert (found := outcome(project)) is not None
    assert found.word == "not-happened"
    deciding.undo(project, second.number, who="Ana", reason="wrong town")
    assert (found := outcome(project)) is not None
    assert found.word == "not-known"
    with pytest.raises(ConflictError):
        record(project, expected=first.number)


def test_it_is_kept_when_the_report_is_read_anew_in_another_version(project: Project) -> None:
    entry = record(project)
    keep(project, reading("plan", PLAN, Status.PLANNED, before="KERAT - ", claim="claim-new"))
    assert (found := outcome(project)) is not None
    assert found.number == entry.number
    again = deciding.record_outcome(project, "plan", "claim-new", "not-happened", who="Ana", reason="looked again")
    assert again.subjects == entry.subjects
    with project.looking() as connection:
        assert [one.number for one in decisions_in_force(connection, DecisionKind.OUTCOME)] == [again.number]


def test_where_the_claim_is_gone_or_rejected_it_applies_no_more(project: Project) -> None:
    record(project)
    rejected = deciding.reject(project, "plan", "claim-plan", who="Ana", reason="no plan")
    [lapsed] = [one for one in deciding.no_longer_apply(project) if one.decision.kind is DecisionKind.OUTCOME]
    assert lapsed.reason == f"the claim of the plan was rejected by entry {rejected.number}"
    deciding.undo(project, rejected.number, who="Ana", reason="it is one")
    keep(project, reading("plan", "", Status.PLANNED, before="Nothing was said."))
    [row] = list_decisions(project, kind=DecisionKind.OUTCOME)
    assert row.state is DecisionState.NO_LONGER_APPLIES
    assert PLAN in row.why


def test_where_the_claim_tells_of_no_plan_any_more_it_applies_no_more(project: Project) -> None:
    record(project)
    fixed = deciding.fix(project, "plan", "claim-plan", {"status": "happened"}, who="Ana", reason="it was done")
    [lapsed] = [one for one in deciding.no_longer_apply(project) if one.decision.kind is DecisionKind.OUTCOME]
    assert lapsed.reason == "the claim tells of no plan any more"
    assert plans(project) == ()
    deciding.undo(project, fixed.number, who="Ana", reason="it was not")
    assert (found := outcome(project)) is not None
    assert found.word == "happened"


@pytest.mark.parametrize(
    ("claim", "word", "told_by", "why"),
    [
        ("claim-plan", "happened", "claim-nowhere", "there is no claim or event 'claim-nowhere'"),
        ("claim-plan", "happened", "claim-plan", "is the plan itself"),
        ("claim-plan", "not-known", "claim-deed", "name none"),
        ("claim-plan", "perhaps", None, "no verdict on a outcome"),
        ("claim-none", "happened", None, "has no claim 'claim-none'"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    project: Project, claim: str, word: str, told_by: str | None, why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        deciding.record_outcome(project, "plan", claim, word, who="Ana", reason="?", told_by=told_by)
    assert list_decisions(project) == ()


def test_nothing_comes_of_what_is_told_to_have_happened(project: Project) -> None:
    with pytest.raises(UsageError, match="tells of nothing planned"):
        deciding.record_outcome(project, "deed", "claim-deed", "happened", who="Ana", reason="?")


def test_a_reason_is_asked_for_unless_something_is_named_that_tells_so(project: Project) -> None:
    with pytest.raises(UsageError, match="needs a reason"):
        deciding.record_outcome(project, "plan", "claim-plan", "happened", who="Ana", reason=" ")
    kept = deciding.record_outcome(
        project, "plan", "claim-plan", "happened", who="Ana", reason="", told_by="claim-deed"
    )
    assert kept.reason == "as told there"


def test_another_person_can_say_what_they_hold_of_it(project: Project) -> None:
    entry = record(project)
    deciding.second(project, entry.number, "disagree", who="Ben", reason="that was another town")
    with project.looking() as connection:
        [seconded], _ = deciding.decisions_to_second(connection, 10)
    assert seconded.is_disputed
