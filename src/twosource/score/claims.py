"""Scores claims against hand-coded ones.

A claim found can match one gold claim of its report whose evidence it overlaps and whose type is of the same or a
neighbouring family. ``found`` counts such matches, ``typed`` those whose type agrees. Each field's figure is its mean
over the matches in which either side says something there; ``claim_f1`` is F1 where a match counts for the mean of its
informative fields, type and status always among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec

from twosource.closed_sets import Certainty, Stance
from twosource.corpus.given_claims import FIELDS as CLAIM_FIELDS
from twosource.errors import UsageError
from twosource.score.agreement import (
    family_fit,
    figures_agree,
    overlap,
    place_runs,
    same_name,
    set_f1,
    when_agreement,
)
from twosource.score.coded import CodedClaim

__all__ = ["FIELDS", "Match", "f1", "informative", "match_claims", "mean_of", "score_claims"]

FIELDS = tuple(name for name in CLAIM_FIELDS if name != "evidence")
"""The fields that are compared, in the order of the figures."""

_LISTS = ("actors", "targets", "places", "figures", "sources", "via")
_RARE: dict[str, Callable[[CodedClaim], bool]] = {
    "denies": lambda c: c.stance is Stance.DENIES,
    "is_negated": lambda c: c.negated,
    "uncertain": lambda c: c.certainty is not Certainty.CERTAIN,
}


class Match(msgspec.Struct, frozen=True):
    """A gold claim and the one found for it (their numbers), and how far each field agrees, from 0 to 1."""

    gold: int
    found: int
    fields: dict[str, float]


def score_claims(gold: Sequence[CodedClaim], found: Sequence[CodedClaim], texts: Mapping[str, str]) -> dict[str, float]:
    """The figures as one flat mapping; claims of reports that the gold does not cover are left out.

    Raises UsageError where the gold holds no claim.
    """
    if not gold:
        raise UsageError("the gold holds no claim to score against")
    covered = {claim.report for claim in gold}
    found = [claim for claim in found if claim.report in covered]
    invented = sum(not place_runs(claim, texts[claim.report]) for claim in found)
    matches = match_claims(gold, found, texts)
    out: dict[str, float] = {"gold": len(gold), "predicted": len(found), "evidence_not_in_text": invented}
    n, m = len(gold), len(found)
    told = [(informative(gold[x.gold], found[x.found]), x.fields) for x in matches]
    worth = sum(mean_of(fields, keep) for keep, fields in told)
    for name, hits in (
        ("found", float(len(matches))),
        ("typed", sum(x.fields["type"] for x in matches)),
        ("claim", worth),
    ):
        out[f"{name}_p"], out[f"{name}_r"], out[f"{name}_f1"] = f1(hits, n, m)
    out |= _field_means(told)
    for name, has in _RARE.items():
        hits = sum(has(gold[x.gold]) and has(found[x.found]) for x in matches)
        out[f"{name}_f1"] = f1(hits, sum(map(has, gold)), sum(map(has, found)))[2]
    return out


def match_claims(gold: Sequence[CodedClaim], found: Sequence[CodedClaim], texts: Mapping[str, str]) -> list[Match]:
    """The matches, one to one, best first: by type, then overlap of evidence, then agreement of fields."""
    by_report: dict[str, list[int]] = defaultdict(list)
    where = [place_runs(claim, texts[claim.report]) for claim in found]
    for number, claim in enumerate(found):
        by_report[claim.report].append(number)
    candidates: list[tuple[float, Match]] = []
    for i, claim in enumerate(gold):
        here = place_runs(claim, texts[claim.report])
        for j in by_report[claim.report]:
            shared, fit = overlap(here, where[j]), family_fit(claim.type, found[j].type)
            if shared and fit:
                fields = _fields(claim, found[j])
                candidates.append((2 * fit + shared + 0.2 * sum(fields.values()), Match(i, j, fields)))
    candidates.sort(key=lambda c: (-c[0], c[1].gold, c[1].found))
    return _one_to_one(match for _, match in candidates)


def _one_to_one(ranked: Iterable[Match]) -> list[Match]:
    used_gold: set[int] = set()
    used_found: set[int] = set()
    matches: list[Match] = []
    for match in ranked:
        if match.gold not in used_gold and match.found not in used_found:
            used_gold.add(match.gold)
            used_found.add(match.found)
            matches.append(match)
    return matches


def _fields(gold: CodedClaim, found: CodedClaim) -> dict[str, float]:
    names = {
        name: set_f1(getattr(gold, name), getattr(found, name), same_name)
        for name in ("actors", "targets", "places", "sources", "via")
    }
    return {
        "type": float(gold.type == found.type),
        **names,
        "when": when_agreement(gold.when, found.when),
        "figures": set_f1(gold.figures, found.figures, figures_agree),
        "stance": float(gold.stance == found.stance),
        "certainty": float(gold.certainty == found.certainty),
        "status": float(gold.status == found.status),
        "negated": float(gold.negated == found.negated),
    }


def informative(gold: CodedClaim, found: CodedClaim) -> set[str]:
    """The fields that say something on either side."""
    keep = {"type", "status"} | {name for name in _LISTS if getattr(gold, name) or getattr(found, name)}
    for claim in (gold, found):
        if claim.when is not None and (claim.when.start or claim.when.end):
            keep.add("when")
        if claim.stance is not Stance.ASSERTS:
            keep.add("stance")
        if claim.certainty is not Certainty.CERTAIN:
            keep.add("certainty")
        if claim.negated:
            keep.add("negated")
    return keep


def mean_of(fields: Mapping[str, float], kept: Collection[str]) -> float:
    """How far a matched pair agrees on average over the fields ``kept``, those that say something: what it is worth."""
    return sum(fields[name] for name in kept) / len(kept)


def _field_means(told: list[tuple[set[str], dict[str, float]]]) -> dict[str, float]:
    means: dict[str, float] = {}
    for name in FIELDS:
        values = [fields[name] for keep, fields in told if name in keep]
        means[name] = sum(values) / len(values) if values else 1.0
    return means


def f1(hits: float, gold: int, found: int) -> tuple[float, float, float]:
    """Precision, recall and F1; 0 where there is nothing to divide by."""
    p = hits / found if found else 0.0
    r = hits / gold if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0
