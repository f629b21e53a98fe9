"""Who does or suffers something else than the event at hand, though the words stand beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twosource.closed_sets import ClaimType, family_of
from twosource.knowledge.word_sets import WordSets
from twosource.reading.evidence import governing_verb
from twosource.reading.tree import Tree
from twosource.records import Trigger

__all__ = ["Elsewhere"]

_HELPING = frozenset(
    {
        ClaimType.BACKS,
        ClaimType.ARMS,
        ClaimType.FUNDS,
        ClaimType.TRAINS,
        ClaimType.AIDS,
        ClaimType.ALLIED_WITH,
    }
)
_VERBAL = ("VERB", "AUX")
_WITHIN = frozenset({"conj", "compound", "amod", "appos"})
_BELOW = frozenset({"xcomp", "ccomp", "pcomp", "advcl"})
_FORCEFUL = ("force", "control")


class Elsewhere:
    """Answers whether a noun of one report belongs to another deed than an event. Both are tokens.

    ``triggers`` are the event words of the report by their tokens.
    """

    def __init__(self, tree: Tree, triggers: Mapping[int, Trigger], sets: WordSets) -> None:
        self._tree = tree
        self._triggers = triggers
        self._sets = sets

    def acts(self, head: int, event: int) -> bool:
        """Whether another clause tells what the noun does: 'X' of 'the army, led by X, shelled it as X watched'."""
        tree = self._tree
        if self._acts_under(head, event, ("advcl", "ccomp", "conj")) or self._is_object(head, event):
            return True
        if self._is_served(head, event):
            return True
        above = {event, *tree.ancestors(event)}
        agent = next((n for n in self._up(head) if tree[n].dep == "agent"), None)
        if agent is None:
            return False
        verb = tree[agent].head
        return tree[verb].dep in ("acl", "relcl") and verb not in above and tree[verb].head != event

    def is_no_target(self, head: int, event: int, type_: ClaimType) -> bool:
        """Whether the noun is no target of the event: it acts in a clause beside, or is fought with the help."""
        if type_ is ClaimType.PREPARES and head in self._tree.under(event, ("dobj",)):
            return True  # who masses troops masses his own
        if head in self._tree.under(event, ("compound",)) and self._tree.words[head] == "state":
            return True  # a state sponsor is a state
        return self._acts_under(head, event, ("conj",)) or (type_ in _HELPING and self._is_fought(head, event))

    def is_joined_behind(self, head: int, event: int) -> bool:
        """Whether the noun is joined, behind the event's clause, to the one that the clause is about.

        'Groups backed by Ardan, as well as the Front'; 'a truce between Ardan's ally, the Front, and Torran'.
        """
        tree = self._tree
        if self._is_other_end(head, event):
            return True
        about = tree[event].head if tree[event].dep in ("acl", "relcl") else None
        if about is None or head < event or tree[head].dep != "conj":
            return False
        return next((n for n in self._up(head) if tree[n].dep not in ("compound", "amod", "conj")), head) == about

    def _is_other_end(self, head: int, event: int) -> bool:
        """Whether an 'and' joins the noun behind a word for somebody, as the second between whom something is."""
        tree = self._tree
        if head <= event or tree[event].dep != "pobj" or tree.words[tree[event].head] != "between":
            return False
        joined = tree.conjuncts(event)
        first = next((n for n in self._up(head) if tree[n].dep not in ("compound", "amod")), head)
        behind = first in joined and first != event
        return behind and any(tree[n].dep == "cc" for n in range(tree[first].head, first))

    def _is_served(self, head: int, event: int) -> bool:
        """Whether a clause that describes the event's noun tells what is done to the noun: 'a presence backing X'."""
        tree = self._tree
        noun = next((n for n in self._up(head) if tree[n].dep not in _WITHIN), head)
        verb = tree[noun].head
        serves = tree.lemmas[verb] in self._sets.serving and tree[verb].dep == "acl" and tree[verb].head == event
        return serves and tree[noun].dep == "dobj"

    def _is_fought(self, head: int, event: int) -> bool:
        """'rebels' of 'backs a push against rebels' and of 'helps the army to fight rebels'."""
        tree = self._tree
        if self._is_object(head, event):
            return True
        for n in self._up(head):
            if n == event:
                return False
            if tree.words[n] == "against":
                return True
            fights = n in self._triggers and family_of(self._triggers[n].type) in _FORCEFUL
            if fights and tree[n].pos == "VERB" and tree[n].dep in _BELOW:
                return head not in tree.under(n, ("nsubj",))
        return False

    def _is_object(self, head: int, event: int) -> bool:
        """Whether the parse takes the deed done to the noun for a word that describes it: 'in subduing rebels'."""
        tree = self._tree
        if tree.is_below(event, head):
            return False
        before = [n for n in tree.under(head, ("amod",)) if tree[n].tag == "VBG" and n > 0]
        return any(tree[n - 1].pos == "ADP" and tree.words[n - 1] in ("in", "at", "for") for n in before)

    def _acts_under(self, head: int, event: int, clauses: Sequence[str]) -> bool:
        """Whether the noun is the subject of a clause under the event's verb, which has a subject of its own."""
        tree = self._tree
        noun = next((n for n in self._up(head) if tree[n].dep not in _WITHIN), event)
        verb = tree[noun].head
        if tree[noun].dep != "nsubj" or tree[verb].dep not in clauses:
            return False
        own = event if tree[event].pos in _VERBAL else governing_verb(tree, event)
        if own is None or tree[verb].head != own:
            return False
        return bool(tree.under(own, ("nsubj", "nsubjpass")))

    def _up(self, head: int) -> list[int]:
        return [head, *self._tree.ancestors(head)]
