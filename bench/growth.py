"""What a report costs in a project of any size: `python -m bench.growth FOLDER --sizes 0 1000 10000`.

Made reports (see ``bench.made``) fill a project of each size; then the same hundred, of the days that follow, are added
to every one of them, and the processor time of relating, identifying and gathering is taken: the least of ``--turns``,
all sizes by turns. Projects stay in FOLDER, so that a later call begins where they are filled; what is added is added
to a copy. A project takes some 60 kB a report on disk, and its copy as much again.

With ``--read`` the hundred are read as ``twosource read`` reads them: their texts by the trained reader, in one process
that has read the same texts before, then kept, related, identified and gathered, each with its time. Without it their
claims are written as they were made, and only the three stages that look at the whole project are timed. So the one
tells what a user waits for, the other what of it depends on the size. Claims differ too: what a made text was made of
is not quite what is read in it.

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
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.growth_ways import Way, read_whole, stage_seconds, write_made
from bench.made import fill_project, made_reports, truth
from twosource.gathering.gatherer import default_gatherer
from twosource.identifying import names_fingerprint
from twosource.ids import digest_of
from twosource.relating import default_judge
from twosource.reuse_index import index_reports
from twosource.store import Project, open_project
from twosource.store.due import Across, set_state, state_of
from twosource.views.project import counts

__all__ = ["Row", "added_cost", "filled", "index_alone", "rows_of", "table_of"]

ADDED_AT = 1_000_000
"""The number of the first report that is added; a project of some size holds those just before it."""

ADDED = 100
_INDEXED_AT_ONCE = 200
_RECALL = "recall of copies"


def filled(folder: Path, size: int) -> Path:
    """The project of this size in the folder, made where it is not there yet; tells what each stage took."""
    path = folder / f"made-{size}.db"
    if path.exists():
        return path
    making = folder / f"made-{size}.making.db"
    making.unlink(missing_ok=True)
    with open_project(making, create=True) as project:
        fill_project(project, size, first=ADDED_AT - size)
        spent = stage_seconds(project)
    print(
        f"{size} filled, ms a report: "
        + ", ".join(f"{name} {1000 * each / max(1, size):.1f}" for name, each in spent.items()),
        flush=True,
    )
    _settle(making)
    making.rename(path)
    return path


def added_cost(
    path: Path, added: int = ADDED, *, first: int = ADDED_AT, in_place: bool = False, way: Way = write_made
) -> dict[str, float]:
    """Seconds of processor time of each stage for reports that are added to a copy of the project, or to itself.

    ``first`` is the number of the first of them.
    """
    copy = path if in_place else path.with_suffix(".added.db")
    if not in_place:
        shutil.copyfile(path, copy)
    with open_project(copy) as project:
        _take_over(project)
    spent = way(copy, first, added)
    with open_project(copy) as project:
        spent[_RECALL] = _recall(project, first, added)
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


def _first_free(path: Path) -> int:
    """The number of the first report that is not in the project yet, nor any after it, from that on which is added."""
    with open_project(path) as project, project.looking() as connection:
        last = connection.exec_driver_sql(
            "SELECT max(id) FROM report WHERE id >= 'made-1' AND id < 'made-2'"
        ).scalar_one()
    return int(last.removeprefix("made-")) + 1 if last else ADDED_AT


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


def rows_of(
    paths: Sequence[Path], *, turns: int = 1, in_place: Collection[Path] = (), way: Way = write_made
) -> list[Row]:
    """A row for each project: its size, and the least processor time of ``ADDED`` more reports, of so many turns.

    In each turn all get the same reports, in the order of the paths and then the other way round.
    """
    spent: dict[Path, list[dict[str, float]]] = {path: [] for path in paths}
    held = {path: _held(path) for path in paths}
    for turn in range(turns):
        first = max(map(_first_free, paths))
        for path in reversed(paths) if turn % 2 else paths:
            spent[path].append(added_cost(path, first=first, in_place=path in in_place, way=way))
    return [
        Row(*held[path], {name: min(one[name] for one in spent[path]) for name in spent[path][0]}) for path in paths
    ]


def _held(path: Path) -> tuple[int, int, int]:
    """The reports and claims of a project, and its bytes."""
    size = path.stat().st_size
    with open_project(path) as project:
        held = counts(project)
    return held.reports, held.claims, size


def table_of(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of a table of the rows, the first of which the others are compared with."""
    stages = [name for name in rows[0].spent if name != _RECALL]
    yield f"| reports | claims | disk a report | {' | '.join(stages)} | a report more | beside the first |"
    yield f"|{'---|' * (len(stages) + 5)}"
    together = [sum(row.spent[name] for name in stages) for row in rows]
    for row, spent in zip(rows, together, strict=True):
        parts = " | ".join(f"{1000 * row.spent[name] / ADDED:.1f} ms" for name in stages)
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
    parser.add_argument("--read", action="store_true", help="read the added reports' texts too, and keep what is read")
    parser.add_argument("--turns", type=int, default=1, help="how often; the least of each stage is taken")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.index:
        print(", ".join(f"{name}: {value:.1f}" for name, value in index_alone(asked.folder, asked.index).items()))
        return
    paths = {size: filled(asked.folder, size) for size in (0, *asked.sizes)}
    way = read_whole if asked.read else write_made
    added_cost(paths[0], way=way)  # the first time loads what is kept for the process
    chosen = [paths[size] for size in asked.sizes]
    in_place = [path for size, path in paths.items() if asked.in_place and size > 0]
    rows = rows_of(chosen, turns=asked.turns, in_place=in_place, way=way)
    for row in rows:
        print(f"{row.reports}: {row.spent[_RECALL]:.0%} of the planted copies are found", flush=True)
    print(*table_of(rows), sep="\n")


if __name__ == "__main__":
    main()
