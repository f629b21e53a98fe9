"""The places of a report where somebody denies, with who denies and what they deny."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from twosource.closed_sets import ClaimType, family_of
from twosource.knowledge.denials import DenialWords
from twosource.reading.colour import innermost
from twosource.reading.speakers import is_pronoun
from twosource.reading.tree import Tree
from twosource.records import Mention, Named, Reading
from twosource.spans import Span

__all__ = ["THING", "Denial", "is_denied_with", "is_denying", "is_left_open", "spot_denials", "spot_silence"]

THING = 2
"""Words, at most, of a denied thing that tells nothing by itself: 'this', 'the charge'."""

_ANSWERING = frozenset({"confirm", "deny"})
_TURNED_DOWN = frozenset({"dobj", "nsubjpass", "ccomp", "xcomp", "compound", "amod"})
_OBJECTS = ("dobj", "nsubjpass", "ccomp", "xcomp", "pcomp", "pobj")
_VERBS = ("verb", "calling", "matching", "sharing")
"""The forms of rules whose words are verbs."""


class Denial(msgspec.Struct, frozen=True, kw_only=True):
    """One place where somebody denies: the words of it, who denies (None if unnamed), and the words' own rule.

    ``inner`` is the run of what is denied, where the words themselves tell it. ``bare`` tells whether they name it by a
    word for an accusation, so that what is denied stands elsewhere; ``things`` are those words, and ``verdicts`` those
    by which it is called untrue. ``telling``: the words say themselves that it is not so, without a word of denying.
    """

    span: Span
    at: int
    rule: str
    denier: Named | None = None
    inner: Span | None = None
    bare: bool = True
    things: tuple[Span, ...] = ()
    verdicts: tuple[Span, ...] = ()
    telling: bool = False


def spot_denials(reading: Reading, tree: Tree, known: DenialWords) -> Iterator[Denial]:
    """The places of the report where somebody denies, in order; refusals to comment are none."""
    mentions = {m.head: m for m in reading.mentions}
    for index, token in enumerate(tree.tokens):
        found = None
        if token.pos == "VERB":
            found = _by_doing(tree, index, known)
        elif token.lemma == "be":
            found = _by_being(tree, index, known)
        elif token.pos == "NOUN" and known.find("noun", token.lemma):
            found = _by_noun(tree, index)
        if found is None and tree.words[index] in known.phrases:
            found = _by_phrase(tree, index, known)
        if found is not None:
            yield _with_denier(reading, tree, found, mentions)


def spot_silence(tree: Tree, known: DenialWords) -> list[Span]:
    """What somebody 'neither confirmed nor denied' or 'declined to confirm': nobody tells it there."""
    found = []
    for index, token in enumerate(tree.tokens):
        if token.pos == "VERB" and token.lemma in _ANSWERING and _is_refused(tree, index, known):
            found.append(Span(token.start, token.end))
            found += [tree.span(tree.subtree(n)) for n in tree.under(index, ("ccomp", "dobj"))]
    return found


def is_denied_with(tree: Tree, trigger: Span, denied: Span) -> bool:
    """Whether the event is denied with the other: joined to it by 'and', or what it is said to have been doing.

    'Denied that they shelled the camp and burnt it', 'denied a presence of troops backing the council'.
    """
    own, other = tree.last_in(trigger), tree.last_in(denied)
    if own is None or other is None:
        return False
    token = tree[own]
    return token.head == other and (token.dep == "conj" or (token.dep == "acl" and token.tag == "VBG"))


def is_left_open(tree: Tree, trigger: Span, type_: ClaimType, known: DenialWords) -> bool:
    """Whether the event is what somebody did not turn down or deny: 'did not reject the truce', 'never denied that'.

    Of a verb that does the deed itself it is told that it was not done: 'did not dismiss the general', 'did not refuse
    them entry'.
    """
    first = tree.at(trigger.start)
    if first is None:
        return False
    for at in (first, *tree.ancestors(first)):
        words = [tree[at].lemma, *(f"{tree[at].lemma} {tree[n].lemma}" for n in tree.under(at, ("prt",)))]
        if tree[at].pos == "VERB" and any(known.find("refusing", word) for word in words):
            return (at != first or family_of(type_) == "diplomacy") and bool(tree.under(at, ("neg",)))
        marked = tree[at].dep == "acl" or any(tree.words[n] == "that" for n in tree.under(at, ("mark",)))
        thing = marked and _is_thing(tree, tree[at].head, known)
        if tree[at].dep not in _TURNED_DOWN and not thing:
            return False
    return False


def _is_refused(tree: Tree, index: int, known: DenialWords) -> bool:
    """Whether the verb stands under 'declined to' or behind 'neither' and 'nor'."""
    above = [tree[n].lemma for n in tree.ancestors(index)][:2] if tree[index].dep in ("xcomp", "conj") else []
    near = [tree[n].text for n in (*tree.children[index], *tree.children[tree[index].head], max(0, index - 1))]
    return any(known.find("silence", word) for word in (*above, *near))


def _keeps_silent(tree: Tree, index: int, known: DenialWords) -> bool:
    """'neither confirmed nor denied', 'declined to deny', 'did not deny'."""
    negated = any(tree[n].dep == "neg" for n in tree.children[index])
    return negated or _is_refused(tree, index, known)


def _by_doing(tree: Tree, index: int, known: DenialWords) -> Denial | None:
    """What a verb for denying, calling or disowning something does here; most verbs are none."""
    lemma = tree.lemmas[index]
    if not any(lemma in known.by_form[form] for form in _VERBS):
        return None
    if _keeps_silent(tree, index, known):
        return _by_disowning(tree, index, known)
    return _by_verb(tree, index, known) or _by_verdict(tree, index, known)


def _by_verb(tree: Tree, index: int, known: DenialWords) -> Denial | None:
    """'denied the charge', 'an accusation dismissed by', 'denied that', 'denies using'."""
    rule = known.find("verb", tree[index].lemma)
    if rule is None:
        return None
    passive = tree.is_passive(index)
    objects = [n for n in tree.under(index, _OBJECTS) if passive or n > index]
    open_ended = tree[index].tag == "VBN" and not tree.under(index, ("dobj",))  # 'reports that he dismissed the judge'
    described = tree[index].dep in ("acl", "relcl", "amod") and open_ended
    objects = [tree[index].head, *objects] if described else objects
    things = [n for n in objects if _is_thing(tree, n, known)]
    if not objects or (rule.thing and not things) or tree.under(index, ("dative",)):
        return None
    inner = _denied_words(tree, index, objects, known) if not described else None
    return Denial(
        span=_clause(tree, index), at=index, rule=rule.id, inner=inner, bare=bool(things), things=_words(tree, things)
    )


def _denied_words(tree: Tree, index: int, objects: Sequence[int], known: DenialWords) -> Span:
    """What is denied: all under its head, on its side of the verb, up to what the same people said beside denying.

    'Denied reports this week that ...' has its clause apart from its object.
    """
    head = objects[0]
    apart = [n for n in objects[1:] if tree[n].dep == "ccomp" and n > head > index]
    heads = [head, *apart]
    below = sorted({n for h in heads for n in tree.subtree(h) if (n > index) == (head > index)})
    beside = [n for n in below if tree[n].dep == "conj" and known.find("saying", tree.lemmas[n])]
    end = min((min(tree.subtree(n)) for n in beside), default=below[-1] + 1)
    return tree.span([n for n in below if n < end] or below)


def _by_verdict(tree: Tree, index: int, known: DenialWords) -> Denial | None:
    """'called the charge a lie', 'dismissed it as propaganda'."""
    if known.find("calling", tree[index].lemma) is None:
        return None
    below = tree.subtree(index)
    things = [n for n in below if n > index and _is_thing(tree, n, known)]
    verdicts = [n for n in below if _is_verdict(tree, n, known)]
    if not things or not verdicts:
        return None
    words = _words(tree, things)
    return Denial(span=_clause(tree, index), at=index, rule="verdict", things=words, verdicts=_words(tree, verdicts))


def _is_verdict(tree: Tree, n: int, known: DenialWords) -> bool:
    """'false', 'a lie'; of figures also 'too high'."""
    if known.find("measure", tree[n].text):
        return any(tree.words[child] == "too" for child in tree.under(n, ("advmod",)))
    return known.find("verdict", tree[n].text) is not None


def _by_disowning(tree: Tree, index: int, known: DenialWords) -> Denial | None:
    """'the readout did not reflect the call', 'an assessment that the ministry does not share': a negated verb."""
    if known.find("matching", tree[index].lemma) is not None:
        things = [n for n in tree.under(index, ("nsubj",)) if _is_account(tree, n, known)]
    elif known.find("sharing", tree[index].lemma) is not None:
        objects = tree.under(index, ("dobj",))
        meant = [tree[index].head if tree[n].tag in ("WDT", "WP") else n for n in objects]
        withheld = any(tree.words[n] == "with" for at in (index, *objects) for n in tree.under(at, ("prep",)))
        things = [n for n in meant if _is_account(tree, n, known) and not withheld and not tree.under(n, ("poss",))]
    else:
        return None
    if not things or not tree.under(index, ("neg",)):
        return None
    told = tree.span(tree.subtree(things[0]))
    bare = things[0] > index or tree[index].dep == "relcl" or len(told.of(tree.text).split()) <= THING
    said = _words(tree, things) if bare else ()
    inner = None if bare else told
    said_so = tree[things[0]].dep == "nsubj"  # what 'does not reflect it' is disowned by whoever says so
    span = told if tree[index].dep == "relcl" else _clause(tree, index)
    return Denial(span=span, at=index, rule="disowned", inner=inner, bare=bare, things=said, telling=said_so)


def _is_account(tree: Tree, n: int, known: DenialWords) -> bool:
    """Whether the noun is what somebody gave out for so."""
    return known.find("account", tree[n].lemma) is not None or (
        tree[n].pos == "NOUN" and known.find("thing", tree[n].lemma) is not None
    )


def _by_being(tree: Tree, index: int, known: DenialWords) -> Denial | None:
    """'the claim that they shelled it is a lie', 'the report was false'."""
    verdicts = [n for n in tree.under(index, ("attr", "acomp")) if _is_verdict(tree, n, known)]
    things = [n for n in tree.under(index, ("nsubj",)) if _is_thing(tree, n, known)]
    if not things or not verdicts or tree.under(index, ("neg",)):
        return None
    told = tree.span(tree.subtree(things[0]))
    bare = len(told.of(tree.text).split()) <= THING
    return Denial(
        span=_clause(tree, index),
        at=index,
        rule="verdict",
        inner=None if bare else told,
        bare=bare,
        things=_words(tree, things) if bare else (),
        verdicts=_words(tree, verdicts),
        telling=True,
    )


def _by_phrase(tree: Tree, index: int, known: DenialWords) -> Denial | None:
    """'had nothing to do with it', 'was not involved'."""
    for words, rule in known.phrases.get(tree.words[index], ()):
        last = _spoken(tree, index, words)
        if last is not None:
            objects = [n for way in (last, *tree.under(last, ("prep",))) for n in tree.under(way, ("pobj", "pcomp"))]
            inner = tree.span(tree.subtree(objects[0])) if objects else None
            things = [n for n in objects if _is_thing(tree, n, known)]
            verb = tree.clause_head(index)
            said = _words(tree, things)
            return Denial(span=_clause(tree, verb), at=verb, rule=rule.id, inner=inner, things=said, telling=True)
    return None


def _spoken(tree: Tree, index: int, words: Sequence[str]) -> int | None:
    """The last token of the words in a row from the index on, with forms of 'be' between them passed over."""
    at, waiting = index, list(words)
    while waiting and at < len(tree.tokens) and tree[at].sentence == tree[index].sentence:
        if tree.words[at] == waiting[0]:
            waiting.pop(0)
        elif at == index or tree[at].lemma != "be":
            return None
        at += 1
    return None if waiting else at - 1


def is_denying(tree: Tree, trigger: Span, known: DenialWords) -> bool:
    """Whether the event word is a verb by which somebody may deny: 'denied them entry'."""
    index = tree.at(trigger.start)
    return index is not None and known.find("verb", tree[index].lemma) is not None


def _by_noun(tree: Tree, index: int) -> Denial | None:
    """'denials from the council', 'the council's denial'."""
    owners = [n for word in ("from", "by", "of") for n in tree.after(index, word)] + tree.under(index, ("poss",))
    return Denial(span=tree.span(tree.subtree(index)), at=index, rule="denial") if owners else None


