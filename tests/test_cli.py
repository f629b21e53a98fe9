from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from cli_run import Shell
from fake_reading import fake_reader
from twosource import __version__, pipeline
from twosource.cli import app
from twosource.store import open_project

FIRST = """outlet: Vale Daily
published: 2024-03-02
title: Two said dead

Smith said Norland shelled Vale on 2024-03-01, killing 2. ???
"""
SECOND = "Norland seized Al-Vale. Sud backs Norland."


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline, "default_reader", lambda _kind=None: fake_reader())
    monkeypatch.setattr(pipeline, "usual_workers", lambda: 0)
    return Shell(tmp_path, capsys)


@pytest.fixture(scope="module")
def two_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two reports and a project that holds them, to be copied."""
    folder = tmp_path_factory.mktemp("two") / "folder"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "one.txt").write_text(FIRST, encoding="utf-8")
    (folder / "in" / "two.txt").write_text(SECOND, encoding="utf-8")
    with open_project(folder / "project.db", create=True) as project, contextlib.chdir(folder):
        pipeline.read_into([Path("in")], project, reader=fake_reader())
    return folder


@pytest.fixture
def filled(shell: Shell, two_reports: Path) -> Shell:
    """A shell in whose folder a project holds two reports."""
    shutil.copytree(two_reports, shell.folder, dirs_exist_ok=True)
    return shell


def json_lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_read_says_how_many_reports_claims_and_issues_there_are(shell: Shell) -> None:
    shell.write("in/one.txt", FIRST)
    shell.write("in/two.txt", SECOND)
    ran = shell.run("read", "in", "--into", "project.db")
    assert ran.code == 0
    assert ran.out.splitlines()[:3] == [
        "Read 2 reports (2 new, 0 unchanged, 0 changed).",
        "project.db holds 2 reports, 3 claims and 1 issue.",
        "Issues: 1 unclear. See them with: twosource issues project.db",
    ]


def test_read_again_finds_nothing_new(filled: Shell) -> None:
    filled.write("in/two.txt", SECOND + " Sud seized Vale.")
    ran = filled.run("read", "in", "--into", "project.db")
    assert ran.out.startswith("Read 2 reports (0 new, 1 unchanged, 1 changed).\nproject.db holds 2 reports, 4 claims")


def test_read_takes_a_map_of_columns(shell: Shell) -> None:
    shell.write("rows.csv", "words,when\nNorland seized Vale.,2024-03-02\n")
    assert shell.run("read", "rows.csv", "--into", "project.db", "--map", "words=text,when=published").code == 0
    with open_project("project.db") as project, project.looking() as connection:
        assert connection.exec_driver_sql("SELECT published FROM report").scalar() == "2024-03-02"


def test_input_that_can_t_be_read_fails_the_command_only_when_strict(shell: Shell) -> None:
    shell.write("in/one.txt", FIRST)
    shell.write("in/empty.txt", "")
    lenient = shell.run("read", "in", "--into", "project.db")
    assert lenient.code == 0
    assert "1 input could not be read." in lenient.out
    assert shell.run("read", "in", "--into", "project.db", "--strict", "--quiet") == (1, "", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("read", "none", "--into", "project.db"), "none is not there"),
        (("read", "notes.txt", "--into", "notes.txt"), "not a twosource project"),
        (("read", "notes.txt", "--into", "project.db", "--map", "x=y"), "no column of ours"),
        (("claims", "none.db"), "no project at none.db"),
        (("claims", "notes.txt"), "not a twosource project"),
        (("claims", "none.db", "--type", "airstrik"), "did you mean airstrike"),
        (("claims", "none.db", "--family", "farce"), "it is one of force,"),
        (("claims", "none.db", "--since", "March"), "write it as 2024-12-31"),
        (("serve", "none.db"), "no project at none.db"),
        (("export", "none.db", "--format", "claims"), "no project at none.db"),
    ],
)
def test_misuse_is_one_clear_line_and_exit_code_2(shell: Shell, arguments: tuple[str, ...], words: str) -> None:
    shell.write("notes.txt", "Norland seized Vale.")
    ran = shell.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("twosource: ")
    assert words in ran.err
    assert ran.err.count("\n") == 1
    assert sorted(path.name for path in shell.folder.iterdir()) == ["notes.txt"]


def test_an_interrupted_run_says_that_what_was_read_is_kept(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "read_into", interrupt)
    shell.write("one.txt", FIRST)
    ran = shell.run("read", "one.txt", "--into", "project.db")
    assert ran.code == 130
    assert "the same command goes on" in ran.err


def test_claims_are_a_table(filled: Shell) -> None:
    ran = filled.run("claims", "project.db")
    assert ran.code == 0
    head, _, first, second, third = [line.split() for line in ran.out.splitlines()]
    assert head == ["report", "claim", "who", "where", "when", "figures", "source", "words"]
    assert first[:7] == ["one", "shelling", "Norland", "Vale", "2024-03-01", "2", "killed"]
    assert [second[:4], third[:4]] == [
        ["two", "takes_control", "Norland", "Al-Vale"],
        ["two", "backs", "Sud", "Norland"],
    ]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (("--type", "takes-control"), ["takes_control"]),
        (("--family", "force"), ["shelling"]),
        (("--actor", "NÖR"), ["shelling", "takes_control"]),
        (("--place", "vale"), ["shelling", "takes_control"]),
        (("--place", "ale"), []),
        (("--source", "smith"), ["shelling"]),
        (("--report", "two"), ["takes_control", "backs"]),
        (("--since", "2024-03-01", "--until", "2024-03-01"), ["shelling"]),
        (("--since", "2024-03-02"), []),
        (("--until", "2024-02-29"), []),
        (("--text", "backs norl"), ["backs"]),
        (("--text", "%"), []),
        (("--limit", "1"), ["shelling"]),
        (("--limit", "0"), ["shelling", "takes_control", "backs"]),
    ],
)
def test_claims_are_filtered(filled: Shell, filters: tuple[str, ...], found: list[str]) -> None:
    ran = filled.run("claims", "project.db", "--json", *filters)
    assert ran.code == 0
    assert [claim["type"] for claim in json_lines(ran.out)] == found


def test_a_table_that_is_cut_says_so(filled: Shell) -> None:
    assert filled.run("claims", "project.db", "--limit", "2").err == "2 of 3 claims; --limit 0 prints all.\n"


def test_no_claims_is_no_error(filled: Shell) -> None:
    assert filled.run("claims", "project.db", "--actor", "nobody") == (0, "", "No claims.\n")


def test_show_prints_the_text_verbatim_and_a_numbered_list_of_claims(filled: Shell) -> None:
    ran = filled.run("show", "project.db", "one")
    assert ran.code == 0
    assert ran.out == (
        "one · Vale Daily · published 2024-03-02\n\n"
        "Two said dead\n\nSmith said Norland shelled Vale on 2024-03-01, killing 2. ???\n\n"
        "1 claim\n"
        "  1  shelling · Norland · Vale · 2024-03-01 · 2 killed\n"
        "     “Norland shelled Vale on 2024-03-01, killing 2”\n"
        "     says Smith\n"
        "warning: unclear: three question marks\n"
    )


def test_show_can_print_an_older_version(filled: Shell) -> None:
    filled.write("in/two.txt", "Sud seized Vale.")
    filled.run("read", "in/two.txt", "--into", "project.db")
    assert "version 2 of 2, the current one" in filled.run("show", "project.db", "two").out
    older = filled.run("show", "project.db", "two", "--version", "1")
    assert "version 1 of 2\n" in older.out
    assert SECOND in older.out
    missing = filled.run("show", "project.db", "two", "--version", "3")
    assert (missing.code, missing.err) == (2, "twosource: the report has no version 3: it has 2 versions\n")


def test_show_refuses_a_report_that_is_not_there(filled: Shell) -> None:
    ran = filled.run("show", "project.db", "three")
    assert ran.code == 2
    assert "holds no report 'three'" in ran.err


def test_a_report_can_t_steer_the_terminal(shell: Shell) -> None:
    shell.write("evil.txt", "Quiet \x1b[2J\x07 day. Norland seized Vale.")
    shell.run("read", "evil.txt", "--into", "project.db")
    for command in (("show", "project.db", "evil"), ("claims", "project.db"), ("issues", "project.db")):
        assert "\x1b" not in shell.run(*command).out


def test_issues_are_a_table_or_json_lines(filled: Shell) -> None:
    table = filled.run("issues", "project.db")
    assert table.out.splitlines()[-1].split() == ["warning", "unclear", "one", "three", "question", "marks"]
    [line] = json_lines(filled.run("issues", "project.db", "--json", "--code", "unclear").out)
    assert (line["code"], line["report"]) == ("unclear", "one")
    assert filled.run("issues", "project.db", "--code", "none") == (0, "", "No issues.\n")


def test_export_writes_the_same_to_a_file_as_to_the_terminal(filled: Shell) -> None:
    printed = filled.run("export", "project.db", "--format", "claims")
    assert filled.run("export", "project.db", "--format", "claims", "--out", "claims.jsonl") == (0, "", "")
    assert (filled.folder / "claims.jsonl").read_text(encoding="utf-8") == printed.out
    assert [line["report"] for line in json_lines(printed.out)] == ["one", "two", "two"]
    assert not list(filled.folder.glob("*.unfinished"))


def test_export_says_where_it_can_t_write(filled: Shell) -> None:
    ran = filled.run("export", "project.db", "--format", "claims", "--out", "none/claims.jsonl")
    assert ran.code == 2
    assert "none/claims.jsonl can't be written" in ran.err


def test_demo_reads_the_packaged_examples_and_keeps_what_is_there(shell: Shell) -> None:
    first = shell.run("demo", "--no-serve", "--dir", ".")
    assert first.code == 0
    again = shell.run("demo", "--no-serve")
    reports = len(list((Path(pipeline.__file__).parent / "examples" / "reports").glob("*.txt")))
    assert f"({reports} new, 0 unchanged, 0 changed)" in first.out
    assert f"(0 new, {reports} unchanged, 0 changed)" in again.out
    assert [path.name for path in shell.folder.iterdir()] == ["demo.db"]


def test_serve_is_handed_the_project_and_the_address(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from twosource.web import server

    served: list[object] = []
    monkeypatch.setattr(server, "serve", lambda *arguments, **named: served.append((arguments, named)))
    assert filled.run("serve", "project.db", "--port", "0", "--open").code == 0
    assert served == [(("project.db",), {"port": 0, "host": "127.0.0.1", "open_browser": True, "token": None})]


def test_the_version_is_printed(shell: Shell) -> None:
    assert shell.run("--version") == (0, f"twosource {__version__}\n", "")


def test_every_command_and_parameter_has_help_and_every_command_an_example() -> None:
    for name, command in typer.main.get_command(app).commands.items():
        assert command.help, name
        assert name == "score" or f"twosource {name}" in (command.epilog or ""), name
        for parameter in command.params:
            assert getattr(parameter, "help", None), (name, parameter.name)


def test_the_help_is_there_without_loading_what_reads() -> None:
    code = "import sys, twosource.cli; sys.exit('spacy' in sys.modules or 'starlette' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=600).returncode == 0


def test_read_tells_how_many_claims_a_confidence_left_out(shell: Shell) -> None:
    shell.write("one.txt", FIRST)
    ran = shell.run("read", "one.txt", "--into", "project.db", "--min-confidence", "0.4")
    assert ran.code == 0
    assert "0 claims below a confidence of 0.4 left out." in ran.out.splitlines()
    assert shell.run("read", "one.txt", "--into", "project.db", "--min-confidence", "4").code == 2
