"""Sentences that somebody has looked at: kept with who and when, through another version, an undo and an export."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_reading import fake_reader, make_report
from twosource import deciding
from twosource.corpus_records import DecisionKind
from twosource.errors import UsageError
from twosource.export.formats import export
from twosource.export.project_lines import read_project_lines
from twosource.pipeline import store_reports
from twosource.spans import Span
from twosource.store import Project, open_project
from twosource.views.decisions import DecisionState, list_decisions

TEXT = "Rain came. Norland shelled Vale. Talks went on."


def fill(project: Project) -> None:
    store_reports([make_report("a", TEXT), make_report("b", TEXT)], project, fake_reader())


def spans(project: Project, report: str = "a") -> list[Span]:
    return [one.span for one in deciding.looked_at(project, report).looks]


def test_a_tick_says_who_and_when_and_is_of_its_report_alone(project: Project) -> None:
    kept = deciding.look(project, "a", Span(0, 10), who="Ana")
    assert (kept.kind, kept.who, kept.value["words"]) == (DecisionKind.SENTENCE, "Ana", "Rain came.")
    assert kept.made
    assert spans(project) == [Span(0, 10)]
    assert spans(project, "b") == []


def test_spaces_around_the_words_are_no_part_of_a_tick(project: Project) -> None:
    assert deciding.look(project, "a", Span(10, 33), who="Ana").value["words"] == "Norland shelled Vale."


def test_what_was_looked_at_keeps_its_first_entry(project: Project) -> None:
    first = deciding.look(project, "a", Span(0, 10), who="Ana")
    assert deciding.look(project, "a", Span(0, 10), who="Ben") == first


def test_a_tick_taken_back_is_gone_and_can_be_made_again(project: Project) -> None:
    kept = deciding.look(project, "a", Span(0, 10), who="Ana")
    deciding.undo(project, kept.number, who="Ben", reason="a claim after all")
    assert spans(project) == []
    assert deciding.look(project, "a", Span(0, 10), who="Ben").number == 3


def test_a_tick_follows_its_words_into_another_version(project: Project) -> None:
    deciding.look(project, "a", Span(11, 32), who="Ana")
    store_reports([make_report("a", f"Late news. {TEXT}")], project, fake_reader())
    assert spans(project) == [Span(22, 43)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Sleet came. Talks went on.", "'Rain came.' stands in the report no more"),
        ("Rain came. Rain came.", "'Rain came.' stands in several places of the report now"),
    ],
)
def test_a_tick_whose_words_have_no_one_place_is_told_and_kept(project: Project, text: str, why: str) -> None:
    deciding.look(project, "a", Span(0, 10), who="Ana")
    store_reports([make_report("a", text)], project, fake_reader())
    assert [one.reason for one in deciding.looked_at(project, "a").lapsed] == [why]
    assert [one.reason for one in deciding.no_longer_apply(project)] == [why]
    [row] = list_decisions(project, kind=DecisionKind.SENTENCE)
    assert (row.state, row.why) == (DecisionState.NO_LONGER_APPLIES, why)


@pytest.mark.parametrize(
    ("report", "run"), [("c", Span(0, 4)), ("a", Span(40, 90)), ("a", Span(4, 4)), ("a", Span(10, 11))]
)
def test_a_run_without_words_of_the_report_is_refused(project: Project, report: str, run: Span) -> None:
    with pytest.raises(UsageError):
        deciding.look(project, report, run, who="Ana")


def test_ticks_go_with_the_project(project: Project, tmp_path: Path) -> None:
    deciding.look(project, "a", Span(0, 10), who="Ana")
    with open_project(tmp_path / "copy.db", create=True) as copy:
        read_project_lines(b"".join(export(project, "project")).splitlines(keepends=True), copy)
        assert deciding.looked_at(copy, "a") == deciding.looked_at(project, "a")


def test_several_reports_are_asked_at_once(project: Project) -> None:
    deciding.look(project, "a", Span(0, 10), who="Ana")
    assert list(deciding.looked_in(project, ["a", "b"])) == ["a"]
    assert deciding.looked_in(project, []) == {}


def test_a_tick_is_not_kept_unchecked(project: Project) -> None:
    with pytest.raises(UsageError, match="use the function for it"):
        deciding.keep(project, DecisionKind.SENTENCE, ("a", "0-10"), "looked", who="Ana", reason="r")
