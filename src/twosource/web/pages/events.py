"""The events of the project on one filter: as a list, on a map, along time, and as an export of just those."""

from __future__ import annotations

import datetime
import math
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress

from starlette.background import BackgroundTask
from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from twosource.closed_sets import FAMILIES, family_of
from twosource.deciding.settings import BORDERS, choose_setting, setting
from twosource.errors import UsageError
from twosource.export.formats import FORMATS, format_named
from twosource.export.material import Choice, Material
from twosource.views.claims import MOST_COUNTED
from twosource.views.events import EventFilter, EventInShort, count_events, events_in_short, find_events
from twosource.views.own_types import own_types, own_types_of_events
from twosource.web.desk import Desk, is_partial
from twosource.web.event_asking import asked_in, event_filter, linking, with_query
from twosource.web.event_map import PRECISIONS, features_of, fitting_view, marks_in, spread_of
from twosource.web.event_timeline import timeline_of
from twosource.web.event_words import BORDER_WORDS, GRADE_WORDS, border_words
from twosource.web.paging import PAGE_SIZE, paging_of
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask
from twosource.web.world import WHOLE_WORLD, Borders, View, drawn_lines, ground_of, sides, view_around

__all__ = ["WAYS"]

_IN_MEMORY = 16 * 1024 * 1024  # bytes of an export that are held before it goes to the disk
_CHUNK = 256 * 1024
_NOT_OF_EVENTS = ("codebook", "project")  # which no filter narrows
_VIEWS = (("list", "List", "/events"), ("map", "Map", "/events/map"), ("timeline", "Timeline", "/events/timeline"))
_BORDERS_COOKIE = "twosource-borders"
_YEAR = 31_536_000
_MOST_DRAWN = 2000  # events on a map or a timeline, those best borne out: more take longer than a tenth of a second


def as_list(desk: Desk, request: Request) -> Response:
    """The list; only the list itself where htmx asks."""
    asked, chosen, trouble = _asked(desk, request)
    most = MOST_COUNTED if any(asked.values()) else None
    total = desk.events_counted() if chosen == EventFilter() else None  # before the look: it may wait for another
    with desk.project.looking_once():
        counted = count_events(desk.project, chosen, most) if total is None else total
        paging = paging_of(request.query_params, counted, asked, most=most)
        found = () if trouble else find_events(desk.project, chosen, limit=PAGE_SIZE, offset=paging.offset)
    context = {"events": found, "paging": paging, "total": paging.rows, "more": paging.more, "drawn": None}
    context["own_of"] = own_types_of_events(desk.project, found)
    return _page(desk, request, "list", asked, trouble, context)


def on_map(desk: Desk, request: Request) -> Response:
    """The map, drawn here: it needs no script. Where there is WebGL a script draws it anew from ``as_features``."""
    asked, chosen, trouble = _asked(desk, request)
    found, many = _drawn(desk, chosen, trouble)
    spread = spread_of(found)
    query = request.query_params
    fitting, borders = fitting_view(spread.spots), _borders(desk, request)
    view = _view(query.get("view", "")) or fitting
    marks = marks_in(view, spread.spots)
    shown = {mark.spot.place.id for mark in marks}
    context = {
        **many,
        "kinds": _kinds(found),
        "spread": spread,
        "view": view,
        "fitting": fitting,
        "whole_world": WHOLE_WORLD,
        "view_words": _view_words,
        "marks": marks,
        "outside": sum(len(spot.events) for spot in spread.spots if spot.place.id not in shown),
        "ground": ground_of(view, borders),
        "borders": borders,
        "lines": drawn_lines(borders),
        "border_words": border_words,
        "border_choices": BORDER_WORDS,
        "kept_borders": setting(desk.project, BORDERS),
        "sides": sides(),
        "precisions": PRECISIONS,
        "features": with_query("/events/map.geojson", asked),
        "at_view": lambda one: with_query("/events/map", asked, view=_view_words(one)),
        "at_place": linking("/events", asked, "key"),
        "at_name": linking("/events", asked, "place"),
    }
    answer = _page(desk, request, "map", asked, trouble, context)
    if "borders" in query:
        answer.set_cookie(_BORDERS_COOKIE, borders, max_age=_YEAR, httponly=True, samesite="strict")
    return answer


def as_features(desk: Desk, request: Request) -> Response:
    """The places of the map under the filter as GeoJSON, for the map that the page's script draws."""
    asked, chosen, trouble = _asked(desk, request)
    if trouble:
        return JSONResponse({"trouble": trouble}, 400)
    spread = spread_of(events_in_short(desk.project, chosen, _MOST_DRAWN))
    features = features_of(spread, linking("/events", asked, "key"))
    return JSONResponse(features, media_type="application/geo+json", headers={"Cache-Control": "no-store"})


def on_timeline(desk: Desk, request: Request) -> Response:
    """The timeline, drawn here."""
    asked, chosen, trouble = _asked(desk, request)
    found, many = _drawn(desk, chosen, trouble)

    def at_days(first: datetime.date | None, last: datetime.date | None, off: int = 0) -> str:
        """The list of the days from the first to the last, but for so many at its ends."""
        since, until = _shifted(first, off), _shifted(last, -off)
        return with_query("/events", asked, **{"since": since or asked["since"], "until": until or asked["until"]})

    context = {
        **many,
        "kinds": _kinds(found),
        "line": timeline_of(found),
        "all_undated": found,
        "at_days": at_days,
    }
    return _page(desk, request, "timeline", asked, trouble, context)


