"""The bar's entries, in their order. A screen is added to the bar by one row."""

from __future__ import annotations

import msgspec

__all__ = ["NAVIGATION", "Entry"]


class Entry(msgspec.Struct, frozen=True):
    """One entry: its address after '/', its word, and the field of ``views.project.Counts`` that is shown beside it."""

    name: str
    word: str
    counted: str | None = None


NAVIGATION = (
    Entry("reports", "Reports", "reports"),
    Entry("claims", "Claims", "claims"),
    Entry("events", "Events"),
    Entry("figures", "Figures"),
    Entry("actors", "Actors"),
    Entry("disagreements", "Disagreements"),
    Entry("review", "Review"),
    Entry("decisions", "Decisions"),
    Entry("coding", "Coding"),
    Entry("sources", "Sources"),
    Entry("issues", "Issues", "issues"),
)
"""A template says which entry it belongs to in its block ``here``."""
