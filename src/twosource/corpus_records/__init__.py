"""The records of what crosses reports: entities, lineages, events with their accounts, disagreements.

They hold ids and ranges, never a number written over another. A person's decision is laid over them and kept apart.
"""

from __future__ import annotations

from twosource.corpus_records.decisions import VERDICTS, Decision, DecisionKind, Judgement
from twosource.corpus_records.disagreements import Disagreement
from twosource.corpus_records.entities import Entity, NameJudgement, NameUse, Suggestion
from twosource.corpus_records.events import (
    Account,
    BestRule,
    Correction,
    Days,
    Event,
    Grade,
    Interest,
    Likeness,
    Outcome,
    Range,
    Stake,
    Told,
    Value,
)
from twosource.corpus_records.lineages import Dependence, Lineage, Passage, Relation
from twosource.corpus_records.own_types import OwnRule, OwnType

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
