"""Tells whether a time is still to come, which decides bare weekdays and dates without a year."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.knowledge.time_rules import TimeRules
from twosource.reading.times.ground import Outlook
from twosource.records import Reading, Sentence, Token
from twosource.spans import Span

__all__ = ["outlook_of"]

_FAR = 14  # words away from the time within which the verb that it belongs to is looked for
_NEAR = 30  # code points before the time in which a preposition that looks forward may stand
_VERB_TAGS = frozenset(["VB", "VBN", "VBG", "VBZ", "VBP"])
_FORWARD, _PAST, _OPEN = Outlook(forward=True), Outlook(past=True), Outlook()


def outlook_of(reading: Reading, sentence: Sentence, span: Span, rules: TimeRules) -> Outlook:
    """The direction that the clause of ``span`` gives it: its verb is looked for to the left, then to the right."""
    text = reading.report.text
    if rules.forward_near.search(text[max(sentence.span.start, span.start - _NEAR) : span.start]):
        return _FORWARD
    tokens = reading.tokens[sentence.tokens.start : sentence.tokens.end]
    seen = _verb_leftwards([token for token in tokens if token.end <= span.start][-_FAR:], rules)
    if seen is None:
        seen = _verb_rightwards([token for token in tokens if token.start >= span.end][:_FAR], rules)
    return seen or _OPEN


def _verb_leftwards(tokens: Sequence[Token], rules: TimeRules) -> Outlook | None:
    """What the nearest verb group to the left says, reading from right to left; None where there is no verb."""
    pending: Token | None = None  # a verb form whose auxiliary is still to be seen
    following = ""
    for token in reversed(tokens):
        word = token.text.lower()
        if token.text in rules.lists["clause_ends"]:
            break
        if token.tag == "TO" and pending is not None and pending.tag == "VB":
            return _infinitive(tokens, token, rules)
        told = _auxiliary(token, word, pending, rules) or _verb_form(token, word, following, rules)
        if told is not None:
            return told
        if token.tag in _VERB_TAGS:
            pending = token
        following = word
    if pending is None:
        return None
    return _PAST if pending.tag == "VBN" else _OPEN


def _auxiliary(token: Token, word: str, pending: Token | None, rules: TimeRules) -> Outlook | None:
    """What an auxiliary says of the verb form that follows it; None for what is none."""
    if word in rules.lists["will"]:
        return _FORWARD
    if word in rules.lists["modals"] and token.tag == "MD":
        return _FORWARD if pending is not None and pending.tag == "VB" and word != "could" else _OPEN
    if token.tag == "VBD" or word in rules.lists["be_past"]:
        return _PAST
    if pending is None:
        return None
    if word in rules.lists["have"]:
        return _PAST
    if word in rules.lists["be_now"]:
        return _FORWARD if pending.text.lower() in rules.infinitive else _OPEN
    return None


def _verb_form(token: Token, word: str, following: str, rules: TimeRules) -> Outlook | None:
    """What a verb says by itself: 'expected', 'plans'; None where its auxiliary must tell."""
    if token.tag == "VBN" and word in rules.infinitive:
        return _FORWARD if word not in rules.lists["need_to"] or following in ("to", "for") else None
    if token.tag in ("VBZ", "VBP") and word not in rules.lists["be_now"]:
        return _FORWARD if word in rules.infinitive else _OPEN
    return None


def _infinitive(tokens: Sequence[Token], to: Token, rules: TimeRules) -> Outlook:
    """What stands before 'to': 'expected to' and 'is to' look forward, 'managed to' looks back."""
    before = [token for token in tokens if token.end <= to.start]
    if not before:
        return _FORWARD
    word = before[-1].text.lower()
    if word in rules.infinitive or word in rules.lists["be_now"]:
        return _FORWARD
    return _PAST if before[-1].tag == "VBD" else _OPEN


def _verb_rightwards(tokens: Sequence[Token], rules: TimeRules) -> Outlook | None:
    """What the first verb group to the right says; None where there is none."""
    for place, token in enumerate(tokens):
        word = token.text.lower()
        following = tokens[place + 1].text.lower() if place + 1 < len(tokens) else ""
        if token.text in rules.lists["clause_ends"]:
            return None
        if word in rules.lists["will"]:
            return _FORWARD
        if word in rules.lists["be_past"] and following in rules.infinitive:
            return _FORWARD
        if token.tag == "VBD" or word in rules.lists["have"]:
            return _PAST
        if word in rules.lists["be_now"] and (following in rules.infinitive or following == "to"):
            return _FORWARD
        if token.tag in ("VBZ", "VBP"):
            return _FORWARD if word in rules.infinitive else _OPEN
    return None
