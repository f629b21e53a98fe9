"""The two ways that ``bench.growth`` adds made reports to a project: with the claims they were made with, or read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from unittest.mock import patch

import msgspec

from bench.made import FINGERPRINT, fill_project, made_reports
from bench.speed import Watch
from twosource import pipeline
from twosource.engines import Engine
from twosource.gathering import gather
from twosource.identifying import identify
from twosource.pipeline import default_reader, store_reports
from twosource.records import Reading, Report
from twosource.relating import relate
from twosource.store import Project, open_project

__all__ = ["STAGES", "Way", "read_whole", "stage_seconds", "write_made"]

STAGES: Mapping[str, Callable[[Project], object]] = {"lineage": relate, "entities": identify, "events": gather}
"""What looks at a whole project after reports came to it, by the name that its time is told under."""

Way = Callable[[Path, int, int], dict[str, float]]
"""Adds to the project of the path, from that number on, so many made reports; tells the seconds of each stage."""


class WatchedEngine:
    """An engine whose time is told as that of reading, and whose readings count as made ones.

    So what a made project holds was all read by one engine, as in a project that grows: what is asked of the readings
    of this engine is asked of all of them.
    """

    fingerprint = FINGERPRINT

    def __init__(self, engine: Engine, watch: Watch) -> None:
        self._engine, self._watch = engine, watch

    def read(self, batches: Iterable[Sequence[Report]]) -> Iterator[list[Reading]]:
        """The readings of each batch, in order; what takes the batches together is not timed."""
        for batch in batches:
            yield self._watch.taking("reading", partial(self._read_one, batch))

    def _read_one(self, batch: Sequence[Report]) -> list[Reading]:
        [readings] = self._engine.read([batch])
        return [msgspec.structs.replace(one, fingerprint=self.fingerprint) for one in readings]


def write_made(path: Path, first: int, added: int) -> dict[str, float]:
    """Writes the reports with the claims that they were made with, and tells what the stages take then."""
    with open_project(path) as project:
        fill_project(project, added, first=first)
        return stage_seconds(project)


def stage_seconds(project: Project) -> dict[str, float]:
    """Relates, identifies and gathers; the seconds of processor time of each."""
    watch = Watch()
    for name, stage in STAGES.items():
        watch.taking(name, partial(stage, project))
    return dict(watch.seconds)


def read_whole(path: Path, first: int, added: int, reader: Engine | None = None) -> dict[str, float]:
    """Reads the reports' texts and keeps what is read as ``twosource read`` does; tells what each stage of it takes.

    ``reader`` is the one that twosource comes with unless given, in this process. The time of opening the project and
    of all that is neither reading nor one of ``STAGES`` is that of storing.
    """
    reports, engine, watch = (
        [one.reading.report for one in made_reports(first, added)],
        reader or default_reader(),
        Watch(),
    )
    begun = time.process_time()
    with ExitStack() as watched, open_project(path) as project:
        for name, stage in STAGES.items():
            timed = partial(_timed, watch, name, stage)
            watched.enter_context(patch.object(pipeline, stage.__name__, timed))
        store_reports(reports, project, WatchedEngine(engine, watch))
    whole = time.process_time() - begun
    rest = whole - sum(watch.seconds.values())
    return {"reading": watch.seconds["reading"], "storing": rest, **{name: watch.seconds[name] for name in STAGES}}


def _timed(watch: Watch, name: str, stage: Callable[[Project], object], project: Project) -> object:
    return watch.taking(name, partial(stage, project))
