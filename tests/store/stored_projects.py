"""Projects as each revision of the tables left them, kept as SQL in store/projects, and how they were made.

PYTHONPATH=tests python -m store.stored_projects 0006   writes store/projects/0006.sql

A project is read anew (by the fake reader), decided upon, and its rows are copied into tables that the migrations made
up to the revision: of each table what the revision knew of it. Decisions on lineage are put where revision 0002 kept
them. A file is made once, when its revision is the newest, by the code of then, and kept as it is: a project of that
age is what it stands for. (0007 and 0008 came with 0009, so that none of theirs ever was.)
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, MetaData, insert, select, text

from fake_reading import fake_reader, make_report
from twosource import deciding, identifying, relating
from twosource.corpus_records import Judgement
from twosource.gathering import gather
from twosource.pipeline import store_reports
from twosource.records import Report
from twosource.store import Project, open_project, schema
from twosource.store.report_index import FULL_TEXT

__all__ = ["REVISIONS", "copy_rows", "decide", "open_at", "small_war", "stored_project", "war_reports"]

FOLDER = Path(__file__).parent / "projects"
REVISIONS = tuple(sorted(path.stem for path in FOLDER.glob("*.sql")))
"""Of which revisions there is a project."""

_MADE = "2024-03-10T08:00:00+00:00"
_PAIR = ("r-00", "r-01")


def war_reports(number: int) -> list[Report]:
    """Reports of one war: every third is reprinted, some tell of one event, the first comes in two versions."""
    told = [_text(one) for one in range(number)]
    made = [make_report(f"r-{n:02}", text, published="2024-03-08", outlet=f"Post {n}") for n, text in enumerate(told)]
    made += [
        make_report(f"again-{n:02}", told[n], published="2024-03-09", outlet="Reprint") for n in range(0, number, 3)
    ]
    return [*made, make_report("r-00", told[0] + " Sud backs Norland.", published="2024-03-09", outlet="Post 0")]


def _text(number: int) -> str:
    shelling = f"Smith said Norland shelled Vale-{number % 5} on 2024-03-{1 + number % 7:02}, killing {3 + number}."
    seen = " ".join(f"house{number}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    return f"{shelling} The people of quarter {number} saw {seen}. Jones said Sud seized Port-{number % 3}. ???"


def small_war() -> list[Report]:
    """The reports of the stored projects."""
    return war_reports(3)


def stored_project(revision: str, path: Path) -> None:
    """Makes the file: a project as a twosource of that revision left it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript((FOLDER / f"{revision}.sql").read_text(encoding="utf-8"))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def decide(project: Project, revision: str) -> None:
    """Decides what could be decided at a revision: on lineage since 0002, on claims since 0003."""
    if revision >= "0002":
        relating.keep_decision(project, _PAIR, Judgement.SAME, who="unknown", reason="one stringer")
    if revision >= "0003":
        claim = deciding.decided_claims(project, "r-02")[0].claim.id
        deciding.fix(project, "r-02", claim, {"type": "airstrike"}, who="coder-1", reason="read it again")
    identifying.identify(project)
    gather(project)


def _write(revision: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        new, old = Path(folder) / "new.db", Path(folder) / "old.db"
        with open_project(new, create=True) as project:
            store_reports(small_war(), project, fake_reader())
            decide(project, revision)
            _make_tables(old, revision)
            with project.looking() as source, open_at(old) as target, target.begin():
                _copy(source, target, revision)
        with sqlite3.connect(old) as connection:
            (FOLDER / f"{revision}.sql").write_text("\n".join(_dumped(connection)) + "\n", encoding="utf-8")


def _dumped(connection: sqlite3.Connection) -> Iterator[str]:
    """The statements that make the database. A full-text index is not dumped: it's filled from the texts."""
    full_text = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [FULL_TEXT]).fetchone()
    connection.execute(f"DROP TABLE IF EXISTS {FULL_TEXT}")
    yield from connection.iterdump()
    if full_text is not None:
        yield f"{full_text[0]};"
        yield (
            f"INSERT INTO {FULL_TEXT} (rowid, words) SELECT indexed_report.number, report.folded "
            "FROM indexed_report JOIN report ON report.id = indexed_report.id AND report.current;"
        )


def open_at(path: Path) -> Connection:
    """A connection to the file as it is."""
    from sqlalchemy import create_engine

    return create_engine(f"sqlite:///{path}").connect()


def _make_tables(path: Path, revision: str) -> None:
    from alembic import command

    with open_at(path) as connection, connection.begin():
        command.upgrade(schema.config_for(connection), revision)


def copy_rows(source: Connection, target: Connection) -> None:
    """Puts what the tables of one database hold into those of another: of each table the columns that both have."""
    new, old = MetaData(), MetaData()
    new.reflect(source, only=_is_plain)
    old.reflect(target, only=_is_plain)
    for table in old.sorted_tables:
        if table.name == "alembic_version" or table.name not in new.tables:
            continue
        known = [new.tables[table.name].c[column.name] for column in table.c if column.name in new.tables[table.name].c]
        rows = [dict(row) for row in source.execute(select(*known)).mappings()]
        if rows:
            target.execute(insert(table), rows)


def _is_plain(name: str, _metadata: object) -> bool:
    return not name.startswith(FULL_TEXT)


def _copy(source: Connection, target: Connection, revision: str) -> None:
    copy_rows(source, target)
    if revision == "0002":
        target.execute(
            text(
                "INSERT INTO lineage_decision (made, first, second, judgement, reason) "
                "VALUES (:made, :first, :second, 'same', 'one stringer')"
            ),
            {"made": _MADE, "first": _PAIR[0], "second": _PAIR[1]},
        )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for asked in sys.argv[1:]:
        _write(asked)
