"""Two reports side by side: what both say in the same words, what one alone says, and how they stand to each other."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.store.decisions import decisions_in_force
from twosource.views.lineage import why
from twosource.views.reading import report_view
from twosource.views.review import last_seen
from twosource.web.desk import Desk
from twosource.web.routing import Act, Ask
from twosource.web.side_by_side import shared_share, side_by_side

__all__ = ["WAYS"]


def compare(desk: Desk, request: Request) -> Response:
    """The two reports that the query names ('first' and 'second'), the earlier one on the left."""
    first, second = (request.query_params.get(name, "") for name in ("first", "second"))
    try:
        found = why(desk.project, first, second)
    except UsageError as error:
        return desk.message(404, "These two can't be laid side by side", str(error))
    one = found.dependence
    views = [report_view(desk.project, name) for name in (one.earlier, one.later)]
    left, right = (view.reading for view in views if view is not None)
    rows = side_by_side(left, right)
    context = {
        "why": found,
        "dependence": one,
        "left": left.report,
        "right": right.report,
        "rows": rows,
        "shared": shared_share(rows),
        "seen": last_seen(desk.project, DecisionKind.LINEAGE, one.pair),
        "decided": _decided(desk, one.pair),
    }
    return desk.page("compare.html", context)


def _decided(desk: Desk, pair: tuple[str, str]) -> Decision | None:
    """What a person decided on the two, where that is in force; being unsure too, of which nothing follows."""
    with desk.project.looking() as connection:
        found = decisions_in_force(connection, DecisionKind.LINEAGE, pair)
    return found[0] if found else None


WAYS: tuple[Ask | Act, ...] = (Ask("/compare", compare),)
