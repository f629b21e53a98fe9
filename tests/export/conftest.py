"""Two small projects to export."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coded_claims import keep_examples
from copies import Copies
from located_reading import REPORTS, located_reader
from twosource.pipeline import store_reports
from twosource.store import Project, open_project


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The project; tests may not change it."""
    with open_project(tmp_path_factory.mktemp("exported") / "a.db", create=True) as project:
        store_reports(REPORTS, project, located_reader())
        yield project


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory, copies: Copies) -> Iterator[Project]:
    """The package's example reports as people coded them; tests may not change it."""
    with copies.open(tmp_path_factory.mktemp("examples") / "a.db", keep_examples) as project:
        yield project
