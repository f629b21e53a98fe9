"""The project file: reports in every version, readings, claims and issues. Nothing in it is overwritten."""

from __future__ import annotations

from twosource.store.project import Project, open_project

__all__ = ["Project", "open_project"]
