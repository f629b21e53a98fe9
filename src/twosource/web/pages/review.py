"""The review queue: what deserves a person first, decided on by button or key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from twosource import deciding
from twosource.corpus_records import Decision, DecisionKind, Judgement
from twosource.errors import ConflictError, UsageError
from twosource.relating import keep_decision
from twosource.store.decided_query import LeftOut
from twosource.store.decisions import entry
from twosource.views.review import ReviewItem, ReviewKind, Waiting, event_value, review_queue
from twosource.web.asking import asked_in, day_in, earlier
from twosource.web.cards import Card
from twosource.web.decision_words import quoted
from twosource.web.desk import Desk, is_partial
from twosource.web.laying import cards_in
from twosource.web.outcomes import NOTHING_TELLS
from twosource.web.paging import PAGE_SIZE, number_in, paging_of
from twosource.web.people import name_of
from twosource.web.routing import Act, Ask
from twosource.web.wording import compare_path

__all__ = ["KIND_WORDS", "WAYS"]

KIND_WORDS = {
    ReviewKind.DISAGREEMENT: "Disagreements",
    ReviewKind.EVENTS: "Events that may be one",
    ReviewKind.NAMES: "Names that may be one",
    ReviewKind.REPORTS: "Reports that may be one text",
    ReviewKind.DUE: "Planned and due",
    ReviewKind.DOUBT: "Doubtful claims",
    ReviewKind.PLACE: "Places not found",
}
_OFFERED = {
    "accept": "as it stands",
    "same": "after reading both",
    "different": "after reading both",
    "unsure": "unsure",
    "not-known": NOTHING_TELLS,
}
_EVENT_VERDICTS = {"same": "merge", "different": "split", "unsure": "unsure"}
_ON_CLAIMS = (DecisionKind.CLAIM, DecisionKind.OUTCOME)
_REGROUPED = (DecisionKind.ENTITY, DecisionKind.EVENT, DecisionKind.CLAIM, DecisionKind.PLACE)


def review(desk: Desk, request: Request) -> Response:
    """The queue, of one kind or of all."""
    kind = next((one for one in ReviewKind if one.value == request.query_params.get("kind")), None)
    asked = {**asked_in(request.query_params, ("published_until", "skip")), "kind": kind.value if kind else ""}
    asked["skip"] = str(number_in(asked["skip"]) or "")
    every = desk.queue.items(desk.today())
    counts = Counter(item.kind for item in every)
    further = _further(desk, kind, asked)
    shown = every if further is None else further
    found = [item for item in shown if kind in (None, item.kind)]
    paging = paging_of(request.query_params, len(found), asked)
    items = found[paging.offset : paging.offset + PAGE_SIZE]
    context = {
        "items": items,
        "cards": _cards(desk, items),
        "paging": paging,
        "kind": kind,
        "kinds": [(one, words, counts[one]) for one, words in KIND_WORDS.items() if counts[one]],
        "all": len(every),
        "asked": asked,
        "windows": [_window(one, left_out, asked) for one, left_out in shown.left_out.items() if kind in (None, one)],
        "who": name_of(request),
    }
    return desk.page("review.html", context)


def _further(desk: Desk, kind: ReviewKind | None, asked: Mapping[str, str]) -> Waiting | None:
    """What waits of what lies before the things that the queue holds, where that is asked for."""
    until, skip = day_in(asked["published_until"]), number_in(asked["skip"]) or 0
    if until is None and not skip:
        return None
    today = desk.today()
    return desk.answers.get(
        ("review", today, kind, until, skip),
        lambda: review_queue(desk.project, today, kind, published_until=until, skip=skip),
    )


def _window(kind: ReviewKind, left_out: LeftOut, asked: Mapping[str, str]) -> Mapping[str, object]:
    """What was looked at for things of a kind, and the query for what lies before."""
    if kind is ReviewKind.NAMES:
        skip = (number_in(asked["skip"]) or 0) + left_out.looked_at
        way = f"?kind={kind.value}&skip={skip}"
    else:
        way = earlier({"kind": kind.value}, left_out)
    return {"kind": kind, "words": KIND_WORDS[kind], "left_out": left_out, "earlier": way}


def _cards(desk: Desk, items: Sequence[ReviewItem]) -> Mapping[tuple[str, str], Card]:
    """All that is said by the claims which can be decided on here, by report and claim."""
    pairs = tuple((item.subjects[0], item.subjects[1]) for item in items if item.about in _ON_CLAIMS)
    return desk.answers.get(("cards", pairs), lambda: cards_in(desk.project, pairs))


def decide(desk: Desk, request: Request, form: FormData) -> Response:
    """Keeps a decision; what was kept in place of the item where htmx asks, else the queue again."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    subjects = [one for one in form.getlist("subject") if isinstance(one, str)]
    try:
        kept = _keep(desk, typed, subjects, name_of(request))
    except (UsageError, ConflictError) as error:
        if not is_partial(request):
            raise
        return _told(desk, str(error), typed.get("back", ""))
    if kept.kind in _REGROUPED:
        desk.imports.bring_together(names=kept.kind is DecisionKind.ENTITY)
    if is_partial(request):
        context = {"kept": kept, "trouble": None, "back": typed.get("back", ""), "words": _words(desk, kept)}
        return desk.bare("_reviewed.html", context)
    return desk.see(_way_back(typed, subjects))


