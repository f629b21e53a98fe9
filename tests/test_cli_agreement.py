from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_run import Shell
from copies import Copies
from fake_reading import fake_reader, make_report
from twosource import coding
from twosource.pipeline import store_reports
from twosource.store import Project, open_project


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


def fill(project: Project) -> None:
    store_reports([make_report("a", "Norland shelled Vale. Sud seized Kerat.")], project, fake_reader())


@pytest.fixture
def project(tmp_path: Path, copies: Copies) -> Path:
    return copies.make(tmp_path / "a.db", fill)


def code(project: Project) -> None:
    coding.set_task(project, "pilot", reports=("a",), coders=("Ana", "Ben"), start=coding.Start.CLAIMS, who="Lead")
    second = coding.blind_coding(project, "pilot", "Ben", "a").claims[1].claim.id
    coding.fix(project, "pilot", "Ben", "a", second, {"status": "ongoing"})
    for coder in ("Ana", "Ben"):
        coding.finish(project, "pilot", coder, "a")


def test_agreement_prints_what_was_found_and_each_field(shell: Shell, project: Path) -> None:
    with open_project(project) as opened:
        code(opened)
    printed = shell.run("agreement", project).out
    assert "pilot: Ana and Ben" in printed
    assert "claims found: Ana 2, Ben 2, both 2: F1 1.00" in printed
    [status] = [line.split() for line in printed.splitlines() if line.startswith("status")]
    assert status == ["status", "nominal", "0.00", "50%", "2", "2"]


def test_agreement_is_given_as_json(shell: Shell, project: Path) -> None:
    with open_project(project) as opened:
        code(opened)
    [found] = [
        json.loads(line) for line in shell.run("agreement", project, "--task", "pilot", "--json").out.splitlines()
    ]
    assert found["reports"] == ["a"]
    assert found["agreement"]["fields"]["type"]["alpha"] == 1.0


def test_a_project_without_tasks_says_where_they_are_made(shell: Shell, project: Path) -> None:
    assert "desk's page Coding" in shell.run("agreement", project).err


def test_an_unknown_task_is_refused(shell: Shell, project: Path) -> None:
    done = shell.run("agreement", project, "--task", "pilot")
    assert "there is no coding task 'pilot'" in done.err
