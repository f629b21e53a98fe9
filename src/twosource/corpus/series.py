"""How a figure changes from report to report: its steps, by speaker, and what each report adds to a toll.

A speaker who is no actor of its own ('rescue workers', 'the hospital') is one in all reports of an outlet.

Nothing is ever summed here but what a report itself counts as an addition to a number that it names.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

import msgspec

from twosource.corpus.counting import EVERYONE, Count, Counted, said_number
from twosource.corpus.tellings import Naming, as_named, in_order
from twosource.knowledge.name_index import fold_actor

__all__ = ["Addition", "Change", "Step", "additions", "as_of", "said_steps", "steps", "voice_of"]

_GENERIC = "generic:"  # opens the key of a name that means nobody outside its report
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)


class Change(StrEnum):
    """How a figure stands to the last one that the same speaker gave of the same thing."""

    FIRST = "first"
    SAME = "same"
    HIGHER = "higher"
    LOWER = "lower"
    UNCLEAR = "unclear"
    """One of the two is vague ('dozens'), or denied."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One figure at its time, and how it stands to its speaker's last one (the id of that claim)."""

    count: Count
    change: Change
    previous: str | None = None


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """What one figure adds to a toll: ``whole`` is the figure that it is a part of, ``before`` the highest one known.

    ``adds`` is how many it adds to what was known before; None where that can't be told. ``note`` is a sentence.
    """

    count: Count
    whole: Count | None
    before: int | None
    adds: int | None
    note: str


def as_of(count: Count) -> tuple[datetime.date | None, datetime.date | None]:
    """The days that a figure holds for: the claim's own, else the day of publication."""
    start, end = count.telling.days
    published = count.telling.report.published
    return (start, end) if start or end else (published, published)


def steps(counts: Iterable[Count], naming: Naming = as_named) -> tuple[Step, ...]:
    """The figures from the earliest day that they hold for, each beside its speaker's last of the same scope.

    Scopes are kept apart: the killed from the injured, this attack from all since Friday, a part from the whole.
    """
    return _steps(sorted(counts, key=_when), naming, lambda _count: "")


def said_steps(counts: Iterable[Count], about: Callable[[Count], str], naming: Naming = as_named) -> tuple[Step, ...]:
    """The figures in the order in which they were said, each beside its speaker's last of the same scope.

    Of what they are is kept apart too: ``about`` leads to the occurrence, or the place.
    """
    return _steps(sorted(counts, key=_said), naming, about)


def _steps(ordered: Iterable[Count], naming: Naming, about: Callable[[Count], str]) -> tuple[Step, ...]:
    last: dict[tuple[str, str, Counted, frozenset[str]], Count] = {}
    found = []
    for count in ordered:
        keys = [(about(count), speaker, count.counted, count.names) for speaker in _speakers(count, naming)]
        before = next((last[key] for key in keys if key in last), None)
        previous = before.telling.claim.id if before else None
        found.append(Step(count=count, change=_change(before, count), previous=previous))
        last.update(dict.fromkeys(keys, count))
    return tuple(found)


def additions(counts: Sequence[Count], naming: Naming = as_named) -> tuple[Addition, ...]:
    """What each figure of one toll adds, in the order of publication: a whole, a part of one, or an addition to one.

    The counts are of one event and one kind. What a number adds is counted from the highest that the same speaker or
    lineage gave before, else from the highest of anybody that reaches as far: the dead whom an earlier report counted
    are never added again, whoever counts them anew.
    """
    known: list[_Known] = []
    found = []
    for theirs in _by_report(counts):
        wholes = [one for one in theirs if _is_whole(one)]
        found += _once([_addition(one, wholes, _before(one, known, naming)) for one in theirs])
        known += [_Known(one, number) for one in wholes if (number := said_number(one.figure)) is not None]
    return tuple(found)


def _once(found: Sequence[Addition]) -> list[Addition]:
    """The additions of one report, of which each number adds once: a headline and its body tell one toll."""
    seen: set[tuple[int | None, frozenset[str]]] = set()
    kept = []
    for one in found:
        key = said_number(one.count.figure), one.count.counted.whom - EVERYONE
        again = bool(one.adds) and key in seen
        kept.append(msgspec.structs.replace(one, adds=0, note="The report told it before.") if again else one)
        seen.add(key)
    return kept


class _Known(msgspec.Struct, frozen=True):
    """A whole that an earlier report gave."""

    count: Count
    number: int


