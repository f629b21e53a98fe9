from __future__ import annotations

import json
from typing import Any

import pytest

from twosource.export.formats import export
from twosource.export.material import Choice, Publication
from twosource.store import Project
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
