"""A claim as the fields of a form, and back: what a person typed becomes the fields that ``deciding`` takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from twosource.closed_sets import FAMILIES, Certainty, FigureKind, FigureScope, Stance, Status
from twosource.corpus.given_claims import as_given
from twosource.errors import UsageError
from twosource.records import Claim
from twosource.spans import Span
from twosource.web.wording import unplain

__all__ = [
    "CHOICES",
    "NAME_FIELDS",
    "SCOPES",
    "ClaimForm",
    "FigureForm",
    "changed_fields",
    "evidence_of",
    "form_of",
    "form_typed",
    "given_fields",
    "places_of",
]

NAME_FIELDS = {"actors": "Who", "targets": "To whom", "places": "Where", "sources": "Said by", "via": "Via"}
"""The fields that hold names, and what the card calls them. Several names stand in one line, parted by semicolons."""

SCOPES = {
    "": "not said",
    FigureScope.EVENT.value: "this event",
    FigureScope.TOTAL.value: "a running total",
    FigureScope.PART.value: "a part",
}
"""How far a figure reaches, and what the form calls it."""

CHOICES = {
    "name_fields": NAME_FIELDS,
    "families": FAMILIES,
    "stances": Stance,
    "certainties": Certainty,
    "statuses": Status,
    "kinds": FigureKind,
    "scopes": SCOPES,
}
"""What the template of the form is told besides what stands in its fields."""

_CLOSED = ("type", "stance", "certainty", "status")
_MORE_FIGURES = 2  # empty rows below those that are there
_ROW = re.compile(r"figure-([0-9]{1,4})-phrase")  # rows that a browser added or took away leave gaps in the numbers
_RUN = re.compile(r"\b([0-9]{1,9})-([0-9]{1,9})\b")


class FigureForm(msgspec.Struct, frozen=True):
    """One figure as it is typed; ``part_of`` counts only where ``scope`` is 'part'."""

    phrase: str = ""
    kind: str = ""
    low: str = ""
    high: str = ""
    scope: str = ""
    part_of: str = ""


class ClaimForm(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the fields; ``evidence`` is one run a line, ``names`` the names of each field in one line.

    ``runs`` are those that were chosen in the text. Where their words are those of a line, they say where it stands.
    """

    evidence: str = ""
    runs: tuple[Span, ...] = ()
    names: dict[str, str] = {}
    type: str = ""
    stance: str = "asserts"
    certainty: str = "certain"
    status: str = "happened"
    negated: bool = False
    phrase: str = ""
    start: str = ""
    end: str = ""
    figures: tuple[FigureForm, ...] = (FigureForm(),) * _MORE_FIGURES


def form_of(claim: Claim, text: str) -> ClaimForm:
    """The form that holds the claim."""
    told = as_given(claim, text)
    when = told["when"] or {}
    figures = tuple(_figure_form(one) for one in told["figures"])
    return ClaimForm(
        evidence="\n".join(_one_line(run["words"]) for run in told["evidence"]),
        runs=claim.evidence,
        names={name: "; ".join(told[name]) for name in NAME_FIELDS},
        negated=told["negated"],
        phrase=_one_line(when.get("phrase") or ""),
        start=when.get("start") or "",
        end=when.get("end") or "",
        figures=figures + (FigureForm(),) * _MORE_FIGURES,
        **{name: told[name] for name in _CLOSED},
    )


def form_typed(typed: Mapping[str, str]) -> ClaimForm:
    """The form as it was sent; the page showed controls as plain words, which become themselves again."""
    typed = {name: unplain(value) for name, value in typed.items()}
    rows = sorted(int(match[1]) for match in map(_ROW.fullmatch, typed) if match)
    figures = (
        FigureForm(*(typed.get(f"figure-{at}-{part}", "").strip() for part in FigureForm.__struct_fields__))
        for at in rows
    )
    return ClaimForm(
        evidence=typed.get("evidence", ""),
        runs=tuple(Span(int(start), int(end)) for start, end in _RUN.findall(typed.get("runs", ""))),
        names={name: typed.get(name, "") for name in NAME_FIELDS},
        negated=bool(typed.get("negated")),
        phrase=typed.get("phrase", "").strip(),
        start=typed.get("start", "").strip(),
        end=typed.get("end", "").strip(),
        figures=tuple(figures),
        **{name: typed.get(name, "") for name in _CLOSED},
    )


