"""The digest of a project's readings: what changes it and what does not."""

from __future__ import annotations

from pathlib import Path

from fake_reading import fake_reader, make_report
from troubled_reading import troubled_reader
from twosource.engines import Engine
from twosource.engines.pool import Pool
from twosource.pipeline import store_reports
from twosource.records import Report
from twosource.store import open_project
from twosource.store.reading_digest import ReadingDigest, reading_digest

REPORTS = [make_report(f"r{n:03}", f"Norland shelled Vale{n}, killing {n}. ???") for n in range(70)]


def digest_after(path: Path, *runs: list[Report], reader: Engine | None = None) -> ReadingDigest:
    with open_project(path, create=True) as project:
        for run in runs:
            store_reports(run, project, reader or fake_reader())
        with project.looking() as connection:
            return reading_digest(connection)


def test_order_and_runs_do_not_change_it(tmp_path: Path) -> None:
    once = digest_after(tmp_path / "once.db", REPORTS)
    assert once.readings == 70
    assert digest_after(tmp_path / "parts.db", REPORTS[50:], REPORTS[:60][::-1], REPORTS) == once


def test_workers_do_not_change_it(tmp_path: Path) -> None:
    whole = [*REPORTS, make_report("bad", "!crash"), *REPORTS[:3]]
    with Pool(troubled_reader, workers=2, share=3) as engine:
        assert digest_after(tmp_path / "pool.db", whole, reader=engine) == digest_after(tmp_path / "one.db", whole)


def test_another_claim_issue_report_or_reader_changes_it(tmp_path: Path) -> None:
    text = "Norland shelled Vale. ???"
    base = digest_after(tmp_path / "base.db", [make_report("r", text)])
    others = [
        digest_after(tmp_path / "claim.db", [make_report("r", text.replace("Vale", "Dale"))]),
        digest_after(tmp_path / "issue.db", [make_report("r", text + "???")]),
        digest_after(tmp_path / "id.db", [make_report("s", text)]),
        digest_after(tmp_path / "reader.db", [make_report("r", text)], reader=fake_reader(version=2)),
        digest_after(tmp_path / "more.db", [make_report("r", text), make_report("s", "Quiet.")]),
        digest_after(tmp_path / "none.db"),
    ]
    assert len({one.sha256 for one in [base, *others]}) == 7


def test_only_current_versions_count(tmp_path: Path) -> None:
    old, new = make_report("r", "Norland shelled Vale."), make_report("r", "Norland seized Vale.")
    assert digest_after(tmp_path / "both.db", [old], [new]) == digest_after(tmp_path / "new.db", [new])
