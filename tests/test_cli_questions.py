"""The commands that ask questions over all reports, as the shell runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_run import Shell
from coded_claims import example_reports, example_rows, keep_coded
from twosource.cli.question_options import most_looked_at
from twosource.store import open_project


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "project.db"
    with open_project(path, create=True) as project:
        keep_coded(project, example_reports(), example_rows())
    return path


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


COMMANDS = {
    "figures": ("--kind", "killed", "--place", "Nevrin"),
    "toll": ("--place", "Nevrin", "--since", "2019-04-10", "--until", "2019-04-10"),
    "relations": ("--whom", "Odrel Shield"),
    "order-of-battle": ("--place", "Vorrim"),
    "held": ("--place", "Vorrim"),
    "killed": (),
    "planned": (),
    "silence": ("--place", "Vorrim"),
    "words": ("--actor", "Odrel Shield"),
    "disagreements": (),
}
SHOWN = {
    "figures": "at least 12",
    "toll": "at least 12",
    "relations": "Odrel Shield",
    "order-of-battle": "Kornavelian Army",
    "held": "takes_control",
    "planned": "vorrim-plan",
    "silence": "Kornapress",
    "words": "Odrel Shield",
    "disagreements": "nevrin-register",
}


@pytest.mark.parametrize("command", SHOWN)
def test_a_question_prints_a_table(shell: Shell, stored: Path, command: str) -> None:
    ran = shell.run(command, stored, *COMMANDS[command], "--limit", "0")
    assert ran.code == 0
    assert SHOWN[command] in " ".join(ran.out.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_question_as_json_has_a_record_a_line(shell: Shell, stored: Path, command: str) -> None:
    lines = shell.run(command, stored, *COMMANDS[command], "--json").out.splitlines()
    assert all(isinstance(json.loads(line), dict) for line in lines)
    assert bool(lines) is (command != "killed")
    limited = shell.run(command, stored, *COMMANDS[command], "--json", "--limit", "1").out.splitlines()
    assert limited == lines[:1]


def test_a_table_says_how_many_there_are_and_what_it_rests_on(shell: Shell, stored: Path) -> None:
    ran = shell.run("figures", stored, "--limit", "2")
    assert "--limit 0 prints all." in ran.err
    assert "Rests on " in ran.err


BOUNDED = {name: asked for name, asked in COMMANDS.items() if name not in {"killed", "toll", "silence"}}


@pytest.mark.parametrize("command", BOUNDED)
def test_a_question_over_the_newest_claims_says_what_it_left_out(shell: Shell, stored: Path, command: str) -> None:
    few = shell.run(command, stored, *BOUNDED[command], "--newest", "2", "--json")
    assert "Looked at the " in few.err
    whole = shell.run(command, stored, *BOUNDED[command], "--newest", "0", "--json")
    assert "Looked at" not in whole.err
    assert len(few.out) < len(whole.out)
    assert whole.out == shell.run(command, stored, *BOUNDED[command], "--json").out


def test_a_table_looks_at_some_of_many_claims_and_json_at_all(
    shell: Shell, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(most_looked_at, "__kwdefaults__", {"plain": 2})
    assert "Looked at the 2 claims published last" in shell.run("figures", stored).err
    assert "Looked at" not in shell.run("figures", stored, "--json").err


def test_nothing_found_is_said(shell: Shell, stored: Path) -> None:
    ran = shell.run("killed", stored)
    assert (ran.out, ran.err) == ("", "No persons.\n")


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("figures", "--kind", "pigs"), "one of killed"),
        (("toll", "--event", "x"), "no event 'x'"),
        (("disagreements", "--between", "us"), "none of all, inside, reports"),
        (("held", "--since", "May"), "write it as 2024-12-31"),
    ],
)
def test_a_question_that_can_t_be_meant_says_what_to_do(
    shell: Shell, stored: Path, arguments: tuple[str, ...], advice: str
) -> None:
    command, *options = arguments
    ran = shell.run(command, stored, *options)
    assert (ran.code, advice in ran.err) == (2, True)
