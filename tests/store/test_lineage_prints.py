"""Prints are found in whichever of the two tables they lie, and go from the one that came last into the large one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, select

from twosource.store import Project, lineage_prints, open_project, tables
from twosource.store.lineage_prints import Mark


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "a.db", create=True) as opened:
        yield opened


def marks(first: int, texts: int, each: int = 40) -> list[Mark]:
    """Of so many texts, numbered from the first, some drawn prints, a few of which every text holds."""
    dice = random.Random(first)
    return sorted(
        (number, text)
        for text in range(first, first + texts)
        for number in {0, 2**48 - 1, 2**47, *(dice.randrange(2**48) for _ in range(each))}
    )


def rows_of(connection: Connection, table: Table) -> list[Mark]:
    rows = connection.execute(select(table.c.number, table.c.text)).all()
    return sorted((number, text) for number, text in rows)


def kept_one_by_one(connection: Connection, first: int, texts: int) -> list[Mark]:
    """Puts texts in one after the other; returns all their marks."""
    every = []
    for text in range(first, first + texts):
        every += (fresh := marks(text, 1))
        lineage_prints.keep_marks(connection, fresh)
        lineage_prints.settle_marks(connection, [text])
    return sorted(every)


def test_marks_are_found_once_whichever_table_they_lie_in(project: Project) -> None:
    with project.writing() as connection:
        every = kept_one_by_one(connection, 1, 30)
        late, large = (rows_of(connection, one) for one in (tables.lineage_print_late, tables.lineage_print))
        assert late and large
        assert sorted(late + large) == every
        assert sorted(lineage_prints.marks_of(connection, {number for number, _ in every})) == every
        assert sorted(lineage_prints.marks_of(connection, [0])) == [(0, text) for text in range(1, 31)]
        assert lineage_prints.marks_of(connection, []) == []


def test_marks_are_taken_out_of_both_tables(project: Project) -> None:
    with project.writing() as connection:
        every = kept_one_by_one(connection, 1, 30)
        gone = [one for one in every if one[1] % 3 == 0]
        lineage_prints.drop_marks(connection, gone)
        left = [one for one in every if one[1] % 3]
        assert sorted(lineage_prints.marks_of(connection, {number for number, _ in every})) == left
        lineage_prints.drop_every_mark(connection)
        for table in (tables.lineage_print_late, tables.lineage_print):
            assert rows_of(connection, table) == []


@pytest.mark.parametrize(("first", "most"), [(1, 64), (10_000, 800), (100_000, 2560)])
def test_every_slice_has_its_turn_within_eight_square_roots_of_what_the_index_holds(
    project: Project, first: int, most: int
) -> None:
    with project.writing() as connection:
        fresh = marks(first, 3)
        lineage_prints.keep_marks(connection, fresh)
        lineage_prints.settle_marks(connection, range(first, first + most // 2))
        halfway = rows_of(connection, tables.lineage_print)
        lineage_prints.settle_marks(connection, range(first + most // 2, first + most))
        assert rows_of(connection, tables.lineage_print) == fresh
        assert rows_of(connection, tables.lineage_print_late) == []
    assert 0.3 * len(fresh) < len(halfway) < 0.7 * len(fresh)
