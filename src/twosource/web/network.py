"""How actors stand to each other: relations with the actors' ids, and the strongest of them laid out as a drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from twosource.closed_sets import ClaimType
from twosource.corpus.entities.index import id_of_generic
from twosource.store import Project
from twosource.store.claim_filter import ClaimFilter
from twosource.views.relations import Relationship, named_relationships
from twosource.views.tellings import Rows

__all__ = ["HEIGHT", "MOST_EDGES", "WIDTH", "Curve", "Drawing", "Edge", "Node", "drawing_of", "drawn_first", "edges_in"]

MOST_EDGES = 32  # drawn; the table holds all
_MOST_NODES = 26
WIDTH = 860
_STEP = 30  # from one name to the next below it
_MARGIN = 26
HEIGHT = _MARGIN * 2 + _STEP * (_MOST_NODES // 2 - 1)
_SIDES = (300, 560)  # where names end on the left and begin on the right
_BULGE = 60  # how far the middle names stand outside of the first and last ones
_NEAR = 11  # a curve ends so far from its node
_HEAD = 8  # the length of an arrow's head
_LONGEST = 30  # characters of a name
_GENERIC = "generic:"
_MUTUAL = frozenset([ClaimType.ALLIED_WITH, ClaimType.FIGHTS_AGAINST])


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """One relation with the ids of its two actors."""

    first: str
    second: str
    told: Relationship

    @property
    def named(self) -> int:
        """How many of the two have a name of their own; 'rebels' and the like are others in each report."""
        return 2 - self.first.startswith(_GENERIC) - self.second.startswith(_GENERIC)

    @property
    def ends(self) -> frozenset[str]:
        """The ids of all whom it is told of: of 'rebels' that copies of one text tell of, those of each copy."""
        reports = [one.report for one in self.told.sayings]
        of_first = id_of_generic(reports[0], "")
        generic = [end.removeprefix(of_first) for end in (self.first, self.second) if end.startswith(of_first)]
        copies = (id_of_generic(report, "") + words for report in reports for words in generic)
        return frozenset([self.first, self.second, *copies])

    @property
    def mutual(self) -> bool:
        """Whether it holds in both directions."""
        return self.told.type in _MUTUAL


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One actor of the drawing: its place, and on which side its name stands."""

    id: str
    name: str
    x: float
    y: float
    left: bool


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """One relation of the drawing: its number in the list of edges drawn, its path, and the head of its arrow."""

    number: int
    edge: Edge
    path: str
    head: str
    width: float


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """The nodes and curves, and how many relations are left out of them, in which at least one actor has a name."""

    nodes: tuple[Node, ...]
    curves: tuple[Curve, ...]
    height: int
    left_out: int


def edges_in(
    project: Project,
    chosen: ClaimFilter | None = None,
    most: int | None = None,
    *,
    relation: ClaimType | None = None,
    whom: str | None = None,
) -> Rows[Edge]:
    """Every relation that the claims chosen tell, as ``relationships`` gives them, with the ids of its actors.

    Of more than ``most`` claims of this ``relation`` those published last are looked at.
    """
    found, names = named_relationships(project, chosen, relation=relation, whom=whom, most=most)
    edges = (
        Edge(
            first=names.key(told.first, told.sayings[0].report),
            second=names.key(told.second, told.sayings[0].report),
            told=told,
        )
        for told in found
    )
    return Rows.made(edges, found.left_out)


def drawing_of(edges: Sequence[Edge]) -> Drawing | None:
    """The strongest edges between named actors, laid out; None where there are none.

    Where room is left, those of named actors with others are drawn too.
    Names stand in two columns, those that are bound to each other near each other; the same edges give the same places.
    """
    wanted = [edge for least in (2, 1) for edge in edges if edge.named == least and edge.first != edge.second]
    drawn: list[Edge] = []
    met: dict[str, str] = {}
    for edge in wanted:
        new = {edge.first, edge.second} - met.keys()
        if len(drawn) < MOST_EDGES and len(met) + len(new) <= _MOST_NODES:
            drawn.append(edge)
            met.setdefault(edge.first, edge.told.first)
            met.setdefault(edge.second, edge.told.second)
    if not drawn:
        return None
    nodes = _nodes(_ring(drawn, sorted(met)), met)
    places = {node.id: node for node in nodes}
    height = int(max(node.y for node in nodes)) + _MARGIN
    curves = tuple(
        _curve(number, edge, places, _turn(edge, drawn[: number - 1]), height) for number, edge in enumerate(drawn, 1)
    )
    return Drawing(nodes=nodes, curves=curves, height=height, left_out=len(wanted) - len(drawn))


