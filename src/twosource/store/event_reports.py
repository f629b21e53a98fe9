"""Reports as they are to be gathered into events: which of them, and what is read in them and decided on it."""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, and_, select

from twosource.corpus.decided_claims import DecidedClaim, Mark
from twosource.corpus.decided_places import lay_places
from twosource.corpus_records import Decision, DecisionKind
from twosource.ids import digest_of
from twosource.records import Claim, Place, Report
from twosource.store import tables
from twosource.store.decided_claims import any_decisions, overlay_on
from twosource.store.decided_places import place_decisions
from twosource.store.decisions import decisions_in_force
from twosource.store.some import some as _some

__all__ = ["Fresh", "decided_otherwise", "outdated", "unread", "versions_before"]

_claim_decoder = msgspec.json.Decoder(Claim)
_report_decoder = msgspec.json.Decoder(Report)


class _Places(msgspec.Struct):
    """The one layer of a reading that events need; the rest is passed over."""

    places: tuple[Place, ...] = ()


_places_decoder = msgspec.json.Decoder(_Places)


class Fresh(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it is to be gathered: its current reading's number and places, and its claims as they stand.

    Rejected claims are left out, and claims that nobody decided on come without their words. ``decided`` is a digest of
    the decisions on its claims and its places, empty for none.
    """

    reading: int
    report: Report
    places: tuple[Place, ...]
    claims: tuple[DecidedClaim, ...]
    decided: str = ""

    def claims_in(self, ids: Container[str]) -> Iterator[DecidedClaim]:
        """Those of its claims that have one of these ids."""
        return (one for one in self.claims if one.claim.id in ids)


def outdated(connection: Connection, names: Sequence[str], fingerprint: str) -> list[str]:
    """Those of the reports (ids, sorted) whose claims were not gathered as they are.

    They are new, read again, changed, of other lineages, or people decided otherwise on their claims.
    """
    report, reading, gathered = tables.report.c, tables.reading.c, tables.event_reading.c
    current = tables.report.join(tables.reading, and_(reading.report == report.digest, reading.current))
    joined = current.outerjoin(
        tables.event_reading,
        and_(gathered.report == report.id, gathered.reading == reading.number, gathered.fingerprint == fingerprint),
    )
    fresh = select(report.id).select_from(joined).where(report.current, gathered.report.is_(None))
    found: set[str] = set()
    for some in _some(names):
        found.update(connection.execute(fresh.where(report.id.in_(some))).scalars())
    decided = set(decided_otherwise(connection)).intersection(names)
    return sorted(found | decided | _of_other_lineages(connection, names))


def _of_other_lineages(connection: Connection, names: Sequence[str]) -> set[str]:
    member, gathered = tables.lineage_member.c, tables.event_reading.c
    now: dict[str, set[str]] = {}
    unlike: set[str] = set()
    for some in _some(names):
        for row in connection.execute(select(member.report, member.lineage).where(member.report.in_(some))).all():
            now.setdefault(row.report, set()).add(row.lineage)
        was = connection.execute(select(gathered.report, gathered.lineages).where(gathered.report.in_(some)))
        unlike.update(row.report for row in was if row.lineages != " ".join(sorted(now.get(row.report, ()))))
    return unlike


def decided_otherwise(connection: Connection) -> list[str]:
    """The gathered reports (ids, sorted) on whose claims or places people decided otherwise since."""
    return sorted(_unlike(connection, tables.event_reading.c.decided, _decided_now(connection)))


def _decided_now(connection: Connection) -> dict[str, str]:
    """For each report on whose claims or places anybody decided a digest of what counts of it."""
    found: dict[str, list[str]] = {}
    if any_decisions(connection):
        for decision in decisions_in_force(connection, DecisionKind.CLAIM):
            found.setdefault(decision.subjects[0], []).append(decision.hash)
    for report, words in place_decisions(connection).items():
        found.setdefault(report, []).extend(one.hash for one in words)
    return {report: digest_of(hashes) for report, hashes in found.items()}


def _unlike(connection: Connection, column: Column[str], now: Mapping[str, str]) -> set[str]:
    """The gathered reports for which a column doesn't hold what it would hold now; empty where ``now`` has none."""
    gathered = tables.event_reading.c
    told = select(gathered.report, column).where(column > "")  # 'unlike' would go through all rows, and not the index
    was = {row.report: row[1] for row in connection.execute(told).all()}
    unlike = {name for name, value in now.items() if was.get(name, "") != value} | (was.keys() - now.keys())
    return {
        name
        for some in _some(sorted(unlike))
        for name in connection.execute(select(gathered.report).where(gathered.report.in_(some))).scalars().all()
    }


def unread(connection: Connection, reports: Sequence[str]) -> Iterator[Fresh]:
    """The current readings of these reports, as far as events need them, with people's decisions laid over."""
    report, reading = tables.report.c, tables.reading.c
    joined = tables.report.join(tables.reading, and_(reading.report == report.digest, reading.current))
    query = select(reading.number, report.record, reading.layers).select_from(joined)
    decided, placed = _decided_now(connection), place_decisions(connection, set(reports))
    for some in _some(reports):
        for row in connection.execute(query.where(report.current, report.id.in_(some)).order_by(report.id)).all():
            fresh = _fresh(connection, row, decided)
            words = placed.get(fresh.report.id)
            yield _placed(fresh, words) if words else fresh


def _placed(fresh: Fresh, words: Sequence[Decision]) -> Fresh:
    claims = (one.claim for one in fresh.claims)
    return msgspec.structs.replace(fresh, places=lay_places(fresh.places, claims, words))


def _fresh(connection: Connection, row: Any, decided: Mapping[str, str]) -> Fresh:
    report, claims = _report_decoder.decode(row.record), _claims_of(connection, row.number)
    if report.id in decided:
        standing = overlay_on(connection, report, claims).claims
    else:
        standing = tuple(DecidedClaim(claim=one, evidence=(), as_read=one, rank=at) for at, one in enumerate(claims))
    return Fresh(
        reading=row.number,
        report=report,
        places=_places_decoder.decode(zlib.decompress(row.layers)).places,
        claims=tuple(one for one in standing if one.mark is not Mark.REJECTED),
        decided=decided.get(report.id, ""),
    )


def versions_before(connection: Connection, reports: Sequence[str]) -> list[Fresh]:
    """The last version before the current one of each of these reports that has one, as it was read."""
    report, reading, now = tables.report.c, tables.reading.c, tables.report.alias()
    joined = tables.report.join(tables.reading, and_(reading.report == report.digest, reading.current)).join(
        now, and_(now.c.id == report.id, now.c.current, now.c.number == report.number + 1)
    )
    query = select(reading.number, report.record, reading.layers).select_from(joined)
    return [
        _fresh(connection, row, {})
        for some in _some(reports)
        for row in connection.execute(query.where(report.id.in_(some)).order_by(report.id)).all()
    ]


def _claims_of(connection: Connection, reading: int) -> tuple[Claim, ...]:
    claim = tables.claim.c
    records = connection.execute(select(claim.record).where(claim.reading == reading).order_by(claim.rank)).scalars()
    return tuple(_claim_decoder.decode(record) for record in records)
