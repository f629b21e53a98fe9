"""Kills a program many times at moments drawn by a seed, and tells for each phase what became of it.

PYTHONPATH=tests python -m crash.campaign --kills 100 --seed 1 --real 8

Half of the kills are at a counted statement, half after a time that was drawn from what the phase took. After each
the project is looked at, the work is done again to its end, and what it leaves is compared with a run that was left
alone. ``--real`` adds kills of 'twosource read' with the trained reader, on the example reports. Exit code 1 where
anything was lost, half-done or different.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import twosource
from crash.killing import End, count_points, run_killed_after, run_killed_at, run_whole
from crash.phases import PHASES, Phase, check_read_project, load_all, project_digest
from twosource.store import open_project

_EXAMPLES = Path(twosource.__file__).parent / "examples" / "reports"
_MEMORY = Path("/dev/shm")


def main() -> int:
    """0 where every kill was survived."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--real", type=int, default=0)
    given = asked.parse_args()
    drawn, lost = random.Random(given.seed), 0
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as name:
        base = Path(name)
        load_all(base)
        for number, phase in enumerate(PHASES.values()):
            kills = given.kills // len(PHASES) + (number < given.kills % len(PHASES))
            lost += _tell(phase.name, _outcomes(phase, kills, drawn, base / phase.name))
        if given.real:
            lost += _tell("reading with the trained reader", _real_outcomes(given.real, drawn, base / "real"))
    print("everything that was promised was kept" if not lost else f"{lost} kills were not survived")
    return 1 if lost else 0


def _tell(name: str, outcomes: Iterator[str]) -> int:
    """Prints how the kills of a phase ended; returns how many were not survived."""
    counted = Counter(outcomes)
    print(f"{name}: {', '.join(f'{count} {outcome}' for outcome, count in sorted(counted.items()))}", flush=True)
    return sum(count for outcome, count in counted.items() if outcome.startswith("LOST"))


def _outcomes(phase: Phase, kills: int, drawn: random.Random, base: Path) -> Iterator[str]:
    base.mkdir()
    phase.prepare(base)
    started = time.monotonic()
    points = count_points(phase.work, base)
    seconds, whole = time.monotonic() - started, phase.digest(base)
    for number in range(kills):
        with tempfile.TemporaryDirectory(dir=base) as name:
            folder = Path(name)
            phase.prepare(folder)
            if number % 2:
                end, acknowledged = run_killed_after(phase.work, folder, drawn.uniform(0, seconds))
            else:
                end, acknowledged = run_killed_at(phase.work, folder, drawn.randint(1, points))
            yield _outcome(phase, folder, end, acknowledged, whole)


def _outcome(phase: Phase, folder: Path, end: End, acknowledged: list[str], whole: str) -> str:
    try:
        phase.check(folder, acknowledged)
        phase.check(folder, run_whole(phase.work, folder))
        assert phase.digest(folder) == whole, "another result than without a kill"
    except AssertionError as fault:
        return f"LOST ({fault})"
    return "survived" if end is End.KILLED else "ended before the kill"


def _real_outcomes(kills: int, drawn: random.Random, base: Path) -> Iterator[str]:
    """Kills of the command itself, as a user's machine would."""
    base.mkdir()
    started = time.monotonic()
    subprocess.run(_command(base / "whole.db"), check=True)
    seconds, whole = time.monotonic() - started, _digest(base / "whole.db")
    for number in range(kills):
        path = base / f"{number}.db"
        running = subprocess.Popen(_command(path))
        time.sleep(drawn.uniform(0.3 * seconds, seconds))
        running.kill()
        ended = "ended before the kill" if running.wait() == 0 else "survived"
        try:
            if path.exists():
                check_read_project(path)
            subprocess.run(_command(path), check=True)
            assert _digest(path) == whole, "another result than without a kill"
        except (AssertionError, subprocess.CalledProcessError) as fault:
            ended = f"LOST ({fault})"
        yield ended


def _command(path: Path) -> list[str]:
    code = "from twosource.cli import main; main()"
    return [sys.executable, "-c", code, "read", str(_EXAMPLES), "--into", str(path), "--quiet"]


def _digest(path: Path) -> str:
    with open_project(path) as project:
        return project_digest(project)


if __name__ == "__main__":
    sys.exit(main())
