"""Which places of the gazetteer may a name in a report mean, and how far is each from the others that it names?"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from importlib.resources import as_file, files

import msgspec

from twosource.corpus.decided_claims import DecidedClaim, Mark
from twosource.corpus.decided_places import PERSON, place_key, places_meant, words_on
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.knowledge.added_places import data_folder, open_gazetteer
from twosource.knowledge.gazetteer import Gazetteer, GazetteerPlace
from twosource.reading.places.context import kilometres
from twosource.records import Place
from twosource.spans import Span
from twosource.store import Project
from twosource.store.decided_places import place_decisions, place_subjects, reports_naming
from twosource.store.decisions import last_on
from twosource.views.reading import report_view

__all__ = [
    "Candidate",
    "PlaceQuestion",
    "SharedWords",
    "find_places",
    "gazetteer_place",
    "known_place",
    "place_question",
]

_MOST = 10  # candidates that are offered
_FAR = 1000  # kilometres from which on it no longer tells how far a place is from the others
_MUCH_MORE = 20  # times the people of its namesake make a place sure
_SAME_PLACE = 50  # kilometres within which a namesake is a part of the place, or it is one of it
_WIDE = frozenset({"country", "region"})  # too wide to say how far anything is from there


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A place that a name may mean: the country's name, and how far it is from the nearest that the report names.

    ``so_named`` tells whether it bears the name, and not one that is like it.
    """

    place: GazetteerPlace
    country: str | None
    so_named: bool
    kilometres: int | None = None
    near: str | None = None


class SharedWords(msgspec.Struct, frozen=True):
    """An actor that a claim (its id) has by the words of the place."""

    name: str
    claim: str


class PlaceQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A name of a place in a report, and what it may mean.

    ``words`` are the first sentence that names it, or a claim's. ``reports`` counts those with a claim at a place of
    this name. ``decision`` is the one that counts for it here. ``seen`` and ``seen_in_all`` are the numbers of the last
    entries on it in this report and in all, 0 for none. ``actors`` were read from the same words, and don't follow.
    """

    report: str
    name: str
    words: str
    place: Place | None
    candidates: tuple[Candidate, ...]
    actors: tuple[SharedWords, ...]
    reports: int
    decision: Decision | None
    seen: int
    seen_in_all: int


def place_question(project: Project, report: str, name: str, search: str = "", marked: str = "") -> PlaceQuestion:
    """What a name in a report may mean: the places that bear it or one like it, or those that ``search`` finds.

    The place that it leads to now comes first, then the one whose id is ``marked``. Then come those that bear the name,
    and of those the nearest to the report's other places that are sure; the far ones by how well they are known. Raises
    UsageError for a report that isn't there or names no such place.
    """
    view = report_view(project, report)
    if view is None:
        raise UsageError(f"there is no report {report!r}: see them with 'twosource serve' or 'twosource claims'")
    key = place_key(name)
    mine = places_meant(view.reading.places, [one.claim for one in view.claims], name)
    spans = [named.span for one in view.claims for named in one.claim.places if place_key(named.name) == key]
    spans = sorted({*(place.span for place in mine), *spans})
    if not spans:
        raise UsageError(f"{report} names no place {name!r}: it may have been read again; look at the report anew")
    runs = (*(one.span for one in view.reading.sentences), *(run for one in view.claims for run in one.claim.evidence))
    holding = next((run for run in runs if run.holds(spans[0])), spans[0])
    with project.looking() as connection:
        words = words_on(place_decisions(connection, {report}).get(report, ()))
        used = reports_naming(connection, name)
        last, last_in_all = (
            last_on(connection, DecisionKind.PLACE, place_subjects(connection, name, on)) for on in (report, None)
        )
    others = [place for place in view.reading.places if place not in mine and place.place is not None]
    kept = dict.fromkeys(id_ for id_ in (mine[0].place if mine else None, marked) if id_)
    return PlaceQuestion(
        report=report,
        name=name,
        words=holding.of(view.reading.report.text),
        place=mine[0] if mine else None,
        candidates=_with_kept(_candidates(search or name, others, searched=bool(search)), kept, others),
        actors=_actors_at(view.claims, spans),
        reports=len(used),
        decision=words.get(key),
        seen=last.number if last else 0,
        seen_in_all=last_in_all.number if last_in_all else 0,
    )


def find_places(name: str) -> tuple[Candidate, ...]:
    """Places of the gazetteer that bear the name, then those with one that begins so or sounds somewhat like it."""
    return _candidates(name, (), searched=True)


def gazetteer_place(place_id: str) -> GazetteerPlace:
    """The place with this id, packaged or added. Raises UsageError if there is none."""
    return _gazetteer().place(place_id)


def known_place(place_id: str) -> dict[str, str | None] | None:
    """What the place with this id is called, with what holds it; None if the gazetteer has none."""
    place = _gazetteer().known(place_id)
    return {"name": place.name, "admin1": place.admin1, "country": place.country} if place else None


@functools.cache
def _gazetteer() -> Gazetteer:
    with as_file(files("twosource").joinpath("data", "places.bin")) as path:
        return open_gazetteer(path, data_folder())


def _candidates(name: str, others: Sequence[Place], *, searched: bool) -> tuple[Candidate, ...]:
    gazetteer = _gazetteer()
    named = {place.id: place for place in gazetteer.find(name) or _within(name)}
    begun = {place.id: place for place in (gazetteer.begins(name) if searched else ())}
    alike = {place.id: place for place in gazetteer.suggest(name)}
    anchors, countries = _anchors(others), {one.country for one in others if one.country and _is_sure(one)}
    found = [_candidate(place, place.id in named, anchors) for place in {**named, **begun, **alike}.values()]
    # Each sort keeps the order of the gazetteer, the best known first, where the places are as near.
    found.sort(key=lambda one: (not one.so_named, one.place.id not in begun, *_nearness(one, countries)))
    return tuple(found[:_MOST])


def _with_kept(found: Sequence[Candidate], kept: Iterable[str], others: Sequence[Place]) -> tuple[Candidate, ...]:
    """The candidates with the places of these ids first, whether or not they are among them."""
    listed = {one.place.id: one for one in found}
    known = {id_: place for id_ in kept if (place := _gazetteer().known(id_)) is not None}
    anchors = _anchors(others)
    first = [listed.get(id_) or _candidate(place, False, anchors) for id_, place in known.items()]
    return (*first, *(one for one in found if one.place.id not in known))


def _actors_at(claims: Iterable[DecidedClaim], spans: Sequence[Span]) -> tuple[SharedWords, ...]:
    """The actors and targets of claims that were not rejected whose words are those of the place, each once."""
    found: dict[str, SharedWords] = {}
    for one in claims:
        if one.mark is Mark.REJECTED:
            continue
        for named in (*one.claim.actors, *one.claim.targets):
            if any(run in spans for run in (named.span, named.said_at)):
                found.setdefault(named.name, SharedWords(named.name, one.claim.id))
    return tuple(found.values())


def _within(name: str) -> tuple[GazetteerPlace, ...]:
    """The places whose name is the longest in this one: of 'the northern Idlib countryside' those called Idlib."""
    words = name.split()
    lengths = [_gazetteer().longest(words, start) for start in range(len(words))]
    longest = max(range(len(words)), key=lambda start: (lengths[start], -start), default=0)
    if not words or not lengths[longest]:
        return ()
    return _gazetteer().find(" ".join(words[longest : longest + lengths[longest]]))


def _nearness(one: Candidate, countries: set[str]) -> tuple[bool, float]:
    """What sorts candidates: those near first, then those far, which are as near as one another."""
    if one.kilometres is None:
        return bool(countries) and one.place.country not in countries, 0.0
    far = one.kilometres > _FAR
    return far, 0.0 if far else float(one.kilometres)


def _anchors(others: Iterable[Place]) -> list[GazetteerPlace]:
    """The places that the report names for sure, as far as they are no whole countries or regions."""
    ids = dict.fromkeys(place.place for place in others if place.place and place.precision not in _WIDE)
    sure = {place.place for place in others if _is_sure(place)}
    return [known for one in ids if one in sure and (known := _gazetteer().known(one)) is not None]


def _is_sure(place: Place) -> bool:
    """Whether a person said so, no other was weighed, or the other is right there or much less known."""
    if place.rule == PERSON or place.runner_up is None:
        return True
    mine, other = (_gazetteer().known(one) if one else None for one in (place.place, place.runner_up))
    if mine is None or other is None:
        return mine is not None
    return mine.population >= _MUCH_MORE * max(1, other.population) or kilometres(mine, other) < _SAME_PLACE


def _candidate(place: GazetteerPlace, so_named: bool, anchors: Sequence[GazetteerPlace]) -> Candidate:
    country = _gazetteer().country(place.country) if place.country else None
    told = Candidate(place=place, country=country.name if country else None, so_named=so_named)
    if not anchors or place.precision in _WIDE:
        return told
    nearest = min(anchors, key=lambda anchor: kilometres(place, anchor))
    return msgspec.structs.replace(told, kilometres=round(kilometres(place, nearest)), near=nearest.name)
