"""Names brought together a few reports at a time: the same as bringing all of them together."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, select

from fake_reading import fake_reader, make_report
from twosource.identifying import identify
from twosource.pipeline import store_reports
from twosource.records import Report
from twosource.store import Project, entity_counts, open_project, tables

NAMES = (
    *("ISIS", "Daesh", "Galibiyun", "Galibiyyoun", "Ahmad", "Ahmad Karim", "Karim", "A Karim", "Zahra Front"),
    *("Zahra Brigade", "Liwa Zahra", "Zahra", "ZF", "Darrem Free Front", "Free Front", "Hezbollah", "Omar Darrem"),
)


def reports(seed: int, count: int) -> list[Report]:
    dice = random.Random(seed)
    found = []
    for number in range(count):
        told = [f"{one} shelled {other}." for one, other in (dice.sample(NAMES, 2) for _ in range(3))]
        outlet = dice.choice(["One Herald", "Two Herald", None])
        found.append(make_report(f"r{number}", " ".join(told), outlet=outlet))
    return found


def keep(project: Project, some: Sequence[Report]) -> None:
    store_reports(some, project, fake_reader())


def kept(project: Project) -> tuple[object, ...]:
    name, entity, group = tables.entity_name.c, tables.entity.c, tables.entity_group.c
    queries = (
        select(name.report, name.name, name.entity).order_by(name.report, name.name),
        select(entity.id, entity.kind, entity.reports, entity.claims, entity.record).order_by(entity.id),
        select(group.alone, group.entity).where(group.alone.in_(select(name.alone))).order_by(group.alone),
    )
    with project.looking() as connection:
        return tuple([tuple(row) for row in connection.execute(query)] for query in queries)


def all_together(project: Project) -> tuple[object, ...]:
    """What all names give that are brought together anew."""
    with project.writing() as connection:
        connection.execute(delete(tables.stage_state).where(tables.stage_state.c.stage == "grouped"))
    identify(project)
    return kept(project)


@pytest.mark.parametrize("seed", range(4))
def test_names_of_new_and_changed_reports_come_to_what_all_names_come_to(tmp_path: Path, seed: int) -> None:
    some, other = reports(seed, 10), reports(seed + 100, 10)
    with open_project(tmp_path / "a.db", create=True) as project:
        for batch in (some[:4], some[4:5], some[5:], other[2:5]):  # the last ones are other texts under known ids
            keep(project, batch)
            found = kept(project)
            assert found == all_together(project)


def test_a_block_that_grows_too_large_leads_to_nobody_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("regrouping", "corpus.entities.grouping"):
        monkeypatch.setattr(f"twosource.{module}.MOST_IN_BLOCK", 2)
    with open_project(tmp_path / "a.db", create=True) as project:
        for report in reports(7, 10):
            keep(project, [report])
            found = kept(project)
            assert found == all_together(project)


def test_another_spelling_of_a_name_that_many_reports_have_takes_no_look_at_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    every = entity_counts.counts_anew

    def noted(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[int, int]]:
        known = list(ids)
        asked.extend(known)
        return every(connection, known)

    def told(number: int, name: str) -> Report:
        return make_report(f"r{number}", f"{name} shelled Vale.")

    with open_project(tmp_path / "a.db", create=True) as project:
        keep(project, [told(number, "Galibiyun") for number in range(6)])
        before = kept(project)[1]
        monkeypatch.setattr(entity_counts, "counts_anew", noted)
        keep(project, [told(6, "Galibiyyoun"), make_report("r7", "Galibiyyoun shelled Galibiyun.")])
        monkeypatch.undo()
        found = kept(project)
        [entity] = [row[0] for row in found[1] if row[2] == 8]
        assert entity in {row[0] for row in before}
        assert entity not in asked
        assert found == all_together(project)
