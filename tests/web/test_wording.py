from __future__ import annotations

import datetime
import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.closed_sets import FigureKind
from twosource.records import Figure
from twosource.spans import Span
from twosource.web.wording import days_words, figure_words, plain, report_path, safe_link, visible

DAY = datetime.date(2024, 12, 1)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, None),
        (DAY, DAY, "1 Dec 2024"),
        (DAY, datetime.date(2024, 12, 3), "1 – 3 Dec 2024"),
        (datetime.date(2024, 11, 30), DAY, "30 Nov – 1 Dec 2024"),
        (datetime.date(2023, 12, 31), DAY, "31 Dec 2023 – 1 Dec 2024"),
        (DAY, None, "since 1 Dec 2024"),
        (None, DAY, "until 1 Dec 2024"),
    ],
)
def test_days_are_put_as_one_range(start: datetime.date | None, end: datetime.date | None, words: str | None) -> None:
    assert days_words(start, end) == words


@pytest.mark.parametrize(
    ("low", "high", "kind", "unit", "approximate", "words"),
    [
        (12, None, FigureKind.KILLED, None, False, "12 or more killed"),
        (None, 50, FigureKind.FIGHTERS, None, False, "up to 50 fighters"),
        (24, 99, FigureKind.INJURED, None, False, "24 – 99 injured"),
        (2000, 2000, FigureKind.DISPLACED, None, True, "about 2,000 displaced"),
        (5_000_000, 5_000_000, FigureKind.MONEY, "dollars", False, "5,000,000 dollars"),
        (3, 3, FigureKind.OTHER, None, False, "3"),
    ],
)
def test_a_figure_is_put_as_its_range(
    low: int | None, high: int | None, kind: FigureKind, unit: str | None, approximate: bool, words: str
) -> None:
    span = Span(0, 1)
    figure = Figure(
        span=span, phrase="", number=span, kind=kind, rule="", low=low, high=high, unit=unit, approximate=approximate
    )
    assert figure_words(figure) == words


@given(st.text())
def test_visible_text_holds_no_tag_but_the_placeholder_and_no_control(text: str) -> None:
    shown = str(visible(text))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", shown)
    left = re.sub(r'<span class="control" title="[^"<>]*">⟨U\+[0-9A-F]{4}⟩</span>', "", shown)
    assert "<" not in left
    assert ">" not in left


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"])))
def test_visible_text_without_controls_is_the_text(text: str) -> None:
    assert html.unescape(str(visible(text))) == text


def test_joiners_that_scripts_and_emoji_need_stay() -> None:
    text = "👩🏽‍🚒 می‌خواهم"
    assert str(visible(text)) == text


def test_an_override_stands_as_plain_words_in_an_attribute() -> None:
    assert plain("a\u202eb") == "a⟨U+202E⟩b"


@pytest.mark.parametrize("report_id", ["a/b", "..", "a?b#c", "<i>", "é 1"])
def test_any_id_has_a_path_of_its_own(report_id: str) -> None:
    path = report_path(report_id)
    assert re.fullmatch(r"/reports/[\w%.~-]+", path)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//host", "https:", "http://[", None, ""])
def test_only_web_addresses_are_linked(url: str | None) -> None:
    assert safe_link(url) is None
    assert safe_link("https://press.example/1") == "https://press.example/1"
