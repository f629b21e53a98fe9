"""What a project goes through: reading, gathering, deciding, migrating, exporting; and what must hold after each."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, func, inspect, select

from crash.killing import Acknowledge, Work
from fake_reading import fake_reader
from store.stored_projects import stored_project, war_reports
from twosource import deciding, identifying, pipeline, relating
from twosource.cli.giving import write_out
from twosource.corpus_records import Judgement
from twosource.export.formats import FORMATS
from twosource.export.material import Material
from twosource.export.snapshots import snapshot
from twosource.gathering import gather
from twosource.gathering import reports as gathering
from twosource.ids import digest_of
from twosource.pipeline import store_reports
from twosource.records import Reading, Report
from twosource.stage import run_stages
from twosource.store import Project, open_project, schema, tables
from twosource.store.decisions import every_decision
from twosource.store.write import Batch, keep_batch, start_run
from twosource.views.claims import every_claim

__all__ = ["PHASES", "Phase", "check_read_project", "load_all", "project_digest"]

_DAY = datetime.date(2024, 3, 9)
_FORMATS = ("claims", "claims-csv", "events-csv", "project")


class Phase(NamedTuple):
    """``prepare`` leaves in a folder what the work begins with; ``check`` raises AssertionError where something that
    was acknowledged is lost, or something is half-written; ``digest`` is of all that the work leaves behind."""

    name: str
    prepare: Callable[[Path], None]
    work: Work
    check: Callable[[Path, list[str]], None]
    digest: Callable[[Path], str]


def reports() -> list[Report]:
    """Reports of one war: some are reprints, some tell of one event, one comes in two versions."""
    return war_reports(12)


def load_all(folder: Path) -> None:
    """Loads here, once, what each process of a phase needs: forked ones have it then."""
    _read_whole(folder)


def in_small_steps() -> None:
    """Makes transactions so small that there are many of them between which a program can end."""
    pipeline._BATCH_REPORTS = 4
    relating._AT_ONCE = 5
    identifying._AT_ONCE = 5
    gathering._AT_ONCE = 5


def _read(folder: Path, acknowledge: Acknowledge) -> None:
    in_small_steps()
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        acknowledge(f"{done} read")

    with open_project(folder / "p.db", create=True) as project:
        store_reports(reports(), project, fake_reader(), progress=tell)


def _check_read(folder: Path, acknowledged: list[str]) -> None:
    if not (folder / "p.db").exists():
        assert not acknowledged
        return
    check_read_project(folder / "p.db")
    with open_project(folder / "p.db", create=True) as project, project.looking() as connection:
        promised = {one.digest for one in reports()[: max((int(line.split()[0]) for line in acknowledged), default=0)]}
        kept = set(connection.execute(select(tables.reading.c.report)).scalars())
        assert promised <= kept


def check_read_project(path: Path) -> None:
    """Raises AssertionError where the project is not one that can be gone on with, with every reading whole."""
    with open_project(path, create=True) as project, project.looking() as connection:
        _check_whole(connection)


def _check_whole(connection: Connection) -> None:
    """No reading without all its claims, no id with two current versions, no row that points to none."""
    reading, claim, report = tables.reading.c, tables.claim.c, tables.report.c
    held = select(func.count()).select_from(tables.claim).where(claim.reading == reading.number).scalar_subquery()
    assert connection.execute(select(reading.number).where(reading.claims != held)).all() == []
    current = select(report.id).where(report.current).group_by(report.id).having(func.count() != 1)
    assert connection.execute(current).all() == []
    ids = select(func.count(report.id.distinct()))
    assert connection.execute(ids).scalar() == connection.execute(ids.where(report.current)).scalar()
    _check_database(connection)


def _check_database(connection: Connection) -> None:
    numbers = connection.execute(select(tables.decision.c.number).order_by(tables.decision.c.number)).scalars().all()
    assert numbers == list(range(1, len(numbers) + 1))
    if connection.dialect.name == "sqlite":
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def _digest_of_project(folder: Path) -> str:
    with open_project(folder / "p.db") as project:
        return project_digest(project)


def project_digest(project: Project) -> str:
    """Of all that users can ask for: exports of everything, and what lineages, entities and events rest on."""
    given = [
        b"".join(snapshot(project, _DAY)),
        *(b"".join(_export(project, name)) for name in ("claims", "reports-csv")),
    ]
    with project.looking() as connection:
        rows = [sorted(connection.execute(select(column)).scalars()) for column in _DERIVED]
        decided = [(one.kind, one.verdict, one.subjects, one.value) for one in every_decision(connection)]
    return digest_of([one.hex() for one in given], [[bytes(row).hex() for row in some] for some in rows], str(decided))


_DERIVED = [table.c.record for table in (tables.lineage, tables.dependence, tables.entity, tables.event)]


def _export(project: Project, name: str) -> Iterator[bytes]:
    return FORMATS[name].write(Material(project))


def _keep_unrelated(folder: Path) -> None:
    reader = fake_reader()
    with open_project(folder / "p.db", create=True) as project:
        run = start_run(project, reader.fingerprint)
        for batch in pipeline.batches(reports()):
            keep_batch(
                project, run, reader.fingerprint, Batch(reports=batch.reports, readings=_readings(batch.reports))
            )


def _readings(given: Sequence[Report]) -> tuple[Reading, ...]:
    reader = fake_reader()
    bare = [Reading(report=report, fingerprint=reader.fingerprint) for report in given]
    return tuple(run_stages(bare, reader.stages, reader.equipment))


def _gather(folder: Path, acknowledge: Acknowledge) -> None:
    in_small_steps()
    with open_project(folder / "p.db") as project:
        relating.relate(project, progress=lambda more: acknowledge(f"{more} related"))
        identifying.identify(project)
        gather(project, progress=lambda more: acknowledge(f"{more} gathered"))


def _check_gathered(folder: Path, acknowledged: list[str]) -> None:
    with open_project(folder / "p.db") as project, project.looking() as connection:
        _check_whole(connection)
        for word, column in (("related", tables.lineage_text.c.report), ("gathered", tables.event_reading.c.report)):
            promised = sum(int(line.split()[0]) for line in acknowledged if line.endswith(word))
            assert connection.execute(select(func.count(column))).scalar_one() >= promised


def _read_whole(folder: Path) -> None:
    with open_project(folder / "p.db", create=True) as project:
        store_reports(reports(), project, fake_reader())


_DECISIONS = 8


def _decide(folder: Path, acknowledge: Acknowledge) -> None:
    """Goes on after the last decision that the log holds."""
    with open_project(folder / "p.db") as project:
        with project.looking() as connection:
            made = len(every_decision(connection))
        for number in range(made, _DECISIONS):
            acknowledge(str(_decide_one(project, number)))
        identifying.identify(project)
        gather(project)


def _decide_one(project: Project, number: int) -> int:
    """Keeps the decision that has this number, from 0; returns its entry's."""
    report, who, reason = f"r-{number:02}", "coder-1", f"looked at it, {number}"
    if number % 4 == 3:
        return deciding.undo(project, number, who=who, reason=reason).number
    if number % 4 == 2:
        pair = (report, f"r-{number + 1:02}")
        return relating.keep_decision(project, pair, Judgement.SAME, who=who, reason=reason).number
    first = deciding.decided_claims(project, report)[0].claim.id
    if number % 4 == 1:
        return deciding.reject(project, report, first, who=who, reason=reason).number
    return deciding.fix(project, report, first, {"type": "airstrike"}, who=who, reason=reason).number


