"""What people decide: the entries of the log, the kinds of them and what can be said of each."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

__all__ = ["VERDICTS", "Decision", "DecisionKind", "Judgement"]


class Judgement(StrEnum):
    """What a person or a comparer holds of two things."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


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
