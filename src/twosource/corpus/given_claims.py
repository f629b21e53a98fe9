"""What a person gives of a claim: checked against the codebook's closed sets and the report's words, then laid over it.

The form is the codebook's: names as words, figures with phrase, kind, low and high (and their scope, and the phrase of
the figure that they are a part of), the time with its phrase and days, evidence as runs of the text. Every value must
stand in the report; where it stands is found here, the nearest to the evidence first.
"""

from __future__ import annotations

import datetime
import difflib
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from twosource.closed_sets import Certainty, ClaimType, FigureKind, FigureScope, Stance, Status
from twosource.errors import UsageError
from twosource.ids import make_id
from twosource.records import Claim, Figure, Named, Reason, When
from twosource.spans import Span

__all__ = [
    "FIELDS",
    "PERSON",
    "SCOPED",
    "added_id",
    "as_given",
    "checked_fields",
    "claim_of",
    "stands_in",
    "with_fields",
]

PERSON = "person"
"""The rule that stands in a claim's reasons, and in its figures, where a person gave the value."""

SCOPED = "person-scope"
"""The rule of a figure of which a person said how far it reaches: nothing in the text says otherwise then."""

_NAMES = ("actors", "targets", "places", "sources", "via")
_CLOSED: dict[str, type[StrEnum]] = {"type": ClaimType, "stance": Stance, "certainty": Certainty, "status": Status}
FIELDS = ("type", "evidence", *_NAMES[:3], "when", "figures", *_NAMES[3:], "stance", "certainty", "status", "negated")
"""The fields that a person can give, in the codebook's order."""

_FIGURE = ("phrase", "kind", "low", "high", "scope", "part_of")

ClosedT = TypeVar("ClosedT", bound=StrEnum)


