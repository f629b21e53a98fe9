"""twosource reads conflict news reports and keeps every claim: its words, its source, its figures, places and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

    from twosource.records import Reading

__all__ = ["__version__", "read_text"]

__version__ = "0.1.0"


def read_text(
    text: str, *, published: datetime.date | str | None = None, title: str | None = None, outlet: str | None = None
) -> Reading:
    """Everything read in one report: ``.claims``, ``.attributions``, ``.times``, ``.places``, ``.figures`` and more.

    Spans are half-open, in code points of ``.report.text``. ``published`` (a date, or '2024-12-31') is what 'on Monday'
    counts from. What reads is loaded at the first call (about a second) and kept. Raises UsageError for an empty text
    or a date that is none.
    """
    from twosource import pipeline

    return pipeline.read_text(text, published=published, title=title, outlet=outlet)
