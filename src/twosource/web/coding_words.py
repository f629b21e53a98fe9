"""Addresses and words of the pages on coding, and a comparison as rows to be shown side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import msgspec

from twosource.coding import Comparison, Settled
from twosource.corpus.coding.coded import CodedClaim
from twosource.corpus.coding.matching import Unit
from twosource.records import Reading
from twosource.spans import Span
from twosource.web.highlight import paragraphs
from twosource.web.wording import days_words, type_words

__all__ = ["Cell", "Shown", "Side", "blind_path", "compare_path", "shown_units", "task_path"]

_AROUND = 240  # code points on either side of the words, where no sentence is known
_FIELDS = {
    "type": "What",
    "actors": "Who",
    "targets": "To whom",
    "places": "Where",
    "when": "When",
    "figures": "Figures",
    "sources": "Said by",
    "via": "Via",
    "stance": "Stance",
    "certainty": "Certainty",
    "status": "Status",
    "negated": "Said not to be so",
}


class Cell(msgspec.Struct, frozen=True):
    """One field as one coder left it, and whether the coders differ in it."""

    field: str
    label: str
    words: str
    differs: bool


class Side(msgspec.Struct, frozen=True):
    """One coder's claim: its cells, and its evidence; none of either where the coder has no such claim."""

    coder: str
    cells: tuple[Cell, ...]
    evidence: tuple[str, ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A unit to be settled: the text around it (before, the words, after), and each coder's claim."""

    unit: Unit
    context: tuple[str, str, str]
    sides: tuple[Side, ...]
    settled: Settled | None


def task_path(task: str) -> str:
    """The address of a task."""
    return f"/coding/task?{urlencode({'task': task})}"


def blind_path(task: str, report: str) -> str:
    """The address at which a coder codes a report."""
    return f"/coding/report?{urlencode({'task': task, 'report': report})}"


def compare_path(task: str, report: str) -> str:
    """The address at which what was coded of a report is compared."""
    return f"/coding/compare?{urlencode({'task': task, 'report': report})}"


def shown_units(found: Comparison, reading: Reading) -> tuple[Shown, ...]:
    """The units of a comparison: those to be settled first, then those coded alike, each in the order of the text."""
    shown = [_shown(unit, found, reading) for unit in found.units]
    return tuple(sorted(shown, key=lambda one: one.unit.is_agreed))


def _shown(unit: Unit, found: Comparison, reading: Reading) -> Shown:
    return Shown(
        unit=unit,
        context=_context(unit, reading),
        sides=tuple(
            Side(coder, tuple(_cells(claim, unit)) if claim else (), _evidence(claim))
            for coder, claim in zip(found.task.coders, unit.claims, strict=True)
        ),
        settled=found.settled.get(unit.id),
    )


def _evidence(claim: CodedClaim | None) -> tuple[str, ...]:
    return tuple(run["words"] for run in claim.fields["evidence"]) if claim else ()


def _context(unit: Unit, reading: Reading) -> tuple[str, str, str]:
    """The sentences that hold the first words of the unit, around those words; the text may be another version now."""
    text = reading.report.text
    first = unit.present[0]
    words = first.fields["evidence"][0]["words"]
    start = first.evidence[0].start if text[first.evidence[0].start :].startswith(words) else text.find(words)
    if start < 0:
        return "", words, ""
    span = Span(start, start + len(words))
    sentences = [one.span for one in reading.sentences] or list(paragraphs(text))
    around = [one for one in sentences if one.meets(span)] or [span]
    begin = max(around[0].start, span.start - _AROUND)
    end = min(max(around[-1].end, span.end), span.end + _AROUND)
    return text[begin : span.start], words, text[span.end : end]


def _cells(claim: CodedClaim, unit: Unit) -> Iterator[Cell]:
    for field, label in _FIELDS.items():
        differs = field in unit.differs
        words = _words(field, claim)
        if words or differs:
            yield Cell(field, label, words or "not said", differs)


def _words(field: str, claim: CodedClaim) -> str:
    if field == "type":
        return type_words(claim.type)
    if field == "when":
        when = claim.when
        return f"“{when.phrase}” {days_words(when.start, when.end) or ''}".strip() if when else ""
    if field == "figures":
        return "; ".join(f"“{one.phrase}” {_bounds(one.low, one.high)} {one.kind.value}" for one in claim.figures)
    if field == "negated":
        return "yes" if claim.negated else ""
    value: str | Sequence[str] = getattr(claim, field)
    return value if isinstance(value, str) else "; ".join(value)


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return f"{low:,}"
    if low is None:
        return f"up to {high:,}"
    return f"{low:,} or more" if high is None else f"{low:,} to {high:,}"
