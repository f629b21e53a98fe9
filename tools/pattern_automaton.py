"""A regular expression as an automaton of positions, so that what can make its matching slow can be looked for.

Each place of the pattern that takes one character is a position. An edge leads from a position to those that may take
the next character, under conditions on the character before and the one that follows: word boundaries, line ends, and
looks of one character are kept exactly; what can't be kept counts as possible. A repeat without a bound is a
loop; one with a bound is written out up to `EXACT` times, or may be taken for a loop as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from re import _constants as sre  # the parser of the standard library: what it makes is what the matcher runs
from re import _parser as parser
from typing import Any

__all__ = ["EXACT", "SAMPLE", "Automaton", "Condition", "Edge", "automaton"]

EXACT = 3
"""A bounded repeat is written out up to this many times; the rest of its bound is left out, or made a loop."""

_BLOCKS = ((0x0, 0x250), (0x300, 0x303), (0x410, 0x416), (0x627, 0x62B), (0x660, 0x663), (0x2000, 0x2070))
_SINGLES = (0x20A6, 0x20AC, 0x20BD, 0x2116, 0x3000, 0x4E00, 0xD800, 0xDC80, 0xFE55, 0xFFFD, 0x1F600)
SAMPLE = "".join(map(chr, [*(code for low, high in _BLOCKS for code in range(low, high)), *_SINGLES]))
"""Characters that stand for all: every set of a pattern is told apart by which of them it holds."""

_ALL = frozenset(SAMPLE)
_CATEGORIES: dict[Any, frozenset[str]] = {
    category: frozenset(character for character in SAMPLE if re.match(escape, character))
    for category, escape in (
        (sre.CATEGORY_DIGIT, r"\d"),
        (sre.CATEGORY_NOT_DIGIT, r"\D"),
        (sre.CATEGORY_SPACE, r"\s"),
        (sre.CATEGORY_NOT_SPACE, r"\S"),
        (sre.CATEGORY_WORD, r"\w"),
        (sre.CATEGORY_NOT_WORD, r"\W"),
    )
}
_WORDS = _CATEGORIES[sre.CATEGORY_WORD]
_LOOPS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


@dataclass(frozen=True)
class Condition:
    """Asked with the character before and the one after; both are there, as what is repeated has text around it."""

    holds: Callable[[str, str], bool]
    behind: frozenset[str] = frozenset()
    """The characters that it tells from others when it looks back."""


@dataclass(frozen=True)
class Edge:
    """A way to the next position, under all of the conditions. `to` is None for the end of the pattern."""

    to: int | None
    conditions: tuple[Condition, ...]


@dataclass
class Automaton:
    """The positions' characters and the edges out of each; position 0 is the start: in a search it takes anything."""

    takes: list[frozenset[str]]
    follow: list[list[Edge]]
    accepting: set[int] = field(default_factory=set)
    """Positions after which the pattern can end, whatever follows: none of them is ever left by failing."""


@dataclass
class _Node:
    ways: list[tuple[int, Condition | None]] = field(default_factory=list)
    position: int | None = None


def automaton(pattern: str, flags: int, *, anchored: bool, loops_above: int | None = None) -> Automaton:
    """The automaton of a pattern. `anchored` is for one that is only asked to match where it is put.

    A repeat with a bound above `loops_above` counts as one without a bound.
    """
    parsed = parser.parse(pattern, flags)
    build = _Build(parsed.state.flags, loops_above)
    start, end = build.node(), build.node()
    build.sequence(parsed, start, end)
    return build.finished(start, end, anchored)


