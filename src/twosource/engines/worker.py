"""A process in which reports are read: it loads one Reader and answers shares of reports until its stdin ends,
as it does when the run ends, in whatever way.

python -m twosource.engines.worker   (process.py starts it)
"""

from __future__ import annotations

import pickle
import signal
import sys
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from twosource.engines.limits import Limits
from twosource.engines.local import Reader, read_batch
from twosource.engines.messages import Begin, Done, Exhausted, Ready, Refused, Share
from twosource.pipes import own_stdout, send, tasks
from twosource.records import Report

__all__ = ["main"]


def main() -> None:
    """Serves one run. Ctrl-C is the run's affair: it ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = own_stdout()
    messages = tasks()
    begin = msgspec.msgpack.decode(next(messages), type=Begin)
    reader = _loaded(begin, answers)
    if reader is not None:
        _limit_memory(begin.limits.memory)
        send(answers, Ready(reader.fingerprint))
        _serve(messages, reader, begin.limits, answers)


def _loaded(begin: Begin, answers: BinaryIO) -> Reader | None:
    sys.path[:] = begin.path
    try:
        reader: Reader = pickle.loads(begin.load)()  # noqa: S301 - the bytes come from the run that started this process
        return reader
    except Exception as fault:  # noqa: BLE001 - the worker's border: whatever it is, the run must be told of it
        send(answers, Refused(f"{type(fault).__name__}: {fault}"))
        return None


def _serve(messages: Iterator[bytes], reader: Reader, limits: Limits, answers: BinaryIO) -> None:
    shares = msgspec.msgpack.Decoder(Share)
    for message in messages:
        for report in shares.decode(message).reports:
            try:
                answer = _read(report, reader, limits)
            except MemoryError:
                send(answers, Exhausted())
                return
            send(answers, answer)


def _read(report: Report, reader: Reader, limits: Limits) -> Done:
    """The report's reading; the process ends at the limit of time, whatever it does then."""
    _end_after(limits.processor_seconds(report))
    [reading] = read_batch([report], reader.stages, reader.equipment, reader.fingerprint)
    _end_after(0)
    return Done(msgspec.structs.replace(reading, tokens=()))


def _end_after(seconds: float) -> None:
    """Has the system end this process after so much processor time, by SIGPROF; 0 takes that back.

    The kernel does it, since code in C that never ends lets no handler of Python's run. Windows has no such timer;
    there the run ends the process by the clock.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory(memory: int) -> None:
    try:
        import resource
    except ModuleNotFoundError:  # Windows has none
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or memory < most:
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))


if __name__ == "__main__":
    main()
