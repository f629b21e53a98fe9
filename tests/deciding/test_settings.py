from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from twosource import deciding
from twosource.deciding.settings import BORDERS, choose_setting, setting
from twosource.errors import UsageError
from twosource.store import Project, open_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "a.db", create=True) as opened:
        yield opened


def choose(project: Project, value: str) -> int:
    return choose_setting(project, BORDERS, value, among=("held", "none"), who="Ana", reason="house rule").number


def chosen(project: Project) -> str | None:
    found = setting(project, BORDERS)
    return found.value["value"] if found else None


def test_the_last_choice_counts_until_it_is_taken_back(project: Project) -> None:
    assert chosen(project) is None
    assert (choose(project, "held"), choose(project, "held"), choose(project, "none")) == (1, 1, 2)
    assert chosen(project) == "none"
    deciding.undo(project, 2, who="Ben", reason="r")
    assert chosen(project) == "held"


def test_what_can_not_be_chosen_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="one of held, none"):
        choose(project, "all")
