"""Finds where claims can't both be right: between the accounts of one event, and inside one report."""

from __future__ import annotations

from twosource.corpus.disagreements.finding import disagreements_inside, disagreements_of, largest
from twosource.corpus.disagreements.making import Ground, Kin, Share, never_kin
from twosource.corpus.disagreements.verdicts import Verdict, verdict

__all__ = [
    "Ground",
    "Kin",
    "Share",
    "Verdict",
    "disagreements_inside",
    "disagreements_of",
    "largest",
    "never_kin",
    "verdict",
]
