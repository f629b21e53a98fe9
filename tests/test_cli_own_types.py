from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_run import Shell
from copies import Copies
from fake_reading import fake_reader, make_report
from twosource.pipeline import store_reports
from twosource.store import Project

TOML = """
[[type]]
name = "Town shelled"
definition = "A town comes under fire"
[[type.is]]
types = ["shelling"]
"""


def fill(project: Project) -> None:
    store_reports([make_report("a", "Norland shelled Vale. Sud seized Kerat.")], project, fake_reader())


@pytest.fixture
def shell(tmp_path: Path, copies: Copies, capsys: pytest.CaptureFixture[str]) -> Shell:
    copies.make(tmp_path / "a.db", fill)
    made = Shell(tmp_path, capsys)
    made.write("own.toml", TOML)
    return made


def test_types_are_imported_listed_used_and_taken_out(shell: Shell, tmp_path: Path) -> None:
    file, project = tmp_path / "own.toml", tmp_path / "a.db"
    assert "1 type defined, 0 as before" in shell.run("types", "import", file, project, "--who", "Ana").out
    assert "0 types defined, 1 as before" in shell.run("types", "import", file, project, "--who", "Ana").out
    [row] = [json.loads(line) for line in shell.run("types", "list", project, "--json").out.splitlines()]
    assert (row["type"]["name"], row["claims"]) == ("Town shelled", 1)
    assert "A town comes under fire" in shell.run("types", "list", project).out
    [claim] = [
        json.loads(line) for line in shell.run("claims", project, "--own", "town shelled", "--json").out.splitlines()
    ]
    assert (claim["type"], claim["own_types"]) == ("shelling", ["Town shelled"])
    out = shell.run("types", "forget", "Town shelled", "--in", project, "--because", "too rare", "--who", "Ana").out
    assert "taken out by entry 2" in out
    assert "No own types" in shell.run("types", "list", project).err


def test_a_file_that_cannot_be_read_is_told(shell: Shell, tmp_path: Path) -> None:
    done = shell.run("types", "import", tmp_path / "none.toml", tmp_path / "a.db")
    assert "can't be read" in done.err
    assert done.code != 0
