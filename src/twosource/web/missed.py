"""What the engine is likely to have missed in a report: how many claims, and the sentences in which it found none."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.records import Claim, Reading
from twosource.spans import Span
from twosource.web.highlight import paragraphs

__all__ = ["FOUND_PRECISION", "FOUND_RECALL", "Missed", "missed_in"]

FOUND_RECALL = 0.67
"""The share of a careful coder's claims that the engine finds, on outlets that it never saw
(docs/benchmarks.md)."""

FOUND_PRECISION = 0.71
"""The share of the engine's claims that a careful coder has too, on the same reports; with the recall it
gives their F1, 0.694."""


class Missed(msgspec.Struct, frozen=True, kw_only=True):
    """``claims`` is the likely number of those missed, None where none was found to reckon from.

    ``sentences`` are those that hold no word of any claim's evidence, in order, the title left out.
    """

    claims: int | None
    sentences: tuple[Span, ...]


def missed_in(reading: Reading, standing: Sequence[Claim] | None = None) -> Missed:
    """What is likely to be missing from the reading.

    ``reading`` is as the engine read it: of n claims found, n * precision are right, and they are the recall's share of
    all there are. ``standing`` are the claims as people left them, whose sentences are not silent.
    """
    right = len(reading.claims) * FOUND_PRECISION
    claims = round(right * (1 - FOUND_RECALL) / FOUND_RECALL) if reading.claims else None
    evidence = [span for claim in (reading.claims if standing is None else standing) for span in claim.evidence]
    silent = (span for span in _sentences(reading) if not any(span.meets(one) for one in evidence))
    return Missed(claims=claims, sentences=tuple(silent))


def _sentences(reading: Reading) -> Sequence[Span]:
    """The sentences below the title; the paragraphs where none were told apart, as in a report that was not read."""
    if reading.sentences:
        return [one.span for one in reading.sentences if not one.headline and len(one.span)]
    return [span for span in paragraphs(reading.report.text) if span.start >= reading.report.body]
