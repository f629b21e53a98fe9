"""The gazetteer's candidates for a name in a report: which, in what order, and how far away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from copies import Copies
from fake_reading import make_report
from located_reading import REPORTS, STAGES, located_reader
from twosource import deciding
from twosource.errors import UsageError
from twosource.pipeline import Reader, store_reports
from twosource.records import Reading
from twosource.stage import Batch, Stage, fingerprint
from twosource.store import Project, open_project
from twosource.views.place_candidates import SharedWords, find_places, gazetteer_place, place_question

ALEPPO = "geonames:170063"
TRIPOLI = make_report("near-1", "Norland shelled Aleppo on 2024-03-01, killing 1. Sud seized Tripoli on 2024-03-05.")
FAR = make_report("far-1", "Sud seized Tripoli on 2024-03-05.")


def fill(project: Project) -> None:
    store_reports([*REPORTS, TRIPOLI, FAR], project, located_reader())


@pytest.fixture
def project(tmp_path: Path, copies: Copies) -> Iterator[Project]:
    with copies.open(tmp_path / "p.db", fill) as opened:
        yield opened


def test_the_nearest_of_several_namesakes_comes_first_and_how_far_it_is_is_told(project: Project) -> None:
    first, *others = place_question(project, "near-1", "Tripoli").candidates
    assert (first.place.country, first.country, first.near, first.so_named) == ("LB", "Lebanon", "Aleppo", True)
    assert first.kilometres is not None
    assert 200 < first.kilometres < 300
    near = [(one.kilometres or 0) <= 1000 for one in (first, *others) if one.so_named]
    assert near == sorted(near, reverse=True)


def test_where_nothing_else_is_named_the_best_known_comes_first_and_no_distance_is_told(project: Project) -> None:
    first = place_question(project, "far-1", "Tripoli").candidates[0]
    assert (first.place.country, first.kilometres, first.near) == ("LY", None, None)


def test_far_namesakes_are_ordered_by_how_well_they_are_known(project: Project) -> None:
    found = [one for one in place_question(project, "near-1", "Tripoli", "San José").candidates if one.so_named]
    distances = [one.kilometres or 0 for one in found]
    assert min(distances) > 1000
    assert distances != sorted(distances)
    assert [one.place.id for one in found] == [one.place.id for one in find_places("San José") if one.so_named]


def test_distances_are_reckoned_from_places_that_are_sure(tmp_path: Path) -> None:
    def told(runner_up: str) -> str | None:
        def doubt(readings: Batch, _equipment: object) -> list[Reading]:
            placed = STAGES[1].run(readings, None)
            return [
                msgspec.structs.replace(
                    one, places=tuple(msgspec.structs.replace(place, runner_up=runner_up) for place in one.places)
                )
                for one in placed
            ]

        stages = (STAGES[0], Stage(name="doubtful", version=1, run=doubt))
        with open_project(tmp_path / f"{runner_up[9:]}.db", create=True) as made:
            store_reports([TRIPOLI], made, Reader(stages=stages, equipment=None, fingerprint=fingerprint(stages, {})))
            return place_question(made, "near-1", "Tripoli").candidates[0].near

    assert told("geonames:2210247") is None, "Tripoli has about as many people as Aleppo, and is far"
    assert told("geonames:4879018") == "Aleppo", "a namesake of few people leaves no doubt"


def test_the_place_that_it_leads_to_and_the_marked_one_come_first(project: Project) -> None:
    deciding.locate(project, "Tripoli", gazetteer_place(ALEPPO), report="near-1", who="Ana")
    found = place_question(project, "near-1", "Tripoli", marked="geonames:163345").candidates
    assert [one.place.id for one in found[:2]] == [ALEPPO, "geonames:163345"]
    assert len({one.place.id for one in found}) == len(found)


def test_an_actor_that_was_read_from_the_same_words_is_told(project: Project) -> None:
    assert place_question(project, "near-1", "Tripoli").actors == ()
    claim = next(
        one.claim.id for one in deciding.decided_claims(project, "near-1") if one.claim.places[0].name == "Tripoli"
    )
    deciding.fix(project, "near-1", claim, {"targets": ["Tripoli"]}, who="Ana", reason="its people")
    assert place_question(project, "near-1", "Tripoli").actors == (SharedWords("Tripoli", claim),)


def test_a_name_in_a_longer_one_is_found() -> None:
    assert "Aleppo" in {one.place.name for one in find_places("the northern Aleppo countryside")}


def test_a_search_puts_what_begins_so_before_what_sounds_so() -> None:
    begins = [one.place.name.casefold().startswith("alepp") for one in find_places("Alepp")]
    assert begins[0]
    assert begins == sorted(begins, reverse=True)


def test_what_was_decided_is_told_with_the_last_entries(project: Project) -> None:
    deciding.unplaced(project, "Vale", who="Ana")
    deciding.locate(project, "Vale", gazetteer_place(ALEPPO), report="herald-1", who="Ben")
    found = place_question(project, "herald-1", "Vale")
    assert found.decision is not None
    assert (found.decision.who, found.seen, found.seen_in_all, found.reports) == ("Ben", 2, 1, 1)
    assert found.place is not None
    assert found.place.place == ALEPPO
    assert found.words == "Sud seized Vale on 2024-03-05"


def test_a_report_or_a_name_that_is_not_there_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="there is no report"):
        place_question(project, "none", "Vale")
    with pytest.raises(UsageError, match="names no place"):
        place_question(project, "herald-1", "Nowhere")
