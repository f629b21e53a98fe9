"""Corrections: one claim takes back what another says. It is a relation between claims; both are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from twosource.closed_sets import FigureKind, Stance
from twosource.corpus.events.members import Member, in_order
from twosource.corpus.events.traits import TakesBack
from twosource.corpus_records import Correction
from twosource.records import Figure

__all__ = ["changed_text", "corrections_among"]

_CHANGED = "changed-text"


def corrections_among(members: Sequence[Member]) -> tuple[Correction, ...]:
    """The corrections among claims of one event: by words such as 'earlier reports of 20 dead were wrong'.

    What is taken back is the same kind of figure with another value, told before by the same origin; where the words
    give the wrong figure, told by anyone.
    """
    ordered = in_order(members)
    found: dict[tuple[str, str], Correction] = {}
    for at, later in enumerate(ordered):
        if later.traits.claim.takes_back is not None:
            for earlier in ordered[:at]:
                for one in _taken_back(earlier, later, later.traits.claim.takes_back):
                    found[one.earlier, one.later] = one
    return tuple(found[pair] for pair in sorted(found))


def _taken_back(earlier: Member, later: Member, by: TakesBack) -> Iterator[Correction]:
    if earlier.report == later.report or not (_one_origin(earlier, later) or _names_it(earlier, by)):
        return
    for before, after in _unlike(earlier, later):
        reason = f"{later.report} takes back what {earlier.report} gave: {_now(before, after)}."
        yield Correction(earlier=earlier.id, later=later.id, rule=by.rule, reason=reason)
        return
    if later.claim.negated or later.claim.stance is Stance.DENIES:
        reason = f"{later.report} takes back what {earlier.report} told."
        yield Correction(earlier=earlier.id, later=later.id, rule=by.rule, reason=reason)


def _names_it(earlier: Member, by: TakesBack) -> bool:
    """Whether the words that take something back write the earlier figure."""
    return any(figure.low in by.numbers for figure in earlier.claim.figures if figure.low is not None)


def _one_origin(a: Member, b: Member) -> bool:
    shared = a.traits.report.lineages & b.traits.report.lineages or a.sources & b.sources
    return bool(shared) or (a.outlet is not None and a.outlet == b.outlet) or a.report == b.report


def _now(before: Figure, after: Figure) -> str:
    return f"{before.phrase} {before.kind} is now {after.phrase}"


def _unlike(earlier: Member, later: Member) -> Iterator[tuple[Figure, Figure]]:
    """Figures of one kind that both give, but not the same one."""
    for before in earlier.claim.figures:
        for after in later.claim.figures:
            whole = before.part_of is None and after.part_of is None
            if whole and before.kind is after.kind and (before.low, before.high) != (after.low, after.high):
                yield before, after


def changed_text(before: Sequence[Member], after: Sequence[Member]) -> tuple[Correction, ...]:
    """The corrections that a changed text makes: claims of one report's last two versions with unlike figures.

    Claims are held to be the same where their types are, and their places or their days. A figure that stands in both
    versions corrects nothing and is not corrected.
    """
    standing = _figures(before) & _figures(after)
    found: dict[tuple[str, str], Correction] = {}
    for earlier in before:
        for later in after:
            for old, new in _unlike(earlier, later) if _same_claim(earlier, later) else ():
                if not standing & {_figure(old), _figure(new)}:
                    reason = f"The text of {later.report} was changed: {_now(old, new)}."
                    pair = earlier.id, later.id
                    found[pair] = Correction(earlier=pair[0], later=pair[1], rule=_CHANGED, reason=reason)
    return tuple(found[pair] for pair in sorted(found))


def _figures(members: Sequence[Member]) -> set[tuple[FigureKind, int | None, int | None]]:
    return {_figure(figure) for one in members for figure in one.claim.figures}


def _figure(one: Figure) -> tuple[FigureKind, int | None, int | None]:
    return one.kind, one.low, one.high


def _same_claim(a: Member, b: Member) -> bool:
    mine, theirs = a.traits.claim, b.traits.claim
    if mine.type is not theirs.type or mine.stance is not theirs.stance:
        return False
    places = {spot.sound for spot in mine.places} & {spot.sound for spot in theirs.places}
    return bool(places) or (mine.start is not None and mine.start == theirs.start)
