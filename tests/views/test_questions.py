"""The questions over the package's example reports, whose claims were coded by hand: answers to check in the texts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from coded_claims import keep_coded, keep_examples
from copies import Copies
from fake_reading import make_report
from twosource.closed_sets import ClaimType, FigureKind
from twosource.errors import UsageError
from twosource.relating import relate
from twosource.store import Project, open_project
from twosource.views.claims import ClaimFilter
from twosource.views.disagreements import disagreements
from twosource.views.figures import figure_history, toll_history
from twosource.views.holdings import holdings
from twosource.views.killed import WITHHELD, killed_persons, private_names
from twosource.views.order_of_battle import order_of_battle
from twosource.views.planned import plans
from twosource.views.relations import relationships
from twosource.views.silence import silences
from twosource.views.tellings import Basis
from twosource.views.wording import wordings

MARKET_DAY = datetime.date(2019, 4, 10)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, copies: Copies) -> Iterator[Project]:
    with copies.open(tmp_path_factory.mktemp("questions") / "p.db", keep_examples) as opened:
        relate(opened)
        yield opened


def market(**more: object) -> ClaimFilter:
    return ClaimFilter(place="Nevrin", since=MARKET_DAY, until=MARKET_DAY, **more)  # type: ignore[arg-type]


def test_a_figure_s_history_stands_in_order_with_who_said_it(project: Project) -> None:
    found = figure_history(project, market(), kind=FigureKind.KILLED, whole=True)
    told = {(one.saying.report, one.value): one for one in found.steps}
    assert told["nevrin-wire", "at least 12"].saying.speakers == ("doctors", "residents")
    assert told["nevrin-kornapress", "8"].saying.speakers == ("Brek Halvane",)
    assert told["nevrin-voice", "27"].saying.published == datetime.date(2019, 4, 11)
    assert ("nevrin-wire", "3") not in told  # the children are a part
    assert found.basis.reports >= 8
    assert found.basis.lineages < found.basis.reports  # reprints are no further accounts


def test_an_update_adds_to_its_own_text_and_a_reprint_adds_nothing(project: Project) -> None:
    found = toll_history(project, market())
    steps = {(one.step.saying.report, one.step.phrase): one for one in found.steps}
    assert steps["nevrin-wire", "At least 12 people"].adds == 12
    assert steps["nevrin-reprint", "At least 12 people"].adds == 0
    update = steps["nevrin-update", "19"]
    assert (update.before, update.adds) == (12, 7)
    assert steps["nevrin-update", "Seven more people"].of == "19"
    assert steps["nevrin-register", "six women"].of == "17"


def test_an_unknown_event_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="no event 'x'"):
        toll_history(project, event="x")


def test_relations_say_who_says_so_and_since_when(project: Project) -> None:
    [row] = relationships(project, relation=ClaimType.FUNDS, whom="Odrel Shield")
    assert (row.first, row.second, row.since) == ("Defence Ministry", "Odrel Shield", datetime.date(2018, 10, 1))
    assert row.sayings[0].speakers == ("senior official in Ostrell",)
    assert relationships(project, ClaimFilter(actor="Kornavelian Army"), relation=ClaimType.BACKS)[0].basis.reports == 5
    with pytest.raises(UsageError, match="no relation"):
        relationships(project, relation=ClaimType.AIRSTRIKE)


def test_the_order_of_battle_names_forces_with_their_claims(project: Project) -> None:
    forces = {row.name: row for row in order_of_battle(project, ClaimFilter(place="Vorrim"))}
    assert {"Darrem Free Front", "Kornavelian Army", "Odrel Shield"} <= set(forces)
    assert forces["Darrem Free Front"].left >= 1
    assert all(row.basis.claims == len(row.sayings) for row in forces.values())


def test_holdings_tell_who_had_a_town_before_and_after(project: Project) -> None:
    found = holdings(project, ClaimFilter(place="Vorrim"))
    told = [(row.kind, row.holder, row.until) for row in found.rows]
    assert told[0] == (ClaimType.HOLDS, "rebels", datetime.date(2019, 4, 23))
    assert (ClaimType.TAKES_CONTROL, "Kornavelian Army", datetime.date(2019, 4, 28)) in told
    ended = {row.saying.claim: row for row in found.rows}
    first = found.rows[0]
    assert first.ended_by is not None
    assert ended[first.ended_by].kind is ClaimType.TAKES_CONTROL
    assert not first.dated


def test_plans_are_followed_to_what_came_of_them(project: Project) -> None:
    found = {(row.plan.report, row.type): row for row in plans(project)}
    assert [one.report for one in found["vorrim-plan", ClaimType.DEPLOYS].came] == ["vorrim-taken"]
    assert found["nevrin-voice", ClaimType.THREATENS].came == ()


def test_silence_tells_whether_anybody_else_spoke(project: Project) -> None:
    found = {row.outlet: row for row in silences(project, "Vorrim", until=datetime.date(2019, 4, 30))}
    voice = found["Kornapress"]
    assert (voice.reports, voice.others > 0) == (0, True)
    assert all(row.days >= 7 for row in found.values())


def test_words_for_an_actor_are_counted_by_outlet_and_voice(project: Project) -> None:
    [row] = [row for row in wordings(project, actor="Odrel Shield") if row.actor == "Odrel Shield"]
    outlets = {one.outlet for one in row.words}
    assert {"Kornapress", "Voice of Darrem", "Quillon Press"} <= outlets
    assert not [row for row in wordings(project) if row.actor == "market"]


def test_disagreements_hold_both_sides_of_a_toll_and_of_a_denial(project: Project) -> None:
    inside = disagreements(project, inside=True)
    tolls = {
        row.disagreement.reports[0]: row.disagreement.values for row in inside if row.disagreement.field == "killed"
    }
    assert tolls["nevrin-register"] == ("17", "27")
    assert tolls["nevrin-scene"] == ("18", "27")
    denied = [row for row in inside if row.disagreement.field == "happened"]
    assert {"nevrin-rewrite", "vorrim-plan"} <= {row.disagreement.reports[0] for row in denied}
    assert all(len(row.sides) == 2 and row.basis == Basis(claims=2, reports=1, lineages=1) for row in inside)
    assert [row.disagreement.size for row in inside] == sorted((row.disagreement.size for row in inside), reverse=True)


KILLED = [
    make_report("a", "Teya Orrel, 34, a baker, and Colonel Brek Halvane were killed in Orm.", published="2031-03-05"),
    make_report("b", "The dead include Teya Ann Orrel, medics said; Orrel was a baker.", published="2031-03-06"),
]
NOBODY = {"actors": [], "places": [], "when": None, "figures": [], "sources": [], "via": []}
PLAIN = {**NOBODY, "stance": "asserts", "certainty": "certain", "status": "happened", "negated": False}


@pytest.fixture
def killings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    rows = [
        {**PLAIN, "report": "a", "type": "kills", "evidence": [KILLED[0].text[:-1]], "places": ["Orm"]}
        | {"targets": ["Teya Orrel", "Brek Halvane"]},
        {**PLAIN, "report": "b", "type": "kills", "evidence": ["The dead include Teya Ann Orrel"]}
        | {"targets": ["Teya Ann Orrel"], "sources": ["medics"]},
    ]
    with open_project(tmp_path_factory.mktemp("killed") / "p.db", create=True) as opened:
        keep_coded(opened, KILLED, rows)
        yield opened


def test_each_named_person_stands_once_over_all_reports(killings: Project) -> None:
    baker, colonel = killed_persons(killings, withhold=False)
    assert (baker.name, baker.ages, baker.status, baker.private) == ("Teya Ann Orrel", (34,), "civilian", True)
    assert [one.report for one in baker.sayings] == ["a", "b"]
    assert (colonel.name, colonel.status, colonel.private) == ("Brek Halvane", "combatant", False)


def test_private_names_are_withheld_in_every_field_unless_asked_for(killings: Project) -> None:
    baker, colonel = killed_persons(killings)
    assert (baker.name, baker.names, colonel.name) == (WITHHELD, (WITHHELD,), "Brek Halvane")
    everything = repr((baker, colonel))
    assert not [word for name in private_names(killings) for word in name.split() if word in everything]
