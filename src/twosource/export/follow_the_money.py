"""FollowTheMoney entities, one JSON object a line, for OpenAleph and the tools around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from twosource.closed_sets import ActorKind, ClaimType, Stance
from twosource.corpus_records import Entity
from twosource.export.material import ClaimItem, EventItem, Material
from twosource.ids import make_id
from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.records import Report

__all__ = ["follow_the_money"]

_PERSONS = frozenset({ActorKind.PERSON, ActorKind.OFFICIAL})
_MEMBERSHIPS = {ClaimType.PART_OF: "member", ClaimType.LEADS: "leader"}
_LINKS = frozenset(
    {
        *(ClaimType.BACKS, ClaimType.ARMS, ClaimType.FUNDS, ClaimType.TRAINS),
        *(ClaimType.ALLIED_WITH, ClaimType.FIGHTS_AGAINST),
    }
)
_LANGUAGES = {"en": "eng"}  # FollowTheMoney asks for ISO 639-3; other languages than English are not read
Ftm = dict[str, Any]


def follow_the_money(material: Material) -> Iterator[bytes]:
    """Reports as Article, actors as Person and Organization, places as Address, events as Event, claims as Note, names
    in reports as Mention, and standing relations that are asserted as Membership and UnknownLink; ids are digests."""
    known = {one.id: one for one in material.entities()}
    for entity in _entities(material, known):
        yield msgspec.json.encode(entity) + b"\n"


def _entities(material: Material, known: dict[str, Entity]) -> Iterator[Ftm]:
    for item in material.reports():
        yield _article(item.report)
    for entity in known.values():
        yield _actor(entity)
    addresses: set[str] = set()
    for event in material.events():
        if event.place and event.place.id not in addresses:
            addresses.add(event.place.id)
            yield _address(event.place)
        yield _event(event, known)
    mentioned: set[str] = set()
    for claim in material.claims():
        yield _note(claim)
        yield from _relations(material, claim, known)
        for mention in _mentions(material, claim, known):
            if mention["id"] not in mentioned:
                mentioned.add(mention["id"])
                yield mention


def _made(id_: str, schema: str, **properties: Iterable[object] | object) -> Ftm:
    """The entity with its values as lists of words; None and what is empty are left out."""
    told = {name: _list(value) for name, value in properties.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in told.items() if values}}


def _list(value: object) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    return list(dict.fromkeys(str(one) for one in values if one is not None and str(one).strip()))


def _article(report: Report) -> Ftm:
    return _made(
        _report_id(report.id),
        "Article",
        title=report.title or report.id,
        publisher=report.outlet,
        publishedAt=report.published,
        sourceUrl=_url(report.url),
        language=_LANGUAGES.get(report.language or ""),
        bodyText=report.text,
        notes=f"Credits {report.agency}" if report.agency else None,
    )


def _actor(entity: Entity) -> Ftm:
    aliases = [name for name in entity.names if name != entity.name]
    schema = "Person" if entity.kind in _PERSONS else "Organization"
    return _made(_entity_id(entity.id), schema, name=entity.name, alias=aliases, notes=entity.kind.value)


def _address(place: GazetteerPlace) -> Ftm:
    return _made(
        _place_id(place.id),
        "Address",
        full=", ".join(part for part in (place.name, place.admin2, place.admin1, place.country) if part),
        country=place.country.lower() if place.country else None,
        latitude=place.lat,
        longitude=place.lon,
        remarks=f"precision: {place.precision}",
    )


def _event(item: EventItem, known: dict[str, Entity]) -> Ftm:
    event, place = item.event, item.place
    words = [run for id_ in event.claims if id_ in item.claims for run in item.claims[id_].evidence]
    name = ", ".join(str(part) for part in (event.type.value, place.name if place else None, event.start) if part)
    return _made(
        _event_id(event.id),
        "Event",
        name=name,
        startDate=event.start,
        endDate=event.end,
        location=[value.name for value in event.places],
        country=place.country.lower() if place and place.country else None,
        addressEntity=_place_id(place.id) if place else None,
        organizer=[_entity_id(value.key) for value in event.actors if value.key in known],
        involved=[_entity_id(value.key) for value in (*event.actors, *event.targets) if value.key in known],
        summary=f"Grade: {event.grade.value}; independent origins: {event.origins}",
        description=words,
        proof=[_report_id(id_) for id_ in item.reports],
        recordId=event.id,
    )


def _note(item: ClaimItem) -> Ftm:
    claim = item.claim
    who = ", ".join(named.name for named in claim.sources) or item.report.outlet or "the report"
    denied = "not " if claim.negated else ""
    return _made(
        make_id("note", claim.id),
        "Note",
        name=f"{claim.type.value}: {who} {claim.stance.value} ({denied}{claim.status.value}, {claim.certainty.value})",
        description=list(item.evidence),
        entity=_event_id(item.event) if item.event else _report_id(claim.report),
        proof=_report_id(claim.report),
    )


def _relations(material: Material, item: ClaimItem, known: dict[str, Entity]) -> Iterator[Ftm]:
    """Membership and UnknownLink of an asserted claim between actors that are known; what is denied is no relation."""
    claim = item.claim
    if claim.negated or claim.stance is Stance.DENIES or claim.type not in (*_MEMBERSHIPS, *_LINKS):
        return
    first, second = ([_known(material, item, named.name, known) for named in side] for side in _sides(item))
    for one in filter(None, first):
        for other in filter(None, second):
            if one != other:
                yield _relation(item, one, other)


def _sides(item: ClaimItem) -> tuple[Any, Any]:
    actors, targets = item.claim.actors, item.claim.targets
    return (actors, targets) if targets else (actors[:1], actors[1:])


def _relation(item: ClaimItem, one: str, other: str) -> Ftm:
    claim = item.claim
    id_ = make_id("link", claim.id, one, other)
    when = claim.when
    days = {"startDate": when.start if when else None, "endDate": when.end if when else None}
    told = {"description": list(item.evidence), "recordId": claim.id, "publisher": item.report.outlet, **days}
    if claim.type in _MEMBERSHIPS:
        ends: dict[str, object] = {"member": _entity_id(one), "organization": _entity_id(other)}
        return _made(id_, "Membership", **ends, role=_MEMBERSHIPS[claim.type], **told)
    return _made(id_, "UnknownLink", subject=_entity_id(one), object=_entity_id(other), role=claim.type.value, **told)


def _mentions(material: Material, item: ClaimItem, known: dict[str, Entity]) -> Iterator[Ftm]:
    claim = item.claim
    for named in (*claim.actors, *claim.targets, *claim.sources, *claim.via):
        id_ = _known(material, item, named.name, known)
        if id_ is not None:
            schema = "Person" if known[id_].kind in _PERSONS else "Organization"
            yield _made(
                make_id("mention", claim.report, named.name, id_),
                "Mention",
                document=_report_id(claim.report),
                name=named.name,
                resolved=_entity_id(id_),
                detectedSchema=schema,
            )


def _known(material: Material, item: ClaimItem, name: str, known: dict[str, Entity]) -> str | None:
    id_ = material.entity_id(item.claim.report, name)
    return id_ if id_ in known else None


def _url(url: str | None) -> str | None:
    """The URL where it is one that FollowTheMoney takes: of the web, with a host."""
    parts = urlsplit(url or "")
    return url if parts.scheme in ("http", "https") and "." in parts.netloc else None


def _report_id(id_: str) -> str:
    return make_id("article", id_)


def _entity_id(id_: str | None) -> str:
    return make_id("actor", id_)


def _place_id(id_: str) -> str:
    return make_id("place", id_)


def _event_id(id_: str) -> str:
    return make_id("event", id_)
