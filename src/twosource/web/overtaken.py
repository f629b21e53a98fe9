"""What a form is answered that came after somebody else's decision on the same thing: nothing of it was kept.

The page says what was decided meanwhile, what stands now and what was sent, and leads back to where the form stood.
Who came first may be the same person in another window, as with what is coded blind.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding.second import same_person
from twosource.errors import ConflictError
from twosource.store.decisions import entry, in_force
from twosource.store.log_pages import entries_on
from twosource.views.decisions import decision_rows
from twosource.web.decision_words import Told, told
from twosource.web.desk import Desk
from twosource.web.people import name_of
from twosource.web.sending_again import page_of, typed_by_hand

__all__ = ["overtaken"]


def overtaken(desk: Desk, request: Request, form: FormData, error: ConflictError) -> Response:
    """The answer to a form on what ``error`` says that somebody has decided on."""
    entries = _entries(desk, error.number)
    last, standing = entries[-1:], in_force(entries)
    words = told(desk.project, decision_rows(desk.project, [*last, *standing]))
    sent = [(name, value) for name, value in form.multi_items() if isinstance(value, str) and name != "csrf"]
    who = last[0].who if last else error.who
    context = {
        "error": error,
        "who": None if same_person(who, name_of(request)) else who,
        "last": words[0] if last else None,
        "standing": words[1] if standing else None,
        "shown": typed_by_hand(sent),
        "page": _way_back(page_of(request), _shown_at(words[0]) if last else None),
    }
    return desk.page("overtaken.html", context, 409)


def _entries(desk: Desk, number: int) -> list[Decision]:
    """All entries on what this one is about, the oldest first; none where it is of a coding task, coded blind."""
    with desk.project.looking() as connection:
        found = entry(connection, number)
        if found is None or found.kind is DecisionKind.CODING:
            return []
        return entries_on(connection, [found])


def _way_back(page: str | None, thing: str | None) -> str:
    """To the page that the form stood on, and there to the thing: no browser tells at which part of a page it was."""
    if page is None:
        return thing or "/reports"
    there = urlsplit(thing or "")
    return f"{page}#{there.fragment}" if there.fragment and there.path == urlsplit(page).path else page


def _shown_at(one: Told) -> str | None:
    """Where the thing is shown, for a browser that doesn't say on which page the form stood."""
    return next((link.path for link in one.about if link.path), None)
