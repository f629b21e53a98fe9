"""The labels of the heads, in the order of their scores. The package's reader counts on the same order."""

from __future__ import annotations

from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.model.claim_head import ROLES

SOURCE_ROLES = ("none", "source", "content")
HEDGE_TAGS = ("none", "probable", "doxastic", "condition", "investigation")

CLAIM_TYPES = tuple(ClaimType)
CLAIM_ROLES = ROLES

CLAIM_TRAITS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("status", tuple(Status)),
    ("certainty", tuple(Certainty)),
    ("stance", tuple(Stance)),
    ("negated", ("no", "yes")),
    ("sourced", ("no", "yes")),
)
"""What is told of a whole claim, each with its values."""
