"""What a report costs in a project of any size: `python -m bench.growth FOLDER --sizes 0 1000 10000`.

Made reports (see ``bench.made``) fill a project of each size; then the same hundred, of the days that follow, are added
to every one of them, and the processor time of relating, identifying and gathering is taken. Projects stay in FOLDER,
so that a later call begins where they are filled; what is added is added to a copy. A project takes some 60 kB a
report on disk, and its copy as much again.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.made import fill_project, truth
from twosource.gathering import gather
from twosource.identifying import identify
from twosource.relating import relate
from twosource.store import Project, open_project

__all__ = ["STAGES", "added_cost", "filled"]

ADDED_AT = 1_000_000
"""The number of the first report that is added; a project of some size holds those just before it."""

ADDED = 100
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
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    base: dict[str, float] = {}
    added_cost(filled(asked.folder, 0))  # the first time loads what is kept for the process
    for size in asked.sizes:
        cost = added_cost(filled(asked.folder, size))
        base = base or cost
        rows = (f"{name} {seconds:.2f} s ({seconds / (base[name] or 1):.2f})" for name, seconds in cost.items())
        print(f"{size}: " + ", ".join(rows), flush=True)


if __name__ == "__main__":
    main()
