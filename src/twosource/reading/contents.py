"""The words that somebody says, whole: quotations to their ends, sentences but for a word or two, and gaps between."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from twosource.reading.quotations import quotations_at
from twosource.reading.signals import Utterance
from twosource.reading.tree import CLAUSES, Tree
from twosource.records import Quotation, Reading
from twosource.spans import Span

__all__ = ["in_clauses", "whole_contents"]

_MOST = 0.4  # of a quotation that the reader must have told
_TAIL = 15  # code points: what is left of a sentence where the reader stopped short
_LOOSE = re.compile(r"\b(?:on|of|the|an?|in|at|by|from|with|for)$")
_PHRASE = re.compile(r"(?: [\w’'-]+){1,3}(?=[,.;:)!?]| but | and )")
_GAP = 100  # code points between two parts of one clause
_ENDS = ".!?"
_SHORT = 12  # code points of a name in brackets
_FINITE = frozenset({"VBP", "VBZ", "VBD"})


def whole_contents(reading: Reading, utterance: Utterance) -> tuple[Span, ...]:
    """The content of the utterance, trimmed, in order, with what the reader left out of it by a slip."""
    text = reading.report.text
    apart = [utterance.cue, *utterance.source]
    parts = [part for span in utterance.content if len(part := span.trimmed(text))]
    parts = [_to_end(reading, _quoted_whole(part, reading.quotations, apart), apart) for part in parts]
    return tuple(_closed(text, sorted(parts), apart))


def in_clauses(tree: Tree, utterance: Utterance, content: Sequence[Span], saying: Collection[str]) -> tuple[Span, ...]:
    """The content by the clauses of the parse: with the subject that the reader left before a verb, and without what
    stands beside the clause that 'as reported by' belongs to ('proof is the fact that it fell, as reported by ...').
    ``saying`` are the verbs of the latter kind.
    """
    apart = [utterance.cue, *utterance.source]
    clause = _reported_clause(tree, utterance.cue, saying)
    parts = [_with_subject(tree, part, apart, saying) for part in content]
    parts = [_with_participle(tree, _single_case(tree, part), apart, saying) for part in parts]
    parts = [clause if clause is not None and part.holds(clause) else part for part in parts]
    return tuple(_without_open_bracket(tree.text, part) for part in parts)


def _without_open_bracket(text: str, part: Span) -> Span:
    """The part without a bracket at its end that the reader did not close: 'the Front (KF'."""
    words = part.of(text)
    opened = words.rfind("(")
    unclosed = opened > 0 and ")" not in words[opened:] and len(words) - opened <= _SHORT
    return Span(part.start, part.start + opened).trimmed(text) if unclosed else part


def _with_subject(tree: Tree, part: Span, apart: Sequence[Span], saying: Collection[str]) -> Span:
    """The part from its verb's subject on, where it begins at the verb and the subject ends right before it."""
    verb = tree.at(part.start)
    if verb is None or tree[verb].tag not in _FINITE or tree.lemmas[verb] in saying:
        return part
    subjects = [n for noun in tree.under(verb, ("nsubj", "nsubjpass")) for n in tree.subtree(noun)]
    if not subjects or max(subjects) != verb - 1 or tree[subjects[0]].tag in ("WP", "WDT"):
        return part
    whole = Span(tree[min(subjects)].start, part.end)
    return part if _meets(Span(whole.start, part.start), apart) else whole


def _with_participle(tree: Tree, part: Span, apart: Sequence[Span], saying: Collection[str]) -> Span:
    """The part with what its subject does meanwhile, right behind it: 'it backs the council while weighing a truce'.

    Not with another word of saying: 'said the bridge fell while denying that shells hit it'.
    """
    last = tree.last_in(part)
    if last is None or last + 1 >= len(tree.tokens) or tree.words[last + 1] != "while":
        return part
    verb = tree[last + 1].head
    joined = tree[last + 1].dep == "mark" and tree[verb].tag == "VBG" and tree[verb].dep == "advcl"
    if not joined or tree[verb].head not in tree.between(part) or tree.lemmas[verb] in saying:
        return part
    clause = [n for n in tree.subtree(verb) if n > last]
    end = next((n for n in clause if tree[n].text == ","), clause[-1] + 1)
    whole = Span(part.start, tree[end - 1].end)
    return part if _meets(Span(part.end, whole.end), apart) else whole


