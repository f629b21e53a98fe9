"""A fake reader with reports that trouble their process: they kill it or its parent, never end, wait, or run short."""

from __future__ import annotations

import os
import signal
import threading
from functools import partial
from pathlib import Path

import msgspec

from fake_reading import fake_reader, find_claims
from twosource.engines.local import Reader
from twosource.records import Reading
from twosource.stage import Batch, Stage


def read_troubled(readings: Batch, _equipment: object) -> list[Reading]:
    """The stage: as fake_reading's, where no word of trouble stands."""
    for reading in readings:
        _meet(reading.report.text)
    return find_claims(readings, None)


def _meet(text: str) -> None:
    if "!die" in text or ("!once " in text and _is_first(Path(text.partition("!once ")[2]))):
        os.kill(os.getpid(), signal.SIGKILL)
    if "!carrier " in text and _is_first(Path(text.partition("!carrier ")[2])):
        os.kill(os.getppid(), signal.SIGKILL)
    if "!forever" in text:
        while True:
            pass
    if "!wait" in text:
        threading.Event().wait()
    if "!huge" in text:
        raise MemoryError


def _is_first(marker: Path) -> bool:
    """Whether nobody has asked before; the marker is made then."""
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def troubled_reader() -> Reader:
    """A reader of the one stage; its fingerprint is fake_reader's, so that what both read can be compared."""
    stages: tuple[Stage[None], ...] = (Stage(name="fake", version=1, run=read_troubled),)
    return msgspec.structs.replace(fake_reader(), stages=stages)


def missing_reader() -> Reader:
    """No reader at all."""
    raise FileNotFoundError("no weights")


def killed_reader() -> Reader:
    """Ends its process before there is a reader, as a system does that runs out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    return fake_reader()


changed_reader = partial(fake_reader, 2)
