"""Reading with the trained reader in place of the rules for who says what."""

from __future__ import annotations

import pytest

from twosource.engines.local import read_batch
from twosource.errors import UsageError
from twosource.pipeline import Reader, ReaderKind, default_reader, only_confident
from twosource.records import Reading, Report

TEXT = "Two aid workers told Reuters that the army had shelled the camp on Monday."


def _read(reader: Reader) -> Reading:
    return read_batch([Report(id="r", text=TEXT)], reader.stages, reader.equipment, reader.fingerprint)[0]


def test_both_ways_find_the_source_and_keep_apart_who_was_told() -> None:
    for way in ReaderKind:
        [claim] = [c for c in _read(default_reader(way)).claims if c.type == "shelling"]
        [source] = claim.sources
        assert source.name.endswith("aid workers"), way
        assert [named.name for named in claim.via] == ["Reuters"], way


def test_the_two_ways_have_fingerprints_of_their_own() -> None:
    assert default_reader(ReaderKind.RULES).fingerprint != default_reader(ReaderKind.TRAINED).fingerprint


def test_the_trained_reader_reads_a_report_alike_alone_and_among_others() -> None:
    reader = default_reader(ReaderKind.TRAINED)
    others = [Report(id=str(n), text=f"{n} officials said the town was quiet.") for n in range(3)]
    batch = [*others, Report(id="r", text=TEXT)]
    together = read_batch(batch, reader.stages, reader.equipment, reader.fingerprint)
    assert together[-1] == _read(reader)


def test_a_reader_of_surer_claims_has_a_fingerprint_of_its_own_and_finds_none_that_are_less_sure() -> None:
    reader = default_reader(ReaderKind.TRAINED)
    surer = only_confident(reader, 1.0)
    assert surer.fingerprint not in (reader.fingerprint, only_confident(reader, 0.5).fingerprint)
    assert all(claim.confidence is None or claim.confidence == 1 for claim in _read(surer).claims)


def test_a_confidence_that_is_no_probability_is_refused() -> None:
    with pytest.raises(UsageError, match=r"1\.5"):
        only_confident(default_reader(ReaderKind.TRAINED), 1.5)
