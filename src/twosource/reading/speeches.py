"""All that one source says in a report, as one attribution: a claim told in several sentences has one source."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.closed_sets import Stance
from twosource.ids import make_id
from twosource.records import Attribution, AttributionKind, Reading
from twosource.spans import merge_touching

__all__ = ["whole_speeches"]


def whole_speeches(reading: Reading, found: Sequence[Attribution]) -> list[Attribution]:
    """One attribution for each source that speaks at least twice: the parts of all that it asserts or confirms.

    Its cue is the last of theirs, so that each part's own attribution is nearer to it.
    """
    by_source: dict[tuple[str, ...], list[Attribution]] = {}
    for one in found:
        if one.counts and one.sources and one.stance in (Stance.ASSERTS, Stance.CONFIRMS):
            by_source.setdefault(tuple(voice.name for voice in one.sources), []).append(one)
    return [_whole(reading, said) for said in by_source.values() if len(said) > 1]


def _whole(reading: Reading, said: Sequence[Attribution]) -> Attribution:
    last = max(said, key=lambda one: one.cue)
    parts = merge_touching(sorted({part for one in said for part in one.content}), 2)
    return msgspec.structs.replace(
        last,
        id=make_id("attribution", reading.report.digest, last.cue, parts, "speech"),
        content=tuple(parts),
        kind=AttributionKind.CARRIED,
        stance=Stance.ASSERTS,
        rule="speech",
    )
