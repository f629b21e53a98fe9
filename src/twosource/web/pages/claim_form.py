"""The form in which a person fixes a claim or adds one that was missed, with the report's text beside it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.deciding import DecidedClaim
from twosource.errors import ConflictError, UsageError
from twosource.records import Reading
from twosource.spans import Span
from twosource.views.reading import report_view
from twosource.web.claim_form import CHOICES, ClaimForm, changed_fields, evidence_of, form_of, form_typed, given_fields
from twosource.web.desk import Desk
from twosource.web.meanwhile import FORM_FIELDS, form_kept, form_read, meanwhile, with_theirs
from twosource.web.paging import number_in
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask
from twosource.web.text_beside import text_beside
from twosource.web.wording import queue_path, report_path

__all__ = ["WAYS"]


class _Asked(msgspec.Struct, frozen=True):
    """What a form is about: the reading, and the claim where it is there already."""

    reading: Reading
    one: DecidedClaim | None

    @property
    def text(self) -> str:
        return self.reading.report.text

    @property
    def id(self) -> str:
        """The report's id."""
        return self.reading.report.id


def show_form(desk: Desk, request: Request) -> Response:
    """The form of a claim that is there ('claim'), or of one that was missed (at 'start' to 'end', in code points)."""
    query = request.query_params
    asked = _asked(desk, query.get("report", ""), query.get("claim", ""))
    if asked is None:
        return desk.message(404, "There is no such report here", "It may have been read into another project.")
    if asked.one is not None:
        return _form(desk, asked, form_of(asked.one.claim, asked.text), back=query.get("back", ""))
    start, end = (number_in(query.get(name, "")) or 0 for name in ("start", "end"))
    words = " ".join(asked.text[start:end].split())
    runs = (Span(start, min(end, len(asked.text))),) if words else ()
    return _form(desk, asked, ClaimForm(evidence=words, runs=runs), start=start)


