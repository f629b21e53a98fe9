"""Claims as a person codes them, for tests of what is counted of them."""

from __future__ import annotations

from typing import Any

from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.score.coded import CodedClaim

__all__ = ["coded"]


def coded(type_: ClaimType, evidence: str, **more: Any) -> CodedClaim:
    """A claim of report 'r', asserted as certain and as having happened; it tells nothing but what ``more`` gives."""
    plain: dict[str, Any] = {"report": "r", "type": type_, "evidence": (evidence,), "when": None, "negated": False}
    nobody = dict.fromkeys(("actors", "targets", "places", "figures", "sources", "via"), ())
    marks = {"stance": Stance.ASSERTS, "certainty": Certainty.CERTAIN, "status": Status.HAPPENED}
    return CodedClaim(**{**plain, **nobody, **marks, **more})
