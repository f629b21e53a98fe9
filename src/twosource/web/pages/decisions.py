"""What a person decides on the claims of a report by one button: accept, reject, and take back."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.errors import ConflictError, UsageError
from twosource.views.outcomes import PlanOutcome, plan_outcomes
from twosource.web.coding_words import task_path
from twosource.web.desk import Desk, is_partial
from twosource.web.laying import card_in
from twosource.web.paging import number_in
from twosource.web.people import keep_name, name_of
from twosource.web.routing import Act, Ask
from twosource.web.wording import report_path

__all__ = ["WAYS"]


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
    typed_again = {name: typed.get(name, "") if trouble else "" for name in ("reason", "verdict")}
    return desk.bare(
        "_card_alone.html", {"card": card, "outcomes": _outcome(desk, report, claim), "trouble": trouble, **typed_again}
    )


def _outcome(desk: Desk, report: str, claim: str) -> Mapping[str, PlanOutcome]:
    """What came of the plan that the claim tells, by its id; nothing where it tells none."""
    every = (one for one in deciding.decided_claims(desk.project, report) if one.mark is not deciding.Mark.REJECTED)
    return plan_outcomes(desk.project, [one.claim for one in every if one.claim.id == claim])


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


def set_name(desk: Desk, request: Request, form: FormData) -> Response:
    """Remembers in this browser who decides; back to the report or the coding task that was shown."""
    typed = _typed(form)
    report, task = typed.get("report", ""), typed.get("task", "")
    answer = desk.see(f"{report_path(report)}#claims" if report else task_path(task) if task else "/review")
    keep_name(answer, typed.get("name", ""))
    return answer


def _typed(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


WAYS: tuple[Ask | Act, ...] = (
    Act("/claims/decide", decide),
    Act("/name", set_name),
)
