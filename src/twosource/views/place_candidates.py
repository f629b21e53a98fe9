"""Which places of the gazetteer may a name in a report mean, and how far is each from the others that it names?"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from importlib.resources import as_file, files

import msgspec

from twosource.corpus.decided_places import place_key, words_on
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.knowledge.added_places import data_folder, open_gazetteer
from twosource.knowledge.gazetteer import Gazetteer, GazetteerPlace
from twosource.reading.places.context import kilometres
from twosource.records import Place
from twosource.store import Project
from twosource.store.decided_places import place_decisions, reports_naming
from twosource.store.decisions import last_on
from twosource.views.reading import report_view

__all__ = ["Candidate", "PlaceQuestion", "find_places", "gazetteer_place", "known_place", "place_question"]

_MOST = 10  # candidates that are offered
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


class PlaceQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A name of a place in a report, and what it may mean.

    ``words`` are the first sentence that names it, or a claim's. ``reports`` counts those with a claim at a place of
    this name. ``decision`` is the one that counts for it here. ``seen`` and ``seen_in_all`` are the numbers of the last
    entries on it in this report and in all, 0 for none.
    """

    report: str
    name: str
    words: str
    place: Place | None
    candidates: tuple[Candidate, ...]
    reports: int
    decision: Decision | None
    seen: int
    seen_in_all: int


def place_question(project: Project, report: str, name: str, search: str = "") -> PlaceQuestion:
    """What a name in a report may mean: the places that bear it or one like it, or those that ``search`` finds.

    Those that bear the name come first, and of those the nearest to the report's other places. Raises UsageError for a
    report that isn't there or names no such place.
    """
    view = report_view(project, report)
    if view is None:
        raise UsageError(f"there is no report {report!r}: see them with 'twosource serve' or 'twosource claims'")
    key = place_key(name)
    mine = [place for place in view.reading.places if place_key(place.name) == key]
    spans = [named.span for one in view.claims for named in one.claim.places if place_key(named.name) == key]
    spans = sorted({*(place.span for place in mine), *spans})
    if not spans:
        raise UsageError(f"{report} names no place {name!r}: it may have been read again; look at the report anew")
    runs = (*(one.span for one in view.reading.sentences), *(run for one in view.claims for run in one.claim.evidence))
    holding = next((run for run in runs if run.holds(spans[0])), spans[0])
    with project.looking() as connection:
        words = words_on(place_decisions(connection, {report}).get(report, ()))
        used = reports_naming(connection, name)
        last, last_in_all = (last_on(connection, DecisionKind.PLACE, on) for on in ((report, name), (name,)))
    others = [place for place in view.reading.places if place_key(place.name) != key and place.place is not None]
    return PlaceQuestion(
        report=report,
        name=name,
        words=holding.of(view.reading.report.text),
        place=mine[0] if mine else None,
        candidates=_candidates(search or name, others, searched=bool(search)),
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
    anchors, countries = _anchors(others), {place.country for place in others if place.country}
    found = [_candidate(place, place.id in named, anchors) for place in {**named, **begun, **alike}.values()]
    # Each sort keeps the order of the gazetteer, the best known first, where the places are as near.
    found.sort(key=lambda one: (not one.so_named, one.place.id not in begun, *_nearness(one, countries)))
    return tuple(found[:_MOST])


def _within(name: str) -> tuple[GazetteerPlace, ...]:
    """The places whose name is the longest in this one: of 'the northern Idlib countryside' those called Idlib."""
    words = name.split()
    lengths = [_gazetteer().longest(words, start) for start in range(len(words))]
    longest = max(range(len(words)), key=lambda start: (lengths[start], -start), default=0)
    if not words or not lengths[longest]:
        return ()
    return _gazetteer().find(" ".join(words[longest : longest + lengths[longest]]))


def _nearness(one: Candidate, countries: set[str]) -> tuple[bool, float]:
    abroad = bool(countries) and one.place.country not in countries
    return (abroad, 0.0) if one.kilometres is None else (False, float(one.kilometres))


def _anchors(others: Iterable[Place]) -> list[GazetteerPlace]:
    """The places that the report names, as far as they are no whole countries or regions."""
    ids = dict.fromkeys(place.place for place in others if place.place and place.precision not in _WIDE)
    return [known for one in ids if (known := _gazetteer().known(one)) is not None]


def _candidate(place: GazetteerPlace, so_named: bool, anchors: Sequence[GazetteerPlace]) -> Candidate:
    country = _gazetteer().country(place.country) if place.country else None
    told = Candidate(place=place, country=country.name if country else None, so_named=so_named)
    if not anchors or place.precision in _WIDE:
        return told
    nearest = min(anchors, key=lambda anchor: kilometres(place, anchor))
    return msgspec.structs.replace(told, kilometres=round(kilometres(place, nearest)), near=nearest.name)
