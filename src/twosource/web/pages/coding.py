"""Coding tasks: the list of them, a new one, and one with how far it is and how far its coders agree."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import coding
from twosource.coding import Start
from twosource.errors import UsageError
from twosource.views import coding as views
from twosource.views.reports import count_reports, list_reports, reports_named
from twosource.web.coding_words import blind_path, compare_path, task_path
from twosource.web.desk import Desk
from twosource.web.paging import number_in
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]

_OFFERED = 100  # reports to choose from by a tick; of more, a number is drawn


def tasks(desk: Desk, request: Request) -> Response:
    """The tasks, and the form of a new one."""
    return _tasks(desk, request)


def make(desk: Desk, request: Request, form: FormData) -> Response:
    """Keeps a new task; the form again where it can't be meant."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    chosen = [one for one in form.getlist("report") if isinstance(one, str)]
    try:
        made = _make(desk, typed, chosen, name_of(request))
    except UsageError as error:
        return _tasks(desk, request, typed=typed, chosen=chosen, trouble=str(error))
    return desk.see(task_path(made.name))


def task(desk: Desk, request: Request) -> Response:
    """One task: its reports, who has finished which, and the agreement on those that all have."""
    name = request.query_params.get("task", "")
    progress = views.task_progress(desk.project, name)
    known = {one.id: one for one in reports_named(desk.project, progress.task.reports)}
    me = coding.coder_of(progress.task, name_of(request))
    [agreed] = views.agreements(desk.project, name)
    rows = [(id_, known.get(id_)) for id_ in progress.task.reports]
    context = {
        "progress": progress,
        "task": progress.task,
        "rows": rows,
        "me": me,
        "who": name_of(request),
        "agreed": agreed,
        "blind_path": blind_path,
        "compare_path": compare_path,
    }
    return desk.page("coding_task.html", context)


def _make(desk: Desk, typed: dict[str, str], chosen: list[str], who: str) -> coding.Task:
    name, which = typed.get("name", ""), typed.get("which", "chosen")
    if which == "drawn":
        chosen = list(coding.draw(desk.project, number_in(typed.get("count", "")) or 0, coding.called(name)))
    elif which == "listed":
        chosen = typed.get("ids", "").split("\n")
        chosen = [one.strip() for one in chosen if one.strip()]
    coders = typed.get("coders", "").replace(";", "\n").replace(",", "\n").split("\n")
    start = Start.EMPTY if typed.get("start") == Start.EMPTY.value else Start.CLAIMS
    return coding.set_task(desk.project, name, reports=chosen, coders=coders, start=start, who=who)


def _tasks(
    desk: Desk,
    request: Request,
    *,
    typed: dict[str, str] | None = None,
    chosen: list[str] | None = None,
    trouble: str | None = None,
) -> Response:
    reports = count_reports(desk.project)
    context = {
        "tasks": [views.task_progress(desk.project, one.name) for one in views.list_tasks(desk.project)],
        "offered": list_reports(desk.project, limit=_OFFERED) if reports <= _OFFERED else (),
        "reports": reports,
        "typed": typed or {},
        "chosen": set(chosen or ()),
        "trouble": trouble,
        "who": name_of(request),
        "task_path": task_path,
    }
    return desk.page("coding.html", context, 400 if trouble else 200)


WAYS: tuple[Ask | Act, ...] = (Ask("/coding", tasks), Act("/coding", make), Ask("/coding/task", task))
