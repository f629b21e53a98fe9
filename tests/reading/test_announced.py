"""What is told plainly, though not yet done, is in no doubt for a reader's guess alone."""

from __future__ import annotations

import pytest
from tests.signalled import Make, event

from twosource.closed_sets import Certainty, ClaimType


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The army will soon shell Orle.", Certainty.CERTAIN),
        ("The army is capable of shelling Orle.", Certainty.CERTAIN),
        ("The army will probably shell Orle.", Certainty.PROBABLE),
        ("The army might shell Orle.", Certainty.POSSIBLE),
        ("The army, some say, went to shell Orle.", Certainty.POSSIBLE),
    ],
)
def test_what_will_be_and_what_one_is_capable_of_is_no_doubt(make: Make, text: str, certainty: Certainty) -> None:
    word = "shelling" if "shelling" in text else "shell"
    told = event(text, word, ClaimType.SHELLING, evidence=text[:-1], places="Orle", certainty=Certainty.POSSIBLE)
    assert make(text, told)[0].certainty is certainty
