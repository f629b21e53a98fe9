"""From paths to a project: which reports are new, what the stages read in them, and what is kept, batch by batch."""

from __future__ import annotations

import datetime
import functools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import msgspec

from twosource.closed_sets import Severity
from twosource.engines import Engine
from twosource.engines.bounded import Bounded
from twosource.engines.cluster import Cluster
from twosource.engines.limits import Limits
from twosource.engines.local import Reader
from twosource.engines.pool import Pool, usual_workers
from twosource.errors import UsageError
from twosource.gathering import gather
from twosource.identifying import identify
from twosource.ids import digest_of, make_id
from twosource.intake import is_english, read_paths, report_from_text
from twosource.reading.confident import confident
from twosource.records import Issue, Reading, Report
from twosource.relating import relate
from twosource.stage import fingerprint
from twosource.store import Project, query, write
from twosource.store.query import Known, Standing

__all__ = [
    "EngineKind",
    "Reader",
    "ReaderKind",
    "RunSummary",
    "batches",
    "default_reader",
    "engine",
    "make_reader",
    "only_confident",
    "read_into",
    "read_text",
    "store_reports",
]

_BATCH_REPORTS = 32
_BATCH_CHARACTERS = 200_000  # the parses of a batch are in memory together, at some 60 bytes a character
_BATCH_INPUTS = 200  # reports and issues together


class RunSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What one run met: reports by how they stood to the project, and the claims and issues that it read.

    ``reports_reread`` had been read by another version of the engine. ``errors`` are those issues that tell of input
    that could not be read.
    """

    reports_new: int = 0
    reports_unchanged: int = 0
    reports_changed: int = 0
    reports_reread: int = 0
    claims: int = 0
    issues: int = 0
    errors: int = 0

    @property
    def reports(self) -> int:
        """All the reports that the run met."""
        return self.reports_new + self.reports_unchanged + self.reports_changed + self.reports_reread


class Batch(msgspec.Struct, frozen=True):
    """Reports, none with the id of another, and issues that came in with them."""

    reports: tuple[Report, ...]
    issues: tuple[Issue, ...]


class EngineKind(StrEnum):
    """Where reports are read: in worker processes of this machine, or by Daft, here or on a Ray cluster."""

    POOL = "pool"
    DAFT = "daft"


class ReaderKind(StrEnum):
    """What finds claims and their sources: the trained reader, or rules over the parse, quicker, which find fewer."""

    TRAINED = "trained"
    RULES = "rules"


@functools.cache
def default_reader(kind: ReaderKind = ReaderKind.TRAINED) -> Reader:
    """The reader that twosource comes with; loading it takes a second or two, and it is kept for the whole process."""
    from twosource.model.load import load_equipment  # only here: a parser is no part of asking or exporting
    from twosource.reading.read import STAGES

    equipment = load_equipment(trained=kind is ReaderKind.TRAINED)
    return Reader(stages=STAGES, equipment=equipment, fingerprint=fingerprint(STAGES, equipment.digests))


def only_confident(reader: Reader, least: float) -> Reader:
    """The reader without the claims whose confidence (0 to 1) is below this; each leaves a note among the issues.

    Raises UsageError for a number that is no probability.
    """
    if not 0 <= least <= 1:
        raise UsageError(f"a confidence of {least:g} can't be: give a number from 0 to 1")
    stage = confident(least)
    return Reader(
        stages=(*reader.stages, stage),
        equipment=reader.equipment,
        fingerprint=digest_of([reader.fingerprint, stage.name, stage.version]),
    )


def make_reader(kind: ReaderKind = ReaderKind.TRAINED, least: float = 0) -> Reader:
    """The reader of this kind, without claims of a confidence below ``least``, as each process that reads loads it."""
    reader = default_reader(kind)
    return only_confident(reader, least) if least else reader


@contextmanager
def engine(
    load: Callable[[], Reader],
    *,
    kind: EngineKind = EngineKind.POOL,
    workers: int | None = None,
    limits: Limits | None = None,
    ray: str | None = None,
) -> Iterator[Engine]:
    """What reads with so many workers, each with the Reader that ``load`` gives; 0 reads in this process.

    Without a number there are as many as this process may use cores, at most eight. In this process a report is
    stopped only where there are ``limits``, and by that of time alone, on the main thread. ``ray`` is the address of a
    Ray cluster, for Daft. Raises EngineError where a worker can't be started or no cluster answers, UsageError for what
    can't be meant or is not installed.
    """
    number = usual_workers() if workers is None else workers
    if kind is EngineKind.DAFT:
        yield Cluster(load, workers=number, address=ray, limits=limits)
    elif number == 0:
        yield load() if limits is None else Bounded(load(), limits)
    else:
        with Pool(load, workers=number, limits=limits) as pool:
            yield pool


def read_text(
    text: str, *, published: datetime.date | str | None = None, title: str | None = None, outlet: str | None = None
) -> Reading:
    """The reading of one text, with the issues of its title and dates before those of the reading."""
    id_ = make_id("report", text, title, outlet, str(published))
    report, issues = report_from_text(text, id=id_, published=published, title=title, outlet=outlet)
    reader = default_reader()
    english = [report] if is_english(report.language) else []
    [reading] = _with_unread([report], [one for readings in reader.read([english]) for one in readings], reader)
    return msgspec.structs.replace(reading, issues=(*issues, *reading.issues))


def read_into(
    paths: Sequence[Path],
    project: Project,
    *,
    column_map: Mapping[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
    reader: Engine | None = None,
    again: bool = False,
) -> RunSummary:
    """Reads every report of the paths that the project does not hold as this engine reads it, keeps and relates it.

    ``reader`` is a Reader, which reads in this process, or another engine; the one that twosource comes with unless
    given. With ``again`` reports that were given up are tried again.
    ``progress`` is told how many more inputs are done, after they are on the disk. A run that is cut off loses nothing
    that it was told of; the same call again goes on where it ended. Raises InputError for a path that is not there and
    UsageError for a column map that can't be meant, before anything is written.
    """
    originals: dict[str, bytes] = {}
    found = read_paths(paths, column_map=column_map, keep_original=originals.__setitem__)
    chosen = reader or default_reader()
    return store_reports(found, project, chosen, paths=paths, originals=originals, progress=progress, again=again)


def store_reports(
    found: Iterable[Report | Issue],
    project: Project,
    reader: Engine,
    *,
    paths: Sequence[Path | str] = (),
    originals: dict[str, bytes] | None = None,
    progress: Callable[[int], None] | None = None,
    again: bool = False,
) -> RunSummary:
    """The same for reports and issues that come from anywhere.

    ``paths`` are those that they came from, or addresses. ``originals`` holds bytes by their SHA-256 (hex), which
    whoever gives the reports adds to; what a batch was made of is taken out of it.
    """
    run = write.start_run(project, reader.fingerprint, paths)
    summary, waiting = RunSummary(), originals if originals is not None else {}
    for batch, readings in _read(batches(found), project, reader, again=again):
        with project.looking() as connection:
            known = query.standings(connection, batch.reports, reader.fingerprint, again=again)
        kept = write.Batch(
            reports=batch.reports,
            readings=tuple(readings),
            issues=batch.issues,
            originals=_originals(batch.reports, known, waiting),
        )
        write.keep_batch(project, run, reader.fingerprint, kept)
        summary = _added(summary, _summary(known, readings, batch.issues))
        if progress is not None:
            progress(_inputs(batch))
    relate(project)
    identify(project)
    gather(project)
    write.finish_run(project, run, summary)
    return summary


def batches(found: Iterable[Report | Issue]) -> Iterator[Batch]:
    """The reports and issues in their order, parted so that a batch has few of them, few characters and no id twice."""
    held: list[Report | Issue] = []
    for one in found:
        if held and _is_full(held, one):
            yield _batch(held)
            held = []
        held.append(one)
    if held:
        yield _batch(held)


def _is_full(held: Sequence[Report | Issue], following: Report | Issue) -> bool:
    if isinstance(following, Issue):
        return len(held) >= _BATCH_INPUTS
    reports = [one for one in held if isinstance(one, Report)]
    characters = sum(len(report.text) for report in reports) + len(following.text)
    too_much = len(reports) >= _BATCH_REPORTS or len(held) >= _BATCH_INPUTS or characters > _BATCH_CHARACTERS
    return too_much or any(report.id == following.id for report in reports)


def _batch(held: Sequence[Report | Issue]) -> Batch:
    return Batch(
        tuple(one for one in held if isinstance(one, Report)), tuple(one for one in held if isinstance(one, Issue))
    )


def _read(
    found: Iterable[Batch], project: Project, reader: Engine, *, again: bool
) -> Iterator[tuple[Batch, list[Reading]]]:
    """Each batch with the readings of those of its reports that have none yet.

    An engine may take batches before it gives the readings of earlier ones. What one of these holds counts as read, so
    that a report that comes twice is read once.
    """
    taken: deque[tuple[Batch, list[Report]]] = deque()

    def unread() -> Iterator[list[Report]]:
        for batch in found:
            with project.looking() as connection:
                known = query.standings(connection, batch.reports, reader.fingerprint, again=again)
            under_way = {report.digest for _, reports in taken for report in reports}
            reports = [r for r in batch.reports if not known[r.digest].has_reading and r.digest not in under_way]
            taken.append((batch, reports))
            yield [report for report in reports if is_english(report.language)]

    for read in reader.read(unread()):
        batch, reports = taken[0]
        yield batch, _with_unread(reports, read, reader)
        taken.popleft()


def _with_unread(reports: Iterable[Report], read: Iterable[Reading], reader: Engine) -> list[Reading]:
    """The reading of each report; one that is not English keeps an empty one, so that it is never half-read."""
    readings = iter(read)
    return [
        next(readings) if is_english(report.language) else Reading(report=report, fingerprint=reader.fingerprint)
        for report in reports
    ]


def _originals(reports: Iterable[Report], known: Mapping[str, Known], originals: dict[str, bytes]) -> tuple[bytes, ...]:
    """The bytes of the reports that are new or changed; those of all the reports are taken out of ``originals``."""
    stored = {Standing.UNCHANGED, Standing.REREAD}
    kept = []
    for report in reports:
        content = originals.pop(report.origin.sha256, None) if report.origin else None
        if content is not None and known[report.digest].standing not in stored:
            kept.append(content)
    return tuple(kept)


def _summary(known: Mapping[str, Known], readings: Sequence[Reading], issues: Sequence[Issue]) -> RunSummary:
    standings = [one.standing for one in known.values()]
    met = [*issues, *(issue for reading in readings for issue in reading.issues)]
    return RunSummary(
        reports_new=standings.count(Standing.NEW),
        reports_unchanged=standings.count(Standing.UNCHANGED),
        reports_changed=standings.count(Standing.CHANGED),
        reports_reread=standings.count(Standing.REREAD),
        claims=sum(len(reading.claims) for reading in readings),
        issues=len(met),
        errors=sum(issue.severity is Severity.ERROR for issue in met),
    )


def _added(summary: RunSummary, more: RunSummary) -> RunSummary:
    names = RunSummary.__struct_fields__
    return RunSummary(**{name: getattr(summary, name) + getattr(more, name) for name in names})


def _inputs(batch: Batch) -> int:
    """How many of the counted inputs the batch ends: its reports, and what could not become one."""
    lost = sum(issue.report is None and issue.severity is Severity.ERROR for issue in batch.issues)
    return len(batch.reports) + lost
