"""What many tests share: the loaded equipment, a reader of sentences, and where gold data would be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from twosource.records import Reading, Report
from twosource.stage import run_stages

if TYPE_CHECKING:
    from twosource.reading.equipment import Equipment

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def equipment() -> Equipment:
    """The packaged equipment, loaded once for all tests."""
    from twosource.model.load import load_equipment

    return load_equipment()


@pytest.fixture(scope="session")
def read(equipment: Equipment) -> Callable[[str], Reading]:
    """Reads a text without title or date; a text is read once in a session."""
    from twosource.reading.read import STAGES

    known: dict[str, Reading] = {}

    def read_once(text: str) -> Reading:
        if text not in known:
            [known[text]] = run_stages([Reading(report=Report(id="r", text=text))], STAGES, equipment)
        return known[text]

    return read_once


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of gold data; the test is skipped, and says so, where the project stands alone."""
    folder = SHARED / "gold"
    if not folder.is_dir():
        pytest.skip("gold data is not beside the project")
    return folder
