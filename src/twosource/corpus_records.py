"""The records of what crosses reports: entities, lineages, events with their accounts, disagreements.

They hold ids and ranges, never a number written over another. A person's decision is laid over them and kept apart.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any

import msgspec

from twosource.closed_sets import ActorKind, Certainty, ClaimType, FigureKind, Stance, Status
from twosource.spans import Span

__all__ = [
    "VERDICTS",
    "Account",
    "BestRule",
    "Correction",
    "Days",
    "Decision",
    "DecisionKind",
    "Dependence",
    "Disagreement",
    "Entity",
    "Event",
    "Grade",
    "Interest",
    "Judgement",
    "Likeness",
    "Lineage",
    "NameJudgement",
    "NameUse",
    "Outcome",
    "OwnRule",
    "OwnType",
    "Passage",
    "Range",
    "Relation",
    "Stake",
    "Suggestion",
    "Told",
    "Value",
]


class Judgement(StrEnum):
    """What a person or a comparer holds of two things."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Relation(StrEnum):
    """How one report depends on another. 'none' means no sign of dependence: never proof of independence."""

    REPRINT = "reprint"
    REWRITE = "rewrite"
    UPDATE = "update"
    NONE = "none"


class Passage(msgspec.Struct, frozen=True, array_like=True):
    """Words of two reports that tell the same, as code points of the text of each."""

    first: Span
    second: Span


class Dependence(msgspec.Struct, frozen=True, kw_only=True):
    """How report ``later`` (ids) depends on report ``earlier``, and the sentence that explains it.

    ``directed`` is False where nothing shows which of the two came first: then they stand in the order of their ids.
    ``likelihood`` is that of any dependence. ``origin`` names the agency or outlet that both go back to, where a
    credit tells. ``passages`` are in order of ``earlier``, their ``first`` span being of it. ``decided`` marks a
    person's word.
    """

    earlier: str
    later: str
    relation: Relation
    reason: str
    directed: bool = True
    likelihood: float = 0.0
    origin: str | None = None
    passages: tuple[Passage, ...] = ()
    decided: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """Both ids in their own order, which no date changes."""
        return (self.earlier, self.later) if self.earlier < self.later else (self.later, self.earlier)


class DecisionKind(StrEnum):
    """What a person decides about."""

    LINEAGE = "lineage"
    ENTITY = "entity"
    EVENT = "event"
    CLAIM = "claim"
    PLACE = "place"
    ACTOR = "actor"
    TRUST = "trust"
    SENTENCE = "sentence"
    TASK = "task"
    CODING = "coding"
    TYPE = "type"
    SETTING = "setting"
    SECOND = "second"
    OUTCOME = "outcome"


VERDICTS: dict[DecisionKind, tuple[str, ...]] = {
    DecisionKind.LINEAGE: tuple(Judgement),
    DecisionKind.ENTITY: tuple(Judgement),
    DecisionKind.EVENT: ("merge", "split", "unsure"),
    DecisionKind.CLAIM: ("accept", "reject", "fix", "add"),
    DecisionKind.PLACE: ("locate", "unplaced"),
    DecisionKind.ACTOR: ("classify",),
    DecisionKind.TRUST: ("trust", "doubt", "unsure"),
    DecisionKind.SENTENCE: ("looked",),
    DecisionKind.TASK: ("set",),
    DecisionKind.CODING: ("accept", "reject", "fix", "add", "finish"),
    DecisionKind.TYPE: ("define",),
    DecisionKind.SETTING: ("choose",),
    DecisionKind.SECOND: ("agree", "disagree", "undecided"),
    DecisionKind.OUTCOME: ("happened", "not-happened", "not-known"),
}
"""What can be decided of each kind. An entry that takes another one back has the verdict 'undo', whatever its kind."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the log of decisions: who decided what about which things, when and why, and what was there before.

    ``subjects`` are ids: sorted where their order says nothing (lineage, entity, event); (report, claim) for a claim;
    (report, name) for a name of a place in one report, (name) for it in all; the entity whose kind is given;
    (report, 'start-end') for a sentence without a claim that somebody looked at; the name of a coding task, of an own
    type of event or of a setting; (task, coder, report) and a claim, where it is about one, for what is coded blind;
    (number of an entry, person) for what somebody holds of another's decision; (report, claim) for what came of the
    plan that the claim tells.
    ``value`` is what the person gives, ``before`` what stood there, both as JSON objects. ``made`` (UTC, ISO 8601),
    ``number`` (from 1), ``previous`` and ``hash`` (SHA-256 in hex) are filled when the entry is added to the log.
    ``undoes`` is the number of the entry that this one takes back.
    """

    kind: DecisionKind
    subjects: tuple[str, ...]
    verdict: str
    reason: str
    who: str
    value: dict[str, Any] = {}
    before: dict[str, Any] = {}
    undoes: int | None = None
    made: str = ""
    number: int = 0
    previous: str = ""
    hash: str = ""


