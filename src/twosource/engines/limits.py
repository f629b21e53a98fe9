"""How much time and memory the reading of one report may take."""

from __future__ import annotations

import msgspec

from twosource.errors import UsageError
from twosource.reading.parse import READ_AT_MOST
from twosource.records import Report

__all__ = ["Limits"]

_WAITING = 4  # a worker that waits for a busy machine may take so many times its processor time by the clock


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds of processor time that a report may take: so many at least, and so many for each character more.

    The least that was measured for a report on a slow and busy machine is a hundredth of the default, so that no
    ordinary report depends on the machine's speed. ``memory`` is in bytes, of one worker.
    """

    seconds: float = 60
    seconds_a_character: float = 0.001
    memory: int = 4 * 2**30

    @classmethod
    def same_for_all(cls, seconds: float) -> Limits:
        """The limit of time that a person gave. Raises UsageError unless it is above 0."""
        if not seconds > 0:
            raise UsageError(f"a time limit of {seconds:g} seconds can't be: give a number above 0")
        return cls(seconds=seconds, seconds_a_character=0)

    def processor_seconds(self, report: Report) -> float:
        """How long the processor may work on this report."""
        return self.seconds + self.seconds_a_character * min(len(report.text), READ_AT_MOST)

    def clock_seconds(self, report: Report) -> float:
        """After how long by the clock it is stopped in any case."""
        return _WAITING * self.processor_seconds(report)
