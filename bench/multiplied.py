"""A project of a million reports by hand: `python -m bench.multiplied FOLDER/made-100000.db FOLDER/made-1000000.db 10`.

What the first project holds (a made one, gathered: see ``bench.growth``) is written so many times into a new one, each
time as if it had been told by other reports, just before those written last: ids, days and running numbers are others,
passages too, so that nothing is related, identified or gathered anew. Actors are the same each time, and are counted as
often. Nothing is read: the claims are those of the first project in other reports.

It takes as many times the disk of the first project, 60 to 70 kB a report: 7 GB for 100,000, 30 for 500,000, 60 for
a million. It asks first whether that is free. Rows are written in the order of their keys, indexes made at the end:
a tenth of the processor time that relating, identifying and gathering takes; and 4 GB of memory, and twice that of the
records of the first project's largest table.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import re
import shutil
import sqlite3
import string
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from twosource.errors import UsageError
from twosource.store import open_project
from twosource.store.report_index import fill_report_index

__all__ = ["multiply"]

_LETTERS = string.ascii_lowercase[6:] + string.ascii_uppercase
MOST = len(_LETTERS)
"""Times: each has a letter that stands in ids in the place of a digit, and no digest has one of these letters."""

_CACHE = "-4000000"  # kB of pages in memory: whole tables whose rows land anywhere
_PRINTS = 1 << 48  # numbers of prints
_DAY_BITS = 41  # of a blocking key, behind its day: see corpus.events.keys
_SPARE = 1.1  # disk for what sorting takes
_ID = re.compile(r'\bmade-0(?=\d{6})|\b(?:claim|event|lineage)-[0-9a-f](?=[0-9a-f]{15}\b)|"digest":"[0-9a-f]{64}(?=")')
_DAY = re.compile(r'(?<=")(\d{4}-\d\d-\d\d)(?=")')
_MARK = "\0"  # where a letter goes: in no record, since JSON writes it otherwise
_COUNT = re.compile(r'"reports":(\d+)')

_READING = {"reading": "reading + :readings"}
_REPORT = {"report": "'made-' || :letter || substr(report, 7)"}  # as moved(report), but at once
_PRINT = f"(number + :prints) % {_PRINTS}"
_EACH: Mapping[str, Mapping[str, str]] = {
    "report": {
        "digest": "digest(digest)",
        "id": "moved(id)",
        "published": "day(published)",
        "folded": "replace(folded, ' made 0', ' made ' || lower(:letter))",
        "record": "moved(record)",
    },
    "reading": {"number": "number + :readings", "report": "digest(report)"},
    "claim": {
        **_READING,
        **_REPORT,
        "id": "moved(id)",
        "start": "day(start)",
        "end": 'day("end")',
        "published": "day(published)",
        "record": "moved(record)",
    },
    "claim_value": _READING,
    "claim_term": _READING,
    "lineage_text": {
        **_REPORT,
        "number": "number + :texts",
        "digest": "digest(digest)",
        "day": "day - :days",
    },
    "lineage_print": {"number": _PRINT, "text": "text + :texts"},
    "lineage_print_late": {"number": _PRINT, "text": "text + :texts"},
    "lineage_closed": {"number": _PRINT, "days": "ordinals(days)"},
    "dependence": {"first": "moved(first)", "second": "moved(second)", "record": "moved(record)"},
    "lineage": {"id": "moved(id)", "first": "moved(first)", "record": "moved(record)"},
    "taking": _REPORT,
    "lineage_member": {**_REPORT, "lineage": "moved(lineage)"},
    "entity_report": {**_READING, **_REPORT},
    "entity_name": {
        **_REPORT,
        "alone": "moved(alone)",
        "entity": "moved(entity)",
        "record": "moved(record)",
    },
    "entity": {**_REPORT, "id": "moved(id)", "record": "moved(record)"},
    "event_reading": {**_READING, **_REPORT, "lineages": "moved(lineages)", "record": "moved(record)"},
    "event_traits": {
        **_READING,
        **_REPORT,
        "number": "number + :claims",
        "claim": "moved(claim)",
        "record": "moved(record)",
    },
    "event_key": {
        "number": f"number - (number >= 1 << {_DAY_BITS}) * (:days << {_DAY_BITS})",
        "traits": "traits + :claims",
    },
    "event_link": {"first": "first + :claims", "second": "second + :claims"},
    "event": {
        "number": "number + :events",
        "id": "moved(id)",
        "start": "day(start)",
        "end": 'day("end")',
        "record": "moved(record)",
        "brief": "moved(brief)",
    },
    "event_claim": {**_REPORT, "traits": "traits + :claims", "event": "event + :events"},
    "event_value": {"event": "event + :events", "key": "moved(key)"},
    "event_term": {"event": "event + :events"},
    "event_first": {"event": "moved(event)", "claim": "moved(claim)"},
}
"""The tables that are written each time, with what is put in the place of a column; all others stay as they are."""

_ONCE: Mapping[str, Mapping[str, str]] = {
    "run": {},
    "stage_state": {},
    "claim_name": {},
    "event_name": {},
    "entity_key": {},
    "entity_group": {},
    "entity_tally": {"reports": "reports * :times"},
    "entity_outlet": {"reports": "reports * :times"},
    "entity_company": {"uses": "uses * :times"},
    "entity": {"reports": "reports * :times", "claims": "claims * :times", "record": "counted(record)"},
}
"""The tables of what is the same each time, with what is counted as often."""

_WHICH = {("entity", True): "generic", ("entity", False): "NOT generic"}
"""Of a table that is of both, the rows that are written each time and those that are written once."""

_Kept = TypeVar("_Kept", str, bytes, None)


class _Turn:
    """One time that a project is written: what is put in the place of its ids, days and prints.

    The last time, number 0, leaves them as they are.
    """

    def __init__(self, number: int, days: int) -> None:
        self.letter = _LETTERS[number] if number else "0"
        self._number, self._days = number, days
        self.day = functools.lru_cache(100_000)(self._day)

    def moved(self, value: _Kept) -> _Kept:
        """A record or an id in other reports."""
        if not self._number or value is None:
            return value
        *pieces, last = _pieces(value)
        told: list[str] = [str(self.day(piece)) if at % 2 else piece for at, piece in enumerate(pieces)]
        words = "".join([*told, last]).replace(_MARK, self.letter)
        return words.encode() if isinstance(value, bytes) else words

    def digest(self, value: str) -> str:
        """Another digest for another report."""
        return f"{value[:-1]}{self.letter}" if self._number else value

    def ordinals(self, days: str) -> str:
        """Days as ordinals, by spaces."""
        return " ".join(str(int(day) - self._days) for day in days.split())

    def _day(self, value: str | None) -> str | None:
        if not self._number or value is None:
            return value
        try:
            return str(datetime.date.fromisoformat(value) - datetime.timedelta(days=self._days))
        except (ValueError, OverflowError):
            return value


@functools.cache
def _pieces(value: str | bytes) -> list[str]:
    """The words between the days of a record or an id, and the days at odd places, marked where a letter goes."""
    words = value if isinstance(value, str) else value.decode()
    return _DAY.split(_ID.sub(lambda hit: f"{hit.group()[:-1]}{_MARK}", words))


def multiply(source: Path, target: Path, times: int, tell: Callable[[str], object] = print) -> None:
    """Writes a made project so many times into a new file. Raises UsageError where there is no room for it."""
    _check(source, target, times)
    making = target.with_suffix(".making.db")
    making.unlink(missing_ok=True)
    open_project(source).close()  # which brings it up to date
    open_project(making, create=True).close()
    with closing(sqlite3.connect(making, isolation_level=None)) as connection:
        _make_quick(connection)
        connection.execute("ATTACH ? AS source", (str(source),))
        indexes = connection.execute(
            "SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY tbl_name, name"
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX main.{name}")
        _write(connection, times, tell)
        for name, sql in indexes:
            begun = time.process_time()
            connection.execute(sql)
            tell(f"{name}: {time.process_time() - begun:.0f} s")
        connection.execute("DETACH source")
    begun = time.process_time()
    with open_project(making) as project, project.writing() as writing:
        fill_report_index(writing)
    tell(f"words of reports: {time.process_time() - begun:.0f} s")
    making.rename(target)


def _check(source: Path, target: Path, times: int) -> None:
    if not 1 <= times <= MOST:
        raise UsageError(f"a project is written once to {MOST} times, not {times} times")
    needed, free = source.stat().st_size * times * _SPARE, shutil.disk_usage(target.parent).free
    if free < needed:
        raise UsageError(f"{target} takes {needed / 1e9:.0f} GB, and {free / 1e9:.0f} GB are free: give fewer times")
    if target.exists():
        raise UsageError(f"{target} is there already: give another name")


def _make_quick(connection: sqlite3.Connection) -> None:
    """A file that is made at one go needs no log: where that is cut off, it's made again."""
    for words in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = {_CACHE}", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {words}").fetchall()


