"""What pages of large projects are quickly made from: claims by day, and every name once."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, select

from twosource.store import open_project, schema, tables
from web.desk_reports import example_readings, make_project


def test_a_kept_claim_has_the_day_of_its_report_and_whether_it_counts(tmp_path: Path) -> None:
    with make_project(tmp_path / "a.db", example_readings()) as project, project.looking() as connection:
        claim, report, reading = tables.claim.c, tables.report.c, tables.reading.c
        joined = tables.claim.join(tables.reading, reading.number == claim.reading).join(
            tables.report, report.digest == reading.report
        )
        rows = connection.execute(
            select(claim.published, report.published.label("day"), claim.counted, claim.record).select_from(joined)
        ).all()
    assert rows
    assert all(row.published == row.day for row in rows)
    assert all(row.counted is (b'"figures":[{' in row.record) for row in rows)
    assert {row.counted for row in rows} == {True, False}


def test_each_name_is_kept_once_for_its_field(tmp_path: Path) -> None:
    with make_project(tmp_path / "a.db", example_readings()) as project, project.looking() as connection:
        value, name = tables.claim_value.c, tables.claim_name.c
        wanted = {(*row,) for row in connection.execute(select(value.field, value.folded))}
        kept = [(*row,) for row in connection.execute(select(name.field, name.folded))]
    assert wanted
    assert sorted(kept) == sorted(wanted)


@pytest.mark.file
def test_an_older_project_gets_days_marks_and_names(tmp_path: Path) -> None:
    marked = select(tables.claim.c.id, tables.claim.c.published, tables.claim.c.counted)
    with make_project(tmp_path / "new.db", example_readings()) as project, project.looking() as connection:
        before = {(*row,) for row in connection.execute(marked)}
        names = {(*row,) for row in connection.execute(select(tables.claim_name))}
    _make_older(tmp_path / "old.db", tmp_path / "new.db")
    with open_project(tmp_path / "old.db") as project, project.looking() as connection:
        assert schema.revision_of(connection) == schema.HEAD
        assert {(*row,) for row in connection.execute(marked)} == before
        assert {(*row,) for row in connection.execute(select(tables.claim_name))} == names


def _make_older(path: Path, source: Path) -> None:
    """A project at the revision before, with what both revisions keep."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        command.upgrade(schema.config_for(connection), "0006")
    with engine.connect() as connection:
        connection.exec_driver_sql("ATTACH ? AS new", (str(source),))
        for name in ("run", "report", "reading", "claim", "claim_value"):
            columns = ", ".join(f'"{one["name"]}"' for one in inspect(connection).get_columns(name))
            connection.exec_driver_sql(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM new.{name}")
        connection.commit()
    engine.dispose()
