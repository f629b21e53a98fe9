"""The desk as an ASGI application over one open project."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from twosource.api.app import make_api
from twosource.api.openapi import BASE
from twosource.closed_sets import family_of
from twosource.errors import ProjectError, UsageError
from twosource.pipeline import Reader, default_reader
from twosource.store import Project
from twosource.web import event_words, wording
from twosource.web.access import Access
from twosource.web.assets import Assets, load_assets
from twosource.web.at_the_door import door_of
from twosource.web.desk import Desk
from twosource.web.imports import Imports
from twosource.web.outcomes import OUTCOME_WORDS, told_in
from twosource.web.reading_page import PART_LENGTH
from twosource.web.remedies import remedy
from twosource.web.routing import routes_of
from twosource.web.screens import WAYS
from twosource.web.security import HEADERS, LOOPBACK, Guard

__all__ = ["make_app", "make_templates"]


def make_app(
    project: Project,
    *,
    hosts: Collection[str] = LOOPBACK,
    token: str | None = None,
    reader: Callable[[], Reader] = default_reader,
    today: Callable[[], datetime.date] = datetime.date.today,
) -> Starlette:
    """The desk of an open project, which the caller closes after ``app.state.desk.imports``.

    It answers under the names in ``hosts`` alone, and where there is a ``token`` only to those who know it. ``reader``
    reads what is dropped on it. Raises ProjectError where the scripts and styles have not been built.
    """
    assets, access = load_assets(), Access(token)
    desk = Desk(project, make_templates(assets), Imports(project, reader), access, today)

    def not_found(request: Request, error: Exception) -> Response:
        return desk.message(404, "There is no such page", "The address may be mistyped or out of date.")

    def unusable(request: Request, error: Exception) -> Response:
        return desk.message(503, "The project can't be used just now", str(error))

    def unmeant(request: Request, error: Exception) -> Response:
        return desk.message(400, "That can't be done", str(error))

    def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 400
        return desk.message(status, "That can't be asked here", "Go back and try again.")

    def broken(request: Request, error: Exception) -> Response:
        answer = desk.message(500, "Something went wrong in twosource", "What it was stands in the terminal.")
        answer.headers.update(HEADERS)  # this answer is made outside of the guard
        return answer

    app = Starlette(
        routes=[
            *routes_of(desk, WAYS),
            _static(assets),
            Mount(BASE, make_api(project, desk.answers.get)),
        ],
        middleware=[Middleware(Guard, hosts=hosts, access=access, door=door_of(desk))],
        exception_handlers={
            404: not_found,
            HTTPException: refused,
            UsageError: unmeant,
            ProjectError: unusable,
            500: broken,
        },
    )
    app.state.desk = desk
    return app


def _static(assets: Assets) -> Route:
    return Route("/static/{name}", assets.answer)


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
    templates.filters.update(safe_link=wording.safe_link, family=family_of, remedy=remedy)
    templates.globals.update(
        asset=assets.path,
        report_path=wording.report_path,
        days_words=wording.days_words,
        figure_words=wording.figure_words,
        compare_path=wording.compare_path,
        part_length=PART_LENGTH,
        event_path=event_words.event_path,
        event_name=event_words.event_name,
        event_days=event_words.event_days,
        bounds_words=event_words.bounds_words,
        range_words=event_words.range_words,
        outcome_words=OUTCOME_WORDS,
        outcome_told_in=told_in,
    )
    return templates
