from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fake_reading import make_report
from located_reading import REPORTS, located_reader
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import InputError, UsageError
from twosource.export.formats import export
from twosource.export.material import Choice, Publication
from twosource.export.project_lines import read_project_lines
from twosource.pipeline import store_reports
from twosource.records import Issue
from twosource.store import Project, open_project
from twosource.store.decisions import append, verify_chain
from twosource.views.claims import ClaimFilter, every_claim
from twosource.views.whole_records import all_decisions, every_version, issues_of_input

ISSUE = Issue(code="unreadable", stage="intake", reason="no text", path="a.pdf")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with versions (the current one not the last), an issue of the input and two decisions."""
    with open_project(tmp_path / "a.db", create=True) as opened:
        store_reports([*REPORTS, ISSUE], opened, located_reader())
        for text in ("Sud shelled Aleppo.", "Sud seized Aleppo.", "Sud shelled Aleppo."):
            store_reports([make_report("turns", text)], opened, located_reader())
        with opened.writing() as connection:
            for reason in ("own words", "own reporter"):
                append(
                    connection,
                    Decision(
                        kind=DecisionKind.LINEAGE,
                        subjects=("gazette-1", "herald-1"),
                        verdict="different",
                        reason=reason,
                        who="Reader",
                    ),
                )
        yield opened


def lines(project: Project, choice: Choice | None = None) -> list[bytes]:
    return b"".join(export(project, "project", choice)).splitlines(keepends=True)


def test_a_project_read_back_is_equal(project: Project, tmp_path: Path) -> None:
    with open_project(tmp_path / "b.db", create=True) as copy:
        back = read_project_lines(lines(project), copy)
        assert (back.versions, back.issues, back.decisions) == (5, 1, 2)
        assert list(every_version(copy)) == list(every_version(project))
        assert tuple(every_claim(copy)) == tuple(every_claim(project))
        assert issues_of_input(copy) == issues_of_input(project) == (ISSUE,)
        assert all_decisions(copy) == all_decisions(project)
        assert lines(copy) == lines(project)
        for name in ("events-jsonl", "lineages-jsonl", "entities-jsonl"):
            assert b"".join(export(copy, name)) == b"".join(export(project, name))
        with copy.looking() as connection:
            assert verify_chain(connection) == []


def test_a_filter_keeps_whole_reports_that_hold_a_chosen_claim(project: Project) -> None:
    head, *kept = map(json.loads, lines(project, Choice(claims=ClaimFilter(place="Vale"))))
    assert head == {"twosource": "project", "version": 1}
    assert [one["report"]["id"] for one in kept] == ["herald-1"]
    assert len(kept[0]["reading"]["claims"]) == 2


def test_a_project_is_not_read_back_into_one_that_holds_something(project: Project) -> None:
    with pytest.raises(UsageError, match="holds something already"):
        read_project_lines(lines(project), project)


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ([b'{"report": 1}\n'], "line 1 is none"),
        ([b'{"twosource":"snapshot","version":1}\n'], "this is a project"),
        ([b'{"twosource":"project","version":2}\n'], "version 1"),
        ([b'{"twosource":"project","version":1}\n', b"{"], "line 2 is none"),
    ],
)
def test_lines_that_are_no_project_are_refused(tmp_path: Path, spoilt: list[bytes], told: str) -> None:
    with open_project(tmp_path / "b.db", create=True) as copy, pytest.raises(InputError, match=told):
        read_project_lines(spoilt, copy)


def test_a_decision_that_was_changed_is_refused(project: Project, tmp_path: Path) -> None:
    changed = [line.replace(b"own reporter", b"a whim") for line in lines(project)]
    with open_project(tmp_path / "b.db", create=True) as copy, pytest.raises(InputError, match="decision 2"):
        read_project_lines(changed, copy)


def test_a_project_is_no_publication(project: Project) -> None:
    with pytest.raises(UsageError, match="full texts"):
        lines(project, msgspec.structs.replace(Choice(), publication=Publication()))
