"""The words of claims, of which an index is kept, so that a question after words goes through no text.

A term is a folded word, cut where the index cuts it. What is asked for begins at a word's beginning, so that its last
word may go on, and all others are whole.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, and_, select, text

from twosource.store import tables
from twosource.store.fold import fold
from twosource.store.some import some

__all__ = ["Asked", "asked_for", "drop_event_terms", "keep_event_terms", "terms_of"]

_LONGEST = 32  # code points: few words are longer, and those that are cut are looked for in the text as well
_LAST = "\U0010ffff"  # no word goes on with it
_KEEP_TERM = text("INSERT INTO event_term (term, event) VALUES (:term, :event) ON CONFLICT DO NOTHING")


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
    *whole, opening = (word[:_LONGEST] for word in folded)
    return Asked(tuple(whole), opening, plain=not whole and len(folded[0]) <= _LONGEST)


def terms_of(folded: str) -> list[str]:
    """The terms of a folded text, each once."""
    return list(dict.fromkeys(word[:_LONGEST] for word in folded.split()))


def keep_event_terms(connection: Connection, events: Collection[str]) -> None:
    """Keeps the terms of the claims of these events (ids), as they were read."""
    rows = _terms_in(connection, events)
    if rows:
        connection.execute(_KEEP_TERM, rows)


def drop_event_terms(connection: Connection, events: Collection[str]) -> None:
    """Takes out the terms of these events (ids), whose claims must still be kept."""
    rows = _terms_in(connection, events)
    if rows:
        same = text("DELETE FROM event_term WHERE term = :term AND event = :event")
        connection.execute(same, rows)


def _terms_in(connection: Connection, events: Collection[str]) -> list[dict[str, str]]:
    claim, traits, member = tables.claim.c, tables.event_traits.c, tables.event_claim.c
    joined = tables.event_claim.join(tables.event_traits, traits.claim == member.claim).join(
        tables.claim, and_(claim.reading == traits.reading, claim.rank == traits.rank)
    )
    query = select(member.event, claim.folded).select_from(joined)
    found = {
        (term, event)
        for few in some(sorted(events))
        for event, folded in connection.execute(query.where(member.event.in_(few))).all()
        for term in terms_of(folded)
    }
    return [{"term": term, "event": event} for term, event in sorted(found)]
