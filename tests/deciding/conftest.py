from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from copies import Copies
from twosource.store import Project


@pytest.fixture
def project(request: pytest.FixtureRequest, tmp_path: Path, copies: Copies) -> Iterator[Project]:
    """A project to decide in, as the function ``fill`` of the test's module leaves an empty one."""
    with copies.open(tmp_path / "p.db", request.module.fill) as opened:
        yield opened
