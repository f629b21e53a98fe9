"""Ticks off a sentence without a claim that somebody has looked at, and takes a tick back."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.errors import ConflictError, UsageError
from twosource.spans import Span
from twosource.views.reading import report_view
from twosource.web.desk import Desk, is_partial
from twosource.web.laying import laid
from twosource.web.looking import looking_at
from twosource.web.paging import number_in
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask
from twosource.web.wording import report_path

__all__ = ["WAYS"]


def look(desk: Desk, request: Request, form: FormData) -> Response:
    """Ticks the run named in 'look' off, or takes entries 'undo' back; the list anew where htmx asks, else the page."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    report, trouble = typed.get("report", ""), None
    try:
        _keep(desk, report, typed, name_of(request))
    except (UsageError, ConflictError) as error:
        if not is_partial(request):
            raise
        trouble = str(error)
    if not is_partial(request):
        return desk.see(f"{report_path(report)}#missed")
    view = report_view(desk.project, report)
    if view is None:
        return desk.message(404, "There is no such report here", "It may have been read into another project.")
    looking = looking_at(desk.project, view, laid(desk.project, view))
    return desk.bare("_missed.html", {"looking": looking, "trouble": trouble})


def _keep(desk: Desk, report: str, typed: dict[str, str], who: str) -> None:
    if "look" in typed:
        start, _, end = typed["look"].partition("-")
        deciding.look(desk.project, report, Span(number_in(start) or 0, number_in(end) or 0), who=who)
        return
    numbers = [number_in(one) for one in typed.get("undo", "").split()]
    if not numbers or None in numbers:
        raise UsageError("no sentence was named: load the page again")
    for number in filter(None, numbers):
        deciding.undo(desk.project, number, who=who, reason="to be looked at again")


WAYS: tuple[Ask | Act, ...] = (Act("/sentences", look),)
