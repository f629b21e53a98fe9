from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from cli_run import Shell
from coded_claims import keep_coded
from fake_reading import make_report
from located_reading import REPORTS, located_reader
from twosource.export.formats import FORMATS
from twosource.pipeline import store_reports
from twosource.store import Project, open_project


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stored") / "project.db"
    with open_project(path, create=True) as project:
        store_reports(REPORTS, project, located_reader())
    return path


@pytest.fixture
def shell(tmp_path: Path, stored: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    shutil.copy(stored, tmp_path / "project.db")
    return Shell(tmp_path, capsys)


def test_formats_are_listed_each_with_what_it_holds(shell: Shell) -> None:
    lines = shell.run("formats").out.splitlines()
    assert [line.split()[0] for line in lines] == list(FORMATS)
    assert all(line.endswith(".") for line in lines)


def test_filters_days_and_grades_choose_what_is_exported(shell: Shell) -> None:
    def exported(*options: str) -> list[str]:
        ran = shell.run("export", "project.db", "--format", "claims", *options)
        return [" ".join(json.loads(line)["places"]) for line in ran.out.splitlines()]

    assert exported() == ["Aleppo", "Norland", "Aleppo", "Vale"]
    assert exported("--filter", "type=takes-control") == ["Vale"]
    assert exported("--filter", "place=Aleppo", "--filter", "source=Halabi") == ["Aleppo"]
    assert exported("--since", "2024-03-02") == ["Vale"]
    assert exported("--until", "2024-03-01") == ["Aleppo", "Aleppo"]
    assert exported("--grade", "confirmed") == []


def test_a_file_of_names_is_withheld_and_quotations_are_cut(shell: Shell) -> None:
    shell.write("names.txt", "# private persons\nHalabi\n\n")
    ran = shell.run(
        "export", "project.db", "--format", "claims-csv", "--masks", "names.txt", "--mask", "Sud", "--quotation", 12
    )
    assert "Halabi" not in ran.out
    assert "Sud" not in ran.out
    assert "[withheld 1]" in ran.out
    assert "Norland …" in ran.out


DEAD = "Teya Orrel, 34, a baker, and Colonel Brek Halvane were killed in Orm"
DEATHS = {
    **{
        "report": "a",
        "type": "kills",
        "evidence": [DEAD],
        "targets": ["Teya Orrel", "Brek Halvane"],
        "places": ["Orm"],
    },
    **{"actors": [], "when": None, "figures": [], "sources": [], "via": []},
    **{"stance": "asserts", "certainty": "certain", "status": "happened", "negated": False},
}


@pytest.mark.parametrize("command", [("export", "--format", "claims"), ("snapshot",)])
def test_for_publication_the_private_dead_are_not_named_unless_asked_for(
    shell: Shell, tmp_path: Path, command: tuple[str, ...]
) -> None:
    with open_project(tmp_path / "dead.db", create=True) as project:
        keep_coded(project, [make_report("a", f"{DEAD}.", published="2031-03-05")], [DEATHS])

    def written(*options: str) -> str:
        name, *rest = command
        assert shell.run(name, "dead.db", *rest, "--out", "out.jsonl", *options).code == 0
        return (tmp_path / "out.jsonl").read_text("utf-8")

    for words, options, told in (("Orrel", ("--publication",), False), ("Halvane", ("--publication",), True)):
        assert (words in written(*options)) is told
    assert "Orrel" in written("--publication", "--names")
    assert "Orrel" in written()


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        (("--format", "geojsn"), "did you mean"),
        (("--format", "claims", "--filter", "colour=red"), "write FIELD=WORDS"),
        (("--format", "claims", "--filter", "place"), "write FIELD=WORDS"),
        (("--format", "claims", "--filter", "place=a", "--filter", "place=b"), "place twice"),
        (("--format", "claims", "--since", "May"), "write it as 2024-12-31"),
        (("--format", "claims", "--quotation", "0"), "at least 1"),
        (("--format", "claims", "--masks", "none.txt"), "none.txt can't be read"),
        (("--format", "project", "--publication"), "full texts"),
    ],
)
def test_options_that_can_t_be_meant_are_refused_with_advice(
    shell: Shell, options: tuple[str, ...], advice: str
) -> None:
    ran = shell.run("export", "project.db", *options)
    assert ran.code != 0
    assert advice in " ".join(ran.err.split())


