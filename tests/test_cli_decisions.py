"""The commands decide, undo, decisions, verify and backup, as the shell runs them."""

from __future__ import annotations

import json
import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from cli_run import Shell
from fake_reading import fake_reader, make_report
from twosource.deciding import decided_claims
from twosource.pipeline import store_reports
from twosource.store import Project, open_project, write

TEXT = "Norland shelled Vale-Port on 2024-03-01, killing 2. Sud seized Vale. The Red Guard fled."


def fill(project: Project) -> None:
    store_reports([make_report("b", TEXT), make_report("c", TEXT)], project, fake_reader())
    write.keep_batch(project, 1, "f", write.Batch(originals=(b"the bytes",)))


def claim_id(words: str) -> str:
    with open_project("project.db") as project:
        return next(one.claim.id for one in decided_claims(project, "b") if one.evidence[0].startswith(words))


def decide(shell: Shell, *arguments: str) -> tuple[int, str, str]:
    return shell.run("decide", *arguments, "--because", "read it again", "--in", "project.db")


def tamper(statement: str) -> None:
    with sqlite3.connect("project.db") as connection:
        for trigger in ("decision_is_never_changed", "decision_is_never_taken_out"):
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        connection.execute(statement)
    connection.close()


def test_a_claim_is_fixed_and_listed_so(shell: Shell) -> None:
    ran = decide(shell, claim_id("Sud"), "--as", "fix", "--fields", '{"actors": ["Red Guard"]}')
    assert ran[1].startswith("fixed in b, entry 1: takes_control · Red Guard")
    assert "Red Guard" in shell.run("claims", "project.db", "--actor", "red guard").out
    [row] = shell.run("decisions", "project.db", "--json").out.splitlines()
    assert json.loads(row)["decision"]["who"] == "desk-user"


def test_a_claim_is_accepted_rejected_and_added(shell: Shell) -> None:
    assert decide(shell, claim_id("Sud"), "--as", "accept", "--who", "coder-2")[1].startswith("accepted in b, entry 1")
    assert decide(shell, claim_id("Norland"), "--as", "reject")[1].startswith("rejected in b, entry 2")
    added = decide(shell, "b", "--as", "add", "--fields", '{"type": "withdraws", "evidence": ["The Red Guard fled"]}')
    assert added[1].startswith("added in b, entry 3: withdraws")
    shown = shell.run("claims", "project.db", "--report", "b", "--json").out.splitlines()
    assert [json.loads(line)["type"] for line in shown] == ["takes_control", "withdraws"]


def test_a_decision_that_is_kept_is_told_so_though_what_follows_finds_no_room(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claim_id("Sud")

    def full(project: Project) -> None:
        fault = sqlite3.OperationalError("database or disk is full")
        fault.sqlite_errorname = "SQLITE_FULL"
        with project.writing():
            raise OperationalError("INSERT", None, fault)

    with monkeypatch.context() as patch:
        patch.setattr("twosource.cli.deciding_claims.gather", full)
        code, out, err = decide(shell, claim, "--as", "reject")
    assert (code, out.startswith("rejected in b, entry 1")) == (2, True)
    assert err.startswith("twosource: entry 1 is kept: don't decide it again.")
    assert err.endswith("once this is mended: project.db can't be written: the disk is full\n")
    assert len(shell.run("decisions", "project.db", "--json").out.splitlines()) == 1


def test_another_persons_decision_is_seconded_by_its_number(shell: Shell) -> None:
    decide(shell, claim_id("Sud"), "--as", "accept", "--who", "coder-2")
    assert decide(shell, "1", "--as", "disagree")[1] == "Kept as entry 2.\n"
    shown = shell.run("decisions", "project.db").out
    assert "desk-user: second disagree  1, desk-user" in shown
    assert "your own" in decide(shell, "1", "--as", "agree", "--who", "Coder-2")[2]
    assert "name one decision by its number" in decide(shell, "claim-1", "--as", "agree")[2]


def test_show_tells_who_decided_and_what_no_longer_applies(shell: Shell) -> None:
    decide(shell, claim_id("Sud"), "--as", "reject")
    assert (
        "takes_control · Sud · Vale  [rejected by desk-user: read it again]" in shell.run("show", "project.db", "b").out
    )
    assert len(shell.run("claims", "project.db", "--report", "b", "--rejected", "--json").out.splitlines()) == 2
    with open_project("project.db") as project:
        store_reports([make_report("b", "Norland backs Sud.")], project, fake_reader())
    told = shell.run("show", "project.db", "b").out
    assert "entry 1 no longer applies: no takes_control is read in 'Sud seized Vale' any more" in told
    assert "no longer applies" in shell.run("decisions", "project.db").out
    assert "rejected" not in shell.run("show", "project.db", "b", "--version", 1).out


def test_trust_is_kept_as_it_is_given(shell: Shell) -> None:
    ran = decide(shell, "Red Guard", "--as", "doubt")
    assert ran == (0, "Kept as entry 1.\n", "")


def test_an_undo_is_one_more_entry(shell: Shell) -> None:
    decide(shell, claim_id("Norland"), "--as", "reject")
    assert (
        shell.run("undo", 1, "--because", "a slip", "--in", "project.db").out == "Entry 1 is taken back by entry 2.\n"
    )
    told = shell.run("decisions", "project.db").out
    assert "desk-user: claim undo of entry 1" in told
    assert "taken back: by entry 2" in told
    assert len(shell.run("claims", "project.db", "--report", "b", "--json").out.splitlines()) == 2


def test_who_comes_second_is_told(shell: Shell) -> None:
    decide(shell, "b", "c", "--as", "different")
    ran = decide(shell, "b", "c", "--as", "same", "--seen", "0")
    assert ran[0] == 2
    assert "desk-user decided 'different' on b, c at" in ran[2]


def test_decisions_of_one_kind_or_on_one_thing_are_listed(shell: Shell) -> None:
    decide(shell, "b", "c", "--as", "different")
    decide(shell, claim_id("Norland"), "--as", "reject")
    assert shell.run("decisions", "project.db", "--kind", "lineage").out.count("read it again") == 1
    assert shell.run("decisions", "project.db", "--about", "b").out.count("read it again") == 2
    assert shell.run("decisions", "project.db", "--limit", 1).err == "1 of 2 decisions; --limit 0 prints all.\n"
    assert shell.run("decisions", "project.db", "--about", "x").err == "No decisions.\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("b", "c", "--as", "perhaps"), "--as 'perhaps' is no verdict: it is one of same, different"),
        (("b", "--as", "same"), "name two reports, not 1"),
        (("claim-1", "--as", "accept"), "there is no claim 'claim-1'"),
        (("x", "y", "--as", "reject"), "name one claim"),
        (("x", "--as", "reject", "--fields", "{}"), "there is no claim 'x'"),
        (("x", "--as", "reject", "--fields", '{"type": "other"}'), "goes with --as fix or add, not with reject"),
        (("b", "--as", "add", "--fields", "{"), "--fields is no JSON object"),
        (("b", "--as", "add"), "needs its type and its evidence"),
        (("b", "c", "--as", "merge", "--about", "lineage"), "'merge' can't be said of two reports"),
    ],
)
def test_what_cannot_be_meant_is_said_in_one_line(shell: Shell, arguments: tuple[str, ...], reason: str) -> None:
    code, _, told = decide(shell, *arguments)
    assert (code, reason in told, told.count("\n")) == (2, True, 1), told


