"""What the questions over many claims share: the claims with their reports, one naming of actors, and who said it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

import msgspec
from sqlalchemy import Connection

from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.corpus.decided_claims import Mark
from twosource.corpus.tellings import Telling
from twosource.errors import UsageError
from twosource.knowledge.name_index import fold_actor
from twosource.records import Claim
from twosource.spans import Span
from twosource.store import Project, event_query
from twosource.store import lineage as stored
from twosource.store.claim_filter import Among, ClaimFilter
from twosource.store.decided_query import LeftOut, every_decided, newest_decided, standing_of
from twosource.store.entity_lookup import EntityLookup
from twosource.store.events import lineages_of
from twosource.views.loaded import actor_table

__all__ = [
    "Among",
    "Basis",
    "LeftOut",
    "LookedAt",
    "Names",
    "Rows",
    "Saying",
    "basis_of",
    "claims_of_event",
    "looked_at",
    "most_on_a_page",
    "names_in",
    "saying",
    "tellings",
    "tellings_of_event",
]

T = TypeVar("T")
_MOST_ON_A_PAGE, _FEW = 150, 500


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """Who says one claim, in which report, and the words: ``spans`` are those of ``words`` in the report's text.

    ``speakers`` is the outlet (or the report's id) where the report says it in its own voice.
    """

    claim: str
    report: str
    outlet: str | None
    published: datetime.date | None
    type: ClaimType
    speakers: tuple[str, ...]
    own_voice: bool
    via: tuple[str, ...]
    stance: Stance
    certainty: Certainty
    status: Status
    negated: bool
    words: tuple[str, ...]
    spans: tuple[Span, ...]


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer rests on: claims, the reports that make them, and how many of those are no copies of another."""

    claims: int
    reports: int
    lineages: int


class LookedAt(NamedTuple):
    """The tellings that an answer is made of, and what was left out, where something was."""

    tellings: tuple[Telling, ...]
    left_out: LeftOut | None


class Rows(tuple[T, ...]):
    """The rows of an answer, with what was left out of the claims that they are made of: None where nothing was."""

    left_out: LeftOut | None = None

    @classmethod
    def made(cls, rows: Iterable[T], left_out: LeftOut | None) -> Rows[T]:
        """The rows, with what was left out."""
        found = cls(rows)
        found.left_out = left_out
        return found


class Names:
    """One naming of a project's actors: which names mean one, and which may stand for another.

    Where the project's names were told apart into entities, those are used; else the table of known actors, by which a
    name that it doesn't hold means itself alone.
    """

    def __init__(self, project: Project, reports: Iterable[str] = ()) -> None:
        """``reports`` (ids) are those whose names will be asked for: they are read at once."""
        self._table = actor_table()
        self._lines: dict[str, frozenset[str]] = {}
        self._index = EntityLookup(project, reports)

    def key(self, name: str, report: str) -> str:
        """The key of the actor that a name means in a report."""
        if not self._index.is_empty:
            return self._index.entity_of(name, report)
        rows = self._table.find(name)
        return f"actor:{rows[0].id}" if rows and not self._table.ambiguous(name) else fold_actor(name)

    def read_ahead(self, found: Iterable[Telling]) -> None:
        """Reads at once what tells which of the actors in these tellings may stand for another."""
        if not self._index.is_empty:
            claims = [telling.claim for telling in found]
            named = (
                (one.name, claim.report) for claim in claims for one in (*claim.actors, *claim.targets, *claim.sources)
            )
            self._index.read({self.key(name, report) for name, report in named})

    def kin(self, first: str, second: str) -> bool:
        """Whether two keys may stand for one: a part, an owner or a state of the other, or not known."""
        if first == second or self._unnamed(first) or self._unnamed(second):
            return True
        ours, theirs = self._line(first), self._line(second)
        return bool(ours & theirs)

    def _unnamed(self, key: str) -> bool:
        """Whether a key is of no known actor ('rebels', a spokesman), who may belong to anybody."""
        return not key.startswith("actor:")

    def _line(self, key: str) -> frozenset[str]:
        """The ids of an actor's row, of all that it is a part of, and the countries of state actors."""
        if key not in self._lines:
            self._lines[key] = self._line_anew(key)
        return self._lines[key]

    def _line_anew(self, key: str) -> frozenset[str]:
        found: set[str] = set()
        owner = None if self._index.is_empty else self._index.owner_of(key)
        waiting = [one.removeprefix("actor:") for one in (key, owner) if one]
        while waiting:
            row = self._table.get(waiting.pop())
            if row is None or row.id in found:
                continue
            found.add(row.id)
            if row.kind.startswith("state") or row.kind == "official":
                found.update(f"country {one}" for one in row.country)
            waiting += [row.parent] if row.parent else []
        return frozenset(found or {key})


def most_on_a_page(claims: int) -> int:
    """How many claims a page of the desk is made of at most where a project holds so many ``claims``: all of a few.

    In a large project it is then worked out in a tenth of a second or less.
    """
    return max(_MOST_ON_A_PAGE, claims) if claims <= _FEW else _MOST_ON_A_PAGE


def tellings(project: Project, chosen: ClaimFilter | None = None) -> tuple[Telling, ...]:
    """The claims that the filter chooses, each with its report and its lineages, by report and place in the text.

    People's decisions on claims are laid over them, as over every list of claims.
    """
    return looked_at(project, chosen).tellings


def looked_at(
    project: Project, chosen: ClaimFilter | None = None, among: Among | None = None, most: int | None = None
) -> LookedAt:
    """The same claims, as far as they are ``among`` those that a question is about, and no more than ``most``.

    Of more than that it is those published last, and what people fixed or added; what is left out is told.
    """
    with project.looking() as connection:
        left_out: LeftOut | None = None
        if most is None:
            found = list(every_decided(connection, chosen or ClaimFilter(), among))
        else:
            found, left_out = newest_decided(connection, chosen or ClaimFilter(), among, most)
        return LookedAt(_told(connection, [one.claim for one in found]), left_out)


def tellings_of_event(project: Project, claims: Sequence[str]) -> tuple[Telling, ...]:
    """The claims with these ids, of an event, that no person rejected, as ``tellings`` gives them."""
    with project.looking() as connection:
        found = standing_of(connection, event_query.claim_records(connection, claims))
        return _told(connection, [one.claim for one in found if one.mark is not Mark.REJECTED])


def _told(connection: Connection, claims: Sequence[Claim]) -> tuple[Telling, ...]:
    ids = sorted({claim.report for claim in claims})
    reports = stored.reports_with(connection, ids)
    lineages = lineages_of(connection, ids)
    nothing: frozenset[str] = frozenset()
    return tuple(
        Telling(claim=claim, report=reports[claim.report], lineages=lineages.get(claim.report, nothing))
        for claim in claims
    )


def claims_of_event(project: Project, event: str) -> frozenset[str]:
    """The ids of an event's claims. Raises UsageError for an unknown event."""
    with project.looking() as connection:
        found = event_query.event_with(connection, event)
    if found is None:
        raise UsageError(f"the project has no event {event!r}: see them with 'twosource events'")
    return frozenset(found.claims)


def names_in(project: Project, found: Iterable[Telling] = ()) -> Names:
    """The project's naming of actors; the names in these tellings' reports are read at once."""
    return Names(project, {telling.report.id for telling in found})


def saying(telling: Telling) -> Saying:
    """A telling as an answer gives it."""
    claim, report = telling.claim, telling.report
    return Saying(
        claim=claim.id,
        report=report.id,
        outlet=report.outlet,
        published=report.published,
        type=claim.type,
        speakers=telling.speakers,
        own_voice=telling.own_voice,
        via=tuple(named.name for named in claim.via),
        stance=claim.stance,
        certainty=claim.certainty,
        status=claim.status,
        negated=claim.negated,
        words=telling.evidence,
        spans=claim.evidence,
    )


def basis_of(rested_on: Iterable[Telling]) -> Basis:
    """How many claims and reports an answer rests on, and how many of the reports are no copies of each other."""
    every = {telling.claim.id: telling for telling in rested_on}.values()
    reports = {telling.report.id: telling.lineages for telling in every}
    return Basis(claims=len(every), reports=len(reports), lineages=_alone(list(reports.values())))


def _alone(lineages: Sequence[frozenset[str]]) -> int:
    """How many reports are left where those that share a lineage count once."""
    groups: list[set[str]] = []
    alone = 0
    for theirs in lineages:
        if not theirs:
            alone += 1
            continue
        joined = set(theirs).union(*(one for one in groups if one & theirs))
        groups = [one for one in groups if not one & theirs] + [joined]
    return alone + len(groups)
