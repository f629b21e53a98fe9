"""One event: who says what of it, its figures by the rule chosen, and what a person decides on what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.corpus_records import BestRule, DecisionKind
from twosource.errors import UsageError
from twosource.gathering import decide_event, gather
from twosource.store.events import claims_of_events
from twosource.store.following import following
from twosource.views.decisions import DecisionRow, list_decisions
from twosource.views.events import EventView, event_of_claim, event_view, near_events
from twosource.views.former_events import event_now
from twosource.views.outcomes import plan_outcomes
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
        return _elsewhere(desk, id_)
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
        "outcomes": plan_outcomes(desk.project, [row.claim for row in claims.values()]),
        "who": name_of(request),
    }
    return desk.page("event.html", context)


def decide(desk: Desk, request: Request, form: FormData) -> Response:
    """Splits claims off, merges events, or takes such a decision back; then the event that is left.

    What comes too late, since the event was formed anew meanwhile, is answered with what was typed.
    """
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    ticked = [one for one in form.getlist("claim") if isinstance(one, str)]
    who, reason = name_of(request), typed.get("reason", "").strip()
    claims = _claims_in(desk, typed.get("event", ""))
    if typed.get("verdict") == "undo":
        number = number_in(typed.get("undoes", "")) or 0
        seen = number_in(typed.get("seen", ""))
        kept = deciding.undo(desk.project, number, who=who, reason=reason or "taken back", expected=seen)
        with following(kept):
            gather(desk.project)
    else:
        subjects = _subjects(typed, ticked)
        if not reason:
            raise UsageError("say why, so that others can follow: go back and fill the reason in")
        late = _too_late(desk, typed, claims, subjects)
        if late is not None:
            context = {"late": late, "verdict": typed["verdict"], "reason": reason}
            return desk.page("event_gone.html", context, late.status)
        decide_event(desk.project, typed["verdict"], subjects, who=who, reason=reason)
    anchor = next((one for one in claims if one not in ticked), None)  # the event is found again by a claim of it
    left = event_of_claim(desk.project, anchor) if anchor else None
    return desk.see(f"{event_path(left)}#decisions" if left else "/events")


class _Late(msgspec.Struct, frozen=True):
    """Why a word on an event can't be kept, and the event to look at now, None where that isn't known."""

    words: str
    event: str | None
    status: int = 409


def _too_late(desk: Desk, typed: Mapping[str, str], claims: Sequence[str], subjects: Sequence[str]) -> _Late | None:
    """Why the word can't be kept as it was meant; None where it can."""
    id_ = typed.get("event", "")
    if not claims:
        return _Late("This event is no more: it was formed anew while you looked at it.", event_now(desk.project, id_))
    if typed["verdict"] == "merge":
        other = subjects[1]
        if _claims_in(desk, other) or event_of_claim(desk.project, other):
            return None
        now = event_now(desk.project, other)
        return _Late("The other event is not there, or no more.", now, 409 if now else 400)
    if not set(subjects) <= set(claims):
        return _Late("Some of the claims that you ticked are no longer of this event.", id_)
    if len(set(subjects)) == len(claims):
        return _Late("All claims of the event were ticked: at least one must stay.", id_, 400)
    return None


def _claims_in(desk: Desk, id_: str) -> list[str]:
    with desk.project.looking() as connection:
        return claims_of_events(connection, [id_])


def _elsewhere(desk: Desk, id_: str) -> Response:
    """The event that one which is no more is part of now; a page that says so where that isn't known."""
    now = desk.answers.get(("event now", id_), lambda: event_now(desk.project, id_))
    if now is not None:
        return desk.see(event_path(now))
    words = "Events are formed anew when reports are read or somebody decides; the list has those that there are."
    return desk.message(404, "There is no such event any more", words, ("/events", "To the list of events"))


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


def _decisions(desk: Desk, found: EventView) -> tuple[DecisionRow, ...]:
    return decisions_about(found, list_decisions(desk.project, kind=DecisionKind.EVENT, limit=None))


def _best(query: QueryParams) -> tuple[BestRule, tuple[str, ...]]:
    """The rule asked for, and the sources trusted, the most trusted first; the range where the rule is none."""
    rule = next((one for one in BestRule if one.value == query.get("best")), BestRule.RANGE)
    names = [name.strip() for name in query.get("trust", "").split(",")]
    return rule, tuple(dict.fromkeys(name for name in names if name))[:_MOST_TRUSTED]


WAYS: tuple[Ask | Act, ...] = (Act("/events/decide", decide), Ask("/events/{id}", event))
