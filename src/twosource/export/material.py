"""What every format is made of: the records of a project that a choice chooses, masked for publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import as_file, files
from typing import Any

import msgspec

from twosource.closed_sets import ActorKind
from twosource.corpus.decided_places import PERSON
from twosource.corpus_records import Disagreement, Entity, Event, Grade, Lineage, OwnType
from twosource.errors import UsageError
from twosource.export.masking import Masks, shortened
from twosource.knowledge.added_places import data_folder, open_gazetteer
from twosource.knowledge.gazetteer import Gazetteer, GazetteerPlace
from twosource.records import Claim, Named, Place, Report
from twosource.store import Project
from twosource.views import actors, claims, disagreements, events, whole_records
from twosource.views.claims import ClaimFilter, ClaimRow
from twosource.views.events import EventFilter
from twosource.views.killed import private_names
from twosource.views.own_types import names_of, own_types

__all__ = ["Choice", "ClaimItem", "EventItem", "Material", "Publication", "ReportItem", "with_private_names_withheld"]


_FEW = 2000  # claims that are looked up by their ids


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """How an export is made fit to be given away: full texts are left out, quotations cut, marked names masked.

    ``quotation`` is how many code points of a run of evidence are kept. ``masked`` are the names,
    as reports write them.
    """

    quotation: int = 200
    masked: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.quotation < 1:
            raise UsageError(f"a quotation of {self.quotation} characters says nothing: give at least 1")


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What is exported. Without a filter or grades that is everything.

    Chosen claims are those that the filter chooses and, where ``grades`` are given, that are of an event with one of
    them; where ``events`` is given, they are of an event that it chooses. Events are those with a chosen claim, whole;
    reports, lineages and entities are those of chosen claims; disagreements those between two of them. ``publication``
    is None for an export that stays in the house. ``title`` and ``day`` are printed where a format is for reading.
    """

    claims: ClaimFilter = ClaimFilter()
    grades: frozenset[Grade] = frozenset()
    events: EventFilter | None = None
    publication: Publication | None = None
    title: str | None = None
    day: datetime.date | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out by what it says."""
        return self.claims == ClaimFilter() and not self.is_by_event

    @property
    def is_by_event(self) -> bool:
        """Whether claims are chosen by the event that they are of."""
        return bool(self.grades) or self.events is not None

    @property
    def told(self) -> dict[str, Any]:
        """What the filters ask for, by the names of their fields, without those that they leave as they are."""
        found: dict[str, Any] = {}
        for asked, every in ((self.claims, ClaimFilter()), (self.events, EventFilter())):
            left = msgspec.to_builtins(every)
            given = msgspec.to_builtins(asked) if asked is not None else {}
            found |= {name: value for name, value in given.items() if value != left[name]}
        return found


class ReportItem(msgspec.Struct, frozen=True, kw_only=True):
    """A report, its text empty in an export for publication, and how many chosen claims it holds."""

    report: Report
    claims: int


class ClaimItem(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with its report and what the report's reading made of its places.

    ``places`` has an entry for each of the claim's places. ``evidence`` are the words of each run; ``whole`` tells for
    each whether they are the report's own, neither cut nor masked. ``text`` is None in an export for publication.
    ``kinds`` are those of the names whose entity is known, ``own_types`` the names of the project's own types.
    """

    row: ClaimRow
    report: Report
    places: tuple[Place | None, ...]
    event: str | None
    whole: tuple[bool, ...]
    text: str | None
    kinds: Mapping[str, ActorKind]
    own_types: tuple[str, ...] = ()

    @property
    def claim(self) -> Claim:
        """The claim's record."""
        return self.row.claim

    @property
    def evidence(self) -> tuple[str, ...]:
        """The words of each run of evidence."""
        return self.row.evidence


def with_private_names_withheld(project: Project, choice: Choice) -> Choice:
    """The choice with the names of private persons reported killed among the masked; one that stays in the house as is.

    They come after the names that the user marks, in the order in which their deaths are first reported.
    """
    if choice.publication is None:
        return choice
    masked = tuple(dict.fromkeys([*choice.publication.masked, *private_names(project)]))
    return msgspec.structs.replace(choice, publication=msgspec.structs.replace(choice.publication, masked=masked))


class EventItem(msgspec.Struct, frozen=True, kw_only=True):
    """An event with its claims by their ids, its reports by theirs, and the place that most accounts give, located."""

    event: Event
    claims: Mapping[str, ClaimItem]
    reports: Mapping[str, Report]
    place: GazetteerPlace | None


