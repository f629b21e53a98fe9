"""What reading with workers costs: processor time a report, the run's own share of it, and memory.

python -m bench.workers REPORTS   (any input that `twosource read` takes)

Wall time is told, but the machine is seldom idle. The speed-up that follows from processor time is that of a machine
with as many idle cores as workers: with c seconds a report in a worker and p in the run itself, n workers on n cores
take (c + p) / n a report, one alone takes c while the run works beside it.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from twosource.engines.pool import Pool
from twosource.ids import digest_of
from twosource.intake import read_paths
from twosource.pipeline import batches, make_reader, store_reports
from twosource.records import Report
from twosource.store import open_project
from twosource.store.reading_digest import reading_digest

_MARKS = (200, 1000, 2000)
_SHORT = 300  # characters
_FIELD = re.compile(r"^(Rss|Pss):\s+(\d+) kB", re.MULTILINE)


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds of a run over some reports, without the loading of workers, and its peak of memory (MB, summed PSS)."""

    wall: float
    workers: float
    run: float
    together: float
    memory: float
    digest: str


def memory_of(processes: Iterable[int], field: str) -> float:
    """The MB that the processes take: 'Rss', or 'Pss', in which what they share is counted once."""
    texts = [Path(f"/proc/{process}/smaps_rollup").read_text() for process in processes]
    return sum(int(dict(_FIELD.findall(text))[field]) for text in texts) / 1024


def run_cost(reports: Sequence[Report], workers: int, loading: float) -> Cost:
    """The cost of reading these reports into a project of their own."""
    marks: list[tuple[float, float, float]] = []
    before, wall, own = _children(), time.perf_counter(), time.process_time()
    with (
        tempfile.TemporaryDirectory() as scratch,
        open_project(Path(scratch) / "bench.db", create=True) as project,
        Pool(make_reader, workers=workers) as pool,
    ):
        wall, own = time.perf_counter(), time.process_time()

        def note(_done: int) -> None:
            held = [os.getpid(), *(process.number for process in pool.processes)]
            marks.append((time.perf_counter() - wall, time.process_time() - own, memory_of(held, "Pss")))

        store_reports(reports, project, pool, progress=note)
        together = time.process_time() - own - marks[-1][1]
        with project.looking() as connection:
            digest = reading_digest(connection).sha256
    spent = _children() - before - loading * workers
    peak = max(memory for _, _, memory in marks)
    return Cost(wall=marks[-1][0], workers=spent, run=marks[-1][1], together=together, memory=peak, digest=digest)


def loading_cost() -> float:
    """Processor seconds in which one worker starts and loads its models."""
    before = _children()
    with Pool(make_reader, workers=1) as pool:
        list(pool.read([]))
    return _children() - before


def growth(reports: Iterator[Report]) -> Mapping[int, float]:
    """The RSS (MB) of one worker after so many short reports, made of pieces of these."""
    sizes: dict[int, float] = {}
    with Pool(make_reader, workers=1) as pool:
        done = 0
        for readings in pool.read(batch.reports for batch in batches(_pieces(reports, max(_MARKS)))):
            done += len(readings)
            for mark in (mark for mark in _MARKS if mark not in sizes and done >= mark):
                sizes[mark] = memory_of((process.number for process in pool.processes), "Rss")
    return sizes


def _pieces(reports: Iterator[Report], count: int) -> Iterator[Report]:
    """So many reports of some 300 characters, each other words, as long as the reports last."""
    pieces = (
        msgspec.structs.replace(report, id=f"{report.id}-{start}", text=report.text[start : start + _SHORT], body=0)
        for report in reports
        for start in range(0, len(report.text), _SHORT)
    )
    for piece in itertools.islice(pieces, count):
        yield msgspec.structs.replace(piece, digest=digest_of(piece.id, piece.text))


def _children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--reports", type=int, default=64, help="how many to read in each run")
    parser.add_argument("--rounds", type=int, default=2, help="interleaved; the least of each figure counts")
    parser.add_argument("--growth", action="store_true", help="measure the memory after 2,000 short reports instead")
    options = parser.parse_args()
    every = (one for one in read_paths(options.paths) if isinstance(one, Report))
    if options.growth:
        Console().print({f"MB after {mark}": round(size) for mark, size in growth(every).items()})
        return
    reports, loading = list(itertools.islice(every, options.reports)), loading_cost()
    costs: dict[int, list[Cost]] = {1: [], 2: []}
    for _ in range(options.rounds):
        for workers, of_workers in costs.items():
            of_workers.append(run_cost(reports, workers, loading))
    _print(costs, len(reports), loading)


def _print(costs: Mapping[int, Sequence[Cost]], reports: int, loading: float) -> None:
    names = ("wall", "workers", "run", "together", "memory")
    table = Table("workers", "wall/report", "workers' CPU/report", "run's CPU/report", "after, CPU", "peak PSS, MB")
    for workers, found in costs.items():
        wall, spent, own, together, memory = (min(getattr(cost, name) for cost in found) for name in names)
        table.add_row(
            str(workers),
            *(f"{seconds / reports:.4f}" for seconds in (wall, spent, own)),
            f"{together:.1f}",
            f"{memory:.0f}",
        )
    console = Console()
    console.print(table)
    alone, share = (min(getattr(cost, name) for cost in costs[1]) for name in ("workers", "run"))
    console.print(
        f"Loading: {loading:.1f} s a worker. Two workers on two idle cores: {2 * alone / (alone + share):.2f} times."
    )
    console.print(f"Digests: {sorted({cost.digest for found in costs.values() for cost in found})}")


if __name__ == "__main__":
    main()
