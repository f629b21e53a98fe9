"""Times the gathering of 100 reports into an empty project and into growing ones: `python -m bench.events 1000 5000`.

The reports are made up and come as news does, 40 a day. Each tells of three of the occurrences of its day or the day
before: few are told by many, most by one or two. An occurrence has a type, one of 600 places in 20 provinces (a third
lies in 12 of them), one of 40 doers, a toll and words of its own, of which each report gives some. Since it is known
which claim tells of which, the table also says how far the events found are those that were planted.
"""

from __future__ import annotations

import datetime
import functools
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from twosource.closed_sets import ClaimType, FigureKind
from twosource.gathering import default_gatherer, gather
from twosource.ids import digest_of, make_id
from twosource.records import Claim, Figure, Named, Place, Reading, Report, When
from twosource.relating import relate
from twosource.score.events import b_cubed
from twosource.spans import Span
from twosource.store import Project, open_project, write
from twosource.store.event_query import every_event_of_claims

_TYPES = (ClaimType.AIRSTRIKE, ClaimType.SHELLING, ClaimType.BOMBING, ClaimType.ARMED_CLASH, ClaimType.KILLS)
_START = datetime.date(2014, 1, 1)
_PLACES, _PROVINCES, _ACTORS = 600, 20, 40
_HUBS, _AT_HUBS = 12, 0.3  # a few places see a third of everything
_A_DAY, _OCCURRENCES, _CLAIMS, _WORDS = 40, 30, 3, 8
_BATCH, _FRESH = 200, 100
_DATED = 0.6  # of the claims tell their day
_FIRST = 620  # code points after which the second claim comes, where the lead has ended


class _Occurrence(NamedTuple):
    name: str
    day: datetime.date
    type: ClaimType
    place: int
    actor: int
    killed: int
    words: tuple[str, ...]


def main() -> None:
    """Prints a row for each size: seconds of 100 reports more, how many times those into none, and what was found."""
    sizes = sorted(int(size) for size in sys.argv[1:]) or [1000, 5000]
    default_gatherer()
    with tempfile.TemporaryDirectory() as folder:
        with open_project(Path(folder) / "empty.db", create=True) as project:
            related, gathered = _seconds(project, 0)
        print(
            "| reports | lineage, s | times | events, s | times | precision | recall |\n|---|---|---|---|---|---|---|"
        )
        print(f"| 0 | {related:.2f} | 1 | {gathered:.2f} | 1 | | |", flush=True)
        with open_project(Path(folder) / "large.db", create=True) as project:
            held = 0
            for size in sizes:
                _keep(project, held, size - held)
                relate(project)
                gather(project)
                row = _seconds(project, size)
                held = size + _FRESH
                found = _found(project, held)
                told = f"{row[0]:.2f} | {row[0] / related:.2f} | {row[1]:.2f} | {row[1] / gathered:.2f}"
                print(f"| {size:,} | {told} | {found['b3_precision']:.3f} | {found['b3_recall']:.3f} |", flush=True)


def _seconds(project: Project, size: int) -> tuple[float, float]:
    """Processor time that relating and gathering 100 more reports takes; others may compute beside it."""
    _keep(project, size, _FRESH)
    began = time.process_time()
    relate(project)
    related = time.process_time()
    gather(project)
    return related - began, time.process_time() - related


def _found(project: Project, size: int) -> dict[str, float]:
    with project.looking() as connection:
        groups = every_event_of_claims(connection)
    planted: dict[str, list[str]] = {}
    for number in range(size):
        reading, told = _reading(number)
        for claim, occurrence in zip(reading.claims, told, strict=True):
            planted.setdefault(occurrence.name, []).append(claim.id)
    return b_cubed(groups, planted.values())


def _keep(project: Project, first: int, count: int) -> None:
    run = write.start_run(project, "bench")
    for at in range(first, first + count, _BATCH):
        readings = [_reading(number)[0] for number in range(at, min(at + _BATCH, first + count))]
        batch = write.Batch(reports=tuple(one.report for one in readings), readings=tuple(readings))
        write.keep_batch(project, run, "bench", batch)


