"""Which names of places lead to no place, and on which claim with such a name can a person decide?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import msgspec

from twosource.corpus.decided_places import place_key, words_on
from twosource.corpus_records import DecisionKind
from twosource.records import Place
from twosource.store import Project, query
from twosource.store.decided_places import place_decisions
from twosource.store.decisions import last_numbers
from twosource.views.waiting import ReviewItem, ReviewKind, Side

__all__ = ["unresolved_places"]

_SHOWN = 2  # reports of a name at which no claim is


def unresolved_places(project: Project, reports: Sequence[str], decided: Collection[str]) -> Iterator[ReviewItem]:
    """One item for each name in these reports (ids) that leads to no place, with those that use it.

    It is about the first claim at such a place that is not among those ``decided`` (ids): to be left as it stands,
    fixed or rejected. A name with which all claims were decided on waits no more, nor does one of which a person said
    where it is, or that it can't be placed; of one with no claim there is nothing to decide on a claim.
    """
    with project.looking() as connection:
        located = query.located_reports(connection, reports)
        claims: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for report, name, claim in query.claims_at_places(connection, reports):
            claims[name].append((report, claim))
        seen = last_numbers(connection, DecisionKind.CLAIM)
        placed = {report: words_on(words) for report, words in place_decisions(connection, set(reports)).items()}
    used: dict[str, dict[str, Side]] = defaultdict(dict)
    for one in located:
        words = placed.get(one.report.id, {})
        for name, place in {place.name: place for place in one.places if place.place is None}.items():
            if place_key(name) not in words:
                used[name][one.report.id] = _side(one, place)
    met = set(decided)
    for name, sides in used.items():
        at = [pair for pair in claims[name] if pair[0] in sides]
        waiting = [pair for pair in at if pair[1] not in met]
        if waiting:
            met.add(waiting[0][1])  # a claim at two such places waits once
            yield _of_claim(name, sides, waiting[0], seen.get(waiting[0], 0))
        elif not at:
            yield _item(name, len(sides), tuple(sides.values())[:_SHOWN])


def _of_claim(name: str, sides: dict[str, Side], pair: tuple[str, str], seen: int) -> ReviewItem:
    side = msgspec.structs.replace(sides[pair[0]], claim=pair[1], seen=seen)
    item = _item(name, len(sides), (side,))
    weight = item.weight + 0.1
    return msgspec.structs.replace(item, about=DecisionKind.CLAIM, subjects=pair, seen=seen, weight=weight)


def _item(name: str, reports: int, sides: tuple[Side, ...]) -> ReviewItem:
    many = f" and {reports - 1} more report{'' if reports == 2 else 's'}" if reports > 1 else ""
    return ReviewItem(
        kind=ReviewKind.PLACE,
        reason=f"The gazetteer leads '{name}' to no place; {sides[0].report} names it{many}.",
        sides=sides,
        about=None,
        subjects=(name,),
        seen=0,
        name=name,
        weight=min(0.9, 0.3 + reports / 20),
    )


def _side(located: query.Located, place: Place) -> Side:
    holding = next((one.span for one in located.sentences if one.span.holds(place.span)), place.span)
    report = located.report
    return Side(
        label=report.outlet or "outlet not known",
        words=(holding.of(report.text),),
        report=report.id,
        published=report.published,
    )
