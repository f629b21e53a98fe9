from __future__ import annotations

import datetime
import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plain_reading import reading_of
from twosource.knowledge.time_rules import load_time_rules
from twosource.reading.times import read_times, time_issues
from twosource.reading.times.finding import find_expressions
from twosource.records import Time
from twosource.spans import Span

RULES = load_time_rules()
MONDAY = "2024-12-02"
ROWS = [(row.id, text) for row in RULES.rows for text in row.matches]
LEAVES = [(row.id, text) for row in RULES.rows for text in row.leaves]


def times_of(text: str, published: str | None = MONDAY, tags: dict[str, str] | None = None) -> tuple[Time, ...]:
    return read_times(reading_of(text, published, tags), RULES)


def days_of(text: str, published: str | None = MONDAY, tags: dict[str, str] | None = None) -> tuple[str, str]:
    (time,) = times_of(text, published, tags)
    return str(time.start), str(time.end)


@pytest.mark.parametrize(("rule", "text"), ROWS)
def test_each_rule_finds_its_examples(rule: str, text: str) -> None:
    row = next(pattern for pattern in RULES.patterns if pattern.id == rule)
    assert row.needs <= RULES.classes_in(text)
    assert row.pattern.search(text)


@pytest.mark.parametrize(("rule", "text"), LEAVES)
def test_each_rule_leaves_what_it_must(rule: str, text: str) -> None:
    found = find_expressions(text, Span(0, len(text)), RULES)
    assert rule not in [one.rule for one in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It fell on March 5, 2016.", "2016-03-05"),
        ("It fell on 5 March 2016.", "2016-03-05"),
        ("Thu Dec 14 2017 it fell.", "2017-12-14"),
        ("It fell in March 2011.", "2011-03"),
        ("It fell in 2011.", "2011"),
        ("It fell in the 1980s.", "198"),
        ("It fell in the 20th century.", "19"),
        ("It fell in the third quarter of 1984.", "1984-Q3"),
        ("It fell in the summer of 2013.", "2013-SU"),
        ("It fell last week.", "2024-W48"),
        ("It fell this month.", "2024-12"),
        ("It falls next year.", "2025"),
        ("It fell yesterday.", "2024-12-01"),
        ("It fell on Friday night.", "2024-11-29TNI"),
        ("It fell at 7:15 p.m. on Friday.", "2024-11-29T19:15"),
        ("It fell at 0700 GMT.", "2024-12-02T07:00"),
        ("It took two and a half years.", "P2Y6M"),
        ("It took a decade.", "P10Y"),
        ("It took months.", "PXM"),
        ("It took 48 hours.", "PT48H"),
        ("It fell nearly four years ago.", "2020"),
        ("It fell two months ago.", "2024-10"),
        ("It fell ten days ago.", "2024-11-22"),
        ("Flights are daily.", "P1D"),
        ("Every Friday they met.", "XXXX-WXX-5"),
        ("They hold it now.", "PRESENT_REF"),
        ("They recently lost it.", "PAST_REF"),
        ("They fear the future.", "FUTURE_REF"),
    ],
)
def test_values_are_those_of_timex3(text: str, value: str) -> None:
    assert [time.value for time in times_of(text)] == [value]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Overnight they left.", "2024-12-01", "2024-12-02"),
        ("Last week they left.", "2024-11-25", "2024-12-01"),
        ("This week they left.", "2024-12-02", "2024-12-02"),
        ("Since Friday nobody came.", "2024-11-29", "2024-12-02"),
        ("In the last ten days they left.", "2024-11-22", "2024-12-02"),
        ("In the beginning of 2014 they left.", "2014-01-01", "2014-03-31"),
        ("In late 2012 they left.", "2012-10-01", "2012-12-31"),
        ("In recent days they left.", "2024-11-25", "2024-12-02"),
        ("In recent weeks they left.", "None", "2024-12-02"),
        ("In late September they left.", "2024-09-21", "2024-09-30"),
        ("In mid-October they left.", "2024-10-11", "2024-10-20"),
        ("In the past 48 hours they left.", "2024-11-30", "2024-12-02"),
        ("In the next few days they leave.", "2024-12-02", "2024-12-09"),
        ("Since 2014 they left.", "2014-01-01", "2024-12-02"),
        ("Until 2016 they stayed.", "None", "2016-12-31"),
        ("Before 2014 they stayed.", "None", "2013-12-31"),
        ("Before 12 December 2024 they leave.", "2024-12-02", "2024-12-11"),
        ("In the night from Saturday to Sunday they left.", "2024-11-30", "2024-12-01"),
        ("Over the weekend they left.", "2024-11-30", "2024-12-01"),
        ("Between 24 and 30 November they left.", "2024-11-24", "2024-11-30"),
        ("Last June they left.", "2024-06-01", "2024-06-30"),
        ("Earlier this year they left.", "2024-01-01", "2024-12-02"),
        ("Late last year they left.", "2023-10-01", "2023-12-31"),
    ],
)
def test_days_follow_the_codebook(text: str, start: str, end: str) -> None:
    assert days_of(text) == (start, end)


