"""Long lists of values for IN (...), some at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

__all__ = ["some"]

_AT_ONCE = 400  # values in one IN (...): every database takes so many
T = TypeVar("T")


def some(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in their order, as many at a time as every database takes."""
    for at in range(0, len(values), _AT_ONCE):
        yield values[at : at + _AT_ONCE]