def checked_fields(fields: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The fields in the form that is kept. Raises UsageError for the first that the codebook or the text rules out.

    A run of evidence is given as its words (where they stand once in the text), as [start, end] or as an object with
    both; it comes back as an object with start, end and words.
    """
    unknown = [name for name in fields if name not in FIELDS]
    if unknown:
        raise UsageError(f"a claim has no field {unknown[0]!r}: it has {', '.join(FIELDS)}")
    return {name: _CHECKS[name](name, fields[name], text) for name in FIELDS if name in fields}


def as_given(claim: Claim, text: str) -> dict[str, Any]:
    """All the fields of a claim in the form that a person gives them in."""
    told: dict[str, Any] = {name: getattr(claim, name).value for name in _CLOSED}
    told |= {name: [named.name for named in getattr(claim, name)] for name in _NAMES}
    told["evidence"] = [_run(span, text) for span in claim.evidence]
    told["when"] = _when_form(claim.when.phrase, claim.when.start, claim.when.end) if claim.when else None
    told["figures"] = [_figure_as_given(one, claim.figures) for one in claim.figures]
    told["negated"] = claim.negated
    return {name: told[name] for name in FIELDS}


def claim_of(id_: str, report: str, fields: Mapping[str, Any], text: str) -> Claim:
    """A claim that no reader found, from checked fields. Raises UsageError where its words are not in the text."""
    if not fields.get("type") or not fields.get("evidence"):
        raise UsageError("a claim needs its type and its evidence: give both")
    evidence = _evidence(fields["evidence"], text)
    bare = Claim(
        id=id_, report=report, type=_closed("type", fields["type"], ClaimType), evidence=evidence, trigger=evidence[0]
    )
    return with_fields(bare, fields, text)


def with_fields(claim: Claim, fields: Mapping[str, Any], text: str) -> Claim:
    """The claim with checked fields laid over it. Raises UsageError where their words no longer stand in the text."""
    if not fields:
        return claim
    values: dict[str, Any] = {
        name: _closed(name, fields[name], closed) for name, closed in _CLOSED.items() if name in fields
    }
    evidence = _evidence(fields["evidence"], text) if "evidence" in fields else claim.evidence
    near = evidence[0] if evidence else claim.trigger
    values["evidence"] = evidence
    for name in _NAMES:
        if name in fields:
            values[name] = tuple(_named(name, words, getattr(claim, name), text, near) for words in fields[name])
    if "when" in fields:
        values["when"] = _when(fields["when"], claim.when, text, near)
    if "figures" in fields:
        phrases = [form["phrase"] for form in fields["figures"]]
        values["figures"] = tuple(_figure(form, claim.figures, text, near, phrases) for form in fields["figures"])
    if "negated" in fields:
        values["negated"] = fields["negated"]
    reasons = tuple(one for one in claim.reasons if one.field not in fields)
    values["reasons"] = (*reasons, *(Reason(field=name, rule=PERSON) for name in FIELDS if name in fields))
    return msgspec.structs.replace(claim, confidence=None, **values)


def added_id(report: str, fields: Mapping[str, Any]) -> str:
    """The id of a claim that a person adds: the same fields give the same."""
    return make_id("claim", report, PERSON, {name: fields[name] for name in FIELDS if name in fields})


def _check_closed(name: str, value: object, _text: str) -> str:
    return _closed(name, value, _CLOSED[name]).value


def _closed(name: str, value: object, closed: type[ClosedT]) -> ClosedT:
    try:
        return closed(str(value).strip())
    except ValueError:
        near = difflib.get_close_matches(str(value), list(closed), n=2)
        hint = f"did you mean {' or '.join(map(str, near))}?" if near else f"it is one of {', '.join(closed)}"
        raise UsageError(f"{name}: there is no {value!r}: {hint}") from None


def _check_negated(name: str, value: object, _text: str) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{name}: {value!r} is neither true nor false")
    return value


def _check_evidence(name: str, value: object, text: str) -> list[dict[str, Any]]:
    spans = [_given_span(name, one, text) for one in _listed(name, value)]
    if not spans:
        raise UsageError("evidence: a claim needs the words that carry it: give at least one run")
    if any(after.start < before.end for before, after in itertools.pairwise(spans)):
        raise UsageError("evidence: its runs must stand in the order of the text and share no words")
    return [_run(span, text) for span in spans]


def _given_span(name: str, value: object, text: str) -> Span:
    if isinstance(value, str):
        return _only_place(name, value, text)
    if isinstance(value, Mapping):
        value = [value.get("start"), value.get("end")]
    if not isinstance(value, Sequence) or len(value) != 2 or not all(type(one) is int for one in value):
        raise UsageError(f"{name}: {value!r} is no run: give its words, or [start, end] in code points of the text")
    span = Span(*value)
    if not 0 <= span.start < span.end <= len(text):
        raise UsageError(f"{name}: [{span.start}, {span.end}] is not in the text, which has {len(text)} code points")
    span = span.trimmed(text)
    if not span.of(text):
        raise UsageError(f"{name}: [{value[0]}, {value[1]}] holds no words")
    return span


def _only_place(name: str, words: str, text: str) -> Span:
    found = _places_of(words, text)
    if len(found) != 1:
        where = "does not stand in the report" if not found else "stands in several places: give [start, end]"
        raise UsageError(f"{name}: {words!r} {where}")
    return found[0]


def _check_names(name: str, value: object, text: str) -> list[str]:
    names = [_one_line(name, one) for one in _listed(name, value)]
    for one in names:
        _nearest(name, one, text, Span(0, 0))
    if len(set(names)) < len(names):
        raise UsageError(f"{name}: a name is given twice in {names}")
    return names


def _check_when(name: str, value: object, text: str) -> dict[str, Any] | None:
    if value is None:
        return None
    form = _object(name, value, ("phrase", "start", "end"))
    phrase = _one_line(name, form.get("phrase"))
    _nearest(name, phrase, text, Span(0, 0))
    start, end = (_day(name, form.get(one)) for one in ("start", "end"))
    if start and end and start > end:
        raise UsageError(f"{name}: it ends on {end}, before it begins on {start}")
    return _when_form(phrase, start, end)


def _check_figures(name: str, value: object, text: str) -> list[dict[str, Any]]:
    forms = [_check_figure(name, one, text) for one in _listed(name, value)]
    for at, form in enumerate(forms):
        _check_whole(name, form, [other["phrase"] for place, other in enumerate(forms) if place != at])
    return forms


def _check_figure(name: str, value: object, text: str) -> dict[str, Any]:
    form = _object(name, value, _FIGURE)
    phrase = _one_line(name, form.get("phrase"))
    _nearest(name, phrase, text, Span(0, 0))
    low, high = form.get("low"), form.get("high")
    for bound in (low, high):
        if bound is not None and (type(bound) is not int or bound < 0):
            raise UsageError(f"{name}: {bound!r} is no number from 0 up; null is open on that side")
    if low is None and high is None:
        raise UsageError(f"{name}: {phrase!r} needs low or high")
    if low is not None and high is not None and low > high:
        raise UsageError(f"{name}: low is {low}, above high, {high}")
    checked = _figure_form(phrase, _closed(f"{name}: kind", form.get("kind"), FigureKind), low, high)
    if "scope" in form:
        scope = form["scope"]
        checked["scope"] = None if scope is None else _closed(f"{name}: scope", scope, FigureScope).value
    if "part_of" in form:
        checked["part_of"] = None if form["part_of"] is None else _one_line(name, form["part_of"])
    return checked


def _check_whole(name: str, form: Mapping[str, Any], others: Sequence[str]) -> None:
    whole = form.get("part_of")
    if whole is None:
        return
    if form.get("scope") != FigureScope.PART:
        raise UsageError(f"{name}: {form['phrase']!r} can't be of {whole!r} unless its scope is 'part'")
    if whole not in others:
        raise UsageError(
            f"{name}: {whole!r}, of which {form['phrase']!r} is a part, is no other figure of this claim: give it "
            "as one, or leave part_of empty where the whole is told elsewhere"
        )


_CHECKS: dict[str, Callable[[str, object, str], Any]] = {
    **dict.fromkeys(_CLOSED, _check_closed),
    **dict.fromkeys(_NAMES, _check_names),
    "evidence": _check_evidence,
    "when": _check_when,
    "figures": _check_figures,
    "negated": _check_negated,
}


def _evidence(runs: Sequence[Mapping[str, Any]], text: str) -> tuple[Span, ...]:
    """Where the runs stand: at their place if their words do, else at the one place where the words stand now."""
    found = []
    for run in runs:
        span = Span(run["start"], run["end"])
        found.append(span if span.of(text) == run["words"] else _only_place("evidence", run["words"], text))
    return tuple(sorted(found))


def _named(field: str, name: str, read: Sequence[Named], text: str, near: Span) -> Named:
    """The value as it was read, where it was; else the name at its place nearest to the evidence."""
    known = next((one for one in read if one.name == name), None)
    if known is not None:
        return known
    span = _nearest(field, name, text, near)
    return Named(name=name, span=span, said_at=span)


def _when(form: Mapping[str, Any] | None, read: When | None, text: str, near: Span) -> When | None:
    if form is None:
        return None
    same = read is not None and read.phrase == form["phrase"]
    span = read.span if read is not None and same else _nearest("when", form["phrase"], text, near)
    start, end = (_day("when", form[name]) for name in ("start", "end"))
    return When(phrase=form["phrase"], span=span, start=start, end=end)


def _figure(form: Mapping[str, Any], read: Sequence[Figure], text: str, near: Span, phrases: Sequence[str]) -> Figure:
    """The figure as it was read, with what the form says otherwise; else a new one at its place nearest to ``near``."""
    kind = _closed("figures: kind", form["kind"], FigureKind)
    value = (kind, form["low"], form["high"])
    same = [one for one in read if " ".join(one.phrase.split()) == " ".join(form["phrase"].split())]
    known = next((one for one in same if (one.kind, one.low, one.high) == value), same[0] if same else None)
    if known is None:
        span = _nearest("figures", form["phrase"], text, near)
        known = Figure(span=span, phrase=form["phrase"], number=span, kind=kind, rule=PERSON)
    if (known.kind, known.low, known.high) != value:
        known = msgspec.structs.replace(known, kind=kind, low=form["low"], high=form["high"], rule=PERSON)
    return _scoped(known, form, _figure_as_given(known, read), phrases)


def _scoped(figure: Figure, form: Mapping[str, Any], was: Mapping[str, Any], phrases: Sequence[str]) -> Figure:
    """The figure with the scope that the form gives; one that the form does not name stays as it was.

    ``phrases`` are those of the claim's figures in order: the index of the whole among them is kept.
    """
    scope = form.get("scope", was["scope"])
    whole = form.get("part_of", was["part_of"] if scope == was["scope"] else None)
    if figure.rule != SCOPED and (scope, whole) == (was["scope"], was["part_of"]):
        return figure
    if scope == FigureScope.PART:
        index = phrases.index(whole) if whole in phrases else -1
        return msgspec.structs.replace(figure, part_of=index, rule=SCOPED)
    return msgspec.structs.replace(figure, scope=scope, part_of=None, rule=SCOPED)


def _figure_as_given(figure: Figure, figures: Sequence[Figure]) -> dict[str, Any]:
    """The figure, one of a claim's, in the form in which a person gives it."""
    scope = FigureScope.PART.value if figure.part_of is not None else figure.scope
    whole = _whole_of(figure, figures)
    form = _figure_form(figure.phrase, figure.kind, figure.low, figure.high)
    return form | {"scope": scope, "part_of": None if whole is None else " ".join(whole.split())}


def _whole_of(figure: Figure, figures: Sequence[Figure]) -> str | None:
    """The phrase of the claim's figure that this one is a part of; None where it is none of them.

    The index of a figure as read counts all those of the report; of the claim's it is the last before that is whole.
    """
    if figure.part_of is None:
        return None
    if figure.rule == SCOPED:
        return figures[figure.part_of].phrase if 0 <= figure.part_of < len(figures) else None
    before = [one for one in figures if one.part_of is None and one.span.end <= figure.span.start]
    return max(before, key=lambda one: one.span.end).phrase if before else None


def _nearest(field: str, words: str, text: str, near: Span) -> Span:
    """Of the places where the words stand the one nearest to a run. Raises UsageError for none."""
    found = _places_of(words, text)
    if not found:
        raise UsageError(f"{field}: {words!r} does not stand in the report: give it as the report has it")
    return min(found, key=lambda span: (max(near.start - span.end, span.start - near.end, 0), span.start))


def _places_of(words: str, text: str) -> list[Span]:
    """Where the words stand as they are written; if nowhere, where they do in another case or with other spaces."""
    return _exact_places(words, text) or _loose_places(words, text)


def stands_in(words: str, text: str) -> bool:
    """Whether the words stand in the text, be it in another case or with other spaces."""
    return bool(_places_of(words, text))


def _exact_places(words: str, text: str) -> list[Span]:
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not (_joined(text, at) or _joined(text, end)):
            found.append(Span(at, end))
        at = text.find(words, at + 1)
    return found


def _joined(text: str, at: int) -> bool:
    """Whether the characters before and after a place belong to one word."""
    return 0 < at < len(text) and _is_of_word(text[at - 1]) and _is_of_word(text[at])


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _loose_places(words: str, text: str) -> list[Span]:
    parts = r"\s+".join(re.escape(part) for part in words.split())
    if not parts:
        return []
    return [Span(*match.span()) for match in re.finditer(rf"(?<!\w){parts}(?!\w)", text, re.IGNORECASE)]


def _run(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "words": span.of(text)}


def _when_form(phrase: str, start: datetime.date | None, end: datetime.date | None) -> dict[str, Any]:
    return {"phrase": phrase, "start": start.isoformat() if start else None, "end": end.isoformat() if end else None}


def _figure_form(phrase: str, kind: FigureKind, low: int | None, high: int | None) -> dict[str, Any]:
    return {"phrase": phrase, "kind": kind.value, "low": low, "high": high}


def _listed(name: str, value: object) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise UsageError(f"{name}: {value!r} is no list")
    return value


def _object(name: str, value: object, keys: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not set(value) <= set(keys):
        raise UsageError(f"{name}: {value!r} is no object with {', '.join(keys)}")
    return value


def _one_line(name: str, value: object) -> str:
    words = " ".join(value.split()) if isinstance(value, str) else ""
    if not words:
        raise UsageError(f"{name}: {value!r} holds no words")
    return words


def _day(name: str, value: object) -> datetime.date | None:
    if value is None or isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise UsageError(f"{name}: {value!r} is no day: write it as 2024-12-31, or null") from None
