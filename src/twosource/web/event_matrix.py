"""Who says what of one event: a line for each account, with what no other account tells marked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec

from twosource.corpus.words import fold_words
from twosource.corpus_records import Decision, Told
from twosource.views.claims import ClaimRow
from twosource.views.decisions import DecisionRow, DecisionState
from twosource.views.events import AccountRow, EventView
from twosource.web.event_words import range_words
from twosource.web.wording import days_words

__all__ = ["COLUMNS", "Cell", "Line", "Sayer", "Words", "claims_of", "decisions_about", "matrix_lines", "sayers"]

COLUMNS = ("Date", "Place", "Who", "To whom", "Figures", "Stance")
"""The heads of a line's cells, in order."""


class Cell(msgspec.Struct, frozen=True):
    """What an account says in one column, and for each value whether no other account says the same."""

    values: tuple[tuple[str, bool], ...]


class Words(msgspec.Struct, frozen=True):
    """A claim as an account words it first, and the same words in other reports of the account."""

    row: ClaimRow
    again: tuple[ClaimRow, ...]


class Line(msgspec.Struct, frozen=True):
    """An account, its cells, one for each of ``COLUMNS``, and its claims, those in the same words folded into one."""

    row: AccountRow
    cells: tuple[Cell, ...]
    words: tuple[Words, ...]


class Sayer(msgspec.Struct, frozen=True):
    """Who gives a value, in which outlet or report (None where the report says so itself), and the claim."""

    names: str
    where: str | None
    claim: ClaimRow


def matrix_lines(found: EventView) -> tuple[Line, ...]:
    """The accounts in the event's order. Nothing is marked where there is one account: there is none to differ from."""
    columns = [_values(row) for row in found.matrix]
    said: list[dict[str, int]] = [{} for _ in COLUMNS]
    for cells in columns:
        for counted, values in zip(said, cells, strict=True):
            for value in set(values):
                counted[value] = counted.get(value, 0) + 1
    told = [sum(bool(cells[at]) for cells in columns) for at in range(len(COLUMNS))]
    return tuple(
        Line(
            row,
            tuple(
                Cell(tuple((value, told[at] > 1 and said[at][value] == 1) for value in values))
                for at, values in enumerate(cells)
            ),
            _folded(row.claims),
        )
        for row, cells in zip(found.matrix, columns, strict=True)
    )


def _folded(claims: Sequence[ClaimRow]) -> tuple[Words, ...]:
    alike: dict[tuple[object, ...], list[ClaimRow]] = {}
    for row in claims:
        said = fold_words(" ".join(row.evidence)).keys
        alike.setdefault((tuple(said), row.claim.stance, row.claim.negated), []).append(row)
    return tuple(Words(first, tuple(again)) for first, *again in alike.values())


def _values(row: AccountRow) -> tuple[tuple[str, ...], ...]:
    return (
        _once(_days(*days) for days in row.days),
        _once(row.places),
        _once(row.actors),
        _once(row.targets),
        _once(range_words(one) for one in row.figures),
        _once(stance.value for stance in row.stances),
    )


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _days(start: datetime.date | None, end: datetime.date | None) -> str:
    return days_words(start, end) or ""


def claims_of(found: EventView) -> dict[str, ClaimRow]:
    """Every claim of the event by its id."""
    return {row.claim.id: row for account in found.matrix for row in account.claims}


def sayers(told: Told, claims: dict[str, ClaimRow]) -> tuple[Sayer, ...]:
    """Who gives a value, each once."""
    found: dict[tuple[str, str | None], Sayer] = {}
    for id_ in told.claims:
        if id_ in claims:
            row = claims[id_]
            where = row.report.outlet or row.report.id
            names = ", ".join(source.name for source in row.claim.sources)
            one = Sayer(names, where, row) if names else Sayer(where, None, row)
            found.setdefault((one.names, one.where), one)
    return tuple(found.values())


def decisions_about(found: EventView, rows: Sequence[DecisionRow]) -> tuple[DecisionRow, ...]:
    """Those of the decisions on events that are in force and name a claim of this event, in their order."""
    named = {(row.report.id, " ".join(row.evidence)) for row in claims_of(found).values()}
    return tuple(
        row
        for row in rows
        if row.state is DecisionState.IN_FORCE and row.decision.undoes is None and named & set(_named(row.decision))
    )


def _named(decision: Decision) -> list[tuple[str, str]]:
    parts = decision.value.get("parts", [])
    return [(str(name.get("report")), str(name.get("words"))) for part in parts for name in part]
