"""How likely two claims tell of one occurrence: signs for it and against it, weighed, and a sentence that says so."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from twosource.closed_sets import ClaimType, FigureKind, Status
from twosource.corpus.events.traits import ClaimTraits, Party, Spot, Toll, Traits
from twosource.corpus_records import Likeness
from twosource.knowledge.event_rules import EventRules

__all__ = ["Sign", "likeness", "never_one", "score_between", "score_of", "signs"]

_NEAR_KM = 12.0
_EARTH_KM = 6371.0
_IMPLIED = datetime.timedelta(days=2)  # a report without a day tells of those before its publication
_AHEAD = datetime.timedelta(days=14)  # what is announced without a day is looked for in the two weeks that follow
_FAR = 3  # days between publications from which on two reports seldom tell the same day's news
_VETO_DAYS = 4  # days between the days that two claims tell from which on they are never one occurrence
_VETO_IMPLIED = 10  # the same, where one tells no day
_SMALL_TOLL = 2  # up to this, equal tolls say little


_Part = str | frozenset[str]
"""A part of a sentence: words, a type of claims, or names of which the first few are told."""


class Sign(NamedTuple):
    """One thing that speaks for or against two claims telling one occurrence: how much of it there is, and in words.

    Its words are put together only when they are asked for: of most pairs nobody asks.
    """

    name: str
    amount: float
    parts: tuple[_Part, ...]

    @property
    def words(self) -> str:
        """The sign in words."""
        return _in_words(self.parts)


def likeness(first: Traits, second: Traits, rules: EventRules) -> Likeness:
    """How likely the two tell of one occurrence (0 to 1), whichever is given first, and why."""
    a, b = _in_order(first, second)
    against = never_one(a, b, rules)
    if against is not None:
        return Likeness(first=a.claim.claim, second=b.claim.claim, score=0.0, reason=f"Two occurrences: {against}.")
    found = tuple(signs(a, b, rules))
    score = score_of({sign.name: sign.amount for sign in found}, rules)
    reason = _sentence(score, found, rules)
    return Likeness(first=a.claim.claim, second=b.claim.claim, score=score, reason=reason)


def score_between(first: Traits, second: Traits, rules: EventRules) -> float:
    """The likeness alone, without its sentence, which takes as long again."""
    a, b = _in_order(first, second)
    if _what_parts(a, b, rules) is not None:
        return 0.0
    return score_of({sign.name: sign.amount for sign in signs(a, b, rules)}, rules)


def _in_order(first: Traits, second: Traits) -> tuple[Traits, Traits]:
    return (first, second) if first.claim.claim < second.claim.claim else (second, first)


def score_of(amounts: Mapping[str, float], rules: EventRules) -> float:
    """The likeness that these amounts of the signs make."""
    total = rules.bias + sum(rules.weights[name] * amount for name, amount in amounts.items())
    return round(1.0 / (1.0 + math.exp(-total)), 4)


def never_one(a: Traits, b: Traits, rules: EventRules) -> str | None:
    """What alone keeps the two apart, in words; None where nothing does."""
    parts = _what_parts(a, b, rules)
    return None if parts is None else _in_words(parts)


def _what_parts(a: Traits, b: Traits, rules: EventRules) -> tuple[_Part, ...] | None:
    if not (rules.is_occurrence(a.claim.type) and rules.is_occurrence(b.claim.type)):
        return ("a state or words spoken is no occurrence",)
    if not _kindred(a.claim, b.claim, rules):
        return (a.claim.type, " is not ", b.claim.type)
    gap = _gap(_days(a), _days(b))
    told = a.claim.start is not None and b.claim.start is not None
    if gap is not None and gap >= (_VETO_DAYS if told else _VETO_IMPLIED):
        return (f"{gap} days lie between them",)
    return None


def signs(a: Traits, b: Traits, rules: EventRules) -> Iterator[Sign]:
    """Every sign that holds between the two, each at most once."""
    yield from _type_signs(a.claim, b.claim, rules)
    yield from _day_signs(a, b)
    yield from _place_signs(a, b)
    yield from _party_signs(a.claim, b.claim)
    yield from _toll_signs(a.claim, b.claim)
    yield from _word_signs(a, b)
    yield from _report_signs(a, b)


def _kindred(a: ClaimTraits, b: ClaimTraits, rules: EventRules) -> bool:
    """Whether one type may stand for the other, or some third one for both, as 'attack' does for most."""
    mixed = a.type in rules.mixed and b.type in rules.mixed
    return mixed or not rules.kin[a.type].isdisjoint(rules.kin[b.type])


def _type_signs(a: ClaimTraits, b: ClaimTraits, rules: EventRules) -> Iterator[Sign]:
    if a.type is b.type:
        yield Sign("same_type", 1.0, ("both tell of ", a.type))
    elif b.type in rules.kin[a.type]:
        yield Sign("kin_type", 1.0, (a.type, " may be ", b.type))
    else:
        yield Sign("far_type", 1.0, ("one tells of ", a.type, ", the other of ", b.type))
    if (a.status is Status.PLANNED) != (b.status is Status.PLANNED):
        yield Sign("other_status", 1.0, ("one announces what the other tells",))


def _day_signs(a: Traits, b: Traits) -> Iterator[Sign]:
    gap = _gap(_days(a), _days(b))
    told = a.claim.start is not None and b.claim.start is not None
    if gap is not None:
        if not told:
            yield Sign("implied_day" if gap == 0 else "other_day", 1.0 if gap == 0 else gap / 2, (_implied(gap),))
        elif gap == 0:
            yield Sign("same_day", 1.0, ("both on ", _shared_day(a.claim, b.claim)))
        elif gap == 1:
            yield Sign("near_day", 1.0, ("a day apart",))
        else:
            yield Sign("other_day", gap / 2, (f"{gap} days apart",))
    if a.report.published and b.report.published:
        apart = abs((a.report.published - b.report.published).days)
        if apart >= _FAR:
            yield Sign("far_publication", 1.0, (f"published {apart} days apart",))


def _implied(gap: int) -> str:
    return "published at one time" if gap == 0 else f"published {gap} days too far apart for one day's news"


def _days(one: Traits) -> tuple[datetime.date, datetime.date] | None:
    """The days that the claim tells, else those that its report's publication implies."""
    if one.claim.start is not None and one.claim.end is not None:
        return one.claim.start, one.claim.end
    if one.report.published is None:
        return None
    if one.claim.status is Status.PLANNED:
        return one.report.published, one.report.published + _AHEAD
    return one.report.published - _IMPLIED, one.report.published


