"""Addresses of events under a filter."""

from __future__ import annotations

import pytest

from twosource.web.event_asking import FIELDS, linking, with_query

NOTHING = dict.fromkeys(FIELDS, "")


@pytest.mark.parametrize("field", ["text", "place", "key", "report"])
@pytest.mark.parametrize(
    "asked",
    [{}, {"text": "two words"}, {"place": "Vale & Co", "key": "geonames:1"}, {"since": "2024-01-01", "key": "x"}],
)
def test_links_of_one_field_are_the_addresses_with_its_value(asked: dict[str, str], field: str) -> None:
    every = {**NOTHING, **asked}
    link = linking("/events", every, field)
    for value in ("", "geonames:2", "Málaga / 3 + 4", "a&b=c"):
        assert link(value) == with_query("/events", every, **{field: value})


def test_a_field_that_was_not_asked_for_comes_last() -> None:
    assert linking("/events", {"text": "a"}, "other")("b") == with_query("/events", {"text": "a"}, other="b")
