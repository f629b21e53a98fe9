from __future__ import annotations

import datetime

import pytest

from twosource.closed_sets import ClaimType
from twosource.views.events import EventInShort
from twosource.web.event_timeline import Timeline, Unit, timeline_of

D = datetime.date


def event(number: int, start: D | None, end: D | None = None, type_: ClaimType = ClaimType.SHELLING) -> EventInShort:
    return EventInShort(id=f"event-{number}", type=type_, start=start, end=end)


def line_of(*events: EventInShort) -> Timeline:
    line = timeline_of(events)
    assert line is not None
    return line


def test_events_without_a_day_make_no_timeline_but_are_kept() -> None:
    assert timeline_of([event(1, None)]) is None
    line = line_of(event(1, None), event(2, D(2024, 3, 1)))
    assert [one.id for one in line.undated] == ["event-1"]
    assert line.dated == 1


@pytest.mark.parametrize(
    ("days", "unit"),
    [(0, Unit.DAY), (70, Unit.DAY), (71, Unit.WEEK), (491, Unit.MONTH), (3001, Unit.YEAR), (40_000, Unit.CENTURY)],
)
def test_columns_are_as_long_as_the_axis_needs(days: int, unit: Unit) -> None:
    first = D(2014, 3, 5)
    line = line_of(event(1, first), event(2, first + datetime.timedelta(days=days)))
    assert line.unit is unit
    assert sum(one.events for one in line.bins) == 2
    assert [one.start for one in line.bins[1:]] == [one.end + datetime.timedelta(days=1) for one in line.bins[:-1]]
    assert sum(one.at.width for one in line.bins) == pytest.approx(100, abs=1)
    assert len(line.ticks) <= 5


def test_a_column_is_made_of_its_families_and_the_highest_is_full() -> None:
    day = D(2024, 3, 1)
    line = line_of(event(1, day), event(2, day), event(3, day, type_=ClaimType.AGREES), event(4, D(2024, 3, 2)))
    assert line.bins[0].heights == (("force", 33.33, 66.67), ("diplomacy", 0.0, 33.33))
    assert line.bins[1].heights == (("force", 66.67, 33.33),)


def test_a_day_told_as_a_bound_alone_is_drawn_open() -> None:
    line = line_of(event(1, D(2024, 3, 1), D(2024, 3, 4)), event(2, None, D(2024, 3, 3)), event(3, D(2024, 3, 2)))
    bars = {bar.event.id: (bar.open_left, bar.open_right) for bar in line.bars}
    assert bars == {"event-1": (False, True), "event-2": (True, False), "event-3": (False, True)}


def test_a_few_far_days_are_counted_and_do_not_shrink_the_axis() -> None:
    near = [event(number, D(2024, 3, 1) + datetime.timedelta(days=number % 60)) for number in range(200)]
    line = line_of(*near, event(901, D(1917, 3, 1)), event(902, D.max), event(903, D.min))
    assert line.start >= D(2024, 3, 1)
    assert line.end <= D(2024, 4, 30)
    assert line.before + line.after + sum(one.events for one in line.bins) == line.dated == 203


def test_the_ends_of_time_are_drawn() -> None:
    line = line_of(event(1, D.min, D.min), event(2, D.max, D.max))
    assert sum(one.events for one in line.bins) == 2
