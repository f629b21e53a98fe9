"""A claim as one coder left it, and the values of it that coders are compared by."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from twosource.closed_sets import Certainty, ClaimType, FigureKind, Stance, Status
from twosource.corpus.coding.reliability import Metric
from twosource.spans import Span

__all__ = ["FIELDS", "CodedClaim", "CodedFigure", "CodedWhen", "coded_claim", "field_values", "plain_name"]

FIELDS: dict[str, Metric] = {
    "type": Metric.NOMINAL,
    "actors": Metric.NOMINAL,
    "targets": Metric.NOMINAL,
    "places": Metric.NOMINAL,
    "start": Metric.INTERVAL,
    "end": Metric.INTERVAL,
    "figures": Metric.RATIO,
    "sources": Metric.NOMINAL,
    "via": Metric.NOMINAL,
    "stance": Metric.NOMINAL,
    "certainty": Metric.ORDINAL,
    "status": Metric.NOMINAL,
    "negated": Metric.NOMINAL,
}
"""The fields that are compared, in the codebook's order, and how two values of each differ."""

_RANKS = {
    certainty: rank
    for rank, certainty in enumerate((Certainty.UNKNOWN, Certainty.POSSIBLE, Certainty.PROBABLE, Certainty.CERTAIN))
}


class CodedFigure(msgspec.Struct, frozen=True):
    """A figure as it was coded; None is open on that side."""

    phrase: str
    kind: FigureKind
    low: int | None = None
    high: int | None = None


class CodedWhen(msgspec.Struct, frozen=True):
    """A time as it was coded."""

    phrase: str
    start: datetime.date | None = None
    end: datetime.date | None = None


class CodedClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One coder's claim; ``read`` is the id of the engine's claim that it is of, None for one that the coder added.

    ``fields`` is the whole claim in the form in which a person gives it.
    """

    id: str
    type: ClaimType
    evidence: tuple[Span, ...]
    read: str | None = None
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    when: CodedWhen | None = None
    figures: tuple[CodedFigure, ...] = ()
    sources: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    stance: Stance = Stance.ASSERTS
    certainty: Certainty = Certainty.CERTAIN
    status: Status = Status.HAPPENED
    negated: bool = False
    fields: dict[str, Any] = {}


def coded_claim(id_: str, read: str | None, fields: Mapping[str, Any]) -> CodedClaim:
    """The claim of fields in the form of ``corpus.given_claims``."""
    runs = [[run["start"], run["end"]] for run in fields["evidence"]]
    return msgspec.convert({**fields, "evidence": runs, "id": id_, "read": read, "fields": dict(fields)}, CodedClaim)


def field_values(field: str, claims: Sequence[CodedClaim | None]) -> Iterator[list[Hashable | None]]:
    """The rows of values that one claim, as each coder left it (None: did not code it), adds to a field.

    A row but for figures, which have one for each kind that anybody coded. Names are compared as a whole set. A date
    that a coder did not give is missing; so is a figure.
    """
    if field == "figures":
        kinds = sorted({figure.kind for claim in claims if claim for figure in claim.figures})
        for kind in kinds:
            yield [_figure(claim, kind) for claim in claims]
    else:
        yield [_value(field, claim) if claim else None for claim in claims]


def plain_name(name: str) -> str:
    """The name without case, accents, spaces that say nothing, and a leading 'the'."""
    text = "".join(ch for ch in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(ch))
    return " ".join(text.split()).removeprefix("the ")


def _value(field: str, claim: CodedClaim) -> Hashable | None:
    if field in ("start", "end"):
        day: datetime.date | None = getattr(claim.when, field, None)
        return day.toordinal() if day else None
    value = getattr(claim, field)
    if field == "certainty":
        return _RANKS[value]
    if isinstance(value, tuple):
        return tuple(sorted({plain_name(name) for name in value}))
    found: Hashable = value
    return found


def _figure(claim: CodedClaim | None, kind: FigureKind) -> int | None:
    """The figure's lower bound, the upper one where that alone is known; the first of its kind."""
    if claim is None:
        return None
    found = next((one for one in claim.figures if one.kind is kind), None)
    if found is None:
        return None
    return found.low if found.low is not None else found.high
