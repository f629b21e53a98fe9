"""Words of doubt, as the trained reader sees them, made into cues with the clause in which each stands."""

from __future__ import annotations

from twosource.closed_sets import CueKind
from twosource.reading.signals import Doubt, Signals
from twosource.reading.tree import Tree
from twosource.records import Cue
from twosource.spans import Span

__all__ = ["read_doubts"]


def read_doubts(tree: Tree, signals: Signals) -> tuple[Cue, ...]:
    """One cue for each word of doubt, in order; its rule is 'doubt:' and the kind of doubt.

    They tell that a sentence is not plain, which the reader sees far better than a list of words. What a word of doubt
    makes of a claim is the matter of the rules in data/en/cues.toml, so that certainty and status are None.
    """
    return tuple(_cue(tree, doubt) for doubt in signals.doubts)


def _cue(tree: Tree, doubt: Doubt) -> Cue:
    index = next(iter(tree.between(doubt.span)), None)
    return Cue(
        span=doubt.span,
        kind=CueKind.CONDITION if doubt.kind == "condition" else CueKind.HEDGE,
        scope=doubt.span if index is None else _clause(tree, index),
        rule=f"doubt:{doubt.kind}",
    )


def _clause(tree: Tree, index: int) -> Span:
    """The whole clause in which the token stands, up to the ends of its sentence."""
    return tree.span(tree.subtree(tree.clause_head(index)))
