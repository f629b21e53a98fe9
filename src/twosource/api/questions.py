"""The lists that answer a field's questions over all claims; each is worked out whole, and then given page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from twosource.api.asking import Asked, Parameter
from twosource.api.table import ACTOR, DAYS, PLACE, PUBLISHED, REPORT, SOURCE, TYPE, WORDS, List, Number, claims_by
from twosource.closed_sets import ClaimType, FigureKind
from twosource.errors import UsageError
from twosource.store import Project
from twosource.views import bounds, disagreements, figures, holdings, killed, order_of_battle, planned, relations
from twosource.views.silence import Silence, silences
from twosource.views.tellings import Rows, claims_of_event
from twosource.views.wording import ActorWording, wordings

__all__ = ["QUESTIONS"]

_Days = Annotated[int, msgspec.Meta(ge=1, le=36_525)]
_WHO_WHERE_WHEN = (ACTOR, PLACE, SOURCE, REPORT, *DAYS, PUBLISHED)
_EVENT = Parameter(name="event", about="An event's id: only figures of its claims.")
_RELATION = Parameter(
    name="relation", about="One relation.", type=Literal[tuple(str(one) for one in relations.RELATIONS)]
)


def _is_unknown_event(project: Project, asked: Asked) -> bool:
    if asked["event"] is None:
        return False
    try:
        claims_of_event(project, asked["event"])
    except UsageError:  # a list of what belongs to something that isn't there is empty
        return True
    return False


def _figures(project: Project, asked: Asked) -> Rows[figures.FigureStep]:
    if _is_unknown_event(project, asked):
        return Rows()
    chosen = claims_by(asked)
    found = figures.figure_history(
        project, chosen, kind=asked["kind"], event=asked["event"], whole=asked["whole"], most=bounds.ASKED
    )
    return Rows.made(found.steps, found.left_out)


def _toll(project: Project, asked: Asked) -> Rows[figures.TollStep]:
    if _is_unknown_event(project, asked):
        return Rows()
    found = figures.toll_history(project, claims_by(asked), kind=asked["kind"], event=asked["event"], most=bounds.ADDED)
    return Rows.made(found.steps, found.left_out)


def _holdings(project: Project, asked: Asked) -> Rows[holdings.Holding]:
    found = holdings.holdings(project, claims_by(asked), most=bounds.ASKED)
    return Rows.made(found.rows, found.left_out)


def _relations(project: Project, asked: Asked) -> Sequence[relations.Relationship]:
    relation = ClaimType(asked["relation"]) if asked["relation"] else None
    return relations.relationships(project, claims_by(asked), relation=relation, whom=asked["whom"], most=bounds.ASKED)


QUESTIONS: tuple[List, ...] = (
    List(
        name="disagreements",
        about="Where accounts can't both be right, figures first, the largest first.",
        item=disagreements.DisagreementRow,
        filters=(
            *(TYPE, *_WHO_WHERE_WHEN),
            Parameter(name="field", about="What they differ in: killed, injured, actor, happened, place, when, type."),
            Parameter(name="inside", about="Those inside one report (true), or between reports (false).", type=bool),
        ),
        find=lambda project, asked: disagreements.disagreements(
            project, claims_by(asked), field=asked["field"], inside=asked["inside"], most=bounds.WEIGHED
        ),
    ),
    List(
        name="figures",
        about="Each figure beside its speaker's last one, from the earliest day on. Never to be summed.",
        item=figures.FigureStep,
        filters=(
            *(TYPE, *_WHO_WHERE_WHEN, _EVENT),
            Parameter(name="kind", about="What is counted.", type=FigureKind),
            Parameter(name="whole", about="Leave out parts and additions.", type=bool, default=False),
        ),
        find=_figures,
    ),
    List(
        name="toll",
        about="What each report adds to the toll of one event: choose the event by its id, or by place and days.",
        item=figures.TollStep,
        filters=(
            *(*_WHO_WHERE_WHEN, _EVENT),
            Parameter(name="kind", about="What is counted.", type=FigureKind, default=FigureKind.KILLED),
        ),
        find=_toll,
    ),
    List(
        name="relations",
        about="Who backs, arms, funds, trains, fights, leads or belongs to whom, and according to whom.",
        item=relations.Relationship,
        filters=(
            *(_RELATION, ACTOR, SOURCE, REPORT, *DAYS, PUBLISHED),
            Parameter(name="whom", about="Words in the name of the other side."),
        ),
        find=_relations,
    ),
    List(
        name="order-of-battle",
        about="Which forces were at a place at a time, and how strong. Strengths are never to be summed.",
        item=order_of_battle.Force,
        filters=_WHO_WHERE_WHEN,
        find=lambda project, asked: order_of_battle.order_of_battle(project, claims_by(asked), most=bounds.ASKED),
    ),
    List(
        name="holdings",
        about="Who held a place, took it or left it, by place and then from the earliest day on.",
        item=holdings.Holding,
        filters=_WHO_WHERE_WHEN,
        find=_holdings,
    ),
    List(
        name="killed",
        about="Persons reported killed by name, each once. Names of private persons are withheld unless asked for.",
        item=killed.KilledPerson,
        filters=(
            *(PLACE, SOURCE, REPORT, *DAYS, PUBLISHED),
            Parameter(name="names", about="Give the names of private persons too.", type=bool, default=False),
        ),
        find=lambda project, asked: killed.killed_persons(
            project, claims_by(asked), withhold=not asked["names"], most=bounds.ASKED
        ),
    ),
    List(
        name="plans",
        about="What was planned, pledged or expected, and the later claims of what can have come of it.",
        item=planned.Plan,
        filters=_WHO_WHERE_WHEN,
        find=lambda project, asked: planned.plans(project, claims_by(asked), most=bounds.ASKED),
    ),
    List(
        name="silences",
        about="Stretches of days over which an outlet tells of nothing at a place.",
        item=Silence,
        filters=(
            Parameter(name="place", about=f"Words of a place's name, {WORDS}.", required=True),
            *DAYS,
            Parameter(name="days", about="How many days a stretch has at least.", type=_Days, default=7),
        ),
        find=lambda project, asked: silences(
            project, asked["place"], since=asked["since"], until=asked["until"], days=asked["days"], most=bounds.ASKED
        ),
    ),
    List(
        name="wordings",
        about="Which words each outlet uses for an actor, in its own voice and in its sources'.",
        item=ActorWording,
        filters=(
            ACTOR,
            Parameter(name="outlets", about="How many outlets have words for it at least.", type=Number, default=1),
        ),
        find=lambda project, asked: wordings(
            project, actor=asked["actor"], least_outlets=asked["outlets"], most=bounds.ASKED
        ),
    ),
)
