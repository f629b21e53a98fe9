from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.intake.days import DayOrder, order_of_column, read_day

JUNE_5 = datetime.date(2019, 6, 5)


@pytest.mark.parametrize(
    "written",
    [
        *("2019-06-05", "2019/6/5", "20190605", "2019-06-05T21:59:00Z", "2019-06-05 21:59:00+02:00"),
        *("5 June 2019", "5th June, 2019", "June 5, 2019", "JUNE 5 2019", "Jun. 5, 2019", "Jun 052019", "5-Jun-2019"),
        *("Wed, 05 Jun 2019 21:59:00 GMT", "Wednesday 5 June 2019", "05.06.2019", "Wed 06/05/2019", '"June 5, 2019"'),
    ],
)
def test_a_day_is_read_in_any_usual_writing(written: str) -> None:
    assert read_day(written) == (JUNE_5,)


@pytest.mark.parametrize("written", ["2019-02-31", "31 June 2019", "June 2019", "yesterday", "June 5", "", "5/2019"])
def test_what_is_no_day_of_the_calendar_gives_none(written: str) -> None:
    assert read_day(written) == ()


def test_day_and_month_in_figures_may_be_two_days() -> None:
    assert read_day("05/06/2019") == (JUNE_5, datetime.date(2019, 5, 6))
    assert read_day("06/05/2019", DayOrder.MONTH_FIRST) == (JUNE_5,)
    assert read_day("27/06/2019") == (datetime.date(2019, 6, 27),)
    assert read_day("06/06/2019") == (datetime.date(2019, 6, 6),)


def test_a_column_proves_its_order_by_figures_over_twelve() -> None:
    assert order_of_column(["4/5/2017", "4/19/2017"]) is DayOrder.MONTH_FIRST
    assert order_of_column(["4/5/2017", "19-4-2017", "x"]) is DayOrder.DAY_FIRST
    assert order_of_column(["4/5/2017"]) is None
    assert order_of_column(["4/19/2017", "19/4/2017"]) is None


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(["%d %B %Y", "%b %d, %Y"]))
def test_every_day_reads_back(day: datetime.date, writing: str) -> None:
    assert read_day(day.strftime(writing)) == (day,)


@given(st.text(max_size=60))
def test_any_value_gives_two_days_at_most(written: str) -> None:
    assert len(read_day(written)) <= 2
