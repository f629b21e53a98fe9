from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from twosource import deciding
from twosource.closed_sets import ActorKind, ClaimType, Status
from twosource.corpus_records import (
    Decision,
    DecisionKind,
    Dependence,
    Entity,
    Judgement,
    NameUse,
    Relation,
    Suggestion,
)
from twosource.records import Claim, Named, Place, Reading, Report, When
from twosource.relating import keep_decision
from twosource.spans import Span
from twosource.store import Project, open_project
from twosource.store import entities as stored_entities
from twosource.store import lineage as stored_lineage
from twosource.store.write import Batch, keep_batch, start_run
from twosource.views import review
from twosource.views.review import ReviewKind, Waiting, event_value, review_queue

TODAY = datetime.date(2019, 5, 1)
TEXT = "The army will take Kerat by April 20. Rebels shelled Vorrim."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "p.db", create=True) as opened:
        readings = [_reading("first", 0.9), _reading("second", 0.02)]
        run = start_run(opened, "tests")
        batch = Batch(reports=tuple(one.report for one in readings), readings=tuple(readings))
        keep_batch(opened, run, "tests", batch)
        yield opened


def _reading(id_: str, confidence: float) -> Reading:
    report = Report(id=id_, text=TEXT, published=datetime.date(2019, 4, 10), outlet=f"{id_} post", digest=id_)
    army = Named(name="army", span=Span(4, 8), said_at=Span(4, 8))
    by = When(phrase="by April 20", span=Span(25, 36), end=datetime.date(2019, 4, 20))
    planned = Claim(
        id=f"{id_}-plan",
        report=id_,
        type=ClaimType.TAKES_CONTROL,
        evidence=(Span(0, 36),),
        trigger=Span(14, 18),
        actors=(army,),
        when=by,
        status=Status.PLANNED,
        confidence=0.95,
    )
    shelled = Claim(
        id=f"{id_}-shell",
        report=id_,
        type=ClaimType.SHELLING,
        evidence=(Span(38, 59),),
        trigger=Span(45, 52),
        confidence=confidence,
    )
    place = Place(span=Span(53, 59), name="Vorrim", rule="place.none")
    return Reading(report=report, claims=(planned, shelled), places=(place,), fingerprint="tests")


def queue(project: Project, kind: ReviewKind | None = None) -> Waiting:
    return review_queue(project, TODAY, kind)


def test_what_was_planned_waits_once_its_day_has_passed(project: Project) -> None:
    due = queue(project, ReviewKind.DUE)
    assert {item.subjects for item in due} == {("first", "first-plan"), ("second", "second-plan")}
    assert "by 20 April 2019" in due[0].reason
    assert review_queue(project, datetime.date(2019, 4, 20), ReviewKind.DUE) == ()


def came(project: Project, word: str, **more: str) -> Decision:
    [item] = [one for one in queue(project, ReviewKind.DUE) if one.subjects[0] == "first"]
    return deciding.record_outcome(project, *item.subjects, word, who="a", reason="?", expected=item.seen, **more)


@pytest.mark.parametrize("word", ["happened", "not-happened"])
def test_a_plan_of_which_it_was_said_what_came_waits_no_more(project: Project, word: str) -> None:
    entry = came(project, word)
    assert [item.subjects[0] for item in queue(project, ReviewKind.DUE)] == ["second"]
    deciding.undo(project, entry.number, who="a", reason="another army")
    assert {item.subjects[0] for item in queue(project, ReviewKind.DUE)} == {"first", "second"}
    came(project, word)


def test_a_claim_of_a_plan_that_was_accepted_still_waits_for_what_came_and_a_rejected_one_does_not(
    project: Project,
) -> None:
    deciding.accept(project, "first", "first-plan", who="a")
    deciding.reject(project, "second", "second-plan", who="a", reason="an advance, no plan")
    assert [item.subjects[0] for item in queue(project, ReviewKind.DUE)] == ["first"]


def test_what_was_not_known_is_asked_again_after_a_while(project: Project) -> None:
    made = datetime.date.fromisoformat(came(project, "not-known").made[:10])

    def waiting(days: int) -> dict[str, str]:
        due = review_queue(project, made + datetime.timedelta(days=days), ReviewKind.DUE)
        return {item.subjects[0]: item.reason for item in due}

    assert set(waiting(30)) == {"second"}
    assert "a did not know either" in waiting(31)["first"]


