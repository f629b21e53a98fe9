"""One worker as its run sees it: a process that is started, handed reports, asked for their readings, and ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from enum import Enum, auto
from typing import BinaryIO, cast

import msgspec

from twosource.engines.limits import Limits
from twosource.engines.messages import Answer, Begin, Done, Exhausted, Ready, Refused, Share
from twosource.errors import EngineError
from twosource.pipes import receive, send
from twosource.records import Reading, Report

__all__ = ["Ended", "Process"]

_START_SECONDS = 600.0  # a cold disk and a busy machine may take a minute to load the models
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_answers = msgspec.msgpack.Decoder(Answer)


class Ended(Enum):
    """Why a worker gave no reading; it has ended then."""

    TOO_LONG = auto()
    TOO_LARGE = auto()
    CRASHED = auto()


class Process:
    """A worker. Ask it for its ``fingerprint`` first: that waits until its Reader is loaded.

    ``has_read`` counts the reports that it has read.
    """

    def __init__(self, load: bytes, limits: Limits, advice: str) -> None:
        """Starts it; ``load`` is the pickled function that gives its Reader, ``advice`` what to do where that fails."""
        self._limits, self._advice = limits, advice
        self._late = False
        self.has_read = 0
        self._process = _start()
        with contextlib.suppress(OSError):  # it has ended, as waiting for its answer will tell
            self._send(Begin(path=sys.path, load=load, limits=limits))

    def fingerprint(self) -> str:
        """The Reader's. Raises EngineError where it could not be loaded."""
        answer = self._in_time(_START_SECONDS)
        if isinstance(answer, Ready):
            return answer.fingerprint
        self.end()
        reason = answer.reason if isinstance(answer, Refused) else self.how_it_ended
        raise EngineError(f"a process to read in could not be started ({reason}): {self._advice}")

    def hand(self, reports: Sequence[Report]) -> None:
        """Gives it reports to read; then ask for the ``reading`` of each, in order."""
        with contextlib.suppress(OSError):  # it has ended, as asking for the reading will tell
            self._send(Share(tuple(reports)))

    def reading(self, report: Report) -> Reading | Ended:
        """The reading of the next report that it was handed, which is this one, or why there is none."""
        answer = self._in_time(self._limits.clock_seconds(report))
        if isinstance(answer, Done):
            self.has_read += 1
            return msgspec.structs.replace(answer.reading, report=report)
        self.end()
        if isinstance(answer, Exhausted):
            return Ended.TOO_LARGE
        out_of_time = self._process.returncode == -getattr(signal, "SIGPROF", 0) != 0
        return Ended.TOO_LONG if self._late or out_of_time else Ended.CRASHED

    @property
    def number(self) -> int:
        """The process's number in the system."""
        return self._process.pid

    @property
    def how_it_ended(self) -> str:
        """In words for an Issue."""
        code = self._process.returncode
        if code is None or code >= 0:
            return f"exit code {code}"
        with contextlib.suppress(ValueError):
            return f"signal {signal.Signals(-code).name}"
        return f"signal {-code}"

    def end(self) -> None:
        """Ends the process, if it has not ended."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def kill(self) -> None:
        """Ends the process from another thread than the one that waits for its answer, which is told of its end."""
        self._process.kill()

    def _send(self, message: Begin | Share) -> None:
        send(cast(BinaryIO, self._process.stdin), message)

    def _in_time(self, seconds: float) -> Answer | None:
        """The next answer; None where the process ended or was ended because it was late."""

        def stop() -> None:
            self._late = True
            self._process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            message = receive(cast(BinaryIO, self._process.stdout))
            return None if message is None else _answers.decode(message)
        finally:
            timer.cancel()


def _start() -> subprocess.Popen[bytes]:
    """A fresh interpreter, not a fork of this one, which may hold threads and locks; one core is all it takes."""
    command = [sys.executable, "-P", "-m", "twosource.engines.worker"]
    environment = {**os.environ, **dict.fromkeys(_ONE_THREAD, "1")}
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, env=environment)  # noqa: S603 - our own
