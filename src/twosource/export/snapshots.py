"""Snapshots: the chosen data frozen under a date and a hash that can be cited, and what changed between two of them."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from twosource.errors import InputError
from twosource.export.claims import codebook_form
from twosource.export.material import Choice, Material
from twosource.export.record_tables import REPORTS
from twosource.store import Project

__all__ = ["KINDS", "Change", "Snapshot", "changes", "read_snapshot", "snapshot"]

_VERSION = 1
KINDS = ("report", "claim", "event", "disagreement")
"""What a snapshot freezes, in its order: reports without their texts, claims in the codebook's form, records else."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The first line of a snapshot. ``sha256`` (hex) is of all the lines after it; ``name`` is what to cite."""

    twosource: str
    version: int
    name: str
    date: datetime.date
    choice: dict[str, Any]
    counts: dict[str, int]
    sha256: str


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot that was read: its head, and of each kind the records by their ids."""

    head: Head
    records: dict[str, dict[str, Any]]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One record that differs between two snapshots: ``what`` is added, removed or changed (then in which fields)."""

    kind: str
    id: str
    what: str
    fields: tuple[str, ...] = ()
    type: str | None = None


def snapshot(project: Project, day: datetime.date, choice: Choice | None = None) -> Iterator[bytes]:
    """The head and a line for each record, by kind and id. The same data, choice and day give the same bytes."""
    material = Material(project, choice)
    lines = [line for kind in KINDS for line in _lines(kind, material)]
    digest = hashlib.sha256(b"".join(lines)).hexdigest()
    head = Head(
        twosource="snapshot",
        version=_VERSION,
        name=f"twosource-{day.isoformat()}-{digest[:12]}",
        date=day,
        choice=_told(material.choice),
        counts={kind: sum(line.startswith(_opening(kind)) for line in lines) for kind in KINDS},
        sha256=digest,
    )
    yield msgspec.json.encode(head) + b"\n"
    yield from lines


def read_snapshot(lines: Iterable[bytes]) -> Snapshot:
    """The snapshot in these lines. Raises InputError where they are none, or are not what the hash in the head says."""
    first, *others = list(lines) or [b""]
    try:
        head = msgspec.json.decode(first, type=Head)
        found = [msgspec.json.decode(line) for line in others]
    except msgspec.DecodeError as fault:
        raise InputError(f"this is no snapshot: {fault}") from None
    if hashlib.sha256(b"".join(others)).hexdigest() != head.sha256:
        raise InputError(f"{head.name} was changed after it was made: its lines are not what its hash says")
    records: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for one in found:
        records[one["kind"]][one["record"]["id"]] = one["record"]
    return Snapshot(head=head, records=records)


def changes(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """What was added, removed and changed from the old snapshot to the new one, by kind, then by id."""
    return tuple(change for kind in KINDS for change in _changes(kind, old.records[kind], new.records[kind]))


def _changes(kind: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for id_ in sorted({*old, *new}):
        before, after = old.get(id_), new.get(id_)
        if before == after:
            continue
        type_ = (after or before or {}).get("type")
        if before is None or after is None:
            yield Change(kind=kind, id=id_, what="added" if before is None else "removed", type=type_)
        else:
            differing = tuple(name for name in {**before, **after} if before.get(name) != after.get(name))
            yield Change(kind=kind, id=id_, what="changed", fields=differing, type=type_)


def _lines(kind: str, material: Material) -> Iterator[bytes]:
    records = sorted(_records(kind, material), key=lambda one: str(one["id"]))
    for record in records:
        yield msgspec.json.encode({"kind": kind, "record": record}) + b"\n"


def _records(kind: str, material: Material) -> Iterator[dict[str, Any]]:
    if kind == "report":
        yield from (dict(zip(REPORTS.header, row, strict=True)) for row in REPORTS.rows(material))
    elif kind == "claim":
        yield from (codebook_form(item.row) for item in material.claims())
    else:
        found = (item.event for item in material.events()) if kind == "event" else material.disagreements()
        yield from (msgspec.to_builtins(record) for record in found)


def _opening(kind: str) -> bytes:
    return b'{"kind":' + msgspec.json.encode(kind) + b","


def _told(choice: Choice) -> dict[str, Any]:
    """What was chosen, without what it leaves open; of masked names only how many there are."""
    told: dict[str, Any] = {"claims": choice.told, "grades": sorted(choice.grades)}
    if choice.publication is not None:
        told |= {"quotation": choice.publication.quotation, "masked": len(choice.publication.masked)}
    return told
