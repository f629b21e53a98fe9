"""What could not be read or resolved, and what to do about it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from twosource.views import issues as views
from twosource.web.desk import Desk
from twosource.web.paging import PAGE_SIZE, paging_of
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]


def issues(desk: Desk, request: Request) -> Response:
    """The list, of one code or of all."""
    code = request.query_params.get("code", "").strip()
    paging = paging_of(request.query_params, views.count_issues(desk.project, code=code or None), {"code": code})
    found = views.list_issues(desk.project, code=code or None, limit=PAGE_SIZE, offset=paging.offset)
    codes = views.issue_counts(desk.project)
    return desk.page("issues.html", {"issues": found, "paging": paging, "code": code, "codes": codes})


WAYS: tuple[Ask | Act, ...] = (Ask("/issues", issues),)
