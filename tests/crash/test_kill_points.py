"""A program that is killed at a statement loses nothing it promised, leaves nothing half-done, and is gone on with."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from crash.killing import End, count_points, run_killed_at, run_whole
from crash.phases import PHASES, Phase, load_all

pytestmark = [pytest.mark.file, pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")]


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    load_all(tmp_path_factory.mktemp("loaded"))


@pytest.fixture
def base() -> Iterator[Path]:
    """A folder in memory where there is one: a kill takes nothing from the disk that it doesn't take from there."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


def left_alone(phase: Phase, folder: Path) -> tuple[int, str]:
    """How many statements the phase needs, and what it leaves behind."""
    folder.mkdir()
    phase.prepare(folder)
    points = count_points(phase.work, folder)
    return points, phase.digest(folder)


@pytest.mark.parametrize(
    ("name", "shares"),
    [
        ("reading", (0.02, 0.4, 0.97)),
        ("gathering", (0.1, 0.5, 0.95)),
        ("deciding", (0.1, 0.6)),
        ("migrating", (0.3, 0.99)),
        ("exporting", (0.2, 0.7)),
    ],
)
def test_nothing_is_lost_or_half_done(base: Path, name: str, shares: tuple[float, ...]) -> None:
    phase = PHASES[name]
    points, whole = left_alone(phase, base / "whole")
    for number, share in enumerate(shares):
        folder = base / str(number)
        folder.mkdir()
        phase.prepare(folder)
        end, acknowledged = run_killed_at(phase.work, folder, max(1, round(points * share)))
        assert end is End.KILLED
        phase.check(folder, acknowledged)
        phase.check(folder, run_whole(phase.work, folder))
        assert phase.digest(folder) == whole


def test_a_kill_at_the_last_commit_is_found_done_by_the_next_run(base: Path) -> None:
    phase = PHASES["reading"]
    points, whole = left_alone(phase, base / "whole")
    for number, before_the_end in enumerate((0, 1)):
        folder = base / str(number)
        folder.mkdir()
        end, acknowledged = run_killed_at(phase.work, folder, points - before_the_end)
        assert end is End.KILLED
        phase.check(folder, acknowledged)
        run_whole(phase.work, folder)
        assert phase.digest(folder) == whole
