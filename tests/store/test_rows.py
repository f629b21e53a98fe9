"""Rows that are handed to the driver as they are lie where their columns say, in whatever order these are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from twosource.store import open_project, tables
from twosource.store.rows import insert_rows


@pytest.mark.parametrize("columns", [("number", "text"), ("text", "number")])
def test_each_value_comes_into_its_column(tmp_path: Path, columns: tuple[str, ...]) -> None:
    given = [{"number": 2**47, "text": 1}, {"number": 3, "text": 2}]
    with open_project(tmp_path / "a.db", create=True) as project:
        with project.writing() as connection:
            insert_rows(
                connection, tables.lineage_print, columns, [tuple(row[name] for name in columns) for row in given]
            )
            insert_rows(connection, tables.lineage_print, columns, [])
        with project.looking() as connection:
            kept = (
                connection.execute(select(tables.lineage_print).order_by(tables.lineage_print.c.text)).mappings().all()
            )
    assert [dict(row) for row in kept] == given