def _single_case(tree: Tree, part: Span) -> Span:
    """The one past case, where the part names it as an instance of what goes on: 'shells fall daily, including one that
    killed a nurse, according to ...'. What goes on is the report's own.
    """
    for n in tree.between(part):
        if tree.words[n] != "including":
            continue
        cases = tree.under(n, ("pobj",))
        past = any(tree[m].dep == "relcl" and tree[m].tag == "VBD" for case in cases for m in tree.subtree(case))
        if past and tree[tree.clause_head(tree[n].head)].tag in ("VBP", "VBZ"):
            return Span(tree[min(tree.subtree(cases[0]))].start, part.end)
    return part


def _reported_clause(tree: Tree, cue: Span, saying: Collection[str]) -> Span | None:
    """The clause to which 'as reported' belongs, where that is no main clause."""
    for n in tree.between(cue):
        reported = tree[n].dep == "advcl" and tree.lemmas[n] in saying
        opened = reported and any(tree.words[m] == "as" for m in tree.under(n, ("mark",)))
        if opened and tree[tree[n].head].dep in CLAUSES:
            words = [m for m in tree.subtree(tree[n].head) if m < min(tree.subtree(n))]
            lead = [m for m in words if tree[m].dep == "mark" and tree[m].head == tree[n].head]
            kept = [m for m in words if not lead or m > lead[0]]
            while kept and tree[kept[-1]].pos == "PUNCT":
                kept.pop()
            return tree.span(kept) if kept else None
    return None


def _quoted_whole(part: Span, quotations: Sequence[Quotation], apart: Sequence[Span]) -> Span:
    """The part with the rest of each quotation most of which it holds; not of one in which cue or source stand."""
    for quotation in quotations_at(quotations, part):
        if not quotation.closed or not quotation.inner.meets(part) or _meets(quotation.span, apart):
            continue
        if quotation.inner.shared(part) >= _MOST * len(quotation.inner):
            part = Span(min(part.start, quotation.span.start), max(part.end, quotation.span.end))
    return part


def _to_end(reading: Reading, part: Span, apart: Sequence[Span]) -> Span:
    """The part up to the end of its sentence, where only a word or two are missing."""
    at = bisect_left(reading.sentences, part.end, key=lambda one: one.span.end)
    sentence = reading.sentences[at].span if at < len(reading.sentences) else None
    if sentence is None or sentence.start >= part.end:
        return part
    loose = _LOOSE.search(part.of(reading.report.text)) is not None
    phrase = _PHRASE.match(reading.report.text, part.end, sentence.end) if loose else None
    if phrase is not None and not _meets(Span(part.end, phrase.end()), apart):
        return Span(part.start, phrase.end())
    if sentence.end - part.end > _TAIL + 1:
        return part
    tail = Span(part.end, sentence.end).trimmed(reading.report.text, " \t\r\n.!?\"”’'")
    return part if _meets(tail, apart) or not len(tail) else Span(part.start, max(part.end, tail.end))


def _closed(text: str, parts: Sequence[Span], apart: Sequence[Span]) -> list[Span]:
    """The parts, joined where they meet or where a short gap without cue, source or the end of a sentence lies."""
    joined: list[Span] = []
    for part in parts:
        gap = Span(joined[-1].end, max(joined[-1].end, part.start)) if joined else None
        if gap is not None and len(gap) <= _GAP and not _meets(gap, apart) and not _ends(gap.of(text)):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, part.end))
        else:
            joined.append(part)
    return joined


def _ends(words: str) -> bool:
    return "\n" in words or any(mark in words for mark in _ENDS)


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span.meets(other) for other in others)