class Lineage(msgspec.Struct, frozen=True, kw_only=True):
    """Reports (ids, sorted) that come from one original text, with the common origin where a credit names it.

    A report that mixes two agencies is in both lineages. ``reason`` is a sentence about what holds them together.
    """

    id: str
    reports: tuple[str, ...]
    origin: str | None = None
    reason: str = ""


class NameUse(msgspec.Struct, frozen=True, kw_only=True):
    """One name of an entity: who uses it, and why it is held to be its name.

    ``reports`` counts those that use it, ``outlets`` are theirs, sorted. ``loaded`` holds those of its words by which
    an outlet takes sides ('terrorists', 'resistance'). ``rule`` names what decided, ``reason`` is a sentence.
    """

    name: str
    reports: int
    outlets: tuple[str, ...]
    judgement: Judgement
    rule: str
    reason: str
    loaded: tuple[str, ...] = ()


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One actor under its names, of which ``name`` is the first to show; ``names`` are sorted by how many use them.

    ``id`` is made of the row in the table of actors ('actor:hezbollah'), else of a name ('name:ahfad-rasul'), else of
    a report and the words in it ('generic:r12:rebels'): a ``generic`` entity is never the same in another report, and
    ``report`` is the one it belongs to. ``read_kind`` is the kind that tables and form tell, where a person gave it
    another ``kind``, else None. ``actor`` is the id of the row in a table, where one is known; ``owner`` the
    entity whose people or things its name tells of ('Russian warplanes': actor:russia). ``succeeds`` are entities
    that it was renamed from or grew out of, which are other entities.
    """

    id: str
    name: str
    kind: ActorKind
    uses: tuple[NameUse, ...]
    generic: bool = False
    report: str | None = None
    actor: str | None = None
    owner: str | None = None
    succeeds: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    read_kind: ActorKind | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, in the order of ``uses``."""
        return tuple(use.name for use in self.uses)


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """Another entity (id) that may be the same one, which only a person can say; ``reason`` tells why it may."""

    entity: str
    name: str
    rule: str
    reason: str


class NameJudgement(msgspec.Struct, frozen=True, kw_only=True):
    """Whether two names mean one actor, and the sentence that tells why.

    ``rule`` names what decided. ``decided`` marks a person's word. ``entities`` are the two entities' ids.
    """

    first: str
    second: str
    judgement: Judgement
    rule: str
    reason: str
    entities: tuple[str, str]
    decided: bool = False


class Grade(StrEnum):
    """How well an event is borne out, in the manner of casualty recorders; the first that fits, from the top.

    ``planned``: all accounts announce it, none tells that it happened. ``denied``: every account that asserts it is
    one, and as many deny it. ``contested``: independent origins lay it on different parties. ``confirmed``: a party
    to it admits it. ``fair``: two independent origins and more. ``weak``: one.
    """

    PLANNED = "planned"
    DENIED = "denied"
    CONTESTED = "contested"
    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"


class Outcome(StrEnum):
    """What became of what was planned."""

    CARRIED_OUT = "carried_out"
    NOT_REPORTED = "not_reported"
    CONTRADICTED = "contradicted"


class BestRule(StrEnum):
    """How one figure is chosen from those that accounts give."""

    RANGE = "range"
    CONSERVATIVE = "conservative"
    MAJORITY = "majority"
    LATEST = "latest"
    HIERARCHY = "hierarchy"


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A place, an actor or a target of an event under its commonest name, with the claims (ids, sorted) that give it.

    ``key`` is a place's id in the gazetteer or an entity's id, None where the name leads to none.
    """

    name: str
    claims: tuple[str, ...]
    key: str | None = None


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """The first and last day that claims (ids, sorted) give; None is open. ``told`` is False where only the report's
    day of publication stands for them.
    """

    start: datetime.date | None
    end: datetime.date | None
    claims: tuple[str, ...]
    told: bool = True


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a figure and the claims (ids, sorted) that give it; None is open on that side."""

    low: int | None
    high: int | None
    claims: tuple[str, ...]


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """A figure's kind, the lowest and highest number that accounts give it, and who says which.

    ``told`` goes from the lowest value up. ``corrected`` holds values that their own origin has taken back: they are
    kept, and count for neither bound.
    """

    kind: FigureKind
    low: int | None
    high: int | None
    told: tuple[Told, ...] = ()
    corrected: tuple[Told, ...] = ()


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """All the claims (ids, sorted) about one event from one lineage, and the reports (ids, the first published first).

    ``lineage`` is the report's own id where it is in none. A report that mixes two lineages is in the accounts of both.
    """

    lineage: str
    claims: tuple[str, ...]
    reports: tuple[str, ...] = ()


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """Claim ``later`` takes back what claim ``earlier`` (ids) says; both are kept. ``rule`` names the sign of it."""

    earlier: str
    later: str
    rule: str
    reason: str


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """How likely two claims (ids, in order) tell of one occurrence, and the sentence that says why or why not.

    ``decided`` marks a person's word.
    """

    first: str
    second: str
    score: float
    reason: str
    decided: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """Both ids, in order."""
        return self.first, self.second