def _gap(a: tuple[datetime.date, datetime.date] | None, b: tuple[datetime.date, datetime.date] | None) -> int | None:
    """Days between the end of one and the start of the other; 0 where they meet."""
    if a is None or b is None:
        return None
    return max(0, (b[0] - a[1]).days, (a[0] - b[1]).days)


def _shared_day(a: ClaimTraits, b: ClaimTraits) -> str:
    starts = [day for day in (a.start, b.start) if day]
    return max(starts).isoformat()


def _place_signs(a: Traits, b: Traits) -> Iterator[Sign]:
    leads = tuple(_lead_signs(a, b))
    pairs = (_place_sign(x, y) for x in a.claim.places for y in b.claim.places)
    best = max(pairs, default=None, key=lambda sign: sign.amount)
    agree = a.claim.lead and b.claim.lead and any(sign.name == "lead_places" for sign in leads)
    if best is not None and not (best.name == "other_place" and agree):
        yield Sign(best.name, 1.0, best.parts)
    yield from leads


def _lead_signs(a: Traits, b: Traits) -> Iterator[Sign]:
    """What the leads of two reports have of places in common: exact ones, or only the province and its chief town."""
    if a.claim.report == b.claim.report:
        return
    mine, theirs = a.report.exact, b.report.exact
    shared = sorted(mine.keys() & theirs.keys())
    if shared:
        named = ", ".join(mine[sound].name for sound in shared[:3])
        yield Sign("lead_places", 0.5 + 0.5 * len(shared) / min(len(mine), len(theirs)), ("both leads name ", named))
        return
    broad = sorted(a.report.areas.keys() & b.report.areas.keys())
    if broad:
        yield Sign("lead_areas", 1.0, ("both leads name ", a.report.areas[broad[0]].name))
    if mine and theirs:
        yield Sign("other_lead", 1.0, ("their leads name different places",))


