"""A report as all coders of a task coded it, side by side, and what is settled of it."""

from __future__ import annotations

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import coding, deciding
from twosource.coding import Comparison
from twosource.corpus.coding.matching import Unit
from twosource.corpus.given_claims import claim_of
from twosource.errors import ConflictError, UsageError
from twosource.records import Reading
from twosource.views import coding as views
from twosource.views.reading import reading_as_read
from twosource.web.claim_form import CHOICES, ClaimForm, evidence_of, form_of, form_typed, given_fields
from twosource.web.coding_words import compare_path, shown_units, task_path
from twosource.web.desk import Desk
from twosource.web.pages.blind_coding import Within
from twosource.web.paging import number_in
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask
from twosource.web.text_beside import text_beside

__all__ = ["WAYS"]


def compare(desk: Desk, request: Request) -> Response:
    """The comparison, those that differ first."""
    task, report = request.query_params.get("task", ""), request.query_params.get("report", "")
    found, reading = _found(desk, task, report)
    agreed = [unit for unit in found.open_units if unit.is_agreed]
    context = {
        "found": found,
        "task": found.task,
        "report": reading.report,
        "shown": shown_units(found, reading),
        "agreed": len(agreed),
        "differing": sum(not unit.is_agreed for unit in found.units),
        "who": name_of(request),
        "task_path": task_path,
    }
    return desk.page("coding_compare.html", context)


def settle(desk: Desk, request: Request, form: FormData) -> Response:
    """Settles one unit, keeps all that is agreed, or takes what was settled back; the comparison again."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    task, report, unit = (typed.get(name, "") for name in ("task", "report", "unit"))
    who, verdict = name_of(request), typed.get("verdict", "")
    reason = typed.get("reason", "").strip() or "settled after comparing"
    if verdict == "agreed":
        coding.settle_agreed(desk.project, task, report, who=who)
    elif verdict == "undo":
        deciding.undo(desk.project, number_in(typed.get("undoes", "")) or 0, who=who, reason="to be settled again")
    elif verdict == "none":
        coding.settle(desk.project, task, report, unit, who=who, reason=reason)
    elif verdict.startswith("coder:"):
        choose = verdict.removeprefix("coder:")
        coding.settle(desk.project, task, report, unit, choose=choose, who=who, reason=reason)
    else:
        raise UsageError("nothing was chosen: choose a coder's claim, another one, or none")
    return desk.see(f"{compare_path(task, report)}#{unit}" if unit else compare_path(task, report))


def show_form(desk: Desk, request: Request) -> Response:
    """The form of another claim in place of the coders'."""
    asked = request.query_params
    task, report, unit = (asked.get(name, "") for name in ("task", "report", "unit"))
    found, reading = _found(desk, task, report)
    one = _unit(found, unit)
    text = reading.report.text
    fields = dict(one.present[0].fields)
    if reading.report.digest != found.digest:
        fields["evidence"] = []
    first = claim_of(one.present[0].id, report, fields, text) if fields["evidence"] else None
    return _form(desk, found, reading, unit, form_of(first, text) if first else ClaimForm())


def take_form(desk: Desk, request: Request, form: FormData) -> Response:
    """Makes the claim that was typed the decision; the form again where it can't be meant."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    task, report, unit = (typed.get(name, "") for name in ("task", "report", "unit"))
    found, reading = _found(desk, task, report)
    near = _unit(found, unit).present[0].evidence[0]
    filled = form_typed(typed)
    try:
        fields = given_fields(filled, reading.report.text, near)
        reason = typed.get("reason", "")
        coding.settle(desk.project, task, report, unit, fields=fields, who=name_of(request), reason=reason)
    except (UsageError, ConflictError) as error:
        return _form(desk, found, reading, unit, filled, trouble=str(error), reason=typed.get("reason", ""))
    return desk.see(f"{compare_path(task, report)}#{unit}")


def _found(desk: Desk, task: str, report: str) -> tuple[Comparison, Reading]:
    found = views.comparison(desk.project, task, report)
    if found is None:
        raise UsageError("not all coders have finished this report: each sees only own work until then")
    reading = reading_as_read(desk.project, report)
    if reading is None:
        raise UsageError(f"there is no report {report!r} any more")
    return found, msgspec.structs.replace(reading, claims=())


def _unit(found: Comparison, id_: str) -> Unit:
    for unit in found.units:
        if unit.id == id_:
            return unit
    raise UsageError("there is no such claim to settle: load the page again")


def _form(
    desk: Desk,
    found: Comparison,
    reading: Reading,
    unit: str,
    filled: ClaimForm,
    *,
    trouble: str | None = None,
    reason: str = "",
) -> Response:
    near = _unit(found, unit).present[0].evidence[0]
    within = Within(
        title="Another claim than the coders’",
        verb="Settle with this claim",
        action="/coding/settle",
        back=f"{compare_path(found.task.name, found.report)}#{unit}",
        hidden=(("task", found.task.name), ("unit", unit)),
    )
    context = {
        "report_id": found.report,
        "one": None,
        "filled": filled,
        "start": 0,
        "trouble": trouble,
        "reason": reason,
        "beside": text_beside(reading, evidence_of(filled, reading.report.text, near)),
        "within": within,
        **CHOICES,
    }
    return desk.page("claim_form.html", context, 400 if trouble else 200)


WAYS: tuple[Ask | Act, ...] = (
    Ask("/coding/compare", compare),
    Act("/coding/compare", settle),
    Ask("/coding/settle", show_form),
    Act("/coding/settle", take_form),
)
