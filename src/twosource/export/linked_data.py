"""Claims as linked data: W3C Web Annotations on their words, PROV-O on how they came to be, schema.org Claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

import msgspec

from twosource import __version__
from twosource.closed_sets import ActorKind
from twosource.corpus_records import Decision, Relation
from twosource.export.claims import codebook_form
from twosource.export.material import ClaimItem, Material
from twosource.records import Report
from twosource.spans import Span
from twosource.views.whole_records import all_decisions, all_dependences

__all__ = ["prov", "schema_org", "web_annotations"]

_AROUND = 32  # code points of the text before and after the words, by which they are found where pages differ
_PERSONS = frozenset({ActorKind.PERSON, ActorKind.OFFICIAL})
_ENGINE = "urn:twosource:engine"
Linked = dict[str, Any]


def web_annotations(material: Material) -> Iterator[bytes]:
    """An AnnotationCollection with an annotation for each claim and a target for each run of its evidence.

    A TextPositionSelector counts in Unicode code points of the report's text as the project holds it. A
    TextQuoteSelector stands beside it wherever the words are given whole.
    """
    yield b'{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:twosource:annotations",'
    yield b'"type":"AnnotationCollection","label":"Claims","first":{"type":"AnnotationPage","items":[\n'
    yield from _parted(_annotation(item) for item in material.claims())
    yield b"\n]}}\n"


def prov(material: Material) -> Iterator[bytes]:
    """A JSON-LD graph in PROV-O: claims derived from reports, by which engine; reports derived from reports; events
    derived from claims; people's decisions, each as an activity that follows on what it decides about."""
    context = {
        "prov": "http://www.w3.org/ns/prov#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
    yield b'{"@context":' + msgspec.json.encode(context) + b',"@graph":[\n'
    yield from _parted(_provenance(material))
    yield b"\n]}\n"


def schema_org(material: Material) -> Iterator[bytes]:
    """A JSON-LD graph with a schema.org Claim for each claim: its words, who makes it, and where it appears."""
    yield b'{"@context":"https://schema.org","@graph":[\n'
    yield from _parted(_schema_claim(item) for item in material.claims())
    yield b"\n]}\n"


def _parted(records: Iterable[Linked]) -> Iterator[bytes]:
    """The records as JSON with commas between them, one a line."""
    first = True
    for record in records:
        yield b"" if first else b",\n"
        yield msgspec.json.encode(record)
        first = False


def _annotation(item: ClaimItem) -> Linked:
    claim = item.claim
    return {
        "id": _urn("claim", claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": claim.type.value},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "application/json",
                "value": msgspec.json.encode(codebook_form(item.row)).decode(),
            },
        ],
        "target": [
            {
                "source": item.report.url or _urn("report", claim.report),
                "selector": _selectors(item, span, words, whole),
            }
            for span, words, whole in zip(claim.evidence, item.evidence, item.whole, strict=True)
        ],
    }


def _selectors(item: ClaimItem, span: Span, words: str, whole: bool) -> list[Linked]:
    position: Linked = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    if not whole:
        return [position]
    found: Linked = {"type": "TextQuoteSelector", "exact": words}
    if item.text is not None:
        found["prefix"] = item.text[max(0, span.start - _AROUND) : span.start]
        found["suffix"] = item.text[span.end : span.end + _AROUND]
    return [found, position]


def _provenance(material: Material) -> Iterator[Linked]:
    yield {
        "@id": _ENGINE,
        "@type": ["prov:Agent", "prov:SoftwareAgent"],
        "rdfs:label": f"twosource {__version__}",
    }
    outlets: set[str] = set()
    exported: set[str] = set()
    for item in material.reports():
        exported.add(item.report.id)
        yield from _report(item.report, outlets)
    for claim in material.claims():
        yield _claim(claim)
    for event in material.events():
        claims = [_ref("claim", id_) for id_ in event.event.claims]
        yield {"@id": _urn("event", event.event.id), "@type": "prov:Entity", "prov:wasDerivedFrom": claims}
    for one in all_dependences(material.project):
        if one.relation is not Relation.NONE and one.directed and exported.issuperset(one.pair):
            later, earlier = (material.masks.words(id_) for id_ in (one.later, one.earlier))
            yield {"@id": _urn("report", later), "prov:wasDerivedFrom": _ref("report", earlier)}
    if material.choice.is_everything and material.choice.publication is None:
        for decision in all_decisions(material.project):
            yield from _decision(decision)


