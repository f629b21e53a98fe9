"""The local engine with a limit of time: a report that takes too long is given up, in this process.

The system tells this process by SIGPROF when its time is over, and the handler raises where the reading stands. It
runs between two steps of Python's on the main thread; so code in C that never ended would hold it up for good, and
another thread has no limit. The time is that of the whole process: what other threads compute counts too. Windows has
no such signal. The pool stops all of that, and memory too.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from types import FrameType

import msgspec

from twosource.engines.failures import given_up, too_long
from twosource.engines.limits import Limits
from twosource.engines.local import Reader, read_batch
from twosource.records import Reading, Report

__all__ = ["Bounded", "has_clock"]

_AGAIN = 1.0  # seconds after which it is told again, where what was raised was lost in a callback from C


class Bounded(msgspec.Struct, frozen=True):
    """A Reader whose reports are given up after their limit of processor time. It is an Engine."""

    reader: Reader
    limits: Limits

    @property
    def fingerprint(self) -> str:
        """The Reader's."""
        return self.reader.fingerprint

    def read(self, batches: Iterable[Sequence[Report]]) -> Iterator[list[Reading]]:
        """The readings of each batch, in order; a batch is taken when the one before has been given.

        A batch has the time of that report which may take longest; where that is too short, each is read by itself.
        """
        for batch in batches:
            yield self._read(batch) if _can_stop() else self._plain(batch)

    def _read(self, batch: Sequence[Report]) -> list[Reading]:
        longest = max(map(self.limits.processor_seconds, batch), default=0)
        together = self._in_time(batch, longest) if len(batch) > 1 else None
        return [self._alone(report) for report in batch] if together is None else together

    def _alone(self, report: Report) -> Reading:
        seconds = self.limits.processor_seconds(report)
        found = self._in_time([report], seconds)
        return given_up(report, too_long(report, seconds), self.fingerprint) if found is None else found[0]

    def _in_time(self, reports: Sequence[Report], seconds: float) -> list[Reading] | None:
        """Their readings; None where they took more processor time."""
        before = signal.signal(signal.SIGPROF, _stop)
        try:
            signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
            try:
                return self._plain(reports)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)  # here, as it may be told just when the reading is done
        except _TimeIsOver:
            return None
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def _plain(self, reports: Sequence[Report]) -> list[Reading]:
        return read_batch(reports, self.reader.stages, self.reader.equipment, self.fingerprint)


class _TimeIsOver(BaseException):
    """No Exception, as it is no fault of the stage in which it is raised."""


def has_clock() -> bool:
    """Whether this system can tell a process that its processor time is over."""
    return hasattr(signal, "setitimer")


def _can_stop() -> bool:
    """Whether what is read now, by this thread, can be stopped."""
    return has_clock() and threading.current_thread() is threading.main_thread()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _TimeIsOver
