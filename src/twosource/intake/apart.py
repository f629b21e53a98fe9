"""Reads documents in a process of its own, so that none can take more memory or time than it is given.

Whoever asks gives a Task and gets Answers, one at a time, as the other process makes them. One that hangs is ended
after a minute without an answer, one that takes more than 2 GiB of memory fails, and one that crashes takes nothing
with it: each becomes the last answer, a Told.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from types import TracebackType
from typing import BinaryIO, cast

import msgspec

from twosource.pipes import receive, send

__all__ = ["LONGEST", "SECONDS", "Answer", "Apart", "Document", "End", "Piece", "Row", "Task", "Told"]

SECONDS = 60.0
"""How long one answer may take."""

LONGEST = 512 * 2**20
"""The bytes of the longest message that is taken."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be read: bytes, or the file at ``path``; ``charset`` and ``url`` are what its carrier says of it."""

    kind: str
    data: bytes = b""
    path: str | None = None
    charset: str | None = None
    url: str | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A report's raw values. ``data`` holds its own bytes, None where they are the task's; ``number`` is its place."""

    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    agency: str | None = None
    language: str | None = None
    id: str | None = None
    encoding: str = "utf-8"
    data: bytes | None = None
    number: int | None = None


class Piece(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something inside the task that is a task of its own: a page of an archive, a mail, an attachment."""

    kind: str
    data: bytes
    name: str | None = None
    number: int | None = None
    url: str | None = None
    charset: str | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A row of a table, as the JSON of an object."""

    number: int
    data: bytes


class Told(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What could not be read or settled: an Issue's code and reason; ``number`` is the place in the task."""

    code: str
    reason: str
    number: int | None = None


class End(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Nothing more comes of the task."""


Answer = Document | Piece | Row | Told
_answers = msgspec.msgpack.Decoder(Answer | End)


class Apart:
    """Answers tasks in processes of their own, which are started when needed, used again, and ended with ``close``."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._idle: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Apart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends every process."""
        while self._idle:
            _end(self._idle.pop())

    def ask(self, task: Task) -> Iterator[Answer]:
        """The answers to a task, in order. Another task may be asked before they have all come."""
        process = self._idle.pop() if self._idle else _start()
        whole = False
        try:
            whole = yield from self._answers(process, task)
        finally:
            if whole:
                self._idle.append(process)
            else:
                _end(process)

    def _answers(self, process: subprocess.Popen[bytes], task: Task) -> Generator[Answer, None, bool]:
        """Gives the answers, and returns whether the process can be used again."""
        late = threading.Event()
        message = self._in_time(process, late, task)
        while message is not None:
            answer = _answers.decode(message)
            if isinstance(answer, End):
                return True
            yield answer
            message = self._in_time(process, late)
        yield _broken_off(self._seconds if late.is_set() else None)
        return False

    def _in_time(
        self, process: subprocess.Popen[bytes], late: threading.Event, task: Task | None = None
    ) -> bytes | None:
        """The next answer, after ``task`` was sent where there is one; None where the process ended or was late."""
        if process.stdin is None or process.stdout is None:  # both are pipes
            return None

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            if task is not None:
                send(cast(BinaryIO, process.stdin), task)
            return receive(cast(BinaryIO, process.stdout), LONGEST)
        except OSError:  # the process has ended, and takes nothing more
            return None
        finally:
            timer.cancel()


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "twosource.intake.worker"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)  # noqa: S603 - our own module


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _broken_off(seconds: float | None) -> Told:
    if seconds is not None:
        return Told(code="took-too-long", reason=f"reading it took more than {seconds:.0f} seconds and was ended")
    reason = "the process that read it ended; the file may be broken, or made to break its reader"
    return Told(code="broken-document", reason=reason)
