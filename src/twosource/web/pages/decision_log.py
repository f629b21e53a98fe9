"""The log of decisions: who decided what, when and why, what of it still counts, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import ConflictError, UsageError
from twosource.store.decisions import entry
from twosource.store.log_pages import LogFilter, entries_on
from twosource.views.decisions import DecisionRow, count_decisions, decision_rows, list_decisions, list_lapsed
from twosource.web.asking import asked_in, with_query
from twosource.web.decision_words import KIND_WORDS, told
from twosource.web.desk import Desk, is_partial
from twosource.web.paging import Paging, number_in, paging_of
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask
from twosource.web.wording import report_path

__all__ = ["WAYS"]

_ASKED = ("kind", "who", "about", "state", "number")
_SIZE = 30  # entries on one page
_LAPSED = "lapsed"
_GATHERED = {
    DecisionKind.ENTITY: True,
    DecisionKind.EVENT: False,
    DecisionKind.CLAIM: False,
    DecisionKind.PLACE: False,
}
"""Kinds by which events are brought together anew, and whether names are before them."""


class _Trouble(msgspec.Struct, frozen=True):
    """Why an entry could not be taken back, and the reason that was typed, which must not be lost."""

    words: str
    number: int
    reason: str


def decisions(desk: Desk, request: Request) -> Response:
    """The log by the page; only the list itself where htmx asks."""
    asked = _asked(request.query_params)
    return _page(desk, request, asked, request.query_params, is_part=is_partial(request))


def take_back(desk: Desk, request: Request, form: FormData) -> Response:
    """Takes an entry back by a new one; then where the form came from, which tells so where it can't be."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    number, reason = number_in(typed.get("undoes", "")) or 0, typed.get("reason", "").strip()
    query = QueryParams(typed.get("back", ""))
    try:
        _undo(desk, number, number_in(typed.get("seen", "")), who=name_of(request), reason=reason or "taken back")
    except (UsageError, ConflictError) as error:
        status = 409 if isinstance(error, ConflictError) else 400
        trouble = _Trouble(str(error), number, reason)
        return _page(desk, request, _asked(query), query, trouble=trouble, status=status)
    if typed.get("report"):
        return desk.see(f"{report_path(typed['report'])}#lapsed")
    kept = {name: value for name, value in query.items() if name in (*_ASKED, "page")}
    return desk.see(f"/decisions{with_query(kept)()}")


def check(desk: Desk, request: Request, form: FormData) -> Response:
    """Checks the chain of the whole log; then the log, which tells what was found."""
    desk.log.check()
    return desk.see("/decisions")


def _page(
    desk: Desk,
    request: Request,
    asked: Mapping[str, str],
    query: QueryParams,
    *,
    is_part: bool = False,
    trouble: _Trouble | None = None,
    status: int = 200,
) -> Response:
    tallies = desk.log.tallies()
    rows, paging = _found(desk, asked, query)
    last, kept = desk.log.last, {name: value for name, value in asked.items() if value}
    context = {
        "entries": told(desk.project, rows),
        "paging": paging,
        "asked": asked,
        "back": with_query({**kept, "page": str(paging.page) if paging.page > 1 else ""})().lstrip("?"),
        "kinds": {kind.value: words for kind, words in KIND_WORDS.items() if any(kind is one for _, one in tallies)},
        "people": sorted({who for who, _ in tallies}),
        "entries_in_all": tallies.total(),
        "last": last,
        "checked": desk.log.checked,
        "trouble": trouble,
        "who": name_of(request),
    }
    return desk.page("_decision_list.html" if is_part else "decisions.html", context, status)


def _asked(query: QueryParams) -> dict[str, str]:
    """What is asked for; what can be no entry's number asks for none."""
    asked = asked_in(query, _ASKED)
    return {**asked, "number": str(number_in(asked["number"]) or "")}


def _found(desk: Desk, asked: Mapping[str, str], query: QueryParams) -> tuple[Sequence[DecisionRow], Paging]:
    """The rows of the page asked for."""
    kept = {name: asked[name] for name in _ASKED}
    kind = next((one for one in KIND_WORDS if one.value == asked["kind"]), None)
    who, id_ = asked["who"] or None, asked["about"] or None
    number = number_in(asked["number"])
    if number is not None:
        every: Sequence[Decision] = _history(desk, number)
    elif asked["state"] == _LAPSED:
        lapsed = desk.answers.get((_LAPSED, desk.log.last[0]), lambda: list_lapsed(desk.project))
        chosen = LogFilter(kind=kind, who=who, about=id_)
        every = [one for one in lapsed if chosen.chooses(one)]
    else:
        paging = paging_of(query, _count(desk, kind, who, id_), kept, _SIZE)
        return list_decisions(desk.project, kind=kind, who=who, about=id_, limit=_SIZE, offset=paging.offset), paging
    paging = paging_of(query, len(every), kept, _SIZE)
    return decision_rows(desk.project, every[paging.offset : paging.offset + _SIZE]), paging


def _count(desk: Desk, kind: DecisionKind | None, who: str | None, id_: str | None) -> int:
    if id_ is not None:
        return count_decisions(desk.project, kind=kind, who=who, about=id_)
    tallies = desk.log.tallies()
    return sum(n for (person, one), n in tallies.items() if kind in (None, one) and who in (None, person))


def _history(desk: Desk, number: int) -> list[Decision]:
    """Every entry on what this one is about, the newest first; none for an entry of a coding task."""
    with desk.project.looking() as connection:
        found = entry(connection, number)
        if found is None or found.kind is DecisionKind.CODING:
            return []
        return entries_on(connection, [found])[::-1]


def _undo(desk: Desk, number: int, seen: int | None, *, who: str, reason: str) -> None:
    kept = deciding.undo(desk.project, number, who=who, reason=reason, expected=seen)
    if kept.kind in _GATHERED:
        desk.imports.bring_together(names=_GATHERED[kept.kind])


WAYS: tuple[Ask | Act, ...] = (
    Ask("/decisions", decisions),
    Act("/decisions/undo", take_back),
    Act("/decisions/check", check),
)
