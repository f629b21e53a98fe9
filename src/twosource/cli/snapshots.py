"""The commands about snapshots: making one to cite, and what changed between two."""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from twosource.cli.choosing import (
    Filters,
    ForPublication,
    Grades,
    Masked,
    MaskFile,
    Quotation,
    Since,
    Until,
    WithPrivate,
    choice,
)
from twosource.cli.giving import write_out
from twosource.cli.terminal import ProjectArgument, day, errors, output, plural, visible
from twosource.errors import InputError
from twosource.export.material import with_private_names_withheld
from twosource.export.snapshots import Snapshot, changes, read_snapshot
from twosource.export.snapshots import snapshot as snapshot_lines
from twosource.store import open_project

__all__ = ["changed", "snapshot"]

SnapshotFile = Annotated[Path, typer.Argument(help="What 'twosource snapshot' wrote.", show_default=False)]


def snapshot(
    project: ProjectArgument,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write.", show_default=False)],
    date: Annotated[
        str | None, typer.Option(metavar="DAY", help="Its date; without it, today.", show_default=False)
    ] = None,
    filters: Filters = None,
    since: Since = None,
    until: Until = None,
    grades: Grades = None,
    publication: ForPublication = False,
    quotation: Quotation = None,
    mask: Masked = None,
    masks: MaskFile = None,
    with_private_names: WithPrivate = False,
) -> None:
    """Freeze a project's data, or a part of it, under a date and a hash that can be cited.

    The same data, choice and date give the same file. Reports are in it without their texts.
    """
    chosen = choice(filters, since, until, grades, publish=publication, quotation=quotation, mask=mask, masks=masks)
    made = day("--date", date) or datetime.datetime.now(datetime.UTC).date()
    with open_project(project) as opened:
        if not with_private_names:
            chosen = with_private_names_withheld(opened, chosen)
        write_out(snapshot_lines(opened, made, chosen), out)
    head = _read(out).head
    told = ", ".join(plural(count, kind) for kind, count in head.counts.items())
    output().print(f"{head.name}: {told}\nsha256 {head.sha256}", soft_wrap=True)


def changed(
    old: SnapshotFile,
    new: SnapshotFile,
    json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """List what was added, removed and changed from one snapshot to another."""
    before, after = _read(old), _read(new)
    found = changes(before, after)
    if json:
        sys.stdout.buffer.writelines(msgspec.json.encode(one) + b"\n" for one in found)
        sys.stdout.buffer.flush()
        return
    for one in found:
        of_type = f" ({one.type})" if one.type else ""
        fields = f": {', '.join(one.fields)}" if one.fields else ""
        output().print(visible(f"{one.what:<8}{one.kind} {one.id}{of_type}{fields}"), soft_wrap=True)
    counted = Counter((one.kind, one.what) for one in found)
    told = ", ".join(f"{plural(count, kind)} {what}" for (kind, what), count in counted.items()) or "nothing changed"
    errors().print(f"{before.head.name} to {after.head.name}: {told}.", soft_wrap=True)
    if before.head.choice != after.head.choice:
        errors().print("They were made with different choices: what differs may be the choice, not the data.")


def _read(path: Path) -> Snapshot:
    try:
        with path.open("rb") as lines:
            return read_snapshot(lines)
    except OSError as fault:
        raise InputError(f"{path} can't be read: {fault.strerror}") from None
