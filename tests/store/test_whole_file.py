"""Files that are written whole or not at all, and what is never taken the place of."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from twosource.store.whole_file import whole_file


def write(path: Path, words: str) -> None:
    with whole_file(path) as unfinished:
        unfinished.write_text(words)


def test_a_file_is_there_whole_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt.unfinished").write_text("what a killed program left")
    write(tmp_path / "a.txt", "whole")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.txt": "whole"}


def test_a_fault_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("older")
    with pytest.raises(ZeroDivisionError), whole_file(tmp_path / "a.txt") as unfinished:
        unfinished.write_text("half")
        raise ZeroDivisionError
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.txt": "older"}


def test_what_a_database_keeps_beside_itself_goes_with_it(tmp_path: Path) -> None:
    (tmp_path / "p.db.unfinished-shm").write_text("what a killed program left")
    with pytest.raises(ZeroDivisionError), whole_file(tmp_path / "p.db") as unfinished:
        unfinished.with_name(unfinished.name + "-wal").write_text("half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    write(pipe, "whole")
    reader.join(timeout=600)
    assert got == ["whole"]
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_link_stays_a_link_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").write_text("older")
    (tmp_path / "link.txt").symlink_to(tmp_path / "folder" / "a.txt")
    write(tmp_path / "link.txt", "whole")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "folder" / "a.txt").read_text() == "whole"


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(IsADirectoryError, match="Is a directory"):
        write(Path(name), "whole")
    assert list(tmp_path.iterdir()) == []


def test_of_two_that_write_at_once_no_half_is_put_in_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    first, second = whole_file(path), whole_file(path)
    first.__enter__().write_text("the first")
    unfinished = second.__enter__()
    unfinished.write_text("half of the sec")
    with pytest.raises(FileExistsError, match="another program began to write it meanwhile"):
        first.__exit__(None, None, None)
    assert not path.exists()
    unfinished.write_text("the second")
    second.__exit__(None, None, None)
    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {"a.txt": "the second"}
