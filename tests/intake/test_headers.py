from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twosource.intake.headers import split_header


def test_a_header_gives_its_values_and_their_lines() -> None:
    header, body = split_header("\noutlet: River Post\nPublished:2019-06-05\nurl: https://example.org/a:b\n\nBody.\n")
    assert header.values == {"outlet": "River Post", "published": "2019-06-05", "url": "https://example.org/a:b"}
    assert header.lines == {"outlet": 2, "published": 3, "url": 4}
    assert (body.strip(), header.issues) == ("Body.", ())


def test_a_body_that_opens_with_a_colon_is_no_header() -> None:
    for text in (
        "KYIV: Officials said the ferry sails.\n\nMore.",
        "PRESENTER: Good evening.\nODA: The ferry sails.\n\nMore.",
        "https://example.org\n\nMore.",
        "title of the report\n\nMore.",
    ):
        header, body = split_header(text)
        assert (header.values, body) == ({}, text)


def test_unknown_keys_are_told_with_the_line_and_the_likely_key() -> None:
    header, _ = split_header("outlet: River Post\ndate: 2019-06-05\nmood: calm\n\nBody.", "a.txt")
    assert [(issue.code, issue.path, issue.line) for issue in header.issues] == [
        ("unknown-header-key", "a.txt", 2),
        ("unknown-header-key", "a.txt", 3),
    ]
    assert "'published'" in header.issues[0].reason


def test_a_key_given_twice_keeps_the_first() -> None:
    header, _ = split_header("title: One\ntitle: Two\n\nBody.")
    assert header.values == {"title": "One"}
    assert [issue.code for issue in header.issues] == ["header-key-twice"]


def test_a_header_without_its_blank_line_is_read_and_told() -> None:
    header, body = split_header("outlet: River Post\npublished: 2019-06-05\nThe ferry sails again.\n\nMore.")
    assert (header.values["outlet"], body[:9]) == ("River Post", "The ferry")
    assert [(issue.code, issue.line) for issue in header.issues] == [("header-unclosed", 3)]


def test_an_empty_value_says_nothing() -> None:
    header, _ = split_header("outlet:\ntitle: One\n\nBody.")
    assert header.values == {"title": "One"}


@given(st.text(max_size=200))
def test_the_rest_is_always_the_end_of_the_text(text: str) -> None:
    header, body = split_header(text)
    assert text.endswith(body)
    assert header.values or header.issues or body == text
