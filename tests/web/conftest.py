from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from twosource.store import Project
from twosource.web.app import make_app
from web.desk_reports import desk_project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with desk_project(tmp_path_factory.mktemp("desk") / "project.db") as opened:
        yield opened


@pytest.fixture
def client(project: Project) -> Iterator[TestClient]:
    with TestClient(make_app(project), base_url="http://127.0.0.1:8311", follow_redirects=False) as made:
        yield made
