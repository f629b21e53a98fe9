"""The desk as an ASGI application over one open project."""

from __future__ import annotations

from collections.abc import Collection

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from twosource.closed_sets import family_of
from twosource.errors import ProjectError
from twosource.store import Project
from twosource.web import wording
from twosource.web.assets import Assets, load_assets
from twosource.web.pages import Pages
from twosource.web.reading_page import PART_LENGTH
from twosource.web.security import HEADERS, LOOPBACK, Guard

__all__ = ["make_app", "make_templates"]


def make_app(project: Project, *, hosts: Collection[str] = LOOPBACK) -> Starlette:
    """The desk of an open project, which the caller closes; it answers under the names in ``hosts`` alone.

    Raises ProjectError where the scripts and styles have not been built.
    """
    assets = load_assets()
    pages = Pages(project, make_templates(assets))

    def not_found(request: Request, error: Exception) -> Response:
        return pages.message(404, "There is no such page", "The address may be mistyped or out of date.")

    def unusable(request: Request, error: Exception) -> Response:
        return pages.message(503, "The project can't be read just now", str(error))

    def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 400
        return pages.message(status, "That can't be asked here", "The desk only shows pages; go back and try again.")

    def broken(request: Request, error: Exception) -> Response:
        answer = pages.message(500, "Something went wrong in twosource", "What it was stands in the terminal.")
        answer.headers.update(HEADERS)  # this answer is made outside of the guard
        return answer

    return Starlette(
        routes=[
            Route("/", pages.home),
            Route("/reports", pages.reports),
            Route("/reports/{report_id:path}", pages.report),
            Route("/claims", pages.claims),
            Route("/issues", pages.issues),
            Route("/static/{name}", assets.answer),
        ],
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={404: not_found, HTTPException: refused, ProjectError: unusable, 500: broken},
    )


def make_templates(assets: Assets) -> Environment:
    """The templates, everything escaped unless it was made safe by ``wording.visible``."""
    templates = Environment(
        loader=PackageLoader("twosource.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = (wording.visible, wording.plain, wording.day_words, wording.thousands, wording.type_words)
    templates.filters.update({made.__name__: made for made in filters})
    templates.filters.update(safe_link=wording.safe_link, family=family_of)
    templates.globals.update(
        asset=assets.path,
        report_path=wording.report_path,
        days_words=wording.days_words,
        figure_words=wording.figure_words,
        part_length=PART_LENGTH,
    )
    return templates
