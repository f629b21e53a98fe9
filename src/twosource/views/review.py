"""What deserves a person first: where accounts clash, what may be one, what is doubtful, what should have come."""

from __future__ import annotations

import datetime
import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import msgspec

from twosource.closed_sets import FigureKind, Status
from twosource.corpus.events.deciding import ClaimName, decision_value
from twosource.corpus_records import DecisionKind, Dependence
from twosource.deciding import Mark
from twosource.records import Claim
from twosource.store import Project, query
from twosource.store import entities as stored_entities
from twosource.store import lineage as stored
from twosource.store.claim_filter import Among, ClaimFilter
from twosource.store.decided_query import LeftOut, window_undecided
from twosource.store.decisions import last_numbers, last_on, subjects_in_force
from twosource.store.state import state_of
from twosource.views.claims import ClaimRow, claims_with, newest_claims
from twosource.views.disagreements import DisagreementRow, disagreements
from twosource.views.like_events import LikeEvents, like_events
from twosource.views.outcomes import Outcome, OutcomeWord, last_words
from twosource.views.planned import PLANNED, PLANS_OF, Plan, plans
from twosource.views.reports import ReportRow, reports_named
from twosource.views.tellings import Rows, Saying
from twosource.views.unresolved_places import unresolved_places
from twosource.views.waiting import ReviewItem, ReviewKind, Side, Waiting

__all__ = ["ReviewItem", "ReviewKind", "Side", "Waiting", "event_value", "last_seen", "queue_state", "review_queue"]