def test_the_least_sure_claims_wait_until_somebody_decides(project: Project) -> None:
    [item] = queue(project, ReviewKind.DOUBT) or [None]
    assert item is None  # a tenth of four claims is none: nothing is less sure than the least sure one
    rows = [_reading(f"r{n}", 0.5 + n / 100) for n in range(10)]
    run = start_run(project, "tests")
    keep_batch(project, run, "tests", Batch(reports=tuple(r.report for r in rows), readings=tuple(rows)))
    [item, *_] = queue(project, ReviewKind.DOUBT)
    assert item.subjects == ("second", "second-shell")
    assert "about 2 in 100" in item.reason
    deciding.reject(project, *item.subjects, who="a", reason="not there", expected=item.seen)
    assert ("second", "second-shell") not in {one.subjects for one in queue(project, ReviewKind.DOUBT)}


def test_reports_of_which_the_engine_is_unsure_wait_for_a_word(project: Project) -> None:
    with project.writing() as connection:
        reports = list(stored_lineage.reports_with(connection, ["first", "second"]).values())
        stored_lineage.keep_prints(connection, "x", reports, {one.id: frozenset() for one in reports})
        unsure = Dependence(earlier="first", later="second", relation=Relation.REWRITE, reason="Alike.", likelihood=0.5)
        stored_lineage.keep_dependences(connection, ["first", "second"], [unsure])
    [item] = queue(project, ReviewKind.REPORTS)
    assert (item.reason, item.subjects, item.about) == ("Alike.", ("first", "second"), DecisionKind.LINEAGE)
    keep_decision(project, ("first", "second"), Judgement.UNSURE, reason="?", who="a", expected=item.seen)
    assert queue(project, ReviewKind.REPORTS) == ()


def keep_pair(project: Project) -> None:
    """Two actors that may be one."""
    use = NameUse(name="x", reports=1, outlets=(), judgement=Judgement.SAME, rule="name", reason="")
    pair = [
        Entity(
            id=f"name:{one}",
            name=one,
            kind=ActorKind.ARMED_GROUP,
            uses=(msgspec.structs.replace(use, name=one),),
            suggestions=(
                Suggestion(entity=f"name:{other}", name=other, rule="form.part", reason="One is in the other."),
            ),
        )
        for one, other in (("Free Front", "Darrem Free Front"), ("Darrem Free Front", "Free Front"))
    ]
    with project.writing() as connection:
        used = {("first", one.name): one.id for one in pair}
        stored_entities.keep_entities(connection, pair, used, {one.id: (1, 1) for one in pair}, ())


def test_suggested_merges_wait_once_for_each_pair(project: Project) -> None:
    keep_pair(project)
    [item] = queue(project, ReviewKind.NAMES)
    assert {side.label for side in item.sides} == {"Free Front", "Darrem Free Front"}
    deciding.keep(project, DecisionKind.ENTITY, item.subjects, "different", who="a", reason="two groups")
    assert queue(project, ReviewKind.NAMES) == ()


