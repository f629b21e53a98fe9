"""What a report costs in a project of any size: `python -m bench.growth FOLDER --sizes 0 1000 10000`.

Made reports (see ``bench.made``) fill a project of each size; then the same hundred, of the days that follow, are added
to every one of them, and the processor time of relating, identifying and gathering is taken. Projects stay in FOLDER,
so that a later call begins where they are filled; what is added is added to a copy. A project takes some 60 kB a
report on disk, and its copy as much again.

`python -m bench.growth FOLDER --index 100000` puts so many made reports into the index of lineage alone, without
comparing them, and tells what that took and how large the index is: some 3 kB a report, and nothing else is kept.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import shutil
import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.made import fill_project, made_reports, truth
from twosource.gathering import gather
from twosource.identifying import identify
from twosource.relating import default_judge, relate
from twosource.reuse_index import index_reports
from twosource.store import Project, open_project

__all__ = ["STAGES", "added_cost", "filled", "index_alone"]

ADDED_AT = 1_000_000
"""The number of the first report that is added; a project of some size holds those just before it."""

ADDED = 100
_INDEXED_AT_ONCE = 200
STAGES: Mapping[str, Callable[[Project], object]] = {"lineage": relate, "entities": identify, "events": gather}


def filled(folder: Path, size: int) -> Path:
    """The project of this size in the folder, made where it is not there yet; tells what each stage took."""
    path = folder / f"made-{size}.db"
    if path.exists():
        return path
    making = folder / f"made-{size}.making.db"
    making.unlink(missing_ok=True)
    with open_project(making, create=True) as project:
        fill_project(project, size, first=ADDED_AT - size)
        spent = _stages(project)
    print(
        f"{size} filled, ms a report: "
        + ", ".join(f"{name} {1000 * each / max(1, size):.1f}" for name, each in spent.items()),
        flush=True,
    )
    _settle(making)
    making.rename(path)
    return path


def added_cost(path: Path, added: int = ADDED) -> dict[str, float]:
    """Seconds of processor time of each stage for reports that are added to a copy of the project."""
    copy = path.with_suffix(".added.db")
    shutil.copyfile(path, copy)
    with open_project(copy) as project:
        fill_project(project, added, first=ADDED_AT)
        spent = _stages(project)
        spent["recall of copies"] = _recall(project, added)
    copy.unlink()
    return spent


def _stages(project: Project) -> dict[str, float]:
    spent = {}
    for name, stage in STAGES.items():
        begun = time.process_time()
        stage(project)
        spent[name] = time.process_time() - begun
    return spent


def _recall(project: Project, added: int) -> float:
    """How many of the planted copies and rewrites among the added are found to be of one family."""
    planted = truth(ADDED_AT, added)
    with project.looking() as connection:
        rows = connection.exec_driver_sql("SELECT report, lineage FROM lineage_member").all()
    families: dict[str, set[str]] = {}
    for report, lineage in rows:
        families.setdefault(report, set()).add(lineage)
    found = sum(bool(families.get(a, set()) & families.get(b, set())) for a, b in planted)
    return found / max(1, len(planted))


def index_alone(folder: Path, size: int) -> dict[str, float]:
    """Seconds of processor time and bytes for each report of an index of so many."""
    path = folder / f"index-{size}.db"
    path.unlink(missing_ok=True)
    by, spent = default_judge(), 0.0
    made = (one.reading.report for one in made_reports(ADDED_AT - size, size))
    with open_project(path, create=True) as project:
        while some := list(itertools.islice(made, _INDEXED_AT_ONCE)):
            begun = time.process_time()
            with project.writing() as connection:
                index_reports(connection, some, by.fingerprint)
            spent += time.process_time() - begun
    _settle(path)
    found = {"ms a report": 1000 * spent / size, "bytes a report": index_bytes(path) / size}
    path.unlink()
    return found


def index_bytes(path: Path) -> int:
    """The bytes of the pages that hold the index of lineage."""
    held = " OR ".join(f"name LIKE '%lineage_{table}%'" for table in ("text", "print", "closed"))
    query = f"SELECT sum(pgsize) FROM dbstat WHERE {held}"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(query).fetchone()[0] or 0)


def _settle(path: Path) -> None:
    """Puts what lies in the write-ahead log into the file, so that a copy of the file is whole."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def main() -> None:
    """Prints a row for each size, the first being the one that the others are compared with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 1000])
    parser.add_argument("--index", type=int, help="measure the index of lineage alone, with so many reports")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.index:
        print(", ".join(f"{name}: {value:.1f}" for name, value in index_alone(asked.folder, asked.index).items()))
        return
    base: dict[str, float] = {}
    added_cost(filled(asked.folder, 0))  # the first time loads what is kept for the process
    for size in asked.sizes:
        cost = added_cost(filled(asked.folder, size))
        base = base or cost
        rows = (f"{name} {seconds:.2f} s ({seconds / (base[name] or 1):.2f})" for name, seconds in cost.items())
        print(f"{size}: " + ", ".join(rows), flush=True)


if __name__ == "__main__":
    main()
