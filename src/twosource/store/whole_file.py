"""A file that is written whole or not at all, whatever happens to the program or to the power meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["whole_file"]


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write to. It takes the place of ``path`` once the block ends and its bytes are on the
    disk; a fault in the block removes it, and leaves what was there before.

    Its name ends in '.unfinished'; one that a killed program left is written over. Raises OSError.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        yield unfinished
        _to_the_disk(unfinished)
        unfinished.replace(path)
        _to_the_disk(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _to_the_disk(path: Path) -> None:
    """Waits until the file's bytes, or a folder's names, outlive a power cut."""
    if path.is_dir() and os.name == "nt":  # Windows can't open a folder, and keeps its names by itself
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
