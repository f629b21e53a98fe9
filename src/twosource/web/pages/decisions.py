"""What a person decides on the claims of a report: accept, reject, fix, add, and take back."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.closed_sets import FAMILIES, Certainty, FigureKind, Stance, Status
from twosource.deciding import DecidedClaim
from twosource.errors import ConflictError, UsageError
from twosource.spans import Span
from twosource.views.reading import report_view
from twosource.web.claim_form import NAME_FIELDS, ClaimForm, changed_fields, form_of, form_typed, given_fields
from twosource.web.coding_words import task_path
from twosource.web.desk import Desk, is_partial
from twosource.web.laying import card_in
from twosource.web.paging import number_in
from twosource.web.people import keep_name, name_of
from twosource.web.routing import Act, Ask
from twosource.web.wording import report_path

__all__ = ["WAYS"]

_CLOSED = {"families": FAMILIES, "stances": Stance, "certainties": Certainty, "statuses": Status, "kinds": FigureKind}


def decide(desk: Desk, request: Request, form: FormData) -> Response:
    """Accepts, rejects or takes back by one button; the card anew where htmx asks, else the report at the claim."""
    typed = _typed(form)
    trouble = None
    try:
        _decide(desk, typed, name_of(request))
        desk.imports.bring_together(names=False)
    except (UsageError, ConflictError) as error:
        if not is_partial(request):
            raise
        trouble = str(error)
    report, claim = typed.get("report", ""), typed.get("claim", "")
    if not is_partial(request):
        return desk.see(f"{report_path(report)}#{claim}")
    card = card_in(desk.project, report, claim)
    if card is None:  # an added claim that was taken back
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    return desk.bare("_card_alone.html", {"card": card, "trouble": trouble})


def _decide(desk: Desk, typed: Mapping[str, str], who: str) -> None:
    verdict, reason = typed.get("verdict", ""), typed.get("reason", "").strip()
    at = (typed.get("report", ""), typed.get("claim", ""))
    seen = number_in(typed.get("seen", ""))
    if verdict == "accept":
        deciding.accept(desk.project, *at, who=who, reason=reason or "as it stands", expected=seen)
    elif verdict == "reject":
        deciding.reject(desk.project, *at, who=who, reason=reason, expected=seen)
    elif verdict == "undo":
        number = number_in(typed.get("undoes", "")) or 0
        deciding.undo(desk.project, number, who=who, reason=reason or "taken back", expected=seen)
    else:
        raise UsageError(f"there is no decision {verdict!r}: accept, reject or take back")


def show_form(desk: Desk, request: Request) -> Response:
    """The form of a claim that is there ('claim'), or of one that was missed (at 'start' to 'end', in code points)."""
    asked = request.query_params
    found = _report_and_claim(desk, asked.get("report", ""), asked.get("claim", ""))
    if found is None:
        return desk.message(404, "There is no such report here", "It may have been read into another project.")
    text, one = found
    if one is not None:
        return _form(desk, asked["report"], one, form_of(one.claim, text))
    start, end = (number_in(asked.get(name, "")) or 0 for name in ("start", "end"))
    words = " ".join(text[start:end].split())
    return _form(desk, asked["report"], None, ClaimForm(evidence=words), start=start)


def take_form(desk: Desk, request: Request, form: FormData) -> Response:
    """Keeps what was changed in a claim, or a claim that was missed; the form again where it can't be meant."""
    typed = _typed(form)
    report, who = typed.get("report", ""), name_of(request)
    found = _report_and_claim(desk, report, typed.get("claim", ""))
    if found is None:
        raise UsageError(f"there is no report {report!r}")
    text, one = found
    filled, start = form_typed(typed), number_in(typed.get("at", "")) or 0
    reason, seen = typed.get("reason", ""), number_in(typed.get("seen", ""))
    try:
        if one is None:
            fields = {name: value for name, value in given_fields(filled, text, Span(start, start)).items() if value}
            kept = deciding.add(desk.project, report, fields, who=who, reason=reason)
        else:
            fields = changed_fields(filled, one.claim, text)
            kept = deciding.fix(desk.project, report, one.claim.id, fields, who=who, reason=reason, expected=seen)
    except (UsageError, ConflictError) as error:
        return _form(desk, report, one, filled, start=start, trouble=str(error), reason=reason)
    desk.imports.bring_together(names=False)
    return desk.see(f"{report_path(report)}#{kept.subjects[1] if one is None else one.claim.id}")


def set_name(desk: Desk, request: Request, form: FormData) -> Response:
    """Remembers in this browser who decides; back to the report or the coding task that was shown."""
    typed = _typed(form)
    report, task = typed.get("report", ""), typed.get("task", "")
    answer = desk.see(f"{report_path(report)}#claims" if report else task_path(task) if task else "/review")
    keep_name(answer, typed.get("name", ""))
    return answer


def _form(
    desk: Desk,
    report: str,
    one: DecidedClaim | None,
    filled: ClaimForm,
    *,
    start: int = 0,
    trouble: str | None = None,
    reason: str = "",
) -> Response:
    context = {
        "report_id": report,
        "one": one,
        "filled": filled,
        "start": start,
        "trouble": trouble,
        "reason": reason,
        "name_fields": NAME_FIELDS,
        **_CLOSED,
    }
    return desk.page("claim_form.html", context, 400 if trouble else 200)


def _report_and_claim(desk: Desk, report: str, claim: str) -> tuple[str, DecidedClaim | None] | None:
    """The report's text with the claim, where there is one of this id; None for an unknown report or claim."""
    view = report_view(desk.project, report)
    if view is None:
        return None
    text = view.reading.report.text
    if not claim:
        return text, None
    claims = deciding.decided_claims(desk.project, report)
    one = next((one for one in claims if one.claim.id == claim), None)
    return None if one is None else (text, one)


def _typed(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


WAYS: tuple[Ask | Act, ...] = (
    Act("/claims/decide", decide),
    Ask("/claims/form", show_form),
    Act("/claims/form", take_form),
    Act("/name", set_name),
)
