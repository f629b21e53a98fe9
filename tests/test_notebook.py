"""The notebook of the tutorial runs from its first cell to its last."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coded_claims import coded_reader, example_rows

NOTEBOOK = Path(__file__).parents[1] / "docs" / "tutorial" / "claims-in-a-notebook.ipynb"
CELLS = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
CODE = ["".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "code"]


def test_every_cell_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("twosource.pipeline.default_reader", lambda: coded_reader(example_rows()))
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in CODE:
        exec(compile(cell, NOTEBOOK.name, "exec"), names)
    assert (names["read"].reports_new, len(names["claims"])) == (14, len(example_rows()))
    assert {8, 12, 27} <= set(names["tolls"]["killed_low"])
    assert len(names["axes"].containers) == names["tolls"]["outlet"].nunique()
    assert names["largest"]["origins"].max() > 1
    assert capsys.readouterr().out.count(": ") >= len(names["told"])
    names["plt"].close("all")


def test_it_is_kept_without_what_it_printed() -> None:
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in CELLS if cell["cell_type"] == "code")
