"""Events as PLOVER records, one JSON object a line: PLOVER-shaped, for those who work with event data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from twosource.export.coded_events import CodedEvent, Party, coded_events, span_days, told_deaths
from twosource.export.material import Material
from twosource.knowledge.event_mappings import EventMapping, load_event_mappings

__all__ = ["plover"]


def plover(material: Material) -> Iterator[bytes]:
    """A line for each event that took place and that PLOVER has a type for, by day; ``cameo`` is CAMEO's root code."""
    mappings = load_event_mappings()
    for coded in coded_events(material):
        mapping = mappings[coded.event.type]
        if mapping.plover is not None:
            yield msgspec.json.encode(_record(coded, mapping)) + b"\n"


def _record(coded: CodedEvent, mapping: EventMapping) -> dict[str, Any]:
    event, place = coded.event, coded.item.place
    start, end = span_days(event)
    deaths = [{"low": told.low, "high": told.high, "claims": len(told.claims)} for told in told_deaths(coded.killed)]
    return {
        "id": event.id,
        "date": start,
        "end_date": end,
        "event": mapping.plover,
        "mode": mapping.plover_mode,
        "cameo": mapping.cameo,
        "actor": [_party(party) for party in coded.first_side],
        "recipient": [_party(party) for party in coded.second_side],
        "location": {
            "name": place.name, "country": place.country, "admin1": place.admin1, "admin2": place.admin2,
            "lat": place.lat, "lon": place.lon, "precision": place.precision,
        } if place else None,
        "fatalities": deaths,
        "text": list(dict.fromkeys(coded.evidence)),
        "source": list(coded.outlets()),
        "codebook_type": event.type,
        "grade": event.grade,
        "independent_origins": event.origins,
    }  # fmt: skip


def _party(party: Party) -> dict[str, str | None]:
    return {"name": party.name, "kind": party.kind.value if party.kind else None}
