"""A figure of several claims of a report: corrected in one, it is corrected in all, until a person says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fake_reading import find_claims, make_report
from twosource import deciding
from twosource.deciding import DecidedClaim, Mark
from twosource.gathering import gather
from twosource.pipeline import Reader, store_reports
from twosource.records import Reading
from twosource.stage import Batch, Stage, fingerprint
from twosource.store import Project, open_project
from twosource.views.claims import ClaimFilter, every_claim
from twosource.views.events import find_events
from twosource.views.figures import figure_history

TEXT = "Norland shelled Vale on 2024-03-05, killing 12. Norland shelled Vale. Norland shelled Vale again."
LATER = f"{TEXT} Nobody knows why."
FIRST, SECOND, THIRD = range(3)


def reader(version: int = 1) -> Reader:
    """The fake reader, with the toll of the first claim of a report in all of its claims."""

    def run(batch: Batch, _: object) -> list[Reading]:
        return [_copied(one) for one in find_claims(batch, None)]

    stages: tuple[Stage[None], ...] = (Stage(name="fake", version=version, run=run),)
    return Reader(stages=stages, equipment=None, fingerprint=fingerprint(stages, {}))


def _copied(reading: Reading) -> Reading:
    figures, when = reading.claims[0].figures, reading.claims[0].when
    claims = tuple(msgspec.structs.replace(one, figures=figures, when=when) for one in reading.claims)
    return msgspec.structs.replace(reading, claims=claims)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "a.db", create=True) as opened:
        store_reports([make_report("r", TEXT, published="2024-03-05")], opened, reader())
        yield opened


def claims(project: Project) -> tuple[DecidedClaim, ...]:
    return deciding.decided_claims(project, "r")


def killed(project: Project) -> list[int | None]:
    """The toll of each claim of the report, by their places."""
    return [one.claim.figures[0].low for one in claims(project)]


def fix(project: Project, at: int, number: int, **told: Any) -> None:
    figure = {"phrase": "12", "kind": "killed", "low": number, "high": number} | told
    deciding.fix(project, "r", claims(project)[at].claim.id, {"figures": [figure]}, who="a", reason="counted again")


def test_what_is_corrected_in_one_claim_holds_for_the_others(project: Project) -> None:
    assert killed(project) == [12, 12, 12]
    fix(project, SECOND, 13)
    assert killed(project) == [13, 13, 13]
    assert [one.mark for one in claims(project)] == [Mark.READ, Mark.FIXED, Mark.READ]
    assert [one.as_read.figures[0].low for one in claims(project) if one.as_read] == [12, 12, 12]


def test_a_kind_is_corrected_as_a_number_is(project: Project) -> None:
    fix(project, FIRST, 12, kind="injured")
    assert [one.claim.figures[0].kind for one in claims(project)] == ["injured"] * 3


def test_figures_and_events_give_the_corrected_value_alone(project: Project) -> None:
    fix(project, SECOND, 13)
    gather(project)
    assert [step.value for step in figure_history(project).steps] == ["13"]
    [event] = find_events(project)
    assert [(told.low, len(told.claims)) for one in event.figures for told in one.told] == [(13, 3)]
    assert [one.claim.figures[0].low for one in every_claim(project, ClaimFilter())] == [13, 13, 13]


def test_an_undone_correction_is_undone_everywhere(project: Project) -> None:
    fix(project, SECOND, 13)
    gather(project)
    deciding.undo(project, 1, who="a", reason="a slip")
    gather(project)
    assert killed(project) == [12, 12, 12]
    [event] = find_events(project)
    assert [told.low for one in event.figures for told in one.told] == [12]


def test_what_a_person_said_of_another_claim_s_figure_stays(project: Project) -> None:
    fix(project, FIRST, 14)
    fix(project, SECOND, 13)
    assert killed(project) == [14, 13, 13]
    fix(project, THIRD, 12)
    assert killed(project) == [14, 13, 12]


def test_what_was_accepted_before_stays_and_what_is_accepted_after_is_accepted_as_it_stands(project: Project) -> None:
    deciding.accept(project, "r", claims(project)[FIRST].claim.id, who="b", reason="right")
    fix(project, SECOND, 13)
    deciding.accept(project, "r", claims(project)[THIRD].claim.id, who="b", reason="right")
    assert killed(project) == [12, 13, 13]
    assert [one.mark for one in claims(project)] == [Mark.ACCEPTED, Mark.FIXED, Mark.ACCEPTED]
    assert deciding.no_longer_apply(project) == ()


def test_a_claim_of_which_another_field_was_fixed_takes_the_figure_too(project: Project) -> None:
    deciding.fix(project, "r", claims(project)[THIRD].claim.id, {"type": "airstrike"}, who="b", reason="planes")
    fix(project, SECOND, 13)
    third = claims(project)[THIRD].claim
    assert (third.type, third.figures[0].low) == ("airstrike", 13)


def test_a_figure_that_was_taken_out_of_one_claim_stays_in_the_others(project: Project) -> None:
    deciding.fix(project, "r", claims(project)[SECOND].claim.id, {"figures": []}, who="a", reason="not of this one")
    assert [len(one.claim.figures) for one in claims(project)] == [1, 0, 1]


def test_a_correction_moves_with_its_words_into_another_version_and_reading(project: Project) -> None:
    fix(project, SECOND, 13)
    store_reports([make_report("r", LATER, published="2024-03-05")], project, reader(version=2))
    assert killed(project) == [13, 13, 13]


def test_a_scope_is_corrected_and_its_whole_found_where_the_other_claim_has_it(project: Project) -> None:
    figures = [
        {"phrase": "12", "kind": "killed", "low": 12, "high": 12, "scope": "part", "part_of": "killing"},
        {"phrase": "killing", "kind": "killed", "low": 20, "high": 20},
    ]
    deciding.fix(project, "r", claims(project)[SECOND].claim.id, {"figures": figures}, who="a", reason="a share")
    found = [one.claim.figures[0] for one in claims(project)]
    assert [one.part_of for one in found] == [-1, 1, -1]
    assert {one.rule for one in found} == {"person-scope"}


@pytest.mark.parametrize("fields", [{}, {"status": "planned"}], ids=["accepted", "fixed elsewhere"])
def test_another_decision_on_a_claim_keeps_what_was_corrected_in_a_later_one(
    project: Project, fields: dict[str, str]
) -> None:
    figures = [
        {"phrase": "12", "kind": "killed", "low": 12, "high": 12},
        {"phrase": "again", "kind": "injured", "low": 3, "high": 3},
    ]
    third = claims(project)[THIRD].claim.id
    deciding.fix(project, "r", third, {"figures": figures}, who="b", reason="more")
    fix(project, SECOND, 13)
    before = killed(project)
    if fields:
        deciding.fix(project, "r", third, fields, who="c", reason="not yet")
    else:
        deciding.accept(project, "r", third, who="c", reason="right")
    assert killed(project) == before
    assert deciding.no_longer_apply(project) == ()
