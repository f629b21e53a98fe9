from __future__ import annotations

import subprocess
import sys

import pytest

import twosource
from fake_reading import fake_reader
from twosource import pipeline


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "default_reader", lambda _kind=None: fake_reader())


def test_a_text_is_read_with_the_values_given() -> None:
    reading = twosource.read_text("Norland seized Vale.", published="2024-03-01", title="Fall of Vale", outlet="O")
    assert (reading.report.outlet, str(reading.report.published)) == ("O", "2024-03-01")
    assert reading.report.text == "Fall of Vale\n\nNorland seized Vale."
    assert [reading.words(span) for span in reading.claims[0].evidence] == ["Norland seized Vale"]
    assert reading.fingerprint == fake_reader().fingerprint


def test_the_same_values_give_the_same_ids_and_other_values_others() -> None:
    first, again = (twosource.read_text("Norland seized Vale.") for _ in range(2))
    other = twosource.read_text("Norland seized Vale.", outlet="O")
    assert first == again
    assert first.report.id != other.report.id
    assert first.claims[0].id != other.claims[0].id


def test_what_is_wrong_with_the_values_is_an_issue_of_the_reading() -> None:
    reading = twosource.read_text("Norland seized Vale. ???", published="2024-13-45")
    assert [issue.code for issue in reading.issues] == ["bad-date", "unclear"]
    assert len(reading.claims) == 1


def test_a_text_that_a_stage_fails_on_is_read_as_far_as_it_goes() -> None:
    reading = twosource.read_text("!crash")
    assert [issue.code for issue in reading.issues] == ["stage-failed"]


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, twosource; sys.exit(any(name in sys.modules for name in ('spacy', 'sqlalchemy', 'msgspec')))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=600).returncode == 0
