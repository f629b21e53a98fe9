"""One event: who says what of it, its figures by the rule chosen, and what a person decides on what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.corpus_records import BestRule, DecisionKind
from twosource.errors import UsageError
from twosource.gathering import decide_event, gather
from twosource.views.decisions import DecisionRow, list_decisions
from twosource.views.events import EventView, event_of_claim, event_view, near_events
from twosource.web.desk import Desk
from twosource.web.event_matrix import COLUMNS, claims_of, decisions_about, matrix_lines, sayers
from twosource.web.event_words import BEST_WORDS, GRADE_WORDS, event_path
from twosource.web.paging import number_in
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]

_MOST_TRUSTED = 20  # names in an order of sources
_BONDS = 6


def event(desk: Desk, request: Request) -> Response:
    """The page of an event; of a claim's id, that of the event that the claim is of."""
    id_ = request.path_params["id"]
    held = event_of_claim(desk.project, id_)
    if held is not None:
        return desk.see(event_path(held))
    best, trust = _best(request.query_params)
    try:
        found = event_view(desk.project, id_, best=best, hierarchy=trust, bonds=_BONDS)
    except UsageError:
        words = "Events are formed anew when reports are read or somebody decides; the list has those that there are."
        return desk.message(404, "There is no such event any more", words)
    claims = claims_of(found)
    context = {
        "found": found,
        "event": found.event,
        "columns": COLUMNS,
        "lines": matrix_lines(found),
        "claims": claims,
        "sayers": lambda told: sayers(told, claims),
        "grade_means": GRADE_WORDS,
        "best": best,
        "bests": BEST_WORDS,
        "trust": ", ".join(trust),
        "disagreements": desk.disagreements_on(found.event),
        "bonds": found.together,
        "near": near_events(desk.project, found.event),
        "decisions": _decisions(desk, found),
        "who": name_of(request),
    }
    return desk.page("event.html", context)


def decide(desk: Desk, request: Request, form: FormData) -> Response:
    """Splits claims off, merges events, or takes such a decision back; then the event that is left."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    claims = [one for one in form.getlist("claim") if isinstance(one, str)]
    anchor = _anchor(desk, typed.get("event", ""), claims)
    who, reason = name_of(request), typed.get("reason", "").strip()
    if typed.get("verdict") == "undo":
        number = number_in(typed.get("undoes", "")) or 0
        seen = number_in(typed.get("seen", ""))
        deciding.undo(desk.project, number, who=who, reason=reason or "taken back", expected=seen)
        gather(desk.project)
    else:
        subjects = _subjects(typed, claims)
        if not reason:
            raise UsageError("say why, so that others can follow: go back and fill the reason in")
        decide_event(desk.project, typed["verdict"], subjects, who=who, reason=reason)
    left = event_of_claim(desk.project, anchor)
    return desk.see(f"{event_path(left)}#decisions" if left else "/events")


def _subjects(typed: Mapping[str, str], claims: list[str]) -> list[str]:
    if typed.get("verdict") == "split":
        if not claims:
            raise UsageError("no claim was ticked: tick those that tell of something else")
        return claims
    if typed.get("verdict") == "merge":
        other = typed.get("other", "") or typed.get("named", "").strip().rpartition("/")[2]
        if not other:
            raise UsageError("no other event was named: choose one, or give its id or the address of its page")
        return [typed.get("event", ""), other]
    raise UsageError("an event is split, merged with another, or a decision on it is taken back")


def _anchor(desk: Desk, id_: str, ticked: list[str]) -> str:
    """A claim of the event that stays in it, by which the event is found again under its new id."""
    found = event_view(desk.project, id_).event
    return next((claim for claim in found.claims if claim not in ticked), found.claims[0])


def _decisions(desk: Desk, found: EventView) -> tuple[DecisionRow, ...]:
    return decisions_about(found, list_decisions(desk.project, kind=DecisionKind.EVENT, limit=None))


def _best(query: QueryParams) -> tuple[BestRule, tuple[str, ...]]:
    """The rule asked for, and the sources trusted, the most trusted first; the range where the rule is none."""
    rule = next((one for one in BestRule if one.value == query.get("best")), BestRule.RANGE)
    names = [name.strip() for name in query.get("trust", "").split(",")]
    return rule, tuple(dict.fromkeys(name for name in names if name))[:_MOST_TRUSTED]


WAYS: tuple[Ask | Act, ...] = (Act("/events/decide", decide), Ask("/events/{id}", event))
