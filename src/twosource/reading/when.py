"""When a claim's event happened: the time that the trained reader points at, else the narrowest told with the event."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.knowledge.event_types import EventType
from twosource.knowledge.word_sets import WordSets
from twosource.reading.dating import came_then, hangs_on, is_of_another
from twosource.reading.nearby import Nearby
from twosource.reading.roles import when_of
from twosource.reading.signals import EventSignal
from twosource.reading.times.calendar import holding
from twosource.reading.tree import Tree
from twosource.records import Attribution, Time, When
from twosource.spans import Span

__all__ = ["when_told"]

_UP_TO = frozenset({"until", "till", "by", "range"})


def when_told(
    tree: Tree,
    near: Sequence[Nearby],
    event: EventSignal,
    run: Span,
    said: Attribution | None,
    sets: WordSets,
    *,
    kind: EventType,
) -> When | None:
    """The time of the surest part that is one; else that of the evidence ``run``, or that of the event's own verb.

    ``said`` is the attribution that holds the event. The day on which somebody spoke is not the day of what he told,
    unless that is an act of speech itself. Times that the parse hangs on something told beside it are left out.
    """
    spoken = None if kind.speech else said
    at = tree.at(event.anchor.start)

    def is_its(time: Time) -> bool:
        told_beside = at is not None and is_of_another(tree, time.phrase or time.span, at, sets)
        return not told_beside and not _of_cue(tree, time, spoken)

    for part in sorted(event.parts["when"], key=lambda part: -part.score):
        numbers = tree.sentences_of(part.span)
        times = [t for n in numbers for t in near[n].times if t.span.meets(part.span) and is_its(t)]
        if times:
            best = max(times, key=lambda t: (came_then(tree, t, at), t.span.shared(part.span), -t.span.start))
            return _when(tree.text, _of_its_own(tree, best, event.anchor))
    here = near[tree.sentences_of(event.anchor).start].times
    within = when_of(tree.text, run, run, tuple(t for t in here if run.holds(t.span) and is_its(t)))
    if within is not None or at is None or kind.speech or kind.standing:
        return within
    beside = tuple(t for t in here if hangs_on(tree, t.phrase or t.span, at) and is_its(t))
    return when_of(tree.text, run, tree.sentences[tree[at].sentence].span, beside)


def _of_cue(tree: Tree, time: Time, said: Attribution | None) -> bool:
    """Whether the time says when somebody spoke: it stands outside what was said, with the word for saying it."""
    if said is None or any(span.meets(time.span) for span in said.content):
        return False
    words = tree.between(time.span)
    if not words:
        return False
    verb = tree[tree.clause_head(words[0])]
    return said.cue.holds(Span(verb.start, verb.end))


def _of_its_own(tree: Tree, time: Time, anchor: Span) -> Time:
    """The time without the preposition that made it run on, for an event told between the two ('since it took the town
    in 2014') or as what came then ('since 12 July, when it raided the post', 'until May, when troops retook it').
    """
    between = time.phrase is not None and time.phrase.start < anchor.start < time.span.start
    then = came_then(tree, time, tree.at(anchor.start))
    if time.granularity is None or not (then or (between and time.relation == "since")):
        return time
    last = time.relation in _UP_TO and (time.phrase is None or time.phrase.end == time.span.end)
    day = time.end if last else time.start
    try:
        own = holding(time.granularity, day) if day is not None else None
    except (KeyError, OverflowError):
        own = None
    if own is None:
        return time
    return msgspec.structs.replace(time, phrase=None, start=own.first, end=own.last)


def _when(text: str, time: Time) -> When:
    span = time.phrase or time.span
    return When(phrase=span.of(text), span=span, start=time.start, end=time.end)