_NEARNESS = {
    "same_place": 6.0,
    "inside_place": 5.0,
    "same_area": 4.0,
    "near_place": 3.0,
    "same_province": 2.0,
    "other_place": 1.0,
}


def _place_sign(x: Spot, y: Spot) -> Sign:
    """How two places lie to each other; the amount orders the signs, the nearest first."""
    name, *parts = _nearness(x, y)
    return Sign(name, _NEARNESS[name], tuple(parts))


def _nearness(x: Spot, y: Spot) -> tuple[str, ...]:
    """The name of the sign, and the parts of its words."""
    wide = x.wide or y.wide
    if (x.place is not None and x.place == y.place and not wide) or _called_alike(x, y):
        return "same_area" if x.broad and y.broad else "same_place", "both in ", x.name
    if wide:
        inside = x.country is not None and x.country == y.country
        return ("same_province", "both in ", str(x.country)) if inside else ("other_place", *_two_places(x, y))
    if _inside(x, y) or _inside(y, x):
        return "inside_place", x.name, " and ", y.name, " are one inside the other"
    apart = _kilometres(x, y)
    if apart is not None and apart <= _NEAR_KM:
        return "near_place", f"{x.name} and {y.name} are {apart:.0f} km apart"
    if x.admin1 is not None and (x.country, x.admin1) == (y.country, y.admin1) and (x.broad or y.broad):
        return "same_province", x.name, " and ", y.name, " are in one province"
    return "other_place", *_two_places(x, y)


def _two_places(x: Spot, y: Spot) -> tuple[str, ...]:
    return "one in ", x.name, ", the other in ", y.name


def _called_alike(x: Spot, y: Spot) -> bool:
    """Whether the names sound alike, or one is the other with a word before it ('Aleppos Salaheddin')."""
    if not x.sound.endswith(y.sound) and not y.sound.endswith(x.sound):
        return False
    return any("".join(x.sounds[at:]) == y.sound for at in range(len(x.sounds))) or any(
        "".join(y.sounds[at:]) == x.sound for at in range(1, len(y.sounds))
    )


def _inside(inner: Spot, outer: Spot) -> bool:
    if inner.admin1 is None or outer.place is None or (inner.country, inner.admin1) != (outer.country, outer.admin1):
        return False
    if outer.precision == "province":
        return True
    return outer.precision == "district" and inner.admin2 is not None and inner.admin2 == outer.admin2


def _kilometres(x: Spot, y: Spot) -> float | None:
    if x.lat is None or x.lon is None or y.lat is None or y.lon is None or "province" in (x.precision, y.precision):
        return None
    mean = math.radians((x.lat + y.lat) / 2)
    north, east = math.radians(x.lat - y.lat), math.radians(x.lon - y.lon) * math.cos(mean)
    return _EARTH_KM * math.hypot(north, east)


def _party_signs(a: ClaimTraits, b: ClaimTraits) -> Iterator[Sign]:
    shared = _shared_party(a.actors, b.actors)
    if shared is not None:
        yield Sign("same_actor", 1.0, ("both by ", shared))
    elif _known(a.actors) and _known(b.actors):
        yield Sign("other_actor", 1.0, ("one by ", a.actors[0].name, ", the other by ", b.actors[0].name))
    target = _shared_party(a.targets, b.targets)
    if target is not None:
        yield Sign("same_target", 1.0, ("both on ", target))