@functools.lru_cache(4)
def _occurrences(number: int) -> tuple[_Occurrence, ...]:
    """What happens on a day (its number from 0), what is told most first."""
    draws = random.Random(f"day {number}")
    return tuple(
        _Occurrence(
            name=f"{number}-{at}",
            day=_START + datetime.timedelta(days=number),
            type=draws.choice(_TYPES),
            place=draws.randrange(_HUBS if draws.random() < _AT_HUBS else _PLACES),
            actor=draws.randrange(_ACTORS),
            killed=draws.randrange(1, 40),
            words=tuple("".join(draws.choices("abcdefghiklmnoprstuvz", k=6)) for _ in range(_WORDS)),
        )
        for at in range(_OCCURRENCES)
    )


def _told_by(draws: random.Random, day: int) -> list[_Occurrence]:
    """The occurrences that a report of this day tells of, its lead first; the k-th of a day is told as 1 / sqrt(k)."""
    known = [(one, at**-0.5) for back in (0, 1) if day >= back for at, one in enumerate(_occurrences(day - back), 1)]
    chosen: dict[str, _Occurrence] = {}
    while len(chosen) < _CLAIMS:
        [one] = draws.choices([one for one, _ in known], [weight for _, weight in known])
        chosen[one.name] = one
    return list(chosen.values())


def _reading(number: int) -> tuple[Reading, list[_Occurrence]]:
    draws = random.Random(number)
    day = number // _A_DAY
    told = _told_by(draws, day)
    first, *rest = (_sentence(draws, one) for one in told)
    filler = _filler(draws, _FIRST - len(first))
    text = " ".join([first, filler, *rest, _filler(draws, 300)])
    id_ = f"made-{number}"
    report = Report(id=id_, text=text, published=_START + datetime.timedelta(days=day), digest=digest_of(id_, text))
    claims, places = [], []
    for words, one in zip((first, *rest), told, strict=True):
        claim, place = _claim(draws, report, words, one)
        claims.append(claim)
        places.append(place)
    return Reading(report=report, claims=tuple(claims), places=tuple(places), fingerprint="bench"), told


def _sentence(draws: random.Random, one: _Occurrence) -> str:
    words = " ".join(draws.sample(one.words, _WORDS // 2))
    return f"Force{one.actor} hit Town{one.place} with {one.type}, and {one.killed} died {words}."


def _filler(draws: random.Random, length: int) -> str:
    """Words that hardly come back."""
    words = ["".join(draws.choices("abcdefghiklmnoprstuvz", k=7)) for _ in range(length // 8 + 1)]
    return f"{' '.join(words)}."


def _claim(draws: random.Random, report: Report, words: str, one: _Occurrence) -> tuple[Claim, Place]:
    start = report.text.index(words)
    evidence = Span(start, start + len(words))
    there, doer = _named(report.text, f"Town{one.place}", start), _named(report.text, f"Force{one.actor}", start)
    dated = draws.random() < _DATED
    claim = Claim(
        id=make_id("claim", report.id, start),
        report=report.id,
        type=one.type,
        evidence=(evidence,),
        trigger=evidence,
        actors=(doer,),
        places=(there,),
        when=When(phrase=str(one.day), span=evidence, start=one.day, end=one.day) if dated else None,
        figures=(_killed(evidence, one.killed),),
    )
    return claim, _place(there, one.place)


def _named(text: str, name: str, start: int) -> Named:
    at = text.index(name, start)
    span = Span(at, at + len(name))
    return Named(name=name, span=span, said_at=span)


def _place(named: Named, number: int) -> Place:
    return Place(
        span=named.span,
        name=named.name,
        rule="made",
        place=f"made:{number}",
        country="XX",
        admin1=f"Province {number % _PROVINCES}",
        precision="town",
    )


def _killed(span: Span, number: int) -> Figure:
    return Figure(
        span=span, phrase=f"{number} died", number=span, kind=FigureKind.KILLED, rule="made", low=number, high=number
    )


if __name__ == "__main__":
    main()
