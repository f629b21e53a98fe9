from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.intake.report import clean_text, report_from_text
from twosource.records import Report
from twosource.spans import Span

BODY = "The ferry sails again, the owner said.\n\nThree boats follow."


def read(text: str, published: str | None = None, title: str | None = None) -> tuple[Report, list[str]]:
    report, issues = report_from_text(text, id="a", published=published, title=title)
    return report, [issue.code for issue in issues]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_a_title_stands_before_the_body() -> None:
    report, _ = read(BODY, title="  Ferry\nresumes ")
    assert report.title == "Ferry resumes"
    assert report.text == f"Ferry resumes\n\n{BODY}"
    assert report.text[report.body :] == BODY


@pytest.mark.parametrize(
    ("title", "opening", "body"),
    [
        ("Ferry resumes its crossings", "FERRY resumes  its crossings.\n\nThe owner said so.", "The owner"),
        ("Ferry resumes its crossings", "Wed 05 Jun 2019 Ferry resumes its crossings. The owner said so.", "The owner"),
        ("Ferry resumes its crossings | River Post", "Ferry resumes its crossings\n\nThe owner said so.", "The owner"),
        ("River Post - Ferry resumes its crossings", "Ferry resumes its crossings\n\nThe owner said so.", "The owner"),
        ("Ferry resumes its crossings", "Ferry resumes its crossings on the river.", "Ferry resumes"),
        ("Ferry resumes its crossings", "Much to the joy of all who live along the upper river and of those who trade "
         "there, the ferry resumes its crossings today.", "Much to"),
    ],
)  # fmt: skip
def test_a_title_that_the_body_repeats_stands_once(title: str, opening: str, body: str) -> None:
    report, _ = read(opening, title=title)
    assert (report.text, report.title) == (opening, title)
    assert report.text[report.body :].startswith(body)


def test_a_short_title_part_is_not_taken_for_the_title() -> None:
    report, _ = read("The ferry - a small one - sails again.", title="Ferry - River Post - Lodeva")
    assert report.text.startswith("Ferry - River Post - Lodeva\n\nThe ferry")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ferry resumes its crossings\n\nThe owner said so.", "Ferry resumes its crossings"),
        ("# Ferry resumes\n\n\nThe owner said so.", "Ferry resumes"),
        ("Published June 5, 2019\n\nFerry resumes\n\nThe owner said so.", "Ferry resumes"),
        ("Ferry resumes its crossings\nThe owner said so.", None),
        ("Ferry resumes its crossings.\n\nThe owner said so.", None),
        ("By our river desk\n\nThe owner said so.", None),
        ("LODEVA, June 5, 2019 (Reuters) --\n\nThe owner said so.", None),
        ("word " * 21 + "\n\nThe owner said so.", None),
        ("Ferry resumes", None),
    ],
)
def test_a_short_first_line_is_the_title(text: str, title: str | None) -> None:
    report, _ = read(text)
    assert (report.title, report.text) == (title, text.strip())
    assert report.text[report.body :].startswith("The owner" if title else text[:5])


def test_a_date_in_the_text_is_preferred_and_the_disagreement_told() -> None:
    report, issues = report_from_text("LODEVA, June 4 (Reuters) - " + BODY, id="a", published=day("2019-06-05"))
    assert report.published == day("2019-06-04")
    assert [(d.day, d.rule) for d in report.dates] == [(day("2019-06-05"), "header"), (day("2019-06-04"), "dateline")]
    assert [issue.code for issue in issues] == ["dates-disagree"]
    assert issues[0].report == "a"
    assert "2019-06-05" in issues[0].reason and "2019-06-04" in issues[0].reason
    assert report.agency == "Reuters"


def test_a_date_without_a_year_takes_the_nearest_to_the_header() -> None:
    report, _ = read("LODEVA, Dec 31 - " + BODY, published="2019-01-01")
    assert report.published == day("2018-12-31")
    without, codes = read("LODEVA, Dec 31 - " + BODY)
    assert (without.published, without.dates, codes) == (None, (), [])


def test_day_and_month_are_settled_by_the_header_or_not_at_all() -> None:
    assert read("05-06-2019 " + BODY, published="2019-06-05")[0].published == day("2019-06-05")
    assert read("05-06-2019 " + BODY, published="2019-05-07")[0].published == day("2019-05-06")
    report, codes = read("05-06-2019 " + BODY)
    assert (report.published, codes) == (None, ["ambiguous-date"])


def test_an_ambiguous_header_is_settled_by_the_text() -> None:
    assert read("5 June 2019 " + BODY, published="06/05/2019") == (read("5 June 2019 " + BODY, "06/05/2019")[0], [])
    assert read("5 June 2019 " + BODY, published="06/05/2019")[0].published == day("2019-06-05")
    report, codes = read(BODY, published="06/05/2019")
    assert (report.published, codes) == (None, ["ambiguous-date"])


def test_a_bad_date_is_told_and_the_report_is_read() -> None:
    report, codes = read(BODY, published="31 February 2019")
    assert (report.published, report.text, codes) == (None, BODY, ["bad-date"])


def test_a_given_agency_beats_the_credit() -> None:
    report, _ = report_from_text(BODY + " - REUTERS", id="a", agency="River Wire")
    assert report.agency == "River Wire"


def test_digest_changes_with_every_value_and_with_nothing_else() -> None:
    values = {"title": "T", "outlet": "O", "url": "U", "agency": "A", "language": "en", "published": "2019-06-05"}
    base = report_from_text(BODY, id="a", **values)[0].digest
    assert base == report_from_text(BODY, id="a", **values)[0].digest
    others = [report_from_text(BODY, id="a", **{**values, key: "2018-01-01"})[0].digest for key in values]
    others += [
        report_from_text(BODY, id="b", **values)[0].digest,
        report_from_text(BODY + "!", id="a", **values)[0].digest,
    ]
    assert len({base, *others}) == len(values) + 3


def test_cleaning_keeps_all_but_line_ends_nuls_and_edges() -> None:
    assert clean_text("\n a\r\nb\rc\x00d\u200fe\u0301 \ud800\t\n") == "a\nb\ncd\u200fe\u0301 \ufffd"


@given(st.text(max_size=300), st.one_of(st.none(), st.text(max_size=40)), st.one_of(st.none(), st.text(max_size=30)))
def test_any_values_make_a_report_that_holds_its_body(text: str, title: str | None, published: str | None) -> None:
    report, _ = report_from_text(text, id="a", title=title, published=published)
    assert clean_text(text) in report.text
    assert 0 <= report.body <= len(report.text)
    report.text.encode("utf-8")


@given(
    st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)),
    st.sampled_from(["{} ", "Published {} ", "LODEVA, {} (AP) - ", "Print this page {} 16:45 ", "Last updated: {}\n"]),
    st.sampled_from(["%A %d %B %Y", "%b %d, %Y", "%Y/%m/%d", "%d.%m.%Y"]),
)
def test_spans_of_sightings_slice_to_the_date(date: datetime.date, frame: str, writing: str) -> None:
    words = date.strftime(writing)
    report, _ = report_from_text(frame.format(words) + BODY, id="a", title="Ferry resumes")
    assert report.published == date
    found = [sighting.span for sighting in report.dates if sighting.span is not None]
    assert [span.of(report.text) for span in found] == [words]
    assert all(isinstance(span, Span) for span in found)
