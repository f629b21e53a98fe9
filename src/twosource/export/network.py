"""Who is said to do what to whom, as a network: GEXF for Gephi, GraphML for the rest."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import msgspec
from lxml import etree

from twosource.closed_sets import ClaimType, Stance, family_of
from twosource.export.geography import xml_text
from twosource.export.material import ClaimItem, Material
from twosource.knowledge.event_types import load_event_types

__all__ = ["Edge", "Network", "Node", "gexf", "graphml", "network"]

_GEXF = "http://gexf.net/1.3"
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One actor: its entity's id, or its name where no entity is known."""

    id: str
    name: str
    kind: str
    claims: int


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """What claims of one type say of two actors (ids): how many claims in how many reports, and on which days.

    ``denied`` counts claims that deny it or are negated; they are among ``claims``. An edge of a symmetric type goes
    from the lesser id to the greater one, since readers of these formats refuse graphs with edges of both kinds.
    """

    id: str
    source: str
    target: str
    type: str
    family: str
    symmetric: bool
    claims: int
    reports: int
    denied: int
    first: datetime.date | None
    last: datetime.date | None


class Network(msgspec.Struct, frozen=True):
    """The actors by id, and the edges by their ends and type."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network(material: Material) -> Network:
    """The network of the chosen claims that name two parties. Claims with one party only are in no edge."""
    kinds = material.entity_kinds()
    names, counts, held = _known(material), dict[str, int](), dict[tuple[str, str, ClaimType], list[ClaimItem]]()
    symmetric = {type_ for type_, row in load_event_types().rows.items() if row.symmetric}
    for item in material.claims():
        actors, targets = (_ids(material, item, side) for side in ("actors", "targets"))
        for id_, name in {**actors, **targets}.items():
            names.setdefault(id_, (name, kinds.get(id_, "")))
            counts[id_] = counts.get(id_, 0) + 1
        for first, second in _pairs(sorted(actors), sorted(targets), item.claim.type in symmetric):
            held.setdefault((first, second, item.claim.type), []).append(item)
    nodes = (Node(id=id_, name=names[id_][0], kind=names[id_][1], claims=counts[id_]) for id_ in sorted(counts))
    edges = (_edge(number, key, held[key], symmetric) for number, key in enumerate(sorted(held)))
    return Network(tuple(nodes), tuple(edges))


def gexf(material: Material) -> Iterator[bytes]:
    """The network as GEXF 1.3, each edge with its type, counts and days."""
    found = network(material)
    root = etree.Element("gexf", nsmap={None: _GEXF}, version="1.3")
    graph = etree.SubElement(root, "graph", defaultedgetype="directed", mode="static")
    for kind, fields in (("node", _NODE_FIELDS), ("edge", _EDGE_FIELDS)):
        attributes = etree.SubElement(graph, "attributes", {"class": kind})
        for name, type_ in fields.items():
            etree.SubElement(attributes, "attribute", id=name, title=name, type=_GEXF_TYPES[type_])
    nodes = etree.SubElement(graph, "nodes")
    for node in found.nodes:
        _gexf_values(
            etree.SubElement(nodes, "node", id=xml_text(node.id), label=xml_text(node.name)), node, _NODE_FIELDS
        )
    edges = etree.SubElement(graph, "edges")
    for edge in found.edges:
        made = etree.SubElement(
            edges, "edge", id=edge.id, source=xml_text(edge.source), target=xml_text(edge.target), label=edge.type,
            weight=str(edge.claims),
        )  # fmt: skip
        _gexf_values(made, edge, _EDGE_FIELDS)
    yield etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def graphml(material: Material) -> Iterator[bytes]:
    """The network as GraphML, each edge with its type, counts and days."""
    found = network(material)
    root = etree.Element("graphml", nsmap={None: _GRAPHML})
    for kind, fields in (("node", {"name": str, **_NODE_FIELDS}), ("edge", _EDGE_FIELDS)):
        for name, type_ in fields.items():
            key = {"id": f"{kind}_{name}", "for": kind, "attr.name": name, "attr.type": _GRAPHML_TYPES[type_]}
            etree.SubElement(root, "key", key)
    graph = etree.SubElement(root, "graph", edgedefault="directed")
    for node in found.nodes:
        made = etree.SubElement(graph, "node", id=xml_text(node.id))
        _graphml_values(made, node, "node", {"name": str, **_NODE_FIELDS})
    for edge in found.edges:
        made = etree.SubElement(
            graph, "edge", id=edge.id, source=xml_text(edge.source), target=xml_text(edge.target),
        )  # fmt: skip
        _graphml_values(made, edge, "edge", _EDGE_FIELDS)
    yield etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


_NODE_FIELDS: dict[str, type] = {"kind": str, "claims": int}
_EDGE_FIELDS: dict[str, type] = {
    "type": str, "family": str, "symmetric": bool, "claims": int, "reports": int, "denied": int,
    "first": str, "last": str,
}  # fmt: skip
_GEXF_TYPES: dict[type, str] = {str: "string", int: "integer", bool: "boolean"}
_GRAPHML_TYPES: dict[type, str] = {str: "string", int: "int", bool: "boolean"}


def _known(material: Material) -> dict[str, tuple[str, str]]:
    return {one.id: (one.name, one.kind.value) for one in material.entities()}


def _ids(material: Material, item: ClaimItem, side: str) -> dict[str, str]:
    """The names of a claim's parties by their ids."""
    names = [named.name for named in getattr(item.claim, side)]
    return {material.entity_id(item.claim.report, name) or f"name:{name}": name for name in names}


def _pairs(actors: list[str], targets: list[str], symmetric: bool) -> Iterator[tuple[str, str]]:
    if symmetric:
        yield from combinations(sorted({*actors, *targets}), 2)
        return
    for actor in actors:
        for target in targets:
            if actor != target:
                yield actor, target


def _edge(number: int, key: tuple[str, str, ClaimType], items: list[ClaimItem], symmetric: set[ClaimType]) -> Edge:
    source, target, type_ = key
    days = [day for item in items if item.claim.when for day in (item.claim.when.start, item.claim.when.end) if day]
    denied = [item for item in items if item.claim.negated or item.claim.stance is Stance.DENIES]
    return Edge(
        id=f"e{number}",
        source=source,
        target=target,
        type=type_.value,
        family=family_of(type_),
        symmetric=type_ in symmetric,
        claims=len(items),
        reports=len({item.claim.report for item in items}),
        denied=len(denied),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _gexf_values(element: Any, record: Node | Edge, fields: dict[str, type]) -> None:
    values = etree.SubElement(element, "attvalues")
    for name in fields:
        if getattr(record, name) is not None:
            etree.SubElement(values, "attvalue", {"for": name, "value": _told(getattr(record, name))})


def _graphml_values(element: Any, record: Node | Edge, kind: str, fields: dict[str, type]) -> None:
    for name in fields:
        if getattr(record, name) is not None:
            etree.SubElement(element, "data", key=f"{kind}_{name}").text = _told(getattr(record, name))


def _told(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else xml_text(str(value))
