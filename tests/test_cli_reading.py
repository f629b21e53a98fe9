"""The options of `twosource read` that say where and how long reports are read, and the digest of what was read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli_run import Shell
from fake_reading import fake_reader
from troubled_reading import troubled_reader
from twosource import pipeline


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell in which reading needs no model, in this process unless workers are asked for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("twosource.cli.reading.partial", lambda *_: fake_reader)
    monkeypatch.setattr(pipeline, "usual_workers", lambda: 0)
    shell = Shell(tmp_path, capsys)
    shell.write("in/one.txt", "The army said that Norland shelled Vale on Monday.")
    return shell


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--ray", "auto"), "give --engine daft too"),
        (("--engine", "daft", "--workers", "0"), "give --workers 1 or more"),
        (("--time-limit", "0"), "give a number above 0"),
    ],
)
def test_options_that_do_not_go_together_are_refused(shell: Shell, options: tuple[str, ...], words: str) -> None:
    ran = shell.run("read", "in", "--into", "project.db", *options)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert not (shell.folder / "project.db").exists()


def test_a_limit_without_workers_is_refused_where_nothing_tells_of_processor_time(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twosource.cli.reading.has_clock", lambda: False)
    ran = shell.run("read", "in", "--into", "project.db", "--time-limit", "10", "--workers", "0")
    assert (ran.code, "needs a process to stop" in ran.err) == (2, True)


@pytest.mark.parametrize("workers", ["0", "1"])
def test_a_report_over_the_limit_is_told_and_read_once_it_may_take_longer(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    monkeypatch.setattr("twosource.cli.reading.partial", lambda *_: troubled_reader)
    shell.write("in/two.txt", "The army said that Norland seized Vale. !forever")
    given_up = shell.run("read", "in", "--into", "project.db", "--workers", workers, "--time-limit", "0.2", "--strict")
    assert given_up.code == 1
    assert "Issues: 1 reading-too-long." in given_up.out
    monkeypatch.setattr("twosource.cli.reading.partial", lambda *_: fake_reader)
    again = shell.run("read", "in", "--into", "project.db", "--workers", workers, "--time-limit", "9")
    assert "Read 2 reports (0 new, 1 unchanged, 0 changed, 1 read again" in again.out
    assert "holds 2 reports, 2 claims and 0 issues" in again.out


def test_the_digest_is_one_line_that_two_projects_with_the_same_readings_share(shell: Shell) -> None:
    for project, workers in (("a.db", "0"), ("b.db", "1")):
        assert shell.run("read", "in", "--into", project, "--quiet", "--workers", workers).code == 0
    first, second = shell.run("digest", "a.db"), shell.run("digest", "b.db")
    assert first == second
    assert re.fullmatch(r"[0-9a-f]{64}  1 reading\n", first.out)