def _check_decided(folder: Path, acknowledged: list[str]) -> None:
    with open_project(folder / "p.db") as project:
        with project.looking() as connection:
            _check_whole(connection)
            log = [one.number for one in every_decision(connection)]
        assert log[: len(acknowledged)] == [int(line) for line in acknowledged]
        assert deciding.verify(project).faults == ()


def _leave_oldest(folder: Path) -> None:
    stored_project("0001", folder / "p.db")


def _migrate(folder: Path, acknowledge: Acknowledge) -> None:
    with open_project(folder / "p.db") as project, project.looking() as connection:
        acknowledge(str(schema.revision_of(connection)))


def _check_migrated(folder: Path, acknowledged: list[str]) -> None:
    """All of the migrations or none: between two revisions there is nothing."""
    connection = sqlite3.connect(folder / "p.db")
    [[revision]] = connection.execute("SELECT version_num FROM alembic_version")
    names = {name for [name] in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert [words for [words] in connection.execute("PRAGMA integrity_check")] == ["ok"]
    connection.close()
    assert revision == (schema.HEAD if "decision" in names else "0001")
    if acknowledged:
        assert revision == schema.HEAD


def _digest_of_claims(folder: Path) -> str:
    with open_project(folder / "p.db") as project:
        claims = [row.claim for row in every_claim(project)]
        with project.looking() as connection:
            names = sorted(inspect(connection).get_table_names())
            assert schema.revision_of(connection) == schema.HEAD
    return digest_of(claims, names)


def _export_all(folder: Path, acknowledge: Acknowledge) -> None:
    with open_project(folder / "p.db") as project:
        for name in _FORMATS:
            write_out(_export(project, name), folder / name)
            acknowledge(name)
        if not (folder / "copy.db").exists():
            deciding.backup(project, folder / "copy.db")
            acknowledge("copy.db")


def _leave_old_exports(folder: Path) -> None:
    _read_whole(folder)
    for name in _FORMATS:
        (folder / name).write_text("an older export\n")


def _check_exported(folder: Path, acknowledged: list[str]) -> None:
    with open_project(folder / "p.db") as project:
        for name in _FORMATS:
            now, whole = (folder / name).read_bytes(), b"".join(_export(project, name))
            assert now == whole or (now == b"an older export\n" and name not in acknowledged)
        assert (folder / "copy.db").exists() or "copy.db" not in acknowledged
    if (folder / "copy.db").exists():
        with open_project(folder / "copy.db") as copy:
            assert deciding.verify(copy).faults == ()


def _digest_of_exports(folder: Path) -> str:
    with open_project(folder / "copy.db") as copy:
        return digest_of([(folder / name).read_bytes().hex() for name in _FORMATS], project_digest(copy))


def _nothing(_folder: Path) -> None:
    pass


PHASES = {
    phase.name: phase
    for phase in (
        Phase("reading", _nothing, _read, _check_read, _digest_of_project),
        Phase("gathering", _keep_unrelated, _gather, _check_gathered, _digest_of_project),
        Phase("deciding", _read_whole, _decide, _check_decided, _digest_of_project),
        Phase("migrating", _leave_oldest, _migrate, _check_migrated, _digest_of_claims),
        Phase("exporting", _leave_old_exports, _export_all, _check_exported, _digest_of_exports),
    )
}
