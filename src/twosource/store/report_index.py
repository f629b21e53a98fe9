"""The index of the words of current reports: which of them have some words in a row is told without reading a text.

In an SQLite file it is two tables. ``report_words`` is a full-text index (FTS5) of the folded texts alone, by a number
that ``indexed_report`` gives each current report, with what reports are listed by. Folded texts are words of letters
and digits with one space between them: the plainest tokenizer, which parts nothing that is beyond ASCII, takes words as
folding does. In PostgreSQL it is an index on the column of folded texts, which the database keeps itself.

Neither is among the tables of ``store.tables``: what is in them is worked out from table report, and only from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import Column, Connection, Date, Integer, MetaData, Table, Text, TextClause, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from twosource.store import tables
from twosource.store.faults import SpoiltIndexError
from twosource.store.fold import fold
from twosource.store.terms import LONGEST

__all__ = [
    "FULL_TEXT",
    "INDEX_TABLES",
    "LONGEST_WORD",
    "fill_report_index",
    "indexed_report",
    "make_report_index",
    "matching",
    "put_in",
    "take_out",
    "words_matched",
]

indexed_report = Table(
    "indexed_report",
    MetaData(),
    Column("number", Integer, primary_key=True, comment="of its row in report_words"),
    Column("id", Text, nullable=False, unique=True, comment="of a current report"),
    Column("outlet", Text),
    Column("agency", Text),
    Column("published", Date),
)
"""Of an SQLite file: the reports in the index."""

FULL_TEXT = "report_words"
INDEX_TABLES = (indexed_report.name, *(f"{FULL_TEXT}_{each}" for each in ("data", "idx", "config")))
"""The tables of an SQLite file that hold the index."""

LONGEST_WORD = 8000
"""Characters of a word that FTS5 is sure to hold: it cuts those that are longer than 32,768 bytes."""

_AT_ONCE = 5000  # reports that are put in at a time
_GATHERED = {"while filling": 1 << 26, "else": 1 << 20}
"""Bytes of new words that FTS5 holds in memory before it writes them."""

_WORDS = (  # with indexes of openings of one to three characters, as people type them: longer ones have few words each
    "CREATE VIRTUAL TABLE report_words USING fts5(words, content='', columnsize=0, prefix='1 2 3', tokenize='ascii')"
)
_ADD_REPORTS = (
    "INSERT INTO indexed_report (id, outlet, agency, published) "
    "SELECT id, outlet, agency, published FROM report WHERE current AND "
)
_ADD_WORDS = text(
    "INSERT INTO report_words (rowid, words) SELECT indexed_report.number, report.folded FROM indexed_report "
    "CROSS JOIN report ON report.id = indexed_report.id AND report.current = 1 "
    "WHERE indexed_report.number > :last ORDER BY indexed_report.number"
)
_TAKE_WORDS = text("INSERT INTO report_words (report_words, rowid, words) VALUES ('delete', :number, :folded)")
_GATHER = text("INSERT INTO report_words (report_words, rank) VALUES ('hashsize', :bytes)")

_LARGE = 250_000  # characters of a text that PostgreSQL's kind of index may have no room for
_EVERY = "*"  # stands for all words of such a text; no word has it
_TERMS = (
    f"CASE WHEN length(folded) > {_LARGE} THEN array_to_tsvector(ARRAY['{_EVERY}']) ELSE array_to_tsvector("
    rf"string_to_array(btrim(regexp_replace(folded, '([^ ]{{{LONGEST}}})[^ ]+', '\1', 'g')), ' ')) END"
)
_POSTGRESQL = f"CREATE INDEX ix_report_words ON report USING gin (({_TERMS})) WHERE current"


def make_report_index(connection: Connection) -> None:
    """Makes the index, in which nothing is yet; table report must be there."""
    if connection.dialect.name == "sqlite":
        connection.execute(CreateTable(indexed_report))
        connection.exec_driver_sql(_WORDS)
    else:
        connection.exec_driver_sql(_POSTGRESQL)


def fill_report_index(connection: Connection) -> None:
    """Puts every current report into an index that holds none."""
    if connection.dialect.name != "sqlite":
        return
    connection.execute(_GATHER, {"bytes": _GATHERED["while filling"]})
    last = connection.exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM report").scalar_one()
    for first, until in pairwise([*range(0, last, _AT_ONCE), last]):
        _add(connection, f"rowid > {first} AND rowid <= {until} ORDER BY rowid", ())
    connection.execute(_GATHER, {"bytes": _GATHERED["else"]})


def put_in(connection: Connection, digests: Sequence[str]) -> None:
    """Puts in the reports with these digests, which are current and not in the index; else raises SpoiltIndexError."""
    if not digests or connection.dialect.name != "sqlite":
        return
    try:
        _add(connection, f"digest IN ({', '.join('?' * len(digests))}) ORDER BY rowid", tuple(digests))
    except IntegrityError as fault:
        raise SpoiltIndexError("a report is in the index that was not current") from fault


def _add(connection: Connection, chosen: str, values: tuple[str, ...]) -> None:
    last = connection.execute(select(func.coalesce(func.max(indexed_report.c.number), 0))).scalar_one()
    connection.exec_driver_sql(_ADD_REPORTS + chosen, values)
    connection.execute(_ADD_WORDS, {"last": last})


def take_out(connection: Connection, digests: Sequence[str]) -> None:
    """Takes out the reports with these digests, current still; raises SpoiltIndexError where the index has one not."""
    if not digests or connection.dialect.name != "sqlite":
        return
    report, indexed = tables.report.c, indexed_report.c
    joined = tables.report.join(indexed_report, indexed.id == report.id)
    query = select(indexed.number, report.folded).select_from(joined).where(report.digest.in_(digests))
    rows = [{"number": row.number, "folded": row.folded} for row in connection.execute(query)]
    if len(rows) != len(digests):
        raise SpoiltIndexError("a current report is not in the index")
    connection.execute(_TAKE_WORDS, rows)
    connection.execute(indexed_report.delete().where(indexed.number.in_([row["number"] for row in rows])))


def words_matched(words: str) -> str | None:
    """The words as the index of an SQLite file is asked for them; None where it can't tell.

    The row has what is asked for, one word after the other and the last one as a beginning, exactly where this matches.
    """
    folded = fold(words)
    if not folded or any(len(word) > LONGEST_WORD for word in folded.split()):
        return None
    return f'"{folded}" *'


def matching(whole: Sequence[str], opening: str | None) -> TextClause:
    """A condition on table report in PostgreSQL: all reports that have these terms, and one that begins so, meet it.

    Some others may. There must be one of them.
    """
    terms = [*(f"'{term}'" for term in whole), *([] if opening is None else [f"'{opening}':*"])]
    condition = text(f"report.current AND ({_TERMS}) @@ CAST(:terms AS tsquery)")
    return condition.bindparams(terms=f"({' & '.join(terms)}) | '{_EVERY}'")
