"""The scan's weights on the disk."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import pytest

from twosource.errors import KnowledgeError
from twosource.model.scanning import BUCKETS, SCAN_FILE, load_scan, write_scan


def test_what_is_written_is_loaded_within_a_step(tmp_path: Path) -> None:
    weights = [0.0] * BUCKETS
    weights[3], weights[9] = 1.27, -0.5
    write_scan(tmp_path / SCAN_FILE, weights, -1.5, 2.0, 0.25)
    scan = load_scan(tmp_path)
    assert (scan.bias, scan.of_report, scan.least) == (-1.5, 2.0, 0.25)
    assert scan.weights[3] == pytest.approx(1.27, abs=0.005)
    assert scan.weights[9] == pytest.approx(-0.5, abs=0.005)


def test_a_file_that_is_missing_or_cut_off_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="install twosource again"):
        load_scan(tmp_path)
    (tmp_path / SCAN_FILE).write_bytes(b"short")
    with pytest.raises(KnowledgeError, match="install twosource again"):
        load_scan(tmp_path)


BESIDES = (
    "Fighting continued around the town on Monday, residents said.",
    "Shells fell on a market and wounded several people.",
    "The army said that it had killed dozens of militants.",
)


@pytest.mark.parametrize(
    "words",
    [
        "At least 12 people were killed when government forces shelled the town on Tuesday.",
        "Rebels seized the airbase after two days of fighting, activists said.",
        "The ministry denied that its aircraft had bombed the hospital.",
        "Militants abducted three aid workers near the border.",
        "Tanks were seen moving towards the front line.",
    ],
)
def test_the_packaged_scan_keeps_what_claims_look_like(words: str) -> None:
    with as_file(files("twosource").joinpath("model", "weights")) as folder:
        assert load_scan(folder).chosen([*BESIDES, words])[-1] == len(BESIDES)
