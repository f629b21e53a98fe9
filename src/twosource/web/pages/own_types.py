"""A project's own types of events, each with what is meant by it, its rules and its claims; defined by a file."""

from __future__ import annotations

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from twosource.corpus_records import OwnRule
from twosource.deciding.own_types import define_types, forget_type, read_own_types
from twosource.errors import InputError, UsageError
from twosource.views.own_types import list_own_types
from twosource.web.desk import Desk
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask
from twosource.web.wording import type_words

__all__ = ["WAYS", "rule_words"]

_CONDITIONS = {
    "status": "status",
    "stance": "stance",
    "certainty": "certainty",
    "words": "words",
    "actors": "who",
    "targets": "to whom",
    "places": "where",
}


def types(desk: Desk, request: Request) -> Response:
    """The own types, and where a file is given."""
    return _types(desk)


def change(desk: Desk, request: Request, form: FormData) -> Response:
    """Defines the types of a file, or takes one out; the page again, with what is wrong where something is."""
    file, name, who = form.get("file"), form.get("forget"), name_of(request)
    try:
        if isinstance(name, str):
            forget_type(desk.project, name, who=who, reason="taken out")
        elif isinstance(file, UploadFile) and file.filename:
            found = read_own_types(file.file.read(), file.filename)
            define_types(desk.project, found, who=who, reason=f"from {file.filename}")
        else:
            raise UsageError("choose a TOML or CSV file first")
    except (UsageError, InputError) as error:
        return _types(desk, str(error))
    return desk.see("/types")


def rule_words(rule: OwnRule) -> str:
    """The rule in words, its conditions parted by semicolons."""
    told = [" or ".join(type_words(one) for one in rule.types)] if rule.types else []
    for name, label in _CONDITIONS.items():
        values = [str(one) for one in getattr(rule, name)]
        quoted = [f"“{one}”" for one in values] if name in ("words", "actors", "targets", "places") else values
        told += [f"{label} {' or '.join(quoted)}"] if values else []
    if rule.negated is not None:
        told.append("said not to be so" if rule.negated else "not negated")
    return "; ".join(told)


def _types(desk: Desk, trouble: str | None = None) -> Response:
    context = {"rows": list_own_types(desk.project), "rule_words": rule_words, "trouble": trouble}
    return desk.page("own_types.html", context, 400 if trouble else 200)


WAYS: tuple[Ask | Act, ...] = (Ask("/types", types), Act("/types", change))
