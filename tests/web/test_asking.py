"""The query that goes on where a page looked no further."""

from __future__ import annotations

import datetime

import pytest

from twosource.store.decided_query import LeftOut
from twosource.web.asking import earlier

DAY = datetime.date(2024, 5, 5)


@pytest.mark.parametrize(
    ("since", "until", "query"),
    [
        (DAY, datetime.date(2024, 5, 9), "?place=Orm&published_until=2024-05-05"),
        (DAY, DAY, "?place=Orm&published_until=2024-05-04"),
        (None, DAY, ""),
        (datetime.date.min, datetime.date.min, ""),
    ],
    ids=["several days", "one day that has more", "undated ones too", "the first day"],
)
def test_the_query_goes_on_with_the_days_before(since: datetime.date | None, until: datetime.date, query: str) -> None:
    left_out = LeftOut(looked_at=150, since=since, until=until)
    assert earlier({"place": "Orm", "published_until": "2024-05-09"}, left_out) == query


def test_where_nothing_was_left_out_there_is_nothing_to_go_on_with() -> None:
    assert earlier({"place": "", "published_until": ""}, None) == ""
