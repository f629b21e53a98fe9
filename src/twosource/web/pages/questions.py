"""Further questions: who was killed, what was planned and what came of it, and where an outlet was silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from twosource.errors import UsageError
from twosource.views.killed import KilledPerson, killed_persons
from twosource.views.outcomes import PlanOutcome, last_words
from twosource.views.planned import Plan, plans
from twosource.views.silence import Silence, silences
from twosource.views.tellings import Rows
from twosource.web.asking import ANSWER_FIELDS, answer_filter, asked_in, day_in, earlier
from twosource.web.desk import Desk, is_partial
from twosource.web.paging import number_in, paging_of
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]

_SIZE = 30
_OUTCOMES = {
    "came": "reports tell what can have come",
    "denied": "reports deny it, or say that it did not come",
    "open": "reports tell nothing",
    "happened": "recorded: it happened",
    "not-happened": "recorded: it did not happen",
    "not-known": "recorded: not known yet",
    "unrecorded": "nothing recorded",
}
_DAYS = "7"


def killed(desk: Desk, request: Request) -> Response:
    """The persons named as killed; names of private persons are withheld unless the query asks for them."""
    asked = asked_in(request.query_params, (*ANSWER_FIELDS, "names"))
    trouble, status = None, 200
    every: Rows[KilledPerson] = Rows()
    try:
        chosen, withhold = answer_filter(asked), asked["names"] != "1"
        work = lambda: killed_persons(desk.project, chosen, withhold=withhold, most=desk.most_claims)  # noqa: E731
        every = desk.answers.get(("killed", chosen, withhold), work)
    except UsageError as error:
        trouble, status = str(error), 400
    paging = paging_of(request.query_params, len(every), asked, _SIZE)
    shown = every[paging.offset : paging.offset + _SIZE]
    context = {
        "rows": shown,
        "paging": paging,
        "asked": asked,
        "trouble": trouble,
        "show": "killed",
        "left_out": every.left_out,
        "earlier": earlier(asked, every.left_out),
    }
    return desk.page("_killed_list.html" if is_partial(request) else "questions.html", context, status)


def planned(desk: Desk, request: Request) -> Response:
    """What was announced, prepared, pledged or expected, and what can have come of it."""
    asked = asked_in(request.query_params, (*ANSWER_FIELDS, "outcome"))
    trouble, status = None, 200
    every: Rows[Plan] = Rows()
    try:
        chosen = answer_filter(asked)
        every = desk.answers.get(("plans", chosen), lambda: plans(desk.project, chosen, most=desk.most_claims))
    except UsageError as error:
        trouble, status = str(error), 400
    found = [plan for plan in every if asked["outcome"] in ("", *_outcomes(plan))]
    paging = paging_of(request.query_params, len(found), asked, _SIZE)
    shown = found[paging.offset : paging.offset + _SIZE]
    context = {
        "rows": shown,
        "paging": paging,
        "asked": asked,
        "trouble": trouble,
        "show": "plans",
        "left_out": every.left_out,
        "outcomes": _OUTCOMES,
        "recording": _recording(desk, shown),
    }
    return desk.page("_plan_list.html" if is_partial(request) else "questions.html", context, status)


def silent(desk: Desk, request: Request) -> Response:
    """The stretches over which each outlet tells of nothing at a place."""
    asked = asked_in(request.query_params, ("place", "since", "until", "days"))
    asked["days"] = asked["days"] or _DAYS
    trouble, status = None, 200
    every: Rows[Silence] = Rows()
    try:
        every = _silences(desk, asked) if asked["place"] else Rows()
    except UsageError as error:
        trouble, status = str(error), 400
    paging = paging_of(request.query_params, len(every), asked, _SIZE)
    shown = every[paging.offset : paging.offset + _SIZE]
    context = {
        "rows": shown,
        "paging": paging,
        "asked": asked,
        "trouble": trouble,
        "show": "silence",
        "left_out": every.left_out,
    }
    return desk.page("_silence_list.html" if is_partial(request) else "questions.html", context, status)


def _silences(desk: Desk, asked: dict[str, str]) -> Rows[Silence]:
    since, until, days = day_in(asked["since"]), day_in(asked["until"]), number_in(asked["days"])
    if not days:
        raise UsageError(f"{asked['days']!r} is no number of days: write 1 or more")

    def work() -> Rows[Silence]:
        return silences(desk.project, asked["place"], since=since, until=until, days=days, most=desk.most_claims)

    return desk.answers.get(("silence", asked["place"], since, until, days), work)


def _recording(desk: Desk, shown: Sequence[Plan]) -> Mapping[str, PlanOutcome]:
    """What whoever records what came of these plans has seen, by the id of each plan's claim."""
    seen = last_words(desk.project, {(one.plan.report, one.plan.claim): one.outcome for one in shown})
    return {one.plan.claim: PlanOutcome(one.outcome, seen[one.plan.claim]) for one in shown}


def _outcomes(plan: Plan) -> tuple[str, ...]:
    found = [name for name, told in (("came", plan.came), ("denied", plan.denied)) if told]
    return (*(found or ("open",)), plan.outcome.word.value if plan.outcome else "unrecorded")


WAYS: tuple[Ask | Act, ...] = (
    Ask("/questions/killed", killed),
    Ask("/questions/plans", planned),
    Ask("/questions/silence", silent),
)
