"""What follows from a decision is worked out after it was kept, and may fail where the decision did not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from twosource.corpus_records import Decision
from twosource.errors import ProjectError
from twosource.store.faults import without_advice

__all__ = ["following"]


@contextmanager
def following(kept: Decision) -> Iterator[None]:
    """Where the project can't be written in the block, as on a disk that is full, the error says that the entry is
    kept: who takes it for lost would decide the same again. What was left is done with the next reading, or decision of
    its kind."""
    try:
        yield
    except ProjectError as fault:
        raise ProjectError(
            f"entry {kept.number} is kept: don't decide it again. What follows from it will be worked out with the "
            f"next such decision or 'twosource read', once this is mended: {without_advice(fault)}"
        ) from fault
