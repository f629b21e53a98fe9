from __future__ import annotations

import errno
import hashlib
import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from twosource.errors import ProjectError
from twosource.pipeline import Reader
from twosource.store import Project, open_project
from twosource.views.issues import list_issues
from twosource.views.reading import report_view
from twosource.web.app import make_app
from twosource.web.imports import Import, Imports, ImportState

NO_READER = Reader(stages=(), equipment=None, fingerprint="tests")
TEXT = b"title: Bridge at Kerat closed\noutlet: Darm Post\npublished: 2019-04-09\n\nThe bridge was closed.\n"


@pytest.fixture(autouse=True)
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sent lies in the test's own folder: not every desk here is closed."""
    (tmp_path / "sent").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "sent"))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "p.db", create=True) as project:
        yield project


def read(project: Project, *files: tuple[str, bytes]) -> Import:
    """The import of the files, once it is over."""
    imports = Imports(project, lambda: NO_READER)
    number = imports.add((name, io.BytesIO(content)) for name, content in files)
    imports._worker.shutdown(wait=True)
    found = imports.get(number)
    assert found
    return found


def test_files_become_reports_under_their_own_names(opened: Project) -> None:
    one = read(opened, ("kerat.txt", TEXT))
    assert (one.state, one.reports, one.done, one.total) == (ImportState.DONE, ("kerat",), 1, 1)
    assert one.summary
    assert one.summary.reports_new == 1
    view = report_view(opened, "kerat")
    assert view
    origin = view.reading.report.origin
    assert origin
    assert (origin.path, origin.sha256) == ("kerat.txt", hashlib.sha256(TEXT).hexdigest())


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\x\kerat.txt", "kerat"),
        ("..", "report"),
        ("a\x00b\n.txt", "a_b_"),
        ("‮txt.exe.txt", "‮txt.exe"),
        ("ا" * 300 + ".txt", "ا" * 116),
    ],
)
def test_a_hostile_name_is_no_path(opened: Project, name: str, id_: str) -> None:
    assert read(opened, (name, TEXT)).reports == (id_,)


def test_two_files_of_one_name_are_two_reports_and_an_issue(opened: Project) -> None:
    one = read(opened, ("a.txt", TEXT), ("a.txt", TEXT + b"More.\n"))
    assert one.reports == ("a", "a-2")
    assert [issue.code for issue in one.issues] == ["duplicate-id"]


def test_what_cannot_be_read_is_an_issue_under_its_own_name(opened: Project) -> None:
    one = read(opened, ("good.txt", TEXT), ("empty.txt", b""), ("song.mp3", b"ID3\x04"))
    assert (one.state, one.reports) == (ImportState.DONE, ("good",))
    assert {issue.path for issue in list_issues(opened)} == {"empty.txt", "song.mp3"}


def test_a_fault_of_the_project_is_told_in_words(opened: Project) -> None:
    def unusable() -> Reader:
        raise ProjectError("the disk is full")

    imports = Imports(opened, unusable)
    number = imports.add([("a.txt", io.BytesIO(TEXT))])
    imports._worker.shutdown(wait=True)
    found = imports.get(number)
    assert found
    assert (found.state, found.trouble) == (ImportState.FAILED, "the disk is full")


def test_a_closed_desk_ends_its_imports(opened: Project) -> None:
    imports = Imports(opened, lambda: NO_READER)
    imports._stopping.set()
    number = imports.add([("a.txt", io.BytesIO(TEXT))])
    imports.close()
    found = imports.get(number)
    assert found
    assert found.state in (ImportState.WAITING, ImportState.FAILED)


def test_nothing_that_was_sent_is_left_when_the_desk_is_closed(opened: Project, tmp_path: Path) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def waiting() -> Reader:
        begun.set()
        goes_on.wait()
        return NO_READER

    imports = Imports(opened, waiting)
    for name in ("a.txt", "b.txt"):
        imports.add([(name, io.BytesIO(TEXT))])
    begun.wait()
    assert len([*(tmp_path / "sent").rglob("*.txt")]) == 2
    threading.Thread(target=lambda: (imports._stopping.wait(), goes_on.set())).start()
    imports.close()
    assert [*(tmp_path / "sent").iterdir()] == []


def test_files_that_the_disk_cannot_hold_are_told_and_none_is_read(
    opened: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    app = make_app(opened, reader=lambda: NO_READER)
    with TestClient(app, base_url="http://127.0.0.1:8311") as client:
        form = {"csrf": app.state.desk.csrf}
        answer = client.post("/imports", data=form, files=[("files", ("kerat.txt", TEXT))])
        assert answer.status_code == 507
        assert "No space left on device" in answer.text
        assert client.get("/imports/1").status_code == 404
        assert "Send the same files again" in client.get("/imports/1").text


def test_files_are_sent_by_a_form_and_the_original_comes_back_to_the_byte(opened: Project) -> None:
    app = make_app(opened, reader=lambda: NO_READER)
    with TestClient(app, base_url="http://127.0.0.1:8311", follow_redirects=False) as client:
        form = {"csrf": app.state.desk.csrf}
        answer = client.post("/imports", data=form, files=[("files", ("kerat one.txt", TEXT))])
        assert answer.status_code == 303
        app.state.desk.imports._worker.shutdown(wait=True)
        page = client.get(answer.headers["location"]).text
        assert "Read 1 report" in page
        report = client.get(re.findall(r'href="(/reports/[^"]+)"', page)[0]).text
        original = client.get(re.findall(r'href="(/originals/[^"]+)"', report)[0])
    assert original.content == TEXT
    assert original.headers["content-type"] == "application/octet-stream"
    assert original.headers["content-disposition"].startswith("attachment; filename*=UTF-8''kerat%20")


def test_a_form_without_files_says_so(client: TestClient) -> None:
    answer = client.post("/imports", data={"csrf": client.app.state.desk.csrf})  # type: ignore[attr-defined]
    assert answer.status_code == 400
    assert "Choose one or several files" in answer.text


def test_an_import_or_an_original_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/imports/77").status_code == 404
    assert client.get("/imports/x").status_code == 404
    assert client.get("/originals/none").status_code == 404
