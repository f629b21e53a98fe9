"""A form that was opened before somebody else changed its claim: what they set, field by field, and what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from twosource.closed_sets import FigureScope
from twosource.corpus_records import Decision
from twosource.spans import Span
from twosource.web.claim_form import NAME_FIELDS, SCOPES, ClaimForm, FigureForm, places_of

__all__ = ["FORM_FIELDS", "Change", "Meanwhile", "form_kept", "form_read", "meanwhile", "with_theirs"]

FORM_FIELDS = {
    "evidence": "Evidence",
    "type": "What",
    **NAME_FIELDS,
    "when": "When",
    "figures": "Figures",
    "stance": "Stance of the source",
    "certainty": "Certainty",
    "status": "Status",
    "negated": "Said not to be so",
}
"""The fields of the form, and what it calls them."""

_NOTHING = "nothing"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A field that somebody else set: what stood there when the form was opened, and what stands there now.

    ``yours`` is what was typed, None where that field was left as it was. ``by`` is the entry of the log that set it,
    None where no entry on this claim did: the report was read again, or a figure corrected in another of its claims.
    """

    field: str
    label: str
    was: str
    theirs: str
    yours: str | None
    by: Decision | None


class Meanwhile(msgspec.Struct, frozen=True):
    """The entries on the claim since the form was opened, the fields that changed, and the form as it is shown again.

    In the form stands what was typed; a field that was left as it was takes what somebody else set.
    """

    entries: tuple[Decision, ...]
    changes: tuple[Change, ...]
    merged: ClaimForm

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields that both set, each to something else: the person must choose."""
        return tuple(one.field for one in self.changes if one.yours is not None)


def meanwhile(
    opened: ClaimForm, now: ClaimForm, typed: ClaimForm, entries: Sequence[Decision], text: str, near: Span
) -> Meanwhile:
    """What changed from the form as it was ``opened`` to the claim as it stands ``now``, beside what was ``typed``."""
    was, theirs, yours = (_parts(form, text, near) for form in (opened, now, typed))
    changes, merged = [], typed
    for field, label in FORM_FIELDS.items():
        if theirs[field] in (was[field], yours[field]):
            continue
        left = yours[field] == was[field]
        merged = with_theirs(merged, field, now) if left else merged
        changes.append(
            Change(
                field=field,
                label=label,
                was=_words(field, opened),
                theirs=_words(field, now),
                yours=None if left else _words(field, typed),
                by=_setter(field, entries),
            )
        )
    return Meanwhile(tuple(entries), tuple(changes), merged)


def with_theirs(form: ClaimForm, field: str, other: ClaimForm) -> ClaimForm:
    """The form with one field as the other has it."""
    if field in NAME_FIELDS:
        return msgspec.structs.replace(form, names={**form.names, field: other.names.get(field, "")})
    together = {"evidence": ("evidence", "runs"), "when": ("phrase", "start", "end")}.get(field, (field,))
    return msgspec.structs.replace(form, **{name: getattr(other, name) for name in together})


def form_kept(form: ClaimForm) -> str:
    """The form as one hidden field holds it."""
    return msgspec.json.encode(form).decode()


def form_read(kept: str) -> ClaimForm | None:
    """The form that a hidden field held; None where it holds none."""
    try:
        return msgspec.json.decode(kept, type=ClaimForm)
    except msgspec.MsgspecError:
        return None


def _parts(form: ClaimForm, text: str, near: Span) -> dict[str, Any]:
    """What the fields mean, so that two ways of writing the same are no change."""
    parts: dict[str, Any] = {name: getattr(form, name) for name in ("type", "stance", "certainty", "status", "negated")}
    parts |= {name: _names(form, name) for name in NAME_FIELDS}
    parts["evidence"] = places_of(form, text, near)
    parts["when"] = (form.phrase, form.start, form.end) if form.phrase else None
    parts["figures"] = [_figure(one) for one in form.figures if one.phrase]
    return parts


def _names(form: ClaimForm, field: str) -> list[str]:
    return [" ".join(one.split()) for one in form.names.get(field, "").split(";") if one.strip()]


def _figure(form: FigureForm) -> tuple[str, ...]:
    low, high = (one.replace(",", "").replace(" ", "") for one in (form.low, form.high))
    return form.phrase, form.kind, low, high, form.scope, form.part_of if form.scope == FigureScope.PART else ""


def _setter(field: str, entries: Sequence[Decision]) -> Decision | None:
    """The last entry that gives the field another value than stood there; else the last, as where it takes one back."""
    for entry in reversed(entries):
        before: Mapping[str, Any] = entry.before.get("claim") or {}
        if field in entry.value and entry.value[field] != before.get(field):
            return entry
    return entries[-1] if entries else None


def _words(field: str, form: ClaimForm) -> str:
    """What stands in a field, in words."""
    if field in NAME_FIELDS:
        return "; ".join(_names(form, field)) or _NOTHING
    if field == "evidence":
        return (
            " … ".join(f"“{' '.join(line.split())}”" for line in form.evidence.splitlines() if line.strip()) or _NOTHING
        )
    if field == "when":
        days = " to ".join(dict.fromkeys(one for one in (form.start, form.end) if one))
        return (f"“{form.phrase}”" + (f" ({days})" if days else "")) if form.phrase else _NOTHING
    if field == "figures":
        return "; ".join(_figure_words(one) for one in form.figures if one.phrase) or _NOTHING
    if field == "negated":
        return "yes" if form.negated else "no"
    return str(getattr(form, field)).replace("_", " ") or _NOTHING


def _figure_words(form: FigureForm) -> str:
    bounds = form.low if form.low == form.high else f"{form.low or 'open'} to {form.high or 'open'}"
    scope = f", {SCOPES.get(form.scope, form.scope)}" if form.scope else ""
    whole = f" of “{form.part_of}”" if form.scope == FigureScope.PART and form.part_of else ""
    return f"“{form.phrase}” ({bounds} {form.kind}{scope}{whole})"
