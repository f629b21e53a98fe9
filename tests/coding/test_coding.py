"""Two people code the same reports: blind until both have finished, then compared and settled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coded_claims import keep_coded
from copies import Copies
from fake_reading import fake_reader, make_report
from twosource import coding, deciding
from twosource.coding import Comparison, Start
from twosource.corpus_records import DecisionKind
from twosource.deciding import Mark, decided_claims
from twosource.errors import ConflictError, UsageError
from twosource.export.formats import export
from twosource.export.project_lines import read_project_lines
from twosource.pipeline import store_reports
from twosource.store import Project, open_project
from twosource.views.coding import agreements, comparison, task_progress
from twosource.views.decisions import list_decisions

TEXT = "Norland shelled Vale on Monday. Ten people died, police said. Sud sent troops to Kerat."
SHELLED = "Norland shelled Vale on Monday"
DIED = "Ten people died"
SENT = "Sud sent troops to Kerat"
BARE: dict[str, Any] = {
    **{name: [] for name in ("actors", "targets", "places", "figures", "sources", "via")},
    **{"when": None, "stance": "asserts", "certainty": "certain", "status": "happened", "negated": False},
}


def row(type_: str, words: str, **fields: Any) -> dict[str, Any]:
    return {**BARE, "report": "a", "type": type_, "evidence": [words], **fields}


READ = [row("shelling", SHELLED, actors=["Norland"]), row("kills", DIED, sources=["police"])]


def fill(project: Project) -> None:
    keep_coded(project, [make_report("a", TEXT), make_report("b", "Rain came.")], READ)


@pytest.fixture
def project(tmp_path: Path, copies: Copies) -> Iterator[Project]:
    with copies.open(tmp_path / "a.db", fill) as opened:
        yield opened


def set_task(project: Project, start: Start = Start.CLAIMS, reports: tuple[str, ...] = ("a",)) -> None:
    coding.set_task(project, "pilot", reports=reports, coders=("Ana", "Ben"), start=start, who="Lead")


def ids(project: Project, coder: str) -> list[str]:
    return [one.claim.id for one in coding.blind_coding(project, "pilot", coder, "a").claims]


def marks(project: Project, coder: str) -> list[Mark]:
    return [one.mark for one in coding.blind_coding(project, "pilot", coder, "a").claims]


def finish_both(project: Project) -> Comparison:
    for coder in ("Ana", "Ben"):
        coding.finish(project, "pilot", coder, "a")
    found = comparison(project, "pilot", "a")
    assert found is not None
    return found


def standing(project: Project) -> list[tuple[str, Mark]]:
    return [(one.claim.type.value, one.mark) for one in decided_claims(project, "a")]


def test_a_coder_sees_the_engines_claims_and_own_work_alone(project: Project) -> None:
    set_task(project)
    shelled, died = ids(project, "Ana")
    coding.fix(project, "pilot", "Ana", "a", shelled, {"certainty": "probable"})
    coding.reject(project, "pilot", "Ana", "a", died)
    coding.add(project, "pilot", "Ana", "a", {"type": "deploys", "evidence": [SENT]})
    assert marks(project, "Ana") == [Mark.FIXED, Mark.REJECTED, Mark.ADDED]
    assert marks(project, "Ben") == [Mark.READ, Mark.READ]
    assert standing(project) == [("shelling", Mark.READ), ("kills", Mark.READ)]


def test_a_task_can_begin_from_nothing(project: Project) -> None:
    set_task(project, Start.EMPTY)
    assert ids(project, "Ana") == []
    coding.add(project, "pilot", "Ana", "a", {"type": "deploys", "evidence": [SENT]})
    assert marks(project, "Ana") == [Mark.ADDED]
    assert marks(project, "Ben") == []


def test_nothing_is_compared_until_all_have_finished(project: Project) -> None:
    set_task(project)
    coding.finish(project, "pilot", "Ana", "a")
    assert comparison(project, "pilot", "a") is None
    assert agreements(project, "pilot")[0].agreement is None
    assert (task_progress(project, "pilot").finished, task_progress(project, "pilot").compared) == (
        {"Ana": ("a",), "Ben": ()},
        0,
    )
    coding.finish(project, "pilot", "Ben", "a")
    assert comparison(project, "pilot", "a") is not None
    assert task_progress(project, "pilot").compared == 1


def test_the_log_lists_what_is_coded_blind_only_where_it_is_asked_for(project: Project) -> None:
    set_task(project)
    coding.accept(project, "pilot", "Ana", "a", ids(project, "Ana")[0])
    assert [row.decision.kind for row in list_decisions(project)] == [DecisionKind.TASK]
    assert [row.decision.who for row in list_decisions(project, kind=DecisionKind.CODING)] == ["Ana"]


def test_a_finished_report_is_opened_again_until_all_have_finished(project: Project) -> None:
    set_task(project)
    first = ids(project, "Ana")[0]
    coding.finish(project, "pilot", "Ana", "a")
    with pytest.raises(UsageError, match="open it again"):
        coding.accept(project, "pilot", "Ana", "a", first)
    coding.reopen(project, "pilot", "Ana", "a")
    coding.accept(project, "pilot", "Ana", "a", first)
    finish_both(project)
    with pytest.raises(UsageError, match="settle it instead"):
        coding.reopen(project, "pilot", "Ana", "a")


def test_a_coder_takes_back_own_entries_alone(project: Project) -> None:
    set_task(project)
    kept = coding.reject(project, "pilot", "Ana", "a", ids(project, "Ana")[0])
    with pytest.raises(UsageError, match="none of what Ben coded"):
        coding.take_back(project, "pilot", "Ben", kept.number)
    with pytest.raises(UsageError, match="on the page of the task"):
        deciding.undo(project, kept.number, who="Ben", reason="r")
    coding.take_back(project, "pilot", "Ana", kept.number)
    assert marks(project, "Ana") == [Mark.READ, Mark.READ]


def test_an_entry_that_was_not_seen_stops_the_next(project: Project) -> None:
    set_task(project)
    first = ids(project, "Ana")[0]
    coding.accept(project, "pilot", "Ana", "a", first, expected=0)
    with pytest.raises(ConflictError):
        coding.reject(project, "pilot", "Ana", "a", first, expected=0)


@pytest.mark.parametrize(("coder", "report", "why"), [("Eve", "a", "no coder"), ("Ana", "b", "no report of the task")])
def test_others_and_other_reports_are_no_part_of_a_task(project: Project, coder: str, report: str, why: str) -> None:
    set_task(project)
    with pytest.raises(UsageError, match=why):
        coding.blind_coding(project, "pilot", coder, report)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": "pilot"}, "already"),
        ({"name": " "}, "needs a name"),
        ({"coders": ("Ana", "Ana ")}, "two people"),
        ({"reports": ()}, "needs reports"),
        ({"reports": ("z",)}, "no report 'z'"),
    ],
)
def test_a_task_that_cannot_be_meant_is_refused(project: Project, fields: dict[str, Any], why: str) -> None:
    set_task(project)
    told = {
        "reports": ("a",),
        "coders": ("Ana", "Ben"),
        "start": Start.CLAIMS,
        "who": "Lead",
        "name": "second",
        **fields,
    }
    with pytest.raises(UsageError, match=why):
        coding.set_task(project, told.pop("name"), **told)


def test_an_unknown_task_is_told_with_those_near(project: Project) -> None:
    set_task(project)
    with pytest.raises(UsageError, match="did you mean pilot"):
        task_progress(project, "pilots")


def test_a_draw_is_the_same_for_the_same_seed(project: Project) -> None:
    assert coding.draw(project, 1, "pilot") == coding.draw(project, 1, "pilot")
    assert coding.draw(project, 9, "pilot") == ("a", "b")
    assert {coding.draw(project, 1, str(seed)) for seed in range(20)} == {("a",), ("b",)}


def test_a_coder_is_known_whatever_the_case(project: Project) -> None:
    set_task(project)
    [task] = coding.list_tasks(project)
    assert (coding.coder_of(task, " ana"), coding.coder_of(task, "Eve")) == ("Ana", None)


def test_reading_again_changes_nothing_in_what_was_finished(project: Project) -> None:
    set_task(project)
    before = finish_both(project)
    store_reports([make_report("a", TEXT)], project, fake_reader())
    assert standing(project) == [("shelling", Mark.READ)]
    assert comparison(project, "pilot", "a") == before


def test_coders_of_different_versions_are_not_matched(project: Project) -> None:
    set_task(project)
    coding.finish(project, "pilot", "Ana", "a")
    keep_coded(project, [make_report("a", f"{TEXT} More followed.")], READ)
    coding.finish(project, "pilot", "Ben", "a")
    assert agreements(project, "pilot")[0].apart == ("a",)
    assert agreements(project, "pilot")[0].agreement is None


def test_agreement_is_reckoned_from_what_all_have_finished(project: Project) -> None:
    set_task(project, reports=("a", "b"))
    shelled, died = ids(project, "Ana")
    coding.fix(project, "pilot", "Ana", "a", shelled, {"type": "airstrike"})
    coding.reject(project, "pilot", "Ben", "a", died)
    finish_both(project)
    [found] = agreements(project)
    assert (found.reports, found.of) == (("a",), 2)
    assert found.agreement is not None
    assert (found.agreement.units, found.agreement.alike) == (2, 0)
    assert found.agreement.found[0].f1 == pytest.approx(2 / 3)
    assert found.agreement.fields["type"].agreement == 0.0


def test_a_settled_difference_is_the_decision_of_the_project(project: Project) -> None:
    set_task(project)
    coding.fix(project, "pilot", "Ana", "a", ids(project, "Ana")[0], {"type": "airstrike"})
    unit = finish_both(project).units[0]
    assert unit.differs == ("type",)
    [kept] = coding.settle(project, "pilot", "a", unit.id, choose="Ana", who="Lead", reason="aircraft named above")
    assert standing(project)[0] == ("airstrike", Mark.FIXED)
    found = comparison(project, "pilot", "a")
    assert found is not None
    assert found.settled[unit.id].chose == "Ana"
    with pytest.raises(UsageError, match=f"settled already, by entry {kept.number}"):
        coding.settle(project, "pilot", "a", unit.id, choose="Ben", who="Lead", reason="r")
    deciding.undo(project, kept.number, who="Lead", reason="r")
    coding.settle(project, "pilot", "a", unit.id, choose="Ben", who="Lead", reason="shells after all")
    assert standing(project)[0] == ("shelling", Mark.ACCEPTED)


def test_a_third_reading_can_be_the_decision(project: Project) -> None:
    set_task(project)
    unit = finish_both(project).units[0]
    coding.settle(project, "pilot", "a", unit.id, fields={"certainty": "possible"}, who="Lead", reason="r")
    assert decided_claims(project, "a")[0].claim.certainty == "possible"


def test_neither_means_that_there_is_no_claim(project: Project) -> None:
    set_task(project)
    coding.add(project, "pilot", "Ana", "a", {"type": "deploys", "evidence": [SENT]})
    found = finish_both(project)
    for unit in found.units:
        coding.settle(project, "pilot", "a", unit.id, who="Lead", reason="no claim")
    assert {mark for _, mark in standing(project)} == {Mark.REJECTED}
    again = comparison(project, "pilot", "a")
    assert again is not None
    assert again.open_units == ()


def test_a_claim_that_one_coder_added_is_added(project: Project) -> None:
    set_task(project)
    coding.add(project, "pilot", "Ben", "a", {"type": "deploys", "evidence": [SENT]})
    unit = next(one for one in finish_both(project).units if None in one.claims)
    coding.settle(project, "pilot", "a", unit.id, choose="Ben", who="Lead", reason="missed")
    assert standing(project)[-1] == ("deploys", Mark.ADDED)


def test_from_nothing_the_engines_claim_of_the_same_words_is_fixed_and_not_doubled(project: Project) -> None:
    set_task(project, Start.EMPTY)
    for coder in ("Ana", "Ben"):
        coding.add(project, "pilot", coder, "a", {"type": "shelling", "evidence": [SHELLED], "places": ["Vale"]})
    [unit] = finish_both(project).units
    assert unit.is_agreed
    coding.settle_agreed(project, "pilot", "a", who="Lead")
    assert standing(project) == [("shelling", Mark.FIXED), ("kills", Mark.READ)]


def test_what_all_agree_on_is_kept_at_once_and_nothing_that_was_decided(project: Project) -> None:
    set_task(project)
    for coder in ("Ana", "Ben"):
        coding.reject(project, "pilot", coder, "a", ids(project, coder)[1])
        coding.add(project, "pilot", coder, "a", {"type": "deploys", "evidence": [SENT]})
    coding.fix(project, "pilot", "Ben", "a", ids(project, "Ben")[0], {"status": "ongoing"})
    finish_both(project)
    assert len(coding.settle_agreed(project, "pilot", "a", who="Lead")) == 2
    assert standing(project) == [("shelling", Mark.READ), ("kills", Mark.REJECTED), ("deploys", Mark.ADDED)]
    assert coding.settle_agreed(project, "pilot", "a", who="Lead") == ()


def test_two_claims_of_the_engine_in_one_unit_leave_the_one_chosen(project: Project) -> None:
    keep_coded(project, [make_report("a", SHELLED)], [row("shelling", SHELLED), row("attack", SHELLED)])
    set_task(project)
    shelling, attack = ids(project, "Ana")
    coding.reject(project, "pilot", "Ana", "a", attack)
    coding.reject(project, "pilot", "Ben", "a", shelling)
    [unit] = finish_both(project).units
    coding.settle(project, "pilot", "a", unit.id, choose="Ana", who="Lead", reason="shells")
    assert standing(project) == [("shelling", Mark.ACCEPTED), ("attack", Mark.REJECTED)]


def test_tasks_and_codings_go_with_the_project(project: Project, tmp_path: Path) -> None:
    set_task(project)
    finish_both(project)
    with open_project(tmp_path / "copy.db", create=True) as copy:
        read_project_lines(b"".join(export(project, "project")).splitlines(keepends=True), copy)
        assert comparison(copy, "pilot", "a") == comparison(project, "pilot", "a")
        assert coding.list_tasks(copy) == coding.list_tasks(project)
