"""Projects that many tests begin with: filled once, and copied for each test that asks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from databases import Databases
from twosource.store import Project, open_project

__all__ = ["Copies"]


class Copies:
    """Gives each test a project of its own, without reading, relating and gathering the same reports again."""

    def __init__(self, folder: Path, databases: Databases | None) -> None:
        """``folder`` is where those that are copied lie; ``databases`` has the projects, where no files have them."""
        self._folder = folder
        self._databases = databases
        self._filled: dict[Callable[[Project], None], Path] = {}

    def make(self, path: Path, fill: Callable[[Project], None]) -> Path:
        """Makes the file a project as ``fill``, a function of a module, leaves an empty one."""
        source = self._filled.get(fill) or self._fill(fill)
        if self._databases:
            self._databases.copy(source, path)
        else:
            shutil.copyfile(source, path)
        return path

    def open(self, path: Path, fill: Callable[[Project], None]) -> Project:
        """The project that ``make`` makes, opened."""
        return open_project(self.make(path, fill))

    def _fill(self, fill: Callable[[Project], None]) -> Path:
        source = self._folder / f"{len(self._filled)}.db"
        with open_project(source, create=True) as project:
            fill(project)
        self._filled[fill] = source
        return source
