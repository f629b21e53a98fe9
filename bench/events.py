"""Times the gathering of 100 reports into an empty project and into a large one: `python -m bench.events 20000`.

The reports are made up and come as news does, 50 a day: each tells of three deeds of its day, at one of 600 places and
by one of 40 actors. The 100 that are timed are those of the two days that follow.
"""

from __future__ import annotations

import datetime
import random
import sys
import tempfile
import time
from pathlib import Path

from twosource.closed_sets import ClaimType, FigureKind
from twosource.gathering import gather
from twosource.ids import digest_of, make_id
from twosource.records import Claim, Figure, Named, Place, Reading, Report, When
from twosource.spans import Span
from twosource.store import Project, open_project, write

_TYPES = (ClaimType.AIRSTRIKE, ClaimType.SHELLING, ClaimType.BOMBING, ClaimType.ARMED_CLASH, ClaimType.KILLS)
_START = datetime.date(2014, 1, 1)
_PLACES, _A_DAY, _ACTORS, _CLAIMS, _BATCH, _FRESH = 600, 50, 40, 3, 200, 100


def main() -> None:
    """Prints the seconds for both, and how many times the one is the other."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        empty = _seconds(Path(folder) / "empty.db", 0)
        large = _seconds(Path(folder) / "large.db", size)
    print(f"{_FRESH} reports into none: {empty:.2f} s; into {size:,}: {large:.2f} s, {large / empty:.2f} times as long")


def _seconds(path: Path, size: int) -> float:
    """Processor time that gathering 100 reports takes in a project of ``size``; others may compute beside it."""
    with open_project(path, create=True) as project:
        began = time.process_time()
        _keep(project, 0, size)
        gather(project)
        if size:
            print(f"{size:,} reports gathered at first: {time.process_time() - began:.0f} s with their making")
        _keep(project, size, _FRESH)
        began = time.process_time()
        gather(project)
        return time.process_time() - began


def _keep(project: Project, first: int, count: int) -> None:
    run = write.start_run(project, "bench")
    for at in range(first, first + count, _BATCH):
        readings = [_reading(number) for number in range(at, min(at + _BATCH, first + count))]
        batch = write.Batch(reports=tuple(one.report for one in readings), readings=tuple(readings))
        write.keep_batch(project, run, "bench", batch)


def _reading(number: int) -> Reading:
    draws = random.Random(number)
    day = _START + datetime.timedelta(days=number // _A_DAY)
    deeds = [(draws.choice(_TYPES), draws.randrange(_PLACES), draws.randrange(_ACTORS)) for _ in range(_CLAIMS)]
    killed = draws.randrange(1, 40)
    told = [
        f"Force{actor} hit Town{place} with {type_}, and {killed} died {_words(draws)}."
        for type_, place, actor in deeds
    ]
    text = " ".join([*told, f"Colour {draws.randrange(10**6)} stood over it."])
    id_ = f"made-{number}"
    report = Report(id=id_, text=text, published=day, digest=digest_of(id_, text))
    claims, places = [], []
    for words, (type_, place, actor) in zip(told, deeds, strict=True):
        start = text.index(words)
        evidence = Span(start, start + len(words))
        there, doer = _named(text, f"Town{place}", start), _named(text, f"Force{actor}", start)
        places.append(_place(there, place))
        claims.append(
            Claim(
                id=make_id("claim", id_, start),
                report=id_,
                type=type_,
                evidence=(evidence,),
                trigger=evidence,
                actors=(doer,),
                places=(there,),
                when=When(phrase=str(day), span=evidence, start=day, end=day),
                figures=(_killed(evidence, killed),),
            )
        )
    return Reading(report=report, claims=tuple(claims), places=tuple(places), fingerprint="bench")


def _words(draws: random.Random) -> str:
    """Some words that hardly come back."""
    return " ".join("".join(draws.choices("abcdefghiklmnoprstuvz", k=6)) for _ in range(8))


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
        admin1=f"Province {number % 20}",
        precision="town",
    )


def _killed(span: Span, number: int) -> Figure:
    return Figure(
        span=span, phrase=f"{number} died", number=span, kind=FigureKind.KILLED, rule="made", low=number, high=number
    )


if __name__ == "__main__":
    main()
