"""Which names mean one actor: within a report, across reports, and across outlets' own words for it."""

from __future__ import annotations

from twosource.corpus.entities.index import EntityIndex

__all__ = ["EntityIndex"]
