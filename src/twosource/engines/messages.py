"""What a run and its workers say to each other over pipes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.engines.limits import Limits
from twosource.records import Reading, Report

__all__ = ["Answer", "Begin", "Done", "Exhausted", "Ready", "Refused", "Share"]


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
