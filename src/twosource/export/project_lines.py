"""A whole project as JSON Lines, and back: every version of every report, what was read in it, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from twosource.corpus_records import Decision
from twosource.errors import InputError, UsageError
from twosource.export.material import Material
from twosource.gathering import gather
from twosource.identifying import identify
from twosource.records import Issue, Reading, Report
from twosource.relating import relate
from twosource.store import Project
from twosource.store.restore import restore_decisions
from twosource.store.write import Batch, finish_run, keep_batch, start_run
from twosource.views.project import counts
from twosource.views.whole_records import Version, all_decisions, every_version, issues_of_input

__all__ = ["ReadBack", "project_lines", "read_project_lines"]

_VERSION = 1
_AT_ONCE = 32  # versions kept in one transaction
_NO_REPORT = Report(id="", text="")


class ReadBack(msgspec.Struct, frozen=True, kw_only=True):
    """What was read back: versions of reports, issues of the input, and entries of the log of decisions."""

    versions: int = 0
    issues: int = 0
    decisions: int = 0


class _Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line. ``reading`` is without its report, which stands beside it."""

    twosource: str | None = None
    version: int | None = None
    report: Report | None = None
    number: int | None = None
    current: bool | None = None
    reading: Reading | None = None
    issue: Issue | None = None
    decision: Decision | None = None


_decoder = msgspec.json.Decoder(_Line)


def project_lines(material: Material) -> Iterator[bytes]:
    """A head, then a line for each version of the reports of chosen claims, each standing issue and each decision.

    Raises UsageError for an export for publication: a project holds full texts.
    """
    choice = material.choice
    if choice.publication is not None:
        raise UsageError("a project holds full texts: for publication export tables, a dossier or a snapshot")
    ids = None if choice.is_everything else {item.report.id for item in material.reports()}
    yield _encoded(_Line(twosource="project", version=_VERSION))
    for version in every_version(material.project, ids):
        yield _encoded(_version_line(version))
    if choice.is_everything:
        yield from (_encoded(_Line(issue=issue)) for issue in issues_of_input(material.project))
        yield from (_encoded(_Line(decision=decision)) for decision in all_decisions(material.project))


def read_project_lines(lines: Iterable[bytes], project: Project) -> ReadBack:
    """Fills a new project with what ``project_lines`` wrote, and works out its lineages, actors and events anew.

    Raises UsageError for a project that holds something, and InputError for lines that are none of these.
    """
    if counts(project).reports or all_decisions(project):
        raise UsageError(f"{project.where} holds something already: read a project back into a new file")
    run = start_run(project, "")
    kept = _Keeper(project, run)
    for line in _checked(lines):
        kept.take(line)
    summary = kept.finish()
    relate(project)
    identify(project)
    gather(project)
    finish_run(project, run, summary)
    return summary


class _Keeper:
    """Keeps versions of reports a batch at a time, each batch read by one engine and with no id twice."""

    def __init__(self, project: Project, run: int) -> None:
        self._project, self._run = project, run
        self._waiting: list[tuple[Report, Reading | None]] = []
        self._current: dict[str, tuple[Report, Reading | None]] = {}
        self._not_last: dict[str, tuple[Report, Reading | None]] = {}
        self._issues: list[Issue] = []
        self._decisions: list[Decision] = []
        self._versions = 0

    def take(self, line: _Line) -> None:
        """Keeps what the line holds, now or with the next batch."""
        if line.report is not None:
            self._take_version(line, line.report)
        if line.issue is not None:
            self._issues.append(line.issue)
        if line.decision is not None:
            self._decisions.append(line.decision)

    def finish(self) -> ReadBack:
        """Keeps what waits; the current version of each report is then the one that was."""
        self._keep_waiting()
        for report, reading in self._not_last.values():
            keep_batch(self._project, self._run, _fingerprint(reading), Batch(reports=(report,)))
        if self._issues:
            keep_batch(self._project, self._run, "", Batch(issues=tuple(self._issues)))
        with self._project.writing() as connection:
            restore_decisions(connection, self._decisions)
        return ReadBack(versions=self._versions, issues=len(self._issues), decisions=len(self._decisions))

    def _take_version(self, line: _Line, report: Report) -> None:
        reading = msgspec.structs.replace(line.reading, report=report) if line.reading else None
        if self._waiting and (
            len(self._waiting) >= _AT_ONCE
            or any(report.id == other.id for other, _ in self._waiting)
            or _fingerprint(reading) != _fingerprint(self._waiting[0][1])
        ):
            self._keep_waiting()
        self._waiting.append((report, reading))
        self._versions += 1
        if line.current:
            self._current[report.id] = (report, reading)
        elif report.id in self._current:  # a version that came later, and was taken back by the current one
            self._not_last[report.id] = self._current[report.id]

    def _keep_waiting(self) -> None:
        if self._waiting:
            reports = tuple(report for report, _ in self._waiting)
            readings = tuple(reading for _, reading in self._waiting if reading is not None)
            keep_batch(
                self._project, self._run, _fingerprint(self._waiting[0][1]), Batch(reports=reports, readings=readings)
            )
            self._waiting = []


def _fingerprint(reading: Reading | None) -> str:
    return reading.fingerprint if reading else ""


def _version_line(version: Version) -> _Line:
    reading = version.reading
    bare = msgspec.structs.replace(reading, report=_NO_REPORT) if reading else None
    return _Line(report=version.report, number=version.number, current=version.current, reading=bare)


def _encoded(line: _Line) -> bytes:
    return msgspec.json.encode(line) + b"\n"


def _checked(lines: Iterable[bytes]) -> Iterator[_Line]:
    for number, words in enumerate(lines, 1):
        try:
            line = _decoder.decode(words)
        except msgspec.DecodeError as fault:
            raise InputError(f"line {number} is none that 'export --format project' wrote: {fault}") from None
        if number == 1 and (line.twosource != "project" or line.version != _VERSION):
            raise InputError("the first line does not say that this is a project, version 1: export it again")
        yield line
