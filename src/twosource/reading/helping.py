"""Whose a noun is, and who helps whom, where a word stands between: 'its network of allies', 'with the help of X'."""

from __future__ import annotations

from twosource.knowledge.actors import ActorWords, WordUse
from twosource.reading.tree import Tree

__all__ = ["helping", "owners"]

_BACKED = frozenset({"proxy", "mercenary"})
"""Whoever takes these along backs them."""


def owners(tree: Tree, token: int, words: ActorWords) -> list[int]:
    """Whose it is: also 'Ardan' of 'Ardan's constellation of allies'."""
    own, above = tree.under(token, ("poss",)), tree[token].head
    if own or tree[token].dep != "pobj" or tree.words[above] != "of":
        return own
    many = tree[above].head
    return tree.under(many, ("poss",)) if words.has_use(tree.lemmas[many], WordUse.CONTAINER) else []


def helping(tree: Tree, token: int, slot: str) -> list[int]:
    """Who helps (``slot`` is 'helper') and who is helped ('helped') where a deed is done with help.

    'The army took it with the help of Ardan'.
    """
    above = tree[token].head
    verb = tree[above].head
    if tree[token].dep != "pobj" or tree.words[above] != "with" or tree[verb].pos != "VERB":
        return []
    found = tree.after(token, "from") or tree.after(token, "of") or tree.under(token, ("poss",))
    helpers = [] if any(tree.lemmas[n] in _BACKED for n in found) else found
    return (helpers if slot == "helper" else tree.agents(verb)) if helpers else []
