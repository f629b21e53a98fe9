"""The actors: their list, one actor's names and relations, the network of relations, and decisions on names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.closed_sets import ClaimType
from twosource.corpus_records import DecisionKind, Judgement
from twosource.errors import UsageError
from twosource.store.claim_filter import ClaimFilter
from twosource.views import actors as views
from twosource.views.claims import MOST_COUNTED
from twosource.views.decisions import DecisionRow, list_decisions
from twosource.views.relations import RELATIONS
from twosource.views.review import last_seen
from twosource.views.tellings import Rows
from twosource.views.wording import OutletWords, wordings
from twosource.web.asking import ANSWER_FIELDS, answer_filter, asked_in, earlier
from twosource.web.decision_words import subject_name
from twosource.web.desk import Desk, is_partial
from twosource.web.network import WIDTH, Edge, drawing_of, drawn_first, edges_in
from twosource.web.pages.actor_kind import kind_asked
from twosource.web.paging import number_in, paging_of
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask
from twosource.web.taking_back import check_on

__all__ = ["RELATION_WORDS", "WAYS", "actor_path"]

RELATION_WORDS = {
    ClaimType.BACKS: "backs",
    ClaimType.ARMS: "arms",
    ClaimType.FUNDS: "funds",
    ClaimType.TRAINS: "trains",
    ClaimType.ALLIED_WITH: "is allied with",
    ClaimType.FIGHTS_AGAINST: "fights",
    ClaimType.PART_OF: "belongs to",
    ClaimType.LEADS: "leads",
}
_OFFERED = {"same": "after looking at both", "different": "after looking at both", "unsure": "unsure"}
_SIZE = 30  # actors on one page
_RELATIONS = 40  # relations on one page: as many as are drawn, or more
_MOST_RELATIONS = 60  # on the page of one actor
_MOST_NAMES = 8  # of one actor, under which its relations can be looked at


def actor_path(id_: str) -> str:
    """The address of an actor's page."""
    return f"/actors/{quote(id_, safe=':')}"


def actors(desk: Desk, request: Request) -> Response:
    """The list; only the list itself where htmx asks."""
    asked = {name: request.query_params.get(name, "").strip() for name in ("name", "generic")}
    name, generic = asked["name"] or None, asked["generic"] == "1"
    counted = views.count_actors(desk.project, name=name, generic=generic, most=MOST_COUNTED)
    paging = paging_of(request.query_params, counted, asked, _SIZE, most=MOST_COUNTED)
    found = views.list_actors(desk.project, name=name, generic=generic, limit=_SIZE, offset=paging.offset)
    context = {"rows": found, "paging": paging, "asked": asked, "actor_path": actor_path}
    return desk.page("_actor_list.html" if is_partial(request) else "actors.html", context)


def actor(desk: Desk, request: Request) -> Response:
    """One actor, by its id; by the name in the query where the id is no more, as after two were found to be one."""
    which = request.path_params["id"]
    try:
        id_ = _known(desk, which, request.query_params.get("name", ""))
    except UsageError as error:
        now = views.actor_now(desk.project, which)
        return desk.see(actor_path(now)) if now else desk.message(404, "There is no such actor here", f"{error}")
    page = desk.answers.get(("actor", id_), lambda: views.actor_head(desk.project, id_))
    entity = page.listing.entity
    near, others, words = _told_of(desk, id_, entity.names)
    edges = [edge for edge in near if id_ in edge.ends]
    drawing = drawing_of(edges)
    context = {
        "page": page,
        "entity": entity,
        "edges": drawn_first(edges, drawing)[:_MOST_RELATIONS],
        "edges_in_all": len(edges),
        "drawing": drawing,
        "drawing_width": WIDTH,
        "words": words,
        "seen": {one.entity: _seen(desk, id_, one.entity) for one in entity.suggestions},
        "decisions": _decisions(desk, id_, entity.names),
        "kind_asked": kind_asked(desk, entity),
        "left_out": near.left_out,
        "other_names": others,
        "relation_words": RELATION_WORDS,
        "actor_path": actor_path,
        "who": name_of(request),
    }
    return desk.page("actor.html", context)


def network(desk: Desk, request: Request) -> Response:
    """The relations of all actors, or of those asked for: the strongest drawn, all of them as a table."""
    asked = asked_in(request.query_params, ("relation", "name", "since", "until", "published_until"))
    trouble, status = None, 200
    every: Rows[Edge] = Rows()
    try:
        every = _edges_asked(desk, asked)
    except UsageError as error:
        trouble, status = str(error), 400
    paging = paging_of(request.query_params, len(every), asked, _RELATIONS)
    drawing = drawing_of(every)
    ordered = drawn_first(every, drawing)
    context = {
        "edges": ordered[paging.offset : paging.offset + _RELATIONS],
        "paging": paging,
        "drawing": drawing,
        "drawing_width": WIDTH,
        "trouble": trouble,
        "left_out": every.left_out,
        "earlier": earlier(asked, every.left_out),
        "unnamed": sum(edge.named < 2 for edge in every),
        "asked": asked,
        "relations": RELATIONS,
        "relation_words": RELATION_WORDS,
        "actor_path": actor_path,
    }
    return desk.page("_network.html" if is_partial(request) else "network.html", context, status)


