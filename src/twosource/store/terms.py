"""The words of claims, of which an index is kept, so that a question after words goes through no text.

A term is a folded word, cut where the index cuts it. What is asked for begins at a word's beginning, so that its last
word may go on, and all others are whole.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, and_, text

from twosource.store import tables
from twosource.store.fold import fold
from twosource.store.rows import insert_rows, rows_with

__all__ = ["LONGEST", "Asked", "asked_for", "drop_event_terms", "keep_event_terms", "terms_of"]

LONGEST = 32
"""Code points of a term: few words are longer, and those that are cut are looked for in the text as well."""

_LAST = "\U0010ffff"  # no word goes on with it
_FOLDED_IN = (
    "SELECT event_claim.event, claim.folded FROM event_claim "
    "JOIN event_traits ON event_traits.number = event_claim.traits "
    "JOIN claim ON claim.reading = event_traits.reading AND claim.rank = event_traits.rank "
    "WHERE event_claim.event IN"
)


class Asked(NamedTuple):
    """Words that are asked for: those that are whole and the opening of the last one, as terms.

    ``plain`` tells that a claim which has the terms has the words: there is one word, and nothing of it was cut.
    """

    whole: tuple[str, ...]
    opening: str
    plain: bool

    def conditions(self, term: Column[str]) -> list[ColumnElement[bool]]:
        """One condition on a column of terms for each word."""
        begins = and_(term >= self.opening, term < self.opening + _LAST)
        return [*(term == one for one in self.whole), begins]


def asked_for(words: str) -> Asked | None:
    """The words as terms; None where there is no word among them."""
    folded = fold(words).split()
    if not folded:
        return None
    *whole, opening = (word[:LONGEST] for word in folded)
    return Asked(tuple(whole), opening, plain=not whole and len(folded[0]) <= LONGEST)


def terms_of(folded: str) -> list[str]:
    """The terms of a folded text, each once."""
    return list(dict.fromkeys(word[:LONGEST] for word in folded.split()))


def keep_event_terms(connection: Connection, events: Collection[int]) -> None:
    """Keeps the terms of the claims of these events (numbers), as they were read."""
    insert_rows(connection, tables.event_term, ("term", "event"), _terms_in(connection, events))


def drop_event_terms(connection: Connection, events: Collection[int]) -> None:
    """Takes out the terms of these events (numbers), whose claims must still be kept."""
    rows = [{"term": term, "event": event} for term, event in _terms_in(connection, events)]
    if rows:
        same = text("DELETE FROM event_term WHERE term = :term AND event = :event")
        connection.execute(same, rows)


def _terms_in(connection: Connection, events: Collection[int]) -> list[tuple[str, int]]:
    found = {(term, event) for event, folded in rows_with(connection, _FOLDED_IN, events) for term in terms_of(folded)}
    return sorted(found)
