"""Of what type an event is, and whether the reader or a rule decided it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from twosource.closed_sets import ClaimType, family_of
from twosource.knowledge.events import TriggerRule
from twosource.reading.signals import EventSignal
from twosource.reading.tree import Tree
from twosource.reading.weighing import type_of
from twosource.records import Reason
from twosource.spans import Span

__all__ = ["type_told"]

_ACCUSED_OF = frozenset({"of", "for"})  # who is charged with a deed is accused of it, by the codebook
_DEEDS = frozenset({"force", "posture", "persons", "harm", "support", "control", "relief"})


def type_told(
    tree: Tree, event: EventSignal, token: int, rules: Mapping[int, TriggerRule], anchors: Collection[int]
) -> tuple[ClaimType, Reason] | None:
    """The type and what decided it; None where another event tells what somebody is accused of.

    ``rules`` are those that know the words of the report, ``anchors`` the words of its events, both by their tokens.
    """
    rule, heard = rules.get(token), type_of(event, None)
    type_ = type_of(event, rule.type, rule.over) if rule is not None else heard
    by, at = rule.id if rule is not None and type_ is not heard else "reader", event.anchor
    deed = _deed(tree, token, rules) if type_ is ClaimType.ACCUSES else None
    if deed is not None:
        type_, by, at = rules[deed].type, rules[deed].id, Span(tree[deed].start, tree[deed].end)
    return None if deed in anchors else (type_, Reason(field="type", rule=by, span=at))


def _deed(tree: Tree, token: int, rules: Mapping[int, TriggerRule]) -> int | None:
    """The word for what somebody is accused of: 'shelling' in 'accused it of shelling Goma'."""
    for way in tree.under(token, ("prep",)):
        if tree.words[way] in _ACCUSED_OF:
            for head in tree.under(way, ("pcomp", "pobj")):
                below = [n for n in (head, *tree.under(head, ("dobj",))) if n in rules]
                told = [n for n in below if family_of(rules[n].type) in _DEEDS]
                if told:
                    return told[0]
    return None
