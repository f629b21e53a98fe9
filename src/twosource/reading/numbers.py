"""Finds the numbers in a text, in digits or in words, and gives each the range that the codebook's table says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from twosource.knowledge.number_rules import Bound, Effect, NumberRules
from twosource.spans import Span

__all__ = ["Number", "find_numbers", "may_hold_number"]

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3}){1,12}+(?!,{0,9}\d)|\d{1,3}(?: 000){1,12}+(?!\d)|\d+(?:\.\d+)?"
_ATOM = re.compile(rf"(?P<digits>{_DIGITS})|(?P<word>[A-Za-z]+)")
_LEADING_DIGITS = re.compile(_DIGITS)
_FOLLOWER = re.compile(r"[\s-]+([A-Za-z]+)")
_JOIN = re.compile(r"[\s\u00a0-]+(?:and[\s-]+)?")
_AND_A_HALF = re.compile(r"[\s-]+and[\s-]+a[\s-]+half(?!\w)", re.IGNORECASE)
_RANGE = re.compile(r"\s?[-–—]\s?|\s+(?:to|or)\s+|\s+and\s+", re.IGNORECASE)
_ODD = re.compile(r"[\s-]odd(?!\w)", re.IGNORECASE)
_PLUS = re.compile(r"\+|-plus(?!\w)", re.IGNORECASE)
_TRAIL = re.compile(r"[A-Za-z'’.-]+|\S")
_LOOK_BACK = 48  # code points before a number in which its bounds are looked for
_HIGHEST = 10**15  # a larger number is no count of anything that a report tells of
_LONGEST_DIGITS = 30


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """One number: ``span`` holds its own words, ``phrase`` also the words that open or blur it ('at least 12').

    ``low`` and ``high`` are both included, None is open; ``rule`` names the rows behind them, joined by '+'.
    ``value`` is the plain value where it has one ('2.5 million'), None for a vague or ranged number.
    """

    span: Span
    phrase: Span
    low: int | None
    high: int | None
    rule: str
    value: float | None = None
    approximate: bool = False
    digits: bool = False


class _Plain(msgspec.Struct, frozen=True):
    """A number's own words before its bounds are looked at."""

    span: Span
    low: float
    high: float
    rule: str
    digits: bool


def may_hold_number(text: str, span: Span, rules: NumberRules) -> bool:
    """Whether the run holds a digit or a number word at all: a cheap check before the dear one."""
    return rules.hints.search(text, span.start, span.end) is not None


def find_numbers(text: str, span: Span, rules: NumberRules) -> list[Number]:
    """The numbers within ``span`` of ``text``, in order; none overlap."""
    plain = list(_plain_numbers(text, span, rules))
    found: list[Number] = []
    at = 0
    while at < len(plain):
        first = plain[at]
        second = plain[at + 1] if at + 1 < len(plain) else None
        joined = _joined(text, first, second, span) if second else None
        found.append(_bounded(text, joined or first, span, rules))
        at += 2 if joined else 1
    return found


def _plain_numbers(text: str, span: Span, rules: NumberRules) -> Iterator[_Plain]:
    at = span.start
    while opener := rules.openers.search(text, at, span.end):
        match = _ATOM.match(text, opener.start(), span.end)
        number = _number_at(text, match, span.end, rules) if match else None
        at = number.span.end if number else opener.end()
        if number:
            yield number


def _number_at(text: str, match: re.Match[str], end: int, rules: NumberRules) -> _Plain | None:
    if match["digits"]:
        return _from_digits(text, match, end, rules)
    if match.start() and (text[match.start() - 1].isalnum() or text[match.start() - 1] in "'’"):
        return None
    word = match["word"].lower()
    if word in ("a", "an", "few", "half") or word in rules.vague_of or word in ("tens", "ten", "many", "hundreds"):
        vague = _from_vague(text, match.start(), end, rules)
        if vague:
            return vague
    return _from_words(text, match, end, rules)