class Material:
    """The chosen records of a project, each kind in a fixed order that depends on nothing but the records."""

    def __init__(self, project: Project, choice: Choice | None = None) -> None:
        """Asks the project when a record is asked for; ``choice`` None is everything, as it is."""
        self.project = project
        self.choice = choice or Choice()
        publication = self.choice.publication
        self.masks = Masks(publication.masked if publication else ())

    @cached_property
    def own_types(self) -> tuple[OwnType, ...]:
        """The project's own types of events, by their names."""
        return own_types(self.project)

    def claims(self) -> Iterator[ClaimItem]:
        """The chosen claims, by report id, then by place in the text."""
        yield from self._claims.values()

    def reports(self) -> Iterator[ReportItem]:
        """The reports of chosen claims, or all where everything is chosen, by id."""
        counted: dict[str, int] = {}
        for row in self._rows:
            counted[row.claim.report] = counted.get(row.claim.report, 0) + 1
        for id_, report in self._reports.items():
            if self.choice.is_everything or id_ in counted:
                yield ReportItem(report=self._published(report), claims=counted.get(id_, 0))

    def events(self) -> Iterator[EventItem]:
        """The events of chosen claims, by their first day (those without one last), then by id."""
        found = [one for one in self._events if self.choice.is_everything or self._chosen_ids.intersection(one.claims)]
        for event in sorted(found, key=lambda one: (one.start is None, str(one.start), one.id)):
            items = {id_: self._item(row) for row in self._rows_of(event) if (id_ := row.claim.id)}
            texts = {id_: self._published(self._reports[id_]) for id_ in event.reports if id_ in self._reports}
            yield EventItem(event=self.masks.record(event), claims=items, reports=texts, place=self._located(event))

    def lineages(self) -> Iterator[Lineage]:
        """The families of the reports that are exported, the largest first."""
        exported = set(self._reports) if self.choice.is_everything else {row.claim.report for row in self._rows}
        for one in whole_records.all_lineages(self.project):
            if exported.intersection(one.reports):
                yield self.masks.record(one)

    def disagreements(self) -> Iterator[Disagreement]:
        """The disagreements among chosen claims, by event, then by id; their words cut as evidence is."""
        found = [row.disagreement for row in disagreements.disagreements(self.project, self.choice.claims)]
        for one in sorted(found, key=lambda one: (one.event or "", one.id)):
            if not self.choice.is_by_event or self._chosen_ids.issuperset(one.claims):
                yield self._cut(self.masks.record(one))

    def entities(self) -> Iterator[Entity]:
        """The entities that chosen claims name, by id; people without a name of their own are left out."""
        named = {id_ for row in self._rows for id_ in self._entities_in(row)}
        found = [one.entity for one in actors.list_actors(self.project)]
        for one in sorted(found, key=lambda entity: entity.id):
            if self.choice.is_everything or one.id in named:
                yield self.masks.record(one)

    def entity_id(self, report: str, name: str) -> str | None:
        """The id of the entity that a name means in a report (both as they stand in the items), where one is known."""
        return self._masked_entities.get((report, name))

    def entity_kinds(self) -> dict[str, ActorKind]:
        """The kind of each entity by its id, those without a name of their own ('civilians') among them."""
        return {self.masks.words(id_): kind for id_, kind in self._kinds.items()}

    def gazetteer(self) -> Gazetteer:
        """The packaged gazetteer with the places that the user added, mapped into memory."""
        return self._gazetteer

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        with as_file(files("twosource").joinpath("data", "places.bin")) as path:
            return open_gazetteer(path, data_folder())

    @cached_property
    def _reports(self) -> dict[str, Report]:
        return {one.report.id: one.report for one in self._in_full}

    @cached_property
    def _in_full(self) -> tuple[whole_records.ReportInFull, ...]:
        ids = None if self.choice.is_everything else {row.claim.report for row in self._rows} | self._event_reports
        return tuple(whole_records.all_reports(self.project, ids))

    @cached_property
    def _event_reports(self) -> set[str]:
        return {report for one in self._events if self._chosen_ids.intersection(one.claims) for report in one.reports}

    @cached_property
    def _places(self) -> dict[str, dict[tuple[int, int], Place]]:
        return {one.report.id: {(p.span.start, p.span.end): p for p in one.places} for one in self._in_full}

    @cached_property
    def _events(self) -> tuple[Event, ...]:
        """The events that a chosen claim can be of: those that the choice names by a grade or a filter, or all."""
        grades = self.choice.grades
        found = events.find_events(self.project, self.choice.events or EventFilter(), limit=None)
        return tuple(one for one in found if not grades or one.grade in grades)

    @cached_property
    def _event_of(self) -> dict[str, str]:
        if self.choice.is_by_event:
            return {claim: one.id for one in self._events for claim in one.claims}
        return whole_records.events_of_claims(self.project)

    @cached_property
    def _entity_of(self) -> dict[tuple[str, str], str]:
        return whole_records.entity_of(self.project)

    @cached_property
    def _masked_entities(self) -> dict[tuple[str, str], str]:
        words = self.masks.words
        return {(words(report), words(name)): words(id_) for (report, name), id_ in self._entity_of.items()}

    @cached_property
    def _rows(self) -> tuple[ClaimRow, ...]:
        if not self.choice.is_by_event:
            return tuple(claims.every_claim(self.project, self.choice.claims))
        if self._is_of_few:
            return tuple(sorted(claims.claims_with(self.project, self._event_of), key=_place_of))
        every = claims.every_claim(self.project, self.choice.claims)
        return tuple(row for row in every if row.claim.id in self._event_of)

    @cached_property
    def _is_of_few(self) -> bool:
        """Whether all claims of a few events are chosen: then those alone are looked up."""
        return self.choice.is_by_event and self.choice.claims == ClaimFilter() and len(self._event_of) <= _FEW

    @cached_property
    def _chosen_ids(self) -> set[str]:
        return {row.claim.id for row in self._rows}

    @cached_property
    def _claims(self) -> dict[str, ClaimItem]:
        return {row.claim.id: self._item(row) for row in self._rows}

    @cached_property
    def _all_rows(self) -> dict[str, ClaimRow]:
        """Every claim of the project by its id: an event is exported whole, with claims that were not chosen."""
        whole = self.choice.is_everything or self._is_of_few
        every = self._rows if whole else claims.every_claim(self.project)
        return {row.claim.id: row for row in every}

    def _rows_of(self, event: Event) -> list[ClaimRow]:
        return [self._all_rows[id_] for id_ in event.claims if id_ in self._all_rows]

    def _item(self, row: ClaimRow) -> ClaimItem:
        report = self._reports[row.claim.report]
        spots = self._places[row.claim.report]
        publication = self.choice.publication
        masked = self.masks.record(row)
        evidence = tuple(shortened(words, publication.quotation) if publication else words for words in masked.evidence)
        return ClaimItem(
            row=msgspec.structs.replace(masked, evidence=evidence),
            report=self._published(report),
            places=tuple(_place_at(spots, named) for named in row.claim.places),
            event=self._event_of.get(row.claim.id),
            whole=tuple(shown == own for shown, own in zip(evidence, row.evidence, strict=True)),
            text=None if publication else report.text,
            kinds=self._kinds_in(row),
            own_types=tuple(self.masks.words(one) for one in names_of(self.own_types, row.claim, row.evidence)),
        )

    def _published(self, report: Report) -> Report:
        if self.choice.publication is None:
            return report
        bare = msgspec.structs.replace(report, text="", body=0, dates=(), origin=None)
        return self.masks.record(bare)

    def _cut(self, one: Disagreement) -> Disagreement:
        publication = self.choice.publication
        if publication is None:
            return one
        first, second = one.words
        words = (shortened(first, publication.quotation), shortened(second, publication.quotation))
        return msgspec.structs.replace(one, words=words)

    def _located(self, event: Event) -> GazetteerPlace | None:
        keys = (value.key for value in event.places if value.key)
        return next((found for key in keys if (found := self._gazetteer.known(key)) is not None), None)

    def _kinds_in(self, row: ClaimRow) -> dict[str, ActorKind]:
        claim = row.claim
        names = (named.name for named in (*claim.actors, *claim.targets, *claim.sources, *claim.via))
        known = ((name, self._kinds.get(self._entity_of.get((claim.report, name), ""))) for name in names)
        return {self.masks.words(name): kind for name, kind in known if kind is not None}

    @cached_property
    def _kinds(self) -> dict[str, ActorKind]:
        return {one.entity.id: one.entity.kind for one in actors.list_actors(self.project, generic=True)}

    def _entities_in(self, row: ClaimRow) -> Iterator[str]:
        claim = row.claim
        for named in (*claim.actors, *claim.targets, *claim.sources, *claim.via):
            found = self._entity_of.get((claim.report, named.name))
            if found is not None:
                yield found


def _place_of(row: ClaimRow) -> tuple[str, int]:
    claim = row.claim
    return claim.report, claim.evidence[0].start if claim.evidence else claim.trigger.start


def _place_at(spots: Mapping[tuple[int, int], Place], named: Named) -> Place | None:
    for span in (named.span, named.said_at):
        found = spots.get((span.start, span.end))
        if found is not None:
            return found
    met = (one for one in spots.values() if one.span.meets(named.span) or one.span.meets(named.said_at))
    return next((one for one in met if one.rule == PERSON), None)
