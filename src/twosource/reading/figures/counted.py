"""What stands after a number: the words that it counts, or the measure, label or mark that makes it no figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from twosource.closed_sets import FigureKind
from twosource.knowledge.figure_rules import FigureRules, Role
from twosource.reading.numbers import Number
from twosource.records import Token
from twosource.spans import Span

__all__ = ["Counted", "Line", "counted_by", "is_no_figure"]

_MODIFIERS = frozenset(["JJ", "JJR", "JJS", "VBN", "VBG", "VBD", "HYPH", "RB", "AFX", "POS", "CD", "FW"])
_PARTICIPLES = frozenset(["VBN", "VBD", "VBG", "JJ"])
_NOUNS = frozenset(["NN", "NNS", "NNP", "NNPS"])
_AFTER_OF = frozenset(["the", "its", "his", "her", "their", "our", "these", "those", "all", "a", "about", "some"])
_PRONOUNS = frozenset(["them", "whom", "us", "those", "you", "which"])
_QUOTES = frozenset(["“", "”", '"', "``", "''"])
_COUNTABLE = frozenset(["NN", "NNS", "NNP", "NNPS", "JJ"])
_LONGEST = 9  # words in the phrase after a number
_ATTACHED_BEFORE = re.compile(r"(?:[A-Za-z]-?|[#№/]|\d[-–.:/])\Z")  # not at the end of a line before
_AGE_BETWEEN_COMMAS = re.compile(r",\s*$")
_AGE_END = re.compile(r"\s*,")
_LARGEST_AGE = 120
_UNIT = 4  # words of a unit's name behind its number


class Line(msgspec.Struct, frozen=True):
    """One sentence as its words: the tokens, and each in lower case.

    ``counts`` holds the indices of tokens that belong to a number's own phrase ('at least 12'), ``quiet`` those and the
    tokens of times: what they are as words says nothing about who did what.
    """

    tokens: Sequence[Token]
    words: Sequence[str]
    span: Span
    counts: frozenset[int] = frozenset()
    quiet: frozenset[int] = frozenset()

    def index_from(self, offset: int) -> int:
        """The index of the first token that starts at ``offset`` or after it; their count where there is none."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].start < offset:
                low = middle + 1
            else:
                high = middle
        return low


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """The phrase around a number: its first token and the one after its last, its head noun, the words before the head.

    ``head`` is the index of the head noun's token, None where a number stands alone ('killed 12') or with a pronoun.
    ``end`` is the phrase's last offset.
    """

    first: int
    stop: int
    end: int
    head: int | None
    modifiers: tuple[str, ...] = ()


def counted_by(line: Line, number: Number, rules: FigureRules) -> Counted:
    """The words that the number counts, from its own first word on."""
    first = line.index_from(number.phrase.start)
    at = line.index_from(number.phrase.end)
    start = at
    if at < len(line.words) and line.words[at] == "of":
        at += 1
        while at < len(line.words) and (line.words[at] in _AFTER_OF or line.tokens[at].tag in ("DT", "PRP$", "PDT")):
            at += 1
        if at < len(line.words) and (line.words[at] in _PRONOUNS or line.tokens[at].tag == "PRP"):
            return Counted(first=first, stop=at + 1, end=line.tokens[at].end, head=None)
    head = _head_from(line, at, rules)
    if head is None:
        return Counted(first=first, stop=start, end=number.phrase.end, head=None)
    return Counted(
        first=first, stop=head + 1, end=line.tokens[head].end, head=head, modifiers=tuple(line.words[at:head])
    )


def _head_from(line: Line, at: int, rules: FigureRules) -> int | None:
    """The last noun of the run of modifiers and nouns that opens at ``at``."""
    states, nouns = rules.casualties[Role.STATE], rules.casualties[Role.NOUN]
    head: int | None = None
    place = at
    while place < min(len(line.words), at + _LONGEST):
        word, tag = line.words[place], line.tokens[place].tag
        if head is None and word in states and word not in nouns and not _known_follows(line, place, rules):
            break
        if word in rules.nouns or word in nouns:
            if head is not None and word in states and line.tokens[head].tag in ("NNS", "NNPS"):
                break
            head = place
        elif head is not None and line.words[place - 1] == "-" and _tight(line, place - 1) and tag in _PARTICIPLES:
            head = None  # '22 Ardan-backed groups'
        elif head is not None and (word in states or tag in ("VBD", "VBN", "VBG", "RB", "CD")):
            break
        elif tag in _NOUNS:
            if head is not None and line.words[head] in rules.nouns and line.tokens[head].tag in ("NNS", "NNPS"):
                break  # 'at least 18 civilians observatory director X said', where the comma was lost
            head = place
        elif word in ("and", "or") and head is not None and _shared_head(line, place, head):
            head = None
        elif not _leads_on(line, place, head, rules):
            break
        place += 1
    return head


def _leads_on(line: Line, place: int, head: int | None, rules: FigureRules) -> bool:
    """Whether a word that is no noun belongs to the phrase: a modifier, a hyphen inside a word, an opening quote."""
    word = line.words[place]
    if word == "-":
        return _tight(line, place)
    modifies = line.tokens[place].tag in _MODIFIERS or (word in _QUOTES and head is None)
    return modifies and _noun_follows(line, place, rules)


