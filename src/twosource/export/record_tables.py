"""The six tables of a project: claims, events, reports, lineages, disagreements, entities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from twosource.closed_sets import FigureKind, family_of
from twosource.corpus_records import Disagreement, Entity, Lineage, Value
from twosource.export.material import ClaimItem, EventItem, Material, ReportItem
from twosource.export.tables import Cell, Column, Kind, Table, joined
from twosource.records import Named, Place
from twosource.spans import Span

__all__ = ["CLAIMS", "DISAGREEMENTS", "ENTITIES", "EVENTS", "LINEAGES", "REPORTS", "TABLES"]

TEXT, WHOLE, NUMBER, TRUTH, DAY = Kind.TEXT, Kind.WHOLE, Kind.NUMBER, Kind.TRUTH, Kind.DAY
_TOLLS = (FigureKind.KILLED, FigureKind.INJURED, FigureKind.CAPTURED, FigureKind.DISPLACED)


def _names(values: Sequence[Named]) -> str | None:
    return joined(named.name for named in values)


def _located(item: ClaimItem) -> Place | None:
    return next((place for place in item.places if place is not None and place.lat is not None), None)


def _of_place(attribute: str) -> Callable[[ClaimItem], Cell]:
    def value(item: ClaimItem) -> Cell:
        found: Cell = getattr(_located(item), attribute, None)
        return found

    return value


def _spans(spans: Sequence[Span]) -> str | None:
    return joined(f"{span.start}-{span.end}" for span in spans)


def _toll(kind: FigureKind, side: str) -> Callable[[ClaimItem], Cell]:
    def value(item: ClaimItem) -> Cell:
        whole = [figure for figure in item.claim.figures if figure.kind is kind and figure.part_of is None]
        found: Cell = getattr(whole[0], side) if whole else None
        return found

    return value


def _range(kind: FigureKind, side: str) -> Callable[[EventItem], Cell]:
    def value(item: EventItem) -> Cell:
        found = next((one for one in item.event.figures if one.kind is kind), None)
        cell: Cell = getattr(found, side, None)
        return cell

    return value


def _day(day: object) -> str | None:
    return None if day is None else str(day)


CLAIMS: Table[ClaimItem] = Table(
    name="claims",
    holds="One row a claim: what is said, by whom, in which words, about where and when.",
    leaves_out=(
        "which name stands at which words of the text, and which rule decided (the formats 'claims' and 'project' do)",
        "more than one located place, and more than one figure of a kind",
    ),
    items=Material.claims,
    columns=(
        Column("id", TEXT, "The claim's id: the same report read alike gives the same id.", lambda i: i.claim.id),
        Column("report", TEXT, "The id of the report that says it.", lambda i: i.claim.report),
        Column("outlet", TEXT, "Who published the report.", lambda i: i.report.outlet),
        Column("published", DAY, "The report's day of publication.", lambda i: _day(i.report.published)),
        Column("type", TEXT, "What is claimed, one of the codebook's types.", lambda i: i.claim.type.value),
        Column("family", TEXT, "The codebook's family of that type.", lambda i: family_of(i.claim.type)),
        Column("own_type", TEXT, "The project's own types that it is of; empty: of none, or none are defined.",
               lambda i: joined(i.own_types)),
        Column("evidence", TEXT, "The report's exact words; ' … ' parts two runs.", lambda i: " … ".join(i.evidence)),
        Column("evidence_spans", TEXT, "Where they stand: code points of its text, half-open; '; ' parts runs.",
               lambda i: _spans(i.claim.evidence)),
        Column("actors", TEXT, "Who does it, by the fullest names that the report gives.",
               lambda i: _names(i.claim.actors)),
        Column("targets", TEXT, "To whom it is done.", lambda i: _names(i.claim.targets)),
        Column("places", TEXT, "The most specific places named for it.", lambda i: _names(i.claim.places)),
        Column("place_id", TEXT, "The gazetteer's id of the first of them that is located.", _of_place("place")),
        Column("country", TEXT, "That place's country, by ISO 3166 (two letters).", _of_place("country")),
        Column("latitude", NUMBER, "Of that place, in degrees, WGS 84.", _of_place("lat")),
        Column("longitude", NUMBER, "Of that place, in degrees, WGS 84.", _of_place("lon")),
        Column("precision", TEXT, "What those degrees can mean: exact, town, district, province, region or country.",
               _of_place("precision")),
        Column("when", TEXT, "The report's words for the time.",
               lambda i: i.claim.when.phrase if i.claim.when else None),
        Column("start", DAY, "The first day that those words can mean; empty: open or not said.",
               lambda i: _day(i.claim.when.start) if i.claim.when else None),
        Column("end", DAY, "The last day that they can mean.",
               lambda i: _day(i.claim.when.end) if i.claim.when else None),
        *(
            Column(f"{kind.value}_{side}", WHOLE, f"The {word} number of {kind.value}; empty: open or not said.",
                   _toll(kind, side))
            for kind in _TOLLS
            for side, word in (("low", "lowest"), ("high", "highest"))
        ),
        Column("figures", TEXT, "Every figure, as its words with what they count.",
               lambda i: joined(f"{figure.phrase} ({figure.kind.value})" for figure in i.claim.figures)),
        Column("sources", TEXT, "Who says it; empty: the report in its own voice.", lambda i: _names(i.claim.sources)),
        Column("via", TEXT, "Who passed it on, from the source outwards.", lambda i: _names(i.claim.via)),
        Column("stance", TEXT, "asserts, confirms, denies (what is denied stands here in the positive) or asks.",
               lambda i: i.claim.stance.value),
        Column("certainty", TEXT, "How firmly: certain, probable, possible or unknown.",
               lambda i: i.claim.certainty.value),
        Column("status", TEXT, "happened, ongoing, planned or hypothetical.", lambda i: i.claim.status.value),
        Column("negated", TRUTH, "Whether the source says that it is not so.", lambda i: i.claim.negated),
        Column("denies", TEXT, "The id of the claim in the same report that this one denies.",
               lambda i: i.claim.denies),
        Column("confidence", NUMBER, "How likely a careful coder would code it so, 0 to 1.",
               lambda i: i.claim.confidence),
        Column("event", TEXT, "The id of the event that it tells of.", lambda i: i.event),
    ),
)  # fmt: skip


def _values(values: Sequence[Value]) -> str | None:
    return joined(value.name for value in values)


def _place(attribute: str) -> Callable[[EventItem], Cell]:
    def value(item: EventItem) -> Cell:
        found: Cell = getattr(item.place, attribute, None)
        return found

    return value


EVENTS: Table[EventItem] = Table(
    name="events",
    holds="One row an event: what its accounts tell, as ranges, with how many independent origins bear it out.",
    leaves_out=(
        "which account gives which value (the claims of each event are in the table of claims)",
        "more than one located place",
    ),
    items=Material.events,
    columns=(
        Column("id", TEXT, "The event's id.", lambda i: i.event.id),
        Column("type", TEXT, "The most specific type that most accounts give.", lambda i: i.event.type.value),
        Column("types", TEXT, "Every type that an account gives.", lambda i: joined(t.value for t in i.event.types)),
        Column("own_type", TEXT, "The project's own types that a claim of it is of; empty: of none.",
               lambda i: joined(sorted({name for claim in i.claims.values() for name in claim.own_types}))),
        Column("start", DAY, "The first day, by the best-borne of the accounts.", lambda i: _day(i.event.start)),
        Column("end", DAY, "The last day.", lambda i: _day(i.event.end)),
        Column("actors", TEXT, "Who did it, by any account; the most named first.", lambda i: _values(i.event.actors)),
        Column("targets", TEXT, "To whom, by any account; the most named first.", lambda i: _values(i.event.targets)),
        Column("places", TEXT, "Where, by any account; the most named first.", lambda i: _values(i.event.places)),
        Column("place_id", TEXT, "The gazetteer's id of the first of them that is located.", _place("id")),
        Column("country", TEXT, "That place's country, by ISO 3166 (two letters).", _place("country")),
        Column("latitude", NUMBER, "Of that place, in degrees, WGS 84.", _place("lat")),
        Column("longitude", NUMBER, "Of that place, in degrees, WGS 84.", _place("lon")),
        Column("precision", TEXT, "What those degrees can mean: exact, town, district, province, region or country.",
               _place("precision")),
        *(
            Column(f"{kind.value}_{side}", WHOLE, f"The {word} number of {kind.value} that an account gives.",
                   _range(kind, side))
            for kind in _TOLLS
            for side, word in (("low", "lowest"), ("high", "highest"))
        ),
        Column("grade", TEXT, "How well it is borne out: confirmed, fair, weak, contested, denied or planned.",
               lambda i: i.event.grade.value),
        Column("grade_reason", TEXT, "Why it has that grade.", lambda i: i.event.grade_reason or None),
        Column("origins", WHOLE, "Independent origins: lineages and named sources, not mastheads.",
               lambda i: i.event.origins),
        Column("accounts", WHOLE, "How many accounts tell of it.", lambda i: len(i.event.accounts)),
        Column("reports", WHOLE, "How many reports tell of it, reprints included.", lambda i: len(i.event.reports)),
        Column("denials", WHOLE, "How many claims deny it.", lambda i: len(i.event.denials)),
        Column("outcome", TEXT, "What became of what was planned; empty for what nobody planned.",
               lambda i: i.event.outcome.value if i.event.outcome else None),
        Column("claims", TEXT, "The ids of its claims.", lambda i: joined(i.event.claims)),
    ),
)  # fmt: skip

REPORTS: Table[ReportItem] = Table(
    name="reports",
    holds="One row a report, without its text.",
    leaves_out=("the report's text and older versions of it (the format 'project' has them)",),
    items=Material.reports,
    columns=(
        Column("id", TEXT, "The report's id.", lambda i: i.report.id),
        Column("title", TEXT, "Its title.", lambda i: i.report.title),
        Column("outlet", TEXT, "Who published it.", lambda i: i.report.outlet),
        Column("published", DAY, "Its day of publication.", lambda i: _day(i.report.published)),
        Column("agency", TEXT, "The agency that it credits.", lambda i: i.report.agency),
        Column("url", TEXT, "Where it was published.", lambda i: i.report.url),
        Column("language", TEXT, "Its language, by ISO 639.", lambda i: i.report.language),
        Column("claims", WHOLE, "How many of the exported claims it holds.", lambda i: i.claims),
        Column("digest", TEXT, "SHA-256 of its id, its text and what is known of it.",
               lambda i: i.report.digest or None),
        Column("sha256", TEXT, "SHA-256 of the original bytes.",
               lambda i: i.report.origin.sha256 if i.report.origin else None),
    ),
)  # fmt: skip

LINEAGES: Table[Lineage] = Table(
    name="lineages",
    holds="One row a family of reports that come from one original text.",
    leaves_out=("how each two of its reports depend on each other, and the words that they share",),
    items=Material.lineages,
    columns=(
        Column("id", TEXT, "The lineage's id.", lambda one: one.id),
        Column("origin", TEXT, "The agency or outlet that all go back to, where a credit names it.",
               lambda one: one.origin),
        Column("size", WHOLE, "How many reports are in it.", lambda one: len(one.reports)),
        Column("reports", TEXT, "Their ids.", lambda one: joined(one.reports)),
        Column("reason", TEXT, "What holds them together.", lambda one: one.reason or None),
    ),
)  # fmt: skip


def _side(attribute: str, side: int) -> Callable[[Disagreement], Cell]:
    def value(one: Disagreement) -> Cell:
        found: Any = getattr(one, attribute)[side]
        return joined(found) if isinstance(found, tuple) else (found or None)

    return value


DISAGREEMENTS: Table[Disagreement] = Table(
    name="disagreements",
    holds="One row for two claims that can't both be right.",
    leaves_out=("disagreements of more than two sides, which are told two by two",),
    items=Material.disagreements,
    columns=(
        Column("id", TEXT, "The disagreement's id.", lambda one: one.id),
        Column("event", TEXT, "The id of the event that it is about.", lambda one: one.event),
        Column("field", TEXT, "What they differ in: a kind of figure, actor, happened, place, when or type.",
               lambda one: one.field),
        *(
            Column(f"{name}_{number}", TEXT, f"{meaning} on side {number}.", _side(attribute, number - 1))
            for number in (1, 2)
            for name, attribute, meaning in (
                ("claim", "claims", "The claim's id"),
                ("report", "reports", "The report's id"),
                ("speakers", "speakers", "Who says it"),
                ("value", "values", "What is said"),
                ("words", "words", "The exact words"),
            )
        ),
        Column("size", NUMBER, "How far figures are apart: the base-2 logarithm of their ratio; 0 for other fields.",
               lambda one: one.size),
        Column("strict", TRUTH, "False where each figure leaves room for the other.", lambda one: one.strict),
        Column("inside", TRUTH, "Whether both stand in one report.", lambda one: one.inside),
        Column("reason", TEXT, "Why they clash.", lambda one: one.reason),
    ),
)  # fmt: skip

ENTITIES: Table[Entity] = Table(
    name="entities",
    holds="One row an actor or source under all its names.",
    leaves_out=("which outlets use which name, and people without a name of their own ('rebels')",),
    items=Material.entities,
    columns=(
        Column("id", TEXT, "The entity's id.", lambda one: one.id),
        Column("name", TEXT, "Its first name to show.", lambda one: one.name),
        Column("kind", TEXT, "What kind of actor it is.", lambda one: one.kind.value),
        Column("names", TEXT, "All its names, the most used first.", lambda one: joined(one.names)),
        Column("actor", TEXT, "The id of its row in the table of known actors.", lambda one: one.actor),
        Column("owner", TEXT, "The id of the entity whose people or things it is.", lambda one: one.owner),
        Column("succeeds", TEXT, "The ids of the entities that it grew out of.", lambda one: joined(one.succeeds)),
    ),
)  # fmt: skip

TABLES: tuple[Table[Any], ...] = (CLAIMS, EVENTS, REPORTS, LINEAGES, DISAGREEMENTS, ENTITIES)
"""The tables in the order in which they are told."""
