"""Words are found by an index of words just as they are found by going through every text."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from fake_reading import fake_reader
from store.stored_projects import stored_project, war_reports
from twosource.corpus_records import Event, Value
from twosource.gathering import decide_event, gather
from twosource.identifying import identify
from twosource.pipeline import store_reports
from twosource.relating import relate
from twosource.store import Project, event_query, open_project, tables
from twosource.store.claim_filter import ClaimFilter
from twosource.store.claim_query import claim_rows, count_claims
from twosource.store.event_query import EventFilter, brief_of
from twosource.store.fold import fold, padded
from twosource.store.terms import asked_for, terms_of

WORDS = [
    "norland",
    "Nor",
    "Vale-1",
    "shelled Vale",
    "shelled Val",
    "seized",
    "Port-2",
    "3",
    "land",
    "Vale norland",
    "v",
]
LONG = "x" * 40


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_project(tmp_path_factory.mktemp("terms") / "a.db", create=True) as opened:
        store_reports(war_reports(8), opened, fake_reader())
        relate(opened)
        identify(opened)
        gather(opened)
        yield opened


def holds(folded: str, words: str) -> bool:
    return bool(fold(words)) and f" {fold(words)}" in folded


def texts_of_events(project: Project) -> dict[str, set[str]]:
    """The folded evidence of the claims of every event, by a look at all of them."""
    with project.looking() as connection:
        folded = {(row.reading, row.rank): row.folded for row in connection.execute(select(tables.claim))}
        keys = {row.claim: (row.reading, row.rank) for row in connection.execute(select(tables.event_traits))}
        found: dict[str, set[str]] = {}
        for claim, event in event_query.every_event_of_claims(connection).items():
            found.setdefault(event, set()).add(folded[keys[claim]])
    return found


def kept_terms(project: Project) -> set[tuple[str, str]]:
    with project.looking() as connection:
        query = select(tables.event.c.id, tables.event_term.c.term).select_from(tables.event_term)
        query = query.outerjoin(tables.event, tables.event.c.number == tables.event_term.c.event)
        return {(row.id, row.term) for row in connection.execute(query)}


def terms_told(project: Project) -> set[tuple[str, str]]:
    return {
        (event, term) for event, texts in texts_of_events(project).items() for text in texts for term in terms_of(text)
    }


def test_words_are_terms_but_where_they_are_cut() -> None:
    assert terms_of(padded("Shells, shells fell")) == ["shells", "fell"]
    assert asked_for("Shells fe") == (("shells",), "fe", False)
    assert asked_for("Shells") == ((), "shells", True)
    assert asked_for(" …, ") is None
    long = asked_for(LONG)
    assert long is not None
    assert not long.plain
    assert [long.opening] == terms_of(f" {LONG} ")


@pytest.mark.parametrize("words", [*WORDS, LONG, "…"])
@pytest.mark.parametrize("most", [10_000, 0], ids=["few", "many"])
def test_claims_with_words_are_those_whose_text_has_them(
    project: Project, words: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twosource.store.claim_narrowing.MOST_COUNTED", most)
    with project.looking() as connection:
        every = connection.execute(select(tables.claim).where(tables.claim.c.current)).all()
        wanted = {row.record for row in every if holds(row.folded, words)}
        assert {row["record"] for row in claim_rows(connection, ClaimFilter(text=words))} == wanted
        assert count_claims(connection, ClaimFilter(text=words)) == len(wanted)
    assert len(wanted) < len(every)


@pytest.mark.parametrize("words", [*WORDS, LONG, "…"])
@pytest.mark.parametrize("few", [500, 0], ids=["few", "many"])
def test_events_with_words_are_those_of_which_a_claim_has_them(
    project: Project, words: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twosource.store.event_query._FEW", few)
    wanted = {event for event, texts in texts_of_events(project).items() if any(holds(text, words) for text in texts)}
    chosen = EventFilter(text=words)
    with project.looking() as connection:
        assert {one.id for one in event_query.events(connection, chosen, limit=1000)} == wanted
        assert {one.id for one in event_query.events_in_short(connection, chosen)} == wanted
        assert event_query.count_events(connection, chosen) == len(wanted)


@pytest.mark.parametrize(
    "chosen", [EventFilter(), EventFilter(actor="norland"), EventFilter(text="shelled", min_origins=1)]
)
@pytest.mark.parametrize("few", [500, 0], ids=["few", "many"])
def test_pages_of_events_follow_each_other(
    project: Project, chosen: EventFilter, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twosource.store.event_query._FEW", few)
    with project.looking() as connection:
        every = event_query.events(connection, chosen)
        pages = [event_query.events(connection, chosen, 2, at) for at in range(0, len(every), 2)]
    assert len(every) > 2
    assert list(itertools.chain(*pages)) == every


def test_what_is_kept_of_an_event_follows_it_when_it_is_gathered_anew(tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_project(tmp_path_factory.mktemp("anew") / "a.db", create=True) as project:
        for number in (4, 8):
            store_reports(war_reports(number), project, fake_reader())
            relate(project)
            identify(project)
            gather(project)
            assert kept_terms(project) == terms_told(project)
        split = next(one for one in whole_events(project) if len(one.claims) > 1)
        decide_event(project, "split", [split.claims[0]], who="Ada", reason="unlike days")
        assert kept_terms(project) == terms_told(project)
        names = {(one, value.name) for event in whole_events(project) for one, value in named_in(event)}
        with project.looking() as connection:
            kept = {(*row,) for row in connection.execute(select(tables.event_name))}
            briefs = {row.id: row.brief for row in connection.execute(select(tables.event))}
        assert {(field, padded(name)) for field, name in names} <= kept
        assert briefs == {one.id: brief_of(one) for one in whole_events(project)}


def whole_events(project: Project) -> list[Event]:
    with project.looking() as connection:
        return event_query.events(connection, EventFilter())


def named_in(event: Event) -> Iterator[tuple[str, Value]]:
    for field, values in (("actor", event.actors), ("target", event.targets), ("place", event.places)):
        yield from ((field, value) for value in values)


@pytest.mark.file
def test_an_older_project_gets_its_words_and_its_events_in_short(tmp_path: Path) -> None:
    stored_project("0006", tmp_path / "p.db")
    with open_project(tmp_path / "p.db") as project, project.looking() as connection:
        assert kept_terms(project) == terms_told(project) != set()
        claims = connection.execute(select(tables.claim)).all()
        told = {(term, row.reading, row.rank) for row in claims for term in terms_of(row.folded)}
        assert {(*row,) for row in connection.execute(select(tables.claim_term))} == told
        briefs = {row.id: row.brief for row in connection.execute(select(tables.event))}
        assert briefs == {one.id: brief_of(one) for one in whole_events(project)}
        value = tables.event_value.c
        names = {(*row,) for row in connection.execute(select(value.field, value.folded))}
        assert {(*row,) for row in connection.execute(select(tables.event_name))} == names
