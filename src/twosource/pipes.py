"""Messages between a process and those it starts: MessagePack over pipes, each message with its length before it."""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

__all__ = ["own_stdout", "receive", "send", "tasks"]

_LENGTH = 8  # bytes before each message that tell how long it is
_encoder = msgspec.msgpack.Encoder()


def send(stream: BinaryIO, message: msgspec.Struct) -> None:
    """Writes one message. Raises OSError where nobody takes it any more."""
    encoded = _encoder.encode(message)
    stream.write(len(encoded).to_bytes(_LENGTH, "big"))
    stream.write(encoded)
    stream.flush()


def receive(stream: BinaryIO, longest: int | None = None) -> bytes | None:
    """The next message, still encoded; None where the stream ends before it is whole, or it is longer than that."""
    head = stream.read(_LENGTH)
    length = int.from_bytes(head, "big")
    if len(head) < _LENGTH or (longest is not None and length > longest):
        return None
    body = stream.read(length)
    return body if len(body) == length else None


def own_stdout() -> BinaryIO:
    """Stdout for messages alone: what a library prints goes nowhere from now on."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - os.devnull is no path on Windows
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return own


def tasks(longest: int | None = None) -> Iterator[bytes]:
    """The messages on stdin, without end: when stdin ends, so does this process at once, whatever it is doing.

    Whoever started it holds the other end alone and lets go of it only by ending, be it by a signal that nothing can
    catch. A thread waits for that, on any system, while the process works.
    """
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def take() -> None:
        try:
            while (message := receive(sys.stdin.buffer, longest)) is not None:
                waiting.put(message)
        finally:
            os._exit(0)

    threading.Thread(target=take, name="tasks", daemon=True).start()
    while True:
        yield waiting.get()