def _from_vague(text: str, start: int, end: int, rules: NumberRules) -> _Plain | None:
    match = rules.vague.match(text, start, end)
    if not match:
        return None
    row = rules.vague_of[" ".join(match[0].lower().split())]
    if row.needs_of and not text.startswith(" of ", match.end()):
        return None
    if row.before_scale:
        follower = _FOLLOWER.match(text, match.end(), end)
        scale = rules.scales.get(follower[1].lower()) if follower else None
        if follower and scale:
            high = row.high * scale if scale == 12 else (row.high + 1) * scale - 1
            return _Plain(Span(start, follower.end()), row.low * scale, high, row.id, False)
    return _Plain(Span(start, match.end()), row.low, row.high, row.id, False)


def _from_digits(text: str, match: re.Match[str], end: int, rules: NumberRules) -> _Plain | None:
    start, stop = match.start(), match.end()
    if stop - start > _LONGEST_DIGITS:
        return None
    value = float(re.sub(r"[^\d.]", "", match[0]))
    tail = _ATOM.match(text, stop, end)
    if tail and tail["word"]:
        short = rules.short_scales.get(tail["word"].lower()) or rules.scales.get(tail["word"].lower())
        return (
            _Plain(Span(start, tail.end()), value * short, value * short, "digits", True)
            if short
            else _Plain(Span(start, stop), value, value, "digits", True)
        )
    join = _JOIN.match(text, stop, end)
    word = _ATOM.match(text, join.end(), end) if join else None
    if word and word["word"]:
        key = word["word"].lower()
        scale = rules.scales.get(key) or (rules.short_scales.get(key) if len(key) > 1 else None)
        if scale:
            return _Plain(Span(start, word.end()), value * scale, value * scale, "digits", True)
    return _Plain(Span(start, stop), value, value, "digits", True)


class _Sum:
    """A spelled number being added up word by word: 'three hundred and eighty' is 0 + (3 * 100 + 80)."""

    def __init__(self) -> None:
        self.total = 0.0
        self.current: float | None = None
        self.ended = False

    def take_digit(self, value: int) -> bool:
        """Adds a word below a hundred; False where it can't belong to this number."""
        if self.ended:
            return False
        current = self.current
        if current is None or (current == 0 and self.total):
            self.current = float(value)
        elif (current >= 100 and current % 100 == 0) or (current % 100 >= 20 and current % 10 == 0 and 0 < value < 10):
            self.current = current + value
        else:
            return False
        return True

    def take_scale(self, scale: int) -> bool:
        """Multiplies by a scale word; False where it can't belong to this number."""
        current = 1.0 if self.current is None else self.current
        if self.ended or (self.current == 0):
            return False
        if scale in (12, 100):
            if current >= 100:
                return False
            self.current = current * scale
            self.ended = scale == 12
        else:
            self.total += current * scale
            self.current = 0.0
        return True

    @property
    def value(self) -> float:
        """What the words so far amount to."""
        return self.total + (self.current or 0.0)


def _from_words(text: str, match: re.Match[str], end: int, rules: NumberRules) -> _Plain | None:
    """The spelled number that opens at ``match``; 'a' and 'an' only before a scale word ('a hundred')."""
    total, stop, scaled = _Sum(), match.start(), False
    atom: re.Match[str] | None = match
    if match["word"].lower() in ("a", "an"):
        atom = _next_word(text, match.end(), end)
        if not atom or (atom["word"] or "").lower() not in rules.scales:
            return None
    while atom and atom["word"]:
        key = atom["word"].lower()
        if key in rules.digits:
            if not total.take_digit(rules.digits[key]):
                break
        elif key in rules.scales:
            if not total.take_scale(rules.scales[key]):
                break
            scaled = True
        else:
            break
        stop = atom.end()
        half = _AND_A_HALF.match(text, stop, end)
        if half and total.current is not None:
            total.current += 0.5
            stop = half.end()
        atom = _next_word(text, stop, end, scaled)
    if stop == match.start():
        return None
    return _Plain(Span(match.start(), stop), total.value, total.value, "words", False)


