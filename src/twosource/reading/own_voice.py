"""The report's own voice inside the words of a source: what its reader takes for it, and standing relations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from twosource.closed_sets import Stance
from twosource.ids import make_id
from twosource.knowledge.standing import StandingRule, StandingWords
from twosource.reading.signals import Signals
from twosource.reading.tree import Tree
from twosource.reading.viewing import VIEW
from twosource.reading.writers import is_signed
from twosource.records import Attribution, AttributionKind, Reading
from twosource.spans import Span

__all__ = ["OWN", "is_lately_done", "is_told_in_passing", "own_relations", "own_voice"]

OWN = 0.15
"""Up to this probability, words inside an attributed run are the report's own voice; see the model card."""

_LEAST = 12  # code points of a run that is worth a record of its own
_LONGEST = 10  # words behind a relation that can belong to it
_VERB_OF_ITS_OWN = ("aux", "auxpass", "nsubj", "nsubjpass")
_OF_A_STATE = frozenset({"attr", "acomp", "dobj"})
_PLACES = frozenset({"of", "in", "near", "at", "around"})
_LATELY = frozenset({"recently", "newly", "freshly", "lately", "just"})
_NOUN_PARTS = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det", "case", "punct", "npadvmod", "advmod"})


def own_voice(reading: Reading, tree: Tree, signals: Signals, found: Sequence[Attribution]) -> list[Attribution]:
    """The runs inside attributed words that the reader takes for the report's own voice; signed words have none.

    What lately happened to a thing is a deed like those around it: 'as they secure the recently recaptured towns'.
    """
    own: list[Attribution] = []
    for one in found:
        for part in one.content if one.counts and not is_signed(one) and one.rule != VIEW else ():
            for run in _quiet_runs(part, signals):
                span = run.trimmed(reading.report.text)
                if _LEAST <= len(span) < len(part) and not any(is_lately_done(tree, n) for n in tree.between(span)):
                    own.append(_own(reading, one, span, "own-voice"))
    return own


def own_relations(
    reading: Reading, tree: Tree, standing: StandingWords, found: Sequence[Attribution]
) -> list[Attribution]:
    """The standing relations in attributed words that are not quoted: 'rebel-held Karesh', 'fighters loyal to X'."""
    own: dict[Span, Attribution] = {}
    parts = sorted((part, n) for n, one in enumerate(found) if one.counts for part in one.content)
    for index, word in enumerate(tree.words):
        rule = standing.by_word.get(word)
        if rule is None:
            continue
        span = _phrase(tree, index, rule)
        if span is None or any(quotation.inner.meets(span) for quotation in reading.quotations):
            continue
        at = tree.span([index])
        outer = next((found[n] for part, n in parts if part.holds(at)), None)
        viewed = outer is not None and outer.rule == VIEW and rule.form == "noun"
        if outer is not None and not is_signed(outer) and not viewed and sum(map(len, outer.content)) > len(span):
            own.setdefault(span, _own(reading, outer, span, "own-relation"))
    return list(own.values())


def is_told_in_passing(reading: Reading, tree: Tree, token: int) -> bool:
    """Whether the clause of 'who' or 'which' around the token tells what goes on with those whom it describes, outside
    quotation marks: 'officials said the brigades, which are stationed in Orle, had left'.
    """
    verb = tree[token].head if tree[token].dep in _OF_A_STATE else token
    if tree[verb].dep != "relcl":
        return False
    subjects = tree.under(verb, ("nsubj", "nsubjpass"))
    finite = (verb, *tree.under(verb, ("aux", "auxpass")))
    now = any(tree[n].tag in ("VBP", "VBZ") and tree.lemmas[n] != "have" for n in finite)
    at = Span(tree[verb].start, tree[verb].end)
    quoted = any(quotation.inner.meets(at) for quotation in reading.quotations)
    return bool(subjects) and tree[subjects[0]].tag in ("WP", "WDT") and now and not quoted


def is_lately_done(tree: Tree, token: int) -> bool:
    """Whether the word before a noun tells a deed lately done to it: 'newly seized villages'."""
    lately = any(tree.words[n] in _LATELY for n in tree.children[token])
    return tree[token].tag == "VBN" and tree[token].dep == "amod" and lately


