"""What a report costs in a project of any size: `python -m bench.growth FOLDER --sizes 0 1000 10000`.

Made reports (see ``bench.made``) fill a project of each size; then the same hundred, of the days that follow, are added
to every one of them, and the processor time of relating, identifying and gathering is taken. Projects stay in FOLDER,
so that a later call begins where they are filled; what is added is added to a copy. A project takes some 60 kB a
report on disk, and its copy as much again.

One that ``bench.multiplied`` made is measured too where it lies there under its name ('made-500000.db'); ``--in-place``
adds to the projects themselves, where there is no room for a copy: they hold a hundred more reports afterwards.

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.made import fill_project, made_reports, truth
from twosource.gathering import gather
from twosource.gathering.gatherer import default_gatherer
from twosource.identifying import identify, names_fingerprint
from twosource.ids import digest_of
from twosource.relating import default_judge, relate
from twosource.reuse_index import index_reports
from twosource.store import Project, open_project
from twosource.store.due import Across, set_state, state_of
from twosource.views.project import counts

__all__ = ["STAGES", "Row", "added_cost", "filled", "index_alone", "row_of", "table_of"]

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


def added_cost(path: Path, added: int = ADDED, *, in_place: bool = False) -> dict[str, float]:
    """Seconds of processor time of each stage for reports that are added to a copy of the project, or to itself."""
    copy = path if in_place else path.with_suffix(".added.db")
    if not in_place:
        shutil.copyfile(path, copy)
    with open_project(copy) as project:
        _take_over(project)
        first = _first_free(project)
        fill_project(project, added, first=first)
        spent = _stages(project)
        spent["recall of copies"] = _recall(project, first, added)
    if not in_place:
        copy.unlink()
    return spent


def _take_over(project: Project) -> None:
    """Leaves what older rules made of a stored project as it is: to do it again is no cost of what is added."""
    with project.writing() as connection:
        for stage, fingerprint in (
            (Across.LINEAGE, default_judge().fingerprint),
            (Across.ENTITIES, names_fingerprint()),
            ("grouped", digest_of(names_fingerprint(), [])),  # what the entities rest on where nobody decided on names
            (Across.EVENTS, default_gatherer().fingerprint),
        ):
            if state_of(connection, stage) is not None:
                set_state(connection, stage, fingerprint)


def _first_free(project: Project) -> int:
    """The number of the first report that is not there yet, from that on which is added first."""
    with project.looking() as connection:
        known = connection.exec_driver_sql(
            "SELECT count(*) FROM report WHERE id >= 'made-1' AND id < 'made-2'"
        ).scalar_one()
    return ADDED_AT + int(known)


def _stages(project: Project) -> dict[str, float]:
    spent = {}
    for name, stage in STAGES.items():
        begun = time.process_time()
        stage(project)
        spent[name] = time.process_time() - begun
    return spent


def _recall(project: Project, first: int, added: int) -> float:
    """How many of the planted copies and rewrites among the added are found to be of one family."""
    planted = truth(first, added)
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


class Row(NamedTuple):
    """What a project of some size is, and what a report more costs in it."""

    reports: int
    claims: int
    bytes: int
    spent: dict[str, float]


def row_of(path: Path, *, in_place: bool = False) -> Row:
    """The row of a project: its size, and the processor time of ``ADDED`` more reports."""
    size = path.stat().st_size
    with open_project(path) as project:
        held = counts(project)
    return Row(held.reports, held.claims, size, added_cost(path, in_place=in_place))


def table_of(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of a table of the rows, the first of which the others are compared with."""
    yield "| reports | claims | disk a report | lineage | actors | events | a report more | beside the first |"
    yield "|---|---|---|---|---|---|---|---|"
    together = [sum(row.spent[name] for name in STAGES) for row in rows]
    for row, spent in zip(rows, together, strict=True):
        parts = " | ".join(f"{1000 * row.spent[name] / ADDED:.1f} ms" for name in STAGES)
        disk = f"{row.bytes / row.reports / 1000:.0f} kB" if row.reports else ""
        held = f"| {row.reports:,} | {row.claims:,} | {disk} |"
        yield f"{held} {parts} | {1000 * spent / ADDED:.1f} ms | {spent / together[0]:.2f} |"


def main() -> None:
    """Prints a table with a row for each size, the first being the one that the others are compared with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 1000])
    parser.add_argument("--index", type=int, help="measure the index of lineage alone, with so many reports")
    parser.add_argument("--in-place", action="store_true", help="add to the projects themselves, not to copies")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.index:
        print(", ".join(f"{name}: {value:.1f}" for name, value in index_alone(asked.folder, asked.index).items()))
        return
    added_cost(filled(asked.folder, 0))  # the first time loads what is kept for the process
    rows = []
    for size in asked.sizes:
        rows.append(row_of(filled(asked.folder, size), in_place=asked.in_place and size > 0))
        print(f"{size}: {rows[-1].spent['recall of copies']:.0%} of the planted copies are found", flush=True)
    print(*table_of(rows), sep="\n")


if __name__ == "__main__":
    main()
