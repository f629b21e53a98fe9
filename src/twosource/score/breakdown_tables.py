"""The tables of a breakdown of the claims score, for the terminal and for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import msgspec
from rich.table import Table

from twosource.score.breakdown import Breakdown, Part

__all__ = ["By", "as_json", "tables"]

_PART_COLUMNS = ("gold", "predicted", "found_r", "typed_p", "typed_r", "typed_f1", "claim_f1")
_CONFUSED_ROWS = 40


class By(StrEnum):
    """What the claims score is broken down by."""

    TYPE = "type"
    FAMILY = "family"
    OUTLET = "outlet"
    FIELD = "field"
    CONFUSION = "confusion"


def as_json(whole: Breakdown, by: Iterable[By]) -> dict[str, Any]:
    """The tables asked for, each under ``by_<name>``, made of plain JSON values; the confusion table is whole."""
    shown: dict[By, Any] = {
        By.TYPE: whole.by_type,
        By.FAMILY: whole.by_family,
        By.OUTLET: whole.by_outlet,
        By.FIELD: {name: {"mean": mean, "matches": count} for name, (mean, count) in whole.fields.items()},
        By.CONFUSION: [{"gold": a, "predicted": b, "claims": n} for a, b, n in whole.confused],
    }
    return {f"by_{name.value}": msgspec.to_builtins(shown[name]) for name in dict.fromkeys(by)}


def tables(whole: Breakdown, by: Iterable[By]) -> list[Table]:
    """The tables asked for, in order; of the confusion table the most frequent pairs that do not agree."""
    parts = {By.TYPE: whole.by_type, By.FAMILY: whole.by_family, By.OUTLET: whole.by_outlet}
    made: list[Table] = []
    for name in dict.fromkeys(by):
        if name in parts:
            made.append(_parts_table(name.value, parts[name]))
        elif name is By.FIELD:
            rows = [(field, str(count), f"{mean:.3f}") for field, (mean, count) in whole.fields.items()]
            made.append(_table(("field", "matches", "mean"), rows))
        else:
            wrong = [(a, b, str(n)) for a, b, n in whole.confused if a != b]
            made.append(_table(("coded as", "taken for", "claims"), wrong[:_CONFUSED_ROWS]))
    return made


def _parts_table(name: str, parts: Mapping[str, Part]) -> Table:
    values = {part: msgspec.structs.asdict(figures) for part, figures in parts.items()}
    rows = [(part, *(_shown(figures[key]) for key in _PART_COLUMNS)) for part, figures in values.items()]
    return _table((name, *_PART_COLUMNS), rows)


def _table(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(box=None)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _shown(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"
