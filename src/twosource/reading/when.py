"""When a claim's event happened: the time that the trained reader points at, else the narrowest told with the event."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.reading.nearby import Nearby
from twosource.reading.roles import when_of
from twosource.reading.signals import EventSignal
from twosource.reading.times.calendar import holding
from twosource.reading.tree import Tree
from twosource.records import Attribution, Time, When
from twosource.spans import Span

__all__ = ["when_told"]


def when_told(
    tree: Tree, near: Sequence[Nearby], event: EventSignal, run: Span, said: Attribution | None, *, speech: bool
) -> When | None:
    """The time of the surest part that is one; else that of the evidence ``run``.

    ``said`` is the attribution that holds the event. The day on which somebody spoke is not the day of what he told,
    unless that is a ``speech`` act itself.
    """
    spoken = None if speech else said
    for part in sorted(event.parts["when"], key=lambda part: -part.score):
        numbers = tree.sentences_of(part.span)
        times = [t for n in numbers for t in near[n].times if t.span.meets(part.span) and not _of_cue(tree, t, spoken)]
        if times:
            best = max(times, key=lambda t: (t.span.shared(part.span), -t.span.start))
            return _when(tree.text, _of_its_own(best, event.anchor))
    here = near[tree.sentences_of(event.anchor).start].times
    return when_of(tree.text, run, run, tuple(t for t in here if not _of_cue(tree, t, spoken)))


def _of_cue(tree: Tree, time: Time, said: Attribution | None) -> bool:
    """Whether the time says when somebody spoke: it stands outside what was said, with the word for saying it."""
    if said is None or any(span.meets(time.span) for span in said.content):
        return False
    words = tree.between(time.span)
    if not words:
        return False
    verb = tree[tree.clause_head(words[0])]
    return said.cue.holds(Span(verb.start, verb.end))


def _of_its_own(time: Time, anchor: Span) -> Time:
    """The time without its 'since', for an event told between the two: 'since it took the town in 2014'."""
    inside = time.phrase is not None and time.phrase.start < anchor.start < time.span.start
    if time.relation != "since" or not inside or time.start is None or time.granularity is None:
        return time
    try:
        own = holding(time.granularity, time.start)
    except (KeyError, OverflowError):
        return time
    return msgspec.structs.replace(time, phrase=None, start=own.first, end=own.last)


def _when(text: str, time: Time) -> When:
    span = time.phrase or time.span
    return When(phrase=span.of(text), span=span, start=time.start, end=time.end)
