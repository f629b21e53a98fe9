from __future__ import annotations

from collections.abc import Iterator

import pytest

from coded_claims import keep_examples
from copies import Copies
from fake_reading import fake_reader, make_report
from twosource.pipeline import store_reports
from twosource.store import Project, open_project

REPORTS = [
    make_report("a", "Norland shelled Vale on 2024-03-01, killing 3.", published="2024-03-02", outlet="River Post"),
    make_report("b/1", "Smith said Norland seized Vale. Smith said Sud backs Norland. ???"),
]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_project(tmp_path_factory.mktemp("api") / "a.db", create=True) as made:
        store_reports(REPORTS, made, fake_reader())
        yield made


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory, copies: Copies) -> Iterator[Project]:
    """The package's example reports as people coded them."""
    with copies.open(tmp_path_factory.mktemp("examples") / "a.db", keep_examples) as made:
        yield made