def _report(report: Report, outlets: set[str]) -> Iterator[Linked]:
    if report.outlet and report.outlet not in outlets:
        outlets.add(report.outlet)
        yield {
            "@id": _urn("outlet", report.outlet),
            "@type": ["prov:Agent", "prov:Organization"],
            "rdfs:label": report.outlet,
        }
    told: Linked = {"@id": _urn("report", report.id), "@type": "prov:Entity", "rdfs:label": report.title or report.id}
    if report.outlet:
        told["prov:wasAttributedTo"] = _ref("outlet", report.outlet)
    if report.published:
        told["prov:generatedAtTime"] = {"@type": "xsd:date", "@value": report.published}
    if report.url:
        told["prov:alternateOf"] = {"@id": quote(report.url, safe=":/?#[]@!$&'()*+,;=%-._~")}
    yield told
    yield {
        "@id": _urn("reading", report.id),
        "@type": "prov:Activity",
        "prov:used": _ref("report", report.id),
        "prov:wasAssociatedWith": {"@id": _ENGINE},
    }


def _claim(item: ClaimItem) -> Linked:
    claim = item.claim
    return {
        "@id": _urn("claim", claim.id),
        "@type": "prov:Entity",
        "rdfs:label": claim.type.value,
        "prov:value": " … ".join(item.evidence),
        "prov:wasQuotedFrom": _ref("report", claim.report),
        "prov:wasGeneratedBy": _ref("reading", claim.report),
        "prov:wasAttributedTo": [_ref("source", named.name) for named in claim.sources],
        "rdfs:comment": [f"{reason.field}: {reason.rule}" for reason in claim.reasons],
    }


def _decision(decision: Decision) -> Iterator[Linked]:
    yield {"@id": _urn("person", decision.who), "@type": ["prov:Agent", "prov:Person"], "rdfs:label": decision.who}
    yield {
        "@id": _urn("decision", str(decision.number)),
        "@type": "prov:Activity",
        "rdfs:label": f"{decision.kind.value}: {decision.verdict}",
        "rdfs:comment": decision.reason,
        "prov:endedAtTime": {"@type": "xsd:dateTime", "@value": decision.made},
        "prov:wasAssociatedWith": _ref("person", decision.who),
        "prov:used": [_ref(kind, id_) for kind, id_ in _used(decision)],
    }


def _used(decision: Decision) -> list[tuple[str, str]]:
    """What a decision is about, each with its kind: of two subjects the first is mostly the report that holds it."""
    first, *others = decision.subjects
    kind = decision.kind.value
    if kind == "second":  # the other subject is the person, with whom the activity is associated anyway
        return [("decision", first)]
    if kind == "sentence":  # known by its place in the report alone
        return [("report", first), *(("sentence", f"{first}:{place}") for place in others)]
    if kind == "coding":
        return list(zip(("task", "person", "report", "claim"), decision.subjects, strict=False))
    if kind in ("claim", "outcome") or (kind == "place" and others):
        return [("report", first), *(("place" if kind == "place" else "claim", id_) for id_ in others)]
    if kind == "event":  # a word on events names some of them, or claims
        return [(kind if id_.startswith("event-") else "claim", id_) for id_ in decision.subjects]
    named = {"lineage": "report", "actor": "entity"}.get(kind, kind)
    return [(named, id_) for id_ in decision.subjects]


def _schema_claim(item: ClaimItem) -> Linked:
    claim, report = item.claim, item.report
    article: Linked = {"@type": "NewsArticle", "@id": _urn("report", report.id), "headline": report.title}
    article |= {"datePublished": report.published, "url": report.url}
    if report.outlet:
        article["publisher"] = {"@type": "Organization", "name": report.outlet}
    return {
        "@type": "Claim",
        "@id": _urn("claim", claim.id),
        "text": " … ".join(item.evidence),
        "about": claim.type.value.replace("_", " "),
        "author": [{"@type": "Person" if _is_person(item, n) else "Organization", "name": n} for n in _voices(item)],
        "contentLocation": [{"@type": "Place", "name": named.name} for named in claim.places],
        "temporalCoverage": _temporal(item),
        "appearance": {name: value for name, value in article.items() if value is not None},
    }


def _voices(item: ClaimItem) -> list[str]:
    """Who makes the claim: its sources, or the outlet where the report says it in its own voice."""
    return [named.name for named in item.claim.sources] or ([item.report.outlet] if item.report.outlet else [])


def _is_person(item: ClaimItem, name: str) -> bool:
    return item.kinds.get(name) in _PERSONS


def _temporal(item: ClaimItem) -> str | None:
    when = item.claim.when
    if when is None or (when.start is None and when.end is None):
        return None
    return f"{when.start or '..'}/{when.end or '..'}"


def _urn(kind: str, id_: str) -> str:
    return f"urn:twosource:{kind}:{quote(id_, safe='')}"


def _ref(kind: str, id_: str) -> Linked:
    return {"@id": _urn(kind, id_)}
