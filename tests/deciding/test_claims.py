"""Decisions on claims: what a person may give, how it stands over what was read, and what becomes of it later."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from copies import Copies
from fake_reading import fake_reader, make_report
from twosource import deciding
from twosource.closed_sets import ClaimType, FigureKind, Stance, Status
from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding import DecidedClaim, Mark
from twosource.errors import ConflictError, UsageError
from twosource.pipeline import Reader, store_reports
from twosource.records import Reading
from twosource.stage import Batch, Stage, fingerprint
from twosource.store import Project, tables
from twosource.store.claim_query import ClaimFilter, chooses
from twosource.store.decided_query import count_decided
from twosource.store.decisions import append
from twosource.views.claims import claim_rows_of, count_claims, every_claim, find_claims

TEXT = (
    "Émir said Norland shelled Vale-Port on 2024-03-01, killing 2. Sud seized Vale. "
    "Later the Red Guard struck Vale again, and some 30 men fled on Monday."
)
REPORT = make_report("b", TEXT)
OTHER = make_report("a", "Sud backs Norland. Norland seized Al-Vale on 2024-04-01.")
STRUCK = "the Red Guard struck Vale again"


def fill(project: Project) -> None:
    store_reports([REPORT, OTHER], project, fake_reader())


@pytest.fixture
def project(tmp_path: Path, copies: Copies) -> Iterator[Project]:
    with copies.open(tmp_path / "a.db", fill) as opened:
        yield opened


def claims(project: Project, report: str = "b") -> dict[str, DecidedClaim]:
    return {one.evidence[0].split(" on ")[0]: one for one in deciding.decided_claims(project, report)}


def id_of(project: Project, words: str) -> str:
    return claims(project)[words].claim.id


def fix(project: Project, words: str, fields: dict[str, Any], **told: Any) -> None:
    deciding.fix(project, "b", id_of(project, words), fields, **({"who": "coder-1", "reason": "read it again"} | told))


def add(project: Project, **fields: Any) -> str:
    given = {"type": "attack", "evidence": [STRUCK], "actors": ["Red Guard"], "places": ["Vale"]} | fields
    return deciding.add(project, "b", given, who="coder-1", reason="was missed").subjects[1]


def marks(project: Project) -> dict[str, str]:
    return {words: one.mark.value for words, one in claims(project).items() if one.mark is not Mark.READ}


def lapsed(project: Project) -> list[tuple[int, str]]:
    return [(one.decision.number, one.reason) for one in deciding.no_longer_apply(project)]


def as_read(project: Project) -> list[bytes]:
    with project.looking() as connection:
        return list(connection.execute(select(tables.claim.c.record).order_by(tables.claim.c.id)).scalars())


def read_by(change: Any, version: int) -> Reader:
    """A newer reader: the fake one, with each claim changed or (None) left out."""

    def run(batch: Batch, _: object) -> list[Reading]:
        from fake_reading import find_claims as read

        return [
            msgspec.structs.replace(one, claims=tuple(c for c in map(change, one.claims) if c is not None))
            for one in read(batch, None)
        ]

    stages: tuple[Stage[None], ...] = (Stage(name="fake", version=version, run=run),)
    return Reader(stages=stages, equipment=None, fingerprint=fingerprint(stages, {}))


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


def test_lists_show_claims_as_they_stand(project: Project) -> None:
    deciding.reject(project, "b", id_of(project, "Sud seized Vale"), who="coder-1", reason="no such thing")
    fix(project, "Norland shelled Vale-Port", {"type": "airstrike"})
    add(project)
    rows = find_claims(project)
    assert [(row.claim.type.value, row.mark.value) for row in rows] == [
        ("backs", "as read"),
        ("takes_control", "as read"),
        ("airstrike", "fixed"),
        ("attack", "added"),
    ]
    assert count_claims(project) == 4
    assert tuple(every_claim(project)) == rows
    asked = find_claims(project, ClaimFilter(rejected=True))
    assert [row.mark.value for row in asked if row.claim.report == "b"] == ["fixed", "rejected", "added"]


def test_filters_look_at_what_stands(project: Project) -> None:
    fix(project, "Norland shelled Vale-Port", {"type": "airstrike"})
    assert find_claims(project, ClaimFilter(type=ClaimType.SHELLING)) == ()
    [row] = find_claims(project, ClaimFilter(type=ClaimType.AIRSTRIKE))
    assert row.mark is Mark.FIXED
    assert count_claims(project, ClaimFilter(type=ClaimType.SHELLING)) == 0


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_of_a_list_put_together_are_the_list(project: Project, limit: int) -> None:
    add(project)
    add(project, type="shooting")
    fix(project, "Norland shelled Vale-Port", {"evidence": [[len(TEXT) - 30, len(TEXT)]]})
    deciding.fix(
        project, "a", claims(project, "a")["Sud backs Norland"].claim.id, {"type": "arms"}, who="c", reason="r"
    )
    every = find_claims(project, limit=None)
    assert len(every) == 6
    pages = [find_claims(project, limit=limit, offset=at) for at in range(0, len(every), limit)]
    assert [row for page in pages for row in page] == list(every)


def test_claims_chosen_by_their_rows_are_marked(project: Project) -> None:
    deciding.reject(project, "b", id_of(project, "Sud seized Vale"), who="coder-1", reason="no such thing")
    with project.looking() as connection:
        columns = tables.claim.c
        query = select(columns.record, columns.evidence, columns.report).order_by(columns.report, columns.offset)
        rows = claim_rows_of(connection, connection.execute(query).mappings().all())
    assert [row.mark.value for row in rows] == ["as read", "as read", "as read", "rejected"]


@pytest.mark.parametrize(
    "chosen",
    [
        ClaimFilter(type=ClaimType.BACKS),
        ClaimFilter(family="control"),
        ClaimFilter(actor="sud"),
        ClaimFilter(actor="ud"),
        ClaimFilter(place="al vale"),
        ClaimFilter(place="Norland", actor="Norland"),
        ClaimFilter(source="emir"),
        ClaimFilter(text="killing 2"),
        ClaimFilter(text=""),
        ClaimFilter(report="a"),
        ClaimFilter(since=datetime.date(2024, 3, 2)),
        ClaimFilter(until=datetime.date(2024, 3, 1)),
        ClaimFilter(since=datetime.date(2024, 3, 1), until=datetime.date(2024, 3, 31)),
    ],
)
def test_a_filter_chooses_alike_in_the_database_and_out_of_it(project: Project, chosen: ClaimFilter) -> None:
    every = find_claims(project)
    assert [row for row in every if chooses(chosen, row.claim, row.evidence)] == list(find_claims(project, chosen))


def test_lists_asked_again_follow_every_change(project: Project) -> None:
    def listed() -> list[str]:
        return [row.mark.value for row in find_claims(project, ClaimFilter(family="control", rejected=True))]

    assert listed() == ["as read", "as read"]
    fix(project, "Sud seized Vale", {"actors": ["Norland"]})
    assert listed() == ["as read", "fixed"]
    deciding.undo(project, 1, who="coder-1", reason="a slip")
    assert listed() == ["as read", "as read"]
    deciding.undo(project, 2, who="coder-1", reason="none")
    store_reports([REPORT], project, read_by(lambda c: msgspec.structs.replace(c, id=f"{c.id}-anew"), 2))
    assert listed() == ["as read", "fixed"]
    store_reports([REPORT], project, read_by(lambda c: None, 3))
    assert listed() == ["as read"]
    store_reports([REPORT], project, fake_reader())
    assert listed() == ["as read", "fixed"]


def test_a_decision_that_was_not_kept_after_all_is_not_shown(project: Project) -> None:
    fix(project, "Sud seized Vale", {"actors": ["Norland"]})
    find_claims(project)
    claim = claims(project)["Sud seized Vale"]
    entry = Decision(kind=DecisionKind.CLAIM, subjects=("b", claim.claim.id), verdict="reject", reason="r", who="w")
    with pytest.raises(ZeroDivisionError), project.writing() as connection:
        append(connection, entry)
        count_decided(connection, ClaimFilter())
        raise ZeroDivisionError
    deciding.undo(project, 1, who="coder-1", reason="a slip")
    assert [row.mark.value for row in find_claims(project, ClaimFilter(report="b"))] == ["as read", "as read"]
    assert [row.mark.value for row in find_claims(project)] == ["as read"] * 4


def test_coders_who_write_at_once_leave_one_whole_log(project: Project) -> None:
    id_ = id_of(project, "Sud seized Vale")
    with ThreadPoolExecutor(4) as coders:
        done = [coders.submit(deciding.accept, project, "b", id_, who=f"coder-{at % 4}") for at in range(12)]
    assert sorted(one.result().number for one in done) == list(range(1, 13))
    assert deciding.verify(project).faults == ()