class _Build:
    """Writes the pattern down as nodes and ways that take nothing, then leaves only positions."""

    def __init__(self, flags: int, loops_above: int | None) -> None:
        self.flags, self.loops_above = flags, loops_above
        self.nodes: list[_Node] = []
        self.takes: list[frozenset[str]] = [_ALL]
        self.exits: list[int] = [0]
        self.groups: dict[int, Any] = {}

    def node(self) -> int:
        self.nodes.append(_Node())
        return len(self.nodes) - 1

    def way(self, start: int, end: int, condition: Condition | None = None) -> None:
        self.nodes[start].ways.append((end, condition))

    def taking(self, characters: frozenset[str], start: int, end: int) -> None:
        at = self.node()
        self.nodes[at].position = len(self.takes)
        self.takes.append(characters)
        self.exits.append(end)
        self.way(start, at)

    def sequence(self, items: Iterable[Any], start: int, end: int) -> None:
        at = start
        for item in items:
            following = self.node()
            self.item(item, at, following)
            at = following
        self.way(at, end)

    def item(self, item: Any, start: int, end: int) -> None:
        op, value = item
        characters = _characters(item, self.flags)
        if characters is not None:
            self.taking(characters, start, end)
        elif op in _LOOPS:
            self.repeat(op, value, start, end)
        elif op is sre.BRANCH:
            for branch in value[1]:
                self.sequence(branch, start, end)
        elif op is sre.SUBPATTERN:
            self.group(value, start, end)
        elif op is sre.ATOMIC_GROUP:
            self.atomic(value, start, end)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            self.look(op, value, start, end)
        elif op is sre.AT:
            self.way(start, end, _boundary(value, self.flags))
        elif op is sre.GROUPREF:
            self.sequence(self.groups[value], start, end)
        elif op is sre.GROUPREF_EXISTS:
            for branch in value[1:]:
                self.sequence(branch or [], start, end)
        else:
            raise ValueError(f"no rule for {op} in a pattern: add one to tools/pattern_automaton.py")

    def group(self, value: Any, start: int, end: int) -> None:
        number, on, off, inner = value
        held, self.flags = self.flags, (self.flags | on) & ~off
        self.groups[number] = inner
        self.sequence(inner, start, end)
        self.flags = held

    def atomic(self, inner: Any, start: int, end: int) -> None:
        if len(inner) == 1 and inner[0][0] in _LOOPS:
            self.repeat(sre.POSSESSIVE_REPEAT, inner[0][1], start, end)
        else:
            self.sequence(inner, start, end)

    def repeat(self, op: Any, value: Any, start: int, end: int) -> None:
        least, most, inner = value
        loops = most is sre.MAXREPEAT or (self.loops_above is not None and most > self.loops_above)
        leaving = _leaving(op, inner, self.flags) if loops else None
        at = start
        for _ in range(min(least, EXACT)):
            following = self.node()
            self.sequence(inner, at, following)
            at = following
        if loops:
            if least == 0:  # none at all, or one and more: so that a loop round this one is a second way to begin
                self.way(at, end, leaving)
                hub = self.node()
                self.sequence(inner, at, hub)
                at = hub
            self.sequence(inner, at, at)
            self.way(at, end, leaving)
        else:
            for _ in range(min(most - least, EXACT)):
                following = self.node()
                self.way(at, end)
                self.sequence(inner, at, following)
                at = following
            self.way(at, end)

    def look(self, op: Any, value: Any, start: int, end: int) -> None:
        direction, inner = value
        self.way(start, end, _look(inner, ahead=direction > 0, wanted=op is sre.ASSERT, flags=self.flags))
        if direction > 0 and len(inner) and _single(inner, self.flags) is None:
            self.sequence(inner, start, self.node())  # a look ahead is itself matched, then left

    def finished(self, start: int, end: int, anchored: bool) -> Automaton:
        self.exits[0] = start
        follow = [[*self._edges(exit_, end)] for exit_ in self.exits]
        if not anchored:
            follow[0].append(Edge(0, ()))
        accepting = {at for at, edges in enumerate(follow) if any(e.to is None and not e.conditions for e in edges)}
        return Automaton(self.takes, [[edge for edge in edges if edge.to is not None] for edges in follow], accepting)

    def _edges(self, start: int, end: int) -> Iterator[Edge]:
        """One edge for each way of nodes that takes nothing, so that two ways to one position are two edges."""
        stack: list[tuple[int, tuple[Condition, ...], frozenset[int]]] = [(start, (), frozenset())]
        while stack:
            at, conditions, seen = stack.pop()
            node = self.nodes[at]
            if node.position is not None:
                yield Edge(node.position, conditions)
                continue
            if at == end:
                yield Edge(None, conditions)
            for to, condition in node.ways:
                if to not in seen:
                    stack.append((to, (*conditions, condition) if condition else conditions, seen | {at}))


