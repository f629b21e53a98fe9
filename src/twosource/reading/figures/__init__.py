"""The figures of a report: numbers that belong to claims, with their range and what they count."""

from __future__ import annotations

from twosource.reading.figures.read import read_figures

__all__ = ["read_figures"]
