"""Links between claims that may tell of one event, what people decided on pairs, and what a claim hangs on by both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, and_, bindparam, case, delete, insert, select

from twosource.corpus.events.deciding import Word
from twosource.store import tables
from twosource.store.claim_numbers import claims_with, numbers_of
from twosource.store.rows import insert_rows, rows_with
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

Pair = tuple[str, str]
"""Two claims, the lesser id first."""

_BY_SECOND = "SELECT second, first, score FROM event_link WHERE second IN"
_BY_FIRST = "SELECT first, second, score FROM event_link WHERE first IN"


def drop_links(connection: Connection, claims: Sequence[str]) -> None:
    """Takes out the links that one of these claims has a part in."""
    link = tables.event_link.c
    for some in _some(sorted(numbers_of(connection, claims).values())):
        for mine in (link.second, link.first):
            connection.execute(delete(tables.event_link).where(mine.in_(some)))


def drop_pairs(connection: Connection, pairs: Iterable[Pair]) -> None:
    """Takes out the links between these claims."""
    columns = tables.event_link.c
    rows = [{"greater": second, "lesser": first} for second, first in _numbered(connection, pairs).values()]
    if rows:
        same = and_(columns.second == bindparam("greater"), columns.first == bindparam("lesser"))
        connection.execute(delete(tables.event_link).where(same), rows)


def keep_links(connection: Connection, scores: Mapping[Pair, float]) -> None:
    """Adds links with their scores; none of them may be there."""
    rows = sorted((*numbers, scores[pair]) for pair, numbers in _numbered(connection, scores).items())
    insert_rows(connection, tables.event_link, ("second", "first", "score"), rows)


def _numbered(connection: Connection, pairs: Iterable[Pair]) -> dict[Pair, tuple[int, int]]:
    """The numbers of each of these pairs of claims, the greater first."""
    asked = list(pairs)
    numbers = numbers_of(connection, {claim for pair in asked for claim in pair})
    both = ((pair, (numbers[pair[0]], numbers[pair[1]])) for pair in asked)
    return {pair: (max(ends), min(ends)) for pair, ends in both}


def strongest_among(connection: Connection, event: str, most: int) -> list[Pair]:
    """The pairs of claims of an event (its id) with the strongest links, the strongest first: so many at most."""
    link, whole = tables.event_link, tables.event.c
    (one, other), (mine, theirs) = (
        (table.alias(), table.alias()) for table in (tables.event_claim, tables.event_traits)
    )
    joined = (
        tables.event.join(one, one.c.event == whole.number)
        .join(link, link.c.second == one.c.traits)
        .join(other, and_(other.c.traits == link.c.first, other.c.event == whole.number))
        .join(mine, mine.c.number == one.c.traits)
        .join(theirs, theirs.c.number == other.c.traits)
    )
    ids = mine.c.claim, theirs.c.claim
    first, second = case((ids[0] < ids[1], ids[0]), else_=ids[1]), case((ids[0] < ids[1], ids[1]), else_=ids[0])
    query = select(first, second).select_from(joined).where(whole.id == event)
    query = query.order_by(link.c.score.desc(), first, second).limit(most)
    return [_pair(one, other) for one, other in connection.execute(query).all()]


def links_among(connection: Connection, claims: Iterable[str]) -> dict[Pair, float]:
    """The score of every link between two of these claims."""
    inside = {number: claim for claim, number in numbers_of(connection, claims).items()}
    return {
        _pair(inside[second], inside[first]): score
        for second, first, score in rows_with(connection, _BY_SECOND, inside)
        if first in inside
    }


def links_of(connection: Connection, claims: Iterable[str], least: float) -> dict[Pair, float]:
    """The score of every link of one of these claims with any, as far as it is at least so strong."""
    return {_pair(one, other): score for one, other, score in _ends(connection, claims, least)}


def links_out_of(connection: Connection, claims: Iterable[str]) -> dict[str, float]:
    """The claims that are none of these and have a link to one of them, each with the score of its strongest link."""
    inside = set(claims)
    found: dict[str, float] = {}
    for _, claim, score in _ends(connection, inside):
        if claim not in inside:
            found[claim] = max(score, found.get(claim, 0.0))
    return found


def joined_to(connection: Connection, claims: Sequence[str], join: float) -> dict[str, dict[str, float]]:
    """What each of these claims has a link of at least ``join`` to, with its score; 1 where a person joined them."""
    word = tables.event_word.c
    found: dict[str, dict[str, float]] = {}
    for one, near, score in _ends(connection, claims, join):
        found.setdefault(one, {})[near] = score
    if connection.execute(select(word.first).limit(1)).first() is not None:
        for some in _some(claims):
            for mine, other in ((word.first, word.second), (word.second, word.first)):
                for one, near in connection.execute(select(mine, other).where(mine.in_(some), word.together)).all():
                    found.setdefault(one, {})[near] = 1.0
    return found


def _ends(connection: Connection, claims: Iterable[str], least: float = 0.0) -> Iterator[tuple[str, str, float]]:
    """One of these claims, another, and the score of their link, for every link that is at least so strong.

    A link between two of these claims comes twice, once from either side.
    """
    known = {number: claim for claim, number in numbers_of(connection, claims).items()}
    ends = [
        (mine, other, score)
        for words in (_BY_SECOND, _BY_FIRST)
        for mine, other, score in rows_with(connection, words, known.keys())
        if score >= least
    ]
    named = known | claims_with(connection, {other for _, other, _ in ends} - known.keys())
    yield from ((known[mine], named[other], score) for mine, other, score in ends)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


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
