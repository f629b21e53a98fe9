"""Keeps what people decide about a project, and lays it over what the engine read.

Every decision is an entry in one log that is only added to. What was read is never changed, so that reading again keeps
decisions, and taking one back is one more entry.
"""

from __future__ import annotations

from twosource.corpus.decided_claims import DecidedClaim, Lapsed, Mark
from twosource.deciding.actor_kinds import classify
from twosource.deciding.claims import accept, add, decided_claims, decisions_since, fix, reject, report_of
from twosource.deciding.lapsed import lapsed_among, no_longer_apply
from twosource.deciding.log import keep, undo
from twosource.deciding.outcomes import record_outcome
from twosource.deciding.places import locate, unplaced
from twosource.deciding.second import Seconded, decisions_to_second, second
from twosource.deciding.sentences import Look, Looks, look, looked_at, looked_in
from twosource.deciding.verifying import Verified, backup, verify

__all__ = [
    "DecidedClaim",
    "Lapsed",
    "Look",
    "Looks",
    "Mark",
    "Seconded",
    "Verified",
    "accept",
    "add",
    "backup",
    "classify",
    "decided_claims",
    "decisions_since",
    "decisions_to_second",
    "fix",
    "keep",
    "lapsed_among",
    "locate",
    "look",
    "looked_at",
    "looked_in",
    "no_longer_apply",
    "record_outcome",
    "reject",
    "report_of",
    "second",
    "undo",
    "unplaced",
    "verify",
]
