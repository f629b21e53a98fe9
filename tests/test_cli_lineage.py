"""The commands lineage, why and decide, as the shell runs them."""

from __future__ import annotations

import json

from cli_run import Shell
from corpus import another_war as war
from fake_reading import fake_reader
from twosource.pipeline import store_reports
from twosource.store import Project


def fill(project: Project) -> None:
    store_reports([war.WIRE, war.REPRINT, war.RETOLD, war.STATEMENT], project, fake_reader())


def test_lineage_lists_families_with_origin_and_reason(shell: Shell) -> None:
    ran = shell.run("lineage", "project.db")
    assert ran.code == 0
    assert "3 reports, from Reuters" in ran.out
    assert "2031-03-04  wire · Reuters" in ran.out
    assert "1 family; 1 reports in none." in ran.err


def test_lineage_as_json_has_a_line_for_each_family(shell: Shell) -> None:
    [line] = shell.run("lineage", "project.db", "--json").out.splitlines()
    assert json.loads(line)["lineage"]["reports"] == ["reprint", "retold", "wire"]


def test_lineage_of_a_report_in_no_family_says_so(shell: Shell) -> None:
    ran = shell.run("lineage", "project.db", "--report", "statement")
    assert (ran.out, ran.err) == ("", "statement is in no family.\n")


def test_why_gives_the_reason_and_passages(shell: Shell) -> None:
    ran = shell.run("why", "wire", "retold", "--in", "project.db")
    assert ran.out.startswith("Rewrite of one text: ")
    assert "\nwire: " in ran.out
    assert "\nretold: " in ran.out


def test_why_as_json_is_one_object(shell: Shell) -> None:
    found = json.loads(shell.run("why", "wire", "statement", "--in", "project.db", "--json").out)
    assert found["dependence"]["relation"] == "none"


def test_a_decision_is_told_and_kept(shell: Shell) -> None:
    ran = shell.run("decide", "wire", "statement", "--as", "same", "--because", "one stringer", "--in", "project.db")
    assert ran.out.startswith("A person says one origin: one stringer.")
    assert "4 reports" in shell.run("lineage", "project.db").out


def test_a_decision_needs_a_reason_and_two_known_reports(shell: Shell) -> None:
    assert shell.run("decide", "wire", "statement", "--as", "same", "--because", " ", "--in", "project.db").code == 2
    ran = shell.run("decide", "wire", "gone", "--as", "same", "--because", "x", "--in", "project.db")
    assert (ran.code, "no report 'gone'" in ran.err) == (2, True)
