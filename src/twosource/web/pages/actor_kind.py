"""What an actor is: a person's word on its kind, kept from the actor's page and taken back there."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.closed_sets import ActorKind
from twosource.corpus_records import DecisionKind, Entity
from twosource.deciding.actor_kinds import actor_kind
from twosource.errors import UsageError
from twosource.views import actors as views
from twosource.views.decisions import DecisionRow, list_decisions
from twosource.views.review import last_seen
from twosource.web.desk import Desk
from twosource.web.paging import number_in
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask
from twosource.web.taking_back import check_on

__all__ = ["KINDS", "WAYS", "KindAsked", "kind_asked"]

KINDS = {
    ActorKind.STATE: "state",
    ActorKind.STATE_FORCE: "state force, such as an army or a police",
    ActorKind.ARMED_GROUP: "armed group",
    ActorKind.ORGANISATION: "organisation",
    ActorKind.OFFICIAL: "official or office",
    ActorKind.PERSON: "person",
    ActorKind.CIVILIANS: "civilians",
    ActorKind.GENERIC: "people of no name, such as rebels",
    ActorKind.MONITOR: "monitor of the conflict",
    ActorKind.OUTLET: "outlet",
    ActorKind.AGENCY: "news agency",
    ActorKind.ANONYMOUS: "source that isn’t named",
    ActorKind.DOCUMENT: "document",
}
"""The kinds of actors in words, in the order in which they are offered."""


class KindAsked(msgspec.Struct, frozen=True):
    """What the page of an actor needs to ask for its kind: the kinds, what was decided, and the last entry on it."""

    words: dict[ActorKind, str]
    decisions: Sequence[DecisionRow]
    seen: int


def kind_asked(desk: Desk, entity: Entity) -> KindAsked:
    """The same for an actor; entries on actors that were merged into it are among what was decided."""
    ids = views.ids_of_actor(desk.project, entity.id)
    rows = list_decisions(desk.project, kind=DecisionKind.ACTOR, about=ids, limit=None)
    return KindAsked(KINDS, rows, last_seen(desk.project, DecisionKind.ACTOR, (entity.id,)))


def decide(desk: Desk, request: Request, form: FormData) -> Response:
    """Keeps what kind of actor it is, or takes such a decision back; then the actor's page."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    id_, reason, who = typed.get("actor", ""), typed.get("reason", "").strip(), name_of(request)
    seen = number_in(typed.get("seen", ""))
    if typed.get("verdict") == "undo":
        number = number_in(typed.get("undoes", "")) or 0
        check_on(desk, number, DecisionKind.ACTOR)
        deciding.undo(desk.project, number, who=who, reason=reason or "taken back", expected=seen)
    else:
        kind = actor_kind(typed.get("kind", ""))
        if not reason:
            raise UsageError("say why it is of another kind, so that others can follow: go back and fill the reason in")
        deciding.classify(desk.project, id_, kind, who=who, reason=reason, expected=seen)
    return desk.see(f"/actors/{quote(id_, safe=':')}#kind")


WAYS: tuple[Ask | Act, ...] = (Act("/actors/kind", decide),)