def _characters(item: Any, flags: int) -> frozenset[str] | None:
    """The sampled characters that an item takes, None where it takes more or less than one."""
    op, value = item
    if op is sre.ANY:
        return _ALL if flags & re.DOTALL else _ALL - {"\n"}
    if op is sre.LITERAL:
        return _folded({_sampled(value)}, flags)
    if op is sre.NOT_LITERAL:
        return _ALL - _folded({_sampled(value)}, flags)
    if op is sre.IN:
        negated = value[0][0] is sre.NEGATE
        held = _folded({one for part in value[negated:] for one in _of_part(part)}, flags)
        return _ALL - held if negated else held
    return None


def _sampled(code: int) -> str:
    """A character, or the one of the sample that stands for all letters or signs outside it."""
    character = chr(code)
    if character in _ALL:
        return character
    return "一" if re.match(r"\w", character) else "\U0001f600"


def _of_part(part: Any) -> Iterable[str]:
    op, value = part
    if op is sre.LITERAL:
        return {_sampled(value)}
    if op is sre.RANGE:
        return {character for character in SAMPLE if value[0] <= ord(character) <= value[1]}
    if op is sre.CATEGORY:
        return _CATEGORIES[value]
    raise ValueError(f"no rule for {op} in a set of characters: add one to tools/pattern_automaton.py")


def _folded(characters: set[str], flags: int) -> frozenset[str]:
    if not flags & re.IGNORECASE:
        return frozenset(characters)
    cases = {case for one in characters for case in (one.lower(), one.upper())}
    return frozenset(characters | (cases & _ALL))


def _single(items: Any, flags: int) -> frozenset[str] | None:
    """The characters of a sequence that takes exactly one."""
    while len(items) == 1 and items[0][0] is sre.SUBPATTERN:
        items = items[0][1][3]
    return _characters(items[0], flags) if len(items) == 1 else None


def _leaving(op: Any, inner: Any, flags: int) -> Condition | None:
    """A possessive repeat of one character is left only where no more of it follows."""
    taken = _single(inner, flags)
    if op is not sre.POSSESSIVE_REPEAT or taken is None:
        return None
    return Condition(lambda _before, after: after not in taken)


def _boundary(value: Any, flags: int) -> Condition:
    if value is sre.AT_BOUNDARY:
        return Condition(lambda before, after: (before in _WORDS) != (after in _WORDS), _WORDS)
    if value is sre.AT_NON_BOUNDARY:
        return Condition(lambda before, after: (before in _WORDS) == (after in _WORDS), _WORDS)
    if value is sre.AT_BEGINNING and flags & re.MULTILINE:
        return Condition(lambda before, _after: before == "\n", frozenset("\n"))
    if value is sre.AT_END and flags & re.MULTILINE:
        return Condition(lambda _before, after: after == "\n")
    return Condition(lambda _before, _after: False)


def _look(inner: Any, *, ahead: bool, wanted: bool, flags: int) -> Condition:
    """The part of a look that rests on the one character next to it; always true where it can't be told from that."""
    branches = inner[0][1][1] if len(inner) == 1 and inner[0][0] is sre.BRANCH else [inner]
    sets = [_single(branch, flags) for branch in branches]
    known = frozenset[str]().union(*(one for one in sets if one is not None))
    if wanted and None in sets:
        return Condition(lambda _before, _after: True)
    if ahead:
        return Condition(lambda _before, after: (after in known) == wanted)
    return Condition(lambda before, _after: (before in known) == wanted, known)
