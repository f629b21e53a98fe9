"""What the tests of the layers share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.signalled import Make

from twosource.reading.claims_model import claims_from_signals
from twosource.reading.equipment import Equipment
from twosource.reading.signals import EventSignal
from twosource.reading.tree import Tree
from twosource.records import Claim, Reading


@pytest.fixture
def make(read: Callable[[str], Reading], equipment: Equipment) -> Make:
    """Makes claims of a text by the layer itself, from events made by hand."""

    def claims(text: str, *events: EventSignal) -> tuple[Claim, ...]:
        reading = read(text)
        return claims_from_signals(reading, Tree(reading), events, equipment.claims)

    return claims
