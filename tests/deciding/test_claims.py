"""Decisions on claims: what a person may give, and how it stands over what was read."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from deciding.two_reports import STRUCK, TEXT, add, as_read, claims, fix, id_of, keep_two_reports, marks
from twosource import deciding
from twosource.closed_sets import ClaimType, FigureKind, Stance
from twosource.deciding import Mark
from twosource.errors import ConflictError, UsageError
from twosource.store import Project

fill = keep_two_reports


def test_without_decisions_every_claim_stands_as_read(project: Project) -> None:
    assert marks(project) == {}
    assert [one.claim.type for one in deciding.decided_claims(project, "b")] == ["shelling", "takes_control"]


def test_what_is_fixed_stands_over_what_was_read_and_changes_no_row(project: Project) -> None:
    before = as_read(project)
    given = {
        "type": "airstrike",
        "actors": ["Red Guard"],
        "when": {"phrase": "Monday", "start": "2024-02-26", "end": "2024-02-26"},
        "figures": [{"phrase": "some 30 men", "kind": "displaced", "low": 30, "high": 30}],
        "stance": "denies",
        "negated": True,
    }
    fix(project, "Norland shelled Vale-Port", given)
    one = claims(project)["Norland shelled Vale-Port"]
    assert (one.mark, one.who, one.why) == (Mark.FIXED, "coder-1", "read it again")
    assert (one.claim.type, one.claim.stance, one.claim.negated) == (ClaimType.AIRSTRIKE, Stance.DENIES, True)
    assert [named.span.of(TEXT) for named in one.claim.actors] == ["Red Guard"]
    assert one.claim.when is not None
    assert (one.claim.when.start, one.claim.when.span.of(TEXT)) == (datetime.date(2024, 2, 26), "Monday")
    [figure] = one.claim.figures
    assert (figure.kind, figure.low, figure.span.of(TEXT)) == (FigureKind.DISPLACED, 30, "some 30 men")
    assert one.as_read is not None
    assert [named.name for named in one.claim.places] == [named.name for named in one.as_read.places]
    assert as_read(project) == before


def test_the_log_tells_what_was_there_before(project: Project) -> None:
    decision = deciding.fix(
        project, "b", id_of(project, "Sud seized Vale"), {"actors": ["Norland"]}, who="coder-1", reason="the other side"
    )
    assert decision.before["claim"]["actors"] == ["Sud"]
    assert decision.value == {"actors": ["Norland"]}


def test_a_second_fix_keeps_the_first(project: Project) -> None:
    fix(project, "Sud seized Vale", {"actors": ["Norland"]})
    fix(project, "Sud seized Vale", {"status": "ongoing"}, who="coder-2")
    one = claims(project)["Sud seized Vale"]
    assert ([named.name for named in one.claim.actors], one.claim.status, one.who) == (
        ["Norland"],
        "ongoing",
        "coder-2",
    )


def test_what_is_accepted_after_a_fix_stays_fixed(project: Project) -> None:
    fix(project, "Sud seized Vale", {"actors": ["Norland"]})
    deciding.accept(project, "b", id_of(project, "Sud seized Vale"), who="coder-2")
    one = claims(project)["Sud seized Vale"]
    assert (one.mark, one.claim.actors[0].name) == (Mark.ACCEPTED, "Norland")


def test_an_added_claim_stands_at_its_place_in_the_text(project: Project) -> None:
    id_ = add(project, places=["Vale"])
    last = deciding.decided_claims(project, "b")[-1]
    assert (last.claim.id, last.mark, last.as_read, last.evidence) == (id_, Mark.ADDED, None, (STRUCK,))
    assert last.claim.places[0].span.start == TEXT.index("struck Vale") + len("struck ")  # not the Vale seized before


def test_an_added_claim_can_be_fixed_and_rejected(project: Project) -> None:
    id_ = add(project)
    deciding.fix(project, "b", id_, {"type": "airstrike"}, who="coder-2", reason="by air")
    assert claims(project)[STRUCK].claim.type is ClaimType.AIRSTRIKE
    deciding.reject(project, "b", id_, who="coder-2", reason="no, an image of speech")
    assert marks(project) == {STRUCK: "rejected"}


def test_a_claim_that_stands_already_is_not_added(project: Project) -> None:
    add(project)
    with pytest.raises(UsageError, match="stands already, as claim-"):
        add(project)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"type": "airstrke"}, "type: there is no 'airstrke': did you mean airstrike"),
        ({"stance": "shrugs"}, "it is one of asserts, confirms, denies, asks"),
        ({"certainty": 3}, "certainty: there is no 3"),
        ({"mood": "grim"}, "a claim has no field 'mood': it has type, evidence"),
        ({"actors": ["Westland"]}, "actors: 'Westland' does not stand in the report"),
        ({"actors": ["Nor"]}, "'Nor' does not stand"),
        ({"actors": "Norland"}, "actors: 'Norland' is no list"),
        ({"places": ["Vale", "Vale"]}, "given twice"),
        ({"sources": [""]}, "holds no words"),
        ({"evidence": []}, "give at least one run"),
        ({"evidence": ["Vale"]}, "'Vale' stands in several places"),
        ({"evidence": ["Vale fell"]}, "'Vale fell' does not stand"),
        ({"evidence": [[5, 4000]]}, "not in the text, which has 149"),
        ({"evidence": [[5, 5]]}, "not in the text"),
        ({"evidence": [[20, 30], [0, 5]]}, "in the order of the text"),
        ({"evidence": [[0, 10], [5, 20]]}, "share no words"),
        ({"evidence": [7]}, "7 is no run"),
        ({"when": {"phrase": "Tuesday"}}, "when: 'Tuesday' does not stand"),
        ({"when": {"phrase": "Monday", "start": "soon"}}, "'soon' is no day"),
        ({"when": {"phrase": "Monday", "start": "2024-03-02", "end": "2024-03-01"}}, "before it begins"),
        ({"when": "Monday"}, "no object with phrase, start, end"),
        ({"figures": [{"phrase": "2", "kind": "dead", "low": 2}]}, "figures: kind: there is no 'dead'"),
        ({"figures": [{"phrase": "2", "kind": "killed"}]}, "needs low or high"),
        ({"figures": [{"phrase": "2", "kind": "killed", "low": 3, "high": 2}]}, "low is 3, above high, 2"),
        ({"figures": [{"phrase": "2", "kind": "killed", "low": -1}]}, "-1 is no number"),
        ({"negated": "no"}, "'no' is neither true nor false"),
    ],
)
def test_what_the_codebook_or_the_text_rules_out_is_refused(
    project: Project, fields: dict[str, Any], reason: str
) -> None:
    with pytest.raises(UsageError, match=reason.replace("(", r"\(")):
        fix(project, "Sud seized Vale", fields)
    assert marks(project) == {}


def test_a_name_in_another_case_is_found(project: Project) -> None:
    fix(project, "Sud seized Vale", {"actors": ["red  guard"]})
    [actor] = claims(project)["Sud seized Vale"].claim.actors
    assert (actor.name, actor.span.of(TEXT)) == ("red guard", "Red Guard")


@pytest.mark.parametrize("missing", ["type", "evidence"])
def test_an_added_claim_needs_type_and_evidence(project: Project, missing: str) -> None:
    given = {"type": "attack", "evidence": [STRUCK]}
    with pytest.raises(UsageError, match="needs its type and its evidence"):
        deciding.add(project, "b", {k: v for k, v in given.items() if k != missing}, who="coder-1", reason="was missed")


def test_nothing_is_decided_on_what_is_not_there(project: Project) -> None:
    with pytest.raises(UsageError, match="no report 'c'"):
        deciding.accept(project, "c", "claim-1", who="coder-1")
    with pytest.raises(UsageError, match="b has no claim 'claim-1'"):
        deciding.accept(project, "b", "claim-1", who="coder-1")
    with pytest.raises(UsageError, match="give at least one field"):
        fix(project, "Sud seized Vale", {})
    with pytest.raises(UsageError, match="no report 'c'"):
        deciding.decided_claims(project, "c")


def test_the_second_of_two_coders_sees_the_first_and_loses_nothing(project: Project) -> None:
    seen = claims(project)["Sud seized Vale"].seen
    fix(project, "Sud seized Vale", {"actors": ["Norland"]}, expected=seen)
    with pytest.raises(ConflictError, match="coder-1 decided 'fix'"):
        fix(project, "Sud seized Vale", {"status": "ongoing"}, who="coder-2", expected=seen)
    now = claims(project)["Sud seized Vale"]
    assert now.claim.actors[0].name == "Norland"
    fix(project, "Sud seized Vale", {"status": "ongoing"}, who="coder-2", expected=now.seen)
    assert claims(project)["Sud seized Vale"].claim.actors[0].name == "Norland"


def test_an_undone_fix_shows_what_was_there_before(project: Project) -> None:
    fix(project, "Sud seized Vale", {"actors": ["Norland"]})
    deciding.undo(project, 1, who="coder-2", reason="it was Sud")
    one = claims(project)["Sud seized Vale"]
    assert (one.mark, one.claim.actors[0].name, one.seen) == (Mark.READ, "Sud", 2)
    deciding.undo(project, 2, who="coder-1", reason="it was not")
    assert claims(project)["Sud seized Vale"].claim.actors[0].name == "Norland"


def test_an_undo_of_nothing_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="the log has no entry 3"):
        deciding.undo(project, 3, who="coder-1", reason="a slip")


def test_coders_who_write_at_once_leave_one_whole_log(project: Project) -> None:
    id_ = id_of(project, "Sud seized Vale")
    with ThreadPoolExecutor(4) as coders:
        done = [coders.submit(deciding.accept, project, "b", id_, who=f"coder-{at % 4}") for at in range(12)]
    assert sorted(one.result().number for one in done) == list(range(1, 13))
    assert deciding.verify(project).faults == ()
