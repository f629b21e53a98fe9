"""Which of its namesakes each name means: one scorer over named signals, and one sense of a name per report.

A name's namesakes are scored by what is known of them and by what the words beside the name say; then, a few times
over, by the other names' likely places. Nothing depends on anything outside the report.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from operator import mul
from typing import Final

from twosource.knowledge.gazetteer import GazetteerPlace, fold
from twosource.knowledge.place_names import bare_division
from twosource.knowledge.place_rules import SIGNALS
from twosource.reading.places.company import set_shared_signals
from twosource.reading.places.context import (
    chain_of,
    distance_before,
    holder_after,
    holder_before,
    kilometres,
    kinds_said,
    said_holder,
)
from twosource.reading.places.name import AT, Name
from twosource.reading.places.namesakes import Namesakes, namesakes_of
from twosource.reading.places.toponyms import PlaceKnowledge, Toponym, Use

__all__ = ["Name", "names_of", "resolve", "score"]

ROUNDS: Final = 3
MOST: Final = 24  # namesakes weighed: the best known, and those in a division where another name has one too
BEST: Final = 6
ANCHORS: Final = 3  # of a place's namesakes, how many a distance from it is measured to


def names_of(text: str, toponyms: Sequence[Toponym], known: PlaceKnowledge, country: str | None = None) -> list[Name]:
    """The names, with all signals that don't depend on other names' places. ``country`` is the outlet's, if known."""
    found = namesakes_of(text, toponyms, known)
    held = _held(text, toponyms, found, known)
    groups = _grouped(text, toponyms, held)
    shared = _shared_divisions(groups, found)
    names = [_name(at, toponyms, text, found[at[0]], shared) for at in groups]
    for name in names:
        told = fold(toponyms[name.at[0]].span.of(text))
        for rank, (place, row) in enumerate(zip(name.places, name.signals, strict=True)):
            _own_signals(row, place, rank, told)
            row[AT["outlet-country"]] = float(country is not None and place.country == country)
    _said_signals(text, toponyms, names, held, known)
    _hold(text, toponyms, names, known)
    return names


def _hold(text: str, toponyms: Sequence[Toponym], names: Sequence[Name], known: PlaceKnowledge) -> None:
    """Gives each name that the gazetteer lacks the name beside it that is said to hold it."""
    of = {at: name for name in names for at in name.at}
    for name in names:
        if not name.inside:
            continue
        said = ((at, said_holder(text, toponyms, at, known.rules)) for at in name.at)
        for at, holder in said:
            if holder is not None and of[holder.at] is not of[at] and not of[holder.at].inside:
                name.holder = (of[holder.at], holder.near)
                break


def resolve(names: list[Name], weights: dict[str, float]) -> None:
    """Sets the likelihoods of all names, taking each other's likely places into account."""
    vector = [weights[signal] for signal in SIGNALS]
    for name in names:
        name.likely = score(name.signals, vector)
    for _ in range(ROUNDS):
        set_shared_signals(names)
        for name in names:
            name.likely = score(name.signals, vector)