def decide(desk: Desk, request: Request, form: FormData) -> Response:
    """Keeps whether two are one actor, or takes a decision back; then back to the actor's page."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    id_, verdict = typed.get("actor", ""), typed.get("verdict", "")
    reason, seen, who = typed.get("reason", "").strip(), number_in(typed.get("seen", "")), name_of(request)
    if verdict == "undo":
        number = number_in(typed.get("undoes", "")) or 0
        check_on(desk, number, DecisionKind.ENTITY)
        deciding.undo(desk.project, number, who=who, reason=reason or "taken back", expected=seen)
    elif verdict in tuple(Judgement):
        other = typed.get("other") or views.find_actor(desk.project, typed.get("words", "").strip())
        if other == id_:
            raise UsageError("both are one actor already: name another one")
        subjects = _pair(id_, other)
        words, called = reason or _OFFERED[verdict], {"names": views.actor_names(desk.project, subjects)}
        kind = DecisionKind.ENTITY
        deciding.keep(desk.project, kind, subjects, verdict, who=who, reason=words, before=called, expected=seen)
    else:
        raise UsageError(f"{verdict!r} can't be decided here: same, different or unsure")
    desk.imports.bring_together()
    return desk.see(f"{actor_path(id_)}?name={quote(typed.get('name', ''), safe='')}")


def _known(desk: Desk, which: str, name: str) -> str:
    try:
        return views.find_actor(desk.project, which)
    except UsageError:
        if not name:
            raise
        return views.find_actor(desk.project, name)


def _edges_asked(desk: Desk, asked: Mapping[str, str]) -> Rows[Edge]:
    """The relations that the words ask for, of the claims that tell of them and were published last."""
    name = asked.get("name") or None
    chosen = answer_filter({**dict.fromkeys(ANSWER_FIELDS, ""), **asked, "actor": name or ""})
    relation = next((one for one in RELATIONS if one.value == asked.get("relation")), None)
    return desk.answers.get(
        ("network", chosen, relation),
        lambda: edges_in(desk.project, chosen, desk.most_claims, relation=relation, whom=name),
    )


def _told_of(desk: Desk, id_: str, names: Sequence[str]) -> tuple[Rows[Edge], Sequence[str], tuple[OutletWords, ...]]:
    """Relations that hold those of an actor, under which of its names more may be told, and the words for it.

    In a project with few claims all relations are looked at, else those told under its first name.
    """
    if desk.looks_at_all:
        words = desk.answers.get(("words", id_), lambda: _words(desk, id_, names))
        return _edges_asked(desk, {}), (), words
    first = ClaimFilter(actor=names[0])
    near, words = desk.answers.get(  # together: what the name chooses is found once
        ("told of", id_), lambda: (edges_in(desk.project, first, desk.most_claims), _words(desk, id_, names))
    )
    return near, names[1:_MOST_NAMES], words


def _seen(desk: Desk, id_: str, other: str) -> int:
    return last_seen(desk.project, DecisionKind.ENTITY, _pair(id_, other))


def _pair(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)


def _words(desk: Desk, id_: str, names: Sequence[str]) -> tuple[OutletWords, ...]:
    """The words of each outlet for the actor, in its own voice and as those of its sources."""
    rows = [row for row in wordings(desk.project, actor=names[0], most=desk.most_claims) if row.key == id_]
    return rows[0].words if rows else ()


def _decisions(desk: Desk, id_: str, names: Sequence[str]) -> list[tuple[DecisionRow, Mapping[str, str]]]:
    """The log's entries on the actor, with words for each subject."""
    mine = {*views.ids_of_actor(desk.project, id_), *names}
    rows = list_decisions(desk.project, kind=DecisionKind.ENTITY, about=mine, limit=None)
    known = views.actor_names(desk.project, {one for row in rows for one in row.decision.subjects})
    return [(row, {one: subject_name(row.decision, one, known) for one in row.decision.subjects}) for row in rows]


WAYS: tuple[Ask | Act, ...] = (
    Ask("/actors", actors),
    Act("/actors/decide", decide),
    Ask("/actors/network", network),
    Ask("/actors/{id:path}", actor),
)