def test_a_user_without_a_name_is_asked_for_one(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError("no user")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert "give one with --who" in decide(shell, "b", "c", "--as", "same")[2]


def test_a_project_that_nobody_changed_is_whole(shell: Shell) -> None:
    decide(shell, "b", "c", "--as", "different")
    ran = shell.run("verify", "project.db")
    assert ran.code == 0
    assert ran.out.startswith("1 decision and 1 original checked: nothing was changed.\nhead ")


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE decision SET reason = 'x'", "decision 1: its content is not what was written"),
        ("UPDATE original SET content = 'y'", "its bytes have SHA-256 of no bytes at all"),
        ("UPDATE original SET content = X'00'", "its bytes have SHA-256 6e340b9cffb37a98"),
        ("UPDATE report SET run = 99 WHERE id = 'b'", "it belongs to a row of table run that is not there"),
        ("DELETE FROM decision WHERE number = 7", "trigger decision_is_never_changed"),
    ],
)
def test_what_was_changed_is_named_with_its_place(shell: Shell, statement: str, where: str) -> None:
    decide(shell, "b", "c", "--as", "different")
    tamper(statement)
    ran = shell.run("verify", "project.db")
    assert ran.code == 1
    assert where in ran.out
    assert json.loads(shell.run("verify", "project.db", "--json").out)["faults"]


def test_a_log_cut_off_at_its_end_is_found_by_the_hash_noted_before(shell: Shell) -> None:
    decide(shell, "b", "c", "--as", "different")
    decide(shell, "b", "c", "--as", "same")
    head = shell.run("verify", "project.db").out.split()[-1]
    assert shell.run("verify", "project.db", "--head", head).code == 0
    tamper("DELETE FROM decision WHERE number = 2")
    ran = shell.run("verify", "project.db", "--head", head)
    assert ran.code == 1
    assert "entries were cut off or replaced" in ran.out


def test_a_backup_is_a_project_that_can_be_verified(shell: Shell) -> None:
    decide(shell, "b", "c", "--as", "different")
    with open_project("project.db") as project, project.writing():  # somebody is writing meanwhile
        ran = shell.run("backup", "project.db", "--to", "copy.db")
    assert ran.code == 0
    assert shell.run("verify", "copy.db").out == shell.run("verify", "project.db").out
    assert shell.run("claims", "copy.db", "--json").out == shell.run("claims", "project.db", "--json").out


def test_a_backup_writes_over_nothing(shell: Shell) -> None:
    shell.write("copy.db", "mine")
    ran = shell.run("backup", "project.db", "--to", "copy.db")
    assert (ran.code, "is there already" in ran.err) == (2, True)
    assert "there is no folder" in shell.run("backup", "project.db", "--to", "nowhere/copy.db").err
    assert (shell.folder / "copy.db").read_text() == "mine"


def test_what_came_of_a_plan_is_said_by_a_command(shell: Shell) -> None:
    told = claim_id("Sud")
    ran = decide(shell, told, "--as", "happened")
    assert ran[0] == 2
    assert "tells of nothing planned" in ran[2]
    decide(shell, told, "--as", "fix", "--fields", '{"status": "planned"}')
    ran = decide(shell, told, "--as", "happened", "--fields", json.dumps({"told_by": claim_id("Norland")}))
    assert ran[:2] == (0, "Kept as entry 2.\n")
    [plan] = [json.loads(row) for row in shell.run("planned", "project.db", "--json").out.splitlines()]
    assert plan["outcome"]["word"] == "happened"
    assert plan["outcome"]["words"].startswith("Norland shelled")
    [row] = shell.run("decisions", "project.db", "--kind", "outcome", "--json").out.splitlines()
    assert json.loads(row)["decision"]["verdict"] == "happened"
    ran = decide(shell, told, "--as", "happened", "--fields", '{"actors": ["Sud"]}')
    assert ran[0] == 2
    assert "names what tells so" in ran[2]