def test_a_dossier_has_the_title_and_the_day_that_are_given(shell: Shell) -> None:
    ran = shell.run("export", "project.db", "--format", "dossier", "--title", "Aleppo", "--date", "2024-04-01")
    assert "<h1>Aleppo</h1>" in ran.out
    assert "2024-04-01." in ran.out


def test_a_project_is_exported_and_imported(shell: Shell) -> None:
    shell.run("export", "project.db", "--format", "project", "--out", "whole.jsonl")
    ran = shell.run("import", "whole.jsonl", "--into", "copy.db")
    assert (ran.code, ran.out) == (0, "3 versions of reports, 0 decisions into copy.db\n")
    for name in ("project.db", "copy.db"):
        shell.run("export", name, "--format", "claims", "--out", f"{name}.jsonl")
    assert (shell.folder / "copy.db.jsonl").read_bytes() == (shell.folder / "project.db.jsonl").read_bytes()
    assert "holds something already" in shell.run("import", "whole.jsonl", "--into", "copy.db").err
    assert "can't be read" in shell.run("import", "none.jsonl", "--into", "other.db").err


def test_an_import_that_fails_leaves_no_half_a_project(shell: Shell) -> None:
    shell.run("export", "project.db", "--format", "project", "--out", "whole.jsonl")
    lines = (shell.folder / "whole.jsonl").read_bytes().splitlines(keepends=True)
    (shell.folder / "spoilt.jsonl").write_bytes(b"".join([*lines[:-1], b"{\n"]))
    ran = shell.run("import", "spoilt.jsonl", "--into", "new.db")
    assert (ran.code, f"line {len(lines)} is none" in ran.err) == (2, True)
    assert not list(shell.folder.glob("new.db*"))


@pytest.mark.file
def test_an_import_that_finds_no_room_is_told_of_the_file_that_was_asked_for(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(lines: Iterable[bytes], project: Project) -> None:
        list(lines)
        fault = sqlite3.OperationalError("database or disk is full")
        fault.sqlite_errorname = "SQLITE_FULL"
        with project.writing():
            raise OperationalError("INSERT", None, fault)

    (shell.folder / "disk. 2").mkdir()
    (shell.folder / "link.db").symlink_to("disk. 2/new.db")
    shell.run("export", "project.db", "--format", "project", "--out", "whole.jsonl")
    monkeypatch.setattr("twosource.export.project_lines.read_project_lines", full)
    for into in ("link.db", "./disk. 2/../new.db"):
        ran = shell.run("import", "whole.jsonl", "--into", into)
        reason = "can't be written: the disk is full. Nothing was read back; mend that, then run this again"
        assert (ran.code, ran.err) == (2, f"twosource: {into} {reason}\n")
        assert not list(shell.folder.rglob("new.db*"))


def test_a_snapshot_is_made_and_compared(shell: Shell) -> None:
    ran = shell.run("snapshot", "project.db", "--out", "a.jsonl", "--date", "2024-04-01")
    assert ran.out.startswith("twosource-2024-04-01-")
    assert "3 reports, 4 claims" in ran.out
    shell.run("snapshot", "project.db", "--out", "b.jsonl", "--date", "2024-04-02", "--filter", "place=Aleppo")
    ran = shell.run("changed", "a.jsonl", "b.jsonl")
    assert "removed claim claim-" in ran.out
    assert "1 report removed, 2 claims removed" in ran.err
    assert "different choices" in ran.err
    listed = [json.loads(line) for line in shell.run("changed", "a.jsonl", "b.jsonl", "--json").out.splitlines()]
    assert {one["what"] for one in listed if one["kind"] == "claim"} == {"removed"}
    assert "nothing changed" in shell.run("changed", "a.jsonl", "a.jsonl").err
