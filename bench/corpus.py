"""What `make bench` measures of reports together: which copy which, and which tell of one event."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from twosource.pipeline import default_reader
from twosource.score.events import score_events
from twosource.score.lineage import score_lineage

__all__ = ["events", "lineage"]

_FAKES = "gold/reports/fa_kes.jsonl"


def lineage(folder: Path) -> Mapping[str, float]:
    """Pairs of reports by relation; the weights were fitted on them, so this is kinder than the figure out of fold."""
    sets = ("seeds", "gold/claims/texts", _FAKES, "gold/reuse/ecb_texts.jsonl")
    return score_lineage(folder / "gold/reuse/pairs.jsonl", [folder / name for name in sets])


def events(folder: Path) -> Mapping[str, float]:
    """Reports by the event of their lead claim."""
    return score_events(folder / "gold/reuse/event_clusters.jsonl", [folder / _FAKES], default_reader())
