"""The pool: the local engine in several processes of this machine, each with a Reader of its own.

Reports are handed out a few at a time and read one by one, so that it is always known which report a worker was at
when it ended. Their readings come back in the order of the reports, whichever worker was first.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from twosource.engines.failures import crashed, given_up, too_large, too_long
from twosource.engines.limits import Limits
from twosource.engines.local import Reader
from twosource.engines.process import Ended, Process
from twosource.errors import EngineError, UsageError
from twosource.records import Issue, Reading, Report

__all__ = ["Pool", "usual_workers"]

_MOST_WORKERS = 8  # unless more are asked for: each takes some 250 MB
_LIFE = 5_000  # reports: a parser keeps each new word that it meets, some 4 MB in a thousand reports
_SHARE = 4  # reports: few enough that workers end together, many enough that messages cost nothing


def usual_workers() -> int:
    """As many workers as this process may use cores, at most eight."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), _MOST_WORKERS)
    return min(os.cpu_count() or 1, _MOST_WORKERS)


class Pool:
    """An Engine over worker processes; close it, or use it as a context manager.

    A worker is started when there is something for it to do. One that ends while it reads a report is replaced, and
    the report is tried once more, alone; if that ends its worker too, it is given up. So is, at once, one that takes
    more time or memory than its limit.
    """

    def __init__(
        self,
        load: Callable[[], Reader],
        *,
        workers: int,
        limits: Limits | None = None,
        share: int = _SHARE,
        life: int = _LIFE,
        stay: bool = False,
        advice: str = "try --workers 0",
    ) -> None:
        """Starts the first worker. ``load`` gives each worker its Reader and must be picklable: a module's function.

        Each worker is handed ``share`` reports at once, and ends when it has read about ``life``, so that its memory
        does not grow without end; another takes its place.
        With ``stay`` workers stay after the last batch, for a pool that is asked again and again. ``advice`` says what
        to do where a worker can't load its Reader.

        Raises UsageError for fewer workers than one and EngineError where a worker can't load its Reader.
        """
        if workers < 1:
            raise UsageError(f"{workers} workers can't read: give 1 or more")
        self._load, self._limits = pickle.dumps(load), limits or Limits()
        self._share, self._life = share, life
        self._workers, self._stay, self._advice = workers, stay, advice
        self._threads = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="reading")
        self._lock = threading.Lock()
        self._idle: list[Process] = []
        self._held: set[Process] = set()
        self._closed = False
        first = self._start()
        try:
            self.fingerprint = first.fingerprint()
        except BaseException:
            self.close()
            raise
        self._idle.append(first)

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends every worker at once; what they were reading is lost."""
        with self._lock:
            self._closed = True
            for process in self._held:
                process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        while self._held:
            self._held.pop().end()

    @property
    def processes(self) -> tuple[Process, ...]:
        """The workers that there are now."""
        with self._lock:
            return tuple(self._held)

    def read(self, batches: Iterable[Sequence[Report]]) -> Iterator[list[Reading]]:
        """The readings of each batch, in order, without tokens. Twice as many batches as workers are taken ahead.

        The workers end with the last batch, unless they are to stay, so that they hold no memory while what was read
        is brought together.
        """
        ahead: deque[list[Future[list[Reading]]]] = deque()
        try:
            for batch in batches:
                ahead.append([self._threads.submit(self._read, share) for share in _shares(batch, self._share)])
                if len(ahead) > 2 * self._workers:
                    yield _together(ahead.popleft())
            while ahead:
                yield _together(ahead.popleft())
        finally:
            for future in (future for futures in ahead for future in futures):
                future.cancel()
        while not self._stay and (process := self._free()) is not None:
            self._end(process)

    def _read(self, reports: Sequence[Report]) -> list[Reading]:
        """The readings of a share; runs in one of the pool's threads, with a process to itself."""
        process = self._free() or self._started()
        waiting, readings = deque(reports), []
        crashed_once: Report | None = None
        process.hand(waiting)
        while waiting:
            report = waiting[0]
            answer = process.reading(report)
            if isinstance(answer, Ended):
                how, process = process.how_it_ended, self._replaced(process)
                if answer is Ended.CRASHED and report is not crashed_once:
                    crashed_once = report
                else:
                    readings.append(given_up(report, self._issue(report, answer, how), self.fingerprint))
                    waiting.popleft()
                process.hand(waiting)
            else:
                readings.append(answer)
                waiting.popleft()
        if process.has_read < self._life:
            self._idle.append(process)
        else:
            self._end(process)
        return readings

    def _issue(self, report: Report, ended: Ended, how: str) -> Issue:
        if ended is Ended.TOO_LONG:
            return too_long(report, self._limits.processor_seconds(report))
        if ended is Ended.TOO_LARGE:
            return too_large(report, self._limits.memory)
        return crashed(report, how)

    def _free(self) -> Process | None:
        """A worker that has nothing to do, which is the caller's from now on."""
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _replaced(self, process: Process) -> Process:
        """Another worker in the place of one that has ended."""
        self._end(process)
        return self._started()

    def _end(self, process: Process) -> None:
        process.end()
        with self._lock:
            self._held.discard(process)

    def _started(self) -> Process:
        """A new worker, loaded. Raises EngineError where it reads otherwise than the others, or the pool is closed."""
        process = self._start()
        if process.fingerprint() != self.fingerprint:
            raise EngineError("twosource was changed while it read: give the same command again")
        return process

    def _start(self) -> Process:
        with self._lock:
            if self._closed:
                raise EngineError("the pool is closed")
            process = Process(self._load, self._limits, self._advice)
            self._held.add(process)
            return process


def _shares(reports: Sequence[Report], size: int) -> Iterator[Sequence[Report]]:
    return (reports[start : start + size] for start in range(0, len(reports), size))


def _together(futures: Iterable[Future[list[Reading]]]) -> list[Reading]:
    return [reading for future in futures for reading in future.result()]
