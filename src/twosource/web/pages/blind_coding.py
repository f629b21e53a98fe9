"""One coder's page on one report of a task, and what the coder does there. Nobody else's work is on it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import coding
from twosource.coding import BlindCoding, Start
from twosource.deciding import DecidedClaim
from twosource.errors import ConflictError, UsageError
from twosource.records import Reading
from twosource.spans import Span
from twosource.views.coding import task_progress
from twosource.views.reading import reading_as_read
from twosource.web.cards import cards_of
from twosource.web.claim_form import CHOICES, ClaimForm, changed_fields, evidence_of, form_of, form_typed, given_fields
from twosource.web.coding_words import blind_path, compare_path, task_path
from twosource.web.desk import Desk, is_partial
from twosource.web.paging import number_in
from twosource.web.people import name_of
from twosource.web.reading_page import page_of
from twosource.web.routing import Act, Ask
from twosource.web.text_beside import text_beside

__all__ = ["WAYS", "Within"]


class Within(msgspec.Struct, frozen=True, kw_only=True):
    """What the form of a claim says and does where it is not on the project's own claims."""

    title: str
    verb: str
    action: str
    back: str
    hidden: tuple[tuple[str, str], ...]


def code(desk: Desk, request: Request) -> Response:
    """The report with the coder's own claims; where all have finished, the comparison."""
    task, report = request.query_params.get("task", ""), request.query_params.get("report", "")
    mine = _mine(desk, request, task, report)
    if mine.is_open:
        return desk.see(compare_path(task, report))
    reading = _reading(desk, mine)
    reports = mine.task.reports
    at = reports.index(report)
    context = {
        "coding": mine,
        "report": reading.report,
        "page": page_of(reading, number_in(request.query_params.get("at", "0")) or 0, _by_id(mine)),
        "can_code": mine.finished is None,
        "next": reports[at + 1] if at + 1 < len(reports) else None,
        "place": at + 1,
        "blind_path": blind_path,
        "task_path": task_path,
    }
    return desk.page("coding_report.html", context)


def finish(desk: Desk, request: Request, form: FormData) -> Response:
    """Finishes the report or opens it again; on to the task."""
    typed = _typed(form)
    task, report = typed.get("task", ""), typed.get("report", "")
    coder = _coder(desk, request, task)
    if typed.get("verdict") == "reopen":
        coding.reopen(desk.project, task, coder, report)
        return desk.see(blind_path(task, report))
    coding.finish(desk.project, task, coder, report)
    return desk.see(task_path(task))


def decide(desk: Desk, request: Request, form: FormData) -> Response:
    """Accepts, rejects or takes back, for this coder alone; the card anew where htmx asks, else the page."""
    typed, trouble = _typed(form), None
    task, report, claim = (typed.get(name, "") for name in ("task", "report", "claim"))
    try:
        _decide(desk, typed, _coder(desk, request, task))
    except (UsageError, ConflictError) as error:
        if not is_partial(request):
            raise
        trouble = str(error)
    if not is_partial(request):
        return desk.see(f"{blind_path(task, report)}#{claim}")
    mine = _mine(desk, request, task, report)
    card = next((one for one in cards_of(_reading(desk, mine), _by_id(mine)) if one.claim == claim), None)
    if card is None:  # an added claim that was taken back
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    typed_again = {name: typed.get(name, "") if trouble else "" for name in ("reason", "verdict")}
    return desk.bare("_card_alone.html", {"card": card, "trouble": trouble, "coding": mine, **typed_again})


def show_form(desk: Desk, request: Request) -> Response:
    """The form of a claim that is there ('claim'), or of one that the engine missed (at 'start' to 'end')."""
    asked = request.query_params
    mine = _mine(desk, request, asked.get("task", ""), asked.get("report", ""))
    text, one = mine.report.text, _by_id(mine).get(asked.get("claim", ""))
    if one is not None:
        return _form(desk, mine, one, form_of(one.claim, text))
    start, end = (number_in(asked.get(name, "")) or 0 for name in ("start", "end"))
    words = " ".join(text[start:end].split())
    runs = (Span(start, min(end, len(text))),) if words else ()
    return _form(desk, mine, None, ClaimForm(evidence=words, runs=runs), start=start)


