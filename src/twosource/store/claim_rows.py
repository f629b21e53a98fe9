"""The rows of one reading's claims: columns to filter and sort by, and the whole record beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, and_, not_, select, update

from twosource.closed_sets import family_of
from twosource.records import Claim, Named, Reading
from twosource.store import tables
from twosource.store.fold import padded
from twosource.store.spans_of_time import is_lasting
from twosource.store.terms import terms_of

__all__ = ["claim_rows", "mark_current", "term_rows", "value_rows"]

_FIELDS = {"actor": "actors", "target": "targets", "place": "places", "source": "sources", "via": "via"}


def claim_rows(number: int, reading: Reading) -> list[dict[str, object]]:
    """A row of table claim for each claim of reading ``number``, in the reading's order."""
    return [_claim_row(number, rank, claim, reading) for rank, claim in enumerate(reading.claims)]


def value_rows(number: int, reading: Reading) -> list[dict[str, object]]:
    """A row of table claim_value for each name in the claims of reading ``number``."""
    return [
        {
            "reading": number,
            "rank": rank,
            "field": field,
            "position": position,
            "name": named.name,
            "folded": padded(named.name),
        }
        for rank, claim in enumerate(reading.claims)
        for field, attribute in _FIELDS.items()
        for position, named in enumerate(_values(claim, attribute))
    ]


def term_rows(number: int, claims: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """A row of table claim_term for each word in these rows of table claim, which are of reading ``number``."""
    return [
        {"term": term, "reading": number, "rank": row["rank"]}
        for row in claims
        for term in terms_of(str(row["folded"]))
    ]


def mark_current(connection: Connection, reports: Sequence[str]) -> None:
    """Marks the claims of all versions of these reports (ids): current where their reading and its report are."""
    claim, reading, report = tables.claim.c, tables.reading.c, tables.report.c
    joined = tables.reading.join(tables.report, reading.report == report.digest)
    stand = and_(reading.current, report.current)
    for is_current, which in ((False, not_(stand)), (True, stand)):
        numbers = select(reading.number).select_from(joined).where(report.id.in_(reports), which)
        stale = update(tables.claim).where(claim.reading.in_(numbers), claim.current != is_current)
        connection.execute(stale.values(current=is_current))


def _values(claim: Claim, attribute: str) -> tuple[Named, ...]:
    values: tuple[Named, ...] = getattr(claim, attribute)
    return values


def _claim_row(number: int, rank: int, claim: Claim, reading: Reading) -> dict[str, object]:
    evidence = [reading.words(span) for span in claim.evidence]
    start, end = (claim.when.start, claim.when.end) if claim.when else (None, None)
    return {
        "reading": number,
        "rank": rank,
        "id": claim.id,
        "report": reading.report.id,
        "offset": claim.evidence[0].start if claim.evidence else claim.trigger.start,
        "type": claim.type.value,
        "family": family_of(claim.type),
        "status": claim.status.value,
        "stance": claim.stance.value,
        "certainty": claim.certainty.value,
        "negated": claim.negated,
        "dated": start is not None or end is not None,
        "lasting": is_lasting(start, end),
        "start": start,
        "end": end,
        "evidence": msgspec.json.encode(evidence).decode(),
        "folded": padded(" … ".join(evidence)),
        "record": msgspec.json.encode(claim),
        "published": reading.report.published,
        "counted": bool(claim.figures),
    }
