"""Whether the time that a regular expression takes can grow faster than its text, told from its automaton.

Backtracking is exponential where a loop can be gone round in two ways on one text, and polynomial where one loop can
hand over to another anywhere in a run of characters that both can take (the search for a match is a loop as well: it
begins again at every character). Both are looked for exactly, up to what an automaton leaves out; what is found comes
with the text that does it.
"""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pattern_automaton import EXACT, SAMPLE, Automaton, automaton

__all__ = ["Fault", "faults"]

_BEARABLE = 40  # times: two repeats of no more than this may hand over to one another
_LIMIT = 200_000  # steps of one search; a pattern that needs more is told of as a fault

Node = TypeVar("Node", bound=Hashable)
Pair = tuple[int, int, str]
Triple = tuple[int, int, int, str]


@dataclass(frozen=True)
class Fault:
    """How the time grows, and the text that makes it so when it is repeated."""

    growth: str
    pump: str


def faults(pattern: str, flags: int, *, anchored: bool) -> list[Fault]:
    """What makes matching grow faster than the text; none for a safe pattern.

    A repeat with a bound may be begun anew at each character, since that costs no more than its bound, but not be gone
    round in two ways, nor hand over to another one unless both bounds are small.
    """
    found = list(_Growth(automaton(pattern, flags, anchored=anchored)).faults())
    if found:
        return found
    bounded = _Growth(automaton(pattern, flags, anchored=True, loops_above=EXACT)).two_ways()
    wide = _Growth(automaton(pattern, flags, anchored=True, loops_above=_BEARABLE)).hand_overs()
    return [Fault(f"{one.growth} up to a bound", one.pump) for one in (*bounded, *wide)]


class _Growth:
    def __init__(self, of: Automaton) -> None:
        self.of = of
        self.classes = _classes(of)
        self.step = functools.cache(self._step)
        behind = {condition.behind for edges in of.follow for edge in edges for condition in edge.conditions}
        kinds: dict[tuple[bool, ...], str] = {}
        self.kind = {one: kinds.setdefault(tuple(one in held for held in behind), one) for one in self.classes}
        graph = [sorted({edge.to for edge in edges if edge.to is not None}) for edges in of.follow]
        self.graph = graph
        self.looping = [one for one in _components(range(len(graph)), lambda at: graph[at]) if _is_loop(one, graph)]
        self.left = [one for one in self.looping if not one & (of.accepting - {0})]  # by failing

    def faults(self) -> Iterator[Fault]:
        """A fault of each kind at most."""
        yield from self.two_ways()
        yield from self.hand_overs()

    def two_ways(self) -> Iterator[Fault]:
        for loop in self.left:
            if (pump := self._two_ways_round(loop)) is not None:
                yield Fault("exponential", pump)
                return

    def hand_overs(self) -> Iterator[Fault]:
        for first in self.left:
            reached = _reached(first, lambda at: self.graph[at])
            for second in self.left:
                if first is not second and second <= reached and (pump := self._hands_over(first, second)) is not None:
                    yield Fault("polynomial", pump)
                    return

    def _step(self, at: int, before: str, character: str) -> tuple[int, ...]:
        """Where one character leads from a position, once for each way."""
        return tuple(
            edge.to
            for edge in self.of.follow[at]
            if edge.to is not None
            and character in self.of.takes[edge.to]
            and all(condition.holds(before, character) for condition in edge.conditions)
        )

    def _two_ways_round(self, loop: frozenset[int]) -> str | None:
        """A text that leads from a position of the loop back to it by two ways."""
        taken = self._taken(loop)

        def ways(pair: Pair) -> Iterator[tuple[str, Pair]]:
            one, other, last = pair
            for character in taken:
                ones = [to for to in self.step(one, last, character) if to in loop]
                others = [to for to in self.step(other, last, character) if to in loop]
                for to in dict.fromkeys(ones):
                    for also in dict.fromkeys(others):
                        yield character, (to, also, self.kind[character])
                    if one == other and ones.count(to) > 1:
                        yield character, (to, to, self.kind[character])
                        yield character, (-1 - to, to, self.kind[character])  # the same position, by another way

        def parted(pair: Pair) -> Iterator[tuple[str, Pair]]:
            return ways((-1 - pair[0] if pair[0] < 0 else pair[0], pair[1], pair[2]))

        same = [(at, at, self.kind[one]) for at in sorted(loop) for one in taken if one in self.of.takes[at]]
        graph = {pair: [*parted(pair)] for pair in _reached(same, lambda pair: [to for _, to in parted(pair)])}
        for component in _components(graph, lambda pair: [to for _, to in graph[pair]]):
            diagonal = sorted(pair for pair in component if pair[0] == pair[1])
            other = [pair for pair in component if pair[0] != pair[1]]
            if diagonal and other:
                ends = _shortest(diagonal[0], graph.__getitem__, frozenset(other).__contains__)
                return (ends or "") + (_shortest(other[0], graph.__getitem__, diagonal[0].__eq__) or "")
        return None

    def _hands_over(self, first: frozenset[int], second: frozenset[int]) -> str | None:
        """A text on which a position of one loop comes back to itself, and leads into another loop's as well."""
        shared = [one for one in self._taken(first) if one in self._taken(second)]
        for one in sorted(first):
            for other in sorted(second):
                befores = [at for at in shared if at in self.of.takes[one] and at in self.of.takes[other]]
                for before in dict.fromkeys(self.kind[at] for at in befores):
                    pump = self._one_hand_over((one, one, other, before), first, second, shared)
                    if pump is not None:
                        return pump
        return None

    def _one_hand_over(
        self, start: Triple, first: frozenset[int], second: frozenset[int], shared: list[str]
    ) -> str | None:
        def ways(triple: Triple) -> Iterator[tuple[str, Triple]]:
            stays, goes, waits, last = triple
            for character in shared:
                waiting = [to for to in self.step(waits, last, character) if to in second]
                staying = [to for to in self.step(stays, last, character) if to in first] if waiting else []
                going = self.step(goes, last, character) if staying else ()
                for to in dict.fromkeys(going):
                    yield from (
                        (character, (stay, to, wait, self.kind[character]))
                        for stay in dict.fromkeys(staying)
                        for wait in dict.fromkeys(waiting)
                    )

        one, _, other, before = start
        return _shortest(start, ways, lambda triple: triple == (one, other, other, before))

    def _taken(self, loop: frozenset[int]) -> list[str]:
        held = frozenset[str]().union(*(self.of.takes[at] for at in loop))
        return [character for character in self.classes if character in held]


