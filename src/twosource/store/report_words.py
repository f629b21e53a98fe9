"""Which current reports have some words: an index leads to them, so that no text is gone through.

Of words that very many reports have it's only told that they are many: a page of those is full soon in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Select, TextClause, column, false, func, select, table

from twosource.store import tables
from twosource.store.counting import counted_up_to, standing
from twosource.store.fold import fold
from twosource.store.report_index import FULL_TEXT, indexed_report, matching, words_matched
from twosource.store.terms import asked_for

__all__ = ["Order", "Wanted", "are_few", "contains_words", "count_hits", "hits_in_order", "many_have"]

_FEW = 10_000  # reports up to which those with some words are put in order, however small a project is
_LEADING = 8  # words that an index is asked for beside the last one, where more are given
_SHARE = 20  # from one report in so many on, those on a page are met soonest by going through all in its order

_full_text = table(FULL_TEXT, column("rowid"), column(FULL_TEXT))

Order = Callable[[Any], Sequence[ColumnElement[Any]]]
"""What puts reports in order, from the columns id, outlet and published."""


class Wanted(NamedTuple):
    """What current reports are looked for: with these words, of this outlet and this agency, or of any (None)."""

    words: str
    outlet: str | None = None
    agency: str | None = None


_known: WeakKeyDictionary[Connection, dict[Wanted, tuple[int, bool]]] = WeakKeyDictionary()


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


def are_few(connection: Connection, wanted: Wanted) -> bool:
    """Whether so few reports are wanted that they are best put in order; found once for a connection."""
    return _counted(connection, wanted)[1]


def count_hits(connection: Connection, wanted: Wanted, most: int | None) -> int:
    """How many current reports are wanted; of more than ``most`` one more."""
    number, few = _counted(connection, wanted)
    if few or (most is not None and most < number):
        return number if most is None else min(number, most + 1)
    return counted_up_to(connection, _counting(connection, wanted), most)


def hits_in_order(connection: Connection, wanted: Wanted, order: Order, limit: int | None, offset: int) -> list[str]:
    """The current reports (ids) that are wanted, in the order, from the place ``offset`` on. None of them is left out:
    they should be few."""
    each = _hits(connection, wanted).offset(0).subquery()  # gathered first, and then put in order
    query = select(each.c.id).order_by(*order(each.c)).limit(limit).offset(offset)
    return list(connection.execute(query).scalars())


def _counted(connection: Connection, wanted: Wanted) -> tuple[int, bool]:
    """How many reports are wanted, or one more than the most that are few; and whether they are few."""
    known = _known.setdefault(connection, {})
    if wanted not in known:
        most = _most(connection, wanted)
        plain_words = not (wanted.outlet or wanted.agency or _is_indexed(connection, wanted))
        if plain_words and many_have(connection, wanted.words, most):
            number = most + 1
        else:
            number = counted_up_to(connection, _counting(connection, wanted), most)
        known[wanted] = number, number <= most
    return known[wanted]


def _most(connection: Connection, wanted: Wanted) -> int:
    """How many are few: more in a large project, but for several words, which are held against each other's places."""
    if not _is_indexed(connection, wanted) or len(fold(wanted.words).split()) > 1:
        return _FEW
    reports: int = connection.execute(select(func.max(indexed_report.c.number))).scalar() or 0
    return max(_FEW, reports // _SHARE)


def _is_indexed(connection: Connection, wanted: Wanted) -> bool:
    """Whether an SQLite file tells by its index alone who has the words."""
    return connection.dialect.name == "sqlite" and words_matched(wanted.words) is not None


def _counting(connection: Connection, wanted: Wanted) -> Select[Any]:
    """As many rows as reports are wanted."""
    if wanted.outlet or wanted.agency or not _is_indexed(connection, wanted):
        return _hits(connection, wanted)
    return select(_full_text.c.rowid).where(_match(wanted))


def _match(wanted: Wanted) -> ColumnElement[bool]:
    return _full_text.c[FULL_TEXT].op("MATCH", is_comparison=True)(words_matched(wanted.words))


def _hits(connection: Connection, wanted: Wanted) -> Select[Any]:
    """Those that are wanted: id, outlet, published."""
    if not _is_indexed(connection, wanted):
        return _gone_through(connection, wanted)
    indexed = indexed_report.c
    # Within coalesce no index is used: the words would be asked for once for every report.
    joined = _full_text.join(indexed_report, indexed.number == func.coalesce(_full_text.c.rowid, 0))
    query = select(indexed.id, indexed.outlet, indexed.published).select_from(joined).where(_match(wanted))
    query = query.where(indexed.outlet == wanted.outlet) if wanted.outlet else query
    return query.where(indexed.agency == wanted.agency) if wanted.agency else query


def _gone_through(connection: Connection, wanted: Wanted) -> Select[Any]:
    """Those that are wanted, by their texts; in PostgreSQL by those of the texts that its index leads to."""
    report = tables.report.c
    query = select(report.id, report.outlet, report.published)
    # Within coalesce no index is used: rows are gone through as they lie, which is quickest where all are.
    query = query.where(func.coalesce(report.current, false()), contains_words(report.folded, wanted.words))
    leads = _leading(connection, wanted.words) if connection.dialect.name == "postgresql" else None
    query = query.where(leads) if leads is not None else query
    query = query.where(report.outlet == wanted.outlet) if wanted.outlet else query
    return query.where(report.agency == wanted.agency) if wanted.agency else query


def _leading(connection: Connection, words: str) -> TextClause | None:
    """What PostgreSQL's index is asked: those of the words that lead to few reports; None where there is none."""
    asked = asked_for(words)
    if asked is None:
        return None
    longest = sorted(dict.fromkeys(asked.whole), key=len, reverse=True)[:_LEADING]  # any number may be asked for
    whole = [term for term in longest if not many_have(connection, term, _FEW)]
    opening = None if many_have(connection, asked.opening, _FEW) else asked.opening
    return matching(whole, opening) if whole or opening is not None else None
