"""Runs work in a process of its own, and kills that (SIGKILL) at a point that is counted, or after a time."""

from __future__ import annotations

import gc
import os
import signal
import time
import traceback
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine, event

__all__ = ["Acknowledge", "End", "Work", "count_points", "run_killed_after", "run_killed_at", "run_whole"]

Acknowledge = Callable[[str], None]
Work = Callable[[Path, Acknowledge], None]
"""Does something in a folder, and tells of each thing once it was promised to be kept."""

_POINTS = ("before_cursor_execute", "commit")
_SAID = "acknowledged.txt"


class End(StrEnum):
    """How the work ended."""

    WHOLE = "came to its end"
    KILLED = "killed"


def run_whole(work: Work, folder: Path) -> list[str]:
    """What the work acknowledged, in this and earlier runs in the folder; it is left alone until it ends.

    Raises RuntimeError where the work failed by itself.
    """
    _run(work, folder, lambda: None, None)
    return _acknowledged(folder)


def run_killed_at(work: Work, folder: Path, point: int) -> tuple[End, list[str]]:
    """The same, killed just before its ``point``-th statement or commit, from 1; later ones than it has: not at all."""
    return _run(work, folder, lambda: _kill_at(point), None), _acknowledged(folder)


def run_killed_after(work: Work, folder: Path, seconds: float) -> tuple[End, list[str]]:
    """The same, killed after a time, wherever it is then."""
    return _run(work, folder, lambda: None, seconds), _acknowledged(folder)


def count_points(work: Work, folder: Path) -> int:
    """How many statements and commits the work needs when it is left alone."""
    counted = folder / "points.txt"

    def count() -> None:
        with counted.open("ab", buffering=0) as file:
            handle = os.dup(file.fileno())
        _at_each_point(lambda *_: os.write(handle, b".") and None)

    _run(work, folder, count, None)
    return counted.stat().st_size


def _kill_at(point: int) -> None:
    passed = 0

    def note(*_: object) -> None:
        nonlocal passed
        passed += 1
        if passed == point:
            os.kill(os.getpid(), signal.SIGKILL)

    _at_each_point(note)


def _at_each_point(note: Callable[..., None]) -> None:
    for name in _POINTS:
        event.listen(Engine, name, note)


def _run(work: Work, folder: Path, prepare: Callable[[], None], seconds: float | None) -> End:
    """Forks, which takes no time to import anything again; so no database may be open here."""
    gc.collect()
    child = os.fork()
    if child == 0:
        _be_child(work, folder, prepare)
    if seconds is not None:
        time.sleep(seconds)  # what is tested is that no moment matters: nothing waits for this to pass
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return End.KILLED
    if os.WEXITSTATUS(status):
        raise RuntimeError(f"the work failed by itself:\n{(folder / 'fault.txt').read_text()}")
    return End.WHOLE


def _be_child(work: Work, folder: Path, prepare: Callable[[], None]) -> None:
    """Never returns: what the parent had in hand is none of the child's business."""
    code = 1
    try:
        prepare()
        with (folder / _SAID).open("ab", buffering=0) as said:
            work(folder, lambda words: said.write(words.encode() + b"\n") and None)
        code = 0
    except BaseException:
        (folder / "fault.txt").write_text(traceback.format_exc())
        raise
    finally:
        os._exit(code)


def _acknowledged(folder: Path) -> list[str]:
    said = folder / _SAID
    return said.read_text().splitlines() if said.exists() else []
