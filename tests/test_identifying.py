"""Identifying in a project: increments, order, decisions and undoing, and what views and commands say of it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_run import Shell
from fake_reading import fake_reader, make_report
from twosource import deciding
from twosource.corpus_records import Entity, Judgement
from twosource.errors import UsageError
from twosource.identifying import identify, keep_name_decision
from twosource.pipeline import store_reports
from twosource.records import Report
from twosource.store import Project, open_project
from twosource.store.entities import entity_index
from twosource.views.actors import actor_page, count_actors, find_actor, list_actors, why_names

FIRST = make_report("first", "ISIS shelled Vale. Hezbollah shelled Vale. Galibiyun seized Vale.", outlet="One Herald")
SECOND = make_report("second", "Daesh shelled Vale. Karim said Galibiyyoun shelled Vale.", outlet="Two Herald")
THIRD = make_report("third", "Iran backs Norland. ISIS seized Vale. Assad shelled Vale.", outlet="Two Herald")
EVERY = (FIRST, SECOND, THIRD)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "a.db", create=True) as opened:
        yield opened


def keep(project: Project, *reports: Report) -> None:
    store_reports(reports, project, fake_reader())


def kept(project: Project) -> list[object]:
    with project.looking() as connection:
        index = entity_index(connection)
    names = [("first", "ISIS"), ("second", "Daesh"), ("second", "Karim"), ("first", "Galibiyun"), ("third", "Iran")]
    return [list_actors(project, generic=True), [index.entity_of(name, report) for report, name in names]]


def entity(project: Project, name: str) -> Entity:
    return actor_page(project, name).listing.entity


def test_reading_identifies_what_it_read(project: Project) -> None:
    keep(project, *EVERY)
    found = entity(project, "Daesh")
    assert (found.id, found.name) == ("actor:islamic-state", "Islamic State")
    assert [(use.name, use.reports, use.outlets) for use in found.uses] == [
        ("ISIS", 2, ("One Herald", "Two Herald")),
        ("Daesh", 1, ("Two Herald",)),
    ]
    assert set(entity(project, "Galibiyun").names) == {"Galibiyun", "Galibiyyoun"}


def test_nothing_new_is_nothing_done(project: Project) -> None:
    keep(project, *EVERY)
    before = kept(project)
    assert identify(project) == 0
    assert kept(project) == before


def test_the_order_in_which_reports_come_changes_nothing(tmp_path: Path) -> None:
    outcomes = []
    for number, order in enumerate(itertools.permutations(EVERY)):
        with open_project(tmp_path / f"{number}.db", create=True) as project:
            for report in order:
                keep(project, report)
            outcomes.append(kept(project))
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_one_after_the_other_equals_all_at_once(tmp_path: Path, project: Project) -> None:
    keep(project, *EVERY)
    with open_project(tmp_path / "b.db", create=True) as other:
        for report in EVERY:
            keep(other, report)
        assert kept(other) == kept(project)


def test_a_changed_report_takes_its_old_names_with_it(project: Project) -> None:
    keep(project, FIRST, SECOND)
    keep(project, make_report("second", "Norland shelled Vale.", outlet="Two Herald"))
    assert entity(project, "ISIS").names == ("ISIS",)
    with pytest.raises(UsageError, match="no report names an actor 'Karim'"):
        find_actor(project, "Karim")


def test_a_persons_word_is_laid_over_at_once_and_stays_when_more_is_read(project: Project) -> None:
    keep(project, FIRST, SECOND)
    keep_name_decision(project, ("Galibiyun", "Galibiyyoun"), Judgement.DIFFERENT, reason="I met both", who="a.coder")
    assert entity(project, "Galibiyun").names == ("Galibiyun",)
    keep(project, THIRD)
    assert entity(project, "Galibiyun").names == ("Galibiyun",)
    told = why_names(project, "Galibiyun", "Galibiyyoun")
    assert (told.judgement, told.decided) == (Judgement.DIFFERENT, True)
    assert "I met both" in told.reason


def test_what_is_taken_back_is_as_before(project: Project) -> None:
    keep(project, *EVERY)
    before = kept(project)
    entry = keep_name_decision(project, ("ISIS", "Hezbollah"), Judgement.SAME, reason="a slip", who="a.coder")
    assert kept(project) != before
    deciding.undo(project, entry.number, who="a.coder", reason="it was a slip")
    identify(project)
    assert kept(project) == before


def test_who_the_people_of_one_report_are_can_be_said_and_taken_back(project: Project) -> None:
    keep(project, *EVERY, make_report("fourth", "Rebels shelled Vale.", outlet="One Herald"))
    before = kept(project)
    words = ("generic:fourth:rebels", "Hezbollah")
    entry = keep_name_decision(project, words, Judgement.SAME, reason="their own channel says so", who="a.coder")
    assert entity(project, "Rebels").id == "actor:hezbollah"
    assert not [row for row in list_actors(project, generic=True) if row.entity.generic]
    deciding.undo(project, entry.number, who="a.coder", reason="it was another channel")
    identify(project)
    assert kept(project) == before
    assert find_actor(project, "Rebels") == "generic:fourth:rebels"


def test_a_decision_on_a_name_that_no_report_has_is_refused(project: Project) -> None:
    keep(project, FIRST)
    with pytest.raises(UsageError, match="no report names an actor 'Nobody'"):
        keep_name_decision(project, ("ISIS", "Nobody"), Judgement.SAME, reason="x", who="a.coder")


def test_a_page_has_names_by_outlet_and_relations_with_their_evidence(project: Project) -> None:
    keep(project, *EVERY)
    page = actor_page(project, "actor:islamic-state")
    assert [(one.outlet, one.names) for one in page.outlets] == [
        ("One Herald", ("ISIS",)),
        ("Two Herald", ("Daesh", "ISIS")),
    ]
    assert page.before == (("actor:islamic-state-of-iraq", "Islamic State of Iraq"),)
    assert page.relations == ()


def test_the_list_is_of_most_reports_first_and_asks_by_words(project: Project) -> None:
    keep(project, *EVERY)
    rows = list_actors(project)
    assert rows[0].entity.id == "actor:islamic-state"
    assert (rows[0].reports, rows[0].claims) == (3, 3)
    assert [row.entity.id for row in list_actors(project, name="daesh")] == ["actor:islamic-state"]
    assert count_actors(project) == len(rows)


def fill(project: Project) -> None:
    keep(project, *EVERY)


def test_actors_lists_names_with_how_many_use_them(shell: Shell) -> None:
    ran = shell.run("actors", "project.db", "--name", "daesh")
    assert "Islamic State  actor:islamic-state" in ran.out
    assert "ISIS (2), Daesh (1)" in ran.out
    assert ran.err == "1 of 1 actor.\n"
    [line] = shell.run("actors", "project.db", "--name", "daesh", "--json").out.splitlines()
    assert json.loads(line)["entity"]["id"] == "actor:islamic-state"


def test_actor_tells_why_each_name_is_one_of_its_names(shell: Shell) -> None:
    ran = shell.run("actor", "project.db", "ISIS")
    assert "The table of actors has 'Daesh' as a name of Islamic State." in ran.out
    assert "Two Herald: Daesh, ISIS" in ran.out


def test_why_explains_two_names(shell: Shell) -> None:
    ran = shell.run("why", "ISIS", "Daesh", "--in", "project.db")
    assert ran.out.startswith("ISIS and Daesh: one actor\n")
    assert "two actors" in shell.run("why", "ISIS", "Hezbollah", "--in", "project.db").out
    assert json.loads(shell.run("why", "ISIS", "Daesh", "--in", "project.db", "--json").out)["judgement"] == "same"


def test_a_decision_on_names_and_its_undoing_from_the_shell(shell: Shell) -> None:
    words = ("--as", "different", "--about", "entity", "--because", "I know", "--in", "project.db")
    assert shell.run("decide", "ISIS", "Daesh", *words).code == 0
    assert shell.run("why", "ISIS", "Daesh", "--in", "project.db").out.startswith("ISIS and Daesh: two actors\n")
    shell.run("undo", "1", "--because", "a slip", "--in", "project.db")
    assert shell.run("why", "ISIS", "Daesh", "--in", "project.db").out.startswith("ISIS and Daesh: one actor\n")
