"""Claims as JSON lines in the form of the codebook, one claim a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from twosource.records import Claim, Named
from twosource.spans import Span
from twosource.store import Project
from twosource.views.claims import ClaimFilter, ClaimRow, every_claim
from twosource.views.own_types import names_of, own_types

if TYPE_CHECKING:
    from twosource.export.material import Material

__all__ = ["codebook_form", "codebook_lines", "lines"]


def codebook_lines(project: Project, chosen: ClaimFilter | None = None) -> Iterator[bytes]:
    """A line (UTF-8, with its line end) for each claim chosen, by report id, then by place in the text.

    The keys are the codebook's in its order, then ``confidence``, ``id`` and ``spans``: the half-open runs, in code
    points of the report's text, of the evidence and of every value; and the project's own types, where it has any.
    The same claims give the same bytes, in whatever order and in however many runs the reports were read.
    """
    own = own_types(project)
    for row in every_claim(project, chosen):
        names = names_of(own, row.claim, row.evidence) if own else None
        yield msgspec.json.encode(codebook_form(row, names)) + b"\n"


def lines(material: Material) -> Iterator[bytes]:
    """The same lines for the claims of an export's material; a large project is walked, never held in memory."""
    choice = material.choice
    if choice.publication is None and not choice.is_by_event:
        yield from codebook_lines(material.project, choice.claims)
        return
    for item in material.claims():
        yield msgspec.json.encode(codebook_form(item.row, item.own_types if material.own_types else None)) + b"\n"


def codebook_form(row: ClaimRow, own_types: Sequence[str] | None = None) -> dict[str, object]:
    """The claim as the codebook's object, with ``confidence``, ``id`` and ``spans`` after its keys.

    ``own_types`` are the names of those that the claim is of; they stand last, and None leaves them out.
    """
    claim = row.claim
    return {
        "report": claim.report,
        "type": claim.type,
        "evidence": row.evidence,
        "actors": _names(claim.actors),
        "targets": _names(claim.targets),
        "places": _names(claim.places),
        "when": {"phrase": claim.when.phrase, "start": claim.when.start, "end": claim.when.end} if claim.when else None,
        "figures": [{"phrase": f.phrase, "kind": f.kind, "low": f.low, "high": f.high} for f in claim.figures],
        "sources": _names(claim.sources),
        "via": _names(claim.via),
        "stance": claim.stance,
        "certainty": claim.certainty,
        "status": claim.status,
        "negated": claim.negated,
        "confidence": claim.confidence,
        "id": claim.id,
        "spans": _spans(claim),
        **({} if own_types is None else {"own_types": own_types}),
    }


def _names(values: Sequence[Named]) -> list[str]:
    return [named.name for named in values]


def _spans(claim: Claim) -> dict[str, object]:
    return {
        "evidence": claim.evidence,
        "actors": _named_at(claim.actors),
        "targets": _named_at(claim.targets),
        "places": _named_at(claim.places),
        "when": claim.when.span if claim.when else None,
        "figures": [figure.span for figure in claim.figures],
        "sources": _named_at(claim.sources),
        "via": _named_at(claim.via),
    }


def _named_at(values: Sequence[Named]) -> list[dict[str, Span]]:
    """Where the name stands, and where the words stand that mean it in this claim."""
    return [{"name": named.span, "said_at": named.said_at} for named in values]
