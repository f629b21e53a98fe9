"""Where accounts disagree: both sides with their words, each opening its sentence."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import Response

from twosource.closed_sets import FigureKind
from twosource.errors import UsageError
from twosource.views.disagreements import DisagreementRow, disagreements
from twosource.views.tellings import Rows
from twosource.web.asking import ANSWER_FIELDS, answer_filter, asked_in, earlier, with_query
from twosource.web.desk import Desk, is_partial
from twosource.web.paging import paging_of
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]

_WHERE = {"between": "between reports", "inside": "inside one report"}
_SIZE = 25
FIELD_WORDS = {
    **{kind.value: f"{kind.value}, how many" for kind in FigureKind},
    "happened": "whether it happened",
    "actor": "who did it",
    "place": "where",
    "when": "when",
    "type": "what it was",
}


def disagreements_page(desk: Desk, request: Request) -> Response:
    """The disagreements, figures first and the largest first; only the list where htmx asks."""
    asked = asked_in(request.query_params, (*ANSWER_FIELDS, "field", "where"))
    trouble, status = None, 200
    every: Rows[DisagreementRow] = Rows()
    try:
        chosen = answer_filter(asked)
        every = desk.answers.get(
            ("disagreements", chosen), lambda: disagreements(desk.project, chosen, most=desk.most_claims)
        )
    except UsageError as error:
        trouble, status = str(error), 400
    fields = Counter(row.disagreement.field for row in every)
    found = [row for row in every if _is_asked(row, asked["field"], asked["where"])]
    paging = paging_of(request.query_params, len(found), asked, _SIZE)
    context = {
        "rows": found[paging.offset : paging.offset + _SIZE],
        "paging": paging,
        "asked": asked,
        "trouble": trouble,
        "left_out": every.left_out,
        "earlier": earlier(asked, every.left_out),
        "fields": sorted(fields.items(), key=lambda pair: (-pair[1], pair[0])),
        "field_words": FIELD_WORDS,
        "wheres": _WHERE,
        "with_query": with_query(asked),
    }
    return desk.page("_disagreement_list.html" if is_partial(request) else "disagreements.html", context, status)


def _is_asked(row: DisagreementRow, field: str, where: str) -> bool:
    if field and row.disagreement.field != field:
        return False
    return where not in _WHERE or row.disagreement.inside is (where == "inside")


WAYS: tuple[Ask | Act, ...] = (Ask("/disagreements", disagreements_page),)
