"""A file that is written whole or not at all, whatever happens to the program or to the power meanwhile."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["whole_file"]


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write to. It takes the place of ``path`` once the block ends and its bytes are on the
    disk; a fault in the block removes it, and leaves what was there before.

    Its name ends in '.unfinished'; one that a killed program left is written over. Of two programs that write to one
    path at once the second wins, whole. A link stays a link: what it leads to is written. A device or a pipe, such as
    /dev/stdout, is handed out itself, since nothing may take its place. Raises OSError.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        yield path
        return
    path = Path(os.path.realpath(path))
    unfinished = path.with_name(path.name + ".unfinished")
    _remove(unfinished)
    held = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    ours = True
    try:
        try:
            yield unfinished
        finally:
            ours = _is_held(unfinished, held)  # held open until here, so that no other file got its number
            os.close(held)
        if not ours:
            raise FileExistsError(errno.EEXIST, "another program began to write it meanwhile", str(path))
        _to_the_disk(unfinished)
        unfinished.replace(path)
        _to_the_disk(path.parent)
    finally:
        if ours:
            _remove(unfinished)


def _remove(unfinished: Path) -> None:
    """Removes it with what SQLite keeps beside a database, which on a full disk takes as much room as the file."""
    for end in ("", "-wal", "-shm", "-journal"):
        unfinished.with_name(unfinished.name + end).unlink(missing_ok=True)


def _is_held(path: Path, handle: int) -> bool:
    """Whether the file of this name is the one that the handle holds."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _to_the_disk(path: Path) -> None:
    """Waits until the file's bytes, or a folder's names, outlive a power cut."""
    if path.is_dir() and os.name == "nt":  # Windows can't open a folder, and keeps its names by itself
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