def _words(tree: Tree, things: Sequence[int]) -> tuple[Span, ...]:
    return tuple(Span(tree[n].start, tree[n].end) for n in things)


def _is_thing(tree: Tree, n: int, known: DenialWords) -> bool:
    return any(known.find(form, word) for form in ("thing", "account") for word in (tree[n].lemma, tree[n].text))


def _clause(tree: Tree, index: int) -> Span:
    """The verb with its subject and object, without the clauses beside it."""
    aside = {n for child in tree.under(index, ("conj", "advcl", "relcl", "parataxis")) for n in tree.subtree(child)}
    kept = [n for n in tree.subtree(index) if n not in aside and tree[n].pos != "PUNCT"]
    return tree.span(kept)


def _with_denier(reading: Reading, tree: Tree, denial: Denial, mentions: dict[int, Mention]) -> Denial:
    """The denial with whom the attribution at its words names, or else its subject.

    Words that tell by themselves that a thing is not so are of whoever says them, and not of who reports that saying.
    """
    token = tree[denial.at]
    here = Span(token.start, token.end)
    if denial.telling:
        said = innermost(tuple(one for one in reading.attributions if one.sources), here)
    else:
        said = next((one for one in reading.attributions if one.sources and one.cue.holds(here)), None)
    if said is not None and not is_pronoun(said.sources[0]):
        voice = said.sources[0]
        denier = Named(name=voice.name, span=voice.span, said_at=voice.said_at or voice.span)
        return msgspec.structs.replace(denial, denier=denier)
    if denial.rule == "verdict" and denial.telling:
        return denial
    described = token.dep == "acl" and bool(tree.under(denial.at, ("dobj", "oprd", "ccomp")))
    nouns = (
        ([token.head] if described else tree.agents(denial.at))
        if token.pos == "VERB"
        else [n for word in ("from", "by", "of") for n in tree.after(denial.at, word)]
        + tree.under(denial.at, ("poss",))
    )
    named = next((mentions[n] for n in nouns if n in mentions), None)
    if named is None and nouns and (tree[nouns[0]].pos == "PROPN" or tree.under(nouns[0], ("compound",))):
        words = [n for n in tree.subtree(nouns[0]) if n <= nouns[0] and tree[n].dep in ("compound", "amod")]
        span = tree.span([*words, nouns[0]])
        return msgspec.structs.replace(denial, denier=Named(name=span.of(tree.text), span=span, said_at=span))
    if named is None:
        return denial
    return msgspec.structs.replace(denial, denier=Named(name=named.name, span=named.named_at, said_at=named.span))