def _shared_party(mine: tuple[Party, ...], theirs: tuple[Party, ...]) -> str | None:
    """A party of both, by its entity or its name."""
    keys = {party.key or party.name.casefold() for party in theirs}
    return next((party.name for party in mine if (party.key or party.name.casefold()) in keys), None)


def _known(parties: tuple[Party, ...]) -> bool:
    return any(party.key is not None for party in parties)


def _toll_signs(a: ClaimTraits, b: ClaimTraits) -> Iterator[Sign]:
    relations = [_toll_relation(x, y) for x in a.tolls for y in b.tolls if x.kind is y.kind and not (x.part or y.part)]
    for name in ("same_toll", "near_toll", "other_toll"):
        told = [words for relation, words in relations if relation == name]
        if told:
            yield Sign(name, 1.0, (told[0],))
            return


def _toll_relation(x: Toll, y: Toll) -> tuple[str, str]:
    mine, theirs = _counted(x), _counted(y)
    kind = "killed" if x.kind is FigureKind.KILLED else str(x.kind)
    if mine == theirs and mine > _SMALL_TOLL:
        return "same_toll", f"both count {mine} {kind}"
    if max(mine, theirs) <= 2 * min(mine, theirs):
        return "near_toll", f"{mine} and {theirs} {kind} fit each other"
    return "other_toll", f"one counts {mine} {kind}, the other {theirs}"


def _counted(toll: Toll) -> int:
    return toll.low if toll.low is not None else toll.high or 0


def _word_signs(a: Traits, b: Traits) -> Iterator[Sign]:
    for name, mine, theirs in (("words", a.claim.words, b.claim.words), ("names", a.claim.names, b.claim.names)):
        shared = mine & theirs
        if shared:
            yield Sign(name, _overlap(mine, theirs), (f"{name} in common, such as ", shared))
    if a.claim.report != b.claim.report and a.claim.lead and b.claim.lead:
        yield Sign("lead_words", _overlap(a.report.every_word, b.report.every_word), ("leads in like words",))


def _overlap(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """How much of the smaller set is in the other, few words counting less: Jaccard's and the containment's mean."""
    shared = len(mine & theirs)
    if not shared:
        return 0.0
    return (shared / len(mine | theirs) + shared / (min(len(mine), len(theirs)) + 2)) / 2


def _report_signs(a: Traits, b: Traits) -> Iterator[Sign]:
    if a.claim.report == b.claim.report:
        yield Sign("same_report", 1.0, ("both in one report",))
    elif a.report.lineages & b.report.lineages:
        yield Sign("lineage", 1.0, ("their reports come from one text",))


def _sentence(score: float, found: tuple[Sign, ...], rules: EventRules) -> str:
    """What speaks for it and what against it, the weightier first."""
    weighed = sorted(
        ((rules.weights[sign.name] * sign.amount, sign.words) for sign in found), key=lambda one: -abs(one[0])
    )
    pro = [words for weight, words in weighed if weight > 0]
    con = [words for weight, words in weighed if weight < 0]
    verdict = "One occurrence" if score >= rules.join else "Not held to be one occurrence"
    told = "; ".join(part for part in (", ".join(pro), f"against it: {', '.join(con)}" if con else "") if part)
    return f"{verdict} ({min(score, 0.99):.0%} likely): {told}."


def _in_words(parts: tuple[_Part, ...]) -> str:
    return "".join(map(_told, parts))


def _told(part: _Part) -> str:
    if isinstance(part, ClaimType):
        return _plain(part)
    return part if isinstance(part, str) else ", ".join(sorted(part)[:3])


def _plain(type_: str) -> str:
    return str(type_).replace("_", " ")
