"""Where do accounts disagree: between reports on one event, and inside one report?"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from twosource.corpus.disagreements import Ground, Share, disagreements_inside, disagreements_of, largest
from twosource.corpus.disagreements.making import nowhere
from twosource.corpus.disagreements.passages import sentence_at
from twosource.corpus.tellings import Telling
from twosource.corpus_records import Disagreement, Event
from twosource.knowledge.name_index import fold_actor
from twosource.records import Report
from twosource.store import Project, event_query
from twosource.store.claim_filter import ClaimFilter
from twosource.views.loaded import disagreement_words
from twosource.views.tellings import (
    Basis,
    Names,
    Rows,
    Saying,
    basis_of,
    looked_at,
    names_in,
    saying,
    tellings_of_event,
)

__all__ = ["DisagreementRow", "disagreements", "disagreements_on"]

_NAME = re.compile(r"\b[A-Z][^\W\d_]{3,}")
_FIELDS = frozenset(["happened", "actor", "type", "place", "when"])  # told by words, and not by a number in them
_MANY = 20  # reports from which on it can be said which names are rare


class DisagreementRow(msgspec.Struct, frozen=True, kw_only=True):
    """One disagreement, and who says each side with which words."""

    disagreement: Disagreement
    sides: tuple[Saying, Saying]
    basis: Basis


def disagreements(
    project: Project,
    chosen: ClaimFilter | None = None,
    *,
    field: str | None = None,
    inside: bool | None = None,
    limit: int | None = None,
    most: int | None = None,
) -> Rows[DisagreementRow]:
    """The disagreements among the claims chosen, figures first, the largest first.

    ``field`` keeps those in one field, such as 'killed' or 'actor'; ``inside`` those inside one report (True) or
    between reports on one event (False). Of more than ``most`` claims those published last are looked at.
    """
    told, left_out = looked_at(project, chosen, None, most)
    found = {one.claim.id: one for one in told}
    by = _ground(found.values(), names_in(project, told))
    events = _events_of(project, found) if inside is not True else []
    every = [*(_inside(found.values(), by) if inside is not False else ()), *_between(found, events, by)]
    shown = [one for one in largest(every) if field is None or one.field == field]
    return Rows.made([_row(one, found) for one in itertools.islice(_once(shown, found), limit)], left_out)


def _events_of(project: Project, claims: Collection[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The events of these claims (ids) that have several of them, each with those."""
    with project.looking() as connection:
        events = event_query.events_of_claims(connection, claims)
    held: defaultdict[str, list[str]] = defaultdict(list)
    for claim in sorted(events):
        held[events[claim]].append(claim)
    return [(event, tuple(members)) for event, members in sorted(held.items()) if len(members) > 1]


def disagreements_on(project: Project, event: Event, names: Names | None = None) -> tuple[DisagreementRow, ...]:
    """The disagreements among the accounts of one event, figures first, the largest first.

    ``names`` is the project's naming of actors, where it is at hand.
    """
    found = {one.claim.id: one for one in tellings_of_event(project, event.claims)}
    by = _ground(found.values(), names or names_in(project, found.values()))
    return tuple(_row(one, found) for one in _once(largest(_between(found, [(event.id, event.claims)], by)), found))


def _once(found: Sequence[Disagreement], tellings: dict[str, Telling]) -> Iterator[Disagreement]:
    """Each disagreement once, in order: reprints repeat the words of one, and one denial answers many who say it."""
    seen: set[object] = set()
    for one in found:
        denials = [
            claim for claim, value in zip(one.claims, one.values, strict=True) if value in ("denies", "says not")
        ]
        keys: set[object] = {(one.field, one.values, one.words), *((one.field, claim) for claim in denials)}
        if one.inside:  # reprints share a lineage, and what their speakers say of one another
            keys |= {(one.field, one.values, one.speakers, of) for of in tellings[one.claims[0]].lineages}
        if not keys & seen:
            yield one
        seen |= keys


def share_in(reports: Iterable[Report]) -> Share:
    """How common each proper name is in reports; in a handful of them none is common."""
    known = {report.id: report for report in reports}
    if len(known) < _MANY:
        return nowhere
    seen = Counter(word for report in known.values() for word in _names_of(report.text))
    return lambda word: seen[word] / len(known)


@functools.lru_cache(maxsize=4096)
def _names_of(text: str) -> frozenset[str]:
    """The proper names of a text, folded."""
    return frozenset(fold_actor(word) for word in set(_NAME.findall(text)))


def _ground(found: Collection[Telling], names: Names) -> Ground:
    """What the disagreements among these tellings are judged by."""
    names.read_ahead(found)
    share = share_in(telling.report for telling in found)
    return Ground(words=disagreement_words(), naming=names.key, kin=names.kin, share=share)


def _inside(every: Iterable[Telling], by: Ground) -> Iterator[Disagreement]:
    reports: dict[str, list[Telling]] = defaultdict(list)
    for telling in every:
        reports[telling.report.id].append(telling)
    for theirs in reports.values():
        yield from disagreements_inside(theirs, by)


def _between(
    found: dict[str, Telling], events: Sequence[tuple[str, tuple[str, ...]]], by: Ground
) -> Iterator[Disagreement]:
    for event, claims in events:
        yield from disagreements_of([found[one] for one in claims if one in found], by, event=event)


def _row(found: Disagreement, tellings: dict[str, Telling]) -> DisagreementRow:
    first, second = (tellings[one] for one in found.claims)
    sides = _side(found, 0, first), _side(found, 1, second)
    return DisagreementRow(disagreement=found, sides=sides, basis=basis_of([first, second]))


def _side(found: Disagreement, number: int, telling: Telling) -> Saying:
    """One side, under the names and with the words that make it differ: those that hold its value."""
    text, span = telling.report.text, found.spans[number]
    if found.field not in _FIELDS:
        span = sentence_at(text, span)
    return msgspec.structs.replace(
        saying(telling), speakers=found.speakers[number], words=(span.of(text),), spans=(span,)
    )