def _write(connection: sqlite3.Connection, times: int, tell: Callable[[str], object]) -> None:
    every = _numbers(connection)
    for table, columns in _ONCE.items():
        _define(connection, _Turn(0, 0), times)
        _put(connection, table, columns, {"times": times}, _WHICH.get((table, False)))
    for table, columns in _EACH.items():
        begun = time.process_time()
        for turn in reversed(range(times)):  # the oldest first, as they would have come
            after = {name: (times - 1 - turn) * number for name, number in every.items()}
            days = turn * every["days"]
            one = _Turn(turn, days)
            _define(connection, one, times)
            given = {**after, "days": days, "letter": one.letter, "prints": turn * (_PRINTS // times)}
            _put(connection, table, columns, given, _WHICH.get((table, True)))
        _pieces.cache_clear()
        tell(f"{table}: {time.process_time() - begun:.0f} s")


def _numbers(connection: sqlite3.Connection) -> dict[str, int]:
    """The last running numbers of the project that is written again, and how many days its reports cover."""
    last = {"readings": "reading", "texts": "lineage_text", "claims": "event_traits", "events": "event"}
    found = {
        name: connection.execute(f"SELECT coalesce(max(number), 0) FROM source.{table}").fetchone()[0]
        for name, table in last.items()
    }
    row = connection.execute("SELECT min(published), max(published) FROM source.report").fetchone()
    first, until = (datetime.date.fromisoformat(day) for day in row)
    return {**found, "days": (until - first).days + 1}


def _define(connection: sqlite3.Connection, one: _Turn, times: int) -> None:
    def counted(record: bytes) -> bytes:
        return _COUNT.sub(lambda hit: f'"reports":{int(hit[1]) * times}', record.decode()).encode()

    for name in ("moved", "digest", "day", "ordinals"):
        connection.create_function(name, 1, getattr(one, name), deterministic=True)
    connection.create_function("counted", 1, counted, deterministic=True)


def _put(
    connection: sqlite3.Connection,
    table: str,
    changed: Mapping[str, str],
    given: Mapping[str, object],
    which: str | None,
) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
    told = [changed.get(name, f'"{name}"') for name in columns]
    into = ", ".join(f'"{name}"' for name in columns)
    where = f" WHERE {which}" if which else ""
    connection.execute(f"INSERT INTO main.{table} ({into}) SELECT {', '.join(told)} FROM source.{table}{where}", given)


def main() -> None:
    """Makes the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="a made project, related, identified and gathered")
    parser.add_argument("target", type=Path)
    parser.add_argument("times", type=int, help=f"how often, {MOST} times at most")
    asked = parser.parse_args()
    begun = time.process_time()
    multiply(asked.source, asked.target, asked.times, functools.partial(print, flush=True))
    size = asked.target.stat().st_size
    print(f"{size / 1e9:.1f} GB, {time.process_time() - begun:.0f} s of processor time")


if __name__ == "__main__":
    main()