def score(signals: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    """The likelihoods of the namesakes: they add up to 1."""
    if len(signals) < 2:
        return [1.0] * len(signals)
    sums = [sum(map(mul, row, vector)) for row in signals]
    top = max(sums)
    powers = [math.exp(s - top) for s in sums]
    total = sum(powers)
    return [p / total for p in powers]


def _held(
    text: str, toponyms: Sequence[Toponym], found: Sequence[Namesakes], known: PlaceKnowledge
) -> list[int | None]:
    """For each name the index of the one that is said to hold it, if some namesake of the one lies in the other's."""
    held: list[int | None] = []
    for at in range(len(toponyms)):
        holder = holder_after(text, toponyms, at, known.rules)
        if holder is None or not _fits(found[at], found[holder]):
            holder = holder_before(text, toponyms, at, known.rules)
        held.append(holder if holder is not None and _fits(found[at], found[holder]) else None)
    return held


def _areas(found: Namesakes) -> set[tuple[str, ...]]:
    return {chain_of(p) for p in found.places if p.kind in ("country", "admin1", "admin2") and p.country}


def _fits(inner: Namesakes, outer: Namesakes) -> bool:
    areas = _areas(outer)
    return any(_lies_in(place, areas) for place in inner.places) if areas else False


def _lies_in(place: GazetteerPlace, areas: set[tuple[str, ...]]) -> bool:
    chain = chain_of(place)
    shorter = len(chain) - (place.kind in ("country", "admin1", "admin2"))
    return any(chain[:length] in areas for length in range(1, shorter + 1))


def _grouped(text: str, toponyms: Sequence[Toponym], held: Sequence[int | None]) -> list[list[int]]:
    """The indices of each name in each sense; a bare name has the sense of its first mention with a holder."""
    senses: dict[str, dict[str, list[int]]] = {}
    for at, toponym in enumerate(toponyms):
        holder = held[at]
        sense = fold(toponyms[holder].span.of(text)) if holder is not None else ""
        key = f"{fold(toponym.span.of(text))}|{toponym.use is Use.ADJECTIVE}"
        senses.setdefault(key, {}).setdefault(sense, []).append(at)
    groups = []
    for by_holder in senses.values():
        bare = by_holder.pop("", [])
        if bare and by_holder:
            first = min(by_holder.values())
            first.extend(bare)
            bare = []
        groups += [sorted(group) for group in (*by_holder.values(), bare) if group]
    return sorted(groups)


def _shared_divisions(groups: Sequence[Sequence[int]], found: Sequence[Namesakes]) -> set[tuple[str, ...]]:
    """The first-level divisions in which at least two names have a namesake."""
    counts: Counter[tuple[str, ...]] = Counter()
    for at in groups:
        counts.update({chain_of(place)[:2] for place in found[at[0]].places})
    return {chain for chain, count in counts.items() if count > 1 and len(chain) == 2}


def _name(
    at: list[int], toponyms: Sequence[Toponym], text: str, found: Namesakes, shared: set[tuple[str, ...]]
) -> Name:
    kept = [place for n, place in enumerate(found.places) if n < BEST or chain_of(place)[:2] in shared]
    places = tuple(kept[:MOST])
    chains = [chain_of(place) for place in places]
    districts = [(p, chain) for p, chain in zip(places, chains, strict=True) if p.kind == "admin2"]
    key = fold(toponyms[at[0]].span.of(text))
    return Name(
        key=bare_division(key) or key,
        at=at,
        offsets=[toponyms[n].span.start for n in at],
        places=places,
        inside=found.inside,
        site=found.site,
        chains=chains,
        areas=[tuple(chain[:length] for length in range(1, len(chain) + 1)) for chain in chains],
        signals=[[0.0] * len(SIGNALS) for _ in places],
        people=[_people(place, chain, districts) for place, chain in zip(places, chains, strict=True)],
        likely=[],
    )


def _people(
    place: GazetteerPlace, chain: tuple[str, ...], districts: Sequence[tuple[GazetteerPlace, tuple[str, ...]]]
) -> int:
    """The place's people, or those of the division of its name that it lies in; ``districts`` with their chains."""
    around = (district.population for district, own in districts if _within(chain, own))
    return max(place.population, *around, 0)


def _own_signals(row: list[float], place: GazetteerPlace, rank: int, told: str) -> None:
    """Sets what is known of the place itself: ``rank`` among the namesakes, ``told`` its name in the report, folded."""
    row[AT["people"]] = math.log10(1 + place.population) / 7
    row[AT["best-known"]] = 1.0 / (1 + rank)
    row[AT["main-name"]] = float(fold(place.name) == told)
    row[AT["country"]] = float(place.kind == "country")
    row[AT["province"]] = float(place.kind == "admin1")
    row[AT["district"]] = float(place.kind == "admin2")
    row[AT["region"]] = float(place.id.startswith("twosource:"))


def _said_signals(
    text: str, toponyms: Sequence[Toponym], names: Sequence[Name], held: Sequence[int | None], known: PlaceKnowledge
) -> None:
    """What the words beside the names say of them."""
    of = {at: name for name in names for at in name.at}
    for at, holder in enumerate(held):
        if holder is not None:
            _say_within(of[at], of[holder])
    for name in names:
        kinds = frozenset[str]().union(*(kinds_said(text, toponyms[at], known.rules) for at in name.at))
        for place, row in zip(name.places, name.signals, strict=True):
            row[AT["kind-said"]] = float(place.kind in kinds)
            row[AT["town-inside"]] = float(place.kind not in kinds and _has_town(place, name))
    for at in range(1, len(toponyms)):
        said = distance_before(text, toponyms, at)
        close = said is not None and toponyms[at].span.start - toponyms[at - 1].span.end < 80
        if said is not None and close and of[at - 1] is not of[at]:
            _say_distance(of[at - 1], of[at], said.kilometres)


def _has_town(place: GazetteerPlace, name: Name) -> bool:
    """Whether it is a division with a town of the name in it: the bare name is the town's."""
    chain = chain_of(place)
    return place.kind in ("admin1", "admin2") and any(
        other.kind == "city" and _within(inner, chain) for other, inner in zip(name.places, name.chains, strict=True)
    )


def _within(town: tuple[str, ...], division: tuple[str, ...]) -> bool:
    """Whether a town lies in a division of its own name; of a town without a district, its province must do."""
    return town[: len(division)] == division or (len(town) > 1 and division[: len(town)] == town)


def _say_within(inner: Name, outer: Name) -> None:
    areas = {
        c for c, p in zip(outer.chains, outer.places, strict=True) if p.kind in ("country", "admin1", "admin2") and c
    }
    for place, row in zip(inner.places, inner.signals, strict=True):
        row[AT["within-said"]] = max(row[AT["within-said"]], float(_lies_in(place, areas)))
    inner_chains = [
        chain[: len(chain) - (place.kind in ("country", "admin1", "admin2"))]
        for chain, place in zip(inner.chains, inner.places, strict=True)
    ]
    for chain, place, row in zip(outer.chains, outer.places, outer.signals, strict=True):
        area = place.kind in ("country", "admin1", "admin2") and bool(chain)
        holds = area and any(other[: len(chain)] == chain for other in inner_chains)
        row[AT["holds-other"]] = max(row[AT["holds-other"]], float(holds))


def _say_distance(name: Name, anchor: Name, said: float) -> None:
    near = anchor.places[:ANCHORS]
    for place, row in zip(name.places, name.signals, strict=True):
        fits = any(said * 0.5 - 10 <= kilometres(place, other) <= said * 1.5 + 10 for other in near)
        row[AT["distance-said"]] = max(row[AT["distance-said"]], float(fits))
