"""The commands that place a name, give an actor a kind, and find places, as the shell runs them."""

from __future__ import annotations

import json

import pytest

from cli_run import Ran, Shell
from located_reading import REPORTS, located_reader
from twosource.pipeline import store_reports
from twosource.store import Project, open_project
from twosource.views.actors import actor_page
from twosource.views.events import find_events

IDLIB = "geonames:169389"


def fill(project: Project) -> None:
    store_reports(REPORTS, project, located_reader())


def decide(shell: Shell, *arguments: str) -> Ran:
    return shell.run("decide", *arguments, "--because", "read it again", "--in", "project.db")


def keys() -> set[tuple[str, str | None]]:
    with open_project("project.db") as project:
        return {(value.name, value.key) for one in find_events(project) for value in one.places}


def test_a_place_is_found_chosen_and_taken_back(shell: Shell) -> None:
    found = shell.run("places", "find", "Idlib")
    assert found.out.startswith(f"{IDLIB}  Idlib (city")
    ran = decide(shell, "herald-1", "Vale", "--as", "locate", "--fields", json.dumps({"place": IDLIB}))
    assert (ran.code, ran.out) == (0, "Kept as entry 1.\n")
    assert ("Vale", IDLIB) in keys()
    assert shell.run("undo", "1", "--in", "project.db", "--because", "another Vale").code == 0
    assert ("Vale", None) in keys()
    assert decide(shell, "Vale", "--as", "unplaced").out == "Kept as entry 3.\n"
    listed = shell.run("decisions", "project.db", "--kind", "place", "--json").out.splitlines()
    assert [json.loads(line)["decision"]["verdict"] for line in listed] == ["unplaced", "undo", "locate"]


def test_a_place_is_found_by_how_near_it_is_to_a_reports_others(shell: Shell) -> None:
    ran = shell.run("places", "find", "Aleppo", "--report", "herald-1", "--in", "project.db", "--json")
    assert json.loads(ran.out.splitlines()[0])["place"]["id"] == "geonames:170063"
    assert "give both --report and --in" in shell.run("places", "find", "Aleppo", "--report", "herald-1").err
    assert "has no place" in shell.run("places", "find", "Qqzzxw").out
    assert f"{IDLIB}  Idlib" in shell.run("places", "find", "Idli").out
    beginning = shell.run("places", "find", "Alep", "--report", "herald-1", "--in", "project.db")
    assert "names no place 'Alep'" in beginning.err


def test_an_actor_is_given_a_kind(shell: Shell) -> None:
    assert decide(shell, "Norland", "--as", "classify", "--fields", '{"kind": "armed group"}').code == 0
    with open_project("project.db") as project:
        assert actor_page(project, "Norland").listing.entity.kind == "armed_group"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("herald-1", "Vale", "--as", "locate"), "needs the place"),
        (("herald-1", "Vale", "--as", "locate", "--fields", '{"place": "geonames:0"}'), "geonames:0"),
        (("herald-1", "Vale", "x", "--as", "unplaced"), "name a report and the name"),
        (("herald-1", "Vale", "--as", "unplaced", "--fields", '{"place": "x"}'), "can't be said of a place"),
        (("Norland", "--as", "classify"), "needs the kind"),
        (("Norland", "Sud", "--as", "classify"), "name one actor"),
        (("Norland", "--as", "classify", "--fields", '{"kind": "wizard"}'), "no kind of actor"),
    ],
)
def test_what_can_t_be_meant_is_told(shell: Shell, arguments: tuple[str, ...], told: str) -> None:
    ran = decide(shell, *arguments)
    assert ran.code != 0
    assert told in " ".join(ran.err.split())