def _known_follows(line: Line, place: int, rules: FigureRules) -> bool:
    return any(word in rules.nouns for word in line.words[place + 1 : place + 2])


def _noun_follows(line: Line, place: int, rules: FigureRules) -> bool:
    """Whether a modifier at ``place`` leads to a noun within three words."""
    for token, word in zip(line.tokens[place + 1 : place + 4], line.words[place + 1 : place + 4], strict=True):
        if token.tag in _NOUNS or word in rules.nouns:
            return True
        if token.tag not in _MODIFIERS and word not in ("-", ",", "and"):
            return False
    return False


def _tight(line: Line, place: int) -> bool:
    """Whether a hyphen joins two parts of one word."""
    tokens = line.tokens
    return place + 1 < len(tokens) and tokens[place - 1].end == tokens[place].start == tokens[place + 1].start - 1


def _shared_head(line: Line, place: int, head: int) -> bool:
    """Whether 'and' joins two modifiers of one head, as in 'rocket and mortar shells'."""
    following = [token.tag for token in line.tokens[place + 1 : place + 3]]
    return line.tokens[head].tag == "NN" and following == ["NN", "NNS"]


def is_no_figure(text: str, line: Line, number: Number, rules: FigureRules) -> bool:
    """Whether the number is a name's, a measure's, an age, an ordinal or a score, and so counts nothing."""
    start, end = number.span.start, number.span.end
    if _ATTACHED_BEFORE.search(text[max(0, start - 2) : start]):
        return not text[max(0, start - 2) : start].lower().endswith(("-", "–")) or text[start - 2 : start - 1].isalnum()
    follower = text[number.phrase.end : number.phrase.end + 1]
    if number.digits and (follower == "%" or (follower.isalpha() and not _is_strong(text, end))):
        return True
    if number.value is not None and number.value != int(number.value):
        return True
    if number.digits and text[start] == "0" and end - start > 1:
        return True
    after = _words_after(line, number)
    if after and _measures(after, number, rules):
        return True
    before = line.index_from(number.phrase.start) - 1
    if _is_age_of(line, before, line.index_from(number.phrase.end), rules):
        return True
    if _numbers_a_unit(line, number, rules):
        return True
    if number.digits and before >= 0 and line.words[before] in rules.labels:
        return number.phrase == number.span or line.words[before] in rules.lists["ages"]
    return number.digits and _is_age(text, number)


def _is_age_of(line: Line, before: int, at: int, rules: FigureRules) -> bool:
    """'a boy of nine', unless something is counted from the token ``at`` on."""
    if before < 1 or line.words[before] != "of" or line.words[before - 1] not in rules.lists["persons"]:
        return False
    return at >= len(line.tokens) or line.tokens[at].tag not in _COUNTABLE


def _numbers_a_unit(line: Line, number: Number, rules: FigureRules) -> bool:
    """Whether the number is part of a unit's name: 'the 166 Brigade', 'the 4 Armoured Division'.

    Not where it may count what stands behind: '12 Ardan Brigade fighters', 'at least 12 Ardan Brigade'.
    """
    if not number.digits or number.value == 1:
        return False
    at = line.index_from(number.phrase.end)
    for place in range(at, min(at + _UNIT, len(line.tokens))):
        token, word = line.tokens[place], line.words[place]
        if token.tag not in ("NNP", "JJ") or not token.text[:1].isupper():
            return False
        row = rules.nouns.get(word)
        if row is not None and row.kind is FigureKind.GROUPS:
            before = line.words[line.index_from(number.phrase.start) : line.index_from(number.span.start)]
            alone = place == at or (set(before) <= {"the"} and _ends_a_name(line, place))
            return token.tag == "NNP" and not word.endswith("s") and alone
    return False


def _ends_a_name(line: Line, place: int) -> bool:
    """Whether neither a noun nor the sign of an owner stands behind the word."""
    following = line.tokens[place + 1 : place + 2]
    return not following or following[0].tag not in (*_NOUNS, "POS", "HYPH")


def _is_strong(text: str, end: int) -> bool:
    return text.startswith(("-strong", " strong"), end)


def _words_after(line: Line, number: Number) -> list[str]:
    at = line.index_from(number.phrase.end)
    words = list(line.words[at : at + 3])
    if words and words[0] in ("-", "–"):
        words = words[1:]
    return words


def _measures(after: list[str], number: Number, rules: FigureRules) -> bool:
    """Whether the words right after the number are a measure ('20 km', '12-year-old', '800 square metres')."""
    head = after[0].lstrip("-")
    opening = head.split("-")[0]
    if head in rules.measures or (head != opening and opening in rules.measures):
        return not (head == "points" and "different" in after)
    return (
        number.rule.startswith(("several", "a-few", "couple"))
        and head in ("more", "other")
        and after[1:2] != []
        and (after[1] in rules.measures)
    )


def _is_age(text: str, number: Number) -> bool:
    """Whether the number stands between commas as an age does: 'Omar, 24, said'."""
    value = number.value
    return (
        value is not None
        and value <= _LARGEST_AGE
        and number.phrase == number.span
        and _AGE_BETWEEN_COMMAS.search(text[max(0, number.span.start - 3) : number.span.start]) is not None
        and _AGE_END.match(text, number.span.end) is not None
    )
