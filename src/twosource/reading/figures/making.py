"""Makes the record of one figure."""

from __future__ import annotations

from twosource.closed_sets import FigureKind
from twosource.reading.numbers import Number
from twosource.records import Figure
from twosource.spans import Span

__all__ = ["made"]


def made(text: str, number: Number, kind: FigureKind, rule: str, span: Span, unit: str | None) -> Figure:
    """The number as a figure of this kind, whose phrase stands at ``span``; its rule names the number's rule too."""
    return Figure(
        span=span,
        phrase=span.of(text),
        number=number.span,
        kind=kind,
        rule=f"{rule}+{number.rule}",
        low=number.low,
        high=number.high,
        unit=unit,
        approximate=number.approximate,
    )
