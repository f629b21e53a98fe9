"""Reads what feeds and pages offer into a project, once; what has not changed since the last time is not asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from twosource import __version__
from twosource.intake.apart import Apart
from twosource.intake.fetched import read_fetched
from twosource.intake.fetching import Answered, Fetcher, Validators
from twosource.pipeline import Reader, RunSummary, store_reports
from twosource.records import Issue, Report
from twosource.store import Project, fetched

__all__ = ["watch_once"]


def watch_once(
    project: Project,
    addresses: Sequence[str],
    reader: Reader,
    *,
    clock: Callable[[], float] = time.monotonic,
    wait: Callable[[float], object] = time.sleep,
    progress: Callable[[int], None] | None = None,
) -> RunSummary:
    """Fetches each address and reads what is new there. What could not be fetched is an Issue of the project.

    What a host says about the age of its answer is kept once its reports are on the disk, so that a run that is cut
    off asks again. ``progress`` is told of reports as by ``read_into``; ``clock`` and ``wait`` are Fetcher's.
    """
    with project.looking() as connection:
        before = fetched.validators(connection, addresses)
    known = {address: Validators(etag=etag, modified=modified) for address, (etag, modified) in before.items()}
    originals: dict[str, bytes] = {}
    came: dict[str, Validators] = {}
    with Apart() as apart, Fetcher(version=__version__, clock=clock, wait=wait) as fetcher:
        found = _found(addresses, fetcher, apart, known, originals, came)
        summary = store_reports(found, project, reader, paths=addresses, originals=originals, progress=progress)
    with project.writing() as connection:
        fetched.keep(connection, {address: (one.etag, one.modified) for address, one in came.items()})
    return summary


def _found(
    addresses: Sequence[str],
    fetcher: Fetcher,
    apart: Apart,
    known: Mapping[str, Validators],
    originals: dict[str, bytes],
    came: dict[str, Validators],
) -> Iterator[Report | Issue]:
    """The reports and issues of all addresses; one report that several feeds offer comes once."""
    taken: set[str] = set()
    for address in addresses:
        answered = fetcher.fetch(address, known.get(address))
        if isinstance(answered, Issue):
            yield answered
            continue
        came[address] = answered.validators
        if answered.data is not None:
            yield from _reports(answered, apart, taken, originals)


def _reports(
    answered: Answered, apart: Apart, taken: set[str], originals: dict[str, bytes]
) -> Iterator[Report | Issue]:
    for one in read_fetched(answered, apart):
        if isinstance(one, Issue):
            yield one
            continue
        data, report = one
        if report.id in taken:
            continue
        taken.add(report.id)
        if report.origin is not None:
            originals[report.origin.sha256] = data
        yield report
