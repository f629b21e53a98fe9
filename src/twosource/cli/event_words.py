"""An event in words, for the terminal: a few lines in a list, and all its accounts where it is asked for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from twosource.cli.claim_words import claim_lines
from twosource.cli.terminal import output, plural, visible
from twosource.corpus_records import Event, Range, Told, Value
from twosource.views.events import AccountRow, EventView, RangeRow, event_title

__all__ = ["event_lines", "print_event"]

_NAMES = 4
_Days = tuple[datetime.date | None, datetime.date | None]


def event_lines(event: Event) -> list[str]:
    """What happened with grade and origins, then who, the figures and the id: three lines at most, ready to print."""
    count = plural(event.origins, "independent origin")
    reports = plural(len(event.reports), "report")
    head = f"{event_title(event)}  [{event.grade}, {count}, {reports}]"
    who = f"{_names(event.actors)} → {_names(event.targets)}" if event.targets else _names(event.actors)
    figures = ", ".join(_figure(one) for one in event.figures)
    told = " · ".join(part for part in (who, figures) if part)
    return [visible(line) for line in (head, *((f"  {told}",) if told else ()), f"  {event.id}")]


def print_event(found: EventView) -> None:
    """Prints the event with its grade, its figures and who gives them, and its accounts one below the other."""
    console, event = output(), found.event
    console.print(visible(event_title(event)), style="bold")
    console.print(f"{event.id} · {event.grade}: {visible(event.grade_reason)}", soft_wrap=True)
    if event.outcome is not None:
        console.print(f"Announced: {event.outcome.replace('_', ' ')}.")
    for row in found.ranges:
        console.print("\n".join(visible(line) for line in _range_lines(row, found)), soft_wrap=True)
    for interest in event.interests:
        console.print(f"Interest: {visible(interest.reason)} ({interest.claim})", soft_wrap=True)
    for correction in event.corrections:
        console.print(f"Correction: {visible(correction.reason)}", soft_wrap=True)
    for account in found.matrix:
        console.print()
        for line in _account_lines(account):
            console.print(visible(line), soft_wrap=True)
    console.print(f"\nWhy one event: {visible(event.reason)}", soft_wrap=True)


def _range_lines(row: RangeRow, found: EventView) -> Iterator[str]:
    yield f"{row.range.kind}: {_bounds(row.low, row.high)}. {row.how}"
    for told in row.range.told:
        yield f"  {_bounds(told.low, told.high)}: {_sayers(told, found)}"
    for told in row.range.corrected:
        yield f"  taken back: {_bounds(told.low, told.high)}: {_sayers(told, found)}"


def _sayers(told: Told, found: EventView) -> str:
    """Who gives the value: each source with the report that quotes it, else the report's outlet or id."""
    names: list[str] = []
    for account in found.matrix:
        for row in account.claims:
            if row.claim.id in told.claims:
                who = ", ".join(source.name for source in row.claim.sources)
                where = row.report.outlet or row.report.id
                names.append(f"{who} in {where}" if who else where)
    return "; ".join(dict.fromkeys(names))


def _account_lines(account: AccountRow) -> Iterator[str]:
    first, *more = account.reports
    origin = f", from {account.origin}" if account.origin else ""
    also = f" and {plural(len(more), 'report')} of the same text: {', '.join(one.id for one in more)}" if more else ""
    published = str(first.published) if first.published else "no date"
    yield f"{' · '.join(part for part in (first.id, first.outlet, published) if part)}{origin}{also}"
    cells = (
        ", ".join(_days(one) for one in account.days),
        ", ".join(account.places),
        " → ".join(part for part in (", ".join(account.actors), ", ".join(account.targets)) if part),
        ", ".join(_figure(one) for one in account.figures),
        ", ".join(stance for stance in account.stances),
    )
    yield "  " + " | ".join(cell or "-" for cell in cells)
    for row in account.claims:
        yield from (f"    {line}" for line in claim_lines(row.claim, row.evidence)[1:])


def _names(values: Sequence[Value]) -> str:
    names = [value.name for value in values]
    return ", ".join(names[:_NAMES]) + (f" and {len(names) - _NAMES} more" if len(names) > _NAMES else "")


def _figure(one: Range) -> str:
    return f"{_bounds(one.low, one.high)} {one.kind}"


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return "?" if low is None else f"{low:,}"
    if high is None:
        return f"{low:,} or more"
    return f"up to {high:,}" if low is None else f"{low:,} to {high:,}"


def _days(days: _Days) -> str:
    start, end = days
    if start == end:
        return str(start or "")
    return f"{start or ''}..{end or ''}"