def _words(desk: Desk, kept: Decision) -> str:
    """The words of the claim or the plan that was decided on, or on which a decision was taken back."""
    if kept.undoes is None:
        return quoted(kept)
    with desk.project.looking() as connection:
        undone = entry(connection, kept.undoes)
    return quoted(undone) if undone else ""


def _told(desk: Desk, trouble: str, back: str) -> Response:
    """What stood in the way, for the place in the form that takes it: what was typed beside it stays."""
    answer = desk.bare("_reviewed.html", {"kept": None, "trouble": trouble, "back": back})
    answer.headers.update({"HX-Retarget": "find .said", "HX-Reswap": "innerHTML"})
    return answer


def _keep(desk: Desk, typed: Mapping[str, str], subjects: Sequence[str], who: str) -> Decision:
    verdict, seen = typed.get("verdict", ""), number_in(typed.get("seen", ""))
    reason = typed.get("reason", "").strip() or _OFFERED.get(verdict, "")
    if verdict == "undo":
        number = number_in(typed.get("undoes", "")) or 0
        return deciding.undo(desk.project, number, who=who, reason=reason or "taken back", expected=seen)
    about = next((one for one in DecisionKind if one.value == typed.get("about")), None)
    if about is DecisionKind.CLAIM and len(subjects) == 2:
        return _keep_on_claim(desk, subjects, verdict, who=who, reason=reason, seen=seen)
    if about is DecisionKind.OUTCOME and len(subjects) == 2 and verdict == "reject":  # there is no such plan
        seen = number_in(typed.get("claim-seen", ""))
        return _keep_on_claim(desk, subjects, verdict, who=who, reason=reason, seen=seen)
    if about is DecisionKind.OUTCOME and len(subjects) == 2:
        return deciding.record_outcome(
            *(desk.project, subjects[0], subjects[1], verdict),
            who=who,
            reason=reason,
            told_by=typed.get("told-by", ""),
            expected=seen,
        )
    if about is DecisionKind.LINEAGE and len(subjects) == 2 and verdict in tuple(Judgement):
        pair = (subjects[0], subjects[1])
        return keep_decision(desk.project, pair, Judgement(verdict), reason=reason or "unsure", who=who, expected=seen)
    if about is DecisionKind.EVENT and verdict in _EVENT_VERDICTS:
        value = event_value(desk.project, subjects, together=verdict != "different")
        verdict = _EVENT_VERDICTS[verdict]
        return deciding.keep(desk.project, about, subjects, verdict, value=value, who=who, reason=reason, expected=seen)
    if about is DecisionKind.ENTITY:
        words = reason or "unsure"
        return deciding.keep(desk.project, about, subjects, verdict, who=who, reason=words, expected=seen)
    raise UsageError(f"{verdict!r} can't be decided here")


def _keep_on_claim(
    desk: Desk, subjects: Sequence[str], verdict: str, *, who: str, reason: str, seen: int | None
) -> Decision:
    report, claim = subjects
    if verdict == "accept":
        return deciding.accept(desk.project, report, claim, who=who, reason=reason, expected=seen)
    if verdict == "reject":
        return deciding.reject(desk.project, report, claim, who=who, reason=reason, expected=seen)
    raise UsageError(f"there is no decision {verdict!r} on a claim: accept or reject")


def _way_back(typed: Mapping[str, str], subjects: Sequence[str]) -> str:
    """The address that the form came from."""
    if typed.get("back") == "compare" and len(subjects) == 2:
        return compare_path(subjects[0], subjects[1])
    kind = next((one.value for one in ReviewKind if one.value == typed.get("back")), None)
    return f"/review?kind={kind}" if kind else "/review"


WAYS = (Ask("/review", review), Act("/review", decide))
