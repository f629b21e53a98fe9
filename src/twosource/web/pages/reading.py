"""One report's text with its claims."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from twosource.views.outcomes import plan_outcomes
from twosource.views.reading import report_view
from twosource.web.desk import Desk
from twosource.web.lapsed import lapsed_in
from twosource.web.laying import laid
from twosource.web.looking import looking_at
from twosource.web.paging import number_in
from twosource.web.people import name_of
from twosource.web.reading_page import page_of
from twosource.web.relatives import relatives_of
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]


def report(desk: Desk, request: Request) -> Response:
    """The report; ``version`` in the query is the digest of an older version, ``at`` an offset that must be shown."""
    id_ = request.path_params["report_id"]
    view = report_view(desk.project, id_, version=request.query_params.get("version") or None)
    if view is None:
        return desk.message(404, "There is no such report here", "It may have been read into another project.")
    found = laid(desk.project, view)
    context = {
        "view": view,
        "report": view.reading.report,
        "page": page_of(found.reading, number_in(request.query_params.get("at", "0")) or 0, found.decided),
        "who": name_of(request),
        "relatives": relatives_of(desk.project, id_),
        "looking": looking_at(desk.project, view, found),
        "lapsed": lapsed_in(desk.project, view, found),
        "outcomes": plan_outcomes(desk.project, found.standing if view.version.current else ()),
        "trouble": None,
    }
    return desk.page("reading.html", context)


WAYS: tuple[Ask | Act, ...] = (Ask("/reports/{report_id:path}", report),)
