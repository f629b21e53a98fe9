"""What came of a plan, as recorded on the card of its claim or in the list of plans."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.corpus_records import DecisionKind
from twosource.web.desk import Desk
from twosource.web.outcomes import NOTHING_TELLS
from twosource.web.paging import number_in
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask
from twosource.web.taking_back import check_on
from twosource.web.wording import report_path

__all__ = ["WAYS"]


def record(desk: Desk, request: Request, form: FormData) -> Response:
    """Keeps what came of a plan, or takes such an entry back; then the page that the form stood on."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    who, reason, seen = name_of(request), typed.get("reason", "").strip(), number_in(typed.get("seen", ""))
    report, claim, word = (typed.get(name, "") for name in ("report", "claim", "verdict"))
    if word == "undo":
        number = number_in(typed.get("undoes", "")) or 0
        check_on(desk, number, DecisionKind.OUTCOME)
        deciding.undo(desk.project, number, who=who, reason=reason or "taken back", expected=seen)
    else:
        offered = NOTHING_TELLS if word == "not-known" else ""
        told_by = typed.get("named", "").strip() or typed.get("told-by", "")
        deciding.record_outcome(
            desk.project, report, claim, word, who=who, reason=reason or offered, told_by=told_by, expected=seen
        )
    return desk.see("/questions/plans" if typed.get("back") == "plans" else f"{report_path(report)}#{claim}")


WAYS: tuple[Ask | Act, ...] = (Act("/outcomes", record),)