class Stake(StrEnum):
    """What a party's word on its own affair is to it: against its interest, to its credit, or against its opponent."""

    ADMITS = "admits"
    BOASTS = "boasts"
    ACCUSES = "accuses"


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """Who has an interest in a claim (its id): a source, or an outlet, that is a party to it or speaks for one."""

    claim: str
    source: str
    stake: Stake
    reason: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One occurrence in the world, as told by its accounts; every value that an account gives is kept.

    ``type`` is the most specific one that most accounts give, ``types`` all of them. ``start`` and ``end`` are the days
    that the best-borne of ``days`` give. ``places`` go from the one that most accounts give down, and so do the others.
    ``origins`` counts independent origins: lineages and named sources, not mastheads. ``denials`` are
    ids of claims. ``outcome`` is None for what nobody planned. ``reason`` says why its claims were put together,
    ``grade_reason`` why it has its grade.
    """

    id: str
    type: ClaimType
    accounts: tuple[Account, ...]
    types: tuple[ClaimType, ...] = ()
    places: tuple[Value, ...] = ()
    days: tuple[Days, ...] = ()
    actors: tuple[Value, ...] = ()
    targets: tuple[Value, ...] = ()
    start: datetime.date | None = None
    end: datetime.date | None = None
    figures: tuple[Range, ...] = ()
    origins: int = 1
    grade: Grade = Grade.WEAK
    grade_reason: str = ""
    denials: tuple[str, ...] = ()
    interests: tuple[Interest, ...] = ()
    corrections: tuple[Correction, ...] = ()
    outcome: Outcome | None = None
    reason: str = ""

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all its claims, sorted."""
        return tuple(sorted({claim for account in self.accounts for claim in account.claims}))

    @property
    def admissions(self) -> tuple[str, ...]:
        """The ids of claims by which a party admits its part, or its losses."""
        return tuple(one.claim for one in self.interests if one.stake is Stake.ADMITS)

    @property
    def reports(self) -> tuple[str, ...]:
        """The ids of all its reports, sorted."""
        return tuple(sorted({report for account in self.accounts for report in account.reports}))


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """Two claims on one event, or on one figure, that can't both be right: what each side says, and why they clash.

    ``field`` is the kind of a figure ('killed'), or one of actor, happened, place, when and type. ``claims``,
    ``reports`` (ids), ``speakers``, ``values``, ``words`` and ``spans`` have one entry a side: the lesser value first,
    else the one published first; a span is of the words in its report's text. ``inside`` tells that both stand in one
    report. ``size`` is how far figures are apart, as the base-2 logarithm of their ratio (1.0: twice as many), and 0.0
    for the other fields. ``strict`` is False where each figure leaves room for the other ('at least 10' and '75').
    ``confidence`` (0 to 1) is how likely both claims are read as they should be, None where that can't be said.
    """

    id: str
    field: str
    claims: tuple[str, str]
    reason: str
    event: str | None = None
    reports: tuple[str, str] = ("", "")
    speakers: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    values: tuple[str, str] = ("", "")
    words: tuple[str, str] = ("", "")
    spans: tuple[Span, Span] = (Span(0, 0), Span(0, 0))
    inside: bool = False
    size: float = 0.0
    strict: bool = True
    confidence: float | None = None


class OwnRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which claims are of an own type: all that is given must hold, and one value of each list is enough.

    ``words`` stand in the evidence; ``actors``, ``targets`` and ``places`` are words of a name; each is found from the
    beginning of a word on, whatever its case, accents and punctuation.
    """

    types: tuple[ClaimType, ...] = ()
    status: tuple[Status, ...] = ()
    stance: tuple[Stance, ...] = ()
    certainty: tuple[Certainty, ...] = ()
    negated: bool | None = None
    words: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class OwnType(msgspec.Struct, frozen=True, kw_only=True):
    """A project's own type of event: its name, what is meant by it, and rules of which a claim must meet one."""

    name: str
    definition: str
    rules: tuple[OwnRule, ...]
