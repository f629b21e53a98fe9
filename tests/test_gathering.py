"""Gathering in a project: order, increments, reprints, unrelated reports, and people's words on events."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from fake_reading import fake_reader, make_report
from twosource import deciding
from twosource.corpus_records import BestRule, DecisionKind, Event, Grade
from twosource.errors import UsageError
from twosource.gathering import decide_event, default_gatherer, gather
from twosource.gathering import reports as reports_module
from twosource.pipeline import store_reports
from twosource.records import Report
from twosource.store import Project, open_project, tables
from twosource.views.claims import find_claims
from twosource.views.events import EventFilter, count_events, event_view, find_events, why_claims


def report(id_: str, text: str, day: str = "2024-03-05", outlet: str = "Herald") -> Report:
    return make_report(id_, text, published=day, outlet=outlet, title=f"Report {id_}")


WIRE = report("wire", "Norland shelled Vale on 2024-03-05, killing 14. The old mill by the river was hit before dawn.")
REPRINT = report("reprint", WIRE.text, outlet="Courier")
OWN = report(
    "own",
    "A farmer lost his barn, two cows and all seed. Norland shelled Vale, killing 14. No help came.",
    outlet="Gazette",
)
OTHER_DAY = report("later", "Norland shelled Vale on 2024-03-19, killing 14", "2024-03-19")
OTHER_PLACE = report("orrin", "Sudria shelled Orrin on 2024-03-05, killing 3")
SEIZED = report("seized", "Sudria seized Tarn on 2024-03-06, killing 5", "2024-03-06")
EVERY = [WIRE, REPRINT, OWN, OTHER_DAY, OTHER_PLACE, SEIZED]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "a.db", create=True) as opened:
        yield opened


def keep(project: Project, *reports: Report, version: int = 1) -> None:
    store_reports(reports, project, fake_reader(version))


def groups(project: Project) -> set[tuple[str, ...]]:
    return {one.reports for one in find_events(project)}


def of_report(project: Project, id_: str) -> Event:
    [found] = find_events(project, EventFilter(report=id_))
    return found


def claim_of(project: Project, id_: str) -> str:
    return next(row.claim.id for row in find_claims(project) if row.report.id == id_)


def test_reading_gathers_claims_of_one_occurrence(project: Project) -> None:
    keep(project, *EVERY)
    assert groups(project) == {("own", "reprint", "wire"), ("later",), ("orrin",), ("seized",)}
    told = of_report(project, "wire")
    assert (told.origins, told.grade, len(told.accounts)) == (2, Grade.FAIR, 2)


@pytest.mark.parametrize("parts", [1, 2, 3, 6])
def test_neither_order_nor_number_of_runs_changes_an_event(tmp_path: Path, parts: int) -> None:
    def stored_in(name: str, runs: Sequence[Sequence[Report]]) -> tuple[Event, ...]:
        with open_project(tmp_path / name, create=True) as project:
            for reports in runs:
                keep(project, *reports)
            return find_events(project)

    size = -(-len(EVERY) // parts)
    backwards = EVERY[::-1]
    runs = [backwards[at : at + size] for at in range(0, len(EVERY), size)]
    assert stored_in("runs.db", runs) == stored_in("once.db", [EVERY])


def crowd(count: int, changed: int = -1) -> list[Report]:
    """Reports on one shelling and its like, more than small caps take; ``changed`` tells of something else."""
    told = [
        f"Norland shelled {'Vale' if at % 3 else 'Orrin'} on 2024-03-0{5 + at % 4}, killing {14 + at % 2}"
        for at in range(count)
    ]
    if changed >= 0:
        told[changed] = "Sudria seized Tarn on 2024-03-06, killing 5"
    return [report(f"crowd-{at}", words, "2024-03-08") for at, words in enumerate(told)]


@pytest.mark.parametrize(("holders", "together"), [(2, 200), (4, 3), (120, 2), (120, 5)])
def test_crowded_keys_and_full_blocks_do_not_depend_on_the_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, holders: int, together: int
) -> None:
    by = msgspec.structs.replace(default_gatherer(), most_holders=holders, most_together=together)
    monkeypatch.setattr(reports_module, "default_gatherer", lambda: by)

    def gathered(name: str, runs: Sequence[Sequence[Report]]) -> tuple[Event, ...]:
        with open_project(tmp_path / name, create=True) as project:
            for reports in runs:
                keep(project, *reports)
            return find_events(project)

    every = crowd(12)
    once = gathered("once.db", [every])
    assert gathered("one-by-one.db", [[one] for one in every[::-1]]) == once
    assert gathered("parts.db", [every[::2], every[1::2]]) == once
    changed = [*every[:5], crowd(12, changed=5)[5], *every[6:]]
    assert gathered("changed.db", [every, changed]) == gathered("as-changed.db", [changed])
    fewer = crowd(12, changed=0)[:1]
    assert gathered("back.db", [every, fewer, every[:1]]) == once


def test_a_reprint_adds_no_independent_origin(project: Project) -> None:
    keep(project, WIRE, OWN)
    before = of_report(project, "wire")
    keep(project, REPRINT)
    after = of_report(project, "wire")
    assert (before.origins, before.grade, len(before.accounts)) == (after.origins, after.grade, len(after.accounts))
    assert after.reports == ("own", "reprint", "wire")


@pytest.mark.parametrize("unrelated", [OTHER_DAY, OTHER_PLACE, SEIZED], ids=lambda one: one.id)
def test_an_unrelated_report_changes_no_event(project: Project, unrelated: Report) -> None:
    keep(project, WIRE, OWN)
    before = find_events(project)
    keep(project, unrelated)
    assert set(before) <= set(find_events(project))


def test_gathering_again_has_nothing_to_do(project: Project) -> None:
    keep(project, *EVERY)
    before = find_events(project)
    assert gather(project) == 0
    assert find_events(project) == before


def test_a_changed_report_leaves_its_event(project: Project) -> None:
    keep(project, WIRE, OWN)
    keep(project, report("own", "Witness said Sudria shelled Orrin on 2024-02-01, killing 2", outlet="Gazette"))
    assert groups(project) == {("wire",), ("own",)}


def test_a_changed_figure_under_the_same_address_is_a_correction(project: Project) -> None:
    keep(project, WIRE, OWN)
    keep(project, report("own", OWN.text.replace("killing 14", "killing 11"), outlet="Gazette"))
    told = of_report(project, "own")
    assert told.reports == ("own", "wire")
    [correction] = told.corrections
    assert (correction.rule, correction.later) == ("changed-text", claim_of(project, "own"))
    assert correction.reason == "The text of own was changed: 14 killed is now 11."
    [killed] = told.figures
    assert (killed.low, killed.high) == (11, 14), "the wire still says 14"


def test_a_text_that_changed_beside_its_figures_is_no_correction(project: Project) -> None:
    keep(project, WIRE)
    keep(project, report("wire", f"New lines on top. {WIRE.text}"))
    assert of_report(project, "wire").corrections == ()


def test_a_rejected_claim_leaves_its_event_until_that_is_undone(project: Project) -> None:
    keep(project, *EVERY)
    before = find_events(project)
    entry = deciding.reject(project, "own", claim_of(project, "own"), who="Ann", reason="a quote of last year's news")
    assert gather(project) == 1
    assert {("reprint", "wire")} <= groups(project)
    assert not find_events(project, EventFilter(report="own"))
    deciding.undo(project, entry.number, who="Ann", reason="it was this year's")
    assert gather(project) == 1
    assert find_events(project) == before
    assert gather(project) == 0


def test_a_fixed_claim_counts_as_fixed(project: Project) -> None:
    keep(project, *EVERY)
    figures = [{"phrase": "14", "kind": "killed", "low": 41, "high": 41}]
    deciding.fix(project, "own", claim_of(project, "own"), {"figures": figures}, who="Ann", reason="figures swapped")
    gather(project)
    [killed] = event_view(project, of_report(project, "own").id).ranges
    assert (killed.low, killed.high) == (14, 41)
    matrix = event_view(project, of_report(project, "own").id).matrix
    assert sorted(row.mark for one in matrix for row in one.claims) == ["as read", "as read", "fixed"]


def test_an_added_claim_takes_part(project: Project) -> None:
    told = "Norland's guns fell silent over Vale by noon, after 14 had died there."
    keep(project, *EVERY, report("missed", told))
    assert not find_events(project, EventFilter(report="missed"))
    fields = {
        "type": "shelling",
        "evidence": [told],
        "actors": ["Norland"],
        "places": ["Vale"],
        "figures": [{"phrase": "14 had died", "kind": "killed", "low": 14, "high": 14}],
    }
    deciding.add(project, "missed", fields, who="Ann", reason="missed")
    gather(project)
    found = of_report(project, "missed")
    assert found.reports == ("missed", "own", "reprint", "wire")
    rows = [row for one in event_view(project, found.id).matrix for row in one.claims]
    assert {row.report.id for row in rows if row.mark == "added"} == {"missed"}
    reread(project)
    assert "missed" in of_report(project, "own").reports


def test_a_claim_that_nothing_can_be_compared_by_has_no_key(project: Project) -> None:
    told = "then guns were heard all night"
    keep(project, make_report("bare", told, published=None))
    deciding.add(project, "bare", {"type": "shelling", "evidence": [told]}, who="Ann", reason="missed")
    gather(project)
    with project.looking() as connection:
        assert connection.execute(select(tables.event_traits.c.report)).scalars().all() == ["bare"]
        assert connection.execute(select(tables.event_key)).all() == []


def reread(project: Project) -> None:
    """Reads everything by another engine, and two reports with words put before them: their claims get other ids."""
    keep(project, *EVERY, version=2)
    for one in (WIRE, OTHER_PLACE):
        keep(project, report(one.id, f"New lines on top. {one.text}"), version=2)


def test_a_split_by_hand_stays_when_everything_is_read_again(project: Project) -> None:
    keep(project, *EVERY)
    decide_event(project, "split", [claim_of(project, "own")], who="Ann", reason="another mill")
    assert ("own",) in groups(project)
    reread(project)
    assert {("own",), ("reprint", "wire")} <= groups(project)


def test_a_merge_by_hand_stays_when_everything_is_read_again(project: Project) -> None:
    keep(project, *EVERY)
    ids = [of_report(project, name).id for name in ("orrin", "seized")]
    decide_event(project, "merge", ids, who="Ann", reason="one push, told in two places")
    assert ("orrin", "seized") in groups(project)
    assert "one push" in of_report(project, "orrin").reason
    reread(project)
    assert ("orrin", "seized") in groups(project)


def test_a_word_on_something_unknown_or_on_all_of_an_event_is_refused(project: Project) -> None:
    keep(project, WIRE)
    with pytest.raises(UsageError, match="no event and no claim"):
        decide_event(project, "merge", ["event-none"], who="Ann", reason="a try")
    with pytest.raises(UsageError, match="not all"):
        decide_event(project, "split", [claim_of(project, "wire")], who="Ann", reason="a try")


def test_events_are_found_by_what_they_hold(project: Project) -> None:
    keep(project, *EVERY)
    asked = {
        "place": EventFilter(place="vale"),
        "actor": EventFilter(actor="norland"),
        "text": EventFilter(text="killing 14"),
        "origins": EventFilter(min_origins=2),
        "grade": EventFilter(grade=Grade.FAIR),
        "family": EventFilter(family="control"),
    }
    found = {name: {one.reports for one in find_events(project, chosen)} for name, chosen in asked.items()}
    shelled = ("own", "reprint", "wire")
    assert found["place"] == found["actor"] == found["text"] == {shelled, ("later",)}
    assert found["origins"] == found["grade"] == {shelled}
    assert found["family"] == {("seized",)}
    assert all(count_events(project, chosen) == len(found[name]) for name, chosen in asked.items())


def test_one_event_shows_its_accounts_with_reprints_folded_in(project: Project) -> None:
    keep(project, *EVERY)
    found = event_view(project, of_report(project, "wire").id)
    assert sorted(tuple(one.id for one in row.reports) for row in found.matrix) == [("own",), ("reprint", "wire")]
    [killed] = found.ranges
    assert (killed.low, killed.high) == (14, 14)
    assert found.together
    with pytest.raises(UsageError, match="no event 'event-none'"):
        event_view(project, "event-none")


def test_what_people_noted_on_a_source_is_shown_and_chooses_the_figure(project: Project) -> None:
    keep(project, WIRE, report("own", OWN.text.replace("killing 14", "killing 11"), outlet="Gazette"))
    for name, verdict in (("Gazette", "trust"), ("Post", "doubt")):
        deciding.keep(project, DecisionKind.TRUST, [name], verdict, who="Ann", reason="known for years")
    found = event_view(project, of_report(project, "own").id, best=BestRule.HIERARCHY)
    assert [(one.subjects, one.verdict) for one in found.trust] == [(("Gazette",), "trust")]
    [killed] = found.ranges
    assert (killed.low, killed.high) == (11, 11)


def test_why_tells_of_any_two_claims(project: Project) -> None:
    keep(project, *EVERY)
    ids = {name: claim_of(project, name) for name in ("wire", "own", "orrin")}
    together = why_claims(project, ids["wire"], ids["own"])
    assert together.events[0] == together.events[1]
    apart = why_claims(project, ids["wire"], ids["orrin"])
    assert apart.events[0] != apart.events[1]
    assert "one in Vale, the other in Orrin" in apart.likeness.reason
    assert all(
        one.reason for pair in itertools.combinations(ids.values(), 2) for one in [why_claims(project, *pair).likeness]
    )
