"""Five readers and two writers at once: every request is answered, and every decision stands in a whole log."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from fake_reading import fake_reader, make_report
from twosource.pipeline import store_reports
from twosource.store import open_project
from twosource.views.claims import every_claim

ROOT = Path(__file__).parents[2]


def test_no_decision_is_lost_while_others_read_and_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    load = import_module("bench.load")
    path = tmp_path / "load.db"
    with open_project(path, create=True) as project:
        reports = [make_report(f"r{n}", f"Rebels shelled Town{n} on 2019-06-05, killing {n + 2}.") for n in range(6)]
        store_reports(reports, project, fake_reader())
        targets = [(one.report.id, one.claim.id) for one in every_claim(project)]
    with load.serving(path) as address:
        outcome = load.run(address, targets, load.Load(readers=5, writers=2, turns=9))
    reasons, faults = load.kept(path)
    assert outcome.failed == []
    assert len(outcome.read) == 45 and len(outcome.sent) == 18
    assert sorted(reasons) == sorted(outcome.sent) and faults == 0
