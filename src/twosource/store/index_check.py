"""Whether the index of words in an SQLite file holds the words of the current reports, all of them and no others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from twosource.store.decisions import Fault
from twosource.store.report_index import FULL_TEXT, LONGEST_WORD, indexed_report

__all__ = ["wrong_words"]

_WHERE = "the index of words in reports"
_READ_AT_ONCE = 1000
_NAMED = 5  # reports that are named
_UNLISTED = "it does not list report {id} as it is: the file was changed, or a page of it was spoilt"
_SURPLUS = "it lists reports that are not there: the file was changed, or a page of it was spoilt"
_WORDS = "it does not hold the words of the reports: the file was changed, or a page of it was spoilt"
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_reports USING fts5vocab(main, report_words, instance)"
_HELD = "SELECT term, count(*), sum(doc) FROM temp.words_of_reports WHERE length(term) <= ? GROUP BY term ORDER BY term"


def wrong_words(connection: Connection) -> Iterator[Fault]:
    """Where the index is not what the reports say; nothing on another database, which keeps its indexes itself.

    A word at a place in a report is a number, and so is each in the index: their sums, and those of these numbers
    times the report's, are the same where every word is in its report.
    """
    if connection.dialect.name != "sqlite":
        return
    listed, unlisted, told = 0, 0, [0, 0]
    for *values, number, folded in _rows(connection):
        if values[:4] != values[4:]:
            unlisted += 1
            if unlisted <= _NAMED:
                yield Fault(_WHERE, _UNLISTED.format(id=values[0]), indexed_report.name)
            continue
        listed += 1
        words = sum(hash(word) for word in folded.split() if len(word) <= LONGEST_WORD)
        told[0] += words
        told[1] += words * number
    if unlisted:
        return
    if listed != connection.execute(select(func.count()).select_from(indexed_report)).scalar_one():
        yield Fault(_WHERE, _SURPLUS, indexed_report.name)
    elif told != _held(connection):
        yield Fault(_WHERE, _WORDS, FULL_TEXT)


def _rows(connection: Connection) -> Iterator[Any]:
    """Each current report with what it is listed by, once as it is and once as the index has it."""
    query = (
        "SELECT r.id, r.outlet, r.agency, r.published, i.id, i.outlet, i.agency, i.published, i.number, r.folded "
        "FROM report AS r LEFT JOIN indexed_report AS i ON i.id = r.id WHERE r.current"
    )
    found = connection.exec_driver_sql(query)
    while rows := found.fetchmany(_READ_AT_ONCE):
        yield from rows


def _held(connection: Connection) -> list[int]:
    connection.exec_driver_sql(_VOCABULARY)
    told = [0, 0]
    for term, count, numbers in connection.exec_driver_sql(_HELD, (LONGEST_WORD,)):
        told[0] += hash(term) * count
        told[1] += hash(term) * numbers
    return told
