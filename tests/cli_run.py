"""Runs the commands as the shell does, without a process or a model."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from twosource.cli import main


class Ran(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


class Shell:
    """A folder with reports in which commands are run; what reads is the fake reader."""

    def __init__(self, folder: Path, captured: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._captured = captured

    def write(self, name: str, text: str) -> Path:
        """The path of a file with this text."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *arguments: object) -> Ran:
        """What becomes of 'twosource ARGUMENTS' in the folder."""
        self._captured.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        out, err = self._captured.readouterr()
        return Ran(int(end.value.code or 0), out, err)