def _next_word(text: str, at: int, end: int, after_scale: bool = False) -> re.Match[str] | None:
    join = _JOIN.match(text, at, end)
    if not join or ("and" in join[0].lower() and not after_scale):
        return None
    return _ATOM.match(text, join.end(), end)


def _joined(text: str, first: _Plain, second: _Plain, span: Span) -> _Plain | None:
    """The range 'A to B', 'A-B', 'A or B' or 'between A and B' as one number, where the two stand so."""
    middle = _RANGE.match(text, first.span.end, second.span.start)
    if not middle or middle.end() != second.span.start or "vague" in (first.rule, second.rule):
        return None
    if "and" in middle[0].lower() and not text[
        max(span.start, first.span.start - 9) : first.span.start
    ].lower().endswith("between "):
        return None
    low = first.low
    scale = second.high / max(1.0, _bare(text, second))
    if scale > 1 and first.high < 1000 <= scale * first.high and _bare(text, first) == first.high:
        low = first.low * scale
    if not low < second.high:
        return None
    return _Plain(Span(first.span.start, second.span.end), low, second.high, "range", first.digits)


def _bare(text: str, number: _Plain) -> float:
    """The value of the digits that open a number, without its scale; of a spelled number its whole value."""
    match = _LEADING_DIGITS.match(text, number.span.start, number.span.end)
    return float(re.sub(r"[^\d.]", "", match[0])) if match else number.high


def _bounded(text: str, plain: _Plain, span: Span, rules: NumberRules) -> Number:
    """The number with its bounds: those before it, from the nearest outwards, then those after it."""
    start, stop = plain.span.start, plain.span.end
    bounds: list[Bound] = []
    while (step := _bound_before(text, span.start, start, rules)) is not None:
        start = step[0]
        bounds.append(step[1])
    if plain.rule == "range" and text[max(span.start, start - 9) : start].lower().endswith(("between ", "from ")):
        start = text.rindex(" ", 0, start - 1) + 1 if " " in text[span.start : start - 1] else span.start
    low, high = plain.low, plain.high
    if odd := _ODD.match(text, stop, span.end):
        high, stop = low + _odd_room(low), odd.end()
    effects = [bound.effect for bound in bounds]
    if plus := _PLUS.match(text, stop, span.end):
        effects.append(Effect.FLOOR)
        stop = plus.end()
    if after := rules.after.match(text, stop, span.end):
        bound = rules.after_of[" ".join(after[1].lower().split())]
        bounds.append(bound)
        effects.append(bound.effect)
        stop = after.end()
    return _with_effects(plain, Span(start, stop), low, high, effects, [bound.id for bound in bounds])


def _odd_room(low: float) -> int:
    return 9 if low < 100 else 99 if low < 1000 else 999


def _with_effects(
    plain: _Plain, phrase: Span, low: float, high: float, effects: list[Effect], names: list[str]
) -> Number:
    exact = plain.low == plain.high == high
    lowest: int | None = round(low) if low < _HIGHEST else None
    highest: int | None = round(high) if high < _HIGHEST else None
    if Effect.FLOOR in effects:
        highest = None
    elif Effect.CEILING in effects:
        lowest = None
    return Number(
        span=plain.span,
        phrase=phrase,
        low=lowest,
        high=highest,
        rule="+".join([plain.rule, *names]),
        value=plain.low if exact else None,
        approximate=bool(effects and (Effect.ABOUT in effects)) or not exact,
        digits=plain.digits,
    )


def _bound_before(text: str, floor: int, start: int, rules: NumberRules) -> tuple[int, Bound] | None:
    """Where the longest bound that ends right before ``start`` begins, and the bound."""
    left = max(floor, start - _LOOK_BACK)
    window = text[left:start]
    if not window or not window[-1].isspace():
        return None
    words = [(match.start() + left, match[0].lower()) for match in _TRAIL.finditer(window)]
    if left > floor and words and text[left - 1].isalnum():
        words = words[1:]
    for size in range(min(rules.reach, len(words)), 0, -1):
        taken = words[-size:]
        bound = rules.before.get(" ".join(word for _, word in taken))
        if bound:
            return taken[0][0], bound
    return None