def _phrase(tree: Tree, index: int, rule: StandingRule) -> Span | None:
    """The words that tell of the relation; None where the word tells of none here."""
    if rule.form == "noun":
        return _noun_phrase(tree, index)
    bracketed = _in_brackets(tree, index, rule)
    if bracketed is not None:
        return bracketed
    token, noun = tree[index], tree[index].head
    if tree[noun].pos not in ("NOUN", "PROPN"):
        return None
    if noun > index:
        first = _before_hyphen(tree, index)
        joined = first < index or rule.alone
        named = any(word.text.lower() in rule.names for word in tree.tokens[index + 1 : noun + 1])
        return tree.span([first, _behind(tree, noun)]) if joined and not named else None
    linked = not rule.links or any(t.text.lower() in rule.links for t in tree.tokens[index + 1 : index + 3])
    if not linked or token.dep not in ("acl", "advcl", "amod", "relcl") or tree.under(index, _VERB_OF_ITS_OWN):
        return None
    return tree.span([noun, _clause_end(tree, index)])


def _in_brackets(tree: Tree, index: int, rule: StandingRule) -> Span | None:
    """'(a group banned in Ardan)', whatever the parse makes of it."""
    before, following = index - 1, index + 1
    while before > 0 and tree[before].text != "(" and index - before < _LONGEST:
        before -= 1
    closing = next(
        (n for n in range(following, min(following + _LONGEST, len(tree.tokens))) if tree[n].text == ")"), None
    )
    bracketed = before >= 0 and tree[before].text == "(" and closing is not None and "in" in rule.links
    return tree.span([before + 1, closing - 1]) if bracketed and closing is not None else None


def _before_hyphen(tree: Tree, index: int) -> int:
    """The first token of the word that a hyphen joins to this one."""
    while index > 1 and tree[index - 1].text in "-–‑":
        index -= 2
    return index


def _left(tree: Tree, noun: int, first: int) -> int:
    """The first token of what describes the noun in front of it."""
    below = set(tree.subtree(noun))
    while first - 1 in below and tree[first - 1].dep in _NOUN_PARTS and tree[first - 1].text != ",":
        first -= 1
    return first


def _behind(tree: Tree, noun: int) -> int:
    """The last token of a place behind the noun: 'villages in Karesh province'; else the noun."""
    following = noun + 1
    if following < len(tree.tokens) and tree.words[following] in _PLACES:
        return min(max(tree.subtree(following)), noun + _LONGEST)
    return noun


def _clause_end(tree: Tree, index: int) -> int:
    """The last token under the participle, up to a comma or a verb of its own."""
    below = [n for n in tree.subtree(index) if n >= index][:_LONGEST]
    last = index
    for n in below[1:]:
        if tree[n].text in (",", ";", "(") or tree[n].pos in ("AUX", "VERB"):
            break
        last = n
    return last


def _noun_phrase(tree: Tree, index: int) -> Span | None:
    """The phrase of a noun that names a relation, with whose or what it is."""
    if tree[index].pos not in ("NOUN", "PROPN"):
        return None
    if tree[index].dep in ("attr", "ROOT", "oprd"):
        return None
    noun = tree[index].head if tree[index].dep == "compound" and tree[index].head > index else index
    first, last = _left(tree, noun, noun), _behind(tree, noun)
    owned = first < index or last > index
    if tree[noun].dep == "appos" and tree[noun].head < first <= tree[noun].head + 4:
        first = tree[noun].head
    return tree.span([first, last]) if owned else None


def _own(reading: Reading, outer: Attribution, span: Span, rule: str) -> Attribution:
    return Attribution(
        id=make_id("attribution", reading.report.digest, outer.cue, span, "own"),
        cue=outer.cue,
        sources=(),
        content=(span,),
        kind=AttributionKind.OWN,
        stance=Stance.ASSERTS,
        rule=rule,
    )


def _quiet_runs(part: Span, signals: Signals) -> Iterator[Span]:
    start: int | None = None
    end = part.start
    low, high = bisect_right(signals.ends, part.start), bisect_left(signals.starts, part.end)
    for first, last, voiced in zip(
        signals.starts[low:high], signals.ends[low:high], signals.voiced[low:high], strict=True
    ):
        if voiced <= OWN:
            start, end = (first if start is None else start), last
        elif start is not None:
            yield Span(max(start, part.start), min(end, part.end))
            start = None
    if start is not None:
        yield Span(max(start, part.start), min(end, part.end))
