"""Words that tell of an event: each fits a rule of data/en/triggers.toml by its form and by what stands beside it."""

from __future__ import annotations

from twosource.closed_sets import ActorKind
from twosource.knowledge.events import EventWords, TriggerRule
from twosource.reading.tree import Tree
from twosource.records import Mention, Place, Trigger
from twosource.spans import Span

__all__ = ["find_triggers"]

_FORCES = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.ARMED_GROUP, ActorKind.GENERIC})
_PEOPLE = frozenset({ActorKind.CIVILIANS, ActorKind.GENERIC, ActorKind.PERSON, ActorKind.ARMED_GROUP})
_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "csubj", "conj"})


def find_triggers(
    tree: Tree, mentions: tuple[Mention, ...], places: tuple[Place, ...], words: EventWords
) -> tuple[Trigger, ...]:
    """The triggers in order of their head words; one at most for a word: its longest rule, the first that fits."""
    neighbours = _Neighbours(tree, mentions, places)
    found: list[Trigger] = []
    covered: set[int] = set()
    for index, (lemma, text) in enumerate(zip(tree.lemmas, tree.words, strict=True)):
        trigger = _hyphenated(tree, index, words) if "-" in text or text in words.modifiers else None
        if trigger is None and (lemma in words.by_lemma or text in words.by_lemma):
            trigger = _by_rule(tree, index, words, neighbours)
        if trigger is not None and trigger.token not in covered:
            covered.update(i for i in range(index - 3, index + 4) if _inside(tree, i, trigger.span))
            found.append(trigger)
    return tuple(found)


def _inside(tree: Tree, index: int, span: Span) -> bool:
    return 0 <= index < len(tree.tokens) and span.start <= tree[index].start < span.end


class _Neighbours:
    """Answers what kind of thing stands at a token: an actor, armed people, a place."""

    def __init__(self, tree: Tree, mentions: tuple[Mention, ...], places: tuple[Place, ...]) -> None:
        self.tree = tree
        self.kinds = {mention.head: mention.kind for mention in mentions}
        self.place_tokens = {index for place in places for index in tree.between(place.span)}

    def fits(self, index: int | None, wanted: tuple[str, ...]) -> bool:
        """Whether the token is one of the wanted lemmas or classes; no token fits only '@none' and '@any'."""
        if index is None:
            return "@none" in wanted
        token = self.tree[index]
        if token.lemma.lower() in wanted or token.text.lower() in wanted or "@any" in wanted:
            return True
        if any(f"{self.tree.words[c]} {token.lemma.lower()}" in wanted for c in self.tree.children[index]):
            return True
        kind = self.kinds.get(index)
        pronoun = token.pos == "PRON"
        return (
            ("@actor" in wanted and (kind is not None or pronoun))
            or ("@force" in wanted and kind in _FORCES)
            or ("@people" in wanted and (kind in _PEOPLE or pronoun or token.pos == "NUM" or token.tag == "NNS"))
            or ("@person" in wanted and (kind in (ActorKind.PERSON, ActorKind.OFFICIAL) or token.pos == "PROPN"))
            or ("@individual" in wanted and kind in (ActorKind.PERSON, ActorKind.OFFICIAL))
            or ("@armed" in wanted and kind in (ActorKind.STATE_FORCE, ActorKind.ARMED_GROUP))
            or ("@place" in wanted and index in self.place_tokens)
        )


def _by_rule(tree: Tree, index: int, words: EventWords, neighbours: _Neighbours) -> Trigger | None:
    lemma, text = tree.lemmas[index], tree.words[index]
    pairs = words.by_lemma.get(lemma, ())
    if text != lemma:
        pairs = (*pairs, *words.by_lemma.get(text, ()))
    for lemmas, rule in pairs:
        span = _matched(tree, index, lemmas, rule)
        if span is not None and _stands(tree, index, rule, neighbours):
            return Trigger(span=span, token=index, type=rule.type, rule=rule.id)
    return None


def _matched(tree: Tree, index: int, lemmas: tuple[str, ...], rule: TriggerRule) -> Span | None:
    """The span of the rule's words, ending (nouns) or beginning (verbs) at the token, if they stand there."""
    token = tree[index]
    named = rule.pos == "NOUN" and (token.pos == "PROPN" or (token.tag == "VBG" and token.dep in _NOMINAL))
    if token.pos != rule.pos and not named:
        return None
    if rule.pos == "VERB" and token.dep in ("aux", "compound"):
        return None
    first = index if rule.pos == "VERB" else index - len(lemmas) + 1
    run = tree.tokens[max(first, 0) : first + len(lemmas)]
    if len(run) != len(lemmas):
        return None
    for at, wanted in enumerate(lemmas, first):
        if wanted not in (tree.lemmas[at], tree.words[at]):
            return None
    return Span(run[0].start, run[-1].end)