def test_a_bare_weekday_is_the_nearest_past_one_and_the_day_itself_counts() -> None:
    assert days_of("They left on Monday.") == (MONDAY, MONDAY)
    assert days_of("They left on Tuesday.") == ("2024-11-26", "2024-11-26")


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("They will meet on Thursday.", {"will": "MD", "meet": "VB"}),
        ("They are expected to meet on Thursday.", {"are": "VBP", "expected": "VBN", "to": "TO", "meet": "VB"}),
        ("On Thursday they will meet.", {"will": "MD", "meet": "VB"}),
        ("Talks are scheduled for Thursday.", {}),
        ("They must leave by Thursday.", {"must": "MD", "leave": "VB"}),
    ],
)
def test_a_weekday_is_to_come_where_its_clause_looks_forward(text: str, tags: dict[str, str]) -> None:
    (time,) = times_of(text, tags=tags)
    assert time.value == "2024-12-05"


def test_each_row_that_looks_forward_moves_the_weekday_of_its_examples() -> None:
    tags = {
        "expected": "VBN",
        "are": "VBP",
        "to": "TO",
        "meet": "VB",
        "plan": "VBP",
        "met": "VBD",
        "was": "VBD",
        "were": "VBD",
    }
    for row in RULES.forward_rows:
        for text in row.matches:
            assert max(time.value for time in times_of(text, tags=tags)) > MONDAY, (row.id, text)
        for text in row.leaves:
            assert max(time.value for time in times_of(text, tags=tags)) <= MONDAY, (row.id, text)


def test_a_date_without_a_year_takes_the_nearer_year() -> None:
    assert days_of("On 28 December the road was cut.", "2024-01-05") == ("2023-12-28", "2023-12-28")
    assert days_of("The 10 January deadline stands.", "2024-12-30") == ("2025-01-10", "2025-01-10")


def test_a_time_counts_from_another_time_in_the_text() -> None:
    first, second = times_of("In late 2012 it began.\nSix months later it was over.")
    assert (str(first.start), str(second.start), str(second.end)) == ("2012-10-01", "2013-04-01", "2013-06-30")
    assert second.anchor == "text"
    _, evening = times_of("On 14 November it rained.\nThat evening the dam broke.")
    assert evening.value == "2024-11-14TEV"


def test_a_time_of_day_alone_stands_on_the_day_told_of() -> None:
    _, dawn = times_of("The raid began on Saturday.\nAt dawn it was over.")
    assert str(dawn.start) == "2024-11-30"


def test_both_ends_of_a_range_carry_all_of_it() -> None:
    first, second = times_of("They held it from 2012 until 2016.")
    assert (first.value, second.value) == ("2012", "2016")
    assert (str(first.start), str(first.end)) == (str(second.start), str(second.end)) == ("2012-01-01", "2016-12-31")


def test_since_governs_the_date_of_its_clause() -> None:
    (time,) = times_of("Thousands died since the war began in March 2011.")
    assert time.phrase is not None
    assert (str(time.start), str(time.end), time.relation) == ("2011-03-01", MONDAY, "since")
    assert (
        reading_of("Thousands died since the war began in March 2011.").words(time.phrase).startswith("since the war")
    )


def test_without_a_publication_a_relative_time_stays_open() -> None:
    for text in ("It fell yesterday.", "It fell last week.", "It fell on Friday.", "It fell in June."):
        (time,) = times_of(text, None)
        assert (time.start, time.end, time.anchor) == (None, None, "publication")
        assert "X" in time.value


def test_without_a_publication_a_date_takes_the_year_told_before() -> None:
    _, day = times_of("In early November 2005 it began.\nOn 14 November it was over.", None)
    assert day.value == "2005-11-14"


def test_an_ambiguous_date_keeps_both_readings_and_is_an_issue() -> None:
    reading = reading_of("Signed 03/04/2017 in the town.", "2019-06-01")
    times = read_times(reading, RULES)
    assert {times[0].value, times[0].other} == {"2017-04-03", "2017-03-04"}
    read = type(reading)(report=reading.report, times=times)
    assert [issue.code for issue in time_issues(read)] == ["ambiguous-date"]


