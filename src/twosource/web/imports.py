"""Reads files that were dropped on the desk, one import after the other, in a thread beside the one that answers."""

from __future__ import annotations

import logging
import re
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import msgspec

from twosource.closed_sets import Severity
from twosource.errors import TwosourceError
from twosource.gathering import gather
from twosource.identifying import identify
from twosource.intake import count_inputs, read_paths
from twosource.pipeline import Reader, RunSummary, default_reader, store_reports
from twosource.records import Issue, Report
from twosource.store import Project
from twosource.web.sent_files import SentFiles

__all__ = ["Import", "ImportState", "Imports"]

_log = logging.getLogger(__name__)
_KEPT = 50  # reports and issues that an import names; the lists of the desk hold them all


class ImportState(StrEnum):
    """How far an import is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """One import as it stands. ``total`` is None where counting the inputs would cost a long read.

    ``reports`` are the ids met and ``issues`` what could not be read or settled on the way in, the first ones of each.
    ``trouble`` is a sentence where the import as a whole came to no good end.
    """

    number: int
    files: tuple[str, ...]
    state: ImportState = ImportState.WAITING
    done: int = 0
    total: int | None = None
    reports: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    summary: RunSummary | None = None
    trouble: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will change."""
        return self.state in (ImportState.DONE, ImportState.FAILED)


class _Stopped(Exception):  # noqa: N818 - no error: the desk is being closed
    """Leaves a run between two batches."""


class Imports:
    """The imports of one desk, numbered from 1. What is kept is kept batch by batch, as by the command."""

    def __init__(self, project: Project, reader: Callable[[], Reader] = default_reader) -> None:
        """``reader`` is asked for at the first import, because loading it takes a second or two.

        ``ended`` counts the imports and gatherings that came to an end.
        """
        self._project = project
        self._reader = reader
        self._held: dict[int, Import] = {}
        self.ended = 0
        self._lock = threading.Lock()
        self._due = self._names_due = False
        self._stopping = threading.Event()
        self._sent = SentFiles()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")

    def add(self, files: Iterable[tuple[str, BinaryIO]]) -> int:
        """Copies the files (their names, as a browser gives them, and their bytes) and has them read; its number.

        Raises OSError where they can't be copied; none is read then.
        """
        folder, paths = self._sent.keep(files)
        with self._lock:
            number = len(self._held) + 1
            self._held[number] = Import(number=number, files=tuple(path.name for path in paths))
        self._worker.submit(self._run, number, folder, paths)
        return number

    def get(self, number: int) -> Import | None:
        """The import as it stands; None for a number that there is not."""
        with self._lock:
            return self._held.get(number)

    def unfinished(self) -> tuple[Import, ...]:
        """The imports that are read or wait to be, in order."""
        with self._lock:
            return tuple(one for one in self._held.values() if not one.is_over)

    def bring_together(self, *, names: bool = True) -> None:
        """Has events, and ``names`` before them, brought together anew after a decision; soon, beside the answering.

        Decisions that come before it begins are met by one run.
        """
        with self._lock:
            self._names_due = self._names_due or names
            waits, self._due = self._due, True
        if not waits:
            self._worker.submit(self._bring_together)

    def close(self) -> None:
        """Ends after the batch that is being read; what was kept stays kept."""
        self._stopping.set()
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._sent.close()

    def _run(self, number: int, folder: Path, paths: list[Path]) -> None:
        try:
            summary = self._read(number, folder, paths)
            self._change(number, state=ImportState.DONE, summary=summary)
        except _Stopped:
            self._change(number, state=ImportState.FAILED, trouble="The desk was closed; what was read is kept.")
        except TwosourceError as error:
            self._change(number, state=ImportState.FAILED, trouble=str(error))
        except Exception:  # noqa: BLE001 - the worker's border: a fault in one import must not end the next ones
            _log.exception("import %d", number)
            trouble = "Something went wrong in twosource; what it was stands in the terminal. What was read is kept."
            self._change(number, state=ImportState.FAILED, trouble=trouble)
        finally:
            self.ended += 1
            shutil.rmtree(folder, ignore_errors=True)

    def _bring_together(self) -> None:
        with self._lock:
            names, self._names_due, self._due = self._names_due, False, False
        try:
            if names:
                identify(self._project)
            gather(self._project)
        except TwosourceError as error:  # the decision is kept; the next reading brings them together
            _log.warning("names and events were not brought together: %s", error)
        finally:
            self.ended += 1

    def _read(self, number: int, folder: Path, paths: list[Path]) -> RunSummary:
        self._change(number, state=ImportState.READING, total=count_inputs(paths))
        originals: dict[str, bytes] = {}
        found = read_paths(paths, keep_original=originals.__setitem__)
        names = [Path(path.name) for path in paths]
        return store_reports(
            self._noting(number, _under_own_names(found, folder)),
            self._project,
            self._reader(),
            paths=names,
            originals=originals,
            progress=lambda more: self._advance(number, more),
        )

    def _noting(self, number: int, found: Iterable[Report | Issue]) -> Iterator[Report | Issue]:
        reports: list[str] = []
        issues: list[Issue] = []
        for one in found:
            if isinstance(one, Report):
                reports.append(one.id)
            elif one.severity is not Severity.NOTE:
                issues.append(one)
            self._change(number, reports=tuple(reports[:_KEPT]), issues=tuple(issues[:_KEPT]))
            yield one

    def _advance(self, number: int, more: int) -> None:
        known = self.get(number)
        self._change(number, done=(known.done if known else 0) + more)
        if self._stopping.is_set():
            raise _Stopped

    def _change(self, number: int, **values: object) -> None:
        with self._lock:
            self._held[number] = msgspec.structs.replace(self._held[number], **values)


def _under_own_names(found: Iterable[Report | Issue], folder: Path) -> Iterator[Report | Issue]:
    """The same with the paths that the user knows: without the folder that the copies lie in for a while."""
    prefix = re.compile(re.escape(str(folder)) + r"[/\\]\d+[/\\]")
    for one in found:
        if isinstance(one, Issue):
            yield msgspec.structs.replace(one, path=prefix.sub("", one.path) if one.path else None)
        elif one.origin is None:
            yield one
        else:
            origin = msgspec.structs.replace(one.origin, path=prefix.sub("", one.origin.path))
            yield msgspec.structs.replace(one, origin=origin)
