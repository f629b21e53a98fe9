"""The desk under load: how long readers wait while others decide, and whether every decision is kept.

python -m bench.load --seconds 60 --readers 50 --writers 5   exit code 1 where a decision was lost or a request failed

The desk is a process of its own; a reader asks page after page, a writer accepts and rejects claim after claim, each
with a pause in which a person would read (``--pause 0``: none, which shows how much the desk can do at most). A
decision counts as sent when the desk has answered it, and must then stand in the log, whose chain is checked.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from twosource.pipeline import ReaderKind, default_reader, read_into
from twosource.store import decisions, open_project
from twosource.views.claims import every_claim

__all__ = ["Load", "Outcome", "kept", "run", "serving"]

EXAMPLES = Path(__file__).parents[1] / "src" / "twosource" / "examples" / "reports"
PAGES = ("/", "/claims", "/reports", "/sources", "/events", "/actors", "/figures", "/review", "/disagreements")
_PATIENCE = 60.0  # seconds for one answer


@dataclass(frozen=True)
class Load:
    """How many ask and decide, and for how long: until each has done ``turns``, or ``seconds`` are over.

    Each waits ``pause`` seconds between an answer and what is asked next, and they begin one after the other within it.
    """

    readers: int
    writers: int
    seconds: float = 3600.0
    turns: int = 10**9
    pause: float = 0.0


@dataclass
class Outcome:
    """Seconds of every answer; the reasons of the decisions that were answered; what went wrong."""

    read: list[float] = field(default_factory=list)
    written: list[float] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@contextmanager
def serving(project: Path) -> Iterator[str]:
    """The address of a desk of the project, in a process of its own that ends with the context."""
    command = [sys.executable, "-c", "from twosource.cli import main; main()", "serve", str(project), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://[^\s/]+", said)
            if found is None:
                raise RuntimeError(f"the desk did not start: {said!r}")
            yield found[0]
        finally:
            process.terminate()


def run(address: str, targets: Sequence[tuple[str, str]], load: Load) -> Outcome:
    """What came of the load. ``targets`` are (report, claim) ids; each is decided on by one writer alone."""
    outcome = Outcome()
    end = time.monotonic() + load.seconds
    readers = [
        threading.Thread(target=_read, args=(address, n, _turns(load, n / load.readers, end), outcome))
        for n in range(load.readers)
    ]
    writers = [
        threading.Thread(
            target=_write, args=(address, n, targets[n :: load.writers], _turns(load, n / load.writers, end), outcome)
        )
        for n in range(load.writers)
    ]
    for thread in (*readers, *writers):
        thread.start()
    for thread in (*readers, *writers):
        thread.join()
    return outcome


def _turns(load: Load, share: float, end: float) -> Iterator[int]:
    """The numbers of a person's turns; the first comes after ``share`` of a pause, the others after a whole one."""
    waited = threading.Event()
    for turn in range(load.turns):
        waited.wait(load.pause if turn else load.pause * share)
        if time.monotonic() >= end:
            return
        yield turn


def _read(address: str, number: int, turns: Iterator[int], outcome: Outcome) -> None:
    with httpx.Client(base_url=address, timeout=_PATIENCE) as client:
        for turn in turns:
            page = PAGES[(number + turn) % len(PAGES)]
            begun = time.monotonic()
            try:
                status = client.get(page, follow_redirects=True).status_code
            except httpx.HTTPError as error:
                outcome.failed.append(f"GET {page}: {type(error).__name__}")
                continue
            outcome.read.append(time.monotonic() - begun)
            if status != 200:
                outcome.failed.append(f"GET {page}: {status}")


def _write(
    address: str, number: int, targets: Sequence[tuple[str, str]], turns: Iterator[int], outcome: Outcome
) -> None:
    with httpx.Client(base_url=address, timeout=_PATIENCE) as client:
        token = re.search(
            r'name="csrf" value="([^"]+)"',
            client.get("/claims/form", params={"report": targets[0][0], "claim": targets[0][1]}).text,
        )
        for turn in turns:
            report, claim = targets[turn % len(targets)]
            verdict = ("reject", "accept")[turn // len(targets) % 2]
            reason = f"load {number}-{turn}"
            form = {"report": report, "claim": claim, "verdict": verdict, "reason": reason}
            begun = time.monotonic()
            try:
                answer = client.post("/claims/decide", data={**form, "csrf": token[1] if token else ""})
            except httpx.HTTPError as error:
                outcome.failed.append(f"POST {reason}: {type(error).__name__}")
                continue
            outcome.written.append(time.monotonic() - begun)
            if answer.status_code == 303:
                outcome.sent.append(reason)
            else:
                outcome.failed.append(f"POST {reason}: {answer.status_code}")


def kept(project: Path) -> tuple[list[str], int]:
    """The reasons in the log, in its order, and how many faults its chain has."""
    with open_project(project) as opened, opened.looking() as connection:
        reasons = [one.reason for one in decisions.every_decision(connection)]
        return reasons, len(decisions.verify_chain(connection))


def _percentiles(seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return "none"
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return f"{len(seconds)} answers; 50 %: {cuts[49]:.3f} s, 95 %: {cuts[94]:.3f} s, 99 %: {cuts[98]:.3f} s"


def main() -> int:
    """Tells the waits before and under load; 1 where something was lost."""
    parser = argparse.ArgumentParser(prog="python -m bench.load")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--writers", type=int, default=5)
    parser.add_argument("--pause", type=float, default=5, help="seconds that a person reads before the next page")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "load.db"
        with open_project(path, create=True) as project:
            read_into([EXAMPLES], project, reader=default_reader(ReaderKind.RULES))
            targets = [(one.claim.report, one.claim.id) for one in every_claim(project)]
        with serving(path) as address:
            alone = run(address, targets, Load(1, 0, seconds=min(5.0, asked.seconds)))
            under = run(address, targets, Load(asked.readers, asked.writers, asked.seconds, pause=asked.pause))
        reasons, faults = kept(path)
    lost = sorted(set(under.sent) - set(reasons))
    print(f"one reader:         {_percentiles(alone.read)}")
    print(f"{asked.readers:>3} readers:        {_percentiles(under.read)}")
    print(f"{asked.writers:>3} writers:        {_percentiles(under.written)}")
    print(f"decisions answered: {len(under.sent)}, in the log: {len(reasons)}, lost: {len(lost)}, faults: {faults}")
    print(f"requests that failed: {len(under.failed)}: {', '.join(sorted(set(under.failed))[:5])}")
    return 1 if lost or faults or under.failed or alone.failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
