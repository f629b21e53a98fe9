"""Where a place is that was not found, or found wrongly: the gazetteer's candidates, a search in it, and the choice."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import ConflictError, UsageError
from twosource.gathering import gather
from twosource.store.events import claims_of_events
from twosource.store.following import following
from twosource.views.events import event_of_claim
from twosource.views.place_candidates import PlaceQuestion, gazetteer_place, place_question
from twosource.web.asking import asked_in
from twosource.web.desk import Desk, is_partial
from twosource.web.event_words import event_path
from twosource.web.paging import number_in
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask
from twosource.web.taking_back import check_on
from twosource.web.wording import report_path

__all__ = ["KIND_WORDS", "WAYS"]

KIND_WORDS = {"city": "town or village", "admin1": "province", "admin2": "district"}
"""Kinds of places that the gazetteer calls otherwise than people do."""

_ASKED = ("report", "name", "search", "back", "at", "place")
_TYPED = ("scope", "why")
_IN_ALL = "all"
_SEARCH = "search"


def choose(desk: Desk, request: Request) -> Response:
    """What a name may mean; the form alone where htmx asks, and the candidates alone where it asks for that part."""
    asked = asked_in(request.query_params, (*_ASKED, *_TYPED))
    context = _context(desk, request, asked)
    if is_partial(request):
        part = "_place_candidates.html" if request.query_params.get("part") == "list" else "_place_choice.html"
        return desk.bare(part, context)
    return desk.page("place_choice.html", {**context, "way_back": _way_back(asked)})


def _context(desk: Desk, request: Request, asked: Mapping[str, str]) -> dict[str, object]:
    question = _question(desk, asked)
    return {"question": question, "asked": asked, "kind_words": KIND_WORDS, "who": name_of(request), "trouble": None}


def _question(desk: Desk, asked: Mapping[str, str]) -> PlaceQuestion:
    report, name, search, marked = (asked[one] for one in ("report", "name", "search", "place"))
    return desk.answers.get(
        ("place", report, name, search, marked), lambda: place_question(desk.project, report, name, search, marked)
    )


def decide(desk: Desk, request: Request, form: FormData) -> Response:
    """Keeps where a place is, that it can't be placed, or takes that back; then where the form came from.

    A search from the form keeps nothing, and gives the form again with all that was typed and marked.
    """
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    asked = {name: typed.get(name, "").strip() for name in (*_ASKED, *_TYPED)}
    if typed.get("verdict") == _SEARCH:
        return _again(desk, request, asked, None)
    try:
        kept = _keep(desk, typed, name_of(request))
    except UsageError as error:
        return _told(desk, request, asked, str(error))
    except ConflictError as error:
        if not is_partial(request):
            raise
        return _told(desk, request, asked, str(error))
    if is_partial(request):
        desk.imports.bring_together(names=False)
        return desk.bare("_reviewed.html", {"kept": kept, "trouble": None, "back": asked["at"]})
    if asked["back"] == "event":
        return desk.see(_to_event(desk, asked["at"], kept))
    desk.imports.bring_together(names=False)
    return desk.see(_way_back(asked))


def _told(desk: Desk, request: Request, asked: Mapping[str, str], trouble: str) -> Response:
    """What stood in the way: in the place of the form that takes it, or on the page with all that was typed."""
    if not is_partial(request):
        return _again(desk, request, asked, trouble)
    answer = desk.bare("_reviewed.html", {"kept": None, "trouble": trouble, "back": asked["at"]})
    answer.headers.update({"HX-Retarget": "find .said", "HX-Reswap": "innerHTML"})
    return answer


def _again(desk: Desk, request: Request, asked: Mapping[str, str], trouble: str | None) -> Response:
    context = {**_context(desk, request, asked), "trouble": trouble}
    if is_partial(request):
        answer = desk.bare("_place_choice.html", context)
        answer.headers.update({"HX-Retarget": "closest .place-choice", "HX-Reswap": "outerHTML"})
        return answer
    return desk.page("place_choice.html", {**context, "way_back": _way_back(asked)}, 400 if trouble else 200)


def _keep(desk: Desk, typed: Mapping[str, str], who: str) -> Decision:
    verdict, why = typed.get("verdict", ""), typed.get("why", "").strip()
    if verdict == "undo":
        return _take_back(desk, typed, who, why or "taken back")
    in_all = typed.get("scope") == _IN_ALL
    report = None if in_all else typed.get("report", "")
    seen, name = number_in(typed.get("seen_in_all" if in_all else "seen", "")), typed.get("name", "")
    if verdict == "unplaced":
        return deciding.unplaced(desk.project, name, report=report, who=who, reason=why, expected=seen)
    if verdict != "locate":
        raise UsageError(f"{verdict!r} can't be decided of a place: choose one, or say that it is none of these")
    if not typed.get("place"):
        raise UsageError("no place was chosen: mark one of those listed, or search for another")
    place = gazetteer_place(typed["place"])
    return deciding.locate(desk.project, name, place, report=report, who=who, reason=why, expected=seen)


def _take_back(desk: Desk, typed: Mapping[str, str], who: str, why: str) -> Decision:
    """Takes an entry back, unless somebody decided since on the name where the entry counts."""
    number = number_in(typed.get("undoes", "")) or 0
    in_all = len(check_on(desk, number, DecisionKind.PLACE).subjects) == 1
    seen = number_in(typed.get("seen_in_all" if in_all else "seen", ""))
    return deciding.undo(desk.project, number, who=who, reason=why, expected=seen)


def _way_back(asked: Mapping[str, str]) -> str:
    """The address that the form came from; of an event that is no more, its page says so."""
    if asked["back"] == "event":
        return event_path(asked["at"])
    if asked["back"] == "review":
        return f"/review?{urlencode({'kind': asked['at']})}" if asked["at"] else "/review"
    return f"{report_path(asked['report'])}{'#' if asked['at'] else ''}{asked['at']}"


def _to_event(desk: Desk, event: str, kept: Decision) -> str:
    """The page of the event once it is gathered anew: by that it may have another id, and is found by its claims.

    Raises ProjectError, which says that the choice is kept, where it can't be gathered.
    """
    with desk.project.looking() as connection:
        claims = claims_of_events(connection, [event])
    with following(kept):
        gather(desk.project)
    now = next((found for claim in claims if (found := event_of_claim(desk.project, claim))), None)
    return event_path(now) if now else "/events"


WAYS: tuple[Ask | Act, ...] = (Ask("/places/choose", choose), Act("/places/decide", decide))
