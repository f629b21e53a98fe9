"""What the system refuses ends a command in one line with what to do, and never in a trace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli_run import Ran, Shell
from copies import Copies
from fake_reading import fake_reader, make_report
from twosource.pipeline import store_reports
from twosource.store import Project

pytestmark = pytest.mark.file

_FULL = Path("/dev/full")
_COMMAND = "from twosource.cli import main; main()"


def fill(project: Project) -> None:
    store_reports(
        [make_report(f"r-{n}", f"Smith said Norland shelled Vale-{n}.") for n in range(3)], project, fake_reader()
    )


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], copies: Copies) -> Shell:
    copies.open(tmp_path / "p.db", fill).close()
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, capsys)


def run_in_a_shell(folder: Path, words: str, **environment: str) -> Ran:
    """'twosource' in ``words`` is the command."""
    line = words.replace("twosource", f"{sys.executable} -c '{_COMMAND}'", 1)
    ran = subprocess.run(
        ["bash", "-c", line], cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.mark.skipif(not _FULL.exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("words", ["claims p.db --json", "formats", "export p.db --format claims"])
def test_a_full_disk_under_the_output_is_told_in_a_line(shell: Shell, words: str) -> None:
    ran = run_in_a_shell(shell.folder, f"twosource {words} > {_FULL}")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert ran.err.startswith("twosource: No space left on device. What was to be printed or read could not be")


def test_an_output_that_is_closed_is_no_fault(shell: Shell) -> None:
    assert run_in_a_shell(shell.folder, "twosource verify p.db >&-") == (0, "", "")


def test_a_program_that_ends_before_all_is_printed_ends_the_command_quietly(shell: Shell) -> None:
    ran = run_in_a_shell(shell.folder, "twosource export p.db --format project | true")
    assert (ran.out, ran.err) == ("", "")


def test_characters_that_the_terminal_has_no_letters_for_are_replaced(shell: Shell) -> None:
    ran = run_in_a_shell(shell.folder, "twosource claims p.db", PYTHONIOENCODING="ascii")
    assert ran.code == 0
    assert "Norland" in ran.out


def test_words_that_are_no_text_are_refused(shell: Shell) -> None:
    ran = shell.run("show", "p.db", "r-\udcff")
    assert (ran.code, ran.err) == (2, "twosource: 'r-\\udcff' is no text: what a command is given must be in UTF-8\n")


@pytest.mark.parametrize("command", ["claims", "read p.db --into"])
def test_a_name_that_is_too_long_is_refused(shell: Shell, command: str) -> None:
    ran = shell.run(*command.split(), "x" * 300)
    assert (ran.code, ran.err) == (2, f"twosource: {'x' * 300} can't be opened: File name too long\n")


def test_an_export_into_the_folder_itself_is_refused(shell: Shell) -> None:
    ran = shell.run("export", "p.db", "--format", "claims", "--out", ".")
    assert (ran.code, ran.err) == (2, "twosource: . can't be written: Is a directory; give another --out\n")


def test_an_export_to_the_standard_output_by_name_is_written_there(shell: Shell) -> None:
    ran = run_in_a_shell(shell.folder, "twosource export p.db --format claims --out /dev/stdout | cat")
    assert ran.code == 0
    assert ran.out == shell.run("export", "p.db", "--format", "claims").out != ""
