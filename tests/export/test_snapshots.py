from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path

import pytest

from fake_reading import make_report
from located_reading import REPORTS, located_reader
from twosource.errors import InputError
from twosource.export.material import Choice, Publication
from twosource.export.snapshots import Change, changes, read_snapshot, snapshot
from twosource.pipeline import store_reports
from twosource.store import Project, open_project
from twosource.views.claims import ClaimFilter

DAY = datetime.date(2024, 4, 1)


def lines(project: Project, choice: Choice | None = None) -> list[bytes]:
    return list(snapshot(project, DAY, choice))


def test_a_snapshot_has_a_date_and_the_hash_of_its_lines_to_cite(exported: Project) -> None:
    first, *others = lines(exported)
    head = json.loads(first)
    assert head["sha256"] == hashlib.sha256(b"".join(others)).hexdigest()
    assert head["name"] == f"twosource-2024-04-01-{head['sha256'][:12]}"
    assert (head["counts"]["report"], head["counts"]["claim"]) == (3, 4)
    assert lines(exported) == [first, *others]
    assert b"Nothing of note" not in b"".join(others)


def test_what_was_chosen_is_told_but_no_masked_name(exported: Project) -> None:
    choice = Choice(claims=ClaimFilter(place="Aleppo"), publication=Publication(masked=("Halabi",)))
    head = json.loads(lines(exported, choice)[0])
    assert head["choice"] == {"claims": {"place": "Aleppo"}, "grades": [], "quotation": 200, "masked": 1}
    assert b"Halabi" not in b"".join(lines(exported, choice))


def test_a_snapshot_that_was_changed_is_refused(exported: Project) -> None:
    changed = [line.replace(b"killing 12", b"killing 21") for line in lines(exported)]
    with pytest.raises(InputError, match="was changed after it was made"):
        read_snapshot(changed)
    for nothing in ([], [b"{}\n"], [b"?"]):
        with pytest.raises(InputError, match="no snapshot"):
            read_snapshot(nothing)


def test_changes_between_two_snapshots_are_what_differs(exported: Project, tmp_path: Path) -> None:
    before = read_snapshot(lines(exported))
    assert changes(before, before) == ()
    with open_project(tmp_path / "b.db", create=True) as later:
        fewer = [report for report in REPORTS if report.id != "herald-2"]
        store_reports([*fewer, make_report("herald-3", "Sud shelled Aleppo.")], later, located_reader())
        found = changes(before, read_snapshot(lines(later)))
    reports = [one for one in found if one.kind == "report"]
    assert reports == [
        Change(kind="report", id="herald-2", what="removed"),
        Change(kind="report", id="herald-3", what="added"),
    ]
    assert [one.what for one in found if one.kind == "claim"] == ["added"]


def test_a_change_names_the_fields_that_differ(exported: Project) -> None:
    whole = read_snapshot(lines(exported))
    cut = read_snapshot(lines(exported, Choice(publication=Publication(quotation=30))))
    found = {one.fields for one in changes(whole, cut) if one.kind == "claim"}
    assert found == {("evidence",)}
