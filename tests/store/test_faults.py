"""What goes wrong with a project's file is said in one line, with what to do; and what was kept before stays."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

import twosource.pipeline
from cli_run import Ran, Shell
from copies import Copies
from fake_reading import fake_reader, make_report
from twosource import deciding
from twosource.errors import InputError, KnowledgeError, ProjectError
from twosource.export.material import Choice, Material
from twosource.export.project_lines import project_lines
from twosource.pipeline import store_reports
from twosource.store import Project, open_project, tables
from twosource.views.claims import every_claim

pytestmark = pytest.mark.file

REPORTS = [make_report(f"r-{n}", f"Smith said Norland shelled Vale-{n}, killing {n}.") for n in range(4)]
_PAGE = 4096


def fill(project: Project) -> None:
    store_reports(REPORTS, project, fake_reader())


@pytest.fixture
def project(tmp_path: Path, copies: Copies) -> Iterator[Project]:
    with copies.open(tmp_path / "p.db", fill) as opened:
        yield opened


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, capsys)


def without_roots_power(folder: Path, *arguments: str) -> Ran:
    """The command, run by somebody whom permissions bind: root passes them over."""
    code = "from twosource.cli import main; main()"
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    ran = subprocess.run(
        [*drop, sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def test_a_full_disk_is_told_and_what_was_kept_before_is_gone_on_from(project: Project, tmp_path: Path) -> None:
    before = [row.claim.id for row in every_claim(project)]
    with project.looking() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    long = make_report("long", "Sud seized Port. " + "A quiet day. " * 8000)
    with pytest.raises(ProjectError, match=r"p\.db can't be written: the disk is full.*run this again"):
        store_reports([long], project, fake_reader())
    with open_project(tmp_path / "p.db") as again:
        assert [row.claim.id for row in every_claim(again)] == before
        assert deciding.verify(again).faults == ()
        store_reports([long], again, fake_reader())
        assert len(list(every_claim(again))) > len(before)


def test_an_export_that_finds_no_room_leaves_no_part_of_itself(project: Project, tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").write_text("an older one")
    arguments = "export p.db --format claims --out claims.jsonl"
    code = "from twosource.cli import main; main()"
    script = f"ulimit -f 1; exec {sys.executable} -c '{code}' {arguments}"
    store_reports([make_report(f"s-{n}", REPORTS[1].text) for n in range(30)], project, fake_reader())
    ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr == "twosource: claims.jsonl can't be written: File too large; give another --out\n"
    assert (tmp_path / "claims.jsonl").read_text() == "an older one"
    assert not list(tmp_path.glob("*.unfinished"))


def test_an_import_that_finds_no_room_leaves_nothing_and_names_the_project(project: Project, tmp_path: Path) -> None:
    with (tmp_path / "p.jsonl").open("wb") as file:
        file.writelines(project_lines(Material(project, Choice())))
    code = "from twosource.cli import main; main()"
    script = f"ulimit -f 100; exec {sys.executable} -c '{code}' import p.jsonl --into new.db"
    ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert "new.db can't be" in ran.stderr
    assert not list(tmp_path.glob("new.db*"))


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root passes permissions over")
@pytest.mark.parametrize("folder_too", [False, True])
def test_a_read_only_project_is_read_and_says_why_it_is_not_written(tmp_path: Path, folder_too: bool) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    with open_project(folder / "p.db", create=True) as project:
        store_reports(REPORTS[:2], project, fake_reader())
    (folder / "p.db").chmod(0o444)
    folder.chmod(0o555 if folder_too else 0o755)
    asked = without_roots_power(folder, "claims", "p.db", "--json")
    refused = without_roots_power(folder, "decide", "r-0", "r-1", "--as", "same", "--because", "x", "--in", "p.db")
    folder.chmod(0o755)
    assert (asked.code, asked.out.count("shelling"), asked.err) == (0, 2, "")
    assert refused.code == 2
    assert refused.err.startswith("twosource: p.db can't be written: it is read-only. Change its permissions")
    assert refused.err.count("\n") == 1


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root passes permissions over")
def test_a_project_is_not_made_where_nobody_may_write(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.txt").write_text("Norland seized Vale.")
    folder.chmod(0o555)
    ran = without_roots_power(folder, "read", "a.txt", "--into", "p.db")
    folder.chmod(0o755)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "twosource: p.db can't be opened: look at its permissions, and at those of its folder\n"


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root passes permissions over")
@pytest.mark.parametrize("arguments", [["claims", "archive/p.db"], ["read", "a.txt", "--into", "archive/p.db"]])
def test_a_project_in_a_folder_that_is_closed_to_us_is_told(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.txt").write_text("Norland seized Vale.")
    (tmp_path / "archive").mkdir(mode=0o000)
    ran = without_roots_power(tmp_path, *arguments)
    (tmp_path / "archive").chmod(0o755)
    assert (ran.code, ran.err) == (2, "twosource: archive/p.db can't be opened: Permission denied\n")


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root passes permissions over")
def test_an_import_that_may_not_be_written_does_not_blame_the_file_that_is_read(
    project: Project, tmp_path: Path, shell: Shell
) -> None:
    assert shell.run("export", "p.db", "--format", "project", "--out", "p.jsonl").code == 0
    (tmp_path / "archive").mkdir(mode=0o555)
    ran = without_roots_power(tmp_path, "import", "p.jsonl", "--into", "archive/p.db")
    assert (ran.code, ran.err) == (
        2,
        "twosource: archive/p.db can't be written: Permission denied; give another --into\n",
    )


def test_a_disk_too_full_to_look_is_not_taken_for_one_that_fails(
    project: Project,
) -> None:
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"  # SQLite's, where the index of its log finds no room
    with pytest.raises(ProjectError, match=r"the disk is full, and looking too needs 32 kB"), project.looking():
        raise OperationalError("SELECT 1", {}, fault)


def test_wherever_a_page_is_spoilt_no_command_ends_in_a_trace(project: Project, tmp_path: Path, shell: Shell) -> None:
    deciding.backup(project, tmp_path / "copy.db")
    whole = (tmp_path / "copy.db").read_bytes()
    found = set()
    for page in range(1, len(whole) // _PAGE, 9):
        spoilt = whole[: page * _PAGE] + b"\xa5" * _PAGE + whole[(page + 1) * _PAGE :]
        (tmp_path / "spoilt.db").write_bytes(spoilt)
        ran = shell.run("verify", "spoilt.db")
        found.add((ran.code, bool(ran.out or "is damaged" in ran.err)))
        for arguments in (("claims", "spoilt.db"), ("export", "spoilt.db", "--format", "project", "--out", "x")):
            ran = shell.run(*arguments)
            assert ran.code == 0 or (ran.code == 2 and ran.err.count("\n") == 1)
    assert found <= {(1, True), (2, True)}


def test_a_spoilt_record_is_told_as_damage_with_the_way_back(project: Project, tmp_path: Path, shell: Shell) -> None:
    deciding.backup(project, tmp_path / "copy.db")
    project.close()
    with sqlite3.connect(tmp_path / "p.db") as connection:
        connection.execute("UPDATE claim SET record = X'7B22' WHERE report = 'r-1'")
    connection.close()
    ran = shell.run("claims", "p.db")
    assert ran.code == 2
    assert "p.db is damaged: put the last copy that 'twosource backup' made in its place" in ran.err
    (tmp_path / "copy.db").replace(tmp_path / "p.db")
    assert shell.run("claims", "p.db").code == 0


@pytest.mark.parametrize(
    ("table", "column", "where", "told"),
    [
        ("report", "record", b"Vale", "report r-1, version 1: its record is not what the columns"),
        ("report", "folded", b"vale 1 killing", "report r-1, version 1: its record is not what the columns"),
        ("claim", "record", b"claim-", " of report r-1: its record is not what the columns"),
        ("claim", "record", b'"shelling"', " of report r-1: it can't be read"),
        ("claim", "evidence", b"Norland shelled Vale-1", " of report r-1: its record is not what the columns"),
        ("reading", "layers", b"", "of report r-1: it can't be read"),
    ],
)
def test_a_letter_that_the_disk_changed_in_a_whole_file_is_found(
    project: Project, tmp_path: Path, shell: Shell, table: str, column: str, where: bytes, told: str
) -> None:
    assert shell.run("verify", "p.db").code == 0
    project.close()
    with sqlite3.connect(tmp_path / "p.db") as connection:
        chosen = "report = (SELECT digest FROM report WHERE id = 'r-1')" if table == "reading" else None
        chosen = chosen or ("id = 'r-1'" if table == "report" else "report = 'r-1'")
        [[kept, kind]] = connection.execute(
            f"SELECT CAST({column} AS BLOB), typeof({column}) FROM {table} WHERE {chosen}"
        )
        at = kept.index(where) + len(where) // 2 if where else len(kept) - 2
        spoilt = kept[:at] + bytes([kept[at] ^ 1]) + kept[at + 1 :]
        connection.execute(f"UPDATE {table} SET {column} = CAST(? AS {kind}) WHERE {chosen}", [spoilt])
    connection.close()
    ran = shell.run("verify", "p.db")
    assert ran.code == 1
    assert told in ran.out


def test_a_first_run_that_fails_leaves_no_project(
    tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shell.run("read", "none.txt", "--into", "p.db").code == 2
    assert list(tmp_path.iterdir()) == []
    shell.write("a.txt", "Norland seized Vale.")

    def fails(_kind: object = None) -> None:
        raise KnowledgeError("row 3 of x.toml has no id")

    monkeypatch.setattr(twosource.pipeline, "default_reader", fails)
    monkeypatch.setattr(twosource.pipeline, "usual_workers", lambda: 0)
    assert shell.run("read", "a.txt", "--into", "p.db").code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_run_that_fails_later_leaves_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    with pytest.raises(InputError), open_project(path, create=True) as project:
        store_reports(REPORTS[:1], project, fake_reader())
        raise InputError("the second folder is not there")
    with open_project(path) as project:
        assert len(list(every_claim(project))) == 1


def test_a_new_project_that_another_has_open_is_left_there(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    with pytest.raises(InputError), open_project(path, create=True):
        other = open_project(path)
        with other.looking() as connection:
            connection.execute(select(tables.run.c.number)).all()
        raise InputError("no such path")
    store_reports(REPORTS[:1], other, fake_reader())
    other.close()
    with open_project(path) as project:
        assert len(list(every_claim(project))) == 1