_UNSURE = (0.35, 0.75)  # likelihoods of a dependence between which a person sees more than the engine
_LEAST_SURE = 0.1  # share of the claims, the least sure first, that a person is asked about
_HARM_SURE = 0.5  # the same of those that tell of people killed or injured
_NEWEST = 60  # reports whose unresolved places are looked for
_MOST_CLAIMS = 250  # on which nobody decided, that are looked at for each kind: of a large project those published last
_TIMES = 3  # as many are looked at with those that somebody decided on
_MOST_ENTITIES = 500  # that are looked at for suggestions, those that most reports name
_MOST_EVENTS = 60  # pairs of events that may be one, the likest
_MOST_NAMES = 4  # that are shown beside an entity's own
_KNOWN_AGAIN = 30  # days after which what was not known yet of a plan is asked again
_HARM = frozenset([FigureKind.KILLED, FigureKind.INJURED])


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked at: things due before ``today``, what was published ``until`` a day, names but for the first.

    ``claims`` are the ids of those that were decided on.
    """

    today: datetime.date
    until: datetime.date | None = None
    skip: int = 0
    claims: frozenset[str] = frozenset()

    @property
    def filter(self) -> ClaimFilter:
        """The claims published until that day."""
        return ClaimFilter(published_until=self.until)


def review_queue(
    project: Project,
    today: datetime.date,
    kind: ReviewKind | None = None,
    *,
    published_until: datetime.date | None = None,
    skip: int = 0,
) -> Waiting:
    """What waits for a person and was not decided on, of one kind or of all, the weightiest first.

    ``today`` is the day by which something planned should have come. Of a large project what was published last is
    looked at, as far back as it takes to have so many claims that nobody decided on, and the names in most reports;
    what is left out is told. To go on, ``published_until`` keeps to what was published on that day or before, and
    ``skip`` leaves out so many names.
    """
    asked = _Asked(today=today, until=published_until, skip=skip, claims=_decided_claims(project))
    found = {one: _FINDERS[one](project, asked) for one in _FINDERS if kind in (None, one)}
    items = sorted(itertools.chain.from_iterable(found.values()), key=lambda item: (-item.weight, item.id))
    return Waiting.made(items, {one: rows.left_out for one, rows in found.items() if rows.left_out is not None})


def last_seen(project: Project, kind: DecisionKind, subjects: tuple[str, ...]) -> int:
    """The number of the last entry of the log on these things, 0 for none: whoever decides on them hands it on."""
    with project.looking() as connection:
        last = last_on(connection, kind, subjects)
    return last.number if last else 0


def _seen_on(project: Project, kind: DecisionKind) -> Mapping[tuple[str, ...], int]:
    """The number of the last entry of the log on each set of things of a kind; 0 for none."""
    with project.looking() as connection:
        return defaultdict(int, last_numbers(connection, kind))


def queue_state(project: Project) -> tuple[int, int, int]:
    """What differs once a run or a decision may have changed the queue."""
    with project.looking() as connection:
        return state_of(connection)


def event_value(project: Project, claims: Sequence[str], together: bool) -> dict[str, object]:
    """What a decision on two claims (ids) keeps, by which they are one event or never one; empty for an unknown id."""
    rows = {row.claim.id: row for row in claims_with(project, claims)}
    names = [_name_of(rows[one]) for one in claims if one in rows]
    if len(names) < len(claims):
        return {}
    return decision_value([names] if together else [[name] for name in names])


def _name_of(row: ClaimRow) -> ClaimName:
    return ClaimName(report=row.report.id, type=row.claim.type, words=" ".join(row.evidence))


def _disagreements(project: Project, asked: _Asked) -> Rows[ReviewItem]:
    pairs, alone = _decided(project, DecisionKind.EVENT), asked.claims
    seen = _seen_on(project, DecisionKind.EVENT)
    chosen, most = _window(project, asked, alone.union(*pairs), None, _MOST_CLAIMS)
    found = disagreements(project, chosen, most=most)
    waiting = (row for row in found if _subjects(row) not in pairs and not alone.issuperset(_subjects(row)))
    return Rows.made((_clash(row, seen[_subjects(row)]) for row in waiting), found.left_out)


def _events(project: Project, asked: _Asked) -> Rows[ReviewItem]:
    decided, seen = _decided(project, DecisionKind.EVENT), _seen_on(project, DecisionKind.EVENT)
    chosen, most = _window(project, asked, asked.claims.union(*decided), None, _MOST_CLAIMS)
    rows, left_out = newest_claims(project, chosen, most)
    found = like_events(project, [row.claim.id for row in rows], _MOST_EVENTS)
    return Rows.made((_events_item(one, seen[one.likeness.pair]) for one in found), left_out)


def _events_item(one: LikeEvents, seen: int) -> ReviewItem:
    return ReviewItem(
        kind=ReviewKind.EVENTS,
        reason=one.likeness.reason,
        sides=tuple(_claim_side(row) for row in one.claims),
        about=DecisionKind.EVENT,
        subjects=one.likeness.pair,
        seen=seen,
        weight=1.5 + one.likeness.score,
    )


def _subjects(row: DisagreementRow) -> tuple[str, ...]:
    return tuple(sorted(row.disagreement.claims))


def _clash(row: DisagreementRow, seen: int) -> ReviewItem:
    return ReviewItem(
        kind=ReviewKind.DISAGREEMENT,
        reason=row.disagreement.reason,
        sides=tuple(_told(one) for one in row.sides),
        about=DecisionKind.EVENT,
        subjects=_subjects(row),
        seen=seen,
        weight=_weight_of(row),
    )


def _weight_of(row: DisagreementRow) -> float:
    """From 2 to 5: figures that exclude each other, the more the further they are apart, come before all else."""
    return 2.0 + (1.0 if row.disagreement.strict else 0.0) + min(2.0, row.disagreement.size / 2)


def _names(project: Project, asked: _Asked) -> Rows[ReviewItem]:
    decided = _decided(project, DecisionKind.ENTITY)
    most = _MOST_ENTITIES + min(_MOST_ENTITIES, len({one for pair in decided for one in pair}))
    with project.looking() as connection:
        listed = stored_entities.listed(connection, limit=most + 1, offset=asked.skip)
    left_out = LeftOut(looked_at=most, since=None) if len(listed) > most else None
    return Rows.made(_suggested(project, listed[:most], decided), left_out)


def _suggested(
    project: Project, listed: Sequence[stored_entities.Listed], decided: Collection[tuple[str, ...]]
) -> Iterator[ReviewItem]:
    """The merges suggested for these entities on which nobody decided, each once."""
    seen = _seen_on(project, DecisionKind.ENTITY)
    by_id = {one.entity.id: one for one in listed}
    met: set[tuple[str, ...]] = set()
    for one, suggestion in ((each, suggestion) for each in listed for suggestion in each.entity.suggestions):
        subjects = tuple(sorted((one.entity.id, suggestion.entity)))
        if subjects in decided or subjects in met:
            continue
        met.add(subjects)
        other = by_id.get(suggestion.entity)
        reports = min(one.reports, other.reports if other else 0)
        yield ReviewItem(
            kind=ReviewKind.NAMES,
            reason=suggestion.reason,
            sides=(
                _name_side(one.entity.name, one),
                _name_side(suggestion.name, other),
            ),
            about=DecisionKind.ENTITY,
            subjects=subjects,
            seen=seen[subjects],
            weight=1.5 + min(1.5, reports / 10),
        )


def _name_side(name: str, listed: stored_entities.Listed | None) -> Side:
    """An entity by its name, with the other names that most reports use for it."""
    others = [one for one in listed.entity.names if one != name] if listed else []
    return Side(label=name, words=tuple(others[:_MOST_NAMES]))


def _reports(project: Project, asked: _Asked) -> Rows[ReviewItem]:
    decided, seen = _decided(project, DecisionKind.LINEAGE), _seen_on(project, DecisionKind.LINEAGE)
    with project.looking() as connection:
        found = stored.dependences_as_likely(connection, *_UNSURE)
    waiting = [one for one in found if one.pair not in decided]
    rows = {row.id: row for row in reports_named(project, itertools.chain.from_iterable(one.pair for one in waiting))}
    known = (one for one in waiting if set(one.pair) <= rows.keys())
    return Rows.made((_dependence_item(one, rows, seen[one.pair]) for one in known), None)


def _dependence_item(one: Dependence, rows: Mapping[str, ReportRow], seen: int) -> ReviewItem:
    return ReviewItem(
        kind=ReviewKind.REPORTS,
        reason=one.reason,
        sides=tuple(_report_side(rows[name]) for name in (one.earlier, one.later)),
        about=DecisionKind.LINEAGE,
        subjects=one.pair,
        seen=seen,
        weight=2.5 - abs(one.likelihood - 0.5),
    )


def _report_side(row: ReportRow) -> Side:
    return Side(
        label=row.outlet or "outlet not known",
        words=(row.title or row.id,),
        report=row.id,
        published=row.published,
    )


def _due(project: Project, asked: _Asked) -> Rows[ReviewItem]:
    decided = {subjects[1] for subjects in _decided(project, DecisionKind.OUTCOME)}
    chosen, most = _window(project, asked, decided, PLANNED, _MOST_CLAIMS // PLANS_OF)
    found = plans(project, chosen, most=most * PLANS_OF)
    overdue = (one for one in found if one.until is not None and one.until < asked.today)
    untold = (one for one in overdue if not one.came and not one.denied)
    waiting = [one for one in untold if one.outcome is None or _asks_again(one.outcome, asked.today)]
    seen = last_words(project, {(one.plan.report, one.plan.claim): one.outcome for one in waiting})
    # Where all plans were looked at, it is of what came of them that something was left out.
    left_out = found.left_out if found.left_out is not None and found.left_out.looked_at <= most else None
    return Rows.made((_plan_item(one, seen[one.plan.claim]) for one in waiting), left_out)


def _asks_again(outcome: Outcome, today: datetime.date) -> bool:
    """Whether it is long ago that somebody noted that it was not known what came of the plan."""
    noted = datetime.date.fromisoformat(outcome.made[:10])
    return outcome.word is OutcomeWord.NOT_KNOWN and (today - noted).days > _KNOWN_AGAIN


def _plan_item(plan: Plan, seen: int) -> ReviewItem:
    reason = f"This was to come by {_day(plan.until)}, and no claim looked at tells what came of it."
    if plan.outcome is not None:
        noted = datetime.date.fromisoformat(plan.outcome.made[:10])
        reason += f" By {_day(noted)} {plan.outcome.who} did not know either."
    return ReviewItem(
        kind=ReviewKind.DUE,
        reason=reason,
        sides=(_told(plan.plan),),
        about=DecisionKind.OUTCOME,
        subjects=(plan.plan.report, plan.plan.claim),
        seen=seen,
        weight=1.0,
    )


def _day(day: datetime.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _doubts(project: Project, asked: _Asked) -> Rows[ReviewItem]:
    chosen, most = _window(project, asked, asked.claims, None, _MOST_CLAIMS)
    rows, left_out = newest_claims(project, chosen, most)
    return Rows.made(_doubtful(rows), left_out)


def _doubtful(rows: Sequence[ClaimRow]) -> Iterator[ReviewItem]:
    """The least sure of these claims, as far as nobody decided on them."""
    sure = sorted(row.claim.confidence for row in rows if row.claim.confidence is not None)
    if not sure:
        return
    least, harmful = sure[int(len(sure) * _LEAST_SURE)], sure[int(len(sure) * _HARM_SURE)]
    for row in rows:
        confidence, harm = row.claim.confidence, _tells_of_harm(row.claim)
        if row.mark is Mark.READ and confidence is not None and confidence < (harmful if harm else least):
            yield _doubt_item(row, confidence, harm)


def _tells_of_harm(claim: Claim) -> bool:
    return any(figure.kind in _HARM for figure in claim.figures)


def _doubt_item(row: ClaimRow, confidence: float, harm: bool) -> ReviewItem:
    right = round(100 * confidence)
    doubt = f"Of claims like this one about {right} in 100" if right else "Hardly any claim like this one"
    told = " are" if right else " is"
    return ReviewItem(
        kind=ReviewKind.DOUBT,
        reason=f"{doubt}{told} right in every part{', and it tells of people harmed' if harm else ''}.",
        sides=(_claim_side(row),),
        about=DecisionKind.CLAIM,
        subjects=(row.report.id, row.claim.id),
        seen=row.seen,
        weight=(1.0 if harm else 0.5) + (0.4 if row.claim.status is Status.HAPPENED else 0.2) * (1 - confidence),
    )


def _claim_side(row: ClaimRow) -> Side:
    return Side(
        label=f"{row.claim.type.value.replace('_', ' ')}, {_said_by(row.claim)}",
        words=row.evidence,
        report=row.report.id,
        claim=row.claim.id,
        published=row.report.published,
        seen=row.seen,
    )


def _places(project: Project, asked: _Asked) -> Rows[ReviewItem]:
    with project.looking() as connection:
        newest = query.report_rows(connection, published_until=asked.until, limit=_NEWEST + 1)
    looked, more = newest[:_NEWEST], newest[_NEWEST:]
    days = [row["published"] for row in looked]
    left_out = LeftOut(looked_at=_NEWEST, since=days[-1], until=days[0]) if more else None
    found = unresolved_places(project, [row["id"] for row in looked], asked.claims)
    return Rows.made(found, left_out)


def _said_by(claim: Claim) -> str:
    return " and ".join(named.name for named in claim.sources) or "in the report's own voice"


def _told(one: Saying) -> Side:
    speakers = " and ".join(one.speakers)
    label = speakers if one.own_voice or not one.outlet else f"{speakers}, in {one.outlet}"
    return Side(label=label, words=one.words, report=one.report, claim=one.claim, published=one.published)


def _window(
    project: Project, asked: _Asked, decided: Collection[str], among: Among | None, most: int
) -> tuple[ClaimFilter, int]:
    """The filter and the number of claims by which the last ``most`` are looked at that were not ``decided`` (ids)."""
    with project.looking() as connection:
        return window_undecided(
            connection, asked.filter, among, most=most, reach=_TIMES * most, decided=sorted(decided)
        )


def _decided(project: Project, kind: DecisionKind) -> set[tuple[str, ...]]:
    """The subjects of a kind on which a decision is in force."""
    with project.looking() as connection:
        return subjects_in_force(connection, kind)


def _decided_claims(project: Project) -> frozenset[str]:
    """The ids of the claims on which a decision is in force."""
    return frozenset(subjects[1] for subjects in _decided(project, DecisionKind.CLAIM))


_Finder = Callable[[Project, _Asked], Rows[ReviewItem]]
_FINDERS: dict[ReviewKind, _Finder] = {
    ReviewKind.DISAGREEMENT: _disagreements,
    ReviewKind.EVENTS: _events,
    ReviewKind.NAMES: _names,
    ReviewKind.REPORTS: _reports,
    ReviewKind.DUE: _due,
    ReviewKind.DOUBT: _doubts,
    ReviewKind.PLACE: _places,
}
