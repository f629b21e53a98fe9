"""What was dropped on a desk, in a folder of its own until it is read: copies of files that nobody else should keep."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

__all__ = ["SentFiles", "remove_left"]

_PREFIX = "twosource-import-"
_LOCK = "lock"
_LONGEST_NAME = 120
_UNFIT = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\ud800-\udfff]")


class SentFiles:
    """The folder of one desk, made when the first files come, and again where something removed it meanwhile.

    It goes when the desk is closed. One that a killed desk left goes when the next desk of the same user begins; on
    Windows, and where the system can't lock files, it stays.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._lock: int | None = None
        self._making = threading.Lock()

    def keep(self, files: Iterable[tuple[str, BinaryIO]]) -> tuple[Path, list[Path]]:
        """Copies files, given by name and bytes, to a fresh folder; returns that, to be removed, and their paths.

        Each lies in a numbered folder of its own, since two may have one name. Raises OSError, and keeps none then.
        """
        folder = Path(tempfile.mkdtemp(dir=self._ready()))
        try:
            return folder, [_copy(folder / str(at), name, content) for at, (name, content) in enumerate(files)]
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def _ready(self) -> Path:
        with self._making:
            if self._folder is None or not self._folder.is_dir():
                self._let_go()
                remove_left()
                self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
                self._lock = _locked(self._folder)
            return self._folder

    def close(self) -> None:
        """Removes all, of imports too that never began."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
        self._folder = self._lock = None


def remove_left() -> None:
    """Removes the folders of desks that were killed: those that no living desk holds locked."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with _held(folder) as is_left:
            if is_left:
                shutil.rmtree(folder, ignore_errors=True)


def _copy(folder: Path, name: str, content: BinaryIO) -> Path:
    """Writes the bytes under the name, which came from outside and may hold anything, in this folder, which is made."""
    folder.mkdir()
    path = folder / _safe_name(name)
    with path.open("wb") as file:
        shutil.copyfileobj(content, file)
    return path


def _locked(folder: Path) -> int | None:
    """A handle that holds the folder for as long as this process lives; None where the system has no such lock."""
    if sys.platform == "win32":
        return None
    unfinished = folder / f"{_LOCK}.unfinished"
    handle = os.open(unfinished, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:  # a file system without locks
        os.close(handle)
        unfinished.unlink()
        return None
    unfinished.rename(folder / _LOCK)  # so that whoever finds a lock finds it held
    return handle


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Holds the folder of a desk that is no more; False for one that lives, another user's or one without a lock."""
    try:
        handle = os.open(folder / _LOCK, os.O_RDWR)
    except OSError:
        yield False
        return
    try:
        yield _is_free(handle)
    finally:
        os.close(handle)


def _is_free(handle: int) -> bool:
    """Whether nobody else holds the file, which this process does from now on. False where nothing can be locked."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _safe_name(name: str) -> str:
    """The last part of the name, fit for a file; its end is kept where it is too long, because that tells its kind."""
    last = _UNFIT.sub("_", re.split(r"[/\\]", name)[-1]).strip(" .")
    return last[-_LONGEST_NAME:].strip(" .") or "report.txt"