def given_fields(form: ClaimForm, text: str, near: Span) -> dict[str, Any]:
    """All the fields of the form as ``deciding`` takes them. Raises UsageError for a number that is none.

    Words that stand in several places of the text are taken where they were chosen, else nearest to ``near``.
    """
    given: dict[str, Any] = {name: getattr(form, name) for name in _CLOSED}
    given["evidence"] = places_of(form, text, near)
    for name in NAME_FIELDS:
        given[name] = [one.strip() for one in form.names.get(name, "").split(";") if one.strip()]
    given["when"] = (
        {"phrase": form.phrase, "start": form.start or None, "end": form.end or None} if form.phrase else None
    )
    given["figures"] = [_figure_given(one) for one in form.figures if one.phrase]
    given["negated"] = form.negated
    return given


def changed_fields(form: ClaimForm, claim: Claim, text: str) -> dict[str, Any]:
    """Those fields of the form that are not as the claim has them."""
    told = as_given(claim, text)
    near = claim.evidence[0] if claim.evidence else claim.trigger
    own = msgspec.structs.replace(form, runs=(*form.runs, *claim.evidence))
    given = given_fields(own, text, near)
    if given["evidence"] == [[span.start, span.end] for span in claim.evidence]:
        del given["evidence"]
    return {name: value for name, value in given.items() if value != _on_one_line(told[name])}


def evidence_of(form: ClaimForm, text: str, near: Span) -> tuple[Span, ...]:
    """Where the lines of evidence stand, in order of the text; those that stand nowhere are left out."""
    return tuple(sorted(Span(*run) for run in places_of(form, text, near) if not isinstance(run, str)))


def places_of(form: ClaimForm, text: str, near: Span) -> list[list[int] | str]:
    """The lines of evidence as places of the text, in its order; after them the lines that stand nowhere, as words."""
    chosen = list(dict.fromkeys(span.trimmed(text) for span in form.runs if span.start < span.end <= len(text)))
    found: list[list[int] | str] = []
    for line in _lines(form.evidence):
        at = next((span for span in chosen if _one_line(span.of(text)) == line), None)
        if at is not None:
            chosen.remove(at)
        found.append(_run(line, text, near) if at is None else [at.start, at.end])
    return sorted(found, key=lambda run: (len(text), 0) if isinstance(run, str) else (run[0], run[1]))


def _run(words: str, text: str, near: Span) -> list[int] | str:
    """Where the words stand, the nearest to ``near``; the words themselves where they stand nowhere."""
    parts = r"\s+".join(re.escape(part) for part in words.split())
    found = [match.span() for match in re.finditer(parts, text)]
    if not found:
        return words
    start, end = min(found, key=lambda span: abs(span[0] - near.start))
    return [start, end]


def _figure_form(told: Mapping[str, Any]) -> FigureForm:
    return FigureForm(
        phrase=_one_line(told["phrase"]),
        kind=told["kind"],
        low=_typed(told["low"]),
        high=_typed(told["high"]),
        scope=told["scope"] or "",
        part_of=_one_line(told["part_of"] or ""),
    )


def _figure_given(form: FigureForm) -> dict[str, Any]:
    return {
        "phrase": form.phrase,
        "kind": form.kind,
        "low": _number(form.low),
        "high": _number(form.high),
        "scope": form.scope or None,
        "part_of": (form.part_of or None) if form.scope == FigureScope.PART else None,
    }


def _on_one_line(told: Any) -> Any:
    """A value with the words in it as a line of the form holds them: a report may break a line within a phrase."""
    if isinstance(told, str):
        return _one_line(told)
    if isinstance(told, list):
        return [_on_one_line(one) for one in told]
    return {name: _on_one_line(one) for name, one in told.items()} if isinstance(told, dict) else told


def _lines(words: str) -> list[str]:
    return [_one_line(line) for line in words.splitlines() if line.strip()]


def _number(words: str) -> int | None:
    plain = words.replace(",", "").replace(" ", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdecimal() and len(plain) < 16):
        raise UsageError(f"figures: {words!r} is no whole number")
    return int(plain)


def _typed(number: int | None) -> str:
    return "" if number is None else str(number)


def _one_line(words: str) -> str:
    return " ".join(words.split())
