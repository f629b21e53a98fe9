"""What was sent to a desk goes with it: at its end, or when the next desk begins."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from twosource.web.sent_files import SentFiles, remove_left

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no lock that ends with its process here")

KILLED = """
import io, os, signal, tempfile, sys
from twosource.web.sent_files import SentFiles
tempfile.tempdir = sys.argv[1]
SentFiles().keep([("a.txt", io.BytesIO(b"words"))])
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_what_a_killed_desk_left_goes_when_the_next_begins(held: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(held)], check=False)
    assert [path.read_bytes() for path in held.rglob("*.txt")] == [b"words"]
    remove_left()
    assert [*held.iterdir()] == []


def test_what_a_living_desk_holds_stays(held: Path) -> None:
    living = SentFiles()
    _, [path] = living.keep([("a.txt", io.BytesIO(b"words"))])
    (held / "twosource-import-of-another").mkdir()
    remove_left()
    SentFiles().keep([("b.txt", io.BytesIO(b"more"))])
    assert path.read_bytes() == b"words"
    assert (held / "twosource-import-of-another").is_dir()
    living.close()
    assert not path.exists()
    assert [path.name for path in held.rglob("*.txt")] == ["b.txt"]


def test_of_files_that_cannot_all_be_kept_none_is(held: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("the disk is full")

    sent = SentFiles()
    with pytest.raises(OSError, match="the disk is full"):
        sent.keep([("a.txt", io.BytesIO(b"words")), ("b.txt", Broken(b"more"))])
    assert [*held.rglob("*.txt")] == []
    sent.close()
    assert [*held.iterdir()] == []


def test_a_folder_that_something_removed_is_made_again(held: Path) -> None:
    sent = SentFiles()
    sent.keep([("a.txt", io.BytesIO(b"words"))])
    [folder] = held.iterdir()
    shutil.rmtree(folder)
    _, [path] = sent.keep([("b.txt", io.BytesIO(b"more"))])
    assert path.read_bytes() == b"more"
    sent.close()
    assert [*held.iterdir()] == []


def test_where_nothing_can_be_locked_files_are_kept_and_nothing_is_removed(
    held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(38, "Function not implemented")

    other = SentFiles()
    other.keep([("a.txt", io.BytesIO(b"words"))])
    monkeypatch.setattr("fcntl.flock", refuse)
    sent = SentFiles()
    sent.keep([("b.txt", io.BytesIO(b"more"))])
    assert sorted(path.name for path in held.rglob("*.txt")) == ["a.txt", "b.txt"]
    sent.close()
    assert [path.name for path in held.rglob("*.txt")] == ["a.txt"]
