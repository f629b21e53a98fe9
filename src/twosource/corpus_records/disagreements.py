"""Claims on one event or figure that can't both be right."""

from __future__ import annotations

import msgspec

from twosource.spans import Span

__all__ = ["Disagreement"]


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """Two claims on one event, or on one figure, that can't both be right: what each side says, and why they clash.

    ``field`` is the kind of a figure ('killed'), or one of actor, happened, place, when and type. ``claims``,
    ``reports`` (ids), ``speakers``, ``values``, ``words`` and ``spans`` have one entry a side: the lesser value first,
    else the one published first; a span is of the words in its report's text. ``inside`` tells that both stand in one
    report. ``size`` is how far figures are apart, as the base-2 logarithm of their ratio (1.0: twice as many), and 0.0
    for the other fields. ``strict`` is False where each figure leaves room for the other ('at least 10' and '75').
    ``confidence`` (0 to 1) is how likely both claims are read as they should be, None where that can't be said.
    """

    id: str
    field: str
    claims: tuple[str, str]
    reason: str
    event: str | None = None
    reports: tuple[str, str] = ("", "")
    speakers: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    values: tuple[str, str] = ("", "")
    words: tuple[str, str] = ("", "")
    spans: tuple[Span, Span] = (Span(0, 0), Span(0, 0))
    inside: bool = False
    size: float = 0.0
    strict: bool = True
    confidence: float | None = None