def test_names_in_fewer_reports_are_looked_at_after_those_in_most(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_pair(project)
    monkeypatch.setattr(review, "_MOST_ENTITIES", 1)
    found = queue(project, ReviewKind.NAMES)
    assert (len(found), found.left_out[ReviewKind.NAMES].looked_at) == (1, 1)
    further = review_queue(project, TODAY, ReviewKind.NAMES, skip=1)
    assert (len(further), further.left_out) == (1, {})
    assert review_queue(project, TODAY, ReviewKind.NAMES, skip=2) == ()


def test_a_name_that_leads_to_no_place_is_told_once_with_its_sentence(project: Project) -> None:
    [item] = queue(project, ReviewKind.PLACE)
    assert "'Vorrim' to no place; first names it and 1 more report." in item.reason
    assert item.about is None
    assert [side.report for side in item.sides] == ["first", "second"]


def test_a_claim_at_a_place_that_is_not_found_waits_until_somebody_decides_on_it(project: Project) -> None:
    made = _reading("third", 0.9)
    vorrim = Named(name="Vorrim", span=Span(53, 59), said_at=Span(53, 59))
    planned, shelled = made.claims
    at_place = msgspec.structs.replace(shelled, places=(vorrim,))
    keep(project, msgspec.structs.replace(made, claims=(planned, at_place)))
    [item] = queue(project, ReviewKind.PLACE)
    assert (item.about, item.subjects) == (DecisionKind.CLAIM, ("third", "third-shell"))
    assert [side.claim for side in item.sides] == ["third-shell"]
    deciding.accept(project, *item.subjects, who="a", reason="a hamlet", expected=item.seen)
    assert queue(project, ReviewKind.PLACE) == ()


def test_the_queue_is_in_order_of_weight_and_the_same_each_time(project: Project) -> None:
    every = queue(project)
    assert [item.weight for item in every] == sorted((item.weight for item in every), reverse=True)
    assert every == queue(project)
    assert len({item.id for item in every}) == len(every)


def keep(project: Project, *readings: Reading) -> None:
    run = start_run(project, "tests")
    keep_batch(project, run, "tests", Batch(reports=tuple(r.report for r in readings), readings=readings))


def dated(id_: str, day: int, confidence: float) -> Reading:
    """A reading of its own day in May 2019: its claims, and its day, are later the greater the number."""
    made = _reading(id_, confidence)
    report = msgspec.structs.replace(made.report, published=datetime.date(2019, 5, day))
    return msgspec.structs.replace(made, report=report)


def test_what_was_not_looked_at_is_told_and_found_in_what_lies_before(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "_MOST_CLAIMS", 8)
    keep(project, *(dated(f"r{day}", day, 0.9) for day in range(1, 8)))
    found = queue(project, ReviewKind.DOUBT)
    assert found == ()
    left_out = found.left_out[ReviewKind.DOUBT]
    assert (left_out.looked_at, left_out.since) == (8, datetime.date(2019, 5, 4))
    before = review_queue(project, TODAY, ReviewKind.DOUBT, published_until=datetime.date(2019, 4, 30))
    assert [item.subjects for item in before] == []  # four claims have no tenth
    assert before.left_out == {}


def test_claims_that_somebody_decided_on_make_room_for_those_before_them(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "_MOST_CLAIMS", 8)
    keep(project, *(dated(f"r{day}", day, 0.9) for day in range(1, 8)))
    for day in (7, 6, 4):
        deciding.accept(project, f"r{day}", f"r{day}-plan", who="a")
        deciding.accept(project, f"r{day}", f"r{day}-shell", who="a")
    left_out = queue(project, ReviewKind.DOUBT).left_out[ReviewKind.DOUBT]
    assert (left_out.looked_at, left_out.since) == (14, datetime.date(2019, 5, 1))
    assert ReviewKind.DISAGREEMENT in queue(project).left_out


def test_where_too_much_was_decided_the_look_begins_with_what_nobody_decided_on(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "_MOST_CLAIMS", 2)
    keep(project, *(dated(f"r{day}", day, 0.9) for day in range(1, 8)))
    for day in (7, 6, 5, 4):
        deciding.accept(project, f"r{day}", f"r{day}-plan", who="a")
        deciding.accept(project, f"r{day}", f"r{day}-shell", who="a")
    left_out = queue(project, ReviewKind.DOUBT).left_out[ReviewKind.DOUBT]
    assert (left_out.since, left_out.until) == (datetime.date(2019, 5, 3), datetime.date(2019, 5, 3))


def test_plans_reports_and_names_before_are_looked_at_too(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "_MOST_CLAIMS", 4)  # of which one is a plan
    monkeypatch.setattr(review, "_NEWEST", 1)
    keep(project, dated("later", 1, 0.9))
    [due] = queue(project, ReviewKind.DUE)
    assert due.subjects[0] == "later"
    [place] = queue(project, ReviewKind.PLACE)
    assert [side.report for side in place.sides] == ["later"]
    before = review_queue(project, TODAY, published_until=datetime.date(2019, 4, 30))
    assert {item.subjects[0] for item in before if item.kind is ReviewKind.DUE} <= {"first", "second"}
    assert {side.report for item in before if item.kind is ReviewKind.PLACE for side in item.sides} == {"first"}
    assert {ReviewKind.DUE, ReviewKind.PLACE} <= before.left_out.keys()


def test_a_word_on_an_event_names_the_claims_by_their_words(project: Project) -> None:
    together = event_value(project, ["first-shell", "second-shell"], together=True)
    apart = event_value(project, ["first-shell", "second-shell"], together=False)
    assert [len(part) for part in together["parts"]] == [2]  # type: ignore[attr-defined]
    assert [len(part) for part in apart["parts"]] == [1, 1]  # type: ignore[attr-defined]
    assert event_value(project, ["first-shell", "none"], together=True) == {}


def test_what_was_not_known_and_then_taken_back_to_it_is_asked_with_the_last_entry(project: Project) -> None:
    plan = ("first", "first-plan")
    deciding.record_outcome(project, *plan, "not-known", who="a", reason="?")
    denied = deciding.record_outcome(project, *plan, "not-happened", who="a", reason="?")
    undone = deciding.undo(project, denied.number, who="a", reason="another army")
    later = datetime.date.fromisoformat(undone.made[:10]) + datetime.timedelta(days=31)
    [item] = [one for one in review_queue(project, later, ReviewKind.DUE) if one.subjects == plan]
    assert item.seen == undone.number
