from __future__ import annotations

import re
from pathlib import Path

import pytest

from twosource.errors import UsageError
from twosource.intake.columns import GUESSES, parse_column_map, place_columns


def test_a_map_is_parsed() -> None:
    assert parse_column_map("date=published, source = outlet") == {"date": "published", "source": "outlet"}
    assert parse_column_map("a=b=text") == {"a=b": "text"}
    assert parse_column_map("") == {}


@pytest.mark.parametrize("written", ["date", "date=", "=text", "date=day", "a=text,b=text", "a=text,a=id"])
def test_a_map_that_can_not_be_meant_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="--map"):
        parse_column_map(written)


def test_the_map_beats_the_usual_names() -> None:
    names = ["ID", "Body", "Headline", "Source", "Published At", "extra"]
    assert place_columns(names, {}) == {
        "id": "ID",
        "text": "Body",
        "title": "Headline",
        "outlet": "Source",
        "published": "Published At",
    }
    assert place_columns(names, {"extra": "text"})["text"] == "extra"
    assert "outlet" not in place_columns(names, {"Source": "agency"})


def test_the_likeliest_of_several_names_wins() -> None:
    assert place_columns(["content", "text", "date", "published"], {}) == {"text": "text", "published": "published"}


def test_no_usual_name_stands_for_two_columns() -> None:
    names = [name for usual in GUESSES.values() for name in usual]
    assert len(names) == len(set(names))
    assert all(name.isalnum() and name.islower() for name in names)


def test_the_usual_names_are_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "input.md").read_text(encoding="utf-8")
    section = page.partition("usual names")[2].partition("\n\n")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^;|]+)", section, re.MULTILINE))
    told = {ours: tuple(name.strip().replace(" ", "") for name in names.split(",")) for ours, names in rows.items()}
    assert told == GUESSES
