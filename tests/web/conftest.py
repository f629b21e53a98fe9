from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from copies import Copies
from twosource.store import Project
from web.at_desk import at_desk
from web.desk_reports import desk_project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project that all tests share: they only look at it."""
    with desk_project(tmp_path_factory.mktemp("desk") / "project.db") as opened:
        yield opened


@pytest.fixture
def own(request: pytest.FixtureRequest, tmp_path: Path, copies: Copies) -> Iterator[Project]:
    """A project of the test's own, to decide in, as the function ``fill`` of its module leaves an empty one."""
    with copies.open(tmp_path / "p.db", request.module.fill) as opened:
        yield opened


@pytest.fixture
def client(request: pytest.FixtureRequest) -> Iterator[TestClient]:
    """A browser at the desk of the test's own project where its module fills one, else of that which all share."""
    with at_desk(request.getfixturevalue("own" if hasattr(request.module, "fill") else "project")) as opened:
        yield opened