def take_form(desk: Desk, request: Request, form: FormData) -> Response:
    """Keeps a fixed or an added claim for this coder alone; the form again where it can't be meant."""
    typed = _typed(form)
    task, report = typed.get("task", ""), typed.get("report", "")
    mine = _mine(desk, request, task, report)
    at = (desk.project, task, mine.coder, report)
    one = _by_id(mine).get(typed.get("claim", ""))
    filled, start = form_typed(typed), number_in(typed.get("at", "")) or 0
    reason, seen = typed.get("reason", "").strip() or "coded", number_in(typed.get("seen", ""))
    try:
        if one is None:
            given = given_fields(filled, mine.report.text, Span(start, start))
            kept = coding.add(*at, {name: value for name, value in given.items() if value}, reason=reason)
        else:
            fields = changed_fields(filled, one.claim, mine.report.text)
            kept = coding.fix(*at, one.claim.id, fields, reason=reason, expected=seen)
    except (UsageError, ConflictError) as error:
        return _form(desk, mine, one, filled, start=start, trouble=str(error), reason=reason)
    return desk.see(f"{blind_path(task, report)}#{kept.subjects[3] if one is None else one.claim.id}")


def _decide(desk: Desk, typed: Mapping[str, str], coder: str) -> None:
    verdict, given = typed.get("verdict", ""), typed.get("reason", "").strip()
    reason = given or "coded"
    at = (desk.project, typed.get("task", ""), coder)
    report, claim = typed.get("report", ""), typed.get("claim", "")
    seen = number_in(typed.get("seen", ""))
    if verdict == "accept":
        coding.accept(*at, report, claim, reason=reason, expected=seen)
    elif verdict == "reject":
        coding.reject(*at, report, claim, reason=reason, expected=seen)
    elif verdict == "undo":
        number = number_in(typed.get("undoes", "")) or 0
        coding.take_back(*at, number, reason=given or "taken back", expected=seen)
    else:
        raise UsageError(f"there is no decision {verdict!r}: accept, reject or take back")


def _coder(desk: Desk, request: Request, task: str) -> str:
    """The coder who asks, by the name given in this browser; the name itself for somebody else."""
    who = name_of(request)
    return coding.coder_of(task_progress(desk.project, task).task, who) or who


def _mine(desk: Desk, request: Request, task: str, report: str) -> BlindCoding:
    return coding.blind_coding(desk.project, task, _coder(desk, request, task), report)


def _by_id(mine: BlindCoding) -> dict[str, DecidedClaim]:
    return {one.claim.id: one for one in mine.claims}


def _reading(desk: Desk, mine: BlindCoding) -> Reading:
    """The reading with the coder's claims in place of the project's, and nobody's word on places.

    Who begins from nothing sees no other layer.
    """
    as_read = reading_as_read(desk.project, mine.report.id)
    if as_read is None:
        raise UsageError(f"there is no report {mine.report.id!r} any more")
    claims = tuple(one.claim for one in mine.claims)
    if mine.task.start is Start.CLAIMS:
        return msgspec.structs.replace(as_read, claims=claims)
    return Reading(report=as_read.report, sentences=as_read.sentences, claims=claims)


def _form(
    desk: Desk,
    mine: BlindCoding,
    one: DecidedClaim | None,
    filled: ClaimForm,
    *,
    start: int = 0,
    trouble: str | None = None,
    reason: str = "",
) -> Response:
    within = Within(
        title="Fix a claim" if one else "Add a claim",
        verb="Keep the changes" if one else "Add the claim",
        action="/coding/form",
        back=blind_path(mine.task.name, mine.report.id),
        hidden=(("task", mine.task.name),),
    )
    near = one.claim.evidence[0] if one and one.claim.evidence else Span(start, start)
    context = {
        "report_id": mine.report.id,
        "one": one,
        "filled": filled,
        "start": start,
        "trouble": trouble,
        "reason": reason or "coded",
        "beside": text_beside(_reading(desk, mine), evidence_of(filled, mine.report.text, near)),
        "within": within,
        **CHOICES,
    }
    return desk.page("claim_form.html", context, 400 if trouble else 200)


def _typed(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


WAYS: tuple[Ask | Act, ...] = (
    Ask("/coding/report", code),
    Act("/coding/report", finish),
    Act("/coding/claims", decide),
    Ask("/coding/form", show_form),
    Act("/coding/form", take_form),
)
