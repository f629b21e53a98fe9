"""Makes the record of a disagreement: both sides with their words, the lesser value or the earlier report first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec

from twosource.corpus.counting import Count, counts_in, gap, said_number
from twosource.corpus.disagreements.deniers import sayer_at
from twosource.corpus.disagreements.passages import sentence_at
from twosource.corpus.tellings import Naming, Telling, as_named, in_order
from twosource.corpus_records import Disagreement
from twosource.ids import make_id
from twosource.knowledge.disagreement_words import DisagreementWords
from twosource.records import Figure
from twosource.spans import Span

if TYPE_CHECKING:
    from twosource.corpus.disagreements.denial import Denial

__all__ = [
    "Ground",
    "Kin",
    "Share",
    "between_fields",
    "between_figures",
    "bounds_in_words",
    "never_kin",
    "nowhere",
    "plausible_name",
    "speakers_of",
]

Kin = Callable[[str, str], bool]
"""Whether two actors' keys may stand for one: one is the other, or a part of it, or nobody in particular."""


Share = Callable[[str], float]
"""The share (0 to 1) of the project's reports that use a word, folded as a name is."""


def never_kin(_first: str, _second: str) -> bool:
    """Holds every two keys to be two actors."""
    return False


def nowhere(_word: str) -> float:
    """Holds every word to be rare."""
    return 0.0


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What disagreements are judged by: words, which names mean one actor, and which actors may stand for another.

    ``share`` tells how common a word is, so that a rare name in two reports is a sign that they tell of one event.
    One ground serves for all claims of a project, by their ids: what is found out about a claim is kept in it.
    """

    words: DisagreementWords
    naming: Naming = as_named
    kin: Kin = never_kin
    share: Share = nowhere
    rare: dict[str, frozenset[str]] = {}  # what rare names were heard around each claim, once they were looked for
    counted: dict[str, tuple[Count, ...]] = {}
    denials: dict[str, Denial | None] = {}

    def counts_in(self, telling: Telling) -> tuple[Count, ...]:
        """The figures of a telling with what they count."""
        key = telling.claim.id
        if key not in self.counted:
            self.counted[key] = counts_in(telling, self.words.counted)
        return self.counted[key]

    def akin(self, ours: Iterable[str], theirs: Iterable[str]) -> bool:
        """Whether some key of one side may stand for some key of the other."""
        others = tuple(theirs)
        return any(one == other or self.kin(one, other) for one in ours for other in others)


_LONGEST = 9  # words of a name
_NO_NAME = re.compile(
    r"^(?:however|meanwhile|but|and|according|of|in|on|at|with|totally|whom|which|who|that)\b"
    r"|\b(?:interview|because|den(?:ial|ies|ied|y)|alleged(?:ly)?|to [a-z]+|topic|photo|image|videos?|footage"
    r"|UK-based|Britain-based|blamed|said|claims?|attacks?|strikes?|kills?|pointed)\b",
    re.IGNORECASE,
)
_MOST = 400  # code points of a side's words that the record keeps; its claim has all of them


def plausible_name(name: str) -> bool:
    """Whether words can name somebody who speaks: few of them, and no piece of a sentence or of a headline."""
    words = name.split()
    return bool(words) and len(words) <= _LONGEST and not _NO_NAME.search(name)


def between_figures(first: Count, second: Count, *, strict: bool, event: str | None) -> Disagreement:
    """The disagreement of two figures, the lesser one first."""
    less, more = sorted((first, second), key=_least)
    return Disagreement(
        id=_id(less.figure.kind, less.telling, more.telling, (less.figure.span, more.figure.span)),
        field=less.figure.kind.value,
        claims=(less.telling.claim.id, more.telling.claim.id),
        reports=(less.telling.report.id, more.telling.report.id),
        speakers=(speakers_of(less), speakers_of(more)),
        values=(bounds_in_words(less.figure), bounds_in_words(more.figure)),
        words=(_around(less), _around(more)),
        spans=(less.figure.span, more.figure.span),
        inside=less.telling.report.id == more.telling.report.id,
        size=round(gap(less.figure, more.figure), 3),
        strict=strict,
        confidence=_confidence(first.telling, second.telling),
        reason=_why_figures(less, more, strict),
        event=event,
    )


def between_fields(
    field: str,
    first: Telling,
    second: Telling,
    values: tuple[str, str],
    *,
    reason: str,
    event: str | None,
    spans: tuple[Span, Span] | None = None,
    speakers: tuple[tuple[str, ...], tuple[str, ...]] | None = None,
) -> Disagreement:
    """The disagreement of two claims in a field that is no figure, the one published first as the first side.

    ``spans`` are the words shown, where they are not those of the claims' evidence, and ``speakers`` those that the
    words themselves name.
    """
    speakers = speakers or (first.speakers, second.speakers)
    words = tuple(_run(one, span) for one, span in zip((first, second), spans, strict=True)) if spans else None
    ours, theirs = spans or (first.span, second.span)
    said, answered = words or (_words(first), _words(second))
    if in_order([first, second])[0] is not first:
        first, second, values = second, first, (values[1], values[0])
        ours, theirs, said, answered, speakers = theirs, ours, answered, said, (speakers[1], speakers[0])
    return Disagreement(
        id=_id(field, first, second, (ours, theirs)),
        field=field,
        claims=(first.claim.id, second.claim.id),
        reports=(first.report.id, second.report.id),
        speakers=speakers,
        values=values,
        words=(said, answered),
        spans=(ours, theirs),
        inside=first.report.id == second.report.id,
        confidence=_confidence(first, second),
        reason=reason,
        event=event,
    )


def speakers_of(count: Count) -> tuple[str, ...]:
    """Who gives a figure: whom its own sentence opens with, as in 'The agency said ...', else the claim's sources."""
    text = count.telling.report.text
    named = sayer_at(text, sentence_at(text, count.figure.span))
    if named is None or count.telling.own_voice:
        return count.telling.speakers
    name = named.of(text)
    known = [one.name for one in count.telling.claim.sources if one.name in name or name in one.name]
    return tuple(known) if known or not plausible_name(name) else (name,)


