"""What a choice of events holds, looked up by the events' own claims or found among all claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from twosource import deciding
from twosource.corpus_records import Grade
from twosource.export.material import Choice, Material
from twosource.store import Project
from twosource.views.claims import find_claims
from twosource.views.events import EventFilter
from web.event_reports import event_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with event_project(tmp_path_factory.mktemp("material") / "p.db") as opened:
        [gone, *_] = [row for row in find_claims(opened) if row.claim.report == "own"]
        deciding.reject(opened, "own", gone.claim.id, who="Ada", reason="not there", expected=gone.seen)
        yield opened


def held(project: Project, choice: Choice) -> tuple[list[Any], ...]:
    material = Material(project, choice)
    return list(material.claims()), list(material.events()), list(material.reports())


@pytest.mark.parametrize(
    "choice",
    [
        Choice(events=EventFilter(place="Aleppo")),
        Choice(events=EventFilter(actor="Sudria")),
        Choice(events=EventFilter(key="none")),
        Choice(grades=frozenset(Grade)),
    ],
)
def test_few_claims_of_events_are_the_same_looked_up_as_found_among_all(
    project: Project, choice: Choice, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = held(project, choice)
    monkeypatch.setattr("twosource.export.material._FEW", -1)
    assert looked_up == held(project, choice)
    assert bool(looked_up[0]) is (choice != Choice(events=EventFilter(key="none")))


def test_where_no_event_is_chosen_no_claim_is_looked_at(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def walked(*asked: object) -> None:
        raise AssertionError(f"all claims are walked for {asked}")

    monkeypatch.setattr("twosource.export.material.claims.every_claim", walked)
    assert held(project, Choice(events=EventFilter(key="none"))) == ([], [], [])
