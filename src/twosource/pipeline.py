"""From paths to a project: which reports are new, what the stages read in them, and what is kept, batch by batch."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from twosource.closed_sets import Severity
from twosource.engines import local
from twosource.errors import UsageError
from twosource.ids import make_id
from twosource.records import Issue, Reading, Report
from twosource.stage import Stage, fingerprint
from twosource.store import Project, query, write
from twosource.store.query import Known, Standing

__all__ = ["Reader", "RunSummary", "batches", "default_reader", "read_into", "read_text", "store_reports"]

_BATCH_REPORTS = 32
_BATCH_CHARACTERS = 200_000  # a batch's parses are in memory together: some 60 bytes of records for each character
_BATCH_INPUTS = 200  # reports and issues together


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """What reads: the stages in order, their fingerprint, and how to load what they are handed once that is needed."""

    stages: tuple[Stage[Any], ...]
    fingerprint: str
    load: Callable[[], Any]


class RunSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What one run met: reports by how they stood to the project, the claims and issues that it read, and the worst.

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


@functools.cache
def default_reader() -> Reader:
    """The reader that twosource comes with, the same one all through the process; its equipment is loaded once."""
    from twosource.knowledge.toml_rules import data_digest
    from twosource.model.load import load_equipment
    from twosource.reading.read import STAGES

    used = sorted({name for stage in STAGES for name in stage.uses})
    digests = {name: data_digest([name]) for name in used}
    return Reader(stages=STAGES, fingerprint=fingerprint(STAGES, digests), load=functools.cache(load_equipment))


def read_text(
    text: str, *, published: datetime.date | str | None = None, title: str | None = None, outlet: str | None = None
) -> Reading:
    """The reading of one text. Raises UsageError for a text that is empty, or a date that is none."""
    from twosource.intake import report_from_text

    if not text.strip():
        raise UsageError("the text is empty: give the words of a report")
    day = _day(published)
    id_ = make_id("report", text, title, outlet, day)
    report, issues = report_from_text(text, id=id_, published=day, title=title, outlet=outlet)
    reader = default_reader()
    [reading] = local.read_batch([report], reader.stages, reader.load(), reader.fingerprint)
    return msgspec.structs.replace(reading, issues=(*issues, *reading.issues))


def _day(published: datetime.date | str | None) -> datetime.date | None:
    if isinstance(published, datetime.datetime):
        return published.date()
    if not isinstance(published, str):
        return published
    try:
        return datetime.date.fromisoformat(published[:10])
    except ValueError:
        raise UsageError(f"published={published!r} is no date: write it as 2024-12-31") from None


def read_into(
    paths: Sequence[Path],
    project: Project,
    *,
    column_map: Mapping[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
    reader: Reader | None = None,
) -> RunSummary:
    """Reads every report of the paths that the project does not hold as this engine reads it, and keeps it.

    ``progress`` is told how many more inputs are done, after they are on the disk. A run that is cut off loses nothing
    that it was told of; the same call again goes on where it ended. Raises InputError and UsageError as intake does.
    """
    from twosource.intake import read_paths

    found = read_paths(paths, column_map=column_map)
    return store_reports(found, project, reader or default_reader(), paths=paths, progress=progress)


def store_reports(
    found: Iterable[Report | Issue],
    project: Project,
    reader: Reader,
    *,
    paths: Sequence[Path] = (),
    progress: Callable[[int], None] | None = None,
) -> RunSummary:
    """The same for reports and issues that come from anywhere; ``paths`` are those that they came from."""
    run = write.start_run(project, reader.fingerprint, paths)
    summary, ids = RunSummary(), set[str]()
    for batch in batches(found):
        summary = _added(summary, _store_batch(project, run, reader, batch, ids))
        if progress is not None:
            progress(_inputs(batch))
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


def _store_batch(project: Project, run: int, reader: Reader, batch: Batch, ids: set[str]) -> RunSummary:
    """What the batch adds to the summary, once it is kept. ``ids`` are those of the run's reports so far; grows."""
    with project.looking() as connection:
        known = query.standings(connection, batch.reports, reader.fingerprint)
    fresh = [report for report in batch.reports if not known[report.digest].has_reading]
    readings = local.read_batch(fresh, reader.stages, reader.load(), reader.fingerprint) if fresh else []
    issues = (*batch.issues, *_repeated_ids(batch.reports, known, ids))
    ids.update(report.id for report in batch.reports)
    kept = write.Batch(reports=batch.reports, readings=tuple(readings), issues=issues)
    write.keep_batch(project, run, reader.fingerprint, kept)
    return _summary(known, readings, issues)


def _repeated_ids(reports: Iterable[Report], known: Mapping[str, Known], ids: set[str]) -> Iterator[Issue]:
    """An issue for each report whose id another text of the same run had."""
    for report in reports:
        if report.id in ids and known[report.digest].standing is Standing.CHANGED:
            yield Issue(
                code="id_stands_twice",
                stage="pipeline",
                reason=f"two reports of one run have the id {report.id!r}. Both are kept as versions of one, and "
                "the one that came later is shown: give each an id of its own to keep them apart",
                report=report.id,
                path=report.origin.path if report.origin else None,
                line=report.origin.line if report.origin else None,
            )


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
