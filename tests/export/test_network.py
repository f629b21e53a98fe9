from __future__ import annotations

import datetime
import io

import networkx
import pytest

from twosource.export.formats import export
from twosource.export.material import Material
from twosource.export.network import network
from twosource.store import Project


def test_an_edge_counts_the_claims_and_reports_that_say_it(examples: Project) -> None:
    found = network(Material(examples))
    ids = {node.id for node in found.nodes}
    assert found.edges
    for edge in found.edges:
        assert {edge.source, edge.target} <= ids
        assert edge.source != edge.target
        assert edge.claims >= edge.reports >= 1
        assert edge.denied <= edge.claims
        assert not edge.symmetric or edge.source < edge.target
        assert (edge.first or datetime.date.min) <= (edge.last or datetime.date.max)
    assert any(edge.claims > 1 for edge in found.edges)


def test_parties_of_one_claim_alone_have_no_edge(exported: Project) -> None:
    found = network(Material(exported))
    assert not found.edges
    assert "Norland" in {node.name for node in found.nodes}


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_other_programs_read_the_same_network(examples: Project, name: str) -> None:
    read = getattr(networkx, f"read_{name}")
    graph = read(io.BytesIO(b"".join(export(examples, name))))
    found = network(Material(examples))
    assert set(graph.nodes) == {node.id for node in found.nodes}
    assert graph.number_of_edges() == len(found.edges)
    assert sorted(data["type"] for *_, data in graph.edges(data=True)) == sorted(edge.type for edge in found.edges)
    assert all(isinstance(data["claims"], int) for *_, data in graph.edges(data=True))
