"""Finds the word of harm that governs a counted phrase: 'killed 12', '12 were hurt', 'the death of 12'."""

from __future__ import annotations

import msgspec

from twosource.closed_sets import FigureKind
from twosource.knowledge.figure_rules import CasualtyRow, FigureRules, Role
from twosource.reading.figures.counted import Counted, Line

__all__ = ["Harm", "harm_of"]

_RIGHT = 16  # words to the right of a phrase in which its predicate is looked for
_LEFT = 16  # words to the left in which its verb is looked for
_COUNT_LEFT = 5  # words between 'the number' and 'killed'
_OF_LEFT = 18  # words to the left in which 'death' or 'toll' is looked for
_LONGEST_NEEDED = 4  # words that a word of harm needs after it
_LISTED = 5  # words in which the last of a list follows
_RELATIVE = frozenset(["who", "which", "that"])
_BRACKETS = frozenset(["(", ")"])
_BRACKETED = 5  # words in brackets that a predicate is looked for beyond
_STOPS = frozenset([".", ";", ":", "?", "!", "“", "”", '"', "``", "''", "(", ")"])
_QUOTES = frozenset(["“", "”", '"', "``", "''"])
_FINITE = frozenset(["VBD", "VBZ", "VBP"])
_OBJECT = frozenset(["DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "JJ", "CD"])
_VERBS = frozenset(["VBD", "VBZ", "VBP", "VBG", "VB", "VBN"])
_MISTAGGED = frozenset(["JJ", "NN", "NNP", "NNS", "NNPS", "IN"])  # what the tagger makes of verbs in headlines
_JOINING_WORDS = frozenset([",", "of", "with"])
_JOINING = frozenset(["RB", "RBR", "JJR", "CC", "CD", "NN", "NNS", "NNP", "NNPS", "JJ", "DT", "HYPH"])
_TOLLS = frozenset([FigureKind.KILLED, FigureKind.INJURED])
_PEOPLE = frozenset([FigureKind.CIVILIANS, FigureKind.FIGHTERS])


class Harm(msgspec.Struct, frozen=True):
    """The kind that a word of harm gives, the row that says so, and the index of the word's token."""

    kind: FigureKind
    rule: str
    token: int


def harm_of(line: Line, phrase: Counted, rules: FigureRules) -> Harm | None:
    """The harm that was done to what the phrase counts; None where none is told."""
    if not _can_suffer(line, phrase, rules):
        return None
    own = _own(line, phrase, rules)
    if own is not None and own.kind in (FigureKind.KILLED, FigureKind.INJURED):
        return own
    of = _of(line, phrase, rules)
    left, right = _object(line, phrase, rules), _predicate(line, phrase, rules)
    return of or _nearer(phrase, left, right) or own


def _can_suffer(line: Line, phrase: Counted, rules: FigureRules) -> bool:
    """Whether persons are counted, or something that is not known to be a thing."""
    if phrase.head is None:
        return True
    row = rules.nouns.get(line.words[phrase.head])
    return row is None or row.kind in _PEOPLE or line.words[phrase.head] in rules.casualties[Role.NOUN]


def _are_people(line: Line, phrase: Counted, rules: FigureRules) -> bool:
    if phrase.head is None:
        return True
    row = rules.nouns.get(line.words[phrase.head])
    known = row is not None and row.kind in _PEOPLE
    return known or line.tokens[phrase.head].tag in ("NNP", "NNPS") or line.words[phrase.head] in rules.people


def _suits(line: Line, phrase: Counted, row: CasualtyRow, rules: FigureRules) -> bool:
    """Whether what is counted is of the sort that the row asks for."""
    if row.needs_noun and phrase.head is None and phrase.stop - 1 in line.counts:
        return False
    return not row.people or _are_people(line, phrase, rules)


def _are_fighters(line: Line, phrase: Counted, rules: FigureRules) -> bool:
    row = None if phrase.head is None else rules.nouns.get(line.words[phrase.head])
    return row is not None and row.kind is FigureKind.FIGHTERS


def _nearer(phrase: Counted, left: Harm | None, right: Harm | None) -> Harm | None:
    if left is None or right is None:
        return left or right
    if right.token == phrase.stop:
        return right  # 'a child killed 7 people injured', where the comma was lost
    return left if phrase.first - left.token <= right.token - phrase.stop + 1 else right


def _own(line: Line, phrase: Counted, rules: FigureRules) -> Harm | None:
    """Harm told by the phrase's own words: '12 dead', '12 wounded fighters', '400 hostages'."""
    nouns, states = rules.casualties[Role.NOUN], rules.casualties[Role.STATE]
    if phrase.head is not None and line.words[phrase.head] in nouns:
        row = nouns[line.words[phrase.head]]
        return Harm(row.kind, row.id, phrase.head)
    for offset, word in enumerate(phrase.modifiers):
        said = states.get(word) or (nouns.get(word) if word in rules.lists["harm_adjectives"] else None)
        if said is not None and phrase.head is not None:
            return Harm(said.kind, said.id, phrase.head - len(phrase.modifiers) + offset)
    return None


def _of(line: Line, phrase: Counted, rules: FigureRules) -> Harm | None:
    """'the death of 12 people', 'the toll rose to 40', 'the number of wounded at 31'."""
    first = phrase.first - (phrase.first > 0 and line.words[phrase.first - 1] in _QUOTES)
    if first == 0 or line.words[first - 1] not in rules.lists["of_links"]:
        return None
    table = rules.casualties[Role.OF]
    for place in range(first - 1, max(-1, phrase.first - 1 - _OF_LEFT), -1):
        word = line.words[place]
        if word in _STOPS - {":"} - _QUOTES:
            return None
        row = table.get(word)
        if row is not None and not rules.lists["sparing"].isdisjoint(line.words[max(0, place - 2) : place]):
            return None
        if row is not None and not _is_verb(line, place, word, rules):
            return Harm(row.kind, row.id, place)
        if word in rules.lists["ends_of"] or (place < phrase.first - 2 and word in (",", "and")):
            return None
    return None


def _is_verb(line: Line, place: int, word: str, rules: FigureRules) -> bool:
    """Whether a word that may be a noun of harm is a verb here: 'wounded', but not after 'of'."""
    known = word in rules.casualties[Role.TRANSITIVE] and line.tokens[place].tag.startswith("VB")
    before = line.words[max(0, place - _COUNT_LEFT) : place]
    return known and before[-1:] != ["of"] and rules.lists["count_words"].isdisjoint(before)


def _predicate(line: Line, phrase: Counted, rules: FigureRules) -> Harm | None:
    """What is said of the phrase to its right; None also where the phrase is the one who acts."""
    passive, aside = False, False  # aside: in a relative clause, whose first verb is passed
    for place in range(phrase.stop, min(len(line.words), phrase.stop + _RIGHT)):
        word, tag = line.words[place], line.tokens[place].tag
        if word in _QUOTES and place == phrase.stop:
            continue
        if word in _BRACKETS and _aside(line, phrase.stop, place):
            continue
        if word in _STOPS or _other_count(line, phrase.stop, place, rules):
            return None
        row = _row_at(line, place, Role.SUBJECT, rules)
        if row is not None and _stands(line, phrase, row, rules):
            return Harm(row.kind, row.id, place)
        state = _row_at(line, place, Role.STATE, rules) or _row_at(line, place, Role.TRANSITIVE, rules)
        if state is not None and not (place and line.words[place - 1] == "-"):
            said = passive or _bare(line, phrase, place, state, rules)
            fits = _suits(line, phrase, state, rules)
            return _both(line, place, Harm(state.kind, state.id, place), rules) if said and fits else None
        if word in rules.lists["passive"]:
            passive = True
        elif _ends_clause(word, tag, passive, rules):
            if not aside:
                return None
            aside = False
        aside = aside or word in _RELATIVE
    return None


def _aside(line: Line, start: int, place: int) -> bool:
    """Whether the bracket opens or closes a few words that are set apart: 'five members of the Front (FDP) died'."""
    if line.words[place] == "(":
        return ")" in line.words[place + 1 : place + _BRACKETED]
    return "(" in line.words[max(start, place - _BRACKETED) : place]


def _ends_clause(word: str, tag: str, passive: bool, rules: FigureRules) -> bool:
    """Whether a verb that tells of no harm closes the search: any finite one, or a passive that reports nothing."""
    if tag in _FINITE:
        return word not in rules.lists["have"]
    if tag == "VB" and word not in rules.lists["passive"] and word not in rules.lists["have"]:
        return True
    return tag == "VBN" and passive and word not in rules.lists["reported"]


def _stands(line: Line, phrase: Counted, row: CasualtyRow, rules: FigureRules) -> bool:
    if not _suits(line, phrase, row, rules):
        return False
    # Fighters who cross or flee are moved, not displaced.
    return not (row.kind is FigureKind.DISPLACED and _are_fighters(line, phrase, rules))


def _row_at(line: Line, place: int, role: Role, rules: FigureRules, beyond: int | None = None) -> CasualtyRow | None:
    """The row that counts at ``place``: one whose further words follow there or at ``beyond``, else one without any."""
    word = line.words[place]
    for row in rules.phrased[role].get(word, ()):
        if _follow(line, place + 1, row.needs_after) or (beyond is not None and _follow(line, beyond, row.needs_after)):
            return row
    alone = rules.casualties[role].get(word)
    barred = alone is not None and place + 1 not in line.counts and _follow(line, place + 1, alone.not_after)
    return None if barred else alone


def _follow(line: Line, at: int, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands at the token ``at``."""
    if not phrases or at >= len(line.words):
        return False
    following = " ".join(line.words[at : at + _LONGEST_NEEDED]) + " "
    return any(following.startswith(f"{phrase} ") for phrase in phrases)


def _both(line: Line, place: int, harm: Harm, rules: FigureRules) -> Harm:
    """The harm; 'killed and wounded' of one number is neither of the two."""
    kind = harm.kind
    for link, other in ((place + 1, place + 2), (place - 1, place - 2)):
        if 0 <= other < len(line.words) and line.words[link] in ("and", "or", "&"):
            word = line.words[other]
            row = rules.casualties[Role.STATE].get(word) or _row_at(line, other, Role.TRANSITIVE, rules)
            if row is not None and row.kind in _TOLLS and kind in _TOLLS and row.kind is not kind:
                return _of_two(harm, row, place, word, line.words[place], rules)
    return harm


def _of_two(harm: Harm, row: CasualtyRow, place: int, second: str, first: str, rules: FigureRules) -> Harm:
    """Which of two words of harm tells: 'shot and wounded' is wounded, 'burned or hacked to death' killed."""
    how = rules.lists["ways_of_harm"]
    if first in how and second not in how:
        return Harm(row.kind, row.id, place)
    if second in how and first not in how:
        return harm
    if first in how:
        return Harm(FigureKind.KILLED, harm.rule, place)
    return Harm(FigureKind.OTHER, "killed-and-wounded", place)


def _bare(line: Line, phrase: Counted, place: int, row: CasualtyRow, rules: FigureRules) -> bool:
    """Whether a participle alone says what was done to the phrase: '12 killed in a raid', not '12 killed two'."""
    between = range(phrase.stop, place)
    if place > phrase.stop and place - 1 in line.quiet:
        return False  # the participle belongs to the number right before it: '12 men, and 30 injured'
    if not _in_part(line, phrase.stop, place, rules) and any(not _joins(line, at) for at in between):
        return False
    if row.needs_after:
        return row.role is Role.STATE or not _has_object(line, place + 1, rules)
    only_state = line.words[place] not in rules.casualties[Role.TRANSITIVE]
    return only_state or not _has_object(line, place, rules)


def _joins(line: Line, at: int) -> bool:
    """Whether the word may stand between a counted phrase and its participle: 'four children and one man killed'."""
    tag = line.tokens[at].tag
    return at in line.quiet or tag in _JOINING or line.words[at] in _JOINING_WORDS or line.words[at] in _QUOTES


def _in_part(line: Line, start: int, stop: int, rules: FigureRules) -> bool:
    return not rules.lists["opens_part"].isdisjoint(line.words[start:stop])


def _has_object(line: Line, place: int, rules: FigureRules) -> bool:
    """Whether the word after a verb opens an object; in 'killed 15 injured' the number belongs to what follows it."""
    after = line.words[place + 1 : place + 6]
    if after[:1] in (["and"], ["or"]) and after[1:2] and after[1] in rules.casualties[Role.TRANSITIVE]:
        return _has_object(line, place + 2, rules)
    if not after:
        return False
    if place + 1 in line.counts:
        return not any(word in rules.casualties[Role.STATE] for word in after)
    if after[0] == "others" and after[1:2] and after[1] in rules.casualties[Role.STATE]:
        return False  # 'eight civilians killed, others injured', where the comma was lost
    tag = line.tokens[place + 1].tag
    return place + 1 not in line.quiet and (after[0] in rules.lists["openers"] or tag in _OBJECT)


def _other_count(line: Line, start: int, place: int, rules: FigureRules) -> bool:
    """Whether a new counted phrase opens at ``place`` that is neither joined to this one by 'and' nor a part of it."""
    if line.tokens[place].tag != "CD" or place == start:
        return False
    before = line.words[max(start, place - 4) : place]
    if line.words[place + 1 : place + 3] in (["of", "them"], ["of", "whom"]):
        return False
    if line.words[place - 1] == "," and "and" in line.words[place : place + _LISTED]:
        return False  # 'seven soldiers, two officers and a driver died'
    return not any(word in rules.lists["joiners"] for word in before)


def _object(line: Line, phrase: Counted, rules: FigureRules) -> Harm | None:
    """The verb to the left whose object the phrase is: 'killed 12', 'killed two guards and 12 farmers'."""
    blockers = rules.lists["blockers"]
    part = False
    for place in range(phrase.first - 1, max(-1, phrase.first - 1 - _LEFT), -1):
        word, tag = line.words[place], line.tokens[place].tag
        if word in _QUOTES and place == phrase.first - 1:
            continue
        if word in _STOPS:
            return None
        part = part or word in rules.lists["opens_part"]
        row = _row_at(line, place, Role.TRANSITIVE, rules, phrase.stop)
        if row is not None and place and line.words[place - 1] == "-":
            return None
        mistagged = tag in _MISTAGGED and row is not None and not row.people and place >= phrase.first - 2
        if row is not None and (tag.startswith("VB") or mistagged):
            return _verb(line, place, phrase, row, part, rules)
        if place in line.quiet:
            continue
        if word in rules.lists["clause_openers"]:
            return None
        if not part and word in blockers and line.words[place + 1] != "death":
            return None
        if tag in _VERBS and not any(word in rules.lists[name] for name in ("passive", "have", "opens_part")):
            return None
    return None


def _verb(line: Line, place: int, phrase: Counted, row: CasualtyRow, part: bool, rules: FigureRules) -> Harm | None:
    before = line.words[max(0, place - 3) : place]
    perfect = bool(before) and before[-1] in rules.lists["have"]  # 'believed to have killed'
    is_passive = (
        not perfect
        and any(word in rules.lists["passive"] for word in before)
        and line.words[place].endswith(("ed", "n", "t", "d"))
    )
    if is_passive and not part:
        return None
    if not _suits(line, phrase, row, rules):
        return None
    return _both(line, place, Harm(row.kind, row.id, place), rules)