def _shortest(
    start: Node, ways: Callable[[Node], Iterable[tuple[str, Node]]], wanted: Callable[[Node], bool]
) -> str | None:
    """The shortest text of at least one character that leads to a wanted node; a text that is too long to look on."""
    queue: deque[tuple[Node, str]] = deque([(start, "")])
    seen = {start}
    while queue:
        node, text = queue.popleft()
        for character, to in ways(node):
            if wanted(to):
                return text + character
            if to not in seen:
                if len(seen) > _LIMIT:
                    return text
                seen.add(to)
                queue.append((to, text + character))
    return None


def _reached(starts: Iterable[Node], ways: Callable[[Node], Iterable[Node]]) -> set[Node]:
    queue = list(starts)
    reached = set(queue)
    while queue:
        for to in ways(queue.pop()):
            if to not in reached:
                reached.add(to)
                queue.append(to)
    return reached


def _classes(of: Automaton) -> str:
    """One character for each kind that the pattern tells apart; letters, digits, blanks and signs are told apart."""
    held: dict[str, list[int]] = {character: [] for character in SAMPLE}
    for number, taken in enumerate(dict.fromkeys(of.takes)):
        for character in taken:
            held[character].append(number)
    kinds: dict[tuple[object, ...], str] = {}
    for character, sets in held.items():
        kind = (*sets, character.isalnum() or character == "_", character.isspace(), character == "\n")
        kinds[kind] = max(kinds.get(kind, ""), character, key=lambda one: (one.isascii() and one.isprintable(), one))
    return "".join(kinds.values())


def _is_loop(component: frozenset[int], graph: list[list[int]]) -> bool:
    return len(component) > 1 or any(at in graph[at] for at in component)


def _components(nodes: Iterable[Node], ways: Callable[[Node], Iterable[Node]]) -> list[frozenset[Node]]:
    """The sets of nodes that lead to one another: Kosaraju's, without recursion."""
    everything = list(nodes)
    order = _by_end(everything, ways)
    back: dict[Node, list[Node]] = {node: [] for node in everything}
    for node in everything:
        for to in ways(node):
            back[to].append(node)
    found: list[frozenset[Node]] = []
    placed: set[Node] = set()
    for root in reversed(order):
        if root in placed:
            continue
        component, queue = {root}, [root]
        placed.add(root)
        while queue:
            new = [to for to in dict.fromkeys(back[queue.pop()]) if to not in placed]
            placed.update(new)
            component.update(new)
            queue.extend(new)
        found.append(frozenset(component))
    return found


def _by_end(nodes: list[Node], ways: Callable[[Node], Iterable[Node]]) -> list[Node]:
    """The nodes in the order in which a search in depth is done with them."""
    order: list[Node] = []
    seen: set[Node] = set()
    for root in nodes:
        stack = [(root, iter(ways(root)))] if root not in seen else []
        seen.add(root)
        while stack:
            node, rest = stack[-1]
            following = next((to for to in rest if to not in seen), None)
            if following is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(ways(following))))
    return order
