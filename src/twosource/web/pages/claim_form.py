"""The form in which a person fixes a claim or adds one that was missed, with the report's text beside it."""

from __future__ import annotations

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
from twosource.web.paging import number_in
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask
from twosource.web.text_beside import text_beside
from twosource.web.wording import report_path

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
        return _form(desk, asked, form_of(asked.one.claim, asked.text))
    start, end = (number_in(query.get(name, "")) or 0 for name in ("start", "end"))
    words = " ".join(asked.text[start:end].split())
    runs = (Span(start, min(end, len(asked.text))),) if words else ()
    return _form(desk, asked, ClaimForm(evidence=words, runs=runs), start=start)


def take_form(desk: Desk, request: Request, form: FormData) -> Response:
    """Keeps what was changed in a claim, or a claim that was missed; the form again where it can't be meant."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    report, who = typed.get("report", ""), name_of(request)
    asked = _asked(desk, report, typed.get("claim", ""))
    if asked is None:
        raise UsageError(f"there is no report {report!r}")
    one, filled, start = asked.one, form_typed(typed), number_in(typed.get("at", "")) or 0
    reason, seen = typed.get("reason", ""), number_in(typed.get("seen", ""))
    try:
        if one is None:
            given = given_fields(filled, asked.text, Span(start, start))
            fields = {name: value for name, value in given.items() if value}
            kept = deciding.add(desk.project, report, fields, who=who, reason=reason)
        else:
            fields = changed_fields(filled, one.claim, asked.text)
            kept = deciding.fix(desk.project, report, one.claim.id, fields, who=who, reason=reason, expected=seen)
    except (UsageError, ConflictError) as error:
        return _form(desk, asked, filled, start=start, trouble=str(error), reason=reason)
    desk.imports.bring_together(names=False)
    return desk.see(f"{report_path(report)}#{kept.subjects[1] if one is None else one.claim.id}")


def _form(
    desk: Desk, asked: _Asked, filled: ClaimForm, *, start: int = 0, trouble: str | None = None, reason: str = ""
) -> Response:
    near = asked.one.claim.evidence[0] if asked.one and asked.one.claim.evidence else Span(start, start)
    context = {
        "report_id": asked.id,
        "one": asked.one,
        "filled": filled,
        "beside": text_beside(asked.reading, evidence_of(filled, asked.text, near)),
        "start": start,
        "trouble": trouble,
        "reason": reason,
        **CHOICES,
    }
    return desk.page("claim_form.html", context, 400 if trouble else 200)


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
