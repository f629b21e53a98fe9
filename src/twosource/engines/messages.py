"""What a run and its workers say to each other over pipes: MessagePack, each message with its length before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import msgspec

from twosource.engines.limits import Limits
from twosource.records import Reading, Report

__all__ = ["Answer", "Begin", "Done", "Exhausted", "Ready", "Refused", "Share", "receive", "send"]

_LENGTH = 8  # bytes before each message that tell how long it is


class Begin(msgspec.Struct, frozen=True, kw_only=True):
    """The first word to a worker: where modules lie, what loads its Reader (pickled), and what it may take."""

    path: Sequence[str]
    load: bytes
    limits: Limits


class Share(msgspec.Struct, frozen=True):
    """Reports to be read one after the other; a Done is the answer to each."""

    reports: tuple[Report, ...]


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The worker's Reader is loaded."""

    fingerprint: str


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The Reader can't be loaded; the worker ends."""

    reason: str


class Done(msgspec.Struct, frozen=True, tag=True):
    """The reading of the share's next report, without tokens, which no store keeps."""

    reading: Reading


class Exhausted(msgspec.Struct, frozen=True, tag=True):
    """The share's next report took more memory than there may be; the worker ends."""


Answer = Ready | Refused | Done | Exhausted
_encoder = msgspec.msgpack.Encoder()


def send(stream: BinaryIO, message: Begin | Share | Answer) -> None:
    """Writes one message. Raises OSError where nobody takes it any more."""
    encoded = _encoder.encode(message)
    stream.write(len(encoded).to_bytes(_LENGTH, "big"))
    stream.write(encoded)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """The next message, still encoded; None where the stream ends before it is whole."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "big")
    body = stream.read(length)
    return body if len(body) == length else None
