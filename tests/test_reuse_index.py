"""The index of prints: what it leaves out is left out whatever came first, and comes back when a text changes."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from fake_reading import fake_reader, make_report
from twosource.pipeline import store_reports
from twosource.records import Report
from twosource.store import Project, open_project, tables
from twosource.store import lineage as stored
from twosource.store.due import Across, due, mark

_WORDS = [f"{first}{last}" for first in ("bri", "ka", "lor", "nem", "sta", "vul") for last in ("dge", "ren", "t", "mi")]


def reports(seed: int, count: int) -> list[Report]:
    """Reports of twenty days made of few sentences, so that many become boilerplate or common."""
    dice = random.Random(seed)
    pool = [" ".join(dice.choices(_WORDS, k=14)).capitalize() + "." for _ in range(9)]
    first = datetime.date(2024, 3, 1)
    found = []
    for number in range(count):
        text = " ".join(dice.sample(pool, 4))
        day = first + datetime.timedelta(days=dice.randrange(20))
        found.append(make_report(f"r{number:02}", text, published=day.isoformat(), outlet=f"O{number % 3}"))
    return found


def keep(project: Project, some: Iterable[Report]) -> None:
    store_reports(some, project, fake_reader())


def kept(project: Project) -> tuple[object, ...]:
    closed = tables.lineage_closed.c
    with project.looking() as connection:
        index = connection.execute(select(closed.number, closed.stock).order_by(closed.number)).all()
        prints = [
            number
            for table in (tables.lineage_print, tables.lineage_print_late)
            for number in connection.execute(select(table.c.number)).scalars()
        ]
        return (
            [tuple(row) for row in index],
            sorted(prints),
            stored.dependences(connection),
            stored.all_lineages(connection),
        )


def at_once(path: Path, some: Sequence[Report]) -> tuple[object, ...]:
    with open_project(path, create=True) as project:
        keep(project, some)
        return kept(project)


@pytest.mark.parametrize("seed", range(3))
def test_reports_that_come_and_change_one_by_one_leave_what_their_last_texts_leave_at_once(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twosource.corpus.candidates.MOST_HOLDERS", 5)
    first, second = reports(seed, 16), reports(seed + 50, 16)
    changed = [
        msgspec.structs.replace(one, text=other.text, digest=f"later {one.id}")
        for one, other in zip(first[3:8], second[3:8], strict=True)
    ]
    with open_project(tmp_path / "parts.db", create=True) as project:
        for some in (first[:6], *([one] for one in first[6:]), changed[:1], changed[1:]):
            keep(project, some)
        found = kept(project)
    assert found[0] and found[2]
    assert found == at_once(tmp_path / "once.db", [*first[:3], *changed, *first[8:]])


def test_a_report_is_due_once_until_it_was_looked_at(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        keep(project, reports(1, 2))
        with project.writing() as connection:
            assert [due(connection, stage) for stage in Across] == [[], [], []]
            mark(connection, ["r00", "r01", "r00"], Across.EVENTS)
            mark(connection, ["r01"])
            assert [due(connection, stage) for stage in Across] == [["r01"], ["r01"], ["r00", "r01"]]
        keep(project, [])
        with project.looking() as connection:
            assert [due(connection, stage) for stage in Across] == [[], [], []]
