"""Decisions on names and events that no longer apply are told, once these were gathered."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert

from fake_reading import fake_reader, make_report
from twosource import deciding
from twosource.corpus_records import DecisionKind
from twosource.gathering import decide_event, gather
from twosource.pipeline import store_reports
from twosource.store import Project, events, open_project, tables

WAR = "Norland shelled Vale-Port on 2024-03-01, killing 2."


def _keep(project: Project, *, second: str) -> None:
    store_reports([make_report("a", WAR), make_report("b", second)], project, fake_reader())
    gather(project)


def _lapsed(project: Project) -> list[str]:
    return [one.reason for one in deciding.no_longer_apply(project)]


def test_a_word_on_events_whose_claims_are_gone_is_told(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        _keep(project, second="Sud seized Al-Vale on 2024-04-01.")
        with project.looking() as connection:
            ids = events.claims_of_reports(connection, ["a", "b"])
        decide_event(project, "merge", ids, who="coder-1", reason="one push")
        assert _lapsed(project) == []
        _keep(project, second="Nothing was heard.")
        assert _lapsed(project) == ["fewer than two of the claims that it names are read now"]


@pytest.mark.parametrize(("known", "told"), [("Sud", []), ("Norland", ["no claim names 'Sud' any more"])])
def test_a_word_on_a_name_that_nobody_uses_is_told(tmp_path: Path, known: str, told: list[str]) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        deciding.keep(project, DecisionKind.ENTITY, ("Norland", "Sud"), "same", who="coder-1", reason="renamed")
        assert _lapsed(project) == []
        with project.writing() as connection:
            connection.execute(insert(tables.entity_report).values(report="a", reading=1, fingerprint="f"))
            row = {"report": "a", "folded": "", "entity": "name:norland", "record": b"{}"}
            names = dict.fromkeys(("Norland", known))
            connection.execute(insert(tables.entity_name), [{**row, "name": name} for name in names])
        assert _lapsed(project) == told


def test_an_id_that_was_merged_into_another_still_counts(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        ids = ("name:norland", "name:sud")
        deciding.keep(project, DecisionKind.ENTITY, ids, "same", who="coder-1", reason="renamed")
        with project.writing() as connection:
            connection.execute(insert(tables.entity_report).values(report="a", reading=1, fingerprint="f"))
            row = {"report": "a", "folded": "", "entity": ids[0], "record": b"{}"}
            names = [{**row, "name": "Norland", "alone": ids[0]}, {**row, "name": "Sud", "alone": ids[1]}]
            connection.execute(insert(tables.entity_name), names)
        assert _lapsed(project) == []