def _by_report(counts: Sequence[Count]) -> list[list[Count]]:
    """The counts of each report by their place in it, the report published first as the first."""
    theirs: dict[str, list[Count]] = {}
    for count in counts:
        theirs.setdefault(count.telling.report.id, []).append(count)
    order = dict.fromkeys(telling.report.id for telling in in_order(count.telling for count in counts))
    return [sorted(theirs[report], key=lambda one: one.figure.span) for report in order]


def _is_whole(count: Count) -> bool:
    return count.counted.extent in ("event", "total") and not count.counted.whom - EVERYONE and count.telling.affirmed


def _before(count: Count, known: Sequence[_Known], naming: Naming) -> int | None:
    """The number that this one is counted from."""
    speakers = set(_speakers(count, naming))
    kin = [
        one.number
        for one in known
        if speakers & set(_speakers(one.count, naming)) or count.telling.lineages & one.count.telling.lineages
    ]
    alike = [one.number for one in known if one.count.counted.extent == count.counted.extent]
    return max(kin or alike, default=None)


def _addition(count: Count, wholes: Sequence[Count], known: int | None) -> Addition:
    number = said_number(count.figure)
    if not count.telling.affirmed:
        return Addition(count=count, whole=None, before=known, adds=None, note="It is denied, so it adds nothing.")
    if not _is_whole(count):
        whole = _whole_of(count, wholes)
        adds, note = _part_adds(count, whole), _part_note(count, whole)
        return Addition(count=count, whole=whole, before=known, adds=adds, note=note)
    if number is None:
        return Addition(count=count, whole=None, before=known, adds=None, note="It gives no one number to add.")
    if known is None:
        return Addition(count=count, whole=count, before=None, adds=number, note="It is the first number given.")
    more = max(0, number - known)
    note = (
        f"It adds {more:,} to the {known:,} given before." if more else f"It adds none to the {known:,} given before."
    )
    return Addition(count=count, whole=count, before=known, adds=more, note=note)


def _whole_of(count: Count, wholes: Sequence[Count]) -> Count | None:
    """The nearest whole of the report that is no smaller, of the same claim if there is one."""
    number = _least(count) or 0
    larger = [one for one in wholes if one is not count and (_least(one) or 0) >= number]
    larger.sort(key=lambda one: (one.telling.claim.id != count.telling.claim.id, abs(_apart(one, count))))
    return larger[0] if larger else None


def _part_adds(count: Count, whole: Count | None) -> int | None:
    """A part adds nothing beside its whole; an addition without one can't be told apart from what was known."""
    return 0 if whole is not None and count.counted.extent != "addition" else None


def _part_note(count: Count, whole: Count | None) -> str:
    if whole is None:
        return "The report names no whole that it is a part of."
    if count.counted.extent == "addition":
        return f"It is told as an addition; the {_least(whole):,} that the report gives may hold it: it is not added."
    return f"These are of the {_least(whole):,} that the report gives: they are not added again."


def _apart(first: Count, second: Count) -> int:
    return first.figure.span.start - second.figure.span.start


def _least(count: Count) -> int | None:
    number = said_number(count.figure)
    return number if number is not None else count.figure.low


def _change(before: Count | None, now: Count) -> Change:
    if before is None:
        return Change.FIRST
    if not before.telling.affirmed or not now.telling.affirmed:
        return Change.UNCLEAR
    first, second = said_number(before.figure), said_number(now.figure)
    if first is None or second is None:
        same = (before.figure.low, before.figure.high) == (now.figure.low, now.figure.high)
        return Change.SAME if same else Change.UNCLEAR
    return Change.SAME if first == second else Change.HIGHER if second > first else Change.LOWER


def _speakers(count: Count, naming: Naming) -> list[str]:
    telling = count.telling
    where = telling.report.outlet or telling.report.id
    if telling.own_voice:
        return [f"outlet {where}"]
    keys = [(named.name, naming(named.name, telling.report.id)) for named in telling.claim.sources]
    return sorted({voice_of(name, where) if key.startswith(_GENERIC) else key for name, key in keys})


def voice_of(name: str, outlet: str) -> str:
    """The key of a speaker in an outlet's reports, however the words are written and with whatever article."""
    return f"{fold_actor(_ARTICLE.sub('', name))} in {outlet}"


def _when(count: Count) -> tuple[bool, str, str, str, int, str]:
    """By the day that it holds for (its end, else its start), then publication, report and place in the text."""
    start, end = as_of(count)
    day, published = end or start, count.telling.report.published
    report = count.telling.report.id
    return day is None, str(day), str(published), report, count.figure.span.start, count.telling.claim.id


def _said(count: Count) -> tuple[bool, str, str, int, str]:
    """By publication, report and place in the text."""
    published, report = count.telling.report.published, count.telling.report.id
    return published is None, str(published), report, count.figure.span.start, count.telling.claim.id