def _stands(tree: Tree, index: int, rule: TriggerRule, neighbours: _Neighbours) -> bool:
    """Whether what the rule asks for stands beside the word, and nothing that it rules out."""
    if rule.never_with and _beside(tree, index) & set(rule.never_with):
        return False
    if rule.pos == "VERB":
        return _verb_stands(tree, index, rule, neighbours)
    if rule.pos == "ADJ":
        if rule.preps and not tree.prepositions(index) & set(rule.preps):
            return False
        return neighbours.fits(_described(tree, index), rule.subjects or ("@any",))
    if tree[index].dep in ("compound", "nmod") and tree[tree[index].head].pos == "PROPN":
        return False
    if rule.objects:
        return any(neighbours.fits(noun, rule.objects) for prep in rule.preps for noun in tree.after(index, prep))
    return not rule.preps or "@free" in rule.preps or bool(_prepositions(tree, index) & set(rule.preps))


def _prepositions(tree: Tree, noun: int) -> set[str]:
    """Those under the noun, and those of the verb that has it as object: 'gave support to the militia'."""
    own = tree.prepositions(noun)
    return own | tree.prepositions(tree[noun].head) if tree[noun].dep == "dobj" else own


def _beside(tree: Tree, index: int) -> set[str]:
    """The dictionary forms of the words under the token, of those behind its prepositions, and of its head."""
    near = [index, tree[index].head, *tree.children[index]]
    near += [noun for child in tree.under(index, ("prep", "agent", "dative")) for noun in tree.children[child]]
    near += [word for child in tree.children[index] for word in tree.under(child, ("compound", "amod", "poss"))]
    near += [noun for child in tree.under(index, ("dobj",)) for noun in tree.after(child, "of")]
    near += tree.children[tree[index].head] if tree[index].dep == "acomp" else []
    return {form for at in near if at != index for form in (tree.lemmas[at], tree.words[at])}


def _verb_stands(tree: Tree, index: int, rule: TriggerRule, neighbours: _Neighbours) -> bool:
    if rule.subjects and not _subject_stands(tree, index, rule.subjects, neighbours):
        return False
    return _objects_stand(tree, index, rule, neighbours)


def _subject_stands(tree: Tree, index: int, wanted: tuple[str, ...], neighbours: _Neighbours) -> bool:
    """Whether the doer is one of those wanted. A passive that names no doer will do where an actor would."""
    agents = tree.agents(index)
    if agents:
        return neighbours.fits(agents[0], wanted)
    if tree.is_passive(index) or tree[index].dep == "amod":
        undergoing = tree.patients(index)[:1]
        return "@actor" in wanted or "@none" in wanted or any(neighbours.fits(one, wanted) for one in undergoing)
    return neighbours.fits(None, wanted)


def _objects_stand(tree: Tree, index: int, rule: TriggerRule, neighbours: _Neighbours) -> bool:
    """One object or one preposition, where the rule names any; '@object' among the prepositions asks for an object."""
    objects = [noun for head in tree.patients(index) for noun in (head, *_counted(tree, head))]
    if rule.objects:
        if any(neighbours.fits(noun, rule.objects) for noun in objects):
            return True
        if not ("@none" in rule.objects and not objects):
            if not rule.preps:
                return False
            after = [noun for prep in rule.preps if not prep.startswith("@") for noun in tree.after(index, prep)]
            return any(neighbours.fits(noun, rule.objects) for noun in after)
    if rule.preps:
        return bool(tree.prepositions(index) & set(rule.preps)) or ("@object" in rule.preps and bool(objects))
    return True


def _counted(tree: Tree, head: int) -> list[int]:
    """'half of the town', 'hundreds of fighters': the noun behind 'of' counts as the object too."""
    return tree.after(head, "of")


def _described(tree: Tree, index: int) -> int | None:
    """The noun that an adjective describes, or the subject of the verb that it completes."""
    token = tree[index]
    if token.dep in ("acomp", "attr", "oprd"):
        return tree.subject(token.head)
    return token.head if token.dep in ("amod", "acl", "conj") else None


def _hyphenated(tree: Tree, index: int, words: EventWords) -> Trigger | None:
    """'X-backed Y' as three words or as one."""
    token, text = tree[index], tree.words[index]
    head, _, tail = text.rpartition("-")
    if head and tail in words.modifiers:
        rule = words.modifiers[tail]
        return Trigger(span=Span(token.start, token.end), token=index, type=rule.type, rule=f"modifier:{rule.id}")
    if text in words.modifiers and index >= 2 and tree[index - 1].text in ("-", "–", "‑"):
        if tree[index - 1].end != token.start or tree[index - 2].end != tree[index - 1].start:
            return None
        rule = words.modifiers[text]
        return Trigger(span=Span(token.start, token.end), token=index, type=rule.type, rule=f"modifier:{rule.id}")
    return None
