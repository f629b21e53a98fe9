from __future__ import annotations

import json

import pytest

from twosource.errors import UsageError
from twosource.export.formats import FORMATS, export, format_named
from twosource.export.material import Choice, Publication
from twosource.store import Project
from twosource.views.claims import ClaimFilter
from twosource.views.events import EventFilter

FILTERED = Choice(claims=ClaimFilter(place="Vale"))


def whole(project: Project, name: str, choice: Choice | None = None) -> bytes:
    return b"".join(export(project, name, choice))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_records_give_the_same_bytes(examples: Project, name: str) -> None:
    assert whole(examples, name) == whole(examples, name)


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_says_what_it_holds_and_what_it_leaves_out(name: str) -> None:
    found = format_named(name.upper())
    assert found.name == name
    assert found.holds.endswith(".")
    assert found.leaves_out
    assert found.suffix.startswith(".")
    assert "/" in found.media_type


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("plover",)])
def test_a_filter_leaves_out_what_does_not_meet_it(exported: Project, name: str) -> None:
    assert b"Halabi" not in whole(exported, name, FILTERED)


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if not one.binary and name != "project"])
def test_what_is_made_for_publication_holds_no_marked_name(exported: Project, name: str) -> None:
    choice = Choice(publication=Publication(masked=("Halabi", "Gazette", "Norland")))
    for marked in (b"Halabi", b"Norland", b"norland", b"Gazette"):
        assert marked not in whole(exported, name, choice).replace(b"gazette-1", b"")


def test_claims_of_one_grade_alone(exported: Project) -> None:
    events = [json.loads(line) for line in whole(exported, "events-jsonl").splitlines()]
    for grade in {event["grade"] for event in events}:
        kept = whole(exported, "events-jsonl", Choice(grades=frozenset({grade}))).splitlines()
        assert [json.loads(line)["grade"] for line in kept] == [e["grade"] for e in events if e["grade"] == grade]


def test_the_events_of_a_filter_alone_and_whole(exported: Project) -> None:
    events = {event["id"]: event for event in map(json.loads, whole(exported, "events-jsonl").splitlines())}
    chosen = EventFilter(source="halabi")
    [kept] = whole(exported, "events-jsonl", Choice(events=chosen)).splitlines()
    assert json.loads(kept) == events[json.loads(kept)["id"]]
    claims = whole(exported, "claims-jsonl", Choice(events=chosen)).splitlines()
    assert {json.loads(line)["event"] for line in claims} == {json.loads(kept)["id"]}
    assert len(claims) == 2  # what Halabi said, and the other account of the same shelling
    assert Choice(events=chosen).told == {"source": "halabi"}


def test_an_unknown_format_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(UsageError, match=r"did you mean .*geojson"):
        format_named("geojsn")
    with pytest.raises(UsageError, match="it is one of claims"):
        format_named("???")
