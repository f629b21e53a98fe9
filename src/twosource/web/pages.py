"""The pages of the desk: each takes a request, asks the views, and fills a template."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from math import ceil
from urllib.parse import urlencode

import msgspec
from jinja2 import Environment
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from twosource.closed_sets import FAMILIES
from twosource.errors import UsageError
from twosource.store import Project
from twosource.views import claims as claim_views
from twosource.views import issues as issue_views
from twosource.views import reports as report_views
from twosource.views.project import counts
from twosource.views.reading import report_view
from twosource.web.reading_page import page_of

__all__ = ["PAGE_SIZE", "Pages", "Paging"]

PAGE_SIZE = 50
_HEADERS = {"Cache-Control": "no-store", "Vary": "HX-Request"}


class Paging(msgspec.Struct, frozen=True):
    """Which page of a list is shown, how many rows the list has, and the query that the other pages keep."""

    page: int
    rows: int
    query: tuple[tuple[str, str], ...] = ()

    @property
    def offset(self) -> int:
        """How many rows stand on the pages before."""
        return (self.page - 1) * PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, ceil(self.rows / PAGE_SIZE))

    def link(self, page: int) -> str:
        """The address, after the path, of another page."""
        return "?" + urlencode([*self.query, *([("page", str(page))] if page > 1 else [])])


class Pages:
    """The handlers, over one open project and the templates."""

    def __init__(self, project: Project, templates: Environment) -> None:
        self.project = project
        self.templates = templates

    def home(self, request: Request) -> Response:
        """To the list of reports."""
        return RedirectResponse("/reports", 307, headers={"Cache-Control": "no-store"})

    def reports(self, request: Request) -> Response:
        """The list of reports, filtered by words; only the list itself where htmx asks."""
        words = request.query_params.get("q", "").strip()
        rows = report_views.count_reports(self.project, text=words or None)
        paging = _paging(request.query_params, rows, {"q": words})
        found = report_views.list_reports(self.project, text=words or None, limit=PAGE_SIZE, offset=paging.offset)
        template = "_report_list.html" if _is_partial(request) else "reports.html"
        return self._page(template, {"reports": found, "paging": paging, "words": words})

    def report(self, request: Request) -> Response:
        """One report's text with its claims; ``version`` in the query is the digest of an older version."""
        view = report_view(
            self.project, request.path_params["report_id"], version=request.query_params.get("version") or None
        )
        if view is None:
            return self.message(404, "There is no such report here", "It may have been read into another project.")
        context = {
            "view": view,
            "report": view.reading.report,
            "page": page_of(view.reading, _number(request.query_params.get("at", "0")) or 0),
        }
        return self._page("reading.html", context)

    def claims(self, request: Request) -> Response:
        """The claims of all reports, filtered."""
        asked = {name: request.query_params.get(name, "").strip() for name in _CLAIM_FIELDS}
        trouble, status, chosen = None, 200, claim_views.ClaimFilter()
        try:
            chosen = _claim_filter(asked)
        except UsageError as error:
            trouble, status = str(error), 400
        paging = _paging(request.query_params, claim_views.count_claims(self.project, chosen), asked)
        found = claim_views.find_claims(self.project, chosen, limit=PAGE_SIZE, offset=paging.offset)
        context = {"rows": found, "paging": paging, "asked": asked, "trouble": trouble, "families": FAMILIES}
        return self._page("_claim_list.html" if _is_partial(request) else "claims.html", context, status)

    def issues(self, request: Request) -> Response:
        """What could not be read or resolved, of one code or of all."""
        code = request.query_params.get("code", "").strip()
        paging = _paging(
            request.query_params, issue_views.count_issues(self.project, code=code or None), {"code": code}
        )
        found = issue_views.list_issues(self.project, code=code or None, limit=PAGE_SIZE, offset=paging.offset)
        codes = issue_views.issue_counts(self.project)
        return self._page("issues.html", {"issues": found, "paging": paging, "code": code, "codes": codes})

    def message(self, status: int, heading: str, words: str) -> Response:
        """A page that says that something is not there or went wrong."""
        return self._fill("message.html", {"heading": heading, "words": words, "counts": None}, status)

    def _page(self, template: str, context: Mapping[str, object], status: int = 200) -> Response:
        return self._fill(template, {"counts": counts(self.project), **context}, status)

    def _fill(self, template: str, context: Mapping[str, object], status: int) -> Response:
        return HTMLResponse(self.templates.get_template(template).render(context), status, _HEADERS)


_CLAIM_FIELDS = ("text", "actor", "place", "source", "type", "family", "since", "until", "report")


def _claim_filter(asked: Mapping[str, str]) -> claim_views.ClaimFilter:
    """The filter that a query asks for. Raises UsageError for a type, family or day that can't be."""
    return claim_views.ClaimFilter(
        type=claim_views.claim_type(asked["type"]) if asked["type"] else None,
        family=asked["family"] or None,
        actor=asked["actor"] or None,
        place=asked["place"] or None,
        source=asked["source"] or None,
        report=asked["report"] or None,
        since=_day(asked["since"]),
        until=_day(asked["until"]),
        text=asked["text"] or None,
    )


def _day(words: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(words) if words else None
    except ValueError:
        raise UsageError(f"{words!r} is no day: write year, month and day as in 2024-12-01") from None


def _paging(query: QueryParams, rows: int, kept: Mapping[str, str]) -> Paging:
    """The page asked for; the first or the last one where the number is wrong."""
    number = _number(query.get("page", "1")) or 1
    paging = Paging(1, rows, tuple((name, value) for name, value in kept.items() if value))
    return msgspec.structs.replace(paging, page=min(max(1, number), paging.pages))


def _number(words: str) -> int | None:
    """The whole number of at most nine digits that the words are, else None."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else None


def _is_partial(request: Request) -> bool:
    """Whether htmx asks for a part of the page and not, going back in history, for all of it."""
    return "hx-request" in request.headers and "hx-history-restore-request" not in request.headers
