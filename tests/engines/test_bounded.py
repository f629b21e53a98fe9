"""Reading in this process with a limit of time, against the local engine and the pool."""

from __future__ import annotations

import signal
import threading

import pytest

from fake_reading import fake_reader, make_report
from troubled_reading import troubled_reader
from twosource.engines import bounded
from twosource.engines.bounded import Bounded
from twosource.engines.limits import Limits
from twosource.engines.pool import Pool
from twosource.records import Report
from twosource.stage import unfinished

SHORT = Limits(seconds=0.5, seconds_a_character=0)

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="nothing tells of processor time here")


def reports(count: int) -> list[Report]:
    return [make_report(f"r{n}", f"Norland shelled Vale{n}, killing {n}. ???") for n in range(count)]


def test_readings_are_those_of_the_reader_alone() -> None:
    batches = [reports(3), [], reports(1)]
    engine = Bounded(fake_reader(), Limits())
    assert list(engine.read(batches)) == list(fake_reader().read(batches))
    assert engine.fingerprint == fake_reader().fingerprint


def test_a_report_that_never_ends_is_given_up_and_the_others_of_its_batch_are_read() -> None:
    whole = [*reports(2), make_report("endless", "!forever", path="endless.txt"), *reports(1)]
    [readings] = Bounded(troubled_reader(), SHORT).read([whole])
    assert [len(reading.claims) for reading in readings] == [1, 1, 0, 1]
    [issue] = readings[2].issues
    assert (issue.code, issue.path) == ("reading-too-long", "endless.txt")
    assert readings[2].fingerprint == unfinished(fake_reader().fingerprint)


def test_what_is_given_up_is_told_as_the_pool_tells_it() -> None:
    endless = make_report("endless", "!forever")
    with Pool(troubled_reader, workers=1, limits=SHORT) as pool:
        assert list(Bounded(troubled_reader(), SHORT).read([[endless]])) == list(pool.read([[endless]]))


@pytest.mark.parametrize("text", ["Norland seized Vale.", "!forever"])
def test_the_signal_and_its_clock_are_left_as_they_were(text: str) -> None:
    before = signal.signal(signal.SIGPROF, signal.SIG_IGN)
    try:
        list(Bounded(troubled_reader(), SHORT).read([[make_report("r", text)]]))
        assert signal.getsignal(signal.SIGPROF) is signal.SIG_IGN
        assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    finally:
        signal.signal(signal.SIGPROF, before)


def test_another_thread_reads_without_a_limit() -> None:
    read: list[object] = []
    engine = Bounded(fake_reader(), SHORT)
    thread = threading.Thread(target=lambda: read.extend(engine.read([reports(2)])))
    thread.start()
    thread.join()
    assert read == list(fake_reader().read([reports(2)]))


def test_where_nothing_tells_of_processor_time_it_reads_without_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "has_clock", lambda: False)
    monkeypatch.setattr(signal, "setitimer", None)
    assert list(Bounded(fake_reader(), SHORT).read([reports(2)])) == list(fake_reader().read([reports(2)]))
