"""A doubt that the reader tells where no word tells of one."""

from __future__ import annotations

import msgspec
import pytest
from tests.signalled import Make, event

from twosource.closed_sets import Certainty, ClaimType


@pytest.mark.parametrize(
    ("text", "doubt", "wanted"),
    [
        ("The army was busy holding Goma.", 0.7, Certainty.CERTAIN),
        ("The army was busy holding Goma.", 0.95, Certainty.PROBABLE),
        ("The army was reportedly holding Goma.", 0.7, Certainty.PROBABLE),
    ],
    ids=["no word of doubt", "none, and a sure reader", "a word of doubt"],
)
def test_without_a_word_of_doubt_the_reader_must_be_surer(
    make: Make, text: str, doubt: float, wanted: Certainty
) -> None:
    told = event(text, "holding", ClaimType.HOLDS, evidence=text[:-1], actors="The army", places="Goma")
    told = msgspec.structs.replace(told, certainty=(1 - doubt, doubt, 0.0, 0.0))
    assert [claim.certainty for claim in make(text, told)] == [wanted]
