"""Events that the trained reader suspects where the words tell none: wishes, conditions, headings, lists of names."""

from __future__ import annotations

from twosource.closed_sets import ClaimType, family_of
from twosource.knowledge.untold import UntoldRule, UntoldWords
from twosource.reading.colour import innermost
from twosource.reading.nearby import Nearby
from twosource.reading.tree import Tree
from twosource.records import Claim
from twosource.spans import Span

__all__ = ["is_no_event", "is_of_one_end"]

_HEADING = 3  # words of a heading, at most
_LISTED = 3  # names from which on a run of them without a verb is a list
_VERBS = frozenset({"VERB", "AUX"})
_TWO_ENDED = frozenset({ClaimType.FIGHTS_AGAINST, ClaimType.LEADS})
_SERVING = frozenset({"aux", "auxpass", "det", "neg", "mark", "punct"})


def is_no_event(tree: Tree, token: int, type_: ClaimType, run: Span, near: Nearby, known: UntoldWords) -> bool:
    """Whether the words at the token tell no event of the type; ``run`` is their evidence, ``near`` is all that their
    sentence holds.
    """
    said = innermost(near.attributions, Span(tree[token].start, tree[token].end)) is not None
    rules = known.by_word.get((tree.lemmas[token], type_), ())
    if any(_applies(tree, token, rule) for rule in rules if not (said and rule.unsaid)):
        return True
    if is_heading(tree, token) or is_listed(tree, token, type_, run) or is_condition(tree, token):
        return True
    return type_ is ClaimType.STATIONED and is_seat(tree, token)


def is_of_one_end(tree: Tree, claim: Claim) -> bool:
    """Whether it tells of a relation between two and knows only one: 'the war against the Front'.

    A clause that describes a noun has that noun for an end, made out or not: 'a group that fights Ardan'.
    """
    if claim.type not in _TWO_ENDED or (claim.targets and claim.actors) or len(claim.actors) > 1:
        return False
    token = tree.at(claim.trigger.start)
    return token is None or tree[token].pos != "VERB" or tree[token].dep not in ("relcl", "acl")


def is_heading(tree: Tree, token: int) -> bool:
    """Whether the word stands in a line of a few words without a verb, which names what follows: 'AIR RAIDS'.

    A line that says who and whom has a verb, whatever the parse takes it for: 'Rebels attack Goma'.
    """
    sentence = tree.sentences[tree[token].sentence].tokens
    if sentence.end - sentence.start > 3 * _HEADING:  # also with marks around its words
        return False
    words = [n for n in range(sentence.start, sentence.end) if tree[n].pos not in ("PUNCT", "SPACE", "SYM")]
    told = token - 1 in words and token + 1 in words and tree[token + 1].pos == "PROPN" and tree[token].pos == "NOUN"
    return len(words) <= _HEADING and not told and not any(tree[n].pos in (*_VERBS, "NUM") for n in words)


def is_listed(tree: Tree, token: int, type_: ClaimType, run: Span) -> bool:
    """Whether a relation is read out of a name in a list of names: 'the Guards, the Quds Brigades, the Basij'."""
    if family_of(type_) != "support" or tree[token].pos != "PROPN":
        return False
    words = tree.between(run)
    names = [n for n in words if tree[n].pos == "PROPN" and tree[n].dep in ("conj", "appos", "pobj", "dobj", "nsubj")]
    joints = [n for n in words if tree[n].text in (",", "and", ";", "&")]
    return len(joints) >= _LISTED - 1 and len(names) >= 2 and not any(tree[n].pos in _VERBS for n in words)


def is_seat(tree: Tree, token: int) -> bool:
    """Whether a hyphenated 'based' only says which body is meant: 'the Goma-based council', 'Sudan-based group'."""
    joined = token > 0 and tree[token - 1].text in "-–‑" and tree[token - 1].end == tree[token].start
    return tree.words[token] == "based" and joined


def is_condition(tree: Tree, token: int) -> bool:
    """Whether it is what another event hangs on: 'will leave if they shell it', 'in case of a raid'.

    What somebody wonders ('unclear if they fled') hangs on nothing, and 'should they shell it' is told by itself.
    """
    at = token
    while tree[at].dep in ("xcomp", "conj") and tree[at].head != at:
        at = tree[at].head
    opens = [n for n in tree.under(at, ("mark",)) if tree.words[n] == "if"]
    if opens and tree[at].dep == "advcl":
        return opens[0] == 0 or tree[opens[0] - 1].pos != "ADJ"
    way = [tree.words[n] for n in tree.ancestors(at)][:2]
    return tree[at].dep == "pobj" and way in (["of", "case"], ["of", "event"])


def _applies(tree: Tree, token: int, rule: UntoldRule) -> bool:
    if rule.infinitive:
        return _wants_itself(tree, token)
    return not _around(tree, token, below=not rule.above).isdisjoint(rule.beside)


def _wants_itself(tree: Tree, token: int) -> bool:
    """'wants to return': an active infinitive without a subject of its own."""
    for verb in tree.under(token, ("xcomp",)):
        to = any(tree.words[n] == "to" for n in tree.under(verb, ("aux",)))
        own = tree.under(verb, ("nsubj", "nsubjpass", "auxpass"))
        if to and not own and not tree.under(token, ("dobj",)):
            return True
    return False


def _around(tree: Tree, token: int, *, below: bool) -> set[str]:
    """The dictionary forms of the words over the token and, with ``below``, of those right under it and behind its
    prepositions; a clause that describes it tells something else: 'the mine that they were clearing killed two'.
    """
    first = token
    while tree[first].dep == "conj" and tree[first].head != first:
        first = tree[first].head
    above = tree[first].head
    near = [above, *([tree[above].head] if tree[above].pos == "ADP" else [])]
    if below:
        near += [n for n in tree.children[token] if tree[n].dep != "relcl"]
        near += [n for way in tree.under(token, ("prep", "agent")) for n in tree.children[way]]
        near += [n for way in tree.children[token] for n in tree.under(way, ("amod", "compound", "poss"))]
    near = [n for n in near if n != token and (tree[n].dep not in _SERVING or tree.words[n] == "by")]
    return {tree.lemmas[n] for n in near} | {tree.words[n] for n in near}
