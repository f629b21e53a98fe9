"""Links between claims that may tell of one event, what people decided on pairs, and what a claim hangs on by both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select

from twosource.corpus.events.deciding import Word
from twosource.store import tables
from twosource.store.rows import insert_rows
from twosource.store.some import some as _some

__all__ = [
    "drop_links",
    "drop_pairs",
    "joined_to",
    "keep_links",
    "keep_words",
    "links_among",
    "links_of",
    "links_out_of",
    "strongest_among",
    "words_among",
]


def drop_links(connection: Connection, claims: Sequence[str]) -> None:
    """Takes out the links that one of these claims has a part in."""
    columns = tables.event_link.c
    for some in _some(claims):
        connection.execute(delete(tables.event_link).where(or_(columns.first.in_(some), columns.second.in_(some))))


def drop_pairs(connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Takes out the links between these claims."""
    rows = [{"one": first, "other": second} for first, second in pairs]
    columns = tables.event_link.c
    if rows:
        same = and_(columns.first == bindparam("one"), columns.second == bindparam("other"))
        connection.execute(delete(tables.event_link).where(same), rows)


def keep_links(connection: Connection, scores: Mapping[tuple[str, str], float]) -> None:
    """Adds links with their scores; none of them may be there."""
    rows = [(first, second, score) for (first, second), score in sorted(scores.items())]
    insert_rows(connection, tables.event_link, ("first", "second", "score"), rows)


def strongest_among(connection: Connection, event: str, most: int) -> list[tuple[str, str]]:
    """The pairs of claims of an event (its id) with the strongest links, the strongest first: so many at most."""
    link, claim, other = tables.event_link.c, tables.event_claim.alias(), tables.event_claim.alias()
    joined = tables.event_link.join(claim, claim.c.claim == link.first).join(other, other.c.claim == link.second)
    query = select(link.first, link.second).select_from(joined).where(claim.c.event == event, other.c.event == event)
    query = query.order_by(link.score.desc(), link.first, link.second).limit(most)
    return [(row.first, row.second) for row in connection.execute(query).all()]


def links_among(connection: Connection, claims: Iterable[str]) -> dict[tuple[str, str], float]:
    """The score of every link between two of these claims."""
    columns, inside = tables.event_link.c, set(claims)
    return {
        (row.first, row.second): row.score
        for some in _some(sorted(inside))
        for row in connection.execute(
            select(columns.first, columns.second, columns.score).where(columns.first.in_(some))
        ).all()
        if row.second in inside
    }


def links_of(connection: Connection, claims: Iterable[str], least: float) -> dict[tuple[str, str], float]:
    """The score of every link of one of these claims with any, as far as it is at least so strong."""
    columns = tables.event_link.c
    query = select(columns.first, columns.second, columns.score).where(columns.score >= least)
    return {
        (row.first, row.second): row.score
        for few in _some(sorted(set(claims)))
        for mine in (columns.first, columns.second)
        for row in connection.execute(query.where(mine.in_(few))).all()
    }


def links_out_of(connection: Connection, claims: Iterable[str]) -> dict[str, float]:
    """The claims that are none of these and have a link to one of them, each with the score of its strongest link."""
    columns, inside = tables.event_link.c, set(claims)
    found: dict[str, float] = {}
    for some in _some(sorted(inside)):
        for mine, other in ((columns.first, columns.second), (columns.second, columns.first)):
            for claim, score in connection.execute(select(other, columns.score).where(mine.in_(some))).all():
                if claim not in inside:
                    found[claim] = max(score, found.get(claim, 0.0))
    return found


def joined_to(connection: Connection, claims: Sequence[str], join: float) -> dict[str, dict[str, float]]:
    """What each of these claims has a link of at least ``join`` to, with its score; 1 where a person joined them."""
    link, word = tables.event_link.c, tables.event_word.c
    found: dict[str, dict[str, float]] = {}
    any_words = connection.execute(select(word.first).limit(1)).first() is not None
    for some in _some(claims):
        for mine, other in ((link.first, link.second), (link.second, link.first)):
            for one, near, score in connection.execute(
                select(mine, other, link.score).where(mine.in_(some), link.score >= join)
            ).all():
                found.setdefault(one, {})[near] = score
        for mine, other in ((word.first, word.second), (word.second, word.first)) if any_words else ():
            for one, near in connection.execute(select(mine, other).where(mine.in_(some), word.together)).all():
                found.setdefault(one, {})[near] = 1.0
    return found


def words_among(connection: Connection, claims: Iterable[str] | None = None) -> list[Word]:
    """What people's decisions make of pairs among these claims, or of all pairs."""
    columns = tables.event_word.c
    query = select(columns.first, columns.second, columns.together, columns.reason)
    query = query.order_by(columns.first, columns.second)
    if claims is None:
        return [Word(*row) for row in connection.execute(query)]
    inside = set(claims)
    return [
        Word(*row)
        for some in _some(sorted(inside))
        for row in connection.execute(query.where(columns.first.in_(some))).all()
        if row.second in inside
    ]


def keep_words(connection: Connection, words: Sequence[Word]) -> None:
    """Puts these in the place of all that is kept."""
    connection.execute(delete(tables.event_word))
    if words:
        connection.execute(insert(tables.event_word), [msgspec.structs.asdict(one) for one in words])
