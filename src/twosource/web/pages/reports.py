"""The list of reports: filtered by words, sorted, and where files are dropped to be read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from twosource.views import reports as views
from twosource.views.claims import MOST_COUNTED
from twosource.views.reports import ReportOrder
from twosource.web.desk import Desk, is_partial
from twosource.web.looking import progress_in
from twosource.web.paging import PAGE_SIZE, paging_of
from twosource.web.routing import Act, Ask

__all__ = ["ORDER_WORDS", "WAYS"]

ORDER_WORDS = {
    ReportOrder.NEWEST: "newest first",
    ReportOrder.OLDEST: "oldest first",
    ReportOrder.OUTLET: "by outlet",
}


def reports(desk: Desk, request: Request) -> Response:
    """The list; only the list itself where htmx asks."""
    asked = {name: request.query_params.get(name, "").strip() for name in ("q", "outlet", "agency", "sort")}
    order = next((one for one in ReportOrder if one.value == asked["sort"]), ReportOrder.NEWEST)
    chosen = {"text": asked["q"] or None, "outlet": asked["outlet"] or None, "agency": asked["agency"] or None}
    most = MOST_COUNTED if chosen["text"] else None
    kept = {**asked, "sort": "" if order is ReportOrder.NEWEST else order.value}
    with desk.project.looking_once():
        rows = views.count_reports(desk.project, **chosen, most=most) if any(chosen.values()) else desk.counts().reports
        paging = paging_of(request.query_params, rows, kept, most=most)
        found = views.list_reports(desk.project, **chosen, order=order, limit=PAGE_SIZE, offset=paging.offset)
    context = {
        "reports": found,
        "looked": progress_in(desk.project, [one.id for one in found]),
        "paging": paging,
        "asked": asked,
        "order": order,
        "orders": ORDER_WORDS,
        "imports": desk.imports.unfinished(),
    }
    return desk.page("_report_list.html" if is_partial(request) else "reports.html", context)


WAYS: tuple[Ask | Act, ...] = (Ask("/reports", reports),)