def bounds_in_words(figure: Figure) -> str:
    """A figure's range, such as '12', 'at least 12', 'up to 50' and '24 to 99'."""
    low, high = figure.low, figure.high
    if low == high:
        return f"{low:,}" if low is not None else figure.phrase
    if high is None:
        return f"at least {low:,}"
    return f"up to {high:,}" if low is None else f"{low:,} to {high:,}"


def _why_figures(less: Count, more: Count, strict: bool) -> str:
    """A sentence on why the two can't both be right, or hardly can."""
    who = f"{', '.join(speakers_of(less))} and {', '.join(speakers_of(more))}"
    values = f"{bounds_in_words(less.figure)} and {bounds_in_words(more.figure)} {less.figure.kind}"
    if less.in_headline != more.in_headline and less.telling.report.id == more.telling.report.id:
        return f"The headline and the body give {values}."
    if not strict:
        return f"{who} give {values}: the two leave room for each other, but are far apart."
    return f"{who} give {values}: if one is right, the other is not."


def _least(count: Count) -> tuple[int, int, str, Span]:
    figure = count.figure
    number = said_number(figure)
    return (
        number if number is not None else figure.low or 0,
        number if number is not None else figure.high or 0,
        count.telling.report.id,
        figure.span,
    )


def _confidence(first: Telling, second: Telling) -> float | None:
    """How likely both claims are read as they should be; None where the reader of one can't say."""
    ours, theirs = first.claim.confidence, second.claim.confidence
    return None if ours is None or theirs is None else round(ours * theirs, 3)


def _around(count: Count) -> str:
    """The sentence that the figure stands in, so that the words shown hold the value."""
    text, span = count.telling.report.text, count.figure.span
    sentence = sentence_at(text, span)
    start = sentence.start if span.end - sentence.start <= _MOST else max(sentence.start, span.start - _MOST // 2)
    return " ".join(text[start : sentence.end].split())[:_MOST]


def _run(telling: Telling, span: Span) -> str:
    return " ".join(span.of(telling.report.text).split())[:_MOST]


def _words(telling: Telling) -> str:
    return " … ".join(" ".join(run.split()) for run in telling.evidence)[:_MOST]


def _id(field: str, first: Telling, second: Telling, spans: tuple[Span, Span]) -> str:
    return make_id("disagreement", field, first.claim.id, second.claim.id, spans)