def test_the_publication_settles_an_ambiguous_date() -> None:
    (time,) = times_of("Signed 03/04/2017 in the town.", "2017-04-04")
    assert (time.value, time.other) == ("2017-04-03", None)


def test_another_date_of_the_text_settles_an_ambiguous_one() -> None:
    times = times_of("Signed 03/04/2017 and again on 25/04/2017.")
    assert [(time.value, time.other) for time in times] == [("2017-04-03", None), ("2017-04-25", None)]


@pytest.mark.parametrize(
    ("url", "value"),
    [("https://paper.example.uk/a", "2017-04-03"), ("https://base.example.mil/a", "2017-03-04")],
)
def test_the_outlets_address_settles_an_ambiguous_date(url: str, value: str) -> None:
    reading = reading_of("Signed 03/04/2017 in the town.", "2019-06-01")
    reading = msgspec.structs.replace(reading, report=msgspec.structs.replace(reading.report, url=url))
    assert [(time.value, time.other) for time in read_times(reading, RULES)] == [(value, None)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("It came a day after the Nov. 27 truce.", [("2024-11-28", "2024-11-28"), ("2024-11-27", "2024-11-27")]),
        ("Two weeks before 10 June 2014 it began.", [("2014-05-27", "2014-05-27"), ("2014-06-10", "2014-06-10")]),
    ],
)
def test_so_many_days_after_a_day_are_counted_from_it(text: str, days: list[tuple[str, str]]) -> None:
    times = times_of(text)
    assert [(str(time.start), str(time.end)) for time in times] == days
    assert times[0].anchor == "text"


def test_what_is_fixed_to_come_is_counted_forward() -> None:
    (time,) = times_of("The truce expires in two weeks.", tags={"expires": "VBZ"})
    assert (str(time.start), str(time.end)) == ("2024-12-16", "2024-12-16")


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the town.",
        "A 12-year-old boy was found.",
        "Some 2000 fighters came.",
        "The second shell killed no one.",
        "More than a quarter of the houses burned.",
        "On 30 February 2015 nothing happened.",
    ],
)
def test_what_is_no_time_is_left(text: str) -> None:
    assert times_of(text) == ()


def test_lost_apostrophes_and_commas_do_no_harm() -> None:
    assert [time.value for time in times_of("Tuesdays attack came after July 17 2017.")] == ["2024-11-26", "2017-07-17"]


@given(st.text(max_size=300), st.one_of(st.none(), st.dates()))
def test_any_text_is_read_and_every_span_slices_back(text: str, day: datetime.date | None) -> None:
    for time in times_of(text, day.isoformat() if day else None):
        assert text[time.span.start : time.span.end] == time.text
        assert time.start is None or time.end is None or time.start <= time.end


_PIECES = st.sampled_from(
    [
        "in",
        "on",
        "since",
        "the",
        "last",
        "next",
        "5",
        "14",
        "2016",
        "0",
        "30",
        "99999",
        "May",
        "March",
        "Monday",
        "week",
        "weeks",
        "year",
        "ago",
        "later",
        "two",
        "dozens",
        "of",
        "early",
        "late",
        "-",
        "/",
        "to",
        "and",
        "12:30",
        "p.m.",
        "noon",
        "dawn",
        "every",
        "a",
        "quarter",
        "Christmas",
    ]
)


@given(st.lists(_PIECES, max_size=14).map(" ".join), st.one_of(st.none(), st.dates()))
def test_any_heap_of_time_words_is_read(text: str, day: datetime.date | None) -> None:
    times = times_of(text, day.isoformat() if day else None)
    for before, after in itertools.pairwise(times):
        assert before.span.end <= after.span.start


@given(
    st.dates(datetime.date(1990, 1, 1), datetime.date(2080, 1, 1)),
    st.sampled_from(
        [
            "It fell yesterday.",
            "It fell on Friday.",
            "It fell last Tuesday night.",
            "It fell last week.",
            "It fell ten days ago.",
            "Overnight it fell.",
            "In the past two weeks it fell.",
            "At the weekend it fell; over the weekend it burned.",
        ]
    ),
)
def test_a_week_later_every_relative_day_is_a_week_later(day: datetime.date, text: str) -> None:
    week = datetime.timedelta(days=7)
    now, then = times_of(text, day.isoformat()), times_of(text, (day + week).isoformat())
    assert [(t.start and t.start + week, t.end and t.end + week) for t in now] == [(t.start, t.end) for t in then]
