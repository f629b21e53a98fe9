"""A figure stands in several claims of its report: what a person corrects in one of them holds for the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from twosource.closed_sets import FigureKind
from twosource.corpus.given_claims import PERSON, SCOPED
from twosource.records import Claim, Figure, Reason
from twosource.spans import Span

__all__ = ["CorrectedFigure", "FigureKey", "corrected_figures", "with_corrected"]

FigureKey = tuple[Span, FigureKind]
"""What makes a figure of two claims of one report the same: the words where it stands, and its kind as it was read."""


class CorrectedFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as a person left it in a claim, the number of that entry in the log, and the whole that it is a part of.

    ``whole`` is where the words of the whole stand; None for a figure that is no part, or of a whole told elsewhere.
    """

    figure: Figure
    number: int
    whole: Span | None = None


def corrected_figures(read: Claim, laid: Claim, number: int) -> dict[FigureKey, CorrectedFigure]:
    """The figures of a claim as read that entry ``number`` of the log gives another value, kind, scope or phrase.

    A figure that the person left out is not corrected: it is no figure of that claim, and may be of others.
    """
    found = {}
    for was in read.figures:
        now = _now(was, read.figures, laid.figures)
        if now is not None and now != was:
            found[was.span, was.kind] = CorrectedFigure(figure=now, number=number, whole=_whole(now, laid.figures))
    return found


def with_corrected(
    claim: Claim, read: Claim, corrected: Mapping[FigureKey, CorrectedFigure], decided: int | None = None
) -> Claim:
    """The claim (as ``read`` once) with what was corrected in other claims of its report.

    ``decided`` is the number of the entry in which a person gave this claim's figures: what that changed stays, and so
    does all that was corrected elsewhere before it.
    """
    if not corrected:
        return claim
    as_read = {(one.span, one.kind): one for one in read.figures}
    figures, changed = [], False
    for figure in claim.figures:
        key = figure.span, figure.kind
        by = corrected.get(key)
        own = by is None or figure != as_read.get(key) or (decided is not None and decided >= by.number)
        figures.append(figure if own or by is None else _laid(by, claim.figures))
        changed = changed or figures[-1] != figure
    if not changed:
        return claim
    reasons = (*(one for one in claim.reasons if one.field != "figures"), Reason(field="figures", rule=PERSON))
    return msgspec.structs.replace(claim, figures=tuple(figures), reasons=reasons, confidence=None)


def _now(was: Figure, read: Sequence[Figure], laid: Sequence[Figure]) -> Figure | None:
    """What stands in a figure's place: the one of its words, else the one new figure whose words meet them."""
    same = [one for one in laid if one.span == was.span]
    if same:
        alone = all(one.kind is was.kind for one in read if one.span == was.span)
        return next((one for one in same if one.kind is was.kind), same[0] if alone else None)
    known = {one.span for one in read}
    fresh = [one for one in laid if one.span not in known and one.span.meets(was.span)]
    return fresh[0] if len(fresh) == 1 else None


def _whole(figure: Figure, figures: Sequence[Figure]) -> Span | None:
    at = figure.part_of
    told = at is not None and figure.rule == SCOPED and 0 <= at < len(figures)
    return figures[at].span if at is not None and told else None


def _laid(by: CorrectedFigure, figures: Sequence[Figure]) -> Figure:
    """The corrected figure among those of another claim, where its whole may have another place or none."""
    if by.figure.part_of is None or by.figure.rule != SCOPED:
        return by.figure
    places = [at for at, one in enumerate(figures) if one.span == by.whole]
    return msgspec.structs.replace(by.figure, part_of=places[0] if places else -1)
