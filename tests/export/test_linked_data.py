from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from twosource.corpus_records import Decision, DecisionKind
from twosource.export.formats import export
from twosource.export.material import Choice, Publication
from twosource.store import Project, open_project
from twosource.store.decisions import append
from twosource.views.whole_records import all_reports


def linked(project: Project, name: str, choice: Choice | None = None) -> Any:
    return json.loads(b"".join(export(project, name, choice)))


@pytest.fixture(scope="module")
def texts(exported: Project) -> dict[str, str]:
    """The reports' texts by what annotations have as their source."""
    return {one.report.url or f"urn:twosource:report:{one.report.id}": one.report.text for one in all_reports(exported)}


def test_both_selectors_of_each_annotation_lead_to_the_same_words(exported: Project, texts: dict[str, str]) -> None:
    found = linked(exported, "webannotation")
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    annotations = found["first"]["items"]
    assert len(annotations) == 4
    for one in annotations:
        assert one["type"] == "Annotation"
        for target in one["target"]:
            quoted, position = target["selector"]
            text = texts[target["source"]]
            assert text[position["start"] : position["end"]] == quoted["exact"]
            assert quoted["prefix"] + quoted["exact"] + quoted["suffix"] in text


def test_words_that_are_cut_keep_their_position_alone(exported: Project) -> None:
    choice = Choice(publication=Publication(quotation=20))
    selectors = [
        selector["type"]
        for one in linked(exported, "webannotation", choice)["first"]["items"]
        for target in one["target"]
        for selector in target["selector"]
    ]
    assert selectors.count("TextPositionSelector") == 4
    assert selectors.count("TextQuoteSelector") == 1


def test_a_claim_comes_from_its_report_by_a_reading(exported: Project) -> None:
    graph = {one["@id"]: one for one in linked(exported, "prov")["@graph"] if "@type" in one}
    claims = [one for id_, one in graph.items() if ":claim:" in id_]
    assert len(claims) == 4
    for one in claims:
        assert graph[one["prov:wasQuotedFrom"]["@id"]]["@type"] == "prov:Entity"
        reading = graph[one["prov:wasGeneratedBy"]["@id"]]
        assert reading["@type"] == "prov:Activity"
        assert reading["prov:used"] == one["prov:wasQuotedFrom"]
        assert graph[reading["prov:wasAssociatedWith"]["@id"]]["@type"] == ["prov:Agent", "prov:SoftwareAgent"]


def test_an_event_derives_from_claims_and_a_later_report_from_an_earlier_one(examples: Project) -> None:
    graph = linked(examples, "prov")["@graph"]
    events = [one for one in graph if one["@id"].startswith("urn:twosource:event:")]
    assert events
    assert all(
        claim["@id"].startswith("urn:twosource:claim:") for one in events for claim in one["prov:wasDerivedFrom"]
    )
    derived = [one for one in graph if ":report:" in one["@id"] and "prov:wasDerivedFrom" in one]
    assert derived


def test_a_schema_org_claim_tells_its_words_who_makes_it_and_where_it_appears(exported: Project) -> None:
    first, backs, *_ = linked(exported, "schema-org")["@graph"]
    assert first["@type"] == "Claim"
    assert first["text"] == "Norland shelled Aleppo on 2024-03-01, killing 12"
    assert [one["name"] for one in first["author"]] == ["Halabi"]
    assert first["temporalCoverage"] == "2024-03-01/2024-03-01"
    assert first["appearance"]["url"] == "https://example.org/a?b=1&c=2"
    assert backs["author"] == [{"@type": "Organization", "name": "The <Gazette> & Co"}]


@pytest.mark.parametrize(
    ("kind", "verdict", "subjects", "used"),
    [
        ("claim", "accept", ("r-1", "claim-1"), ["report:r-1", "claim:claim-1"]),
        ("place", "locate", ("r-1", "Al Vale"), ["report:r-1", "place:Al%20Vale"]),
        ("place", "locate", ("Al Vale",), ["place:Al%20Vale"]),
        ("actor", "classify", ("entity-1",), ["entity:entity-1"]),
        ("lineage", "same", ("r-1", "r-2"), ["report:r-1", "report:r-2"]),
        ("event", "merge", ("claim-1", "event-1"), ["claim:claim-1", "event:event-1"]),
        ("sentence", "looked", ("r-1", "3-9"), ["report:r-1", "sentence:r-1%3A3-9"]),
        ("second", "agree", ("7", "ana"), ["decision:7"]),
    ],
)
def test_a_decision_uses_what_it_is_about_under_the_ids_of_the_graph(
    tmp_path: Path, kind: str, verdict: str, subjects: tuple[str, ...], used: list[str]
) -> None:
    decision = Decision(
        kind=DecisionKind(kind), verdict=verdict, subjects=subjects, who="Ana", reason="?", made="2024-03-01T08:00:00Z"
    )
    with open_project(tmp_path / "p.db", create=True) as project:
        with project.writing() as connection:
            append(connection, decision)
        [told] = [one for one in linked(project, "prov")["@graph"] if ":decision:" in one["@id"]]
    assert [one["@id"].removeprefix("urn:twosource:") for one in told["prov:used"]] == used
