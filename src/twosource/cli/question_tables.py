"""The answers of the questions as tables: each row with the report, who says so and the words."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Sequence

import msgspec
from rich.box import SIMPLE_HEAD
from rich.table import Table

from twosource.cli.terminal import errors, output, plural, visible
from twosource.views.tellings import Basis, LeftOut, Saying

__all__ = ["SHOWN", "days", "left_out_note", "note", "print_answer", "print_json", "said_by", "told", "words_of"]

SHOWN = 50
_WORDS = 160  # code points of a claim's words in a table; --json has all


def print_answer(columns: Sequence[str], rows: Sequence[Sequence[str]], limit: int | None, word: str) -> None:
    """Prints the rows as a table, as many as asked for (0: all), and on stderr how many there are."""
    shown = rows if limit == 0 else rows[: SHOWN if limit is None else limit]
    if shown:
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in shown:
            table.add_row(*(visible(cell) for cell in row))
        output().print(table)
    if len(shown) < len(rows):
        errors().print(f"{len(shown):,} of {plural(len(rows), word)}; --limit 0 prints all.")
    elif not rows:
        errors().print(f"No {word}s.")


def left_out_note(left_out: LeftOut | None) -> None:
    """Says on stderr how many claims were looked at, where they were not all."""
    if left_out is not None:
        since = f", those since {left_out.since}" if left_out.since else ""
        errors().print(
            f"Looked at the {plural(left_out.looked_at, 'claim')} published last{since}, and at no others: "
            "filters choose others, --newest 0 looks at all."
        )


def print_json(records: Iterable[object], limit: int | None) -> None:
    """Prints each record as a line of JSON; all of them unless a limit is given."""
    for place, record in enumerate(records):
        if limit and place >= limit:
            break
        sys.stdout.buffer.write(msgspec.json.encode(record) + b"\n")
    sys.stdout.buffer.flush()


def note(basis: Basis) -> None:
    """Says on stderr what the answer rests on."""
    errors().print(
        f"Rests on {plural(basis.claims, 'claim')} in {plural(basis.reports, 'report')}, "
        f"{basis.lineages:,} of which show no sign of one text."
    )


def said_by(saying: Saying) -> str:
    """Who says it, through whom, and whatever is unusual about how."""
    via = f" via {', '.join(saying.via)}" if saying.via else ""
    marks = [str(mark) for mark in (saying.stance, saying.certainty) if mark not in ("asserts", "certain")]
    marks += ["says not"] if saying.negated and saying.stance != "denies" else []
    return ", ".join(saying.speakers) + via + (f" ({', '.join(marks)})" if marks else "")


def told(sayings: Sequence[Saying]) -> tuple[str, str, str]:
    """Reports, who says it and the words, for a row that rests on several claims: the first of them, and how many."""
    first = sayings[0]
    reports = list(dict.fromkeys(one.report for one in sayings))
    speakers = list(dict.fromkeys(said_by(one) for one in sayings))
    return _listed(reports), _listed(speakers), words_of(first)


def words_of(saying: Saying) -> str:
    """The words, on one line, cut where they are long."""
    words = " … ".join(" ".join(run.split()) for run in saying.words)
    return words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"


def days(since: datetime.date | None, until: datetime.date | None) -> str:
    """A stretch of days, such as '2024-12-01', '2012-01-01..2016-12-31' or '..2018-09-05'; '' for none."""
    if since == until:
        return str(since) if since else ""
    return f"{since or ''}..{until or ''}"


def _listed(values: Sequence[str]) -> str:
    more = f" and {len(values) - 3} more" if len(values) > 3 else ""
    return "; ".join(values[:3]) + more