def take_form(desk: Desk, request: Request, form: FormData) -> Response:
    """Keeps what was changed in a claim, or a claim that was missed; the form again where it can't be meant."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    report, claim = typed.get("report", ""), typed.get("claim", "")
    asked = _asked(desk, report, claim)
    if asked is None and claim:
        return _gone(desk, report, claim, typed)
    if asked is None:
        raise UsageError(f"there is no report {report!r}")
    if asked.one is None:
        return _add(desk, asked, typed, name_of(request))
    return _fix(desk, asked, asked.one, typed, name_of(request))


def _add(desk: Desk, asked: _Asked, typed: Mapping[str, str], who: str) -> Response:
    filled, start = form_typed(typed), number_in(typed.get("at", "")) or 0
    reason = typed.get("reason", "")
    try:
        given = given_fields(filled, asked.text, Span(start, start))
        fields = {name: value for name, value in given.items() if value}
        kept = deciding.add(desk.project, asked.id, fields, who=who, reason=reason)
    except (UsageError, ConflictError) as error:
        return _form(desk, asked, filled, start=start, trouble=str(error), reason=reason)
    desk.imports.bring_together(names=False)
    return desk.see(f"{report_path(asked.id)}#{kept.subjects[1]}")


def _fix(desk: Desk, asked: _Asked, one: DecidedClaim, typed: Mapping[str, str], who: str) -> Response:
    """Keeps what was changed; the form again, with what somebody else set, where the person has not seen that."""
    now, seen = form_of(one.claim, asked.text), number_in(typed.get("seen", ""))
    opened = form_read(typed.get("opened", "")) or now
    filled, open_fields = _chosen(form_typed(typed), opened, typed)
    if seen is not None and (seen != one.seen or meanwhile(opened, now, filled, (), asked.text, _near(one)).changes):
        return _overtaken(desk, asked, _Shown(opened, seen), filled, typed)
    if open_fields:
        first = _Shown(form_read(typed.get("before", "")) or opened, number_in(typed.get("since", "")) or 0)
        return _overtaken(desk, asked, first, filled, typed)
    reason, back = typed.get("reason", ""), typed.get("back", "")
    try:
        fields = changed_fields(filled, one.claim, asked.text)
        if fields or "since" not in typed:  # else the person left the claim as somebody else had set it
            deciding.fix(desk.project, asked.id, one.claim.id, fields, who=who, reason=reason, expected=seen)
    except ConflictError:  # decided between the look above and now
        again = _asked(desk, asked.id, one.claim.id)
        if again is None:
            return _gone(desk, asked.id, one.claim.id, typed)
        return _overtaken(desk, again, _Shown(opened, seen or 0), filled, typed)
    except UsageError as error:
        return _form(desk, asked, filled, trouble=str(error), reason=reason, back=back)
    desk.imports.bring_together(names=False)
    return desk.see(queue_path(back) if back else f"{report_path(asked.id)}#{one.claim.id}")


def _chosen(filled: ClaimForm, opened: ClaimForm, typed: Mapping[str, str]) -> tuple[ClaimForm, bool]:
    """The form with theirs where the person chose that, and whether a field is left in which nothing was chosen."""
    both = typed.get("both", "").split()
    takes = {name: typed.get(f"take-{name}") for name in both if name in FORM_FIELDS}
    for name, take in takes.items():
        filled = with_theirs(filled, name, opened) if take == "theirs" else filled
    return filled, any(take not in ("theirs", "yours") for take in takes.values())


class _Shown(msgspec.Struct, frozen=True):
    """A form as it was shown, and the number of the last entry on its claim then."""

    form: ClaimForm
    seen: int


def _overtaken(desk: Desk, asked: _Asked, shown: _Shown, filled: ClaimForm, typed: Mapping[str, str]) -> Response:
    """The form with what was typed, and beside it what somebody else set since it was shown."""
    one = asked.one
    if one is None:
        raise UsageError("there is no claim to fix: load the page again")
    ids = {
        one.claim.id,
        *(one.decision.subjects[1:] if one.decision else ()),
        *([one.as_read.id] if one.as_read else ()),
    }
    entries = deciding.decisions_since(desk.project, asked.id, ids, shown.seen)
    now = form_of(one.claim, asked.text)
    found = meanwhile(shown.form, now, filled, entries, asked.text, _near(one))
    more = {"meanwhile": found, "before": form_kept(shown.form), "since": shown.seen}
    reason, back = typed.get("reason", ""), typed.get("back", "")
    return _form(desk, asked, found.merged, reason=reason, back=back, more=more)


def _gone(desk: Desk, report: str, claim: str, typed: Mapping[str, str]) -> Response:
    """The form of a new claim with what was typed for one that is no more."""
    asked = _asked(desk, report, "")
    if asked is None:
        raise UsageError(f"there is no report {report!r}")
    entries = deciding.decisions_since(desk.project, report, {claim}, number_in(typed.get("seen", "")) or 0)
    last = (
        f": {entries[-1].who} took it back ({entries[-1].reason})" if entries else ", since the report was read again"
    )
    trouble = (
        f"The claim is not there any more{last}. What you gave stands below; sent again, it is added as a new claim."
    )
    return _form(desk, asked, form_typed(typed), trouble=trouble, reason=typed.get("reason", ""))


def _near(one: DecidedClaim | None, start: int = 0) -> Span:
    """Where words that stand in several places are meant: at the claim, else where one is added."""
    if one is None:
        return Span(start, start)
    return one.claim.evidence[0] if one.claim.evidence else one.claim.trigger


def _form(
    desk: Desk,
    asked: _Asked,
    filled: ClaimForm,
    *,
    start: int = 0,
    trouble: str | None = None,
    reason: str = "",
    back: str = "",
    more: Mapping[str, object] | None = None,
) -> Response:
    one = asked.one
    context = {
        "report_id": asked.id,
        "one": one,
        "filled": filled,
        "opened": form_kept(form_of(one.claim, asked.text)) if one else None,
        "beside": text_beside(asked.reading, evidence_of(filled, asked.text, _near(one, start))),
        "start": start,
        "trouble": trouble,
        "reason": reason,
        "back": back,
        "queue_path": queue_path,
        **CHOICES,
        **(more or {}),
    }
    return desk.page("claim_form.html", context, 400 if trouble or more else 200)


def _asked(desk: Desk, report: str, claim: str) -> _Asked | None:
    """The report with the claim, where there is one of this id; None for an unknown report or claim."""
    view = report_view(desk.project, report)
    if view is None:
        return None
    if not claim:
        return _Asked(view.reading, None)
    claims = deciding.decided_claims(desk.project, report)
    one = next((one for one in claims if one.claim.id == claim), None)
    return None if one is None else _Asked(view.reading, one)


WAYS: tuple[Ask | Act, ...] = (Ask("/claims/form", show_form), Act("/claims/form", take_form))
