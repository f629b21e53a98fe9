"""A Parquet table, row by row. It needs pyarrow, which is an extra: twosource[parquet]."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from twosource.intake.apart import Answer, Row, Task

__all__ = ["read_parquet"]

_ROWS = 64  # read at once


def read_parquet(task: Task) -> Iterator[Answer]:
    """Each row with its number, counted from 1; values that JSON has no word for are written as text."""
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(task.path) as table:
        number = 0
        for batch in table.iter_batches(batch_size=_ROWS, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield Row(number=number, data=msgspec.json.encode(row, enc_hook=str))
