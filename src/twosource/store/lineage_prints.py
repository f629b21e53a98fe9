"""Which texts of the index hold each print: two tables, so that putting in texts touches few pages of a large index.

Prints are digests: those of one report lie all over. They are put into a small table of what came last, and from there
into the large one a slice of their numbers at a time, by which many come to lie on each page that is written. What is
asked for is looked up in both.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, and_, bindparam, delete, insert, select

from twosource.store import tables
from twosource.store.rows import insert_rows, rows_with

__all__ = ["Mark", "drop_every_mark", "drop_marks", "keep_marks", "marks_of", "settle_marks"]

Mark = tuple[int, int]
"""The number of a print, and that of a text (``lineage_text``) which holds it."""

_BITS = 48  # of a print's number
_SLICE_BITS = 6  # of these the first, which tell its slice
_SLICES = 1 << _SLICE_BITS
_ROOTS = 8  # texts a slice waits for its turn, in square roots of how many the index holds: see settle_marks

_BOTH = (tables.lineage_print_late, tables.lineage_print)
_HOLDING = (
    "SELECT number, text FROM lineage_print_late WHERE number IN",
    "SELECT number, text FROM lineage_print WHERE number IN",
)


def keep_marks(connection: Connection, marks: Sequence[Mark]) -> None:
    """Adds marks of texts that have none yet."""
    insert_rows(connection, tables.lineage_print_late, ("number", "text"), marks)


def marks_of(connection: Connection, numbers: Collection[int]) -> list[Mark]:
    """The marks of these prints."""
    return [(number, text) for words in _HOLDING for number, text in rows_with(connection, words, numbers)]


def drop_marks(connection: Connection, marks: Iterable[Mark]) -> None:
    """Takes out these marks."""
    rows = [{"one": number, "of": text} for number, text in marks]
    for table in _BOTH if rows else ():
        same = and_(table.c.number == bindparam("one"), table.c.text == bindparam("of"))
        connection.execute(delete(table).where(same), rows)


def drop_every_mark(connection: Connection) -> None:
    """Takes out all marks."""
    for table in _BOTH:
        connection.execute(delete(table))


def settle_marks(connection: Connection, texts: Iterable[int]) -> None:
    """Puts the slices whose turn it is, now that texts have got these numbers, into the large table.

    The more texts a slice waits for, the fewer pages of the large table are written for each, and the more of the small
    one: the sum is least where the wait grows with the square root of what the index holds.
    """
    late, large = tables.lineage_print_late, tables.lineage_print
    for one in sorted({_slice_of(text) for text in texts}):
        first = one << _BITS - _SLICE_BITS
        within = and_(late.c.number >= first, late.c.number < first + (1 << _BITS - _SLICE_BITS))
        held = select(late.c.number, late.c.text).where(within).order_by(late.c.number, late.c.text)
        connection.execute(insert(large).from_select(["number", "text"], held))
        connection.execute(delete(late).where(within))


def _slice_of(text: int) -> int:
    """The slice whose turn it is when a text gets this number; each has its turn for a few texts in a row."""
    return text // max(1, _ROOTS * math.isqrt(text) // _SLICES) % _SLICES
