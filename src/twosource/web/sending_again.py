"""What a desk answers that was started again, to a page of before: the page's token is not the desk's any more.

Nothing is done with what was sent; it comes back, to be sent again by a click. A page of this desk alone gets that: the
browser vouches for where the form comes from, no other site can read the answer, and none can lay it under its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from twosource.web.desk import Desk, is_partial
from twosource.web.security import is_from_here

__all__ = ["TOKEN", "page_of", "path_of", "send_again", "typed_by_hand"]

TOKEN = "Desk-Token"  # noqa: S105
"""The header in which a script of the page is given the token of the desk as it runs now."""

_OLD = "This page is older than the desk"
_BY_THE_DESK = frozenset(
    {
        *("about", "actor", "at", "back", "before", "both", "claim", "claim-seen", "entry", "event", "opened", "other"),
        *("report", "runs", "seen", "seen_in_all", "since", "subject", "task", "undoes", "unit"),
    }
)
"""Fields that a page fills in by itself, and that say nothing to a person."""


def send_again(desk: Desk, request: Request, form: FormData) -> Response:
    """The answer to a form with another token than the desk's."""
    if request.url.path == "/enter":  # what was typed there is a secret: it is asked for once more
        return desk.see("/enter")
    fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str) and name != "csrf"]
    if not is_from_here(request.headers):
        return desk.message(403, _OLD, "Go back, load the page again, and do it once more.")
    if is_partial(request):
        answer = desk.message(403, _OLD, "Send it again.")
        answer.headers[TOKEN] = desk.csrf
        return answer
    if any(not isinstance(value, str) for value in form.values()):
        return desk.message(
            403, _OLD, "Nothing was read. Go back, load the page again, and choose the files once more."
        )
    words = (
        "Not kept yet: the desk was started again",
        "The page that this was sent from is older than the desk, so nothing was done. All that you typed is here.",
    )
    shown, page = typed_by_hand(fields), page_of(request)
    context = {"words": words, "path": path_of(request), "fields": fields, "shown": shown, "page": page}
    return desk.bare("send_again.html", context, 403)


def typed_by_hand(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What a person typed or chose among these fields of a form, each with its name in words."""
    return [(name.replace("-", " "), value) for name, value in fields if value and name not in _BY_THE_DESK]


def path_of(request: Request) -> str:
    """The address that a form was sent to, without the desk's own name."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def page_of(request: Request) -> str | None:
    """The path of the page that the form stood on, where the browser says so and the page can be asked for again."""
    try:
        found = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return None
    if found.netloc != request.headers.get("host") or not found.path.startswith("/"):
        return None
    if found.path.startswith(("//", "/\\")):  # a browser would take either for the name of another site
        return None
    if _is_only_sent_to(request, found.path):  # the form stood in the answer to another one
        return None
    return f"{found.path}?{found.query}" if found.query else found.path


def _is_only_sent_to(request: Request, path: str) -> bool:
    """Whether forms are sent to the path and nothing is shown there."""
    methods = [one.methods or set() for one in request.app.routes if isinstance(one, Route) and one.path == path]
    return bool(methods) and not any("GET" in each for each in methods)
