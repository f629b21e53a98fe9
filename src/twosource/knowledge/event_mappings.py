"""The types of the codebook beside those of ACLED, PLOVER and CAMEO: data/event_mappings.toml."""

from __future__ import annotations

import tomllib

import msgspec

from twosource.closed_sets import ClaimType
from twosource.errors import KnowledgeError
from twosource.knowledge.toml_rules import data_bytes

__all__ = ["EventMapping", "EventMappings", "load_event_mappings"]

_FILE = "event_mappings.toml"


class EventMapping(msgspec.Struct, frozen=True, kw_only=True):
    """What one type of the codebook is in each data set; None where the data set has no place for it.

    ``acled_event`` is the event type that ``acled`` (a sub-event type) stands under. ``plover_mode`` is None where the
    PLOVER type has no modes or the codebook's type says none. ``cameo`` is a root code of two digits.
    """

    acled_event: str | None = None
    acled: str | None = None
    plover: str | None = None
    plover_mode: str | None = None
    cameo: str | None = None
    note: str = ""


class EventMappings(msgspec.Struct, frozen=True, kw_only=True):
    """A mapping for every type of the codebook, and ACLED's event type of each of its sub-event types."""

    rows: dict[ClaimType, EventMapping]
    acled_event_of: dict[str, str]

    def __getitem__(self, type_: ClaimType) -> EventMapping:
        return self.rows[type_]


class _Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: ClaimType
    acled: str | None = None
    plover: str | None = None
    cameo: str | None = None
    note: str = ""


class _Cameo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    roots: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    acled: dict[str, tuple[str, ...]]
    plover: dict[str, tuple[str, ...]]
    cameo: _Cameo
    event_mapping: tuple[_Row, ...]


def load_event_mappings() -> EventMappings:
    """The packaged mappings. Raises KnowledgeError for a missing or doubled type and for a word no data set knows."""
    try:
        file = msgspec.convert(tomllib.loads(data_bytes(_FILE).decode()), _File)
    except msgspec.ValidationError as fault:
        raise KnowledgeError(f"data/{_FILE}: {fault}") from None
    if sorted(row.id for row in file.event_mapping) != sorted(ClaimType):
        raise KnowledgeError(f"data/{_FILE}: each type of the codebook must have one row")
    acled_event_of = {sub: event for event, subs in file.acled.items() for sub in subs}
    found = {row.id: _mapping(row, file, acled_event_of) for row in file.event_mapping}
    return EventMappings(rows={type_: found[type_] for type_ in ClaimType}, acled_event_of=acled_event_of)


def _mapping(row: _Row, file: _File, acled_event_of: dict[str, str]) -> EventMapping:
    plover, _, mode = (row.plover or "").partition(":")
    known = (
        (row.acled, row.acled is None or row.acled in acled_event_of),
        (row.plover, not plover or (plover in file.plover and (not mode or mode in file.plover[plover]))),
        (row.cameo, row.cameo is None or row.cameo in file.cameo.roots),
    )
    for word, is_known in known:
        if not is_known:
            raise KnowledgeError(f"data/{_FILE}, {row.id.value}: {word!r} is no word of its data set")
    return EventMapping(
        acled_event=acled_event_of[row.acled] if row.acled else None,
        acled=row.acled,
        plover=plover or None,
        plover_mode=mode or None,
        cameo=row.cameo,
        note=row.note,
    )
