"""The numbers by which the tables of events know gathered claims: those gathered together have numbers in a row."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from twosource.store import tables
from twosource.store.rows import rows_with
from twosource.store.some import some

__all__ = ["claims_with", "numbers_of"]


def numbers_of(connection: Connection, claims: Iterable[str]) -> dict[str, int]:
    """The number of each of these claims (ids) that is gathered."""
    traits = tables.event_traits.c
    query = select(traits.claim, traits.number)
    return {
        claim: number
        for few in some(sorted(set(claims)))
        for claim, number in connection.execute(query.where(traits.claim.in_(few))).all()
    }


def claims_with(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """The claim (its id) that has each of these numbers."""
    rows = rows_with(connection, "SELECT number, claim FROM event_traits WHERE number IN", numbers)
    return {int(number): str(claim) for number, claim in rows}
