"""Words of doubt, as the trained reader sees them, made into cues with the clause that each colours."""

from __future__ import annotations

from bisect import bisect_left

from twosource.closed_sets import Certainty, CueKind, Status
from twosource.reading.signals import Doubt, Signals
from twosource.reading.tree import Tree
from twosource.records import Cue
from twosource.spans import Span

__all__ = ["read_doubts"]


def read_doubts(tree: Tree, signals: Signals) -> tuple[Cue, ...]:
    """One cue for each word of doubt, in order; its rule is 'doubt:' and the kind of doubt.

    Conditions make a claim hypothetical; the other kinds lower its certainty. The scope is the clause around the word.
    """
    starts = [token.start for token in tree.tokens]
    return tuple(_cue(tree, doubt, starts) for doubt in signals.doubts)


def _cue(tree: Tree, doubt: Doubt, starts: list[int]) -> Cue:
    is_condition = doubt.kind == "condition"
    at = min(bisect_left(starts, doubt.span.start), len(starts) - 1)
    return Cue(
        span=doubt.span,
        kind=CueKind.CONDITION if is_condition else CueKind.HEDGE,
        scope=_clause(tree, at) if starts else doubt.span,
        rule=f"doubt:{doubt.kind}",
        certainty=None if is_condition else Certainty.PROBABLE,
        status=Status.HYPOTHETICAL if is_condition else None,
    )


def _clause(tree: Tree, index: int) -> Span:
    """The whole clause in which the token stands, up to the ends of its sentence."""
    head = tree.clause_head(index)
    return tree.span(tree.subtree(head))
