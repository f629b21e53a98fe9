"""Decisions on names of places: what they change, that they stay, and what takes them back."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection

from fake_reading import make_report
from located_reading import REPORTS, STAGES, located_reader
from twosource import deciding
from twosource.corpus.decided_places import name_of
from twosource.corpus_records import Decision, DecisionKind, Event
from twosource.engines.local import Reader
from twosource.errors import ConflictError, UsageError
from twosource.export.material import Material
from twosource.gathering import gather
from twosource.knowledge.gazetteer import GazetteerPlace
from twosource.pipeline import store_reports
from twosource.records import Claim, Named, Reading, Report
from twosource.spans import Span
from twosource.stage import Batch, Stage, fingerprint
from twosource.store import Project, open_project
from twosource.store import decided_places as store_places
from twosource.store.decided_places import place_decisions
from twosource.store.decisions import decisions_in_force
from twosource.views.decisions import DecisionState, list_decisions
from twosource.views.events import EventFilter, find_events
from twosource.views.place_candidates import gazetteer_place, place_question
from twosource.views.reading import report_view
from twosource.views.whole_records import all_reports

ALEPPO = "geonames:170063"
IDLIB = "geonames:169389"
TARTUS = "geonames:163345"


def fill(project: Project) -> None:
    keep(project, *REPORTS)


def keep(project: Project, *reports: Report) -> None:
    store_reports(reports, project, located_reader())


def wide_reader() -> Reader:
    """The located reader, whose claims then call Aleppo by it and the word after it."""
    widening: Stage[None] = Stage(name="wide", version=1, run=_widen)
    stages = (*STAGES, widening)
    return Reader(stages=stages, equipment=None, fingerprint=fingerprint(stages, {}))


def _widen(readings: Batch, _equipment: object) -> list[Reading]:
    return [
        msgspec.structs.replace(reading, claims=tuple(_wide(reading, claim) for claim in reading.claims))
        for reading in readings
    ]


def _wide(reading: Reading, claim: Claim) -> Claim:
    spans = [Span(one.span.start, one.span.end + 3) for one in claim.places if one.name == "Aleppo"]
    wide = tuple(Named(name=one.of(reading.report.text), span=one, said_at=one) for one in spans)
    return msgspec.structs.replace(claim, places=wide or claim.places)


def idlib() -> GazetteerPlace:
    return gazetteer_place(IDLIB)


def at_vale(project: Project, report: str = "herald-1") -> Event:
    return next(
        one for one in find_events(project, EventFilter(report=report)) if any(v.name == "Vale" for v in one.places)
    )


def placed(project: Project, report: str = "herald-1") -> dict[str, str | None]:
    [found] = all_reports(project, [report])
    return {place.name: place.place for place in found.places}


def test_the_event_and_the_export_follow_where_a_person_says_it_is(project: Project) -> None:
    assert at_vale(project).places[0].key is None
    kept = deciding.locate(project, "Vale", idlib(), report="herald-1", who="Ana", reason="the map of the front")
    gather(project)
    assert at_vale(project).places[0].key == IDLIB
    assert placed(project)["Vale"] == IDLIB
    view = report_view(project, "herald-1")
    assert view is not None
    assert {place.name: place.admin1 for place in view.reading.places}["Vale"] == "Idlib"
    assert (kept.subjects, kept.before) == (("herald-1", "Vale"), {"place": None})


def test_it_stays_when_everything_is_read_anew(project: Project) -> None:
    deciding.locate(project, "Vale", idlib(), report="herald-1", who="Ana")
    stages = tuple(msgspec.structs.replace(stage, version=9) for stage in STAGES)
    again = Reader(stages=stages, equipment=None, fingerprint=fingerprint(stages, {}))
    store_reports(REPORTS, project, again)
    assert at_vale(project).places[0].key == IDLIB
    assert placed(project)["Vale"] == IDLIB


def test_what_is_taken_back_is_as_before_and_can_be_brought_back(project: Project) -> None:
    before = find_events(project)
    kept = deciding.locate(project, "Vale", idlib(), report="herald-1", who="Ana")
    gather(project)
    undone = deciding.undo(project, kept.number, who="Ben", reason="another Vale")
    gather(project)
    assert find_events(project) == before
    assert "Vale" not in placed(project)
    deciding.undo(project, undone.number, who="Ana", reason="no, this one")
    gather(project)
    assert at_vale(project).places[0].key == IDLIB


def test_a_word_on_all_reports_counts_in_those_to_come_and_after_that_on_one(project: Project) -> None:
    deciding.locate(project, "vale", idlib(), who="Ana")
    keep(project, make_report("later-1", "Norland shelled Vale on 2024-05-05, killing 3.", published="2024-05-06"))
    assert at_vale(project).places[0].key == IDLIB
    assert at_vale(project, "later-1").places[0].key == IDLIB
    deciding.locate(project, "Vale", gazetteer_place(TARTUS), report="later-1", who="Ben")
    gather(project)
    assert at_vale(project).places[0].key == IDLIB
    assert at_vale(project, "later-1").places[0].key == TARTUS


def test_a_place_that_was_found_can_be_said_to_be_nowhere(project: Project) -> None:
    deciding.unplaced(project, "Aleppo", report="herald-1", who="Ana", reason="a ship of that name")
    gather(project)
    assert placed(project)["Aleppo"] is None
    assert placed(project, "gazette-1")["Aleppo"] == "geonames:170063"


def test_a_name_that_a_person_gave_a_claim_can_be_placed_in_all_reports(project: Project) -> None:
    claim = next(one.claim.id for one in deciding.decided_claims(project, "herald-1") if one.claim.type == "shelling")
    deciding.fix(project, "herald-1", claim, {"places": ["Quiet"]}, who="Ana", reason="it is a village")
    deciding.locate(project, "Quiet", idlib(), who="Ana")
    gather(project)
    assert placed(project)["Quiet"] == IDLIB


def test_a_word_on_a_name_that_is_gone_no_longer_applies_and_does_again(project: Project) -> None:
    deciding.locate(project, "Vale", idlib(), report="herald-1", who="Ana")
    deciding.unplaced(project, "Vale", who="Ben")
    assert deciding.no_longer_apply(project) == ()
    keep(project, make_report("herald-1", "Quiet.", outlet="Herald"))
    told = [one.reason for one in deciding.no_longer_apply(project)]
    assert told == ["the report names no place 'Vale' any more", "no claim is at a place named 'Vale' any more"]
    assert [one.reason for one in deciding.no_longer_apply(project, "herald-1")] == told[:1]
    states = [row.state for row in list_decisions(project)]
    assert states == [DecisionState.NO_LONGER_APPLIES] * 2
    keep(project, REPORTS[1])
    assert deciding.no_longer_apply(project) == ()


def test_a_name_that_the_report_does_not_have_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="herald-1 names no place 'Nowhere'"):
        deciding.locate(project, "Nowhere", idlib(), report="herald-1", who="Ana")
    with pytest.raises(UsageError, match="no claim is at a place named 'Nowhere'"):
        deciding.unplaced(project, "Nowhere", who="Ana")
    with pytest.raises(UsageError, match="there is no report"):
        deciding.unplaced(project, "Vale", report="none", who="Ana")
    with pytest.raises(UsageError, match="is no name of a place"):
        deciding.unplaced(project, "…", report="herald-1", who="Ana")


def test_whoever_has_not_seen_the_last_word_is_told(project: Project) -> None:
    deciding.unplaced(project, "Vale", report="herald-1", who="Ana")
    with pytest.raises(ConflictError, match="Ana decided 'unplaced'"):
        deciding.locate(project, "Vale", idlib(), report="herald-1", who="Ben", expected=0)


def test_a_word_on_a_claims_own_words_moves_the_place_that_was_read_within_them(tmp_path: Path) -> None:
    with open_project(tmp_path / "wide.db", create=True) as project:
        store_reports(REPORTS, project, wide_reader())
        question = place_question(project, "herald-1", "Aleppo on")
        assert question.place is not None
        assert question.place.place == ALEPPO
        kept = deciding.locate(project, "Aleppo on", idlib(), report="herald-1", who="Ana")
        assert kept.before["place"] == ALEPPO
        assert [one["id"] for one in kept.before["places"]] == [ALEPPO]
        assert placed(project) == {"Aleppo": IDLIB}
        items = list(Material(project).claims())
        assert IDLIB in {place.place for item in items for place in item.places if place is not None}
        in_all = deciding.unplaced(project, "aleppo on", who="Ben")
        assert {one["id"] for one in in_all.before["places"]} == {ALEPPO, IDLIB}


def test_spellings_of_one_name_are_one_thing_to_decide_on(project: Project) -> None:
    first = deciding.locate(project, "Vale", idlib(), who="Ana")
    with pytest.raises(ConflictError, match="Ana decided 'locate'"):
        deciding.unplaced(project, "vale", who="Ben", expected=0)
    assert place_question(project, "herald-1", "VALE").seen_in_all == first.number
    second = deciding.unplaced(project, "vale", who="Ben", expected=first.number)
    assert second.subjects == first.subjects
    deciding.undo(project, second.number, who="Ben", reason="not so", expected=second.number)
    assert placed(project)["Vale"] == IDLIB
    assert deciding.locate(project, "VALE", idlib(), report="herald-1", who="Ana").subjects == ("herald-1", "VALE")


def test_words_on_all_reports_count_alike_in_a_few_reports_and_in_all(project: Project) -> None:
    claim = next(one.claim.id for one in deciding.decided_claims(project, "herald-1") if one.claim.type == "shelling")
    deciding.fix(project, "herald-1", claim, {"places": ["Quiet"]}, who="Ana", reason="it is a village")
    for name in ("Quiet", "Vale", "aleppo"):
        deciding.unplaced(project, name, who="Ana")
    with project.looking() as connection:
        every = place_decisions(connection)
        assert {report: [name_of(one) for one in words] for report, words in every.items()} == {
            "gazette-1": ["aleppo"],
            "herald-1": ["Quiet", "Vale", "aleppo"],
        }
        for report in ("gazette-1", "herald-1", "herald-2"):
            assert place_decisions(connection, [report]).get(report) == every.get(report)
        assert place_decisions(connection, []) == {}


def test_the_log_of_claims_is_gone_through_once_however_many_names_were_decided_on(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = next(one.claim.id for one in deciding.decided_claims(project, "herald-1") if one.claim.type == "shelling")
    deciding.fix(project, "herald-1", claim, {"places": ["Quiet"]}, who="Ana", reason="it is a village")
    for name in ("Quiet", "Vale", "Aleppo"):
        deciding.unplaced(project, name, who="Ana")
    asked: list[DecisionKind] = []

    def counted(connection: Connection, kind: DecisionKind) -> list[Decision]:
        asked.append(kind)
        return decisions_in_force(connection, kind)

    monkeypatch.setattr(store_places, "decisions_in_force", counted)
    with project.looking() as connection:
        assert place_decisions(connection).keys() == {"gazette-1", "herald-1"}
    assert asked.count(DecisionKind.CLAIM) == 1
