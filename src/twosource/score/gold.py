"""Gold data is JSON Lines: one reader for all its kinds."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from twosource.errors import InputError

__all__ = ["read_gold"]

RowT = TypeVar("RowT")


def read_gold(path: Path, kind: type[RowT]) -> list[RowT]:
    """The rows of a JSON Lines file, in its order; blank lines are passed over, further keys too.

    Raises InputError where the file can't be read, and with the line where one is not of the kind.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as fault:
        raise InputError(f"can't read {path}: {fault.strerror or fault}") from None
    decoder = msgspec.json.Decoder(kind)
    rows: list[RowT] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            rows.append(decoder.decode(line))
        except msgspec.DecodeError as fault:
            raise InputError(f"{path}, line {number}: {fault}") from None
    return rows
