"""The pool against the local engine, and what becomes of reports that trouble their process."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from fake_reading import fake_reader, make_report
from troubled_reading import killed_reader, missing_reader, troubled_reader
from twosource.engines import pool
from twosource.engines.limits import Limits
from twosource.engines.pool import Pool
from twosource.engines.process import Process
from twosource.errors import EngineError, UsageError
from twosource.records import Origin, Reading, Report
from twosource.stage import unfinished

SHORT = Limits(seconds=2, seconds_a_character=0)


def reports(count: int) -> list[Report]:
    return [
        make_report(f"r{n:03}", f"Norland shelled Vale{n}, killing {n}. ???", path=f"{n}.txt") for n in range(count)
    ]


def parts(whole: Sequence[Report], size: int) -> list[Sequence[Report]]:
    return [whole[start : start + size] for start in range(0, len(whole), size)]


def read_by_pool(whole: Sequence[Report], *, limits: Limits | None = None, workers: int = 1) -> list[Reading]:
    with Pool(troubled_reader, workers=workers, limits=limits) as engine:
        return [reading for readings in engine.read(parts(whole, 4)) for reading in readings]


@pytest.mark.parametrize(("workers", "share", "size"), [(1, 1, 7), (2, 3, 7), (3, 2, 20)])
def test_readings_and_their_order_are_those_of_one_process(workers: int, share: int, size: int) -> None:
    batches = parts(reports(20), size)
    expected = list(fake_reader().read(batches))
    with Pool(fake_reader, workers=workers, share=share) as engine:
        assert list(engine.read(batches)) == expected
        assert engine.fingerprint == fake_reader().fingerprint


def test_batches_without_a_report_are_given_back_in_their_places() -> None:
    with Pool(fake_reader, workers=2) as engine:
        assert [len(readings) for readings in engine.read([[], reports(2), []])] == [0, 2, 0]


def test_batches_are_not_taken_without_end_ahead_of_what_is_given() -> None:
    taken: list[int] = []

    def batches() -> Iterator[Sequence[Report]]:
        for number, report in enumerate(reports(30)):
            taken.append(number)
            yield [report]

    with Pool(fake_reader, workers=1) as engine:
        for given, _ in enumerate(engine.read(batches())):
            assert len(taken) - given <= 4


def test_a_report_that_kills_its_worker_is_given_up_and_the_others_are_read() -> None:
    whole = reports(6)
    whole[2] = make_report("deadly", "!die", path="deadly.txt")
    readings = read_by_pool(whole)
    assert [bool(reading.claims) for reading in readings] == [True, True, False, True, True, True]
    [issue] = readings[2].issues
    assert (issue.code, issue.report, issue.path) == ("reading-crashed", "deadly", "deadly.txt")
    assert "ended twice (signal SIGKILL)" in issue.reason
    assert readings[2].fingerprint == unfinished(fake_reader().fingerprint)


def test_a_report_whose_worker_was_killed_by_chance_is_read_at_the_second_try(tmp_path: Path) -> None:
    [reading] = read_by_pool([make_report("r", f"Norland seized Vale. !once {tmp_path / 'marker'}")])
    assert (tmp_path / "marker").exists()
    assert (len(reading.claims), reading.issues) == (1, ())


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the clock alone ends workers here")
def test_a_report_that_never_ends_is_stopped_at_the_limit_of_time() -> None:
    whole = [make_report("endless", "!forever"), *reports(1)]
    endless, other = read_by_pool(whole, limits=SHORT)
    [issue] = endless.issues
    assert issue.code == "reading-too-long"
    assert "took more than 2 seconds" in issue.reason
    assert other.claims


def test_one_that_waits_for_something_is_stopped_by_the_clock() -> None:
    [reading] = read_by_pool([make_report("waits", "!wait")], limits=msgspec.structs.replace(SHORT, seconds=0.1))
    assert [issue.code for issue in reading.issues] == ["reading-too-long"]


def test_a_report_that_takes_too_much_memory_is_given_up_at_once() -> None:
    huge, other = read_by_pool([make_report("huge", "!huge"), *reports(1)])
    assert [issue.code for issue in huge.issues] == ["reading-too-large"]
    assert "more than 4 GiB" in huge.issues[0].reason
    assert other.claims


def test_several_deadly_reports_at_once_leave_the_rest_alone() -> None:
    whole = reports(12)
    for number in (0, 3, 4, 11):
        whole[number] = make_report(f"deadly{number}", "!die")
    readings = read_by_pool(whole, workers=2)
    assert [number for number, reading in enumerate(readings) if reading.issues[0].code == "reading-crashed"] == [
        0,
        3,
        4,
        11,
    ]


def test_a_worker_gives_way_to_a_fresh_one_when_it_has_read_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Process] = []

    def start(load: bytes, limits: Limits, advice: str) -> Process:
        started.append(Process(load, limits, advice))
        return started[-1]

    monkeypatch.setattr(pool, "Process", start)
    batches = parts(reports(6), 2)
    with Pool(fake_reader, workers=1, share=2, life=4) as engine:
        assert list(engine.read(batches)) == list(fake_reader().read(batches))
    assert [process.has_read for process in started] == [4, 2]


def test_a_stage_that_fails_is_an_issue_as_in_one_process() -> None:
    whole = [make_report("bad", "!crash"), *reports(1)]
    assert read_by_pool(whole) == next(iter(troubled_reader().read([whole])))


def test_a_worker_that_can_t_load_its_reader_says_why() -> None:
    with pytest.raises(EngineError, match="FileNotFoundError: no weights"):
        Pool(missing_reader, workers=2)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no signals here")
def test_a_worker_that_is_killed_while_it_loads_is_told_with_what_to_do() -> None:
    with pytest.raises(EngineError, match=r"could not be started \(signal SIGKILL\): try --workers 0$"):
        Pool(killed_reader, workers=1)
    with pytest.raises(EngineError, match=r"could not be started \(signal SIGKILL\): add memory$"):
        Pool(killed_reader, workers=1, advice="add memory")


def test_no_workers_are_a_misuse() -> None:
    with pytest.raises(UsageError, match="0 workers"):
        Pool(fake_reader, workers=0)


def test_closing_in_the_middle_ends_every_worker() -> None:
    with Pool(troubled_reader, workers=2) as engine:
        readings = engine.read(parts([*reports(4), *(make_report(f"w{n}", "!wait") for n in range(4))], 1))
        assert next(readings)[0].claims
        held = engine.processes
    assert all(process._process.poll() is not None for process in held)


def test_limits_grow_with_the_length_that_is_read_and_a_given_one_is_for_all() -> None:
    short, long, endless = (Report(id="r", text="x" * length) for length in (0, 1_000, 10_000_000))
    usual = Limits()
    assert usual.processor_seconds(short) < usual.processor_seconds(long) < usual.processor_seconds(endless) <= 600
    assert Limits.same_for_all(5).processor_seconds(long) == 5
    with pytest.raises(UsageError, match="above 0"):
        Limits.same_for_all(0)


def test_there_are_usually_as_many_workers_as_cores_and_no_more_than_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, workers in ((1, 1), (2, 2), (64, 8)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _process, cores=cores: set(range(cores)), raising=False)
        assert pool.usual_workers() == workers


def test_issues_name_the_place_in_the_input() -> None:
    deadly = msgspec.structs.replace(
        make_report("r", "!die"), origin=Origin(path="many.jsonl", line=7, sha256="", encoding="utf-8")
    )
    [reading] = read_by_pool([deadly])
    assert (reading.issues[0].path, reading.issues[0].line) == ("many.jsonl", 7)


RUN = """
import pickle, sys
from fake_reading import make_report
from troubled_reading import troubled_reader
from twosource.engines.limits import Limits
from twosource.engines.process import Process
process = Process(pickle.dumps(troubled_reader), Limits(), "")
process.fingerprint()
whole = [make_report("first", "Norland shelled Vale."), make_report("second", sys.argv[1])]
process.hand(whole)
process.reading(whole[0])
print(process.number, flush=True)
process.reading(whole[1])
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells when a stranger's process ends")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("trouble", ["!wait", "!forever"])
def test_a_worker_ends_with_its_run_whatever_it_is_doing(how: signal.Signals, trouble: str) -> None:
    paths = os.pathsep.join(path for path in sys.path if path)
    command = [sys.executable, "-c", RUN, trouble]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths})
    assert run.stdout is not None
    worker = int(run.stdout.readline())
    ended = os.pidfd_open(worker)
    try:
        run.send_signal(how)
        run.wait()
        assert select.select([ended], [], [], 30)[0], "it still reads, though its run is no more"
    finally:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(ended, signal.SIGKILL)
        os.close(ended)
        run.stdout.close()
