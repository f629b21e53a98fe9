"""A second look: what others decided and nobody has looked at since, and where two disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding.second import same_person
from twosource.errors import ConflictError, UsageError
from twosource.views.second_looks import MOST_SECONDED, second_looks, waiting_for
from twosource.web.decision_words import changes
from twosource.web.desk import Desk, is_partial
from twosource.web.paging import PAGE_SIZE, number_in, paging_of
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]

_OFFERED = {"agree": "after looking at it", "undecided": "after looking at it"}
_KINDS = {
    DecisionKind.CLAIM: "A claim",
    DecisionKind.LINEAGE: "Two reports",
    DecisionKind.ENTITY: "Names",
    DecisionKind.EVENT: "An event",
    DecisionKind.PLACE: "A place",
    DecisionKind.ACTOR: "An actor’s kind",
    DecisionKind.TRUST: "Trust",
    DecisionKind.OUTCOME: "What came of a plan",
}
_VERDICTS = {
    "accept": "accepted",
    "reject": "rejected",
    "fix": "fixed",
    "add": "added",
    "merge": "one event",
    "split": "two events",
    "locate": "placed",
    "unplaced": "not to be placed",
    "classify": "of another kind",
    "trust": "trusted",
    "doubt": "doubted",
    "happened": "it happened",
    "not-happened": "it did not happen",
    "not-known": "not known yet",
}
_GROUPED = (DecisionKind.ENTITY, DecisionKind.EVENT, DecisionKind.CLAIM)
_LONGEST = 300  # code points of a value that stand on the page


def show(desk: Desk, request: Request) -> Response:
    """The decisions that wait for the person of this browser."""
    who = name_of(request)
    with desk.project.looking_once():
        waiting = waiting_for(desk.project, who)
        paging = paging_of(request.query_params, len(waiting.decisions), {})
        looks = second_looks(desk.project, waiting.decisions[paging.offset : paging.offset + PAGE_SIZE], who)
    context = {
        "looks": looks,
        "more": waiting.more,
        "paging": paging,
        "who": who,
        "same_person": same_person,
        "kinds": _KINDS,
        "verdicts": _VERDICTS,
        "changes": changes_of,
        "most": MOST_SECONDED,
    }
    return desk.page("second_look.html", context)


def keep(desk: Desk, request: Request, form: FormData) -> Response:
    """Keeps a word on a decision; what was kept in place of the item where htmx asks, else the page again."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        kept = _keep(desk, typed, name_of(request))
    except (UsageError, ConflictError) as error:
        if not is_partial(request):
            raise
        answer = desk.bare("_seconded.html", {"kept": None, "trouble": str(error)})
        answer.headers.update({"HX-Retarget": "find .said", "HX-Reswap": "innerHTML"})
        return answer
    if kept.kind in _GROUPED:
        desk.imports.bring_together(names=kept.kind is DecisionKind.ENTITY)
    if is_partial(request):
        return desk.bare("_seconded.html", {"kept": kept, "trouble": None})
    return desk.see("/review/second")


def _keep(desk: Desk, typed: Mapping[str, str], who: str) -> Decision:
    verdict, seen = typed.get("verdict", ""), number_in(typed.get("seen", ""))
    reason = typed.get("reason", "").strip() or _OFFERED.get(verdict, "")
    if verdict == "undo":
        number = number_in(typed.get("undoes", "")) or 0
        return deciding.undo(desk.project, number, who=who, reason=reason or "taken back", expected=seen)
    number = number_in(typed.get("entry", "")) or 0
    return deciding.second(desk.project, number, verdict, who=who, reason=reason, expected=seen)


def changes_of(decision: Decision) -> list[tuple[str, str, str]]:
    """What a fix, a place or a kind changed: the field, what stood there and what stands there now, in words."""
    if decision.kind in (DecisionKind.PLACE, DecisionKind.ACTOR):
        return [(change.field, change.before, change.now) for change in changes(decision)]
    if decision.kind is not DecisionKind.CLAIM or decision.verdict != "fix":
        return []
    before = decision.before.get("claim", {})
    return [
        (field.replace("_", " "), _in_words(before.get(field)), _in_words(value))
        for field, value in decision.value.items()
        if field in before and before[field] != value
    ]


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in (None, [], "", {}):
        return "nothing"
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    if isinstance(value, dict):
        for name in ("name", "phrase", "words"):
            if isinstance(value.get(name), str):
                return str(value[name])
        value = msgspec.json.encode(value, order="sorted").decode()
    words = str(value)
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"


WAYS = (Ask("/review/second", show), Act("/review/second", keep))
