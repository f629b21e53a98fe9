"""Victims that no number counts, one by one and in enumerations: 'a child was killed', 'a woman and two children'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from twosource.closed_sets import FigureKind
from twosource.knowledge.figure_rules import FigureRules, Role
from twosource.reading.figures.counted import Counted, Line
from twosource.reading.figures.harm import Harm, harm_of
from twosource.reading.figures.making import made
from twosource.reading.numbers import Number
from twosource.records import Figure, Reading, Sentence
from twosource.spans import Span

__all__ = ["find_victims", "may_hold_victim", "summed"]

_VICTIMS: Final = frozenset([FigureKind.KILLED, FigureKind.INJURED])
_ONE: Final = "one-victim"
_REACH: Final = 9  # words from 'a' to the person: 'a two-year-old girl' has six
_PART_REACH: Final = 60  # code points between a toll and the one of its victims who is named alone
_SPEECH_ROOM: Final = 4  # tokens from a person to the verb of what he says
_AND: Final = re.compile(r",?\s+and\s+|,\s+", re.IGNORECASE)
_MOST_NAMED: Final = 9  # people whom an enumeration counts one by one


def may_hold_victim(reading: Reading, sentence: Sentence, rules: FigureRules) -> bool:
    """Whether the sentence has a person and a word that opens one: a cheap check before the dear one."""
    words = {token.text.lower() for token in reading.tokens[sentence.tokens.start : sentence.tokens.end]}
    opened = not words.isdisjoint(rules.lists["a_word"]) or not words.isdisjoint(rules.lists["whose"])
    return opened and not words.isdisjoint(rules.people)


def find_victims(text: str, line: Line, rules: FigureRules, before: Sequence[Figure]) -> Iterator[Figure]:
    """The single victims that no number counts, each one person; none overlaps the figures found before."""
    taken = [figure.span for figure in before]
    for place, word in enumerate(line.words):
        if word not in rules.lists["a_word"] and word not in rules.lists["whose"]:
            continue
        if word in rules.lists["whose_listed"] and line.words[place - 1 : place] not in (["and"], [","]):
            continue
        head = _person_after(line, place, rules)
        if head is None or _is_named(line, place, head) or _speaks(line, place, head, rules):
            continue
        span = Span(line.tokens[place].start, line.tokens[head].end)
        harm = _as_part(line, place, before, rules)
        harm = harm or harm_of(line, Counted(first=place, stop=head + 1, end=span.end, head=head), rules)
        if harm is None or harm.kind not in _VICTIMS or any(span.meets(other) for other in taken):
            continue
        first = Span(span.start, line.tokens[place].end)
        number = Number(span=first, phrase=span, low=1, high=1, rule=_ONE, value=1.0)
        yield made(text, number, harm.kind, harm.rule, span, line.words[head])


def _as_part(line: Line, place: int, before: Sequence[Figure], rules: FigureRules) -> Harm | None:
    """What a part of a toll suffered: 'killed four men, including a teacher', 'among them a boy of nine'."""
    lead = line.words[max(0, place - 2) : place]
    if rules.lists["opens_part"].isdisjoint(lead[-1:]) and lead not in (["among", "them"], ["among", "whom"]):
        return None
    start = line.tokens[place].start
    tolls = [each for each in before if 0 < start - each.span.end <= _PART_REACH]
    if not tolls or tolls[-1].kind not in _VICTIMS or tolls[-1].low == 1:
        return None
    return Harm(tolls[-1].kind, "part", place)


def _is_named(line: Line, place: int, head: int) -> bool:
    """Whether the person has a name, and so no figure: 'Sara Noor, a farmer, was killed', 'killed his wife Sara'."""
    if place > 1 and line.words[place - 1] == "," and line.tokens[place - 2].tag in ("NNP", "NNPS"):
        return True
    after = head + 1 + (line.words[head + 1 : head + 2] == [","])
    named = after < len(line.tokens) and line.tokens[after].tag == "NNP" and line.tokens[after].text[:1].isupper()
    return named and line.words[place] != "another"


def _speaks(line: Line, place: int, head: int, rules: FigureRules) -> bool:
    """Whether the person is one who speaks: 'a doctor there said', 'said a lawyer'."""
    beside = (*line.words[max(0, place - 2) : place], *line.words[head + 1 : head + _SPEECH_ROOM])
    return not rules.lists["speaking"].isdisjoint(beside)


def _person_after(line: Line, place: int, rules: FigureRules) -> int | None:
    """The index of the person that 'a' at ``place`` speaks of, past modifiers: 'a pregnant woman'."""
    head: int | None = None
    for at in range(place + 1, min(len(line.words), place + _REACH)):
        tag = line.tokens[at].tag
        if _is_person(line, at, rules) and tag in ("NN", "NNP"):
            head = at
        elif not (tag.startswith(("JJ", "NN", "VBN", "VBG", "HYPH", "CD")) or line.words[at] == "-"):
            break
    if head is not None and line.tokens[head + 1 : head + 2] and line.tokens[head + 1].tag == "HYPH":
        return None
    return head if head is None or rules.casualties[Role.NOUN].get(line.words[head]) is None else None


def _is_person(line: Line, at: int, rules: FigureRules) -> bool:
    """Whether the word is a person, or a demonym that no noun follows: 'a Dane', but not 'a Danish ship'."""
    word = line.words[at]
    if word in rules.lists["persons"]:
        return True
    tag = line.tokens[at + 1].tag if at + 1 < len(line.tokens) else "."
    return word in rules.people and not word.endswith(("s", "men")) and not tag.startswith(("NN", "JJ", "HYPH"))


def summed(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures with each enumeration that opens with single victims as one: 'a woman and two children' is three."""
    done: list[Figure] = []
    for figure in figures:
        if done and _goes_on(text, done[-1], figure):
            first = done.pop()
            span = Span(first.span.start, figure.span.end)
            low = (first.low or 0) + (figure.low or 0)
            figure = msgspec.structs.replace(first, span=span, phrase=span.of(text), low=low, high=low)
        done.append(figure)
    return done


def _goes_on(text: str, first: Figure, second: Figure) -> bool:
    exact = second.low is not None and second.low == second.high and second.low <= _MOST_NAMED
    if not first.rule.endswith(_ONE) or first.kind is not second.kind or not exact or second.approximate:
        return False
    between = text[first.span.end : second.span.start]
    if between.strip() == "," and " and " in first.phrase:
        return False  # the list is closed: 'killed a guard and two patients, a doctor wrote'
    return _AND.fullmatch(between) is not None and not second.phrase.lower().endswith(("others", "more"))
