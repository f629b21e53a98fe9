"""Words in the texts of reports, in which no index leads: all texts are gone through once, and what has them is kept.

That many reports have a word is told sooner, by the index of the words of claims: a claim's words are of its report.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, false, func, select

from twosource.store import tables
from twosource.store.counting import counted_up_to, standing
from twosource.store.fold import fold
from twosource.store.terms import asked_for

__all__ = ["Hit", "Hits", "contains_words", "hits_known", "look_through", "many_have"]


class Hit(NamedTuple):
    """A current report that has the words that were asked for."""

    digest: str
    id: str
    outlet: str | None
    published: datetime.date | None


Hits = tuple[Hit, ...]
_known: WeakKeyDictionary[Connection, dict[tuple[str | None, ...], Hits]] = WeakKeyDictionary()


def contains_words(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Whether a folded and padded column holds the words, from the beginning of a word on. No words: never."""
    folded = fold(words)
    return column.contains(f" {folded}") if folded else false()


def many_have(connection: Connection, words: str, most: int) -> bool:
    """Whether more than ``most`` current reports have a claim with this one word; of several words it's never known."""
    asked = asked_for(words)
    if asked is None or not asked.plain:
        return False
    term = tables.claim_term.c
    told = select(term.reading).where(*asked.conditions(term.term), standing(term.reading)).distinct()
    return counted_up_to(connection, told, most) > most


def look_through(
    connection: Connection, words: str, outlet: str | None, agency: str | None, most: int | None
) -> tuple[int, Hits]:
    """How many current reports of the outlet and agency (of all: None) have the words; of more than ``most`` one more.

    With it all of them, in no order, where they are no more than that. They are known for the connection from then on.
    """
    report = tables.report.c
    query = select(report.digest, report.id, report.outlet, report.published)
    # Within coalesce no index is used: rows are gone through as they lie, which is quickest where all are.
    query = query.where(func.coalesce(report.current, false()), contains_words(report.folded, words))
    query = query.where(report.outlet == outlet) if outlet else query
    query = query.where(report.agency == agency) if agency else query
    rows = connection.execute(query if most is None else query.limit(most + 1)).all()
    if most is not None and len(rows) > most:
        return len(rows), ()
    hits = tuple(Hit(*row) for row in rows)
    _known.setdefault(connection, {})[words, outlet, agency] = hits
    return len(hits), hits


def hits_known(connection: Connection, words: str, outlet: str | None, agency: str | None) -> Sequence[Hit] | None:
    """All current reports that have the words, where they were looked for on this connection and not too many."""
    return _known.get(connection, {}).get((words, outlet, agency))