def drawn_first(edges: Sequence[Edge], drawing: Drawing | None) -> list[Edge]:
    """All the edges, those that are drawn first and by their numbers, then the others as they stood."""
    drawn = [curve.edge for curve in drawing.curves] if drawing else []
    met = {id(edge) for edge in drawn}
    return [*drawn, *(edge for edge in edges if id(edge) not in met)]


def _ring(edges: Sequence[Edge], ids: Sequence[str]) -> list[str]:
    """The ids around a ring, swapped with one another for as long as that shortens the way between those bound."""
    degree = {one: sum(one in (edge.first, edge.second) for edge in edges) for one in ids}
    ring = sorted(ids, key=lambda one: (-degree[one], one))
    place = {one: number for number, one in enumerate(ring)}
    around: dict[str, list[str]] = {one: [] for one in ids}
    for edge in edges:
        around[edge.first].append(edge.second)
        around[edge.second].append(edge.first)

    size = len(ring)

    def cost(one: str, at: int) -> int:
        gaps = [abs(at - place[other]) for other in around[one]]
        return sum([gap if gap + gap < size else size - gap for gap in gaps])

    for _ in range(12):
        changed = False
        costs = {one: cost(one, place[one]) for one in ring}
        for number, one in enumerate(ring):
            for other in ring[number + 1 :]:
                here, there = place[one], place[other]
                place[one], place[other] = there, here
                if cost(one, there) + cost(other, here) < costs[one] + costs[other]:
                    changed = True
                    costs = {each: cost(each, place[each]) for each in ring}
                    break
                place[one], place[other] = here, there
        ring.sort(key=place.__getitem__)
        if not changed:
            break
    return ring


def _nodes(ring: Sequence[str], names: dict[str, str]) -> tuple[Node, ...]:
    """Down the right side and up the left one, each side bowed outwards."""
    right = (len(ring) + 1) // 2
    found = []
    for number, one in enumerate(ring):
        left = number >= right
        count = len(ring) - right if left else right
        row = len(ring) - 1 - number if left else number
        share = (row + 0.5) / count
        bulge = _BULGE * math.sin(math.pi * share)
        x = _SIDES[0] - bulge if left else _SIDES[1] + bulge
        y = _MARGIN + _STEP * (row + (right - count) / 2)
        found.append(Node(id=one, name=_short(names[one]), x=round(x, 1), y=round(y, 1), left=left))
    return tuple(found)


def _turn(edge: Edge, before: Sequence[Edge]) -> int:
    """How many curves between the same two come before this one, so that it can bend elsewhere."""
    return sum({one.first, one.second} == {edge.first, edge.second} for one in before)


def _curve(number: int, edge: Edge, places: dict[str, Node], turn: int, height: int) -> Curve:
    start, end = places[edge.first], places[edge.second]
    middle = _bend(start, end, turn, height)
    first = _towards((start.x, start.y), middle, _NEAR)
    last = _towards((end.x, end.y), middle, _NEAR)
    path = f"M{first[0]} {first[1]}Q{middle[0]:.1f} {middle[1]:.1f} {last[0]} {last[1]}"
    head = "" if edge.mutual else _arrow(last, middle)
    return Curve(number=number, edge=edge, path=path, head=head, width=min(4.5, 1 + edge.told.basis.lineages * 0.5))


def _bend(start: Node, end: Node, turn: int, height: int) -> tuple[float, float]:
    """Where a curve is drawn to: inwards from one side, or through the middle from one side to the other."""
    y = (start.y + end.y) / 2
    if start.left == end.left:
        inwards = 50 + 0.55 * abs(start.y - end.y) + 26 * turn
        return (start.x + end.x) / 2 + (inwards if start.left else -inwards), y
    return sum(_SIDES) / 2, y * 0.75 + height / 8 + 26 * turn


def _towards(point: tuple[float, float], goal: tuple[float, float], far: float) -> tuple[float, float]:
    across, down = goal[0] - point[0], goal[1] - point[1]
    length = math.hypot(across, down) or 1.0
    return round(point[0] + across / length * far, 1), round(point[1] + down / length * far, 1)


def _arrow(tip: tuple[float, float], source: tuple[float, float]) -> str:
    across, down = tip[0] - source[0], tip[1] - source[1]
    length = math.hypot(across, down) or 1.0
    across, down = across / length, down / length
    foot = tip[0] - across * _HEAD, tip[1] - down * _HEAD
    half = _HEAD * 0.55
    one = f"{foot[0] - down * half:.1f} {foot[1] + across * half:.1f}"
    other = f"{foot[0] + down * half:.1f} {foot[1] - across * half:.1f}"
    return f"M{tip[0]} {tip[1]}L{one}L{other}z"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
