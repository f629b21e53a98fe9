"""The times of a report: found, given a TIMEX3 value, and anchored to days by the codebook's rulings."""

from __future__ import annotations

from twosource.reading.times.read import read_times, time_issues

__all__ = ["read_times", "time_issues"]