def _drawn(desk: Desk, chosen: EventFilter, trouble: str | None) -> tuple[Sequence[EventInShort], dict[str, object]]:
    """The events that are drawn, and how many of how many they are."""
    with desk.project.looking_once():
        if chosen != EventFilter():
            count_events(desk.project, chosen, MOST_COUNTED)  # all that is asked below is known from it
        found = () if trouble else events_in_short(desk.project, chosen, _MOST_DRAWN)
        if chosen != EventFilter():
            return found, _how_many(desk, chosen, len(found))
    return found, _how_many(desk, chosen, len(found))


def _how_many(desk: Desk, chosen: EventFilter, drawn: int) -> dict[str, object]:
    """How many events there are, whether more than were counted, and how many of them are drawn, if not all."""
    if drawn < _MOST_DRAWN:
        return {"total": drawn, "more": False, "drawn": None}
    whole = chosen == EventFilter()
    total = desk.events_counted() if whole else count_events(desk.project, chosen, MOST_COUNTED)
    more = not whole and total > MOST_COUNTED
    return {"total": total - more, "more": more, "drawn": drawn if total > drawn else None}


def _kinds(found: Sequence[EventInShort]) -> list[str]:
    """The families of the events, in the codebook's order."""
    present = {family_of(one.type) for one in found}
    return [family for family in FAMILIES if family in present]


def _shifted(day: datetime.date | None, days: int) -> str:
    """The day so many days later, as a query carries it; as it is where there is no such day."""
    if day is None:
        return ""
    with suppress(OverflowError):
        return (day + datetime.timedelta(days=days)).isoformat()
    return day.isoformat()


def _view(words: str) -> View | None:
    """The view that the words are: latitude, longitude and width in degrees, with commas between; None for others."""
    try:
        lat, lon, width = (float(word) for word in words.split(","))
    except ValueError:
        return None
    return view_around(lat, lon, width) if math.isfinite(lat + lon + width) else None


def _view_words(view: View) -> str:
    """As an address carries a view."""
    return f"{view.lat:g},{view.lon:g},{view.width:g}"


def _borders(desk: Desk, request: Request) -> str:
    """Whose borders are drawn: as asked for, else as this browser asked for last, else as the project chose."""
    chosen = setting(desk.project, BORDERS)
    kept = chosen.value["value"] if chosen else ""
    given = request.query_params.get("borders") or request.cookies.get(_BORDERS_COOKIE) or kept
    return given if given in BORDER_WORDS or given in sides() else Borders.MARKED.value


def keep_borders(desk: Desk, request: Request, form: FormData) -> Response:
    """Chooses for the whole project whose borders are drawn; the map again."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    among = (*BORDER_WORDS, *sides())
    reason = "chosen on the map"
    choose_setting(desk.project, BORDERS, typed.get("borders", ""), among=among, who=name_of(request), reason=reason)
    asked = asked_in(QueryParams(typed))
    return desk.see(with_query("/events/map", asked, view=typed.get("view", ""), borders=typed["borders"]))


def export(desk: Desk, request: Request) -> Response:
    """The events that the filter chooses, whole, in the format that the query names, as a file."""
    chosen = event_filter(asked_in(request.query_params), own_types(desk.project))
    made = format_named(request.query_params.get("format", ""))
    choice = Choice() if chosen == EventFilter() else Choice(events=chosen)
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  closed when it has been sent
    file.writelines(made.write(Material(desk.project, choice)))
    file.seek(0)
    headers = {
        "Content-Disposition": f'attachment; filename="{made.name}{made.suffix}"',
        "Cache-Control": "no-store",
    }
    sent = iter(lambda: file.read(_CHUNK), b"")
    return StreamingResponse(sent, media_type=made.media_type, headers=headers, background=BackgroundTask(file.close))


def _asked(desk: Desk, request: Request) -> tuple[dict[str, str], EventFilter, str | None]:
    """The words of the query, the filter that they make, and what is wrong with them, where something is."""
    asked = asked_in(request.query_params)
    try:
        return asked, event_filter(asked, own_types(desk.project)), None
    except UsageError as error:
        return asked, EventFilter(), str(error)


def _page(
    desk: Desk,
    request: Request,
    show: str,
    asked: Mapping[str, str],
    trouble: str | None,
    context: Mapping[str, object],
) -> Response:
    path = {name: path for name, _, path in _VIEWS}[show]
    shared = {
        "show": show,
        "path": path,
        "views": [(name, words, with_query(path, asked)) for name, words, path in _VIEWS],
        "asked": asked,
        "filtered": any(asked.values()),
        "trouble": trouble,
        "families": FAMILIES,
        "own_types": own_types(desk.project),
        "grades": GRADE_WORDS,
        "formats": [one for name, one in FORMATS.items() if name not in _NOT_OF_EVENTS],
    }
    template = "_events_shown.html" if is_partial(request) else "events.html"
    return desk.page(template, {**shared, **context}, 400 if trouble else 200)


WAYS: tuple[Ask | Act, ...] = (
    Ask("/events", as_list),
    Ask("/events/map", on_map),
    Ask("/events/map.geojson", as_features),
    Act("/events/borders", keep_borders),
    Ask("/events/timeline", on_timeline),
    Ask("/events/export", export),
)
